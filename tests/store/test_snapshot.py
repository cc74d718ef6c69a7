"""A build can be killed at any instant; readers see whole snapshots only."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from small_corpus import (
    ALL_DRAFTS,
    DAILY_ONE,
    DAILY_TWO,
    HERALD,
    UNDATED,
    begin_with,
    build,
    everything,
    id_of,
    sources,
    tables_of,
)

from store import BuildRunning, Filter, SchemaMismatch, Store, StoreError, StoreMissing, queries
from store.snapshot import delta_tables
from store.snapshot.delta_tables import ALL, BY_ARTICLE, files
from store.snapshot.manifest import COPY, NAME, read_any
from store.snapshot.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = {"framelens": "test"}
STEPS = ["wrote articles", "wrote mentions", f"wrote {BY_ARTICLE[-1]}", "wrote entities", "searchable", "committed"]


class KilledError(Exception):
    pass


def replace(path: Path, removed: set[str], added: dict[str, pa.Table]) -> int:
    with Writer.open(path, versions=VERSIONS) as writer:
        writer.replace(removed, added)
        return writer.commit()


def test_nothing_built_says_what_to_run(tmp_path: Path):
    with pytest.raises(StoreMissing, match="python -m pipeline build"):
        Store.open(tmp_path)
    assert Store.current_snapshot(tmp_path) is None
    assert Store.current_snapshot(tmp_path / "nowhere") is None


def test_snapshots_are_numbered_and_hold_what_was_built(tmp_path: Path):
    assert build(tmp_path, DAILY_ONE) == 1
    assert build(tmp_path, HERALD) == 2
    store = Store.open(tmp_path)
    assert (store.snapshot, Store.current_snapshot(tmp_path)) == (2, 2)
    assert sources(store) == ["Herald", "The Daily"]
    assert store.versions["framelens"] == "test"
    assert store.rows["articles"] == 2


def test_an_empty_corpus_can_be_opened(tmp_path: Path):
    with Writer.open(tmp_path, versions=VERSIONS) as writer:
        assert writer.commit() == 1
        assert writer.commit() == 1
    store = Store.open(tmp_path)
    assert queries.counts(store, Filter()).articles == 0
    assert queries.facet(store, Filter(), "people").empty
    assert queries.articles(store, Filter(text="a")).empty


def test_readers_keep_their_snapshot_while_a_build_goes_on(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE, HERALD)
    first = Store.open(tmp_path)
    before = everything(first)
    with Writer.open(tmp_path, versions=VERSIONS) as writer:
        writer.replace({id_of(HERALD)}, tables_of(DAILY_TWO))
        second = Store.open(tmp_path)
        writer.commit()
        assert everything(first) == everything(second) == before
        assert first.search("engine") == second.search("engine") == (id_of(DAILY_ONE),)
        assert first.search("debated") == (id_of(HERALD),)
    third = Store.open(tmp_path)
    assert sources(third) == ["The Daily", "The Daily"]
    assert third.search("debated") == ()
    assert everything(first) == before


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("clean")
    build(path, DAILY_ONE, DAILY_TWO, UNDATED)
    return Store.open(path)


@pytest.mark.parametrize("step", ["staged", *STEPS])
def test_a_build_killed_at_any_step_loses_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clean: Store, step: str
):
    begin_with(tmp_path / "store", DAILY_ONE, HERALD)
    reader = Store.open(tmp_path / "store")
    before = everything(reader)
    removed, added = {id_of(HERALD)}, tables_of(DAILY_TWO, UNDATED)

    def die(self: Writer, reached: str) -> None:
        if reached == step:
            raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(Writer, "_reached", die)
        # The scratch folder of a killed process stays.
        patched.setattr(shutil, "rmtree", lambda *args, **kwargs: None)
        with pytest.raises(KilledError):
            replace(tmp_path / "store", removed, added)
    assert everything(reader) == before
    done = step == "committed"
    assert Store.current_snapshot(tmp_path / "store") == (2 if done else 1)
    if not done:
        assert everything(Store.open(tmp_path / "store")) == before

    # Putting in once more what the finished build put in gives a third snapshot of the same rows.
    assert replace(tmp_path / "store", removed, added) == (3 if done else 2)
    mended = Store.open(tmp_path / "store")
    assert everything(mended) == everything(clean)
    for words in ("danger", "debated", "engines", "nobody"):
        assert mended.search(words) == clean.search(words)


def test_a_first_build_that_was_killed_is_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def die(self: Writer, reached: str) -> None:
        if reached == "searchable":
            raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(Writer, "_reached", die)
        with pytest.raises(KilledError):
            build(tmp_path, DAILY_ONE, HERALD)
    with pytest.raises(StoreMissing):
        Store.open(tmp_path)
    assert build(tmp_path, DAILY_TWO) == 1
    store = Store.open(tmp_path)
    assert sources(store) == ["The Daily"]
    assert store.search("debated") == ()


def test_a_manifest_half_written_is_never_the_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    begin_with(tmp_path, DAILY_ONE)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space"):
            build(tmp_path, HERALD)
    assert sources(Store.open(tmp_path)) == ["The Daily"]
    assert build(tmp_path, HERALD) == 2


def test_nothing_changed_makes_no_snapshot(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE)
    written = (tmp_path / NAME).read_bytes()
    problems = pa.Table.from_pylist(
        [{"origin": "a.txt", "origin_row": 0, "code": "empty-file", "reason": "Empty.", "used": False}],
        schema=ALL["problems"],
    )
    with Writer.open(tmp_path, versions={"framelens": "another"}) as writer:
        writer.replace({"an article nobody has"}, {})
        writer.rewrite("problems", ALL["problems"].empty_table())
        writer.amend(pa.table({"article_id": [id_of(DAILY_ONE)], "story_id": ["story:engines"]}))
        assert writer.commit() == 1
    assert (tmp_path / NAME).read_bytes() == written
    for expected in (2, 2):
        with Writer.open(tmp_path, versions=VERSIONS) as writer:
            writer.rewrite("problems", problems)
            assert writer.commit() == expected
    assert queries.problems(Store.open(tmp_path))["code"].tolist() == ["empty-file"]


def test_the_same_build_gives_the_same_rows_however_it_is_cut_into_shards(tmp_path: Path):
    build(tmp_path / "one", *ALL_DRAFTS)
    with Writer.open(tmp_path / "many", versions=VERSIONS) as writer:
        for draft in reversed(ALL_DRAFTS):
            writer.replace(set(), tables_of(draft))
        writer.replace(set(), tables_of(HERALD))
        writer.commit()
    for draft in ALL_DRAFTS:
        build(tmp_path / "appended", draft)
    stores = [Store.open(tmp_path / name) for name in ("one", "many", "appended")]
    assert everything(stores[0]) == everything(stores[1]) == everything(stores[2])


def test_an_article_taken_out_after_it_was_staged_is_not_built(tmp_path: Path):
    with Writer.open(tmp_path, versions=VERSIONS) as writer:
        writer.replace(set(), tables_of(DAILY_ONE, HERALD))
        writer.replace({id_of(HERALD)}, {})
        writer.commit()
    assert sources(Store.open(tmp_path)) == ["The Daily"]


def test_an_analysis_done_again_replaces_the_rows_of_its_articles(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE, HERALD)
    again = tables_of(HERALD)
    again["quotes"] = ALL["quotes"].empty_table()
    again["article_keys"] = pa.table({"article_id": [id_of(HERALD)], "analysis_key": ["second"]})
    with Writer.open(tmp_path, versions=VERSIONS) as writer:
        keys = writer.article_keys()
        assert keys["analysis_key"].to_pylist() == ["first", "first"]
        writer.replace({id_of(HERALD)}, again)
        writer.commit()
        keys = {row["article_id"]: row["analysis_key"] for row in writer.article_keys().to_pylist()}
    assert keys == {id_of(DAILY_ONE): "first", id_of(HERALD): "second"}
    store = Store.open(tmp_path)
    assert store.rows_of("SELECT DISTINCT article_id FROM quotes") == [(id_of(DAILY_ONE),)]
    assert store.search("debated") == (id_of(HERALD),)


def test_stories_are_set_without_building_articles_again(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE, HERALD)
    with Writer.open(tmp_path, versions=VERSIONS) as writer:
        writer.replace(set(), tables_of(UNDATED))
        ids = [id_of(HERALD), id_of(UNDATED)]
        writer.amend(pa.table({"article_id": ids, "story_id": ["story:new", "story:new"]}))
        writer.commit()
    found = dict(Store.open(tmp_path).rows_of("SELECT article_id, story_id FROM articles"))
    assert found == {id_of(DAILY_ONE): "story:engines", id_of(HERALD): "story:new", id_of(UNDATED): "story:new"}


def test_tables_and_columns_that_do_not_exist_are_refused(tmp_path: Path):
    with Writer.open(tmp_path, versions=VERSIONS) as writer:
        with pytest.raises(ValueError, match="terms"):
            writer.replace(set(), {"terms": pa.table({})})
        with pytest.raises(ValueError, match="articles cannot be rewritten"):
            writer.rewrite("articles", pa.table({}))
        with pytest.raises(ValueError, match="story_id"):
            writer.amend(pa.table({"article_id": ["a"], "text": ["b"]}))


def test_two_builds_at_once_are_refused_with_a_reason(tmp_path: Path):
    with Writer.open(tmp_path, versions=VERSIONS), pytest.raises(BuildRunning, match=str(os.getpid())):
        Writer.open(tmp_path, versions=VERSIONS)
    build(tmp_path, DAILY_ONE)


def _hold_and_die(path: Path) -> None:
    Writer.open(path, versions=VERSIONS)
    os._exit(9)


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE)
    process = multiprocessing.get_context("spawn").Process(target=_hold_and_die, args=(tmp_path,))
    process.start()
    process.join()
    assert process.exitcode == 9
    assert (tmp_path / "building").is_dir()
    assert build(tmp_path, HERALD) == 2
    assert not (tmp_path / "building").exists()


def test_another_versions_store_says_so_and_is_built_anew(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE)
    old = json.loads((tmp_path / NAME).read_text())
    (tmp_path / COPY).unlink()
    (tmp_path / NAME).write_text(json.dumps({**old, "schema": 0, "checksum": None}))
    with pytest.raises(SchemaMismatch, match=r"another version.*python -m pipeline build"):
        Store.open(tmp_path)
    assert Store.current_snapshot(tmp_path) == 1
    with Writer.open(tmp_path, versions=VERSIONS) as writer:
        assert not writer.article_keys().num_rows
        writer.replace(set(), tables_of(HERALD))
        assert writer.commit() == 2
    assert sources(Store.open(tmp_path)) == ["Herald"]


def test_a_store_held_open_over_many_commits_says_to_reload(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE, HERALD)
    held = Store.open(tmp_path)
    for draft in (DAILY_TWO, UNDATED, HERALD):
        build(tmp_path, draft, removed={id_of(DAILY_ONE)})
    for ask in (held.query, held.rows_of, held.arrow):
        with pytest.raises(StoreError, match="Reload the page"):
            ask("SELECT * FROM quotes")
    with pytest.raises(StoreError, match="reload the page"):
        held.search("engine")


def test_searching_leaves_nothing_beside_the_index(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE)
    before = sorted(path.name for path in tmp_path.iterdir())
    assert Store.open(tmp_path).search("engine") == (id_of(DAILY_ONE),)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_missing_tables_are_named(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE)
    shutil.rmtree(tmp_path / "tables" / "quotes")
    with pytest.raises(StoreError, match="Build the corpus again"):
        Store.open(tmp_path)


def test_files_of_the_last_two_snapshots_are_kept_and_older_ones_removed(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE)
    oldest = Store.open(tmp_path)
    for number, draft in enumerate((HERALD, DAILY_TWO, UNDATED)):
        build(tmp_path, draft, removed={id_of(ALL_DRAFTS[number])} if number else set())
    middle = len(list((tmp_path / "tables").rglob("*.parquet")))
    build(tmp_path, DAILY_ONE, removed={id_of(UNDATED)})
    assert len(list((tmp_path / "tables").rglob("*.parquet"))) <= middle
    with pytest.raises(StoreError, match="Reload"):
        oldest.query("SELECT * FROM quotes")
    assert Store.open(tmp_path).rows["articles"] == len(sources(Store.open(tmp_path)))


def test_many_small_builds_are_gathered_into_few_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("store.snapshot.writer.MOST_FILES", 2)
    for draft in ALL_DRAFTS:
        build(tmp_path, draft)
    store = Store.open(tmp_path)
    assert sources(store) == ["Herald", "Herald", "The Daily", "The Daily"]
    current = read_any(tmp_path)
    assert current is not None
    assert len(files(tmp_path, "mentions", current.tables["mentions"])) <= 2


def test_a_lost_search_index_is_made_again(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE)
    for file in tmp_path.glob("search-*"):
        file.unlink()
    with pytest.raises(StoreError, match="search index"):
        Store.open(tmp_path).search("engine")
    build(tmp_path, HERALD)
    store = Store.open(tmp_path)
    assert store.search("engine") == (id_of(DAILY_ONE),)
    assert store.search("debated") == (id_of(HERALD),)


def test_folders_with_odd_names_work_or_are_refused_with_a_reason(tmp_path: Path):
    for name in ("with space", "é ü", "it's", "q?*"):
        build(tmp_path / name, DAILY_ONE, HERALD)
        assert Store.open(tmp_path / name).search("engine") == (id_of(DAILY_ONE),)
    with pytest.raises(StoreError, match="another folder"):
        build(tmp_path / "a[1]", DAILY_ONE)


def test_a_snapshot_without_the_copies_by_article_is_read_and_built_on(tmp_path: Path):
    begin_with(tmp_path, DAILY_ONE, HERALD)
    whole = Store.open(tmp_path)
    file = tmp_path / "manifest.json"
    held = json.loads(file.read_text("utf-8"))
    for copy in delta_tables.ARTICLE_COPIES:
        del held["tables"][copy]
    file.write_text(json.dumps(held), "utf-8")
    older = Store.open(tmp_path)
    seen = queries.article(older, id_of(HERALD))
    assert seen is not None
    assert seen.mentions.equals(queries.article(whole, id_of(HERALD)).mentions)
    build(tmp_path, DAILY_TWO)
    newer = Store.open(tmp_path)
    for copy, name in delta_tables.ARTICLE_COPIES.items():
        assert newer.rows[copy] == newer.rows[name] > 0
        rows = newer.query(f"SELECT * FROM {copy} EXCEPT ALL SELECT * FROM {name}")
        assert rows.empty
