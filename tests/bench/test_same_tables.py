"""The comparison of two versions takes rows from all of its texts, and shows the first row that differs."""

import gzip
import json

from bench.same_tables import difference, rows_of


def test_rows_are_taken_from_all_over_the_texts(tmp_path):
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl.gz"
    first.write_text("".join(json.dumps({"text": f"first {row}"}) + "\n" for row in range(6)), encoding="utf-8")
    with gzip.open(second, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"text": text}) + "\n" for text in ("second 0", "", "second 2"))
    assert [row["text"] for row in rows_of([first, second], 4)] == ["first 0", "first 2", "first 4", "second 0"]
    assert len(rows_of([first, second], 100)) == 8


def test_what_differs_is_shown_by_its_first_row():
    assert difference(b'{"a": 1}\n{"a": 2}\n', b'{"a": 1}\n{"a": 2}\n') == ""
    shown = difference(b'{"a": 1}\n{"a": 2}\n', b'{"a": 1}\n{"a": 3}\n')
    assert "1 of 2 rows, first row 2" in shown
    assert '{"a": 2}' in shown
    assert '{"a": 3}' in shown
    assert "2 rows before, 1 after" in difference(b"{}\n{}\n", b"{}\n")
