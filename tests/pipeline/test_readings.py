"""What was read of a file once is not mended again, and comes out the same."""

import os
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from pipeline.build.cache import ReadingCache
from pipeline.readers import Choices, article, dates, reading
from pipeline.readers.article import Article, hash_of, id_of
from pipeline.readers.reading import read_article, remembering
from tests.pipeline.test_cache import DAMAGES

SAID = "The clerk said the harbour would close. Nobody asked her why it should, and the boats went out again."
FILES = [
    {"text": SAID, "source": "Ledger", "title": "Harbour", "published": "2020-02-15", "authors": "By Ann Lee"},
    {"text": f"<p>{SAID}</p><p>It  rained &amp; blew.</p>", "published": "3/4/2020"},
    {"text": f"{SAID} \ud800 \0 … [+1234 chars]", "url": "https://www.example.org/a", "published": "some day"},
    {"text": f"{SAID} @ @ @ @ @ @ @", "source": "Ledger", "date_precision": "guessed", "published": "2020-02"},
    {"text": "   "},
    {"text": "<div></div>"},
    {},
]


def items(values, **given):
    return list(read_article(values, "folder/file.txt", 3, own={"desk": "City\0"}, place="Courier", **given))


@pytest.fixture
def readings(tmp_path):
    with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held:
        yield held


@pytest.mark.parametrize("values", FILES)
def test_what_is_remembered_is_what_was_read(tmp_path, values, monkeypatch):
    plain = items(values)
    with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held, remembering(held):
        assert items(values) == plain
    monkeypatch.setattr(reading, "mend", None)
    with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held, remembering(held):
        assert items(values) == plain


def test_where_an_article_stands_and_what_its_outlet_is_called_are_not_remembered(readings):
    with remembering(readings):
        items(FILES[0])
        (there,) = read_article(FILES[0], "other.txt", 9, choices=Choices(outlets={"ledger": "The Ledger"}))
    assert (there.origin, there.origin_row, there.own, there.source) == ("other.txt", 9, (), "The Ledger")


@pytest.mark.parametrize("values", FILES[:4])
@pytest.mark.parametrize("outlets", [{}, {"ledger": "The Ledger", "courier": "The Courier"}])
def test_what_is_remembered_has_the_id_of_its_outlet_and_the_hash_of_its_text(tmp_path, values, outlets):
    for choices in (Choices(), Choices(outlets=outlets)):
        with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held, remembering(held):
            found = items(values, choices=choices)[-1]
    assert found.article_id == id_of(found.source, found.text) == Article(found.source, found.text).article_id
    assert found.text_hash == hash_of(found.text)


def test_an_article_that_was_read_before_is_named_without_hashing_it_again(tmp_path, monkeypatch):
    with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held, remembering(held):
        before = items(FILES[0])
    monkeypatch.setattr(article, "hash_of", None)
    with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held, remembering(held):
        assert items(FILES[0]) == before


def test_the_same_text_said_otherwise_is_read_again(readings):
    with remembering(readings):
        first, second = (items(FILES[1], order=order) for order in (dates.DAY_FIRST, dates.MONTH_FIRST))
        doubted = items(FILES[1], order=dates.DAY_FIRST, doubts=("no-columns",))
    assert [one[-1].published for one in (first, second)] == ["2020-04-03", "2020-03-04"]
    assert doubted[-1].doubts[0] == "no-columns"


def test_a_date_that_was_to_come_is_read_again_when_it_has(readings, monkeypatch):
    values = FILES[0] | {"published": "2031-05-06"}
    with remembering(readings):
        before = items(values)
        monkeypatch.setattr(dates, "today", lambda: date(2031, 6, 1))
        after = items(values)
    assert [one.code for one in before if not isinstance(one, Article)] == ["odd-date"]
    assert [one.published for one in after] == ["2031-05-06"]


def test_another_version_of_the_readers_reads_anew(tmp_path):
    with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held:
        held.put("a", "found")
    with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held:
        assert held.get("a") == "found"
    with closing(ReadingCache(tmp_path / "readings.sqlite", "2")) as held:
        assert held.get("a") is None


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_of_readings_is_begun_anew(tmp_path, damage):
    file = tmp_path / "readings.sqlite"
    found = {f"{number:03}": os.urandom(400).hex() for number in range(300)}
    with closing(ReadingCache(file, "1")) as held:
        for key, said in found.items():
            held.put(key, said)
    file.write_bytes(damage(file.read_bytes()))
    with closing(ReadingCache(file, "1")) as held:
        assert all(held.get(key) in (said, None) for key, said in found.items())
        held.put("000", found["000"])
    with closing(ReadingCache(file, "1")) as held:
        assert held.get("000") == found["000"]


@pytest.mark.parametrize("bad", [b"", b"\0", b"x" * 8, "text", None, 7])
def test_a_bad_entry_is_one_that_is_not_there(tmp_path, bad):
    file = tmp_path / "readings.sqlite"
    with closing(ReadingCache(file, "1")) as held:
        held.put("a", "found")
    with closing(sqlite3.connect(file)) as damaged, damaged:
        damaged.execute("UPDATE readings SET found = ?", (bad,))
    with closing(ReadingCache(file, "1")) as held:
        assert held.get("a") is None
