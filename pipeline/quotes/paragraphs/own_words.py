"""Whether words are told by whoever speaks of oneself, from the lists of ``resources/quotes/talks.toml``."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.core.resource_tables import toml

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout


@lru_cache(maxsize=8)
def listed(name: str) -> frozenset[str]:
    """The words of one list of ``quotes/talks.toml``."""
    return frozenset(word for line in toml("quotes/talks.toml")[name] for word in line.split())


def has(layout: Layout, start: int, end: int, *names: str) -> bool:
    """Whether the narration in the offsets ``start:end`` has a word of any of these lists of ``quotes/talks.toml``."""
    tokens = range(layout.token_at(start), layout.token_at(end))
    return any(layout.doc[i].lower_ in words and layout.inside[i] < 0 for words in map(listed, names) for i in tokens)
