"""What components share of one document."""

from __future__ import annotations

import spacy

from pipeline.core.annotations import Block, register_attributes
from pipeline.core.doc_cache import once_for_blocks, text_of

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
