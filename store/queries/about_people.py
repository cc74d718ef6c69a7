"""Fragments that some people say or are named in: all that a filter of people leaves of an article's quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from store.schema import QUOTE_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from store.filter import Filter
    from store.numbers import Rows
    from store.reader import Store


class AboutPeople(NamedTuple):
    """Fragments, once each: the article's number less one, the fragment's in it, and its kind's in ``QUOTE_KINDS``."""

    articles: NDArray[np.int64]
    quotes: NDArray[np.int64]
    kinds: NDArray[np.int64]

    def of_kinds(self, kinds: Collection[str]) -> AboutPeople:
        """Those of some kinds."""
        keep = np.array([kind in kinds for kind in QUOTE_KINDS])[self.kinds]
        return AboutPeople(*(values[keep] for values in self))


def about_people(store: Store, chosen: Filter) -> AboutPeople:
    """What the people of a filter say or are named in, in the matching articles; what nobody said is left out."""
    asked = "SELECT entity_no FROM entities WHERE entity_id IN (SELECT unnest(CAST($people AS VARCHAR[])))"
    numbers = [number for (number,) in store.rows_of(asked, {"people": list(chosen.people)})]
    mask = store.numbers.mask(chosen)
    found = [_of_one(store.numbers.about(number), mask) for number in numbers]
    articles, quotes, kinds = (
        np.concatenate([values[column] for values in found] or [np.zeros(0, np.int64)]) for column in range(3)
    )
    if len(numbers) > 1:
        _, once = np.unique(articles << 32 | quotes, return_index=True)
        articles, quotes, kinds = articles[once], quotes[once], kinds[once]
    return AboutPeople(articles, quotes, kinds)


def _of_one(rows: Rows, mask: NDArray[np.bool_] | None) -> AboutPeople:
    """What one of them says or is named in, in the articles of ``mask``."""
    keep = rows.columns["said"] > 0
    if mask is not None:
        keep &= mask[rows.articles]
    return AboutPeople(
        *(values[keep].astype(np.int64) for values in (rows.articles, rows.columns["quote"], rows.columns["kind"]))
    )
