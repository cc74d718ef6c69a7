"""What a page says to its reader, and boxes that an outlet prints in several articles, tell no fact."""

import pytest

from pipeline.build.annotator import annotator
from pipeline.stories import addressed
from pipeline.stories.addressed import names_alone, speaks_to_reader, tells
from pipeline.stories.passage_pairs import Passage


@pytest.fixture(scope="module")
def parsed():
    """Passages of articles, one a sentence, and what gives their parse."""

    def make(**texts):
        spans, passages = {}, []
        for article, text in texts.items():
            (doc,) = annotator().parse([text])
            for number, sentence in enumerate(doc.sents):
                passage = Passage(article, number, sentence.start_char, sentence.end_char, "narration", sentence.text)
                passages.append(passage)
                spans[article, number] = sentence
        return passages, lambda passage: spans[passage.article, passage.sentence]

    return make


@pytest.mark.parametrize(
    "text",
    [
        "Are the piers still safe?",
        "Sign up for the harbour letter and hear of each tide.",
        "You can read the rules of the harbour here.",
        "A ferry timetable is sent to your door.",
    ],
)
def test_a_page_that_asks_bids_or_addresses_speaks_to_its_reader(parsed, text):
    (passage,), sentence_of = parsed(a=text)
    assert speaks_to_reader(passage, sentence_of(passage))


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Board closed three piers on Monday.",
        "Captains will sign up for the new berths in March.",
        "To sign up, captains went to the pier.",
        "Nobody asked what the tide would do.",
        "The board closed three piers on Monday, but you would not know it.",
        "create a fund of $40 million for planks and nails.",
    ],
)
def test_what_is_told_does_not(parsed, text):
    (passage,), sentence_of = parsed(a=text)
    assert not speaks_to_reader(passage, sentence_of(passage))


def test_names_alone_tell_nothing(parsed):
    for text, are_alone in (
        ("Editorial Board, Harwick Times", True),
        ("Ann Lee and Bo Kim, Harwick Times", True),
        ("A ferry for 40 captains", False),
        ("Ann Lee left Harwick on Monday.", False),
    ):
        (passage,), sentence_of = parsed(a=text)
        assert names_alone(passage, sentence_of(passage)) is are_alone, text
    quote = Passage("a", 0, 0, 8, "quote", "“Ann Lee”", quoted="Ann Lee")
    assert not names_alone(quote, sentence_of(passage))


def test_a_quotation_may_ask_and_address():
    quote = Passage("a", 0, 0, 30, "quote", "“Will you close our piers?”", quoted="Will you close our piers?")
    assert not speaks_to_reader(quote, None)
    mixed = Passage("a", 0, 0, 30, "narration", "He asked, “Will you?”", quoted="Will you?")
    assert not speaks_to_reader(mixed, None)


_NEWS = {
    "a": "The board shut three piers. A storm tore planks from one. Fishermen fear for their trade. "
    "Nobody was hurt on Monday. The mayor will speak on Friday. Repairs need a month.",
    "b": "Three piers are closed. Planks were missing after a gale. Trade in fish may suffer. "
    "No one came to harm. A speech is planned for Friday. Carpenters begin in May.",
}
_BOX = " The letter comes every Sunday. Sign up for it today. Tides and berths are told in it."


def left(parsed, outlets, **texts):
    passages, sentence_of = parsed(**texts)
    return [passage.text.strip() for passage in tells(passages, sentence_of, outlets)]


def test_a_box_of_one_outlet_is_left_out_and_stays_where_another_has_its_words(parsed):
    texts = {article: news + _BOX + " Ferries sail again." * (article == "a") for article, news in _NEWS.items()}
    same = left(parsed, {"a": "Daily", "b": "Daily"}, **texts)
    assert not any("letter" in text or "berths" in text or "Sign" in text for text in same)
    assert "The board shut three piers." in same
    apart = left(parsed, {"a": "Daily", "b": "Herald"}, **texts)
    assert sum("berths" in text for text in apart) == 2
    assert not any("Sign" in text for text in apart)


def test_a_line_at_the_foot_of_two_articles_of_an_outlet_is_left_out(parsed):
    foot = " The Quay is a column by Ann Poe."
    texts = {article: news + foot for article, news in _NEWS.items()}
    assert not any("column" in text for text in left(parsed, {"a": "Daily", "b": "Daily"}, **texts))
    assert sum("column" in text for text in left(parsed, {"a": "Daily", "b": "Herald"}, **texts)) == 2


def test_two_versions_of_one_article_keep_what_they_have_in_common(parsed):
    texts = {"a": _NEWS["a"] + _BOX, "b": _NEWS["a"] + _BOX + " Ferries sail again."}
    kept = left(parsed, {"a": "Daily", "b": "Daily"}, **texts)
    assert sum("three piers" in text for text in kept) == 2
    assert sum("berths" in text for text in kept) == 2


def test_only_articles_of_an_outlet_that_share_a_passage_are_compared(parsed, monkeypatch):
    passages, sentence_of = parsed(
        a="The pier fell. It was old.", b="A mill burned. It was old.", c="Bread is dear.", d="It was old."
    )
    compared, box = [], addressed._box

    def looked(own, words, other, spoken):
        compared.append((own[0].article, other[-1]))
        return box(own, words, other, spoken)

    monkeypatch.setattr(addressed, "_box", looked)
    outlets = {"a": "Quell Post", "b": "Quell Post", "c": "Quell Post", "d": "Bay Herald"}
    tells(passages, sentence_of, outlets)
    assert sorted(article for article, _ in compared) == ["a", "b"]
