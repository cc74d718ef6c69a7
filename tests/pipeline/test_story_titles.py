"""A story is named with what its articles share: who does what, where and when, and never one outlet's headline."""

from datetime import date

import pytest

from pipeline import DEFAULT_MODEL
from pipeline.core.parse import load_model
from pipeline.stories.passage_pairs import Passage
from pipeline.stories.titles import days, opening, title

BOARD = {"org:harbour-board": ("ORG", "Harbour Board"), "place:us-me-harwick": ("JURISDICTION", "Harwick")}


def told(article, headline, *sentences):
    """The opening of an article that names board and town where its sentences do."""
    text = " ".join(sentences)
    doc = load_model(DEFAULT_MODEL)(text)
    passages, at = [], 0
    for number, sentence in enumerate(sentences):
        written = {e: name for e, (_, name) in BOARD.items() if name in sentence}
        names = {entity: BOARD[entity] for entity in written}
        passages.append(Passage(article, number, at, at + len(sentence), "narration", sentence, names, written))
        at += len(sentence) + 1
    return opening(passages, headline, doc)


OPENINGS = [
    told(
        "a",
        "Shame on the pier wreckers",
        "The Harbour Board will close two old ferry piers in Harwick, it said on Monday.",
        "Fishermen protested.",
    ),
    told("b", "", "On Monday the Harbour Board decided to close ferry piers.", "Harwick has four of them."),
]


def test_the_name_says_who_does_what_where_and_when():
    name = title(OPENINGS, date(2023, 5, 1), date(2023, 5, 2))
    assert name == "Harbour Board: close ferry piers · Harwick · 1 to 2 May 2023"


def test_whom_the_articles_name_but_who_is_not_the_subject_stands_apart_from_the_deed():
    passive = [
        told("a", "", "Two ferry piers will be closed, and the Harbour Board objects."),
        told("b", "", "The ferry piers will be closed against the wish of the Harbour Board."),
    ]
    name = title(passive, None, None)
    assert "Harbour Board" in name
    assert "Harbour Board:" not in name


def test_no_word_of_one_outlet_alone_is_in_the_name():
    name = title(OPENINGS, None, None).lower()
    for word in ("shame", "wreckers", "old", "fishermen", "decided"):
        assert word not in name


def test_articles_that_share_no_deed_are_named_by_whom_they_name():
    plain = [told(one, "", f"{BOARD['org:harbour-board'][1]} {rest}") for one, rest in (("a", "met."), ("b", "slept."))]
    assert title(plain, None, None) == "Harbour Board"
    assert title([told("a", "", "Rain."), told("b", "", "Snow.")], date(2023, 5, 1), date(2023, 5, 1)).startswith(
        "An event"
    )


def test_articles_that_share_no_deed_are_named_by_what_they_are_about_and_not_by_common_words():
    loose = [
        told(
            "a", "Whose piers?", "There have been quarrels about the piers, and the budget would not last, it is said."
        ),
        told("b", "", "Most of what has been said would have been about piers and a budget on Monday in Harwick."),
    ]
    assert title(loose, None, None) == "Piers, budget"


def test_days_and_places_are_not_what_something_is_done_to():
    for sentences in (
        ("The board met in Harwick.", "They met in Harwick, it said."),
        ("It was decided on Monday.", "They decided on Monday."),
    ):
        tops = [told(name, "", one) for name, one in zip("ab", sentences, strict=True)]
        assert not title(tops, None, None).lower().startswith(("meet", "decide"))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2020, 2, 14), date(2020, 2, 14), "14 February 2020"),
        (date(2020, 2, 28), date(2020, 3, 1), "28 February to 1 March 2020"),
        (date(2019, 12, 31), date(2020, 1, 1), "31 December 2019 to 1 January 2020"),
        (None, None, ""),
    ],
)
def test_days_are_said_once(first, last, said):
    assert days(first, last) == said
