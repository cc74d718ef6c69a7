"""Outlets that are cited as a source, told from those that are merely named."""

import pytest

from pipeline.build.annotator import ANALYSES
from pipeline.language.cited_sources import cited_in
from tests.pipeline.naming import annotate


def cited(text, outlet):
    start = text.index(outlet)
    return cited_in(text, start, start + len(outlet))


@pytest.mark.parametrize(
    "text",
    [
        "She told Fox News that it was over.",
        "According to the Fox News, it was over.",
        "It was over, Fox News reported on Friday.",
        "A Fox News report said so.",
        "Fox News' reporters went home.",
        "Fox News's Ann Lee saw it.",
        "The memo, obtained by Fox News, was short.",
        "Fox News, which first reported it, agreed.",
        "He said Sunday on Fox News that it was over.",
    ],
)
def test_an_outlet_that_is_told_or_reports_something_is_cited(text):
    assert cited(text, "Fox News")


@pytest.mark.parametrize(
    "text",
    ["He watches Fox News.", "Fox News was barred from the room.", "Fox News and its owner were sued."],
)
def test_an_outlet_that_is_spoken_of_is_not_cited(text):
    assert not cited(text, "Fox News")


def test_an_outlet_that_speaks_is_cited(nlp):
    doc = annotate(nlp, '"We were wrong," said Fox News in a note.\nFox News was barred.', *ANALYSES)
    assert [m.cited for m in doc._.mentions if m.entity_id == "org:fox-news"] == [True, False]


def test_only_outlets_are_cited(nlp):
    doc = annotate(nlp, "She told Congress that it was over.", *ANALYSES)
    assert [m.cited for m in doc._.mentions if m.label == "ORG"] == [False]
