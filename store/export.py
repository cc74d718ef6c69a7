"""Tables as files: what a reader downloads, the same bytes each time for the same snapshot and filter."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xlsxwriter

from store import queries, sureness
from store.checks import log, report
from store.errors import StoreError
from store.queries.conditions import in_matching, rows_of
from store.schema import SORT_KEYS, TABLES
from store.snapshot.delta_tables import ORDER, columns_sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd

    from store.filter import Filter
    from store.reader import Store

# "csv-excel" is CSV that Excel takes for UTF-8: it begins with a byte-order mark.
FORMATS: Final = ("csv", "csv-excel", "jsonl", "parquet", "xlsx")
_EXCEL_ROWS: Final = 1_048_575
_EXCEL_CELL: Final = 32_767
_ROWS_AT_ONCE: Final = 5_000
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
# Signs that begin a formula, also in full width; what shows nothing before them; what ends a cell or a row somewhere.
_SIGN: Final = r"[=+\-@＝＋－＠﹢﹣﹦﹫]"
_BLANK: Final = (
    r"[ \x00-\x08\x0e-\x1f\x7f-\x84\x86-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u202a-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_END: Final = r"[;\t\r\n\v\f\x85\u2028\u2029]"
_BEGINS_WITH_SIGN: Final = re.compile(rf"(?:{_BLANK}|{_END})*+{_SIGN}|[\t\r]")
# A program that ends cells otherwise takes the quotes of a CSV for its own, so that they may stand there as well.
_SIGN_AFTER_END: Final = re.compile(rf'{_END}(?=(?:{_BLANK}|")*+{_SIGN})')
# A workbook says when it was made; the same table must give the same bytes.
_NO_DATE: Final = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's dates have no zone
# Tables whose rows are spans of the text that they do not hold themselves.
_SPANS: Final = frozenset({"sentences", "passages", "portrayals"})


# Columns somebody who opens a file reads first, after outlet, date and headline; the rest of the table stands behind.
_READ_FIRST: Final[dict[str, tuple[str, ...]]] = {
    "articles": ("authors", "words", "words_quote"),
    "sentences": ("text", "voice", "words", "tone"),
    "passages": ("speaker", "text", "voice", "words"),
    "mentions": ("name", "surface", "label", "voice"),
    "quotes": ("speaker", "text", "kind", "words"),
    "portrayals": ("text", "voice", "sentiment"),
    "labels": ("word", "relation", "voice"),
    "phrases": ("form", "voice"),
    "stories": ("speaker", "kind", "shared", "voice"),
}


def _rows(name: str) -> Callable[[Store, Filter], pa.Table]:
    """A table of the schema: rows of the matching articles, what a person reads first in front.

    In front stand outlet, date and headline of the article, the columns of ``_READ_FIRST``, how sure it is in words
    where that is known, and the address; behind them the outlet and date as the other tables call them (source,
    published) and all other columns of the table.
    """
    columns = TABLES[name].names

    def rows(store: Store, chosen: Filter) -> pa.Table:
        by_article = "article_id" in columns
        where = rows_of(store, chosen, name) if by_article else None
        order = ", ".join(f'r."{key}" NULLS FIRST' for key in ORDER[name])
        selected, joined = _selected(name, _own_columns(store)) if by_article else ("r.*", "")
        sql = f"SELECT {selected} FROM {name} r {joined} WHERE {where.sql if where else 'true'} ORDER BY {order}"
        return store.arrow(sql, where.parameters if where else {})

    return rows


def _selected(name: str, brought: dict[str, str]) -> tuple[str, str]:
    """The columns of a table by article in the order of its file, those brought last, and what is joined for them."""
    own_names = TABLES[name].names
    joined = "" if name == "articles" else "JOIN headers a USING (article_id)"
    article = "r" if name == "articles" else "a"
    selected = {column: f'r."{column}"' for column in own_names}
    if name in _SPANS:
        selected["text"] = 'substring(t.text, r.start + 1, r."end" - r.start)'
        joined += " JOIN (SELECT article_id, text FROM articles) t USING (article_id)"
    first = {
        "outlet": f"{article}.source",
        "date": f"{article}.published",
        "headline": f"CASE WHEN {article}.title <> '' THEN {article}.title ELSE {article}.opening END",
        **{column: selected[column] for column in _READ_FIRST[name]},
        **({"how_sure": sureness.sql("r.confidence")} if "confidence" in own_names else {}),
        "url": f"{article}.url",
    }
    behind = {"source": f"{article}.source", "published": f"{article}.published", **selected}
    columns = first | {column: sql for column, sql in behind.items() if column not in first}
    taken = {column.lower() for column in columns}
    for column, value in brought.items():
        called = f"own_{column}" if column.lower() in taken else column
        columns[called.replace('"', '""')] = value.format(article=article)
    return ", ".join(f'{sql} AS "{column}"' for column, sql in columns.items()), joined


def _own_columns(store: Store) -> dict[str, str]:
    """The columns that users brought, by name, as SQL of ``{article}``."""
    names = [row[0] for row in store.rows_of("SELECT DISTINCT split_part(unnest(own), ':', 1) FROM headers ORDER BY 1")]
    columns = {}
    for name in names:
        prefix = (name + ":").replace("'", "''").replace("{", "{{").replace("}", "}}")
        cell = f"list_filter({{article}}.own, lambda x: starts_with(x, '{prefix}'))[1]"
        columns[name] = f"substring({cell}, {len(name) + 2})"
    return columns


def _entities(store: Store, chosen: Filter) -> pa.Table:
    """Entities present in the matching articles, with what they lie in."""
    where = in_matching(store, chosen, "p.article_id")
    return store.arrow(
        f"SELECT {columns_sql('entities', 'e')} FROM entities e WHERE $everything OR e.entity_id IN "
        f"(SELECT l.within FROM presence p JOIN lineage l USING (entity_id) WHERE {where.sql}) "
        f"ORDER BY {', '.join(SORT_KEYS['entities'])}",
        where.parameters | {"everything": not chosen},
    )


def _page(ask: Callable[[Store, Filter], pd.DataFrame]) -> Callable[[Store, Filter], pa.Table]:
    def rows(store: Store, chosen: Filter) -> pa.Table:
        table = pa.Table.from_pandas(ask(store, chosen), preserve_index=False).replace_schema_metadata(None)
        # Names are read, ids are for machines.
        return table.select(sorted(table.column_names, key=lambda column: column.endswith("_id")))

    return rows


# What the page sets side by side.
GROUPED_BY: Final = ("source", "administration")

TABLES_FOR_EXPORT: Final[dict[str, Callable[[Store, Filter], pa.Table]]] = {
    **{name: _rows(name) for name in TABLES if name != "entities"},
    "entities": _entities,
    "speakers": _page(queries.speakers),
    **{f"speakers_by_{group}": _page(partial(queries.speakers, group=group)) for group in GROUPED_BY},
    **{f"words_by_{group}": _page(partial(queries.word_voices, group=group)) for group in GROUPED_BY},
    "people": _page(lambda store, chosen: queries.entities(store, chosen, "PERSON")),
    "organisations": _page(lambda store, chosen: queries.entities(store, chosen, "ORG")),
    "places": _page(lambda store, chosen: queries.entities(store, chosen, "JURISDICTION")),
    "administrations": _page(lambda store, chosen: queries.entities(store, chosen, "ADMINISTRATION")),
    "states": _page(queries.states),
    "facts": _page(queries.statuses),
    "names": _page(queries.names_of),
}


def render(
    store: Store, name: str, chosen: Filter, file_format: str, only: Mapping[str, Sequence[str]] | None = None
) -> bytes:
    """Table ``name`` under a filter as the bytes of a file in one of ``FORMATS``.

    ``only`` keeps the rows with some values in a column, such as the kinds of quotes that a page lists.

    Raises:
        StoreError: the table does not fit an Excel sheet.
    """
    return encode(table_of(store, name, chosen, only), file_format, name)


def table_of(store: Store, name: str, chosen: Filter, only: Mapping[str, Sequence[str]] | None = None) -> pa.Table:
    """Table ``name`` under a filter; ``only`` as :func:`render` takes it."""
    rows = TABLES_FOR_EXPORT[name](store, chosen)
    for column, values in (only or {}).items():
        rows = rows.filter(pc.is_in(rows[column], pa.array(list(values), rows[column].type)))
    return rows


def encode(table: pa.Table, file_format: str, name: str = "table") -> bytes:
    """A table as the bytes of a file in one of ``FORMATS``; ``name`` is that of the sheet in a workbook.

    Raises:
        ValueError: there is no such format.
    """
    table = table.rename_columns(_unique(table.column_names))
    writers: dict[str, Callable[[pa.Table], bytes]] = {
        "csv": _csv,
        "csv-excel": lambda rows: codecs.BOM_UTF8 + _csv(rows),
        "jsonl": _jsonl,
        "parquet": _parquet,
        "xlsx": lambda rows: _xlsx(rows, name),
    }
    if file_format not in writers:
        message = f"tables are written as {', '.join(FORMATS)}, not as {file_format}"
        raise ValueError(message)
    return writers[file_format](table)


def record(store: Store, name: str, chosen: Filter, rows: int, changed: Mapping[str, object] | None = None) -> str:
    """One line of JSON that says what a file holds, so that it can be made again: table, filter, rows, snapshot.

    ``changed`` is what :func:`changes` says of the file, or of each format by its name. ``checks`` are samples of the
    same filter or of all articles, with seed, strata, chances, answers and agreement.
    """
    ids = [value for field in ("people", "organisations", "jurisdictions") for value in getattr(chosen, field)]
    ids += [*chosen.administrations, *chosen.named_administrations]
    described = {
        "table": name,
        "filter": chosen.to_query(),
        "filter_in_words": chosen.describe(queries.names(store, ids)),
        "rows": rows,
        **({"cells": dict(changed)} if changed is not None else {}),
        "articles_not_analysed": queries.not_analysed(store, chosen),
        "snapshot": store.snapshot,
        "corrections": len(store.corrections.in_effect()),
        "corrections_digest": store.corrections.digest,
        "versions": store.versions,
        "checks": report.record(store, log.read(store.path), chosen),
    }
    return json.dumps(described, ensure_ascii=False, sort_keys=True)


def answers_csv(store: Store, checks: log.Log, sample: log.Line) -> bytes:
    """Every answer and skip of a check's sample as the bytes of a CSV file."""
    return encode(pa.Table.from_pylist(report.rows(store, checks, sample)), "csv", "answers")


def safe_cell(value: str) -> str:
    """``value`` so that no spreadsheet takes any of it for a formula: marked with an apostrophe where it might.

    A sign of a formula counts at the beginning, also after spaces and signs without width, and after what another
    country's spreadsheet takes for the end of a cell or a row: semicolon, tab and line break.
    """
    if _NUMBER.fullmatch(value):
        return value
    return ("'" if _BEGINS_WITH_SIGN.match(value) else "") + _SIGN_AFTER_END.sub(r"\g<0>'", value)


def changes(table: pa.Table, file_format: str) -> dict[str, int]:
    """How many cells of a file are not just what the table holds, or more than a spreadsheet shows, by what was done.

    ``marked``: an apostrophe was set before the sign of a formula; ``cut``: longer than a cell of a workbook may be;
    ``longer than a spreadsheet's cell``: whole in the file, and cut by a spreadsheet that opens it.
    """
    csv_like = file_format.startswith("csv")
    if not csv_like and file_format != "xlsx":
        return {}
    marked = sum(csv_like and safe_cell(name) != name for name in table.column_names)
    long = 0
    for row in _cells(table):
        for cell in map(_flat, row):
            if isinstance(cell, str):
                marked += csv_like and safe_cell(cell) != cell
                long += len(cell) > _EXCEL_CELL
    return {"marked": marked, "longer than a spreadsheet's cell": long} if csv_like else {"cut": long}


def _unique(columns: list[str]) -> list[str]:
    taken: set[str] = set()
    result = []
    for column in columns:
        name = column
        while name in taken:
            name += "_"
        taken.add(name)
        result.append(name)
    return result


def _plain(value: Any) -> Any:  # noqa: ANN401  a cell of any type
    """A cell as JSON knows it; single-precision numbers without the digits they do not have."""
    if isinstance(value, float):
        return float(f"{value:.6g}") if value == value else None  # noqa: PLR0124  NaN
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _cells(table: pa.Table) -> Iterator[list[Any]]:
    for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE):
        columns = [column.to_pylist() for column in batch.columns]
        for row in zip(*columns, strict=True):
            yield [_plain(value) for value in row]


def _flat(value: Any) -> Any:  # noqa: ANN401
    """A cell of a sheet: lists joined with semicolons, truth as words."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _csv(table: pa.Table) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(safe_cell, table.column_names))  # users bring columns of their own
    for row in _cells(table):
        flat = map(_flat, row)
        writer.writerow([safe_cell(value) if isinstance(value, str) else value for value in flat])
    return out.getvalue().encode("utf-8")


def _jsonl(table: pa.Table) -> bytes:
    names = table.column_names
    lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in _cells(table))
    return "".join(lines).encode("utf-8")


def _parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table.combine_chunks(), out, compression="zstd")
    return out.getvalue()


def _xlsx(table: pa.Table, name: str) -> bytes:
    if table.num_rows > _EXCEL_ROWS:
        message = (
            f"{table.num_rows:,} rows do not fit an Excel sheet ({_EXCEL_ROWS:,}). Choose CSV, or narrow the filter."
        )
        raise StoreError(message)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(out, options)
    workbook.set_properties({"created": _NO_DATE})
    sheet = workbook.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or "table")
    sheet.freeze_panes(1, 0)
    bold = workbook.add_format({"bold": True})
    for place, column in enumerate(table.column_names):
        sheet.write_string(0, place, column, bold)
    for line, row in enumerate(_cells(table), start=1):
        for place, cell in enumerate(map(_flat, row)):
            if isinstance(cell, str):
                sheet.write_string(line, place, cell if len(cell) <= _EXCEL_CELL else cell[: _EXCEL_CELL - 1] + "…")
            elif cell is not None:
                sheet.write_number(line, place, cell)
    workbook.close()
    return out.getvalue()
