"""Spans of articles as text. Cut in Python, where an offset is what it was when it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from store.reader import Store


def texts(store: Store, article_ids: Iterable[str]) -> dict[str, str]:
    """Texts of articles by id."""
    ids = sorted(set(article_ids))
    if not ids:
        return {}
    found = store.texts(ids)
    # A corpus built before texts were kept one by one, and ids that may be in no corpus.
    others = [article_id for article_id in ids if article_id not in found]
    if others:
        sql = "SELECT article_id, text FROM articles WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))"
        found |= dict(store.rows_of(sql, {"ids": others}))
    return found


def slices(store: Store, rows: pd.DataFrame) -> list[str]:
    """The text of each row's span (columns article_id, start, end)."""
    whole = texts(store, rows["article_id"])
    columns = (rows["article_id"], rows["start"], rows["end"])
    return [whole[article_id][int(start) : int(end)] for article_id, start, end in zip(*columns, strict=True)]
