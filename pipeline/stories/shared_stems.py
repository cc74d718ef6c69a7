"""Cosines of many pairs of articles: which stems two of them share is found once, whatever the stems weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Pairs = NDArray[np.int64]

# The square of it is a whole number that single precision holds.
_MOST_IN_SINGLE: Final = 4_000


class Stems:
    """Which stems each article has, and so which two of them share."""

    def __init__(self, said: sparse.csr_matrix) -> None:
        """Take them from ``said``, one row an article, its stems in order; what they are worth is of no account."""
        # One product tells both places of what is shared: x · (1 + iy) = x + ixy, where x and y count from 1 in a row.
        lengths = np.diff(said.indptr)
        number = np.arange(1, said.nnz + 1) - np.repeat(said.indptr[:-1], lengths)
        exact = np.complex64 if lengths.max(initial=0) <= _MOST_IN_SINGLE else np.complex128
        self._starts = said.indptr
        self._ones, self._others = (
            sparse.csr_matrix((places.astype(exact), said.indices, said.indptr), shape=said.shape)
            for places in (number, 1 + 1j * number)
        )

    def shared(self, pairs: Pairs) -> Shared:
        """What the articles of each of ``pairs`` share, ``(pairs, 2)``."""
        ones, others = pairs.T
        product = sparse.csr_matrix(self._ones[ones].multiply(self._others[others]))
        number = np.repeat(np.arange(len(pairs)), np.diff(product.indptr))
        in_one = product.data.real
        in_other = product.data.imag / in_one
        at_one = self._starts[ones[number]] + np.rint(in_one).astype(np.int64) - 1
        at_other = self._starts[others[number]] + np.rint(in_other).astype(np.int64) - 1
        return Shared(len(pairs), number, at_one, at_other)


class Shared:
    """Stems that both articles of a pair have: of each the number of the pair, and its places in both rows."""

    def __init__(self, size: int, number: Pairs, in_one: Pairs, in_other: Pairs) -> None:
        self._size, self._number, self._in_one, self._in_other = size, number, in_one, in_other

    def cosines(self, one: sparse.csr_matrix, other: sparse.csr_matrix) -> Array:
        """How alike the two of each pair are: the first as ``one`` weighs its stems, the second as ``other`` does."""
        products = one.data[self._in_one] * other.data[self._in_other]
        return np.asarray(np.bincount(self._number, products, self._size), np.float64)
