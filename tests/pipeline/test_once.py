"""What components share of one document, and what spares them a look gives what the look would."""

from __future__ import annotations

import re

import spacy
from spacy.tokens import Doc

from pipeline.core.annotations import Block, register_attributes
from pipeline.core.dependencies import children, lefts, rights
from pipeline.core.doc_cache import once_for_blocks, sentence_of, text_of
from pipeline.core.quote_layout import layout_of
from pipeline.core.text_index import index_text
from pipeline.core.token_table import tokens_of
from pipeline.entities.administrations import _ways
from pipeline.entities.organisations.by_pattern import _PERIODICAL, _PERIODICALS, _SAINT, _SAINTS, _SITE, _SOURCES
from pipeline.entities.organisations.support import _said_outright
from pipeline.furniture.patterns import finder, load_patterns

register_attributes()
NLP = spacy.blank("en")


def test_the_text_asked_for_is_that_of_the_document_asked_about():
    first, second = NLP("Ann Lee spoke.\n\nNobody “heard”."), NLP("")
    assert [text_of(doc) for doc in (first, second, first)] == [first.text, "", first.text]


def test_what_is_shared_is_made_again_for_other_blocks_and_other_documents():
    asked = []

    @once_for_blocks
    def kinds(doc):
        asked.append(doc)
        return [block.kind for block in doc._.blocks]

    doc, other = NLP("Ann Lee spoke."), NLP("Ann Lee spoke.")
    assert kinds(doc) == kinds(doc) == []
    assert len(asked) == 1
    doc._.blocks = [Block(0, 14, "headline", 0)]
    assert kinds(doc) == ["headline"]
    assert kinds(other) == []
    assert len(asked) == 3


def made(*heads: int) -> Doc:
    """A document of as many words, each with its head."""
    return Doc(NLP.vocab, words=["word"] * len(heads), heads=list(heads), deps=["dep"] * len(heads))


def assert_kin(doc: Doc) -> None:
    for token, own in zip(doc, tokens_of(doc), strict=True):
        assert [child.i for child in children(own)] == [child.i for child in token.children]
        assert [child.i for child in lefts(own)] == [child.i for child in token.lefts]
        assert [child.i for child in rights(own)] == [child.i for child in token.rights]


def test_children_are_those_of_the_parse_in_order():
    for doc in (made(1, 1, 1, 2, 2, 6, 6), made(0, 0, 1), made(2, 2, 2)):
        assert_kin(doc)


def test_a_word_with_more_under_it_than_a_sentence_has_none_beside_words_that_have():
    wide = 1600
    doc = tokens_of(made(*[0] * wide, wide, wide))
    assert (children(doc[0]), rights(doc[0])) == ([], [])
    assert children(doc[wide]) == [doc[wide + 1]]


def test_who_takes_from_what_stands_around_a_quotation_takes_it_from_nobody_else():
    doc = NLP("Ann Lee said, “We go on”, and left.")
    layout = layout_of(doc)
    for around in (layout.before, layout.after):
        words = [token.text for token in around(0)]
        assert words
        around(0).clear()
        assert [token.text for token in around(0)] == words


def test_a_pattern_of_the_start_of_a_line_is_found_nowhere_else():
    line = "Click here for the weekly newsletter, Ann Lee said. Sponsored content"
    starts = [look for _, group in load_patterns().whole for _, look in group if look.__name__ == "match"]
    assert starts
    assert not [look for look in starts if look.__self__.search("0" + line, 1)]
    assert finder(re.compile("(?i)^click"))(line)
    assert not finder(re.compile("^Ann"))(line)
    assert finder(re.compile("Ann"))(line)


def test_lists_of_tokens_and_sentences_are_those_of_the_document():
    words = ["He", "came", ".", "She", ",", "who", "saw", "him", ",", "said", "no", ".", "We", "left"]
    heads = [1, 1, 1, 9, 3, 6, 3, 6, 9, 9, 9, 9, 13, 13]
    doc = Doc(NLP.vocab, words, heads=heads, deps=["ROOT" if i == head else "dep" for i, head in enumerate(heads)])
    for token, own in zip(doc, tokens_of(doc), strict=True):
        sentence = token.sent
        assert sentence_of(own) == range(sentence.start, sentence.end)
    for _ in range(2):
        assert_kin(doc)


def test_a_look_where_the_words_stand_that_open_a_pattern_finds_what_a_search_finds():
    text = (
        "A spokesman for Quell Mills spoke. A charity called Feed the Harbor, the group Our Bay and Quell, a drug maker, "
        "met; Ann Lee told the Quell Post of it, according to quellpost.org. Under Obama it was closed, as the previous "
        "administration said, the Bush administration's too: Bush's EPA, the Trump era, Obama's second term, the incoming "
        "administration. George W. Bush's State Department; St. Ann Hospital; Annals of Quell Medicine; spokesmen"
    )
    reading = index_text(NLP(text))
    looks = [
        *_said_outright().items(),
        *((way.pattern, way.opening) for way in _ways()),
        (_SAINT, _SAINTS),
        (_PERIODICAL, _PERIODICALS),
        (_SITE, _SOURCES),
    ]
    found = [
        ([match.span() for match in reading.matches(*look)], [match.span() for match in look[0].finditer(reading.text)])
        for look in looks
    ]
    assert [looked for looked, _ in found] == [searched for _, searched in found]
    assert sum(bool(looked and opening) for (looked, _), (_, opening) in zip(found, looks, strict=True)) >= 10
