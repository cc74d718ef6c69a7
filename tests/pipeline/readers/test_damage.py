"""Damage that stopped a reader once: the file is listed or read, and those beside it are read."""

import random
import sqlite3
import zipfile
from contextlib import closing

import pytest

from pipeline.readers import read_files, sources
from pipeline.readers.article import Article, Problem
from pipeline.readers.reading import remembering
from pipeline.readers.vendors.lines import html_lines
from store.errors import StoreError
from tests.pipeline.readers import samples
from tests.pipeline.readers.samples import A, B


def found(folder):
    items = list(read_files([folder]))
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Problem)]


def test_a_database_whose_description_is_no_text_is_listed_and_the_rest_is_read(tmp_path):
    samples.write(tmp_path / "b.txt", "\n\n".join(B.paragraphs))
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE news (source TEXT, content TEXT)")
        database.commit()
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"CREATE TABLE news", b"CREATE TABL\xff news", 1))
    articles, problems = found(tmp_path)
    assert len(articles) == 1
    assert [p.code for p in problems if p.origin.endswith("a.db")] == ["unreadable-file"]


def test_a_member_of_an_archive_without_a_name_is_listed_and_the_rest_is_read(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("XXXX.txt", "nobody calls this by a name")
        archive.writestr("b.txt", "\n\n".join(B.paragraphs))
    path.write_bytes(path.read_bytes().replace(b"XXXX.txt", b"\0XXX.txt"))
    articles, problems = found(tmp_path)
    assert len(articles) == 1
    assert [p.code for p in problems if not p.used] == ["unsafe-archive"]


@pytest.mark.parametrize("reference", ["&#1;", "&#x1f;", "&#0;", "&#xFFFE;", "&#99999999;", "\x02"])
def test_a_page_with_characters_no_text_may_hold_is_read_without_them(reference):
    page = f"<html><body><p>Before{reference}<script>x</script>{reference} after</p><p>End &#8217;s &#x41;</p></body></html>"
    lines = [line.text for line in html_lines(page).lines if line.text]
    assert lines == ["Before after", "End ’s A"]


def test_a_reader_that_fails_on_a_file_ends_neither_the_others_nor_in_silence(tmp_path, monkeypatch):
    class Failing:
        def read(self, file):
            raise KeyError(file.origin)
            yield

    samples.write(tmp_path / "a.html", samples.page(A))
    samples.write(tmp_path / "b.txt", "\n\n".join(B.paragraphs))
    kinds = [kind for kind, reader in sources.READERS.items() if reader is sources.PageReader]
    for kind in kinds:
        monkeypatch.setitem(sources.READERS, kind, Failing)
    articles, problems = found(tmp_path)
    assert len(articles) == 1
    (failed,) = [p for p in problems if p.code == sources.READER_FAILED]
    assert failed.origin.endswith("a.html")
    assert "KeyError" in failed.reason


def test_a_disk_that_is_full_ends_a_build_and_is_no_fault_of_a_file(tmp_path):
    class Full:
        def get(self, key):
            return None

        def put(self, key, found):
            raise StoreError("readings.sqlite cannot be written")

    samples.write(tmp_path / "b.txt", "\n\n".join(B.paragraphs))
    with remembering(Full()), pytest.raises(StoreError):
        found(tmp_path)


@pytest.mark.parametrize("name", ["a.txt", "a", "a.dat"])
@pytest.mark.parametrize("size", [120, 5_000])
def test_bytes_that_are_no_text_are_listed_whatever_the_file_is_called(tmp_path, name, size):
    samples.write(tmp_path / "b.txt", "\n\n".join(B.paragraphs))
    samples.write(tmp_path / name, bytes(random.Random(size).randbytes(size)))
    articles, problems = found(tmp_path)
    assert len(articles) == 1
    assert [p.code for p in problems if p.origin.endswith(f"/{name}")] == ["unsupported"]


@pytest.mark.parametrize("stray", ["\x00", "\x0c", "\x1a", "\x1b[1m"])
def test_a_text_with_a_stray_character_of_control_is_still_read(tmp_path, stray):
    samples.write(tmp_path / "a.txt", "\n\n".join(A.paragraphs) + stray)
    articles, _ = found(tmp_path)
    assert len(articles) == 1
