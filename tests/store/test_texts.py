"""Texts are fetched one by one from beside the search index, and from their table where an index holds none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from small_corpus import ALL_DRAFTS, begin_with

from store import Store
from store.errors import StoreError
from store.queries.texts import texts
from store.search import index
from store.snapshot import manifest
from store.snapshot.verify import measured

if TYPE_CHECKING:
    from pathlib import Path


def change_index(path: Path, sql: str) -> None:
    """Change the index as it stands, sums in the manifest and all."""
    current = manifest.read(path)
    with closing(sqlite3.connect(path / current.search)) as connection, connection:
        connection.execute(sql)
    files = {**current.files, **measured(path, [current.search], None)}
    manifest.write(path, replace(current, files=files))


def of_table(store: Store) -> dict[str, str]:
    return dict(store.rows_of("SELECT article_id, text FROM articles"))


def test_a_text_is_that_of_its_table(tmp_path):
    begin_with(tmp_path, *ALL_DRAFTS)
    store = Store.open(tmp_path)
    assert store.texts([*of_table(store), "nobody's"]) == of_table(store) == texts(store, of_table(store))


def test_an_index_of_before_is_read_past_and_made_anew(tmp_path):
    begin_with(tmp_path, *ALL_DRAFTS[:2])
    change_index(tmp_path, "DROP TABLE texts")
    before = Store.open(tmp_path)
    assert before.texts(sorted(of_table(before))) == {}
    assert texts(before, of_table(before)) == of_table(before)
    begin_with(tmp_path, *ALL_DRAFTS)
    after = Store.open(tmp_path)
    assert after.texts(sorted(of_table(after))) == of_table(after)
    assert len(index.documents(tmp_path / manifest.read(tmp_path).search)) == len(ALL_DRAFTS)


def test_a_damaged_text_says_what_to_do(tmp_path):
    begin_with(tmp_path, *ALL_DRAFTS)
    change_index(tmp_path, "UPDATE texts SET text = x'00'")
    store = Store.open(tmp_path)
    with pytest.raises(StoreError, match="build it again"):
        texts(store, of_table(store))
