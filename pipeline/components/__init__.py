"""The analyses: each a spaCy component that reads a parsed ``Doc`` and leaves values on ``doc._``.

Importing this package declares the attributes and registers every factory.
"""

from __future__ import annotations

from pipeline.annotations import register_attributes

register_attributes()

from pipeline.components import (  # noqa: E402  the attributes must be there before the factories name them
    administrations,
    entities,
    furniture,
    jurisdictions,
    labels,
    phrases,
    portrayals,
    quotes,
    references,
    sources,
    tone,
    voice,
)

__all__ = [
    "administrations",
    "entities",
    "furniture",
    "jurisdictions",
    "labels",
    "phrases",
    "portrayals",
    "quotes",
    "references",
    "sources",
    "tone",
    "voice",
]
