"""Sums over the matching articles, so that a page never carries a million rows to add them up."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from store.numbers import NO_FIRST, NO_LAST
from store.queries.about_people import about_people
from store.queries.conditions import group_sql, rows_of
from store.queries.quotes import ATTRIBUTED, IN_MARKS, REPORTED
from store.schema import VOICES
from store.snapshot.derived_tables import SAID_IS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from store.filter import Filter
    from store.reader import Store


def totals(store: Store, chosen: Filter, group: str = "source") -> pd.DataFrame:
    """Articles and words of each outlet, month, year, administration or story.

    Columns: group, articles, words, words_<voice> for every voice (whichever voices are chosen), first and last (days,
    null without dates). Most words first, then by group.
    """
    rows, values = store.numbers.by_group(group_sql(group))
    found = rows.chosen(store.numbers.mask(chosen))
    words = {name: found.of(name) for name in ("words", *(f"words_{voice}" for voice in VOICES))}
    named = pd.Series([values[key] for key in found.keys], dtype="str")
    frame = pd.DataFrame({"group": named, "articles": found.counts, **words})
    frame["first"] = _days(found.least("first"), NO_FIRST)
    frame["last"] = _days(found.most("last"), NO_LAST)
    return frame.sort_values(["words", "group"], ascending=[False, True], ignore_index=True)


def _days(days: NDArray[np.int64], unknown: int) -> NDArray[np.datetime64]:
    """Days since 1970 as dates."""
    dates = days.astype("datetime64[D]").astype("datetime64[us]")
    dates[days == unknown] = np.datetime64("NaT")
    return dates


TERMS: Final = ("term",)


class Fragments(NamedTuple):
    """How many fragments there are: in quotation marks (or a turn of a transcript), reported without, and terms."""

    in_marks: int
    reported: int
    terms: int


@lru_cache(maxsize=4)
def fragments(store: Store, chosen: Filter) -> Fragments:
    """How many rows :func:`store.queries.quotes` has of each kind that every page tells apart; remembered."""
    if not chosen.people:
        # Counted of each article when the corpus was built.
        mask = store.numbers.mask(chosen)
        columns = (store.numbers.of_articles(name) for name in ("quotes", "reports", "terms"))
        return Fragments(*(int((column if mask is None else column[mask]).sum()) for column in columns))
    # Of an article that names or quotes somebody, only the quotes that do.
    about = about_people(store, chosen)
    return Fragments(*(len(about.of_kinds(kinds).quotes) for kinds in (IN_MARKS, REPORTED, TERMS)))


def quotes_total(store: Store, chosen: Filter, kinds: Sequence[str] = ATTRIBUTED) -> int:
    """How many rows :func:`store.queries.quotes` has in all."""
    wanted = set(kinds)
    groups = [set(group) for group in (IN_MARKS, REPORTED, TERMS)]
    if all(group <= wanted or not group & wanted for group in groups):
        counts = fragments(store, chosen)
        return sum(n for n, group in zip(counts, groups, strict=True) if group <= wanted)
    where = rows_of(store, chosen, "quotes")
    condition = f"{SAID_IS.format('r.')} AND list_contains(CAST($kinds AS VARCHAR[]), r.kind)"
    sql = f"SELECT count(*) FROM quotes r WHERE {condition} AND {where.sql}"
    return int(store.rows_of(sql, where.parameters | {"kinds": list(kinds)})[0][0])
