"""Component ``furniture``: which parts of the text are the article, and which the page around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.core.doc_cache import text_of
from pipeline.furniture.blocks import mark_blocks

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Furniture:
    """Fill ``doc._.blocks`` from the text, with the title and source of ``doc._.context`` when they are known."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the blocks of ``doc``."""
        context = doc._.context
        doc._.blocks = mark_blocks(text_of(doc), title=context.title, source=context.source)
        return doc


@Language.factory("furniture", assigns=["doc._.blocks"])
def make_furniture(nlp: Language, name: str) -> Furniture:  # noqa: ARG001 - spaCy passes both
    """Make the component."""
    return Furniture()
