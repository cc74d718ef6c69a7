"""Pieces of SQL that questions share: the filter as a condition, sorting, paging, and grouping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from store.filter import Clause

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from store.filter import Filter
    from store.reader import Store

# What rows can be compared by: a column of ``headers`` (alias a), as SQL.
GROUPS: Final[dict[str, str]] = {
    "all": "'all'",
    "source": "a.source",
    "administration": "coalesce(a.administration, '')",
    "story": "coalesce(a.story_id, '')",
    "month": "coalesce(strftime(a.published_from, '%Y-%m'), '')",
    "year": "coalesce(strftime(a.published_from, '%Y'), '')",
    "article": "a.article_id",
}

# How sure a reading must be to be shown as negative or positive, on every page; all others count as neutral. From there
# on three in four and more are read so in narration of general news (`evaluation/tone_general.csv`).
NEGATIVE_FROM: Final = 0.94
POSITIVE_FROM: Final = 0.97
TONE: Final = (
    f"CASE WHEN {{0}}p_negative >= {NEGATIVE_FROM} THEN -1 WHEN {{0}}p_positive >= {POSITIVE_FROM} THEN 1 ELSE 0 END"
)

_WHOLE: Final = {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype()}


def headers_where(store: Store, chosen: Filter, without: str = "") -> Clause:
    """Condition on ``headers a``: the articles that match."""
    return chosen.articles_where(store.search, without=without)


def in_matching(store: Store, chosen: Filter, column: str, without: str = "") -> Clause:
    """Condition that ``column``, an article_id or article_no, is of a matching article; true when all are."""
    where = headers_where(store, chosen, without)
    if where.sql == "true":
        return where
    return Clause(
        f"{column} IN (SELECT a.{column.partition('.')[2]} FROM headers a WHERE {where.sql})", where.parameters
    )


# Condition on ``headers a``: articles of some numbers.
NUMBERED: Final = "a.article_no IN (SELECT unnest(CAST($numbers AS INTEGER[])))"


def first_of(
    store: Store, chosen: Filter, in_order: NDArray[np.int64], most: int, having: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """Numbers of the first articles of an order of :class:`store.numbers.Numbers` that match.

    Only those that are marked in ``having``, where that is given.
    """
    for keep in (store.numbers.mask(chosen), having):
        if keep is not None:
            in_order = in_order[keep[in_order]]
    return in_order[:most].astype(np.int64) + 1


def rows_of(store: Store, chosen: Filter, table: str) -> Clause:
    """Condition on ``table r``: rows of the matching articles, narrowed where a row has the dimension itself."""
    articles, narrowed = in_matching(store, chosen, "r.article_id"), chosen.rows_where(table)
    return Clause(f"{articles.sql} AND {narrowed.sql}", articles.parameters | narrowed.parameters)


def group_sql(group: str) -> str:
    """The SQL of a group's value; a ValueError for a group there is not."""
    if group not in GROUPS:
        message = f"rows can be grouped by {', '.join(GROUPS)}, not by {group}"
        raise ValueError(message)
    return GROUPS[group]


def order_sql(sort: str, allowed: Collection[str], *, descending: bool, then: str) -> str:
    """ORDER BY a column of ``allowed``, empty values last, ties in the order ``then``, an SQL list of columns.

    Raises:
        ValueError: ``sort`` is none of them.
    """
    if sort not in allowed:
        message = f"rows can be sorted by {', '.join(allowed)}, not by {sort}"
        raise ValueError(message)
    return f'ORDER BY "{sort}" {"DESC" if descending else "ASC"} NULLS LAST, {then}'


def page_sql(limit: int | None, offset: int) -> str:
    """LIMIT and OFFSET, both numbers of ours."""
    return (f" LIMIT {int(limit)}" if limit is not None else "") + (f" OFFSET {int(offset)}" if offset else "")


def frame_of(rows: pa.Table) -> pd.DataFrame:
    """Rows as a DataFrame with the types that :meth:`store.Store.query` gives."""
    # Of the rows of one article threads have less to do than to begin.
    frame = rows.to_pandas(use_threads=False)
    for name in rows.column_names:
        # A number that can be missing is no number with a point.
        if pa.types.is_integer(rows.schema.field(name).type) and rows[name].null_count:
            frame[name] = rows[name].to_pandas(types_mapper=_WHOLE.get)
    return frame


def as_shown(portrayals: pa.Table) -> pa.Table:
    """Portrayals with the sentiment that is shown: :data:`TONE`, in Python."""
    negative = portrayals["p_negative"].to_numpy() >= NEGATIVE_FROM
    positive = portrayals["p_positive"].to_numpy() >= POSITIVE_FROM
    shown = (positive & ~negative).astype("int32") - negative.astype("int32")
    place = portrayals.column_names.index("sentiment")
    return portrayals.set_column(place, "sentiment", pa.array(shown, pa.int32()))
