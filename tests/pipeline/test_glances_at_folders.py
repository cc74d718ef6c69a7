"""Of files of a folder that were read before a build takes a glance, and plans just as if it had read all of them."""

import gzip
import json
import zipfile
from contextlib import closing
from datetime import date
from types import SimpleNamespace

import pytest

from pipeline.build.build import _tasks, plan
from pipeline.build.cache import ReadingCache
from pipeline.readers import Choices, dates, sniff
from pipeline.readers.article import Article, Glance
from pipeline.readers.folders import known_files
from pipeline.readers.reading import remembering
from pipeline.readers.removed import Removed
from pipeline.readers.sources import look

WORDS = "The ferry to the island was late again, the harbour master said, and nobody knew why it had been so."


def article(number, **said):
    labels = {"Title": f"Ferry {number}", "Date": f"2020-03-{1 + number % 28:02}", **said}
    head = "".join(f"{name}: {value}\n" for name, value in labels.items() if value)
    return f"{head}\n{WORDS} It was number {number}.\n".encode()


FILES = {f"Ledger/{number}.txt": article(number) for number in range(6)}
PAGE = f"<html><head><title>Ferry</title></head><body><p>{WORDS}</p><p>{WORDS} Again.</p></body></html>".encode()
TABLE = "file,source,date\n" + "".join(f"{number}.txt,The Ledger,2020-03-01\n" for number in range(6))
CHANGES = {
    "nothing": {},
    "one more": {"Ledger/7.txt": article(7)},
    "one gone": {"Ledger/3.txt": None},
    "one said otherwise": {"Ledger/3.txt": article(3, Title="Ship")},
    "one of another name": {"Ledger/3.txt": None, "Ledger/9.txt": article(3)},
    "one moved to another folder": {"Ledger/3.txt": None, "Courier/3.txt": article(3)},
    "the same again": {"Ledger/9.txt": article(3)},
    "a date to come": {"Ledger/3.txt": article(3, Date="2999-01-01")},
    "no date": {"Ledger/3.txt": article(3, Date="some day")},
    "a date in the name": {"Ledger/2020-04-05.txt": WORDS.encode()},
    "no text": {"Ledger/3.txt": b""},
    "bytes of another alphabet": {"Ledger/3.txt": article(3).replace(b"master", b"m\xe9st\xe9r")},
    "a page": {"Ledger/3.html": PAGE},
    "a page in a file of another name": {"Ledger/3.txt": PAGE},
    "packed": {"Ledger/3.txt.gz": gzip.compress(article(3))},
    "damaged": {"Ledger/3.txt.gz": gzip.compress(article(3) * 9)[:-30]},
    "a picture": {"Ledger/3.png": b"\x89PNG\r\n\x1a\n"},
    "a table of the files": {"Ledger/manifest.csv": TABLE.encode()},
    "a table of articles": {"list.csv": f'outlet,title,text\nLedger,Ferry,"{WORDS}"\n'.encode()},
    "a table whose columns are told by their cells": {
        "list.csv": b"a,b,c\n" + "".join(f'Ledger,2020-03-0{n},"{WORDS} {n}"\n' for n in range(1, 9)).encode(),
    },
    "lines of JSON": {"list.jsonl": json.dumps({"source": "Ledger", "title": "Ferry", "text": WORDS}).encode()},
    "several of one text": {"Ledger/3.txt": b"\n==========\n".join(map(article, (30, 31, 32)))},
}


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "articles"
    for name, data in FILES.items():
        write(place / name, data)
    return place


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)


def planned(folder, memory=None, choices=None):
    if memory is None:
        return plan([folder], {}, "version", choices=choices)
    with closing(ReadingCache(memory, "1")) as held, remembering(held):
        return plan([folder], {}, "version", choices=choices)


@pytest.mark.parametrize("change", CHANGES)
def test_a_folder_that_changed_is_planned_as_if_it_were_new(folder, tmp_path, change):
    memory = tmp_path / "readings.sqlite"
    planned(folder, memory)
    for name, data in CHANGES[change].items():
        write(folder / name, data)
    assert [planned(folder, memory) for _ in range(2)] == [planned(folder)] * 2
    for name in CHANGES[change]:
        write(folder / name, FILES.get(name))
    assert planned(folder, memory) == planned(folder)


def test_only_files_that_are_new_are_told_apart_and_read(folder, tmp_path, monkeypatch):
    planned(folder, tmp_path / "readings.sqlite")
    seen = []
    kind_of = sniff.kind_of
    monkeypatch.setattr(sniff, "kind_of", lambda path, name: [seen.append(name), kind_of(path, name)][1])
    write(folder / "Ledger/7.txt", article(7))
    assert len(planned(folder, tmp_path / "readings.sqlite").keys) == 7
    assert seen == ["7.txt"]


def test_files_of_an_archive_are_known_again(folder, tmp_path, monkeypatch):
    archive = tmp_path / "articles.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for name, data in FILES.items():
            out.writestr(name, data)
    before = planned(archive, tmp_path / "readings.sqlite")
    seen = []
    kind_of = sniff.kind_of
    monkeypatch.setattr(sniff, "kind_of", lambda path, name: [seen.append(name), kind_of(path, name)][1])
    assert planned(archive, tmp_path / "readings.sqlite") == before
    assert seen == ["articles.zip"]


def test_what_its_user_says_is_heard_though_the_files_are_the_same(folder, tmp_path):
    first = next(item for item in look([folder], None, None) if isinstance(item, Article))
    said = [
        None,
        Choices(outlets={"ledger": "The Ledger"}),
        Choices(removed=Removed(frozenset({first.article_id}), frozenset())),
    ]
    plans = [planned(folder, tmp_path / "readings.sqlite", choices) for choices in (*said, *said)]
    assert plans[:3] == plans[3:] == [planned(folder, choices=choices) for choices in said]
    assert first.article_id not in plans[2].keys


def test_a_day_that_was_not_to_come_when_it_was_read_may_be_to_come_now(folder, tmp_path, monkeypatch):
    write(folder / "Ledger/3.txt", article(3, Date="2021-06-01"))
    for today in (date(2021, 7, 1), date(2021, 5, 1), date(2021, 7, 1)):
        monkeypatch.setattr(dates, "today", lambda today=today: today)
        assert planned(folder, tmp_path / "readings.sqlite") == planned(folder)


def test_whoever_is_wanted_comes_whole_and_of_the_others_a_glance(folder, tmp_path):
    planned(folder, tmp_path / "readings.sqlite")
    plain = list(look([folder], None, None))
    wanted = {next(item.article_id for item in plain if isinstance(item, Article) and item.title == "Ferry 4")}
    with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held, remembering(held):
        found = list(look([folder], None, wanted))
    assert len(found) == len(plain)
    assert {item.article_id for item in found if isinstance(item, Article)} == wanted
    for item, seen in zip(plain, found, strict=True):
        assert seen == (Glance.of(item) if isinstance(seen, Glance) else item)


def texts_found(sources, todo, monkeypatch):
    """Titles of what is handed on to be annotated, and the names of the files that were opened for it."""
    opened = []
    key_of = known_files.key_of
    monkeypatch.setattr(known_files, "key_of", lambda file: [opened.append(file.name), key_of(file)][1])
    cache = SimpleNamespace(get=lambda _: None)
    return [task.article.title for task in _tasks(sources, todo, cache, "parser", None)], opened


@pytest.mark.parametrize("packed", [False, True])
def test_only_files_of_what_is_new_are_read_once_more(folder, tmp_path, monkeypatch, packed):
    write(folder / "Ledger/far/down/7.txt", article(7))
    source = folder
    if packed:
        source = tmp_path / "articles.zip"
        with zipfile.ZipFile(source, "w") as out:
            for path in sorted(folder.rglob("*.txt")):
                out.write(path, path.relative_to(folder))
    write(other := tmp_path / "more/8.txt", article(8))
    todo = planned(source)
    todo.stale = {item.article_id for item in look([source], None, None) if getattr(item, "title", "") == "Ferry 7"}
    todo.origins = {f"{source.as_posix()}/Ledger/far/down/7.txt"}
    titles, opened = texts_found([other, other.parent, source], todo, monkeypatch)
    assert titles == ["Ferry 7"]
    assert opened == (["articles.zip", "7.txt"] if packed else ["7.txt"])


def test_all_are_read_for_an_article_that_tells_of_another_file(folder, monkeypatch):
    todo = planned(folder)
    todo.origins = {"a mail that is gone"}
    titles, opened = texts_found([folder], todo, monkeypatch)
    assert sorted(titles) == [f"Ferry {number}" for number in range(6)]
    assert sorted(opened) == [f"{number}.txt" for number in range(6)]
