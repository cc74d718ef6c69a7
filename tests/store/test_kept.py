"""What readers keep beside a large corpus changes how soon it opens, and nothing that is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest
from small_corpus import ADA, ALL_DRAFTS, GRACE, HERALD, begin_with, build, id_of

from store import Filter, Store, queries
from store.corrections.log import add, correction
from store.snapshot import kept

if TYPE_CHECKING:
    from pathlib import Path

CORRECTIONS = {
    "none": (),
    "a name": (("rename", {"entity": ADA, "name": "The Countess"}),),
    "an outlet": (("article", {"article": id_of(HERALD), "source": "The Daily"}),),
    "a day": (("article", {"article": id_of(HERALD), "published": "2001-02-03"}),),
    "two who are one": (("merge", {"entity": GRACE, "into": ADA}), ("rename", {"entity": ADA, "name": "Both"})),
}


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A small corpus that is opened as a large one is."""
    begin_with(tmp_path, *ALL_DRAFTS)
    monkeypatch.setattr(kept, "KEPT_FROM", 1)
    return tmp_path


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all that can be asked of a store."""
    names = store.rows_of(
        "SELECT table_name FROM information_schema.tables WHERE table_catalog <> 'kept' ORDER BY table_name"
    )
    return {name: sorted(store.rows_of(f'SELECT * FROM "{name}"'), key=repr) for (name,) in names}


def files(path: Path) -> list[Path]:
    return sorted(path.glob(kept.PATTERN))


@pytest.mark.parametrize("corrections", CORRECTIONS.values(), ids=CORRECTIONS)
def test_every_row_is_the_one_that_would_be_made_in_memory(large, monkeypatch, corrections):
    for what, said in corrections:
        add(large, correction(what, **said))
    made = everything(Store.open(large))
    beside = files(large)
    assert len(beside) == (2 if corrections else 1)
    read = everything(Store.open(large))
    assert files(large) == beside
    monkeypatch.setattr(kept, "KEPT_FROM", 10**9)
    in_memory = everything(Store.open(large))
    assert made == read == in_memory
    assert {"headers", "present", "entities", "article_speakers", "lineage"} <= set(read)


@pytest.mark.parametrize("corrections", CORRECTIONS.values(), ids=CORRECTIONS)
def test_stories_are_listed_from_the_file_as_they_would_be_worked_out(large, monkeypatch, corrections):
    for what, said in corrections:
        add(large, correction(what, **said))
    store = Store.open(large)
    tables = store.rows_of("SELECT table_name FROM duckdb_tables() WHERE database_name = 'kept'")
    assert {("story_list",), ("story_articles",)} <= set(tables)
    monkeypatch.setattr(kept, "KEPT_FROM", 10**9)
    in_memory = Store.open(large)
    for chosen in (Filter(), Filter(sources=("Herald",)), Filter(sources=("The Daily",))):
        listed = queries.stories(store, chosen)
        assert listed.equals(queries.stories(in_memory, chosen))
        assert chosen != Filter() or len(listed)


def test_the_file_is_read_and_nothing_made_again(large, monkeypatch):
    Store.open(large).close()

    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(kept.Kept, "made", fail)
    assert Store.open(large)._kept == files(large)[0]


def test_a_correction_has_a_file_of_its_own_and_takes_the_place_of_the_last(large):
    Store.open(large).close()
    (before,) = files(large)
    add(large, correction("rename", entity=ADA, name="The Countess"))
    renamed = Store.open(large)
    (first,) = {*files(large)} - {before}
    assert renamed.rows_of("SELECT name FROM entities WHERE entity_id = ?", [ADA]) == [("The Countess",)]
    add(large, correction("rename", entity=ADA, name="The Lady"))
    Store.open(large).close()
    (second,) = {*files(large)} - {before}
    assert first != second


def test_a_corrected_file_begins_as_the_one_of_the_snapshot_as_it_was_built(large, monkeypatch):
    Store.open(large).close()
    add(large, correction("rename", entity=ADA, name="The Countess"))
    made = set()
    run = kept.InFile.execute

    def noted(maker: kept.InFile, sql: str, values: tuple[object, ...] = ()) -> None:
        found = kept._TABLE.match(sql)
        if found and found.group(1) not in maker._there:
            made.add(found.group(1))
        run(maker, sql, values)

    monkeypatch.setattr(kept.InFile, "execute", noted)
    Store.open(large).close()
    assert "new_entities" in made
    assert not {"headers", "present", "article_speakers", "placed", "story_facts"} & made


def test_without_the_file_of_the_snapshot_as_it_was_built_both_are_made(large):
    add(large, correction("rename", entity=ADA, name="The Countess"))
    opened = Store.open(large)
    assert len(files(large)) == 2
    assert opened.rows_of("SELECT name FROM entities WHERE entity_id = ?", [ADA]) == [("The Countess",)]


def test_the_next_build_leaves_nothing_of_articles_that_were_taken_out(large):
    Store.open(large).close()
    assert files(large)
    build(large, *ALL_DRAFTS[:1])
    assert not files(large)


def test_a_damaged_file_is_made_anew(large):
    Store.open(large).close()
    (file,) = files(large)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    again = Store.open(large)
    assert again._kept == files(large)[0] != file
    assert again.rows_of("SELECT count(*) FROM headers") == [(4,)]


def test_a_file_that_holds_more_than_tables_is_not_read(large):
    Store.open(large).close()
    (file,) = files(large)
    with duckdb.connect(file) as other:
        other.execute("CREATE OR REPLACE VIEW everything AS SELECT 1")
    foreign = file.with_name(f"{file.name.rpartition('-')[0]}-{kept.checksum(file)[:16]}.duckdb")
    file.rename(foreign)
    assert Store.open(large)._kept != foreign
    assert not foreign.exists()


def test_where_it_cannot_be_written_tables_are_made_in_memory(large, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(kept, "_attach", refuse)
    opened = Store.open(large)
    assert opened._kept is None
    assert not files(large)
    assert opened.rows_of("SELECT count(*) FROM headers") == [(4,)]


def test_what_nobody_finished_is_removed_once_it_is_old(large, monkeypatch):
    leftover = large / "reading-1-abc.duckdb.def.part"
    leftover.write_bytes(b"half")
    Store.open(large).close()
    assert leftover.exists()
    monkeypatch.setattr(kept, "_ABANDONED", -1)
    add(large, correction("rename", entity=ADA, name="The Countess"))
    Store.open(large).close()
    assert not leftover.exists()
