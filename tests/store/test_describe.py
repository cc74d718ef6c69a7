"""The documentation of the tables is the schema's own words."""

from __future__ import annotations

from pathlib import Path

from store.describe import data_dictionary
from store.schema import SORT_KEYS, TABLES


def test_the_documentation_of_the_tables_is_current():
    written = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")
    assert written == data_dictionary(), "run `python -m store.describe > docs/data.md`"


def test_every_column_is_explained_and_every_table_ordered():
    page = data_dictionary()
    for name, schema in TABLES.items():
        assert f"## {name}\n" in page
        assert set(SORT_KEYS[name]) <= set(schema.names)
        for field in schema:
            assert f"| `{field.name}` |" in page
            assert field.metadata[b"about"].decode().endswith(".")
