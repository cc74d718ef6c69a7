"""How sure a quote is: of who says it, and of where its words begin and end."""

import pytest

from pipeline.quotes.component import find_quotes
from pipeline.quotes.confidence import DOUBTED
from store.sureness import how_sure
from tests.pipeline.test_quotes import ANN, parsed


def only_said(text):
    (quote,) = [quote for quote in find_quotes(parsed(text, Lee=ANN)) if quote.kind != "term"]
    return quote


def test_words_in_marks_are_as_sure_as_their_speaker():
    quote = only_said('"The ferry will sail in any weather," Ann Lee said on Monday.')
    assert quote.confidence == quote.speaker_confidence
    assert how_sure(quote.confidence) == "sure"


def test_words_without_marks_are_less_sure_than_their_speaker():
    quote = only_said("Ann Lee said that the ferry would sail in any weather.")
    assert 0 < quote.confidence < quote.speaker_confidence


@pytest.mark.parametrize(
    "more",
    [
        ", even as the old pier was falling apart",
        " — a promise that was made before",
        ", which nobody on the island had asked for",
        " over the bay and the sandbanks" + 8 * " and the mill and the fish market and the school",
    ],
)
def test_words_without_marks_that_are_hard_to_bound_are_never_sure(more):
    quote = only_said(f"Ann Lee said that the ferry would sail in any weather{more}.")
    assert quote.speaker_confidence > quote.confidence
    assert quote.confidence <= DOUBTED
    assert how_sure(quote.confidence) != "sure"


def test_what_is_asked_for_ends_before_what_the_outlet_sets_beside_it():
    text = "Ann Lee urged drivers to leave their cars at home, even as the last roads were cleared."
    quote = only_said(text)
    assert text[quote.start : quote.end] == "drivers to leave their cars at home"
