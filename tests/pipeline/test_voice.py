"""Whose words each part of an article is."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

import pipeline.furniture.component
import pipeline.language.voice  # noqa: F401  registers the factory
from pipeline.core.annotations import Block, Context, Quote, lines
from pipeline.core.word_counts import count_words
from pipeline.furniture.blocks import mark_blocks
from tests.strategies import texts

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
FURNITURE = NLP.create_pipe("furniture")
VOICE = NLP.create_pipe("voice")


def quote(text, quoted, kind="direct", speaker_id="", speaker=""):
    """A quote of the words ``quoted``, which stand in quotation marks once in ``text``."""
    start = text.index(quoted)
    end = start + len(quoted)
    return Quote(start - 1, end + 1, kind, 0, ((start, end),), speaker_id=speaker_id, speaker=speaker)


def voices(text, quotes=(), blocks=None):
    doc = NLP(text)
    doc._.blocks = blocks or [Block(s, e, "body", n) for n, (s, e) in enumerate(lines(text))]
    doc._.quotes = list(quotes)
    return VOICE(doc)


def passages(doc):
    return [(doc.text[p.start : p.end], p.voice) for p in doc._.passages]


def test_words_inside_quotation_marks_are_the_speakers():
    text = '"We will pay," the mayor said. "Twice."'
    quotes = [
        quote(text, "We will pay,", speaker_id="person:ann-poe", speaker="Ann Poe"),
        quote(text, "Twice.", speaker_id="person:ann-poe", speaker="Ann Poe"),
    ]
    doc = voices(text, quotes)
    assert passages(doc) == [("We will pay,", "quote"), ("the mayor said.", "narration"), ("Twice.", "quote")]
    assert [p.speaker for p in doc._.passages] == ["Ann Poe", "", "Ann Poe"]
    assert [p.attribution for p in doc._.passages] == [0, None, 0]
    assert [p.words for p in doc._.passages] == [3, 3, 1]


def test_words_retold_are_reported_and_whose_they_are_is_kept():
    text = "The mayor said the roof leaked, and went home."
    doc = voices(text, [Quote(15, 30, "indirect", 4, speaker_id="person:ann-poe", speaker="Ann Poe")])
    assert passages(doc) == [
        ("The mayor said", "narration"),
        ("the roof leaked", "reported"),
        (", and went home.", "narration"),
    ]
    assert [p.speaker for p in doc._.passages] == ["", "Ann Poe", ""]
    assert [p.attribution for p in doc._.passages] == [None, 4, None]


def test_words_in_quotation_marks_are_never_narration_even_where_nobody_says_them():
    text = 'The "raids" ended, some hoped.'
    doc = voices(text, [quote(text, "raids", "term")])
    assert passages(doc) == [("The", "narration"), ("raids", "quote"), ("ended, some hoped.", "narration")]
    assert [(p.is_term, p.attribution) for p in doc._.passages] == [(False, None), (True, None), (False, None)]


def test_what_stands_around_the_marks_of_a_mixed_quote_is_reported():
    text = "The mayor said the roof was “beyond all repair” and dear."
    start = text.index("the roof")
    inner = text.index("beyond"), text.index("beyond") + len("beyond all repair")
    doc = voices(text, [Quote(start, len(text) - 1, "mixed", 0, (inner,), speaker="the mayor")])
    assert passages(doc) == [
        ("The mayor said", "narration"),
        ("the roof was", "reported"),
        ("beyond all repair", "quote"),
        ("and dear", "reported"),
    ]
    assert [p.words for p in doc._.passages] == [3, 3, 3, 2]
    assert doc._.sentences[0].voice == "reported"


def test_a_reported_claim_of_two_sentences_is_a_passage_in_each():
    text = "She said it leaked. It always had."
    doc = voices(text, [Quote(9, len(text), "indirect", 0)])
    assert [(p.sentence, p.voice) for p in doc._.passages] == [(0, "narration"), (0, "reported"), (1, "reported")]


@pytest.mark.parametrize(
    ("kind", "inner"), [("headline", "reported"), ("caption", "reported"), ("furniture", "furniture")]
)
def test_a_claim_counts_as_reported_wherever_the_article_speaks(kind, inner):
    text = "Roof leaks again, mayor says"
    doc = voices(text, [Quote(0, 16, "indirect", 0)], [Block(0, len(text), kind, 0)])
    assert {p.voice for p in doc._.passages} == {kind, inner}


def test_a_quote_of_two_sentences_is_a_passage_in_each():
    text = "“It leaks. It always has,” she said."
    doc = voices(text, [quote(text, "It leaks. It always has,")])
    assert [(p.sentence, p.voice) for p in doc._.passages] == [(0, "quote"), (1, "quote"), (1, "narration")]


@pytest.mark.parametrize(
    ("kind", "reason", "inner"),
    [("headline", "", "quote"), ("caption", "caption", "quote"), ("furniture", "link", "furniture")],
)
def test_quoted_words_count_as_quotes_wherever_the_article_speaks(kind, reason, inner):
    text = "Mayor: ‘It leaks’ again"
    doc = voices(text, [quote(text, "It leaks")], [Block(0, len(text), kind, 0, reason)])
    assert {p.voice for p in doc._.passages} == {kind, inner}
    assert {p.furniture_kind for p in doc._.passages} == {reason}


def test_a_sentence_ends_where_its_block_ends():
    text = "NEW YORK (Reuters) - The roof fell"
    doc = NLP(text)
    doc = VOICE(FURNITURE(doc))
    assert [(text[s.start : s.end], s.voice) for s in doc._.sentences] == [
        ("NEW YORK (Reuters) -", "furniture"),
        ("The roof fell", "narration"),
    ]


def test_context_names_the_headline():
    doc = NLP("The roof fell.\nNobody was hurt when it did.")
    doc._.context = Context(title="The roof fell")
    assert [block.kind for block in FURNITURE(doc)._.blocks] == ["headline", "body"]


def test_a_doc_without_sentences_has_one_a_block():
    doc = Doc(NLP.vocab, words=["It", "leaks", ".", "Still", "."])
    doc._.blocks = [Block(0, len(doc.text), "body", 0)]
    assert len(VOICE(doc)._.sentences) == 1


def test_an_empty_text_has_nothing():
    doc = voices(" \n ")
    assert doc._.sentences == doc._.passages == []


@given(texts, st.lists(st.tuples(st.integers(0, 400), st.integers(0, 30)), max_size=8))
def test_every_word_is_in_exactly_one_passage(text, cuts):
    quotes, at = [], 0
    for number, (start, length) in enumerate(sorted(cuts)):
        begin, end = max(start, at), min(max(start, at) + length, len(text))
        if begin < end:
            kind = ("direct", "indirect", "term")[number % 3]
            inner = () if kind == "indirect" else ((begin, end),)
            quotes.append(Quote(begin, end, kind, number, inner))
            at = end
    doc = voices(text, quotes, mark_blocks(text))
    found = doc._.passages
    assert sum(p.words for p in found) == sum(s.words for s in doc._.sentences) == count_words(text)
    assert all(p.words > 0 for p in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    for passage in found:
        sentence = doc._.sentences[passage.sentence]
        assert sentence.start <= passage.start < passage.end <= sentence.end
        assert (
            text[passage.start : passage.end].strip() == text[passage.start : passage.end] or passage.voice == "quote"
        )


def test_a_quotation_mark_before_a_sentence_belongs_to_it():
    words = ["It", "fell", ".", "“", "It", "leaks", ".", "”"]
    doc = Doc(NLP.vocab, words, spaces=[1, 0, 1, 0, 1, 0, 0, 0], sent_starts=[i in {0, 4} for i in range(len(words))])
    doc._.blocks = [Block(0, len(doc.text), "body", 0)]
    assert [doc.text[s.start : s.end] for s in VOICE(doc)._.sentences] == ["It fell.", "“It leaks.”"]


def test_sentences_without_a_word_do_not_cost_more_the_more_there_are():
    doc = Doc(NLP.vocab, words=["“"] * 50_000, sent_starts=[True] * 50_000)
    doc._.blocks = [Block(0, len(doc.text.rstrip()), "body", 0)]
    assert VOICE(doc)._.sentences == []


def test_what_somebody_did_not_say_is_not_reported_and_its_marks_are_nobodys():
    text = "She never said the roof was “bad” at all."
    inner = text.index("bad"), text.index("bad") + 3
    denied = Quote(15, 33, "mixed", 0, (inner,), speaker="She", status="not said")
    doc = voices(text, [denied])
    assert [p.voice for p in doc._.passages] == ["narration", "quote", "narration"]
    assert doc._.passages[1].is_term
    assert doc._.passages[1].speaker == ""
