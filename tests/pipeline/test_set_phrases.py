"""Names in quotation marks that nobody says: a thing's, as the text itself tells, or a show's."""

import pytest

from pipeline.core.parse import load_model
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.component import find_quotes
from pipeline.quotes.scare_quotes import is_set_phrase, is_title
from tests.pipeline.test_quotes import ANN, BO, parsed


def set_phrases(text):
    layout = layout_of(load_model()(text))
    return [is_set_phrase(layout, number) for number in range(len(layout.quotations))]


@pytest.mark.parametrize(
    "text",
    [
        'The council paid people known as "bridge keepers" for years.',
        'The council paid the so-called "bridge keepers" for years.',
        'Subtitled "We Will Miss the Ferry When It Is Gone," the piece lamented the end of the line.',
        'The council paid workers who are often called "bridge keepers" for years.',
        'The council paid workers, commonly referred to as the "bridge keepers," for years.',
        'The plan, dubbed "New Bridges," will cost a million.',
        'Ann Lee told "Morning Bridges" that the road is closed.',
        'Ann Lee said on "Morning Bridges" that the road is closed.',
        'Speaking on the Herald\'s "State of the Bridges," Ann Lee praised the road.',
    ],
)
def test_a_name_that_a_thing_or_a_show_goes_by_is_a_set_phrase(text):
    assert set_phrases(text) == [True]


@pytest.mark.parametrize(
    "text",
    [
        'The council paid what Ann Lee has called "bridge keepers" for years.',
        'The council paid what Ann Lee referred to as "bridge keepers" for years.',
        'The workers were called "bridge keepers" by Ann Lee.',
        'Ann Lee called the workers "bridge keepers" on Monday.',
        'The bridge is known as a place where people shout "Let us all go over to the other side!"',
        'Ann Lee told reporters, "Morning Bridges!"',
        'The council put "bridge keepers" on the list.',
        '"Bridge keepers" were on the list.',
    ],
)
def test_words_that_somebody_says_or_that_no_verb_names_are_none(text):
    assert set_phrases(text) == [False]


def test_a_set_phrase_is_a_term_and_no_words_of_who_speaks_in_its_sentence():
    text = 'The city will pay the so-called "bridge keepers" for years, Ann Lee said.'
    (quote,) = find_quotes(load_model()(text))
    assert (quote.kind, quote.quoted) == ("indirect", ())
    text = 'The city paid the so-called "bridge keepers" for years.'
    (quote,) = find_quotes(load_model()(text))
    assert (quote.kind, quote.speaker) == ("term", "")


def test_a_title_has_a_capital_in_every_longer_word():
    assert is_title("Notes on the State of Bridges")
    assert not is_title("Notes on bridges")
    assert not is_title("Bridges")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The list was signed by “Bridge Keeper(s)” of the northern shore.", "term"),
        ("Lee went to the play as “Val,” a keeper of the bridge.", "term"),
        ("Lee hoped to “go easier” on the keepers.", "mixed"),
        ("Lee spoke of a mayor who is “fooling the keepers” of the bridge.", "direct"),
        ("Lee called the list “old news” of the bridge.", "mixed"),
        ("“Not a chance,” Lee huffed.", "direct"),
    ],
)
def test_a_few_words_that_no_verb_of_saying_claims_are_a_term(text, kind):
    assert kind in {quote.kind for quote in find_quotes(parsed(text, Lee=ANN))}


def test_a_title_in_brackets_is_a_works():
    doc = parsed("Bo Kim, writing in Harbor Affairs (“Saving the Old Ferry”), notes that boats rot.", Kim=BO)
    assert find_quotes(doc)[0].kind == "term"
