"""What articles are compared by, as counts: stems of headline and lead, names and numbers.

Cutting texts into words takes long, so the counts can be kept (:class:`ArticleWords` is a few arrays). A stem stands in
them as a digest of 8 bytes.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from scipy import sparse

from pipeline.stories.story_words import NUMBER, names, news, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from pipeline.stories.pair_features import StoryText

    Array = NDArray[np.float64]
    Places = NDArray[np.int64]

# In the opening as a whole the headline counts so often.
_HEADLINE: Final = 2
# Both counts of a stem of the opening in one number: that in the headline times this, and that in the lead.
_IN_HEADLINE: Final = 1 << 12


@dataclass(frozen=True, slots=True)
class ArticleWords:
    """How often each of some articles says what: matrices with one row an article and one column a stem, in order.

    ``vocabulary`` has the digests of the stems, in order; ``in_news`` in how many articles of news each stands. The
    counts of ``opening`` are of headline and lead, in one number; :meth:`openings` takes them apart.
    """

    vocabulary: NDArray[np.uint64]
    in_news: NDArray[np.int32]
    opening: sparse.csr_matrix
    named: sparse.csr_matrix
    numbers: sparse.csr_matrix

    def _counts(self) -> tuple[sparse.csr_matrix, ...]:
        return self.opening, self.named, self.numbers

    def taken(self, rows: Places) -> Self:
        """Those of some articles, in the order of ``rows``."""
        return type(self)(self.vocabulary, self.in_news, *(matrix[rows] for matrix in self._counts()))

    def with_those_of(self, other: Self) -> Self:
        """These, and those of other articles after them."""
        vocabulary, first = np.unique(np.concatenate([self.vocabulary, other.vocabulary]), return_index=True)
        in_news = np.concatenate([self.in_news, other.in_news])[first]
        ours, others = (
            _moved(part._counts(), np.searchsorted(vocabulary, part.vocabulary), len(vocabulary))  # noqa: SLF001  of this class
            for part in (self, other)
        )
        both = (sparse.csr_matrix(sparse.vstack(pair, "csr")) for pair in zip(ours, others, strict=True))
        return type(self)(vocabulary, in_news, *both)

    def without_idle_stems(self) -> Self:
        """The same without the stems that no article has."""
        used = np.zeros(len(self.vocabulary), np.bool_)
        for matrix in self._counts():
            used[matrix.indices] = True
        counts = _moved(self._counts(), np.cumsum(used) - 1, int(used.sum()))
        return type(self)(self.vocabulary[used], self.in_news[used], *counts)

    def rarity(self, said: sparse.csr_matrix, *, among_news: bool = True) -> Array:
        """How rare each stem is: by how many articles have it in ``said``, and of those of news at large if wanted."""
        holders = np.bincount(said.indices, minlength=len(self.vocabulary)) + (self.in_news if among_news else 0)
        return np.log((1 + said.shape[0] + (news()[0] if among_news else 0)) / np.maximum(holders, 1))

    def rarity_in_news(self) -> Array:
        """How rare each stem is in news at large alone: 0 for one that every article has."""
        return np.log((1 + news()[0]) / np.maximum(self.in_news, 1))

    def openings(self, rarity: Array) -> Iterator[sparse.csr_matrix]:
        """Rows of TF-IDF of length 1 of whole openings, of headlines and of leads, all with the stems of the whole.

        One after the other: each takes as much memory as all counts together.
        """
        heads, leads = np.divmod(self.opening.data, _IN_HEADLINE)
        for times in (_HEADLINE * heads + leads, heads, leads):
            yield weighed(self.opening, rarity, times)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it, to be kept."""
        packed: dict[str, NDArray[Any]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            packed |= {field.name: value} if isinstance(value, np.ndarray) else _parts(field.name, value)
        return packed

    @classmethod
    def of_arrays(cls, packed: Mapping[str, NDArray[Any]]) -> Self:
        """What was packed by :meth:`arrays`."""
        vocabulary, in_news, *counts = (field.name for field in fields(cls))
        width = len(packed[vocabulary])
        parts = ([packed[f"{name}.{part}"] for part in range(3)] for name in counts)
        matrices = (_matrix(values, columns, starts, width) for values, columns, starts in parts)
        return cls(packed[vocabulary], packed[in_news], *matrices)


def read(articles: Sequence[StoryText]) -> ArticleWords:
    """Cut ``articles`` into words."""
    place_of: dict[str, int] = {}
    openings, named, numbers = _Rows(place_of), _Rows(place_of), _Rows(place_of)
    for article in articles:
        opening = Counter(words(article.lead))
        for stem in words(article.headline):
            opening[stem] += _IN_HEADLINE
        openings.add(opening)
        named.add(Counter(names(article.headline) + names(article.lead)))
        numbers.add(Counter(NUMBER.findall(article.headline) + NUMBER.findall(article.lead)))
    digests = np.fromiter(map(_digest, place_of), np.uint64, len(place_of))
    vocabulary, first, places = np.unique(digests, return_index=True, return_inverse=True)
    counted = news()[1]
    in_news = np.fromiter((counted.get(stem, 0) for stem in place_of), np.int32, len(place_of))[first]
    counts = (rows.matrix(places, len(vocabulary)) for rows in (openings, named, numbers))
    return ArticleWords(vocabulary, in_news, *counts)


class _Rows:
    """Counts of one kind, an article at a time: as objects of Python they would take several times as much."""

    def __init__(self, place_of: dict[str, int]) -> None:
        self._place_of = place_of
        self._columns, self._times, self._starts = array("i"), array("i"), array("i", [0])

    def add(self, counts: Counter[str]) -> None:
        place_of = self._place_of
        self._columns.extend([place_of.setdefault(stem, len(place_of)) for stem in counts])
        self._times.extend(counts.values())
        self._starts.append(len(self._columns))

    def matrix(self, places: Places, width: int) -> sparse.csr_matrix:
        """The counts, each stem in the column that ``places`` gives it."""
        times, columns, starts = (np.array(part, np.int32) for part in (self._times, self._columns, self._starts))
        matrix = _matrix(times, places[columns].astype(np.int32), starts, width)
        matrix.sort_indices()
        return matrix


def weighed(said: sparse.csr_matrix, rarity: Array, times: NDArray[np.int32] | None = None) -> sparse.csr_matrix:
    """Rows of TF-IDF of length 1, by how often each stem stands in an article: as ``said``, or so many ``times``."""
    times = said.data if times is None else times
    worth = np.concatenate([[0.0], 1 + np.log(np.arange(1, 1 + times.max(initial=0)))])
    values = worth[times] * rarity[said.indices]
    owners = np.repeat(np.arange(said.shape[0]), np.diff(said.indptr))
    lengths = np.sqrt(np.bincount(owners, values**2, said.shape[0]))
    return _matrix(values / np.maximum(lengths, 1e-9)[owners], said.indices, said.indptr, said.shape[1])


def held(said: sparse.csr_matrix, values: Array) -> sparse.csr_matrix:
    """What each stem is worth, ``values``, once in each article that has it."""
    return _matrix(values[said.indices], said.indices, said.indptr, said.shape[1])


def _digest(stem: str) -> int:
    return int.from_bytes(hashlib.blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _moved(counts: Iterable[sparse.csr_matrix], place_of: Places, width: int) -> list[sparse.csr_matrix]:
    """The same counts in other columns; their order stays."""
    place_of = place_of.astype(np.int32)
    return [_matrix(matrix.data, place_of[matrix.indices], matrix.indptr, width) for matrix in counts]


def _parts(name: str, matrix: sparse.csr_matrix) -> dict[str, NDArray[Any]]:
    return {f"{name}.{part}": array for part, array in enumerate((matrix.data, matrix.indices, matrix.indptr))}


def _matrix(values: NDArray[Any], columns: NDArray[Any], starts: NDArray[Any], width: int) -> sparse.csr_matrix:
    return sparse.csr_matrix((values, columns, starts), shape=(len(starts) - 1, width))
