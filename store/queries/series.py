"""Series over time: articles and words of each period, article by article, so that shares keep their denominator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.queries.conditions import GROUPS, headers_where

if TYPE_CHECKING:
    import pandas as pd

    from store.filter import Filter
    from store.reader import Store

# What a series can be counted by; periods of which the articles have no date are left out.
STEPS: Final = {
    "month": GROUPS["month"],
    "quarter": "coalesce(strftime(a.published_from, '%Y') || '-Q' || quarter(a.published_from)::VARCHAR, '')",
    "year": GROUPS["year"],
    "administration": GROUPS["administration"],
}


def periods(store: Store, chosen: Filter, step: str) -> pd.DataFrame:
    """The matching articles with the period of each: article_id, period, first (its first day), words_narration.

    Articles without a date are left out. ValueError for a step there is not.
    """
    if step not in STEPS:
        message = f"series go by {', '.join(STEPS)}, not by {step}"
        raise ValueError(message)
    where = headers_where(store, chosen)
    return store.query(
        f"SELECT a.article_id, {STEPS[step]} AS period, a.published_from AS first, a.words_narration FROM headers a "
        f"WHERE a.published_from IS NOT NULL AND {STEPS[step]} <> '' AND {where.sql} ORDER BY a.article_id",
        where.parameters,
    )
