"""Which articles are near enough that a pair of them could tell one event.

Among few articles all are compared. Among many, an article is compared with those that share rare words with it and
with those whose meaning lies in the same cells (an inverted file; Jégou, Douze & Schmid 2011), so that the work
grows with the number of articles *n* as *n* · √*n*, not as *n*².
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Places = NDArray[np.int64]
    # Values that depend on two articles, from their places.
    Fade = Callable[[Places, Places], Array]

FEWEST_ALIKE: Final = 0.04
FEWEST_LIKE_MEANING: Final = 0.45
# Up to so many articles are all compared with each other.
ALL_COMPARED: Final = 3_000
_BLOCK: Final = 512
# Cells of a table held at once (8 bytes each), and pairs compared in full at once.
_CELLS_AT_ONCE: Final = 4_000_000
_TOGETHER: Final = 50_000
# Stems that more articles have are no reason to compare two.
_MOST_HOLDERS: Final = 200
# An article is looked up in so many cells, and there are so many cells for each root of the number of articles.
_CELLS_OF_ONE: Final = 4
_CELLS: Final = 4
# Of those that share words, or a cell, so many are compared in full.
_COMPARED: Final = 64


def near_pairs(words: sparse.csr_matrix, meanings: NDArray[np.float32], fade: Fade) -> tuple[Places, Places]:
    """Places of articles that are near each other, each pair in both directions, in order.

    Args:
        words: rows of TF-IDF of length 1, one an article.
        meanings: unit vectors, one an article.
        fade: how much the days between two articles leave of their likeness, from 0 to 1.
    """
    size = len(meanings)
    if size <= ALL_COMPARED:
        keys = _pairs_of(_among_all(words, meanings, fade), size)
    else:
        keys = _pairs_of((*_sharing_words(words, fade), *_sharing_cells(meanings, fade)), size)
        keys = np.concatenate(
            [_near_of(keys[first : first + _TOGETHER], words, meanings) for first in range(0, len(keys), _TOGETHER)]
        )
    rows, columns = np.divmod(keys, max(size, 1))
    both = _distinct([keys, columns * size + rows])
    rows, columns = np.divmod(both, max(size, 1))
    return rows, columns


def _pairs_of(blocks: Iterable[tuple[Places, Places]], size: int) -> Places:
    """Each pair once, as one number: the lower place times ``size``, and the higher."""
    keys = [np.minimum(rows, columns) * size + np.maximum(rows, columns) for rows, columns in blocks]
    return _distinct(keys)


def _distinct(arrays: Sequence[Places]) -> Places:
    """What is in any of some arrays, once and in order: by sorting, which is several times faster than by hashing."""
    keys = np.sort(np.concatenate([*arrays, np.zeros(0, np.int64)]))
    return keys[np.diff(keys, prepend=-1) > 0]


def _near_of(pairs: Places, words: sparse.csr_matrix, meanings: NDArray[np.float32]) -> Places:
    rows, columns = np.divmod(pairs, len(meanings))
    near = np.einsum("ij,ij->i", meanings[rows], meanings[columns]) > FEWEST_LIKE_MEANING
    rows, columns = rows[~near], columns[~near]
    near[~near] = np.asarray(words[rows].multiply(words[columns]).sum(axis=1)).ravel() > FEWEST_ALIKE
    return pairs[near]


def _among_all(words: sparse.csr_matrix, meanings: NDArray[np.float32], fade: Fade) -> Iterator[tuple[Places, Places]]:
    everyone = np.arange(len(meanings))
    across = sparse.csr_matrix(words.T)
    for block in _blocks(everyone, len(everyone)):
        alike = (words[block] @ across).toarray()
        meaning = (meanings[block] @ meanings.T).astype(np.float64)
        rows, columns = np.nonzero((alike > FEWEST_ALIKE) | (meaning > FEWEST_LIKE_MEANING))
        for kind in (alike, meaning):
            yield _best(block, everyone, rows, columns, kind[rows, columns], fade)


def _sharing_words(words: sparse.csr_matrix, fade: Fade) -> Iterator[tuple[Places, Places]]:
    holders = np.bincount(words.indices, minlength=words.shape[1])
    rare = sparse.csr_matrix(words[:, holders <= _MOST_HOLDERS])
    across = sparse.csr_matrix(rare.T)
    everyone = np.arange(words.shape[0])
    for block in _blocks(everyone, len(everyone)):
        product = (rare[block] @ across).tocoo()
        yield _best(block, everyone, product.row, product.col, product.data, fade)


def _sharing_cells(meanings: NDArray[np.float32], fade: Fade) -> Iterator[tuple[Places, Places]]:
    size = len(meanings)
    # The middles are articles, chosen by what they mean: the order in which articles come must not matter.
    order = np.lexsort(meanings.T[:4])
    middles = meanings[order[:: max(1, int(np.sqrt(size) / _CELLS))]]
    cells = np.concatenate(
        [
            np.argpartition(-(meanings[block] @ middles.T), _CELLS_OF_ONE - 1, axis=1)[:, :_CELLS_OF_ONE]
            for block in _blocks(np.arange(size), len(middles))
        ]
    )
    by_cell = np.repeat(np.arange(size), _CELLS_OF_ONE)[np.argsort(cells.ravel(), kind="stable")]
    bounds = np.searchsorted(np.sort(cells.ravel()), np.arange(len(middles) + 1))
    for start, end in pairwise(bounds.tolist()):
        members = by_cell[start:end]
        for block in _blocks(members, len(members)):
            alike = (meanings[block] @ meanings[members].T).astype(np.float64)
            rows, columns = np.divmod(np.arange(alike.size), len(members))
            yield _best(block, members, rows, columns, alike.ravel(), fade)


def _blocks(articles: Places, width: int) -> Iterator[Places]:
    """Some articles at a time, so that a table of ``width`` columns for each can be held."""
    for first in range(0, len(articles), step := max(1, min(_BLOCK, _CELLS_AT_ONCE // max(1, width)))):
        yield articles[first : first + step]


def _best(
    block: Places, others: Places, rows: Places, columns: Places, alike: Array, fade: Fade
) -> tuple[Places, Places]:
    """For each of ``block`` those of ``others`` that it is most like, days counted; of two alike the earlier place.

    Args:
        block: places of articles.
        others: places of those they are compared with, in order.
        rows: which of ``block`` each value is of.
        columns: which of ``others`` it is of.
        alike: the values.
        fade: as in :func:`near_pairs`.
    """
    apart = block[rows] != others[columns]
    rows, columns, alike = rows[apart], columns[apart], alike[apart]
    values = alike * fade(block[rows], others[columns])
    if len(others) > _COMPARED:
        table = np.full((len(block), len(others)), -np.inf)
        table[rows, columns] = values
        table.partition(len(others) - _COMPARED, axis=1)
        # A sort of all would take most of the time: those below the last that is kept are left out first.
        high = values >= table[rows, len(others) - _COMPARED]
        rows, columns, values = rows[high], columns[high], values[high]
    order = np.lexsort((others[columns], -values, rows))
    rows, columns = rows[order], columns[order]
    nearest = np.arange(len(rows)) - np.searchsorted(rows, rows) < _COMPARED
    return block[rows[nearest]], others[columns[nearest]]
