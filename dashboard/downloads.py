"""The table of the page as a file, exactly as filtered, and a line that says what it holds."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, notices, words
from dashboard.html import draw, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from store import Filter

# Format to name, ending and media type.
FORMATS: Final = {
    "csv": ("CSV", "csv", "text/csv"),
    "xlsx": ("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "jsonl": ("JSON lines", "jsonl", "application/x-ndjson"),
    "parquet": ("Parquet", "parquet", "application/vnd.apache.parquet"),
}


def offer(table: str, chosen: Filter, rows: int, *, what: str = "this table") -> None:
    """Buttons that build the file when clicked, and beside them filter, rows and snapshot.

    Args:
        table: A name of ``store.export.TABLES_FOR_EXPORT``.
        chosen: The filter the table was drawn with.
        rows: Rows of the file, as the page counted them.
        what: What the button says it downloads.
    """
    store = data.store()

    def build(format_: str) -> bytes:
        from store import export  # noqa: PLC0415 - writers of every format load when a file is wanted, not with the page

        return export.render(store, table, chosen, format_)

    _buttons(table, chosen, rows, build, what)


def offer_rows(table: str, chosen: Filter, frame: pd.DataFrame, *, what: str, by: str = "") -> None:
    """The same for a table the page worked out itself, such as a comparison ``by`` some grouping."""
    name = f"{table}_by_{by}" if by else table

    def build(format_: str) -> bytes:
        import pyarrow as pa  # noqa: PLC0415 - as above

        from store import export  # noqa: PLC0415

        rows = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
        return export.encode(rows, format_, name)

    _buttons(name, chosen, len(frame), build, what)


def _buttons(table: str, chosen: Filter, rows: int, build: Callable[[str], bytes], what: str) -> None:
    store = data.store()

    def record() -> bytes:
        from store import export  # noqa: PLC0415 - as above

        return (export.record(store, table, chosen, rows).rstrip("\n") + "\n").encode()

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"download_{table}"):
        for format_, (name, ending, mime) in FORMATS.items():
            st.download_button(
                f"Download {what} ({name})" if format_ == "csv" else name,
                data=partial(build, format_),
                file_name=f"{file_name(table, chosen)}.{ending}",
                mime=mime,
                key=f"{table}_{format_}",
                on_click="ignore",
                type="secondary" if format_ == "csv" else "tertiary",
            )
        st.download_button(
            "Record of this table",
            data=record,
            file_name=f"{file_name(table, chosen)}.record.json",
            mime="application/json",
            key=f"{table}_record",
            on_click="ignore",
            type="tertiary",
        )
    corrected = len(store.corrections.in_effect())
    made_with = f"snapshot {store.snapshot}" + (f", {words.count(corrected, 'correction')}" if corrected else "")
    draw(
        tag(
            "p",
            f"{words.count(rows, 'row')} · {chosen.describe(notices.names(chosen))} · {made_with}. ",
            "The record says which filter, rows, snapshot and versions made the file.",
            class_="fl-note fl-tight",
        )
    )


def file_name(table: str, chosen: Filter) -> str:
    """A name that tells files of different filters apart: letters, digits and dashes only."""
    said = re.sub(r"[^a-z0-9]+", "-", chosen.to_query().lower()).strip("-")
    return "-".join(part for part in ("framelens", table, said[:60].rstrip("-")) if part)
