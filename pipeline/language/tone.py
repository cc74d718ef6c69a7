"""Tone of each sentence and passage: of its words, toward nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.core.doc_cache import text_of
from pipeline.language.vader import tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc


def add_tone(doc: Doc) -> Doc:
    """Set ``tone`` of every sentence and passage of ``doc``; furniture has none, so 0."""
    text = text_of(doc)
    known: dict[tuple[int, int], float] = {}  # most sentences are one passage

    def of(start: int, end: int, voice: str) -> float:
        if voice == "furniture":
            return 0.0
        if (start, end) not in known:
            known[start, end] = tone(text[start:end])
        return known[start, end]

    doc._.sentences = [replace(one, tone=of(one.start, one.end, one.voice)) for one in doc._.sentences]
    doc._.passages = [replace(one, tone=of(one.start, one.end, one.voice)) for one in doc._.passages]
    return doc


@Language.factory(
    "tone",
    assigns=["doc._.sentences", "doc._.passages"],
    requires=["doc._.sentences", "doc._.passages"],
)
def create_tone(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both
    """The component ``tone``."""
    return add_tone
