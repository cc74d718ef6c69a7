"""Short ways to annotate a text and say what was found."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Doc

import pipeline.entities.administrations
import pipeline.entities.component
import pipeline.places.component  # noqa: F401  registers the factories
from pipeline.core.annotations import Block, Context

if TYPE_CHECKING:
    from spacy.language import Language

DAY = date(2018, 6, 1)
COMPONENTS = ("entities", "jurisdictions", "administrations")


@cache
def _component(nlp: Language, name: str):
    return nlp.create_pipe(name)


def annotate(
    nlp: Language,
    doc: Doc | str,
    *names: str,
    day: date | None = DAY,
    title: str = "",
    blocks: list[Block] | None = None,
) -> Doc:
    """``doc`` after the components, all three unless some are named."""
    doc = nlp(doc) if isinstance(doc, str) else doc
    doc._.context = Context(title=title, day=day)
    doc._.blocks = blocks or []
    for name in names or COMPONENTS:
        doc = _component(nlp, name)(doc)
    return doc


def found(doc: Doc, label: str) -> list[tuple[str, str]]:
    """Words and entity id of each mention with a label."""
    return [(doc.text[m.start : m.end], m.entity_id.split(":", 1)[1]) for m in doc._.mentions if m.label == label]


def by_hand(nlp: Language, words: str, *entities: tuple[int, int, str], tags: str = "") -> Doc:
    """A ``Doc`` without a parser: words split at spaces, entities as (first, last + 1, label)."""
    split = words.split(" ")
    labels = ["O"] * len(split)
    for first, last, label in entities:
        labels[first:last] = [f"B-{label}", *[f"I-{label}"] * (last - first - 1)]
    return Doc(nlp.vocab, words=split, ents=labels, tags=tags.split(" ") if tags else None)
