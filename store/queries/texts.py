"""Spans of articles as text. Cut in Python, where an offset is what it was when it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from store.reader import Store


def texts(store: Store, article_ids: Iterable[str]) -> dict[str, str]:
    """Texts of articles by id."""
    asked = sorted(set(article_ids))
    if not asked:
        return {}
    sql = "SELECT article_id, text FROM articles WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))"
    return dict(store.rows_of(sql, {"ids": asked}))


def slices(store: Store, rows: pd.DataFrame) -> list[str]:
    """The text of each row's span (columns article_id, start, end)."""
    whole = texts(store, rows["article_id"])
    columns = (rows["article_id"], rows["start"], rows["end"])
    return [whole[article_id][int(start) : int(end)] for article_id, start, end in zip(*columns, strict=True)]
