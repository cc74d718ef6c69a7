"""Cosines of many pairs of articles: which stems two of them share is found once, whatever the stems weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Pairs = NDArray[np.int64]


class Stems:
    """Which stems each article has, of one kind or of several, and so which two of them share."""

    def __init__(self, *kinds: sparse.csr_matrix) -> None:
        """Take them from ``kinds``, one row an article, its stems in order; what they are worth is of no account."""
        self._kinds = len(kinds)
        sizes = np.cumsum([said.nnz for said in kinds])
        places = np.split(np.arange(sizes[-1]), sizes[:-1])
        said = sparse.csr_matrix(sparse.hstack([_with_values(*kind) for kind in zip(kinds, places, strict=True)]))
        # Of all kinds together an article's stems stand beside each other, so that one look finds what two share.
        self._laid, self._columns, self._starts = said.data, said.indices, said.indptr
        self._places = _with_values(said, np.arange(said.nnz, dtype=np.int32))
        self._first_columns = np.cumsum([said.shape[1] for said in kinds])[:-1]
        # The place of each stem in the row of the article that is looked at, counted from 1; 0 for one that it has not.
        self._place_of = np.zeros(said.shape[1], np.int32)

    @property
    def size(self) -> int:
        """How many stems all articles have, of all kinds."""
        return len(self._laid)

    def laid(self, *values: Array) -> Array:
        """What stems of the first kinds are worth, in their order in each, as :meth:`Shared.worth` takes it."""
        worth = np.concatenate(values)
        return np.concatenate([worth, np.zeros(len(self._laid) - len(worth))])[self._laid]

    def shared(self, pairs: Pairs) -> Shared:
        """What the two of each of ``pairs``, ``(pairs, 2)``, share: soonest where those of one article are in a row."""
        ones, others = pairs.T
        theirs = sparse.csr_matrix(self._places[others])
        runs = np.flatnonzero(np.diff(ones, prepend=-1))
        bounds = theirs.indptr[np.append(runs, len(pairs))].tolist()
        in_one = np.empty(theirs.nnz, np.int32)
        for article, first, last in zip(ones[runs].tolist(), bounds, bounds[1:], strict=False):
            row = slice(self._starts[article], self._starts[article + 1])
            self._place_of[self._columns[row]] = np.arange(row.start + 1, row.stop + 1)
            in_one[first:last] = self._place_of.take(theirs.indices[first:last])
            self._place_of[self._columns[row]] = 0
        held = np.flatnonzero(in_one != 0)
        kind = np.searchsorted(self._first_columns, theirs.indices[held], "right")
        number = np.repeat(np.arange(len(pairs)), np.diff(theirs.indptr))[held]
        return Shared((len(pairs), self._kinds), number * self._kinds + kind, in_one[held] - 1, theirs.data[held])


class Shared:
    """Stems that both articles of a pair have: of each the number of the pair and kind, and its places in both rows."""

    def __init__(self, shape: tuple[int, int], number: Pairs, in_one: Pairs, in_other: Pairs) -> None:
        self._shape, self._number, self._in_one, self._in_other = shape, number, in_one, in_other

    def worth(self, laid: Array) -> tuple[Array, Array]:
        """What each shared stem is worth in the first article and in the other, as ``laid`` has it."""
        return laid.take(self._in_one, axis=0), laid.take(self._in_other, axis=0)

    def cosines(self, one: Array, other: Array) -> Array:
        """How alike two are, ``(kinds, pairs)``, by what each stem is worth in the first and in the ``other``."""
        pairs, kinds = self._shape
        numbers, products = self._number, one * other
        # Most stems of an opening are not in its headline; adding nothing would change no sum.
        if 2 * np.count_nonzero(one) < len(one):
            held = np.flatnonzero(products)
            numbers, products = numbers[held], products[held]
        sums = np.bincount(numbers, products, pairs * kinds)
        return np.asarray(sums.reshape(self._shape).T, np.float64)


def _with_values(said: sparse.csr_matrix, values: NDArray[Any]) -> sparse.csr_matrix:
    return sparse.csr_matrix((values, said.indices, said.indptr), shape=said.shape)
