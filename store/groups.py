"""What is set side by side: groups of articles, each of them a filter with a name."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from store.queries.conditions import headers_where
from store.queries.entities import facet

if TYPE_CHECKING:
    from store.filter import Filter
    from store.reader import Store

# What articles can be grouped by, and the field of the filter that holds one group; periods are held by two dates.
FIELDS: Final = {
    "source": "sources",
    "people": "people",
    "jurisdiction": "jurisdictions",
    "administration": "administrations",
    "story": "stories",
}
PERIODS: Final = {
    "year": "strftime(a.published_from, '%Y')",
    "quarter": "strftime(a.published_from, '%Y') || '-Q' || CAST(quarter(a.published_from) AS VARCHAR)",
}
DIMENSIONS: Final = (*FIELDS, *PERIODS)
# Before the name of a column of the user's files, by whose values articles are grouped.
OWN: Final = "own:"


class Group(NamedTuple):
    """Articles that are compared with others: a key for addresses, a name, the filter they match, and how many."""

    key: str
    name: str
    chosen: Filter
    articles: int


def groups(store: Store, chosen: Filter, dimension: str, limit: int = 500) -> tuple[Group, ...]:
    """The groups of a dimension with articles under ``chosen``: most articles first, periods in order of time.

    A filter that names values of the dimension keeps the groups of those. ValueError for a dimension there is not.
    """
    if dimension in PERIODS:
        return _periods(store, chosen, dimension)
    if dimension.startswith(OWN):
        return _by_column(store, chosen, dimension.removeprefix(OWN), limit)
    if dimension not in FIELDS:
        message = f"articles can be grouped by {', '.join(DIMENSIONS)} and {OWN}COLUMN, not by {dimension}"
        raise ValueError(message)
    field = FIELDS[dimension]
    wanted = getattr(chosen, field)
    frame = facet(store, chosen, field, limit=limit)
    return tuple(
        Group(str(value), str(name), chosen.but(**{field: (value,)}), int(articles))
        for value, name, articles in zip(frame["value"], frame["name"], frame["articles"], strict=True)
        if articles and (not wanted or value in wanted)
    )


def _by_column(store: Store, chosen: Filter, column: str, limit: int) -> tuple[Group, ...]:
    """The articles of each value of a column of the user's files."""
    start = f"{column}:"
    wanted = {value for value in chosen.own if value.startswith(start)}
    others = tuple(value for value in chosen.own if value not in wanted)
    where = headers_where(store, chosen.but(own=others))
    rows = store.rows_of(
        "SELECT value, count(*) FROM (SELECT unnest(a.own) AS value FROM headers a "
        f"WHERE {where.sql}) WHERE starts_with(value, $start) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {int(limit)}",
        where.parameters | {"start": start},
    )
    return tuple(
        Group(str(value), str(value).removeprefix(start), chosen.but(own=(*others, str(value))), int(articles))
        for value, articles in rows
        if not wanted or value in wanted
    )


def _periods(store: Store, chosen: Filter, dimension: str) -> tuple[Group, ...]:
    where = headers_where(store, chosen)
    rows = store.rows_of(
        f"SELECT {PERIODS[dimension]} AS period, count(*) FROM headers a "
        f"WHERE a.published_from IS NOT NULL AND {where.sql} GROUP BY 1 ORDER BY 1",
        where.parameters,
    )
    return tuple(
        Group(period, period.replace("-Q", ", quarter "), within(chosen, *span(period)), int(articles))
        for period, articles in rows
    )


def span(period: str) -> tuple[date, date]:
    """First and last day of a year such as 2020, a quarter such as 2020-Q1 or a month such as 2020-02."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        first, last = 3 * int(part[1:]) - 2, 3 * int(part[1:])
    else:
        first, last = (int(part), int(part)) if part else (1, 12)
    return date(int(year), first, 1), date(int(year), last, calendar.monthrange(int(year), last)[1])


def within(chosen: Filter, first: date, last: date) -> Filter:
    """``chosen`` between two days at most."""
    return chosen.but(date_from=max(first, chosen.date_from or first), date_to=min(last, chosen.date_to or last))
