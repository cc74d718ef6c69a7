"""Interviews: whose the answers are where questions and answers have no labels, or only one side has."""

import pytest

from pipeline.quotes.component import find_quotes
from tests.pipeline.reading_quotes import ANN, parsed, read

PLAIN = """Ann Lee has run the ferry for nine years. We asked her why.

How did you come to the ferry?

My uncle had two boats. I painted one of them and never left.

Do people thank you for it?

Hardly ever.

What will you do when the bridge opens?

I will fish. There is nothing else that I know."""


def answers(text, **people):
    return [(words.split()[0], said) for words, kind, said in read(text, **people) if kind == "transcript"]


def test_answers_below_questions_are_of_whom_the_article_asks():
    assert answers(PLAIN, Lee=ANN) == [("My", "Ann Lee"), ("Hardly", "Ann Lee"), ("I", "Ann Lee")]


def test_an_answer_may_go_on_and_the_last_ends_where_it_is_told_of_oneself_no_more():
    text = PLAIN.replace("Hardly ever.", "Hardly ever.\n\nThe baker does.")
    text += "\n\nMy boat is old.\n\nThe bridge opens in May."
    assert [word for word, _ in answers(text, Lee=ANN)] == ["My", "Hardly", "The", "I", "My"]
    text += "\n\nAnn Lee spoke with my colleague."
    assert len(answers(text, Lee=ANN)) == 5


def test_questions_in_bold_show_an_interview_sooner():
    text = "Ann Lee runs the ferry.\n\n**Why do you sail at night?**\n\nI like the dark.\n\n**And your boat?**\n\nIt is mine."
    assert answers(text, Lee=ANN) == [("I", "Ann Lee"), ("It", "Ann Lee")]


def test_an_explainer_with_questions_is_no_interview():
    text = """Ann Lee runs the ferry, which is late again.

Who is to blame?

The county bought the engine from a firm that is gone.

What should you do if you wait?

Drive around the lake. The road is open.

And who will pay?

The town, as ever."""
    assert answers(text, Lee=ANN) == []


def test_questions_of_an_outlet_with_its_label_lead_to_answers_without_one():
    text = """Ann Lee runs the ferry.

The Gazette: Why do you sail at night?

The tide is high then.

The Gazette: Are you ever afraid?

Not any more. I was in my first year.

The Gazette: And the mayor?

He likes it."""
    assert answers(text, Lee=ANN) == [("The", "Ann Lee"), ("Not", "Ann Lee"), ("He", "Ann Lee")]


def test_only_who_answers_may_have_a_label():
    text = """Ann Lee runs the ferry.

Why do you sail at night?

Lee: The tide is high then.

It is calm, too.

Are you ever afraid?

Lee: Not any more."""
    assert answers(text, Lee=ANN) == [("The", "Ann Lee"), ("It", "Ann Lee"), ("Not", "Ann Lee")]


@pytest.mark.parametrize("stop", [":", "."])
def test_an_answer_is_of_whoever_the_parse_takes_for_a_person_where_no_list_knows_the_name(stop):
    text = f"""The oysters are dying. The Gazette asked Michael Whitlock, who runs the laboratory, why.

Q{stop} What kills them?

A{stop} Warm water.

Q{stop} Can that be stopped?

A{stop} Not by us alone."""
    assert answers(text) == [("What", ""), ("Warm", "Michael Whitlock"), ("Can", ""), ("Not", "Michael Whitlock")]


def test_an_answer_of_nobody_known_has_no_name():
    text = "The oysters are dying.\n\nQ: Why?\n\nA: The water is warm.\n\nQ: Since when?\n\nA: For a year or so."
    assert {quote.speaker for quote in find_quotes(parsed(text))} == {""}


def test_headings_of_what_is_spoken_of_set_answers_apart():
    text = """Ann Lee tells Harbor Radio that boats are dying out. The interview was edited.

On why she left the harbor

I could not watch them burn the old boats.

On what boats can teach

I learned from my mother to wait.

The wind does not care."""
    assert answers(text, Lee=ANN) == [("I", "Ann Lee"), ("I", "Ann Lee")]
    assert answers(text.replace("The interview was edited.", ""), Lee=ANN) == []


@pytest.mark.parametrize(
    ("lead", "second", "answers"),
    [
        ("Lee talked to the Gazette.", "Would you go back?", 2),
        ("Lee talked to the Gazette.", "Is it cold?", 0),
        ("Lee has come home.", "Would you go back?", 0),
    ],
)
def test_two_questions_are_an_interview_where_the_article_says_so_and_both_are_put_to_somebody(lead, second, answers):
    text = f"{lead}\n\nWhat do you miss?\n\nThe light. I miss it every day.\n\n{second}\n\nTomorrow, if they let me."
    assert [quote.speaker_id for quote in find_quotes(parsed(text, Lee=ANN))] == [ANN] * answers
