"""What somebody makes clear is told, and statements are told whole that a first choice cuts."""

import pytest

from pipeline.core.parse import load_model
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.indirect.bounds import after_aside, to_whole_subject
from tests.pipeline.reading_quotes import ANN, read
from tests.pipeline.test_bounds import whole


def found(text):
    return [(words, speaker) for words, kind, speaker in read(text, Lee=ANN) if kind != "term"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee, for one, made clear her town will sit tight.", "her town will sit tight"),
        ("Ann Lee made clear on Monday that the ferry will stay.", "that the ferry will stay"),
        ("Ann Lee made it clear she would press her powers to the limit.", "she would press her powers to the limit"),
        ("Ann Lee has made it very clear that she wants to sell it.", "that she wants to sell it"),
    ],
)
def test_what_somebody_makes_clear_is_said(text, words):
    assert found(text) == [(words, "Ann Lee")]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee could make clear that the ferry will stay.",
        "The weather made it clear that the ferry would stay.",
        "Ann Lee made the clear soup that the guests liked.",
    ],
)
def test_what_nobody_has_made_clear_is_not(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "until", "rest"),
    [
        (
            "Lee said that if it rains, the ferry will stay in the bay.",
            "rains",
            "that if it rains, the ferry will stay in the bay",
        ),
        ("Lee said he was born on May 7, 1903, in Dover.", "May 7", "he was born on May 7, 1903"),
        (
            "Lee said he owned a shop in Johnstown, Pennsylvania.",
            "Johnstown",
            "he owned a shop in Johnstown, Pennsylvania",
        ),
        (
            "Lee said the ruling oversteps the law and rejects the vote of the town.",
            "the law",
            "the ruling oversteps the law and rejects the vote of the town",
        ),
        ("Lee said the town bought the boat and sailed it home.", "the boat", "the town bought the boat"),
        (
            "The mayor says she wants the ferry to have a lower fare, a longer deck for bikes, and an end to strikes.",
            "lower fare",
            "she wants the ferry to have a lower fare, a longer deck for bikes, and an end to strikes",
        ),
    ],
)
def test_a_statement_goes_on_to_its_main_clause_year_state_second_verb_and_list(text, until, rest):
    assert whole(text, until) == rest


def test_a_statement_before_its_cue_begins_with_the_whole_of_its_first_words():
    text = "Last week, the group's chief issued an apology for the delay, the Gazette reported."
    layout = layout_of(load_model()(text))
    cue = next(token for token in layout.doc if token.text == "reported")
    first, last = layout.token_at(text.index("chief")), layout.token_at(text.index(", the Gazette"))
    assert to_whole_subject(layout, cue, first, last) == 0
    assert to_whole_subject(layout, cue, layout.token_at(text.index("the group")), last) == layout.token_at(10)


def test_a_day_after_on_is_none_of_what_is_said():
    text = "An official told reporters on Wednesday that the order would come out next week."
    layout = layout_of(load_model()(text))
    first, last = layout.token_at(text.index("Wednesday")), len(layout.doc) - 1
    assert after_aside(layout, layout.doc[2], first, last) == layout.token_at(text.index("that the"))


def test_each_statement_of_a_list_is_of_the_one_who_says_the_first():
    text = "Ann Lee said that it rained, said that it blew hard, and then said that she went on to build a bridge."
    assert {speaker for _, speaker in found(text)} == {"Ann Lee"}
