"""Nouns that stand for a place the article has named: "the state", "the county", "the city"."""

import pytest

from pipeline.build.annotator import annotator
from pipeline.core.annotations import NOUN_FOR_PLACE, Context


def mentions(text):
    """The mentions that a noun makes, with the name of their place."""
    annotate = annotator()
    (doc,) = annotate.parse([text])
    annotate.analyse(doc, Context("", "", None))
    return [(m, doc._.entities[m.entity_id].name) for m in doc._.mentions if m.resolution == NOUN_FOR_PLACE]


def meant(text):
    return [(text[mention.start : mention.end], name) for mention, name in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lawmakers in Utah met on Monday. The state will close two mines.", [("The state", "Utah")]),
        ("The mayor of Toledo, Ohio, sued the state on Friday.", [("the state", "Ohio")]),
        ("Snow fell in Yolo County all week. Schools across the county were shut.", [("the county", "Yolo County")]),
        ("Snow fell in Toledo, Ohio. Most of the city's schools were shut.", [("the city", "Toledo")]),
        ("Peru signed the treaty. Its critics left the country.", [("the country", "Peru")]),
    ],
)
def test_a_noun_stands_for_the_place_told_of(text, expected):
    assert meant(text) == expected


def test_each_stands_for_the_place_of_its_own_sentence():
    text = "Toledo, Ohio, opened a pool. The city is proud. In Reno, Nevada, the city closed one, and the state a park."
    assert meant(text) == [("The city", "Toledo"), ("the city", "Reno"), ("the state", "Nevada")]


@pytest.mark.parametrize(
    "text",
    [
        "Snow fell in Toledo, Ohio. The city council met.",
        "Snow fell in Toledo, Ohio. He moved to the city where he was born.",
        "Snow fell in Toledo, Ohio. “I love the city,” said Ann Lee.",
        "Snow fell in Toledo, Ohio. A state sued it.",
        "Lawmakers of Utah and Ohio met. The state will close two mines.",
        "Venezuela is poor. Utah sells it oil. In Venezuela the state owns the mines.",
        "The state will close two mines.",
    ],
)
def test_a_noun_that_may_be_another_stands_for_none(text):
    assert meant(text) == []


def test_a_place_that_does_what_governments_do_is_one():
    (mention, name) = mentions("The mayor of Toledo, Ohio, called. The state sued.")[0]
    assert (name, mention.metonym) == ("Ohio", True)


def test_a_place_far_back_is_not_meant_any_more():
    between = " ".join(["He sold a telephone to a friend."] * 60)
    assert meant(f"Snow fell in Utah. {between} They would give their trade to the state.") == []
