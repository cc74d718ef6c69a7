"""Quotes of any text at all: spans in bounds, none over another, and time in step with length."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.core.annotations import lines
from pipeline.core.parse import load_model
from pipeline.core.quotation_marks import find_quotations
from pipeline.coreference.component import find_references
from pipeline.quotes.component import find_quotes
from tests.strategies import texts
from tests.timing import times_longer

MARKS = ['"', "“", "”", "''", "``", "‘", "’", "'", "«", "»", '""', ""]
mutated = st.lists(st.sampled_from(MARKS), min_size=6, max_size=6).map(
    lambda m: (
        f"{m[0]}We won,{m[1]} Ann Lee said. {m[2]}It was \U0001f600 hard{m[3]}, she added: {m[4]}שלום עולם{m[5]}.\n"
        f"– Bo Kim\nKIM: {m[0]}No{m[1]} comment, he told me."
    )
)


# Megabytes of one mark: a run is read so fast that only at such a length would a squared time be seen.
WIDE = {'"': 1_000_000, "“": 1_000_000}


def quotations(text):
    return find_quotations(text, [(start, end, n) for n, (start, end) in enumerate(lines(text))])


@given(st.one_of(texts, mutated))
def test_quotations_lie_in_their_paragraphs_and_apart(text):
    paragraphs = lines(text)
    position = 0
    for found in quotations(text):
        start, end = paragraphs[found.paragraph]
        assert start <= found.start <= found.inner_start < found.inner_end <= found.end <= end
        assert position <= found.start
        position = found.end


@settings(max_examples=40)
@given(st.one_of(texts, mutated))
def test_fragments_lie_in_the_text_and_apart(text):
    doc = load_model()(text)
    doc._.mentions = find_references(doc)
    position = 0
    for quote in find_quotes(doc):
        assert position <= quote.start < quote.end <= len(text)
        assert all(quote.start <= start < end <= quote.end for start, end in quote.quoted)
        assert 0 <= quote.confidence <= 1
        for start, end in ((quote.speaker_start, quote.speaker_end), (quote.cue_start, quote.cue_end)):
            assert (start is None and end is None) or 0 <= start < end <= len(text)
        position = quote.end


def in_step(read, make):
    """Whether four times the input takes less than ten times as long, or 0.5 s: 4 where time is in step with length, 16 where squared."""
    short, long = (partial(read, make(times)) for times in (1, 4))
    return times_longer(short, long, most=10, least=0.05) < 10


@pytest.mark.parametrize("unit", ['"', "“", "''", "'", "‘a ", '" "a', "“a ” ", "a “b\n", "x’s "])
def test_any_run_of_marks_is_read_in_step_with_its_length(unit):
    assert in_step(quotations, lambda times: unit * (times * WIDE.get(unit, 50_000) // len(unit)))


@pytest.mark.parametrize("words", [["said", "“", "a", "”"], ["he", "said", "“x”"], ['"']])
@pytest.mark.parametrize("chained", [True, False])
def test_a_sentence_without_end_is_read_in_step_with_its_length(words, chained):
    def sentence(times):
        length = times * (20_000 if len(words) == 1 else 300)
        found = (words * length)[:length]
        return Doc(
            load_model().vocab,
            words=found,
            heads=[max(0, i - 1) if chained else 0 for i in range(length)],
            deps=["ROOT"] + ["ccomp" if chained else "nsubj"] * (length - 1),
            pos=["VERB" if word == "said" else "PRON" if word == "he" else "PUNCT" for word in found],
            tags=["VBD"] * length,
        )

    assert in_step(find_quotes, sentence)
