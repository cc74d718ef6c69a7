"""Letters and statements without marks: whose they are, and where the outlet's own voice begins again."""

import pytest

from tests.pipeline.reading_quotes import ANN, BO, read


def given(text, **people):
    return [(words, said) for words, kind, said in read(text, **people) if kind == "transcript"]


LETTER = """Ann Lee left the ferry on Monday. In a letter to the town, Lee wrote:

I have loved every day of this work and hated most of the nights.

My family has paid for it.

The council meets on Friday."""


def test_a_letter_goes_on_while_it_is_told_of_oneself():
    assert given(LETTER, Lee=ANN) == [
        ("I have loved every day of this work and hated most of the nights.", "Ann Lee"),
        ("My family has paid for it.", "Ann Lee"),
    ]


def test_an_author_who_tells_of_himself_may_have_gone_on():
    text = LETTER.replace("Ann Lee left", "I knew that Ann Lee would go. Ann Lee left")
    assert len(given(text, Lee=ANN)) == 1


@pytest.mark.parametrize(
    "after", ["Lee hates my dog.", "“We shall miss her,” Bo Kim said of us.", "Bo Kim said he liked me."]
)
def test_a_letter_ends_where_another_is_quoted_or_its_author_is_named(after):
    assert len(given(LETTER.replace("My family has paid for it.", after), Lee=ANN, Kim=BO)) == 1


def test_words_that_are_set_in_go_on_while_they_are():
    text = """Ann Lee did not hide it. From her log:

    The engine has had nine years of rust and nobody looked at it.

    It will not run.

The ferry sails on Monday."""
    assert [said for _, said in given(text, Lee=ANN)] == ["Ann Lee", "Ann Lee"]
    assert len(given(text.replace("    ", ""), Lee=ANN)) == 1


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("At noon Ann Lee sent them this message:", "Ann Lee"),
        ("The statement from the school read:", "The statement from the school"),
        ("Here is her statement from Monday:", "Ann Lee"),
        ("In May Ann Lee released her statement:", "Ann Lee"),
        ("Ann Lee's answer to the crew:", "Ann Lee"),
    ],
)
def test_a_line_may_show_a_paper_instead_of_saying_that_somebody_says_it(lead, speaker):
    text = f"Ann Lee runs the ferry.\n\n{lead}\n\nDear friends, this is a hard day for all who sail.\n\nThe ferry sank in May."
    assert given(text, Lee=ANN) == [("Dear friends, this is a hard day for all who sail.", speaker)]


def test_a_salutation_on_its_own_line_is_of_the_letter():
    text = "Ann Lee runs the ferry. She wrote to the crew:\n\nDear friends,\n\nThis is a hard day for all of us who sail.\n\nThe ferry sank."
    assert [words for words, _ in given(text, Lee=ANN)] == [
        "Dear friends,",
        "This is a hard day for all of us who sail.",
    ]


def test_what_a_line_only_speaks_about_is_no_quote():
    text = "Ann Lee runs the ferry.\n\nBut here is the problem with her letter:\n\nThe bridge was never closed, and nobody sailed in it.\n\nIt rained."
    assert given(text, Lee=ANN) == []
