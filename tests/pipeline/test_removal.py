"""An article that is removed is gone from every file of the data folder, and no build brings it back."""

import json
import sqlite3
import zipfile
from contextlib import closing

import pyarrow.parquet as pq
import pytest

from pipeline import DEFAULT_MODEL
from pipeline.build.build import build
from pipeline.build.engines import InProcess
from pipeline.build.removal import remove
from pipeline.readers import Choices, choices, read_files, read_sources, removed
from pipeline.readers.article import Article
from pipeline.readers.originals import keep_articles, without_covers
from pipeline.readers.tables.kept import END
from store import Filter, Store, queries
from store.export import TABLES_FOR_EXPORT
from tests.pipeline.readers import database_samples
from tests.pipeline.readers.samples import A, B

# In both texts, so that they are one story; each has words of its own that stand in no other text.
SHARED = " The lighthouse keeper Tamsin Orwell of Quillhaven reported the collapse to the county commission on Friday."
TEXTS = {"Ledger": A.text + SHARED + " Zanthoria.", "Courier": A.text + SHARED, "Times": B.text}


def built(data, sources):
    return build([sources], data, InProcess(), DEFAULT_MODEL, choices=choices.load(data))


def upload(data):
    """An upload with three articles, one of them twice: in a ZIP too."""
    first = data / "sources" / "2024-05-01 120000"
    first.mkdir(parents=True)
    days = {"Times": "2020-03-09"}  # another story, whose headline is like theirs
    rows = [
        {"outlet": o, "date": days.get(o, "2020-02-15"), "title": f"{o} on the roof", "text": t}
        for o, t in TEXTS.items()
    ]
    (first / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with zipfile.ZipFile(data / "sources" / "more.zip", "w") as archive:
        archive.writestr("b.json", json.dumps(rows[:1]))
    return data / "sources"


def everything(data):
    """All that the files of a folder say, tables and databases read out."""
    found = []
    for path in sorted(data.rglob("*")):
        if path.suffix == ".parquet":
            found.append(str(pq.read_table(path).to_pylist()))
        elif path.suffix == ".sqlite":
            with closing(sqlite3.connect(path)) as file:
                if path.name.startswith("search"):
                    file.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab('main', 'words', 'row')")
                    found.append(str(file.execute("SELECT term FROM temp.v").fetchall()))
            found.append(path.read_bytes().decode("latin-1"))
        elif path.is_file():
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(found).lower()


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    data = tmp_path_factory.mktemp("removal") / "data"
    sources = upload(data)
    built(data, sources)
    before = everything(data)
    ids = {row.source: row.article_id for row in queries.articles(Store.open(data), Filter()).itertuples()}
    with closing(sqlite3.connect(data / "parses.sqlite")) as file:
        parses = file.execute("SELECT count(*) FROM parses").fetchone()[0]
    done = remove(data, {ids["Ledger"]}, DEFAULT_MODEL)
    return data, sources, ids, before, done, parses


def test_nothing_of_it_is_left_in_any_file(after):
    data, _, _, before, done, parses = after
    assert (done.removed, done.remaining, done.elsewhere) == (1, 2, ())
    assert "zanthoria" in before
    assert "zanthoria" not in everything(data)
    assert "ledger on the roof" not in everything(data)
    with closing(sqlite3.connect(data / "parses.sqlite")) as file:
        assert file.execute("SELECT count(*) FROM parses").fetchone()[0] == parses - 1 == 2


def test_the_others_stay_as_they_were(after):
    data, _, ids, *_ = after
    store = Store.open(data)
    assert {row.article_id for row in queries.articles(store, Filter()).itertuples()} == {ids["Courier"], ids["Times"]}
    assert store.search("Tamsin Orwell") == (ids["Courier"],)
    assert store.rows_of("SELECT story_id, duplicate_of FROM headers") == [("", ""), ("", "")]
    assert not TABLES_FOR_EXPORT["stories"](store, Filter()).num_rows


def test_a_build_does_not_bring_it_back(after, tmp_path):
    data, sources, ids, *_ = after
    outcome = built(data, sources)
    assert (outcome.articles, outcome.removed) == (2, 0)
    # Nor does the same article in another file, or under another name of its outlet.
    again = tmp_path / "again.jsonl"
    again.write_text(json.dumps({"outlet": "Ledger", "text": TEXTS["Ledger"]}), "utf-8")
    (problem,) = [item for item in read_sources([again], choices.load(data)) if not isinstance(item, Article)]
    assert (problem.code, problem.used) == ("removed", False)
    assert removed.take_back(data, ids["Ledger"])
    assert next(type(item) for item in read_sources([again], choices.load(data))) is Article


def test_a_file_of_the_users_own_is_not_touched_and_passed_over(tmp_path):
    own = tmp_path / "mine" / "a.jsonl"
    own.parent.mkdir()
    own.write_text("\n".join(json.dumps({"outlet": o, "text": t}) for o, t in TEXTS.items()), "utf-8")
    data = tmp_path / "data"
    built(data, own.parent)
    content = own.read_bytes()
    ids = {row.source: row.article_id for row in queries.articles(Store.open(data), Filter()).itertuples()}
    done = remove(data, {ids["Times"]}, DEFAULT_MODEL)
    assert (done.elsewhere, own.read_bytes()) == ((str(own),), content)
    assert "removed" in set(queries.problems(Store.open(data))["code"])
    outcome = built(data, own.parent)
    assert (outcome.articles, [p.code for p in outcome.problems if not p.used]) == (2, ["removed"])
    with pytest.raises(ValueError, match="There is no article nobody"):
        remove(data, {"nobody"}, DEFAULT_MODEL)


def test_what_is_kept_of_a_download_is_read_as_the_download_was_without_its_cover(tmp_path):
    folder = tmp_path / "upload"
    folder.mkdir()
    database_samples.docx(folder / "a.docx", database_samples.nexis_paragraphs(A, B))
    before = list(read_files([folder]))
    keep_articles([folder], folder, Choices())
    (kept,) = folder.iterdir()
    assert kept.name == f"articles{END}"
    assert "Private" not in kept.read_text("utf-8")
    assert list(read_files([folder])) == before


def test_a_line_that_was_tampered_with_is_listed(tmp_path):
    (tmp_path / f"a{END}").write_text('{"what": "article", "text": 1}\n[]\n', "utf-8")
    assert [(item.code, item.used) for item in read_files([tmp_path])] == [("bad-json", False)] * 2


def test_of_an_upload_a_databases_cover_is_not_kept_and_other_files_stay(tmp_path):
    upload = tmp_path / "upload"
    upload.mkdir()
    database_samples.docx(upload / "a.docx", database_samples.nexis_paragraphs(A))
    (upload / "b.txt").write_text(B.text, "utf-8")
    with zipfile.ZipFile(upload / "c.zip", "w") as archive:
        archive.write(upload / "a.docx", "download.docx")
    before = {item.article_id for item in read_sources([upload]) if isinstance(item, Article)}
    assert without_covers(upload, Choices()) == ["a.docx", "c.zip"]
    assert sorted(path.name for path in upload.iterdir()) == [f"a.docx{END}", "b.txt", f"c.zip{END}"]
    assert not any(b"Private" in path.read_bytes() for path in upload.iterdir())
    assert {item.article_id for item in read_sources([upload]) if isinstance(item, Article)} == before
