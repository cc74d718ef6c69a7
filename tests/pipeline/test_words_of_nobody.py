"""Words in marks that are nobody's, though somebody stands beside them, and those that brackets give to a name."""

import pytest

from pipeline.build.annotator import annotator
from pipeline.core.annotations import Context
from pipeline.quotes.component import find_quotes
from store.schema import SAID
from tests.pipeline.reading_quotes import ANN, BO, parsed, read


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee has written under the pseudonym “Old Salt” since she left the council.",
        "The ferry runs on what some might call “old oil” and luck.",
        "He is not wedded to what most would call “truth,” or even to his own plan.",
        "The island might offer her “voluntary departure” and a ticket.",
    ],
)
def test_what_a_thing_goes_by_or_is_handled_as_is_a_term(text):
    assert {kind for _, kind, _ in read(text, Lee=ANN)} == {"term"}


@pytest.mark.parametrize(
    "text",
    ["Some might say “old is gold,” but the ferry leaks.", "Some will say “let it sail as it is,” and yet it leaks."],
)
def test_what_anyone_might_say_is_imagined(text):
    (quote,) = find_quotes(parsed(text))
    assert quote.status == "imagined"


def test_what_some_people_in_particular_will_say_is_said():
    (quote,) = find_quotes(parsed("Some of the captains would say “let it sail as it is,” and it leaked."))
    assert quote.status == SAID


@pytest.mark.parametrize(
    "before", ["Nobody in the town believed it.", "Then came the change that everyone knew was on the way."]
)
def test_nobody_speaks_the_words_after_a_sentence_about_nobody(before):
    ((_, kind, speaker),) = read(f"{before} “We call upon all islanders to be calm.”")
    assert (kind, speaker) == ("direct", "")


def test_everyone_who_says_so_has_said_it():
    ((_, _, speaker),) = read("“We call upon all islanders to be calm,” everyone said.")
    assert speaker == "everyone"


@pytest.mark.parametrize(
    "text",
    [
        "The town was split over the ferry (Mayor Ann Lee: “We will never sell it”), and Bo Kim left the council.",
        "Bo Kim cited the law (Ann Lee, a friend of captains: “Three old boats are enough”) in his plan.",
    ],
)
def test_words_in_brackets_are_of_the_name_before_their_colon(text):
    quotes = [quote for quote in find_quotes(parsed(text, Lee=ANN, Kim=BO)) if quote.kind == "direct"]
    assert [quote.speaker_id for quote in quotes] == [ANN]


def test_whom_a_letter_in_brackets_goes_to_has_not_signed_it():
    text = "The fares rose twice last year (in a letter to Ann Lee: “We cannot pay this”) and the council slept."
    assert all(quote.resolution != "dash line" for quote in find_quotes(parsed(text, Lee=ANN)))


def test_a_word_that_is_claimed_before_others_are_raised_is_no_term():
    text = "Bo Kim claimed that the vote could be “rigged” against him, raising concerns that he might not go."
    first, *_ = read(text, Kim=BO)
    assert first[1:] == ("mixed", "Bo Kim")


def test_what_somebody_will_say_is_no_word_of_the_excerpt_that_tells_so():
    text = "With that in mind, Ann Lee will say, according to an excerpt: “Together, we can build a better ferry.”"
    assert [speaker for *_, speaker in read(text, Lee=ANN)] == ["Ann Lee"]


@pytest.mark.parametrize(("text", "name"), [("Foreman Jed Prior", "Jed Prior"), ("Physio Gwen Ashe", "Gwen Ashe")])
def test_what_somebody_does_is_no_part_of_the_name(text, name):
    pipeline = annotator()
    doc = pipeline.analyse(next(iter(pipeline.parse([f"{text} said: “We saw it sink.”"]))), Context())
    assert [quote.speaker for quote in doc._.quotes] == [name]
