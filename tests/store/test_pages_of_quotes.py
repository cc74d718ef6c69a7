"""A page of quotes is read for itself, and holds what it would hold if all were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_corpus import ADA, GRACE

from store import Filter, queries
from store.queries.quotes import ATTRIBUTED, IN_MARKS, REPORTED
from store.queries.totals import fragments, quotes_total

if TYPE_CHECKING:
    from store import Store

FILTERS = (Filter(), Filter(people=(ADA,)), Filter(people=(GRACE,)), Filter(sources=("The Daily",)))


KINDS = (ATTRIBUTED, (*ATTRIBUTED, "term"), IN_MARKS)
SORTS = ("published_from", "source", "headline", "words")


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_set_side_by_side_are_the_whole(store: Store, sort: str, descending: bool):
    # Every order with every filter, and every choice of kinds with each of them in turn.
    for number, chosen in enumerate(FILTERS):
        kinds = KINDS[(SORTS.index(sort) + number + descending) % len(KINDS)]
        asked = {"sort": sort, "descending": descending, "kinds": kinds}
        whole = queries.quotes(store, chosen, **asked)
        # Pages of two, one past the last among them, and one that has room for all.
        for size, first in [*((2, first) for first in range(0, len(whole) + 2, 2)), (50, 0)]:
            page = queries.quotes(store, chosen, **asked, limit=size, offset=first)
            expected = whole.iloc[first : first + size].reset_index(drop=True)
            assert list(page.columns) == list(expected.columns)
            assert page.astype(str).equals(expected.astype(str))


@pytest.mark.parametrize("chosen", [*FILTERS, Filter(voices=("quote",)), Filter(text="nowhere")])
def test_what_is_counted_is_what_is_listed(store: Store, chosen: Filter):
    for kinds in (ATTRIBUTED, IN_MARKS, REPORTED, ("term",), ("direct",), (*REPORTED, "term", "mixed")):
        assert quotes_total(store, chosen, kinds) == len(queries.quotes(store, chosen, kinds=kinds))
    told = fragments(store, chosen)
    assert told == tuple(len(queries.quotes(store, chosen, kinds=kinds)) for kinds in (IN_MARKS, REPORTED, ("term",)))
