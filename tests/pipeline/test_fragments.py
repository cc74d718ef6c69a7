"""Fragments: where what somebody said is told in one stretch, and where in several."""

import pytest

from tests.pipeline.test_quotes import ANN, only, read


def stretches(text):
    return [words for words, _, _ in read(text, Lee=ANN)]


def test_marks_of_one_sentence_are_one_fragment_where_nothing_but_its_words_parts_them():
    text = "Ann Lee said fraud is “a big, big problem in this town” but “nobody has the guts to talk about it.”"
    assert stretches(text) == ["fraud is “a big, big problem in this town” but “nobody has the guts to talk about it.”"]


@pytest.mark.parametrize(
    "text",
    [
        "“Fraud is a big problem,” Ann Lee said, “but nobody has the guts to talk about it.”",
        "Ann Lee said fraud is “a big, big problem in this town.” “Nobody has the guts to talk about it,” she said.",
        "Ann Lee said fraud is “a big, big problem in this town.” One more thing is this: “Nobody talks about it.”",
        "Ann Lee said fraud is “a big, big problem in this town,” and then added “nobody has the guts to say so.”",
    ],
)
def test_a_cue_or_a_new_sentence_parts_them(text):
    assert len(stretches(text)) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ann Lee said the harbor board “has been in touch with the crews of the ferry to find a way out.”",
            "the harbor board “has been in touch with the crews of the ferry to find a way out.”",
        ),
        (
            "Ann Lee, however, admitted that she had not been a “perfect captain.”",
            "that she had not been a “perfect captain.”",
        ),
        (
            "Ann Lee called the new ferry “the slowest boat that was ever built on the island.”",
            "the new ferry “the slowest boat that was ever built on the island.”",
        ),
    ],
)
def test_words_in_marks_are_told_with_the_beginning_of_their_clause(text, told):
    assert stretches(text) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Under what he called his “Trust but Sail” amendment, if the pier sinks then much of the town does so too.",
            "“Trust but Sail”",
        ),
        (
            "Ann Lee said to loud applause, “The ferry sails at night and on every holiday.”",
            "“The ferry sails at night and on every holiday.”",
        ),
        (
            "Ann Lee told the crew “we sail at night and on every holiday of the year.”",
            "“we sail at night and on every holiday of the year.”",
        ),
    ],
)
def test_what_stands_between_a_cue_and_marks_need_not_be_said(text, told):
    assert stretches(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "The council introduced an “interim ferry rule” for the northern islands on Monday.",
        "The harbor board released a “study of studies” on the ferry on Monday.",
        "Ann Lee, one of the authors in the island's “Gang of Ten,” said nothing.",
    ],
)
def test_the_name_of_a_thing_or_a_group_is_a_term(text):
    assert only(text, Lee=ANN).kind == "term"


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee promised a “ferry for all” on Monday.",
        "Ann Lee called the ferry a “floating wreck” on Monday.",
        "Ann Lee, one of the authors of the ferry plan, said “we will sail” on Monday.",
    ],
)
def test_what_somebody_promises_or_calls_a_thing_is_said(text):
    assert only(text, Lee=ANN).kind in {"direct", "mixed"}


def test_a_verb_that_opens_marks_is_told_with_its_subject_before_them():
    text = "Ann Lee said the pier was old. The crew “left when they saw who had bought it,” she said."
    assert stretches(text)[-1] == "The crew “left when they saw who had bought it,”"
