"""What a learned model holds for somebody's words, thoughts or wishes, and what for acts, feelings and topics."""

import pytest

from pipeline.core.quote_layout import layout_of
from pipeline.core.token_table import tokens_of
from pipeline.quotes.component import find_quotes
from pipeline.quotes.learned.said import SAID, probability, weights
from pipeline.quotes.learned.said_features import opening_kind, speaker_kind
from store.schema import SAID as STATUS_SAID
from tests.pipeline.reading_quotes import ANN, parsed


def statuses(text):
    return [quote.status for quote in find_quotes(parsed(text, Lee=ANN)) if quote.kind == "indirect"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee described her childhood on the island.",
        "As they feel the season slipping away, the drivers get angry.",
        "Ann Lee tweeted a picture of the old ferry.",
        "Ann Lee rejected calls to close the port.",
        "Ann Lee mocked the old ferry of the island.",
        "Once owners realize that the ferry is not coming back, they will sell.",
        "The storm threatens to reach the coast by Friday.",
        "The two towns have found themselves short of boats.",
    ],
)
def test_what_is_done_felt_or_shown_is_told_as_an_act(text):
    assert set(statuses(text)) <= {"act"}


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee said the bridge would reopen in May.",
        "Ann Lee believes that the bridge will hold.",
        "The drivers want the city to buy a new ferry.",
        "The company demanded that the town pay for the boats.",
        "Ann Lee reminded the crowd that the ferry had sunk twice.",
    ],
)
def test_words_thoughts_and_wishes_stay_somebodys(text):
    assert statuses(text) == [STATUS_SAID]


def test_words_in_marks_are_not_asked_about():
    (quote,) = find_quotes(parsed("Ann Lee tweeted “a picture of the old ferry as it was.”", Lee=ANN))
    assert quote.status == STATUS_SAID


def test_a_term_within_what_nobody_says_is_set_apart():
    text = "The years on the pier revealed the sorry nature of the “modern” ferry that had cost the island so much."
    (quote,) = find_quotes(parsed(text, Lee=ANN))
    assert (quote.kind, text[quote.start : quote.end]) == ("term", "“modern”")


def test_without_any_feature_words_are_as_likely_said_as_the_bias_tells():
    assert probability({}) == probability({"no such feature": 1.0})
    assert probability({"log odds": 2.0}) > probability({}) > probability({"log odds": -2.0})
    assert 0 < SAID < probability({"speaker=PERSON": 1.0, "opening=that": 1.0, "lemma=say": 1.0})


def test_the_weights_are_of_features_not_of_texts():
    kinds = {name.split("=")[0].split()[0] for name in weights() if "=" in name}
    assert kinds <= {
        *(
            "speaker",
            "opening",
            "lemma",
            "class",
            "pos",
            "tag",
            "dep",
            "thought",
            "present",
            "infinitive",
            "few",
            "name",
            "root",
            "noun",
            "no",
        ),
    }


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Ann Lee said so.", "Lee", "PERSON"),
        ("She said so.", "She", "she"),
        ("We said so.", "We", "author"),
        ("The drivers said so.", "drivers", "people"),
        ("The driver said so.", "driver", "person"),
        ("The study said so.", "study", "paper"),
        ("The rain said so.", "rain", "thing"),
    ],
)
def test_the_kind_of_a_speaker(text, word, kind):
    doc = parsed(text, Lee=ANN)
    assert speaker_kind(layout_of(doc), next(token for token in tokens_of(doc) if token.text == word)) == kind


@pytest.mark.parametrize(
    ("text", "cue", "first", "kind"),
    [
        ("Ann Lee said that it sank.", "said", 3, "that"),
        ("Ann Lee vowed to stay.", "vowed", 3, "to"),
        ("Ann Lee said it sank.", "said", 3, "clause"),
        ("Ann Lee explained how it sank.", "explained", 3, "question"),
        ("Ann Lee denied sinking it.", "denied", 3, "participle"),
        ("Ann Lee warned of a storm.", "warned", 3, "preposition of"),
        ("Ann Lee described the boat.", "described", 3, "noun"),
        ("It sank, Ann Lee said.", "said", 0, "before"),
    ],
)
def test_how_words_open(text, cue, first, kind):
    doc = parsed(text, Lee=ANN)
    verb = next(token for token in tokens_of(doc) if token.text == cue)
    assert opening_kind(layout_of(doc), verb, first, len(doc) - 1) == kind
