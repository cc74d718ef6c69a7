"""Where an article has no match for a fact: the passage of it that comes nearest, so that a reader sees at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from pipeline.stories.passage_pairs import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.stories.passage_pairs import Array, PassageLikeness

# What a unit of likeness in words, and in meaning, counts beside the odds that both tell the same.
_WORDS: Final = 8.0
_MEANING: Final = 2.0
# A figure or month that both give is what a reader looks for first.
_FIGURE: Final = 3.0


@dataclass(frozen=True, slots=True)
class Near:
    """A passage, by number, nearest to a fact in its article; ``to`` is the one of the fact that it is nearest."""

    passage: int
    to: int


def nearness(likeness: PassageLikeness, odds: Array) -> Array:
    """How near passages come to each other, ``(passages, passages)``: 0 where they share no word, name or figure."""
    odds = np.where(odds > -MOST, odds, likeness.foretold)
    near = odds - odds.min(initial=0.0) + _WORDS * likeness.words + _MEANING * np.maximum(likeness.meaning, 0.0)
    near = near + _FIGURE * np.minimum(likeness.figures, 2)
    return np.where(likeness.across & (likeness.words > 0), near, 0.0)


def nearest(members: Sequence[int], articles: Sequence[str], near: Array) -> Iterator[Near]:
    """Of each article that has no passage among ``members``, the passage nearest to them.

    A fact is what its articles have in common: a passage counts by how near it comes to each of them, on the mean, so
    that what one article says in passing draws nothing near.

    Args:
        members: the passages of a fact.
        articles: the article of each passage of the story.
        near: what :func:`nearness` says.

    Yields:
        Nothing for an article of which no passage shares anything with the fact.
    """
    tell = {articles[number] for number in members}
    best: dict[str, tuple[float, Near]] = {}
    block = near[list(members)]
    to = block.argmax(axis=0)
    of = np.array([articles[number] for number in members])
    mean = np.mean([block[of == article].max(axis=0) for article in sorted(tell)], axis=0)
    for number, value in enumerate(mean.tolist()):
        article = articles[number]
        if value > 0 and article not in tell and (article not in best or value > best[article][0]):
            best[article] = value, Near(number, members[int(to[number])])
    for _, near_passage in best.values():
        yield near_passage
