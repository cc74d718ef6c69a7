"""What is found before pairs are scored: the words of each article, which others are nearest, how alike they mean.

All hang on one article or two and on nothing else in the corpus, so an earlier comparison of other articles, kept as
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

# Articles, and pairs, whose vectors are looked at together.
_AT_ONCE: Final = 1_000
# Odd multipliers, by which numbers are mixed (from the fraction of the golden ratio).
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
# What the likeness in meaning is kept as, and its columns where the other article of a pair comes first.
_MEANT: Final = "meant"
_TURNED: Final = (0, 1, 3, 2)


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
    """The words of some articles, their neighbours, and how alike neighbours mean.

    ``pairs`` are those of the neighbours, the lower number first. Of each pair, ``meant`` has the cosines of whole with
    whole, headline with headline, whole with headline and headline with whole: ``(pairs, 4)``.
    """

    words: ArticleWords
    neighbours: Neighbours
    pairs: Places
    meant: NDArray[np.float32]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it but the pairs, which the neighbours tell, to be kept."""
        return self.neighbours.arrays() | self.words.arrays() | {_MEANT: self.meant}

    @classmethod
    def of_arrays(cls, packed: Mapping[str, NDArray[Any]]) -> Comparison:
        """What was packed by :meth:`arrays`."""
        neighbours = Neighbours.of_arrays(packed)
        return cls(ArticleWords.of_arrays(packed), neighbours, neighbours.pairs(), packed[_MEANT])


def compare(
    articles: Sequence[StoryText], vectors: NDArray[np.float32], days: Places, before: Comparison | None = None
) -> Comparison:
    """Cut articles into words, find their neighbours and how alike these mean, but for what is known from ``before``.

    Args:
        articles: at least one.
        vectors: unit vectors ``(articles, 2, width)``, of the whole and of the headline, which must hang on the
            headline alone.
        days: the day of each, ``UNDATED`` where it is not known.
        before: of other articles, or of some of these.
    """
    meanings = vectors[:, 0]
    keys = _keys(articles, meanings)
    words = _words(articles, keys, before)
    by_news = next(words.openings(words.rarity_in_news()))
    neighbours = nearest(keys, by_news, meanings, days, before.neighbours if before else None)
    pairs = neighbours.pairs()
    return Comparison(words, neighbours, pairs, _meant(keys, pairs, vectors, before))


def _meant(keys: Keys, pairs: Places, vectors: NDArray[np.float32], before: Comparison | None) -> NDArray[np.float32]:
    """How alike the two of each pair mean; of a pair that was looked at before it is known."""
    meant = np.empty((len(pairs), 4), np.float32)
    unknown = np.ones(len(pairs), np.bool_)
    if before is not None and len(before.pairs):
        size = len(keys)
        wanted = pairs[:, 0] * size + pairs[:, 1]
        numbers, known = _known_pairs(keys, before)
        order = np.argsort(numbers, kind="stable")  # in order already where no article changed its place
        numbers = numbers[order]
        at = np.minimum(np.searchsorted(numbers, wanted), max(len(numbers) - 1, 0))
        unknown = numbers[at] != wanted if len(numbers) else unknown
        meant[~unknown] = known[order[at[~unknown]]]
    new = np.flatnonzero(unknown)
    for first in range(0, len(new), _AT_ONCE):
        rows = new[first : first + _AT_ONCE]
        ones, others = (vectors.take(places, axis=0) for places in pairs[rows].T)
        means = np.einsum("pij,pkj->pik", ones, others)
        meant[rows] = np.stack([means[:, 0, 0], means[:, 1, 1], means[:, 0, 1], means[:, 1, 0]], axis=1)
    return meant


def _known_pairs(keys: Keys, before: Comparison) -> tuple[Places, NDArray[np.float32]]:
    """Pairs of before whose articles are both there still, as numbers by their places now; and how alike they mean."""
    place_now = np.full(len(before.neighbours.keys), -1, np.int64)
    _, now, then = np.intersect1d(keys, before.neighbours.keys, assume_unique=True, return_indices=True)
    place_now[then] = now
    ones, others = place_now[before.pairs].T
    both = (ones >= 0) & (others >= 0)
    ones, others, known = ones[both], others[both], before.meant[both]
    turned = ones > others
    known[turned] = known[turned][:, _TURNED]
    return np.minimum(ones, others) * len(keys) + np.maximum(ones, others), known


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
    keys = np.frombuffer(bytes(digests), np.uint64).copy()
    odd_numbers = _odd_numbers(meanings.shape[1])
    # Some at a time: the bits of all would take more memory than all vectors.
    for first in range(0, len(keys), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        bits = np.ascontiguousarray(meanings[some], np.float32).view(np.uint32).astype(np.uint64)
        keys[some] ^= (bits * odd_numbers).sum(axis=1, dtype=np.uint64)
    # Of articles that are compared by the very same, the second, third … are told apart by their number.
    order = np.argsort(keys, kind="stable")
    again = np.empty(len(keys), np.uint64)
    again[order] = np.arange(len(keys)) - np.searchsorted(keys[order], keys[order])
    return keys + again * _MIX


def _odd_numbers(size: int) -> NDArray[np.uint64]:
    return np.arange(1, 2 * size, 2, dtype=np.uint64) * _MIX
