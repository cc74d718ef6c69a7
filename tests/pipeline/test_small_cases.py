"""Quotes of invented articles, named by the whole pipeline: who speaks, and what is no words of theirs."""

import pytest

from pipeline.coreference.component import find_references
from pipeline.furniture.blocks import mark_blocks
from pipeline.quotes.component import find_quotes
from store.schema import SAID
from tests.pipeline.naming import annotate


def quotes(nlp, text):
    """Words, and the name or words of the speaker, of each quote that somebody says."""
    doc = annotate(nlp, text, blocks=mark_blocks(text))
    doc._.mentions = sorted([*doc._.mentions, *find_references(doc)], key=lambda mention: mention.start)
    found = [quote for quote in find_quotes(doc) if quote.kind != "term" and quote.status == SAID]
    return [(text[quote.start : quote.end], quote.speaker) for quote in found]


def speakers(nlp, text):
    return [speaker for _, speaker in quotes(nlp, text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Orvane Mills shut two plants in March. It blamed wages and said it would not hire.", "Orvane Mills"),
        ("Tallow & Finch raised prices on Monday. It said costs had doubled.", "Tallow & Finch"),
        ("Hallam Foods cut 300 jobs on Monday. It said sales had fallen by half.", "Hallam Foods"),
        ("A drug maker cut 200 jobs on Monday. It said sales had fallen by half.", "A drug maker"),
    ],
)
def test_it_speaks_for_a_firm_whatever_its_name_looks_like(nlp, text, speaker):
    assert speakers(nlp, text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Driver Len Potter said the brakes had failed.", "Len Potter"),
        ("Goalkeeper Tomas Hale said the grass was wet.", "Tomas Hale"),
        ("“We lost the ball,” said goalkeeper Sami Loft.", "Sami Loft"),
        ("The driver, Nils Arden, said the brakes had failed.", "Nils Arden"),
        ("“It was old,” said Matteo Ruggi. “You sold it anyway,” answered Sandro Ruggi.", "Sandro Ruggi"),
    ],
)
def test_a_name_is_told_from_what_somebody_is_and_from_a_relative(nlp, text, speaker):
    assert speakers(nlp, text)[-1] == speaker


def test_what_a_sentence_opens_with_is_a_trade_only_before_a_name(nlp):
    assert speakers(nlp, "Hunter Adams said the sea was warm. Adam Driver said it was cold.") == [
        "Hunter Adams",
        "Adam Driver",
    ]
