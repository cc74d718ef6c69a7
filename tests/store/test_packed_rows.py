"""What is packed by article changes how soon an article is read, and nothing that is answered."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from small_corpus import ADA, ALL_DRAFTS, DAILY_ONE, DAILY_TWO, GRACE, HERALD, begin_with, build, id_of, tables_of

from store import Filter, Store, queries
from store.corrections.log import add, correction
from store.queries import evidence
from store.queries.conditions import TONE, as_shown
from store.snapshot import kept, packed_rows
from store.snapshot.writer import Writer

MOVED = {"entity": GRACE, "to": "person:grace-jones", "name": "Grace Jones", "articles": [id_of(HERALD)]}
CORRECTIONS = {
    "none": (),
    "a name": (("rename", {"entity": ADA, "name": "The Countess"}),),
    "two who are one": (("merge", {"entity": GRACE, "into": ADA}),),
    "one who is nobody": (("reject", {"entity": GRACE}),),
    "one who is another in one article": (("split", MOVED),),
    "another outlet": (("article", {"article": id_of(HERALD), "source": "Herald on Sunday"}),),
}
# Which rows are asked for, and in which order; each order and each voice at least once.
ASKED = (
    (Filter(), "published_from", "narration"),
    (Filter(people=(GRACE,)), "source", "caption"),
    (Filter(people=(ADA, GRACE)), "headline", "narration"),
    (Filter(sources=("The Daily",)), "published_from", "narration"),
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus that was prepared as a build prepares a large one: what is made does not hang on the folder."""
    path = tmp_path_factory.mktemp("prepared")
    begin_with(path, *ALL_DRAFTS)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kept, "KEPT_FROM", 1)
        Store.prepare(path)
    return path


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, prepared: Path) -> Path:
    """A copy of it, opened as a large corpus is."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(kept, "KEPT_FROM", 1)
    return tmp_path


def files(path: Path) -> list[Path]:
    return sorted(path.glob(packed_rows.PATTERN))


def answers(store: Store) -> dict[str, object]:
    """Answers that are made of rows of some articles."""
    given: dict[str, object] = {}
    for draft in ALL_DRAFTS:
        view = queries.article(store, id_of(draft))
        assert view
        given |= {f"{id_of(draft)} {name}": getattr(view, name) for name in asdict(view) if name != "article"}
    for chosen, sort, voice in ASKED:
        given[f"quotes {chosen.to_query()}"] = queries.quotes(store, chosen, sort=sort, limit=3, offset=1)
        given[f"naming {chosen.to_query()}"] = evidence.naming(store, chosen, GRACE, voice)
    return given


@pytest.mark.parametrize("corrections", CORRECTIONS.values(), ids=CORRECTIONS)
def test_answers_are_those_of_the_tables(large, monkeypatch, corrections):
    for what, said in corrections:
        add(large, correction(what, **said))
    packed = answers(Store.open(large))
    monkeypatch.setattr(packed_rows.PackedRows, "rows", lambda *_: None)
    from_tables = answers(Store.open(large))
    assert packed.keys() == from_tables.keys()
    for name, frame in packed.items():
        pd.testing.assert_frame_equal(frame, from_tables[name])


def test_an_article_has_the_types_and_the_sentiment_of_a_question_in_sql(large):
    store = Store.open(large)
    view = queries.article(store, id_of(HERALD))
    for name in ("passages", "quotes", "sentences"):
        rows = store.query(f"SELECT * FROM {name} WHERE article_id = ? ORDER BY 2", [id_of(HERALD)])
        known = rows.columns[rows.notna().any()]
        pd.testing.assert_frame_equal(getattr(view, name)[known], rows[known])
    sure = pa.table(
        {"p_negative": [0.95, 0.93, 0.01, 0.01], "p_positive": [0.01, 0.01, 0.98, 0.96], "sentiment": [9] * 4}
    )
    sure = sure.cast(pa.schema([("p_negative", pa.float32()), ("p_positive", pa.float32()), ("sentiment", pa.int32())]))
    shown = store.query(f"SELECT {TONE.format('')} AS sentiment FROM sure", given={"sure": sure})
    assert as_shown(sure)["sentiment"].to_pylist() == [-1, 0, 1, 0]
    assert shown["sentiment"].tolist() == [-1, 0, 1, 0]


def test_the_heading_of_an_article_has_the_types_of_a_row_of_a_frame(large):
    store = Store.open(large)
    frame = store.query("SELECT * FROM headers")
    for article_id in frame["article_id"]:
        row = store.query("SELECT * FROM headers WHERE article_id = ?", [article_id]).iloc[0].to_dict()
        heading = queries.article(store, article_id).article
        for name, value in heading.items():
            if name != "text":
                assert type(value) is type(row[name]), name
                assert str(value) == str(row[name])
    assert {"published_from", "own", "text_changes", "words"} < heading.keys()


def test_rows_of_an_article_are_fetched_at_once(large, monkeypatch):
    opened = []
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda file, **how: [opened.append(Path(file).name), connect(file, **how)][1]
    )
    assert len(queries.article(Store.open(large), id_of(HERALD)).quotes)
    assert sorted(name.partition("-")[0] for name in opened) == ["packed", "search"]


def test_only_what_was_analysed_anew_is_packed_anew(large, monkeypatch):
    packed = []
    pack = packed_rows._pack

    def noted(table: str, connection: object, article_ids: list[str]) -> dict[str, bytes]:
        packed.extend(article_ids if table == "quotes" else ())
        return pack(table, connection, article_ids)

    monkeypatch.setattr(packed_rows, "_pack", noted)
    Store.prepare(large)
    assert not packed
    again = tables_of(DAILY_TWO)
    again["article_keys"] = pa.table({"article_id": [id_of(DAILY_TWO)], "analysis_key": ["second"]})
    again["quotes"] = again["quotes"].slice(0, 1)
    with Writer.open(large, versions={"framelens": "test"}) as writer:
        writer.replace({id_of(DAILY_ONE)}, again)
        writer.commit()
    Store.prepare(large)
    assert packed == [id_of(DAILY_TWO)]
    store = Store.open(large)
    assert store._packed.rows("quotes", [id_of(DAILY_TWO)]).num_rows == 1
    assert store._packed.rows("mentions", [id_of(HERALD)]).num_rows == 5
    assert store._packed.rows("mentions", [id_of(DAILY_ONE)]).num_rows == 0


def test_nothing_is_left_of_an_article_that_is_forgotten(large):
    (before,) = files(large)
    with Writer.open(large, versions={"framelens": "test"}) as writer:
        writer.replace({id_of(HERALD)}, {})
        writer.commit(forget=True)
    assert not files(large)
    Store.prepare(large)
    assert files(large) != [before]
    assert len(files(large)) == 1


def test_a_reader_of_the_snapshot_before_asks_the_tables(large):
    older = Store.open(large)
    seen = answers(older)
    build(large, DAILY_ONE._replace(source="Another Daily"))
    Store.prepare(large)
    for name, frame in answers(older).items():
        pd.testing.assert_frame_equal(frame, seen[name])


@pytest.mark.parametrize("damage", [b"", b"no database at all", None])
def test_what_is_damaged_is_not_read(large, damage):
    expected = answers(Store.open(large))
    (file,) = files(large)
    content = file.read_bytes()
    file.write_bytes(content.replace(b"\x78\x9c", b"\x00\x00") if damage is None else damage)
    for name, frame in answers(Store.open(large)).items():
        pd.testing.assert_frame_equal(frame, expected[name])


def test_where_it_cannot_be_written_the_tables_are_read(tmp_path, monkeypatch):
    begin_with(tmp_path, *ALL_DRAFTS)
    monkeypatch.setattr(kept, "KEPT_FROM", 1)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(packed_rows.sqlite3, "connect", refuse)
    Store.prepare(tmp_path)
    monkeypatch.undo()
    assert not files(tmp_path)
    assert len(queries.article(Store.open(tmp_path), id_of(HERALD)).mentions) == 5
