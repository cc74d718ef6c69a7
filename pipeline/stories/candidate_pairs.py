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
    from collections.abc import Callable, Iterator

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
    blocks = _among_all(words, meanings, fade) if size <= ALL_COMPARED else _among_many(words, meanings, fade)
    keys = [rows * size + columns for rows, columns in blocks]
    found = np.unique(np.concatenate([*keys, np.zeros(0, np.int64)]))
    rows, columns = np.divmod(found, max(size, 1))
    both = np.unique(np.concatenate([found, columns * size + rows]))
    rows, columns = np.divmod(both, max(size, 1))
    return rows[rows != columns], columns[rows != columns]


def _near(alike: Array, meaning: Array) -> NDArray[np.bool_]:
    return np.asarray((alike > FEWEST_ALIKE) | (meaning > FEWEST_LIKE_MEANING))


def _among_all(words: sparse.csr_matrix, meanings: NDArray[np.float32], fade: Fade) -> Iterator[tuple[Places, Places]]:
    everyone = np.arange(len(meanings))
    for first in range(0, len(meanings), _BLOCK):
        own = everyone[first : first + _BLOCK]
        rows, columns = np.repeat(own, len(everyone)), np.tile(everyone, len(own))
        alike = np.asarray((words[own] @ words.T).todense()).ravel()
        meaning = (meanings[own] @ meanings.T).ravel().astype(np.float64)
        near = _near(alike, meaning) & (rows != columns)
        rows, columns = rows[near], columns[near]
        faded = fade(rows, columns)
        yield _best(rows, columns, alike[near] * faded)
        yield _best(rows, columns, meaning[near] * faded)


def _among_many(words: sparse.csr_matrix, meanings: NDArray[np.float32], fade: Fade) -> Iterator[tuple[Places, Places]]:
    for rows, columns in (*_sharing_words(words, fade), *_sharing_cells(meanings, fade)):
        alike = np.asarray(words[rows].multiply(words[columns]).sum(axis=1)).ravel()
        near = _near(alike, np.einsum("ij,ij->i", meanings[rows], meanings[columns]))
        yield rows[near], columns[near]


def _sharing_words(words: sparse.csr_matrix, fade: Fade) -> Iterator[tuple[Places, Places]]:
    holders = np.bincount(words.indices, minlength=words.shape[1])
    rare = sparse.csr_matrix(words[:, holders <= _MOST_HOLDERS])
    across = sparse.csr_matrix(rare.T)
    for first in range(0, words.shape[0], _BLOCK):
        product = (rare[first : first + _BLOCK] @ across).tocoo()
        rows, columns = product.row.astype(np.int64) + first, product.col.astype(np.int64)
        yield _best(rows, columns, product.data * fade(rows, columns))


def _sharing_cells(meanings: NDArray[np.float32], fade: Fade) -> Iterator[tuple[Places, Places]]:
    size = len(meanings)
    # The middles are articles, chosen by what they mean: the order in which articles come must not matter.
    order = np.lexsort(meanings.T[:4])
    middles = meanings[order[:: max(1, int(np.sqrt(size) / _CELLS))]]
    cells = np.concatenate(
        [
            np.argpartition(-(meanings[first : first + _BLOCK] @ middles.T), _CELLS_OF_ONE - 1, axis=1)[
                :, :_CELLS_OF_ONE
            ]
            for first in range(0, size, _BLOCK)
        ]
    )
    held = np.repeat(np.arange(size), _CELLS_OF_ONE)[np.argsort(cells.ravel(), kind="stable")]
    bounds = np.searchsorted(np.sort(cells.ravel()), np.arange(len(middles) + 1))
    for start, end in pairwise(bounds.tolist()):
        members = held[start:end]
        for first in range(0, len(members), _BLOCK):
            own = members[first : first + _BLOCK]
            rows, columns = np.repeat(own, len(members)), np.tile(members, len(own))
            alike = (meanings[own] @ meanings[members].T).ravel().astype(np.float64)
            yield _best(rows, columns, alike * fade(rows, columns))


def _best(rows: Places, columns: Places, values: Array) -> tuple[Places, Places]:
    """For each row the pairs of highest value."""
    other = rows != columns
    rows, columns, values = rows[other], columns[other], values[other]
    order = np.lexsort((columns, -values, rows))
    rows, columns = rows[order], columns[order]
    starts = np.searchsorted(rows, rows)
    kept = np.arange(len(rows)) - starts < _COMPARED
    return rows[kept], columns[kept]
