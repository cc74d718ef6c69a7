"""Sums over the matching articles, so that a page never carries a million rows to add them up."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from store.filter import ABOUT_PEOPLE
from store.queries.conditions import group_sql, headers_where, matching_join, rows_of
from store.queries.quotes import ATTRIBUTED, IN_MARKS, REPORTED
from store.schema import VOICES
from store.snapshot.derived_tables import SAID_IS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from store.filter import Filter
    from store.reader import Store


def totals(store: Store, chosen: Filter, group: str = "source") -> pd.DataFrame:
    """Articles and words of each outlet, month, year, administration or story.

    Columns: group, articles, words, words_<voice> for every voice (whichever voices are chosen), first and last (days,
    null without dates). Most words first, then by group.
    """
    where = headers_where(store, chosen)
    sums = ", ".join(f"CAST(sum(a.words_{voice}) AS BIGINT) AS words_{voice}" for voice in VOICES)
    return store.query(
        f'SELECT {group_sql(group)} AS "group", CAST(count(*) AS BIGINT) AS articles, '
        f"CAST(sum(a.words) AS BIGINT) AS words, {sums}, min(a.published_from) AS first, max(a.published_to) AS last "
        f'FROM headers a WHERE {where.sql} GROUP BY ALL ORDER BY words DESC, "group"',
        where.parameters,
    )


TERMS: Final = ("term",)


class Fragments(NamedTuple):
    """How many fragments there are: in quotation marks (or a turn of a transcript), reported without, and terms."""

    in_marks: int
    reported: int
    terms: int


@lru_cache(maxsize=4)
def fragments(store: Store, chosen: Filter) -> Fragments:
    """How many rows :func:`store.queries.quotes` has of each kind that every page tells apart; remembered."""
    if chosen.people:
        # Of an article that names or quotes somebody, only the quotes that do.
        matching = matching_join(store, chosen)
        counts = ", ".join(
            f"count(*) FILTER (r.kind IN ({', '.join(map(repr, kinds))}))" for kinds in (IN_MARKS, REPORTED, TERMS)
        )
        sql = f"SELECT {counts} FROM ({ABOUT_PEOPLE}) r {matching.sql} WHERE r.said"
        parameters = matching.parameters | {"f_people": list(chosen.people)}
    else:
        # Counted when the corpus was built.
        matching = matching_join(store, chosen)
        parameters = matching.parameters
        sql = (
            "SELECT coalesce(sum(r.quotes) FILTER (NOT r.term), 0), coalesce(sum(r.reports), 0), "
            f"coalesce(sum(r.quotes) FILTER (r.term), 0) FROM article_speakers r {matching.sql}"
        )
    return Fragments(*(int(n) for n in store.rows_of(sql, parameters)[0]))


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
