"""A data folder follows its sources: what is new is added, what is gone is dropped, and nothing is done twice."""

import json
import shutil
import sqlite3
import zlib
from pathlib import Path

import pytest

from pipeline import DEFAULT_MODEL
from pipeline.build import build as building
from pipeline.build.build import build
from pipeline.build.engines import InProcess, Pool
from pipeline.build.worker_pool import Lost
from store import Filter, Store, queries
from store.export import TABLES_FOR_EXPORT, render
from store.snapshot import kept

SEEDS = Path(__file__).parents[2] / "seeds"


def build_into(data, *sources, engine=None):
    return build(list(sources), data, engine or InProcess(), DEFAULT_MODEL)


def corpus(folder, texts):
    folder.mkdir(exist_ok=True)
    rows = [{"id": str(n), "source": f"Outlet {n}", "date": "2019-05-01", "text": text} for n, text in enumerate(texts)]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return folder


def texts_in(data):
    store = Store.open(data)
    return sorted(store.query("SELECT text FROM articles")["text"])


ONE = "Mayor Jane Roe spoke on Monday. “We will appeal,” Roe said."
TWO = "The council met in Denver, Colorado."
THREE = "Gov. John Doe refused. He said the law was clear."


@pytest.fixture(scope="module")
def seeds(own_seeds_store):
    return own_seeds_store


def test_the_five_seeds_are_built_without_a_problem(seeds):
    store = Store.open(seeds)
    counts = queries.counts(store, Filter())
    assert (counts.of, counts.sources, len(queries.problems(store))) == (5, 4, 0)


def test_an_unchanged_corpus_is_a_no_op(seeds):
    again = build_into(seeds, SEEDS)
    assert (again.added, again.removed, again.changed, again.snapshot) == (0, 0, False, 1)


def test_a_large_corpus_is_ready_for_its_first_reader(tmp_path, monkeypatch):
    corpus(tmp_path / "in", ["The mayor spoke.", "The clerk left."])
    monkeypatch.setattr(kept, "KEPT_FROM", 2)
    build_into(tmp_path / "data", tmp_path / "in")
    (ready,) = (tmp_path / "data").glob(kept.PATTERN)
    Store.open(tmp_path / "data").close()
    assert list((tmp_path / "data").glob(kept.PATTERN)) == [ready]


def test_a_small_corpus_is_opened_as_it_lies(tmp_path):
    corpus(tmp_path / "in", ["The mayor spoke."])
    build_into(tmp_path / "data", tmp_path / "in")
    assert not list((tmp_path / "data").glob(kept.PATTERN))


def test_a_changed_article_replaces_itself(tmp_path):
    sources = corpus(tmp_path / "in", [ONE, TWO])
    build_into(tmp_path / "data", sources)
    corpus(sources, [ONE, TWO + " It was late."])
    outcome = build_into(tmp_path / "data", sources)
    assert (outcome.articles, outcome.added, outcome.removed) == (2, 1, 1)
    assert texts_in(tmp_path / "data") == sorted([ONE, TWO + " It was late."])


def test_changed_metadata_is_taken_up_without_a_parse(tmp_path, monkeypatch):
    sources = corpus(tmp_path / "in", [ONE])
    build_into(tmp_path / "data", sources)
    file = sources / "articles.jsonl"
    file.write_text(file.read_text("utf-8").replace("2019-05-01", "2022-05-01"), "utf-8")

    def parse(*_):
        raise AssertionError("parsed again")

    monkeypatch.setattr("pipeline.build.annotator.Annotator.parse", lambda self, texts: parse() if list(texts) else [])
    outcome = build_into(tmp_path / "data", sources)
    assert (outcome.added, outcome.problems) == (1, [])
    row = Store.open(tmp_path / "data").query("SELECT published, administration FROM articles").iloc[0]
    assert (row["published"], row["administration"]) == ("2022-05-01", "administration:biden-2021")


def test_articles_that_left_the_sources_are_dropped(tmp_path):
    sources = corpus(tmp_path / "in", [ONE, TWO])
    build_into(tmp_path / "data", sources)
    outcome = build_into(tmp_path / "data", corpus(sources, [ONE]))
    assert (outcome.articles, outcome.added, outcome.removed) == (1, 0, 1)
    assert texts_in(tmp_path / "data") == [ONE]


def test_the_same_text_from_another_outlet_is_kept_and_marked(tmp_path):
    build_into(tmp_path / "data", corpus(tmp_path / "in", [ONE, ONE]))
    rows = Store.open(tmp_path / "data").query("SELECT source, article_id, duplicate_of FROM articles ORDER BY source")
    assert rows["duplicate_of"].tolist() == ["", rows["article_id"][0]]


class Killed(BaseException):
    """Stands for the process being killed: nothing in the pipeline catches it."""


class KilledAfter:
    """An engine whose process dies after so many batches."""

    def __init__(self, batches):
        self.batches = batches

    def run(self, function, items):
        for done, item in enumerate(items):
            if done == self.batches:
                raise Killed
            yield function(item)


def test_a_killed_build_leaves_the_old_snapshot_and_its_parses(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "_BATCH", 1)
    data = tmp_path / "data"
    build_into(data, corpus(tmp_path / "in", [ONE]))
    sources = corpus(tmp_path / "in", [ONE, TWO, THREE])
    with pytest.raises(Killed):
        build_into(data, sources, engine=KilledAfter(1))
    assert texts_in(data) == [ONE]

    cached = []
    real = building.ParseCache.get
    monkeypatch.setattr(building.ParseCache, "get", lambda self, key: cached.append(real(self, key)) or cached[-1])
    outcome = build_into(data, sources)
    assert (outcome.articles, outcome.added) == (3, 2)
    assert [parse is not None for parse in cached] == [True, False]
    assert texts_in(data) == sorted([ONE, TWO, THREE])


def test_an_article_that_cannot_be_analysed_costs_only_itself(tmp_path, monkeypatch):
    from pipeline.build.annotator import annotator

    analyse = annotator(DEFAULT_MODEL).analyse

    def fussy(self, doc, context):
        if "Denver" in doc.text:
            raise RuntimeError("no Denver")
        return analyse(doc, context)

    monkeypatch.setattr("pipeline.build.annotator.Annotator.analyse", fussy)
    outcome = build_into(tmp_path / "data", corpus(tmp_path / "in", [ONE, TWO, THREE]))
    assert (outcome.articles, outcome.added) == (2, 2)
    (problem,) = outcome.problems
    assert (problem.code, problem.origin_row, problem.used) == ("analysis-failed", 2, False)
    assert "no Denver" in problem.reason


def test_a_text_the_model_refuses_costs_only_itself(tmp_path, monkeypatch):
    from pipeline.build.annotator import annotator

    monkeypatch.setattr(annotator(DEFAULT_MODEL).nlp, "max_length", 200)
    outcome = build_into(tmp_path / "data", corpus(tmp_path / "in", [ONE, TWO * 20, THREE]))
    assert (outcome.articles, [p.code for p in outcome.problems]) == (2, ["analysis-failed"])


class Losing:
    """An engine whose workers die of one article."""

    def __init__(self, deadly):
        self.deadly, self.tried = deadly, []

    def run(self, function, items):
        for batch in items:
            for part in batch.parts():
                (task,) = part.tasks
                self.tried.append(task.article.text)
                yield Lost(part, "its process ended") if self.deadly in task.article.text else function(part)


def test_an_article_that_ends_its_workers_is_set_aside_until_it_changes(tmp_path):
    sources, data = corpus(tmp_path / "in", [ONE, TWO, THREE]), tmp_path / "data"
    engine = Losing("Denver")
    outcome = build_into(data, sources, engine=engine)
    assert (outcome.articles, outcome.added) == (2, 2)
    assert [(p.code, p.origin_row, p.used) for p in outcome.problems] == [("set-aside", 2, False)]
    assert "its process ended" in outcome.problems[0].reason

    again = build_into(data, sources, engine=engine)
    assert (again.articles, again.changed, again.problems) == (2, False, outcome.problems)
    assert engine.tried == [ONE, TWO, THREE]

    changed = build_into(data, corpus(sources, [ONE, TWO + " It was late.", THREE]), engine=engine)
    assert engine.tried[3:] == [TWO + " It was late."]
    assert len(changed.problems) == 1

    engine.deadly = "nothing"
    mended = build([sources], data, engine, DEFAULT_MODEL, retry=True)
    assert (mended.articles, mended.problems) == (3, [])


def test_parses_that_are_damaged_or_of_another_text_are_made_again(tmp_path):
    sources, data = corpus(tmp_path / "in", [ONE, TWO, THREE]), tmp_path / "data"
    build_into(data, sources)
    wanted = render(Store.open(data), "mentions", Filter(), "csv")
    for value in (zlib.compress(b"no parse"), "(SELECT doc FROM parses LIMIT 1)"):
        with sqlite3.connect(data / "parses.sqlite") as file:
            given = value if isinstance(value, str) else "?"
            file.execute(f"UPDATE parses SET doc = {given}", () if isinstance(value, str) else (value,))
        shutil.rmtree(data / "tables")
        (data / "manifest.json").unlink()
        outcome = build_into(data, sources)
        assert (outcome.articles, outcome.problems) == (3, [])
        assert render(Store.open(data), "mentions", Filter(), "csv") == wanted


def test_every_kind_of_bad_input_is_listed_and_the_rest_built(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "manifest.csv").write_text(
        "file,source,title,authors,published\ngood.txt,Outlet,,,2019-01-02\ngone.txt,Outlet,,,2019-01-02\n"
        "empty.txt,Outlet,,,2019-01-02\nwindows.txt,Outlet,,,2019-01-02\nlong.txt,Outlet,,,2019-01-02\n"
        "copy.txt,Outlet,,,2019-01-02\nold.txt,Outlet,,,0001-01-01\nfuture.txt,Outlet,,,2050-01-01\n",
        "utf-8",
    )
    (folder / "good.txt").write_text(ONE, "utf-8")
    (folder / "copy.txt").write_text(ONE, "utf-8")
    (folder / "old.txt").write_text(TWO, "utf-8")
    (folder / "future.txt").write_text(THREE, "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "windows.txt").write_bytes(b"Caf\xe9 closes.")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "long.txt").write_text("word " * 1_000_000, "utf-8")
    (folder / "rows.csv").write_text(
        "source,date,text\nOutlet,2019-01-02,\nOutlet,2019-01-02,A row with text.\n", "utf-8"
    )
    outcome = build_into(tmp_path / "data", folder)
    listed = queries.problems(Store.open(tmp_path / "data"))
    found = {(Path(row.origin).name, row.code, row.used) for row in listed.itertuples()}
    assert {
        ("manifest.csv", "missing-file", False),
        ("empty.txt", "empty-file", False),
        ("windows.txt", "encoding-guessed", True),
        ("picture.png", "unsupported", False),
        ("long.txt", "too-long", False),
        ("rows.csv", "no-text", False),
        ("good.txt", "duplicate", False),
    } <= found
    assert sorted(code for _, code, used in found if used) == [
        "encoding-guessed",
        "no-date",
        "no-date",
        "odd-date",
        "odd-date",
    ]
    assert all(reason for reason in listed["reason"])
    assert outcome.articles == 5
    assert texts_in(tmp_path / "data") == sorted([ONE, TWO, THREE, "A row with text.", "Café closes."])


class Backwards:
    """Workers whose answers come in the reverse order: what could change with the order then changes each time."""

    def run(self, function, items):
        return reversed([function(item) for item in items])


@pytest.mark.parametrize("engine", [Pool(2), Backwards()], ids=lambda engine: type(engine).__name__)
def test_equal_input_gives_equal_bytes(seeds, tmp_path, monkeypatch, engine):
    """However many workers, in whatever order batches are done, and after whatever other builds."""
    monkeypatch.setattr(building, "_BATCH", 1)
    data = tmp_path / "data"
    build_into(data, SEEDS / "002_ce0d26ec571f20d2.txt")
    outcome = build_into(data, SEEDS, engine=engine)
    assert (outcome.articles, outcome.added, outcome.removed, outcome.problems) == (5, 4, 0, [])
    first, second = Store.open(seeds), Store.open(data)
    for table in TABLES_FOR_EXPORT:
        assert render(first, table, Filter(), "csv") == render(second, table, Filter(), "csv"), table
    assert first.search("Albence") == second.search("Albence")


def test_offsets_point_into_the_original_text(seeds):
    store = Store.open(seeds)
    texts = dict(store.query("SELECT article_id, text FROM articles").itertuples(index=False))
    for row in store.query('SELECT article_id, start, "end", surface FROM mentions').itertuples():
        assert texts[row.article_id][row.start : row.end] == row.surface
    for row in store.query('SELECT article_id, start, "end", text FROM quotes').itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text


def test_every_word_is_in_exactly_one_passage(seeds):
    store = Store.open(seeds)
    for article_id, text in store.query("SELECT article_id, text FROM articles").itertuples(index=False):
        spans = store.query(
            'SELECT start, "end" FROM passages WHERE article_id = ? ORDER BY start', [article_id]
        ).itertuples(index=False)
        position, between = 0, []
        for start, end in spans:
            assert start >= position
            between.append(text[position:start])
            position = end
        between.append(text[position:])
        assert not any(character.isalnum() for gap in between for character in gap)


def test_sources_with_nothing_usable_still_say_why(tmp_path):
    empty = tmp_path / "in"
    empty.mkdir()
    (empty / "articles.jsonl").write_text("{not json\n", "utf-8")
    outcome = build_into(tmp_path / "data", empty)
    assert outcome.articles == 0
    assert [problem.origin_row for problem in outcome.problems] == [1]
    shutil.rmtree(empty)
