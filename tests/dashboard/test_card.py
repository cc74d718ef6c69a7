"""The card: what a name or a quote is, how we know, and how sure."""

import re

import pytest

from dashboard.markup.html import link, query
from dashboard.reading.card import ArticleRows, card, how_sure

TEXT = "“It rains,” said Ana Ruiz. The mayor smiled. “Truth”"
ANA = "person:ana-ruiz"
MENTIONS = [
    {
        "mention": 0,
        "start": 17,
        "end": 25,
        "label": "PERSON",
        "entity_id": ANA,
        "name": "Ana Ruiz",
        "voice": "narration",
    }
    | {"resolution": "named", "confidence": 0.95, "metonym": False, "surface": "Ana Ruiz"},
    {
        "mention": 1,
        "start": 27,
        "end": 36,
        "label": "PERSON",
        "entity_id": ANA,
        "name": "Ana Ruiz",
        "voice": "narration",
    }
    | {"resolution": "pronoun", "confidence": 0.4, "metonym": False, "surface": "The mayor"},
]
QUOTES = [
    {
        "start": 0,
        "end": 11,
        "kind": "direct",
        "attribution": 0,
        "quoted_words": 2,
        "speaker_id": ANA,
        "speaker": "Ana Ruiz",
    }
    | {"cue_start": 12, "cue_end": 16, "speaker_start": 17, "speaker_end": 25, "cue_class": "neutral"}
    | {"resolution": "subject of the cue", "confidence": 0.9},
    {"start": 45, "end": 52, "kind": "term", "attribution": 1, "quoted_words": 1, "speaker_id": "", "speaker": ""},
]
SENTENCES = [
    {"sentence": 0, "start": 0, "end": 26, "voice": "narration"},
    {"sentence": 1, "start": 27, "end": 44, "voice": "narration"},
]


def rated(*signs: int, speaker: str = "") -> list[dict]:
    return [
        {"mention": 0, "sentence": i, "sentiment": sign, "entity_id": ANA, "label": "PERSON", "speaker_id": speaker}
        for i, sign in enumerate(signs)
    ]


def address(page, label, **keys: str):
    return link(page, label, query("source=Daily", **keys))


def shown(at, portrayals=()) -> str:
    found = ArticleRows(TEXT, MENTIONS, QUOTES, list(portrayals), SENTENCES)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", card(found, at, address)))


def test_a_name_says_who_how_often_and_how_we_know():
    said = shown((17, 25))
    assert "Ana Ruiz Person, named 1 time in this article, 1 more by “he”, “she” or the like" in said
    assert "Speaks 2 words" in said
    assert "How we know “Ana Ruiz”" in said
    assert "How sure high: named" in said


def test_a_doubtful_name_is_to_be_checked_by_reading():
    assert "How sure low, check by reading: pronoun" in shown((27, 36))


def test_tone_of_too_few_sentences_is_not_averaged():
    assert "Tone too few: 2 of 5 needed" in shown((17, 25), rated(1, 1))
    assert "Tone 5 sentences: 2 positive, 1 negative" in shown((17, 25), rated(1, 1, 0, -1, 0))


def test_a_sentence_that_names_somebody_twice_counts_by_what_both_add_up_to():
    again = [{**row, "sentence": 0} for row in rated(-1, 0)]
    assert "Tone 5 sentences: 0 positive, 1 negative" in shown((17, 25), [*rated(-1, 0, 0, 0, 0), *again])
    opposed = [{**row, "sentence": 0} for row in rated(-1)]
    assert "Tone 5 sentences: 0 positive, 0 negative" in shown((17, 25), [*rated(1, 0, 0, 0, 0), *opposed])


def test_what_somebody_says_is_not_tone_toward_him():
    assert "Tone none rated" in shown((17, 25), rated(1, 1, 1, 1, 1, 1, speaker=ANA))


def test_a_quote_shows_the_words_that_name_its_speaker():
    said = shown((0, 11))
    assert "Ana Ruiz Direct quote, 2 words" in said
    assert "How we know “said Ana Ruiz”" in said
    assert "How sure high: subject of the cue" in said


def test_words_set_apart_are_attributed_to_nobody():
    assert "attributed to nobody" in shown((45, 52))


def test_a_whole_sentence_is_the_passage_one_came_to_see():
    assert "The passage you came to see" in shown((27, 44))
    assert "the outlet’s own words" in shown((27, 44))


def test_links_lead_on_under_the_filter():
    html = card(ArticleRows(TEXT, MENTIONS, QUOTES, [], SENTENCES), (17, 25), address)
    assert 'href="compare?source=Daily&amp;entity=person%3Aana-ruiz&amp;section=portrayal"' in html
    assert 'href="quotes?source=Daily&amp;person=person%3Aana-ruiz"' in html


@pytest.mark.parametrize("at", [(500, 600), (44, 45)])
def test_where_nothing_stands_there_is_no_card(at):
    assert shown(at) == ""


@pytest.mark.parametrize(
    ("confidence", "level"), [(1, "high"), (0.85, "high"), (0.6, "fair"), (0.2, "low"), (None, "low")]
)
def test_confidence_in_words(confidence, level):
    assert how_sure(confidence, "").startswith(level)


def test_hostile_names_stay_text():
    evil = [MENTIONS[0] | {"name": "<script>x</script>", "resolution": "<b>"}]
    assert "<script" not in card(ArticleRows(TEXT, evil, [], [], []), (17, 25), address)


def test_a_quote_says_who_it_was_said_to_where_the_article_does():
    assert "Said to" not in shown((0, 11))
    told = QUOTES[0] | {"addressee_start": 27, "addressee_end": 36}
    found = ArticleRows(TEXT, MENTIONS, [told], [], SENTENCES)
    assert "Said to The mayor" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", card(found, (0, 11), address)))


def test_an_outlet_that_is_a_source_here_says_so():
    outlet = {"label": "ORG", "entity_id": "org:daily", "name": "Daily", "cited": True, "metonym": False}
    cited = ArticleRows(TEXT, [MENTIONS[0] | outlet], [], [], SENTENCES)
    assert "Here cited as a source" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", card(cited, (17, 25), address)))
    assert "cited as a source" not in shown((17, 25))
