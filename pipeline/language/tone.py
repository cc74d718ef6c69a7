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
    tones: dict[tuple[int, int], float] = {}  # most sentences are one passage

    def of(start: int, end: int, voice: str) -> float:
        if voice == "furniture":
            return 0.0
        if (start, end) not in tones:
            tones[start, end] = tone(text[start:end])
        return tones[start, end]

    doc._.sentences = [
        replace(sentence, tone=of(sentence.start, sentence.end, sentence.voice)) for sentence in doc._.sentences
    ]
    doc._.passages = [
        replace(passage, tone=of(passage.start, passage.end, passage.voice)) for passage in doc._.passages
    ]
    return doc


@Language.factory(
    "tone",
    assigns=["doc._.sentences", "doc._.passages"],
    requires=["doc._.sentences", "doc._.passages"],
)
def create_tone(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both
    """The component ``tone``."""
    return add_tone
