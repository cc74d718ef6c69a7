"""The table of the page as a file, exactly as filtered, with a record of what it holds and how it was counted."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import accuracy
from dashboard.app import data, notices
from dashboard.markup import phrasing, reader
from dashboard.markup.html import draw, link, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    import pyarrow as pa

    from store import Filter

# Format to name, ending and media type.
FORMATS: Final = {
    "csv": ("CSV", "csv", "text/csv"),
    "csv-excel": ("CSV for Excel", "csv", "text/csv"),
    "xlsx": ("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "jsonl": ("JSON lines", "jsonl", "application/x-ndjson"),
    "parquet": ("Parquet", "parquet", "application/vnd.apache.parquet"),
}


def offer(
    table: str,
    chosen: Filter,
    rows: int,
    *,
    what: str = "this table",
    methods: str = "",
    only: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Buttons that build the file when clicked, and beside them filter, rows and snapshot.

    Args:
        table: A name of ``store.export.TABLES_FOR_EXPORT``.
        chosen: The filter the table was drawn with.
        rows: Rows of the file, as the page counted them.
        what: What the button says it downloads.
        methods: The section of the methods that says how its figures are counted, to be read beside the buttons.
        only: Values of columns that the page kept, so that the file has the rows of the screen.
    """
    store = data.store()

    def build() -> pa.Table:
        from store import export  # noqa: PLC0415 - writers of every format load when a file is wanted, not with the page

        return export.table_of(store, table, chosen, only)

    _buttons(table, chosen, rows, build, what, methods)


def offer_rows(table: str, chosen: Filter, frame: pd.DataFrame, *, what: str, by: str = "", methods: str = "") -> None:
    """The same for a table the page worked out itself, such as a comparison ``by`` some grouping.

    ``methods`` names the section of the methods that says how its figures are counted.
    """
    # A column of the user's, by which articles are grouped, may be called by any signs.
    name = f"{table}_by_{re.sub(r'[^a-zA-Z0-9-]+', '_', by)}" if by else table

    def build() -> pa.Table:
        import pyarrow as pa  # noqa: PLC0415 - as above

        return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)

    _buttons(name, chosen, len(frame), build, what, methods)


def _buttons(
    table: str, chosen: Filter, rows: int, build: Callable[[], pa.Table], what: str, methods: str = ""
) -> None:
    store = data.store()

    def record() -> bytes:
        from store import export  # noqa: PLC0415 - as above

        built = build()
        changed = {format_: changes for format_ in FORMATS if (changes := export.changes(built, format_))}
        return (export.record(store, table, chosen, rows, changed).rstrip("\n") + "\n").encode()

    def encoded(format_: str) -> bytes:
        from store import export  # noqa: PLC0415 - as above

        return export.encode(build(), format_, table)

    def file(format_: str) -> None:
        name, ending, mime = FORMATS[format_]
        first = format_ == "csv"
        st.download_button(
            f"Download {what} ({name})" if first else name,
            data=partial(encoded, format_),
            file_name=f"{file_name(table, chosen)}.{ending}",
            mime=mime,
            key=f"{table}_{format_}",
            on_click="ignore",
            type="secondary" if first else "tertiary",
        )

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"download_{table}"):
        file("csv")
        with st.popover("Other formats and record", type="tertiary", key=f"formats_{table}"):
            for format_ in FORMATS:
                if format_ != "csv":
                    file(format_)
            st.download_button(
                "Record of this table",
                data=record,
                file_name=f"{file_name(table, chosen)}.record.json",
                mime="application/json",
                key=f"{table}_record",
                on_click="ignore",
                type="tertiary",
            )
            draw(tag("p", _what_is_in_it(rows, chosen), class_="fl-note fl-tight"))
        if methods:
            _how_counted(methods, key=f"methods_{table}")


def _what_is_in_it(rows: int, chosen: Filter) -> str:
    store = data.store()
    corrected = len(store.corrections.in_effect())
    made_with = f"snapshot {store.snapshot}" + (f", {phrasing.count(corrected, 'correction')}" if corrected else "")
    return (
        f"{phrasing.count(rows, 'row')} · {chosen.describe(notices.names(chosen))} · {made_with}. "
        "The record says which filter, rows, snapshot and versions made the file, and which cells differ in it."
    )


def _how_counted(name: str, *, key: str) -> None:
    """The section of the methods with formula and sources, where the figures are."""
    part = accuracy.section(name)
    with st.popover("How this is counted", type="tertiary", key=key):
        st.markdown(reader.worded(f"**{part.title}**\n\n{part.body}"))
        draw(tag("p", link("methods", "All methods, and how well each was measured"), class_="fl-note"))


def file_name(table: str, chosen: Filter) -> str:
    """A name that tells files of different filters apart: letters, digits and dashes only."""
    filter_words = re.sub(r"[^a-z0-9]+", "-", chosen.to_query().lower()).strip("-")
    return "-".join(part for part in ("framelens", table, filter_words[:60].rstrip("-")) if part)
