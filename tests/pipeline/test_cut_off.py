"""Furniture within a line cuts a name off from the verb it is the subject of."""

import pytest

from pipeline.core.annotations import Block, Entity, Mention
from pipeline.core.parse import load_model
from pipeline.core.quote_layout import layout_of
from pipeline.core.token_table import tokens_of
from pipeline.quotes.component import find_quotes
from pipeline.quotes.interrupted_subjects import name_cut_off

LINK = " Ann LeeLee opens the bridge Ten bridges to see MORE"


def parsed(before, after):
    text = before + LINK + after
    start, end = len(before), len(before) + len(LINK)
    doc = load_model()(text)
    doc._.blocks = [Block(0, start, "body", 0), Block(start, end, "furniture", 0), Block(end, len(text), "body", 0)]
    doc._.entities["person:ann-lee"] = Entity("person:ann-lee", "PERSON", "Ann Lee")
    at = text.find("Ann Lee")
    doc._.mentions = [Mention(at, at + 7, "PERSON", "person:ann-lee", "named")]
    return doc


def cut_off(before, after, verb):
    doc = parsed(before, after)
    first = len(before) + len(LINK)
    return name_cut_off(layout_of(doc), next(t for t in tokens_of(doc) if t.idx >= first and t.text == verb))


@pytest.mark.parametrize(
    ("after", "verb"),
    [
        (" said the bridge will reopen.", "said"),
        (" on Monday told reporters the bridge will reopen.", "told"),
        (" (D-Ohio), however, said the bridge will reopen.", "said"),
        (" had called the bridge a ruin.", "called"),
    ],
)
def test_the_name_before_furniture_is_the_subject_of_the_verb_after_it(after, verb):
    found = cut_off("Mayor Ann Lee", after, verb)
    assert found is not None
    assert found.text == "Lee"


@pytest.mark.parametrize(
    ("before", "after", "verb"),
    [
        ("Mayor Ann Lee", " left. He said the bridge will reopen.", "said"),
        ("Mayor Ann Lee", " (D-Ohio). Critics said the bridge will reopen.", "said"),
        ("Mayor Ann Lee and the bridge", " said it will reopen.", "said"),
        ("The plan was written by Mayor Ann Lee", ". Critics said the bridge will reopen.", "said"),
    ],
)
def test_a_verb_with_a_subject_of_its_own_keeps_it(before, after, verb):
    assert cut_off(before, after, verb) is None


def test_a_name_on_the_line_before_is_none():
    doc = load_model()("Mayor Ann Lee\nsaid the bridge will reopen.")
    doc._.mentions = [Mention(6, 13, "PERSON", "person:ann-lee", "named")]
    assert name_cut_off(layout_of(doc), next(t for t in tokens_of(doc) if t.text == "said")) is None


def test_words_after_furniture_are_given_to_the_name_before_it():
    doc = parsed("Mayor Ann Lee", ' on Monday told reporters: "The bridge will reopen in May, and it will be safe."')
    (quote,) = find_quotes(doc)
    assert (quote.kind, quote.speaker) == ("direct", "Ann Lee")
