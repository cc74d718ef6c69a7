"""Files readers download: safe to open, complete, and the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_corpus import ADA, ALL_DRAFTS, GRACE, build

from store import Filter, Store, StoreError, sureness
from store.export import FORMATS, TABLES_FOR_EXPORT, changes, encode, record, render, safe_cell
from store.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def sheet_cells(content: bytes) -> list[str]:
    """Texts and numbers of the first sheet, in order."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        shared = ["".join(si.itertext()) for si in ET.fromstring(book.read("xl/sharedStrings.xml"))]
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not sheet.findall(".//m:f", space), "no cell may be a formula"
    cells = sheet.findall(".//m:c", space)
    return [
        shared[int(cell.findtext("m:v", "", space))] if cell.get("t") == "s" else cell.findtext("m:v", "", space)
        for cell in cells
    ]


def test_every_table_of_the_schema_can_be_downloaded():
    assert set(TABLES) <= set(TABLES_FOR_EXPORT)
    assert {"speakers", "people", "places", "states", "words_by_source", "words_by_administration"} <= set(
        TABLES_FOR_EXPORT
    )


@pytest.mark.parametrize("name", sorted(TABLES_FOR_EXPORT))
def test_a_table_has_the_same_rows_in_each_format_and_the_same_bytes_each_time(store: Store, name: str):
    for chosen in (Filter(), Filter(people=(ADA,), voices=("narration",))):
        files = {file_format: render(store, name, chosen, file_format) for file_format in FORMATS}
        assert files == {file_format: render(store, name, chosen, file_format) for file_format in FORMATS}
        from_csv = read_csv(files["csv"])
        from_lines = [json.loads(line) for line in files["jsonl"].decode().splitlines()]
        from_parquet = pq.read_table(io.BytesIO(files["parquet"]))
        assert len(from_csv) - 1 == len(from_lines) == from_parquet.num_rows
        assert from_csv[0] == from_parquet.column_names
        assert all(list(line) == from_csv[0] for line in from_lines)
        assert sheet_cells(files["xlsx"])[: len(from_csv[0])] == from_csv[0]


def test_the_same_corpus_built_elsewhere_gives_the_same_bytes(store: Store, tmp_path: Path):
    for draft in reversed(ALL_DRAFTS):
        build(tmp_path, draft)
    other = Store.open(tmp_path)
    for name in TABLES_FOR_EXPORT:
        assert render(store, name, Filter(), "csv") == render(other, name, Filter(), "csv"), name


def test_a_workbook_does_not_tell_the_time(store: Store, monkeypatch: pytest.MonkeyPatch):
    first = render(store, "people", Filter(), "xlsx")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: date(2033, 5, 18).timetuple())
    assert render(store, "people", Filter(), "xlsx") == first


def test_rows_stand_alone_and_are_narrowed_like_the_page(store: Store):
    header, *lines = read_csv(render(store, "portrayals", Filter(people=(GRACE,), voices=("caption",)), "csv"))
    assert header[:6] == ["outlet", "date", "headline", "text", "voice", "sentiment"]
    assert len(lines) == 1
    row = dict(zip(header, lines[0], strict=True))
    assert (row["source"], row["published"], row["entity_id"]) == ("Herald", "2020-02-20", GRACE)
    assert row["text"] == "Hopper on a ship"
    assert row["p_negative"] == "0.25"


def test_what_a_person_reads_stands_before_what_a_machine_needs(store: Store):
    header, first, *_ = read_csv(render(store, "quotes", Filter(), "csv"))
    assert header[:9] == ["outlet", "date", "headline", "speaker", "text", "kind", "words", "how_sure", "url"]
    assert set(TABLES["quotes"].names) | {"source", "published"} <= set(header)
    assert len(header) == len(set(header))
    row = dict(zip(header, first, strict=True))
    assert (row["outlet"], row["date"]) == (row["source"], row["published"])
    assert read_csv(render(store, "people", Filter(), "csv"))[0][0] == "name"
    assert read_csv(render(store, "articles", Filter(), "csv"))[0][:3] == ["outlet", "date", "headline"]


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        (1.0, "sure"),
        (0.85, "sure"),
        (0.84, "likely"),
        (0.6, "likely"),
        (0.3, "check by reading"),
        (None, "check by reading"),
    ],
)
def test_how_sure_is_said_the_same_on_pages_and_in_files(store: Store, confidence: float | None, said: str):
    assert sureness.how_sure(confidence) == said
    assert store.rows_of(f"SELECT {sureness.sql('c')} FROM (SELECT CAST(? AS REAL) AS c)", [confidence]) == [(said,)]


def test_a_file_for_excel_says_that_it_is_unicode(store: Store):
    plain, marked = (render(store, "quotes", Filter(), form) for form in ("csv", "csv-excel"))
    assert marked == b"\xef\xbb\xbf" + plain


def test_entities_under_a_filter_are_those_of_its_articles(store: Store):
    lines = read_csv(render(store, "entities", Filter(people=(ADA,)), "csv"))[1:]
    assert {line[0] for line in lines} == {
        ADA,
        GRACE,
        "place:tx-dallas",
        "place:tx-dallas-county",
        "place:tx",
        "place:us",
    }
    assert len(read_csv(render(store, "entities", Filter(), "csv"))) == 1 + 9


# What may stand before a sign, and the same marked: where a cell begins, and where one begins for other programs.
BEFORE_A_SIGN = {
    **{blank: f"'{blank}" for blank in ("", " ", "\u00a0", "\u200b", "\ufeff ")},
    **{end: f"'{end}'" for end in ("\n", "\t", "\r", ";", " \u2060;", "\u2028")},
}
SIGNS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", "-", "+"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BEFORE_A_SIGN)
def test_no_cell_is_taken_for_a_formula(before: str, sign: str):
    cell, marked = before + sign, BEFORE_A_SIGN[before] + sign
    assert safe_cell(cell) == marked
    table = pa.table({"words": [cell], cell: ["plain"]})
    assert read_csv(encode(table, "csv")) == [["words", marked], [marked, "plain"]]
    assert sheet_cells(encode(table, "xlsx"))[0] == "words"
    assert json.loads(encode(table, "jsonl")) == {"words": cell, cell: "plain"}


@pytest.mark.parametrize("end", [";", "\t", "\n", "\r\n", "\u2028"])
def test_no_part_of_a_cell_is_taken_for_one_where_cells_end_otherwise(end: str):
    assert safe_cell(f"It said{end} =1+1;") == f"It said{end}' =1+1;"
    assert safe_cell(f'It said{end}"=1+1;') == f"It said{end}'\"=1+1;"
    assert safe_cell(f"{end}=1+1;") == f"'{end}'=1+1;"
    assert safe_cell(f"It said{end}so - and {end}x") == f"It said{end}so - and {end}x"


def test_a_file_says_how_many_cells_were_marked_or_are_too_long_for_a_spreadsheet():
    table = pa.table({"words": ["=1", "plain", "x" * 40_000, None], "list": [["=1"], [], ["a"], None]})
    assert changes(table.rename_columns(["@words", "list"]), "csv") == {
        "marked": 3,
        "longer than a spreadsheet's cell": 1,
    }
    assert changes(table, "xlsx") == {"cut": 1}
    assert changes(table, "jsonl") == {}


@pytest.mark.parametrize("cell", ["-1", "+1.5", "-.5e3", "", "a=b", "'", "−1", "1-2"])
def test_numbers_and_other_text_stay_as_they_are(cell: str):
    assert safe_cell(cell) == cell


def test_cells_of_every_type():
    table = pa.table(
        {
            "list": pa.array([["a", "b"], []]),
            "real": pa.array([0.1, None], pa.float32()),
            "whole": pa.array([-3, None], pa.int32()),
            "day": pa.array([date(2020, 2, 1), None]),
            "flag": [True, False],
            "text": ['a "b"\nc', "\x07 ünï 😀"],
            "not a number": [float("nan"), 1.0],
        }
    )
    assert read_csv(encode(table, "csv"))[1:] == [
        ["a; b", "0.1", "-3", "2020-02-01", "true", 'a "b"\nc', ""],
        ["", "", "", "", "false", "\x07 ünï 😀", "1.0"],
    ]
    assert json.loads(encode(table, "jsonl").splitlines()[0])["list"] == ["a", "b"]
    assert "a; b" in sheet_cells(encode(table, "xlsx"))


def test_a_cell_too_long_for_excel_is_cut_and_says_so():
    cells = sheet_cells(encode(pa.table({"text": ["x" * 40_000]}), "xlsx"))
    assert len(cells[1]) == 32_767
    assert cells[1].endswith("…")


def test_too_many_rows_for_excel_are_refused_with_advice(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("store.export._EXCEL_ROWS", 1)
    with pytest.raises(StoreError, match="Choose CSV"):
        encode(pa.table({"a": [1, 2]}), "xlsx")
    with pytest.raises(ValueError, match="csv, csv-excel, jsonl, parquet, xlsx"):
        encode(pa.table({"a": [1]}), "pdf")


def test_the_record_says_how_to_make_the_file_again(store: Store):
    chosen = Filter(people=(ADA,), sources=("The Daily",))
    line = record(store, "quotes", chosen, rows=1)
    assert "\n" not in line
    said = json.loads(line)
    assert said == {
        "table": "quotes",
        "filter": chosen.to_query(),
        "filter_in_words": "The Daily · naming or quoting Ada Lovelace",
        "rows": 1,
        "articles_not_analysed": 0,
        "snapshot": store.snapshot,
        "corrections": 0,
        "corrections_digest": "",
        "versions": store.versions,
        "checks": [],
    }
    assert Filter.from_query(said["filter"]) == (chosen, [])
