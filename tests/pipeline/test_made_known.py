"""What somebody makes clear is told, and statements are told whole that a first choice cuts."""

import pytest

from pipeline.core.parse import load_model
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.component import find_quotes
from pipeline.quotes.indirect.bounds import after_aside, to_whole_subject
from pipeline.quotes.indirect.remarks import before_remark
from pipeline.quotes.indirect.whole_phrases import after_marks
from tests.pipeline.reading_quotes import ANN, BO, parsed, read
from tests.pipeline.test_bounds import whole


def found(text):
    return [(words, speaker) for words, kind, speaker in read(text, Lee=ANN, Kim=BO) if kind != "term"]


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


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The Gazette quoted Bo Kim as saying the ferry was too old.", "the ferry was too old", "Bo Kim"),
        (
            "The Gazette also quoted a bay official as saying, “The ferry has become all about money, and nothing else.”",
            "“The ferry has become all about money, and nothing else.”",
            "a bay official",
        ),
        (
            "“It is just a check on the number we have,” said one of the authors, Bo Kim, a professor of oceans.",
            "“It is just a check on the number we have,”",
            "Bo Kim",
        ),
        (
            "One boy was due to come home, according to Bo Kim, the chief of the school.",
            "One boy was due to come home",
            "Bo Kim",
        ),
    ],
)
def test_who_is_quoted_by_another_and_who_a_source_is(text, words, speaker):
    assert found(text) == [(words, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "Bo Kim has yet to explain what exactly is “horrific” about the plan for the ferry.",
        "Bo Kim declined to call it a “safe harbor plan,” and left.",
    ],
)
def test_what_is_yet_to_be_said_or_is_not_called_so_is_not_said(text):
    assert {quote.status for quote in find_quotes(parsed(text, Kim=BO)) if quote.kind != "term"} <= {"not said"}


def test_a_vow_ends_before_a_clause_of_the_outlets_own():
    text = "Lee has vowed to charge all who cross the bay but her policy of closing ports met fierce criticism."
    layout = layout_of(load_model()(text))
    first, last = layout.token_at(text.index("to charge")), len(layout.doc) - 1
    assert before_remark(layout, layout.doc[2], first, last) == layout.token_at(text.index("but her"))


def test_words_in_marks_take_the_noun_that_they_tell_of():
    text = "Lee said it was a mistake of the town's “zero-charge” ferry policy."
    layout = layout_of(load_model()(text))
    last = layout.token_at(text.index(" ferry"))
    assert after_marks(layout, 2, last) == layout.token_at(text.rindex("."))


def test_the_day_and_what_is_hoped_are_told_apart_from_the_clause():
    assert ("six months is enough time for the crew", "Ann Lee") in found(
        "Ann Lee is hoping six months is enough time for the crew."
    )


def test_what_the_outlet_sums_several_statements_up_with_is_none_of_them():
    text = "Ann Lee said that the ferry would stop in May, comments that cast doubt on the plan of the town."
    assert found(text) == [("that the ferry would stop in May", "Ann Lee")]
