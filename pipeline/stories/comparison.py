"""What is found of each article for itself before pairs are scored: its words, and which others are nearest to it.

Both hang on the articles alone and on nothing else in the corpus, so an earlier comparison of other articles, kept as
arrays, spares most of a later one. The result is the same to the last bit with it and without it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from pipeline.stories.article_words import ArticleWords, read
from pipeline.stories.candidate_pairs import Neighbours, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pipeline.stories.pair_features import StoryText

    Keys = NDArray[np.uint64]
    Places = NDArray[np.int64]

# Odd multipliers, by which numbers are mixed (from the fraction of the golden ratio).
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)


class Memory(Protocol):
    """Where the arrays of a comparison are kept for the next one."""

    def get(self) -> Mapping[str, NDArray[Any]] | None:
        """What was put last; None where there is nothing of use."""
        ...

    def put(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep ``arrays`` and nothing else."""
        ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """The words of some articles, and their neighbours."""

    words: ArticleWords
    neighbours: Neighbours

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it, to be kept."""
        return self.neighbours.arrays() | self.words.arrays()

    @classmethod
    def of_arrays(cls, packed: Mapping[str, NDArray[Any]]) -> Comparison:
        """What was packed by :meth:`arrays`."""
        return cls(ArticleWords.of_arrays(packed), Neighbours.of_arrays(packed))


def compare(
    articles: Sequence[StoryText], meanings: NDArray[np.float32], days: Places, before: Comparison | None = None
) -> Comparison:
    """Cut articles into words and find their neighbours, but for what is known from ``before``.

    Args:
        articles: at least one.
        meanings: unit vectors, one an article.
        days: the day of each, ``UNDATED`` where it is not known.
        before: of other articles, or of some of these.
    """
    keys = _keys(articles, meanings)
    words = _words(articles, keys, before)
    by_news, _, _ = words.openings(words.rarity_in_news())
    return Comparison(words, nearest(keys, by_news, meanings, days, before.neighbours if before else None))


def _words(articles: Sequence[StoryText], keys: Keys, before: Comparison | None) -> ArticleWords:
    if before is None:
        return read(articles)
    _, now, then = np.intersect1d(keys, before.neighbours.keys, assume_unique=True, return_indices=True)
    unread = np.ones(len(keys), np.bool_)
    unread[now] = False
    new = np.flatnonzero(unread)
    kept = before.words.taken(then)
    both = kept.with_those_of(read([articles[place] for place in new.tolist()])) if len(new) else kept
    order = np.empty(len(keys), np.int64)
    order[np.concatenate([now, new])] = np.arange(len(keys))
    return both.taken(order).without_idle_stems()


def _keys(articles: Sequence[StoryText], meanings: NDArray[np.float32]) -> Keys:
    """A number for each article that no other has, and that changes with all that is compared of it."""
    digests = bytearray()
    for article in articles:
        told = f"{article.headline}\0{article.lead}\0{article.first}\0{article.last}"
        digests += hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    bits = np.ascontiguousarray(meanings, np.float32).view(np.uint32).astype(np.uint64)
    keys = np.frombuffer(bytes(digests), np.uint64) ^ (bits * _odd_numbers(bits.shape[1])).sum(axis=1, dtype=np.uint64)
    # Of articles that are compared by the very same, the second, third … are told apart by their number.
    order = np.argsort(keys, kind="stable")
    again = np.empty(len(keys), np.uint64)
    again[order] = np.arange(len(keys)) - np.searchsorted(keys[order], keys[order])
    return keys + again * _MIX


def _odd_numbers(size: int) -> NDArray[np.uint64]:
    return np.arange(1, 2 * size, 2, dtype=np.uint64) * _MIX
