"""No text becomes a formula, whatever a spreadsheet takes for the end of a cell."""

import re

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from store.export import encode

# Signs, what shows nothing before them, what ends cells, quotes and letters, each more often than chance has it.
parts = (
    st.sampled_from(["=1+1", "@SUM(A1)", "-", "+", "＝1", "＋", "－", "＠A1"])
    | st.sampled_from([" ", "\u00a0", "\u200b", "\ufeff", "\u3000", '"', "'"])
    | st.sampled_from([";", ";", ",", "\t", "\r\n", "\n", "\u2028"])
    | st.sampled_from(["a", "1", ".5", "said"])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
)
tricky = st.lists(parts, max_size=6).map("".join)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_SHOWS_NOTHING = re.compile(r"[\s\u200b\ufeff]+")


def cells(text, separator):
    """Cells as Excel reads them: quotes count where a cell begins with one; what follows the closing one is kept."""
    at, cell, found = 0, "", []
    while at < len(text):
        if text[at] == '"' and not cell:
            at += 1
            while (at < len(text) and text[at : at + 1] != '"') or text[at : at + 2] == '""':
                cell += text[at]
                at += 2 if text[at : at + 2] == '""' else 1
            at += 1
            while at < len(text) and text[at] not in (separator, "\r", "\n"):
                cell += text[at]
                at += 1
        elif text[at] in (separator, "\r", "\n"):
            found.append(cell)
            cell = ""
            at += 1
        else:
            cell += text[at]
            at += 1
    return [*found, cell]


@settings(max_examples=400)
@given(name=tricky.filter(bool), rows=st.lists(tricky, min_size=1, max_size=3), first=tricky)
def test_no_text_and_no_column_becomes_a_formula_however_cells_are_parted(name, rows, first):
    table = pa.table({"first": [first] * len(rows), name if name != "first" else "other": rows})
    written = encode(table, "csv").decode("utf-8")
    for separator in (",", ";", "\t"):
        for cell in cells(written, separator):
            shown = _SHOWS_NOTHING.sub("", cell)
            assert not shown.startswith(tuple("=+-@＝＋－＠")) or _NUMBER.fullmatch(cell), (separator, cell)
