"""Spans of articles as text. Cut in Python, where an offset is what it was when it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from store.reader import Store

# Texts up to which their places are looked up: more of them lie all over the file.
_BY_PLACE: Final = 1_000


def texts(store: Store, article_ids: Iterable[str]) -> dict[str, str]:
    """Texts of articles by id."""
    ids = sorted(set(article_ids))
    if not ids:
        return {}
    wanted = "article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))"
    sql = f"SELECT article_id, text FROM article_texts WHERE {wanted}"
    if len(ids) <= _BY_PLACE:
        # Whoever knows the places of rows reads only the groups of rows they lie in.
        places = store.rows_of(f"SELECT place FROM text_places WHERE {wanted}", {"ids": ids})
        if not places:
            return {}
        sql += f" AND place IN ({', '.join(sorted({str(int(place)) for (place,) in places}))})"
    return dict(store.rows_of(sql, {"ids": ids}))


def slices(store: Store, rows: pd.DataFrame) -> list[str]:
    """The text of each row's span (columns article_id, start, end)."""
    whole = texts(store, rows["article_id"])
    columns = (rows["article_id"], rows["start"], rows["end"])
    return [whole[article_id][int(start) : int(end)] for article_id, start, end in zip(*columns, strict=True)]
