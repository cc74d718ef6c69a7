"""Which articles are near enough that a pair of them could tell one event: of each article the nearest others.

Nearness is that of words, weighed by how rare they are in news at large, and of meaning, both less the longer the days
between. It hangs on the two articles alone. So what was found can be kept, and an article that is added is compared
with all others, but they are not compared with each other again.

Sums are of whole numbers below 2**24, which 32-bit floats add without rounding in any order. So what is kept, and what
is found anew, is the same to the last bit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Keys = NDArray[np.uint64]
    Places = NDArray[np.int64]

# An article is looked at together with so many others.
NEAREST: Final = 40
# What is less alike in words, and in meaning, is not looked at.
FEWEST_ALIKE: Final = 0.04
FEWEST_LIKE_MEANING: Final = 0.45
# Days over which two reports of one event become unlikely.
FADE: Final = 4.0
UNDATED: Final = -1
# Days within which the nearest of an article are looked for first, and then; beyond them little is left of any.
_WINDOWS: Final = (20, 60)
# Fewer articles are sooner compared with all others than with those of some days.
_FEW: Final = 3_000
# What is alike in words and in meaning, as near as can be, is 2; vectors are a little longer for being rounded.
_MOST_NEAR: Final = 2.1
# If more than one in so many is new, all are compared anew: within a window of days that is sooner done.
_NEW: Final = 8
# Vectors of length 1 in whole numbers: by Cauchy and Schwarz no sum of products is more than the square of this.
_SCALE: Final = 4_000
_BLOCK: Final = 512
# Cells of a table held at once, 4 bytes each.
_CELLS_AT_ONCE: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Of each article the places of the nearest others, and how near each is: both ``(articles, NEAREST)``.

    The nearest is first, and of two that are equally near the one with the lower key. Where fewer are alike the rest of
    the places is -1, and its nearness minus infinity. ``keys`` has one number an article, each once: no other article,
    and no other version of it, has the same.
    """

    keys: Keys
    places: NDArray[np.int32]
    nearness: Floats

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it, to be kept."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of_arrays(cls, packed: Mapping[str, NDArray[Any]]) -> Self:
        """What was packed by :meth:`arrays`, among others."""
        return cls(*(packed[field.name] for field in fields(cls)))

    def pairs(self) -> Places:
        """Places of the two of each pair, ``(pairs, 2)``, the lower first, in order, each pair once."""
        rows, slots = np.nonzero(self.places >= 0)
        columns = self.places[rows, slots].astype(np.int64)
        size = max(len(self.places), 1)
        # Sorting is several times faster than hashing.
        pairs = np.sort(np.minimum(rows, columns) * size + np.maximum(rows, columns))
        return np.stack(np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], size), axis=1)


def nearest(
    keys: Keys, words: sparse.csr_matrix, meanings: Floats, days: Places, before: Neighbours | None = None
) -> Neighbours:
    """The nearest others of each article. Of ``before``, found of other articles in part, is kept what still holds.

    Args:
        keys: as in :class:`Neighbours`.
        words: rows of TF-IDF of length 1, one an article, by rarity in news at large.
        meanings: unit vectors, one an article.
        days: the day of each as an ordinal, ``UNDATED`` where it is not known.
        before: what was found earlier.
    """
    size = len(keys)
    places = np.full((size, NEAREST), -1, np.int32)
    nearness = np.full((size, NEAREST), -np.inf, np.float32)
    known = np.zeros(size, np.bool_)
    if before is not None:
        known = _kept(keys, before, places, nearness)
    # One that lost a neighbour may have another instead.
    anew = ~known | ((places < 0) & (nearness > -np.inf)).any(axis=1)
    table = _Table(words, meanings, days)
    if _NEW * anew.sum() > size:
        return _all_anew(keys, table, days)
    places[anew], nearness[anew] = -1, -np.inf
    nearer: list[tuple[Places, Places, Floats]] = []
    stay = np.flatnonzero(~anew)
    last = nearness[stay, -1]
    for block in _blocks(np.flatnonzero(anew), size):
        near = table.rows(block)
        # The table is the same read in either direction: those that stay may be nearest to one that was added.
        added = np.flatnonzero(~known[block])
        seen = near[added][:, stay]
        which, to = np.nonzero((seen >= last) & (seen > -np.inf))
        nearer.append((stay[to], block[added[which]], seen[which, to]))
        places[block], nearness[block] = _best(near, keys)
    if nearer:
        _insert(places, nearness, keys, nearer)
    return Neighbours(keys, places, nearness)


def _all_anew(keys: Keys, table: _Table, days: Places) -> Neighbours:
    """The same where nothing was found before. An article is compared with those of some days before and after it.

    Where its last neighbour is nearer than any article of another day could be, that is enough; else with all others.
    """
    size = len(keys)
    places = np.full((size, NEAREST), -1, np.int32)
    nearness = np.full((size, NEAREST), -np.inf, np.float32)
    in_order = np.argsort(days, kind="stable")
    undated, dated = np.split(in_order, np.searchsorted(days[in_order], [UNDATED + 1]))
    waiting = dated
    for window in _WINDOWS if size > _FEW else ():
        for block, beside in _of_some_days(days[waiting], days[dated], window, len(undated)):
            rows, among = waiting[block], np.concatenate([undated, dated[beside]])
            found, nearness[rows] = _best(table.rows(rows, among), keys[among])
            places[rows] = np.where(found < 0, -1, among[found])
        waiting = waiting[nearness[waiting, -1] <= _MOST_NEAR * _SCALE**2 * math.exp(-(window + 1) / FADE)]
    for rows in _blocks(np.concatenate([undated, waiting]), size):
        places[rows], nearness[rows] = _best(table.rows(rows), keys)
    return Neighbours(keys, places, nearness)


def _of_some_days(days: Places, others: Places, window: int, more: int) -> Iterator[tuple[slice, slice]]:
    """Articles of a few days at a time, and those of ``others`` within a window of any of them; both in order.

    ``more`` others are looked at besides, in a table of which so many rows are given that it can be held.
    """
    first = 0
    while first < len(days):
        until = days[first] + window // 2
        beside = slice(*np.searchsorted(others, (days[first] - window, until + window + 1)).tolist())
        most = max(1, _CELLS_AT_ONCE // max(1, beside.stop - beside.start + more))
        last = min(int(np.searchsorted(days, until, "right")), first + most)
        yield slice(first, last), beside
        first = last


def _kept(keys: Keys, before: Neighbours, places: NDArray[np.int32], nearness: Floats) -> NDArray[np.bool_]:
    """Fill in what was found before of articles that were there, -1 for a neighbour that is gone; which these are."""
    order = np.argsort(before.keys)
    at = np.minimum(np.searchsorted(before.keys, keys, sorter=order), max(len(order) - 1, 0))
    if not len(order):
        return np.zeros(len(keys), np.bool_)
    found = order[at]
    known = before.keys[found] == keys
    # One more, for the places that had no neighbour.
    place_now = np.full(len(before.keys) + 1, -1, np.int32)
    place_now[found[known]] = np.flatnonzero(known)
    places[known] = place_now[before.places[found[known]]]
    nearness[known] = before.nearness[found[known]]
    return known


class _Table:
    """How near articles are to all articles, a few rows at a time."""

    def __init__(self, words: sparse.csr_matrix, meanings: Floats, days: Places) -> None:
        whole = np.rint(words.data * _SCALE).astype(np.float32)
        self._words = sparse.csr_matrix((whole, words.indices, words.indptr), shape=words.shape)
        self._meanings = np.rint(meanings * _SCALE).astype(np.float32)
        self._days = days
        known = self._days[self._days != UNDATED]
        longest = int(np.ptp(known)) if len(known) else 0
        self._left = np.array([math.exp(-gap / FADE) for gap in range(longest + 1)], np.float32)

    @cached_property
    def _across(self) -> sparse.csr_matrix:
        return sparse.csr_matrix(self._words.T)

    def rows(self, block: Places, among: Places | None = None) -> Floats:
        """How near articles are to those ``among`` which they are, or to all: minus infinity for what is not alike.

        The table has a row for each of ``block``, a column for each of ``among``.
        """
        if among is None:
            across, meanings, days, own = self._across, self._meanings, self._days, block
        else:
            across, meanings, days = sparse.csr_matrix(self._words[among].T), self._meanings[among], self._days[among]
            order = np.argsort(among)
            own = order[np.searchsorted(among, block, sorter=order)]
        near = (self._words[block] @ across).toarray()
        alike = near > FEWEST_ALIKE * _SCALE**2
        meaning = self._meanings[block] @ meanings.T
        alike |= meaning > FEWEST_LIKE_MEANING * _SCALE**2
        near += meaning
        days_of_block = self._days[block]
        dated = days_of_block != UNDATED
        gaps = np.abs(days_of_block[dated, None] - days)
        gaps[:, days == UNDATED] = 0
        near[dated] *= self._left[gaps]
        near[~alike] = -np.inf
        near[np.arange(len(block)), own] = -np.inf
        return np.asarray(near, np.float32)


def _blocks(articles: Places, width: int) -> Iterator[Places]:
    """Some articles at a time, so that a table of ``width`` columns for each can be held."""
    for first in range(0, len(articles), step := max(1, min(_BLOCK, _CELLS_AT_ONCE // max(1, width)))):
        yield articles[first : first + step]


def _best(near: Floats, keys: Keys) -> tuple[NDArray[np.int32], Floats]:
    """The highest of each row of ``near``, and where they stand; an article itself has minus infinity."""
    kept = min(NEAREST, near.shape[1] - 1)
    # A sort of all would take most of the time: those below the last that is kept are left out first.
    last = np.partition(near, near.shape[1] - kept, axis=1)[:, near.shape[1] - kept] if kept else near[:, 0]
    rows, columns = np.nonzero((near >= last[:, None]) & (near > -np.inf))
    return _first(len(near), rows, columns, near[rows, columns], keys)


def _first(size: int, rows: Places, columns: Places, values: Floats, keys: Keys) -> tuple[NDArray[np.int32], Floats]:
    """The highest ``values`` of each of ``size`` rows, in order, and their ``columns``."""
    order = np.lexsort((keys[columns], -values, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    slots = np.arange(len(rows)) - np.searchsorted(rows, rows)
    first = slots < NEAREST
    places = np.full((size, NEAREST), -1, np.int32)
    nearness = np.full((size, NEAREST), -np.inf, np.float32)
    places[rows[first], slots[first]] = columns[first]
    nearness[rows[first], slots[first]] = values[first]
    return places, nearness


def _insert(
    places: NDArray[np.int32], nearness: Floats, keys: Keys, nearer: list[tuple[Places, Places, Floats]]
) -> None:
    """Put each of ``nearer`` (article, other, how near) among the neighbours of its article, if it is near enough."""
    rows, columns, values = (np.concatenate(parts) for parts in zip(*nearer, strict=True))
    touched, numbers = np.unique(rows, return_inverse=True)
    slots = np.arange(len(touched)).repeat(NEAREST)
    rows = np.concatenate([slots, numbers])
    columns = np.concatenate([places[touched].ravel(), columns])
    values = np.concatenate([nearness[touched].ravel(), values])
    held = values > -np.inf
    rows, columns, values = rows[held], columns[held], values[held]
    places[touched], nearness[touched] = _first(len(touched), rows, columns, values, keys)
