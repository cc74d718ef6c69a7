"""Tone: of the words of each sentence and passage, toward nobody."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

import pipeline.language.tone as component
from pipeline.core.annotations import Passage, Sentence, register_attributes
from pipeline.language.vader import tone, valences
from tests.timing import times_longer

register_attributes()


@pytest.fixture
def doc() -> Doc:
    """Two sentences: the first in one voice, the second partly quoted, and a link after them."""
    doc = Doc(
        Vocab(), words=["A", "great", "win", ".", "He", "called", "it", "“", "horrible", "”", ".", "LOVE", "US", "!"]
    )
    text = doc.text
    second, link = text.index("He"), text.index("LOVE")
    quoted = text.index("horrible")
    doc._.sentences = [
        Sentence(0, second - 1, 0, "narration", 3),
        Sentence(second, link - 1, 0, "narration", 4),
        Sentence(link, len(text), 1, "furniture", 2),
    ]
    doc._.passages = [
        Passage(0, second - 1, 0, 0, "narration", 3),
        Passage(second, quoted, 1, 0, "narration", 3),
        Passage(quoted, quoted + 8, 1, 0, "quote", 1),
        Passage(link, len(text), 2, 1, "furniture", 2),
    ]
    return doc


def test_a_sentence_has_the_tone_of_its_words(doc):
    component.add_tone(doc)
    first, second, _ = doc._.sentences
    assert first.tone > 0.5
    assert second.tone < -0.3


def test_the_outlets_words_and_the_quoted_ones_are_told_apart(doc):
    component.add_tone(doc)
    _, narration, quote, _ = doc._.passages
    assert narration.tone == 0
    assert quote.tone < -0.3


def test_furniture_has_no_tone(doc):
    component.add_tone(doc)
    assert doc._.sentences[-1].tone == 0
    assert doc._.passages[-1].tone == 0


def test_nothing_but_the_tone_changes(doc):
    sentences, passages = list(doc._.sentences), list(doc._.passages)
    component.add_tone(doc)
    assert [replace(one, tone=0.0) for one in doc._.sentences] == sentences
    assert [replace(one, tone=0.0) for one in doc._.passages] == passages


def test_a_sentence_that_is_one_passage_is_rated_once(doc, monkeypatch):
    rated = []
    monkeypatch.setattr(component, "tone", lambda text: rated.append(text) or 0.5)
    component.add_tone(doc)
    assert rated.count("A great win .") == 1


def test_an_article_without_sentences_is_left_alone():
    assert component.add_tone(Doc(Vocab(), words=[]))._.sentences == []


def test_curly_marks_are_read_like_straight_ones():
    assert (
        tone("They don’t like “awful” rules")
        == tone('They don\'t like "awful" rules')
        != tone("They do like awful rules")
    )


@settings(deadline=None)
@given(st.text())
def test_any_text_has_a_tone_between_minus_one_and_one(text):
    assert -1 <= tone(text) <= 1


@settings(deadline=None)
@given(st.lists(st.sampled_from(["the", "report", "said", "Tuesday", "a", "county"])))
def test_words_without_valence_have_no_tone(words):
    assert not set(words) & valences().keys()
    assert tone(" ".join(words)) == 0


def test_time_grows_in_step_with_length():
    for hostile in ("bad but ", "😂", "!?"):
        short, long = (partial(tone, hostile * times) for times in (1_000, 8_000))
        assert times_longer(short, long, most=40, least=0.001) < 40  # in step: 8 times; with the square: 64 times
