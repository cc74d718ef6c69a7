"""Of rows of a table that were read before a build takes a glance, and plans just as if it had read all of them."""

import gzip
from contextlib import closing

import pytest

from pipeline.build.build import plan
from pipeline.build.cache import ReadingCache
from pipeline.readers.article import Article, Glance
from pipeline.readers.reading import remembering
from pipeline.readers.sources import look
from pipeline.readers.tables import blocks, delimited, lines_ahead

HEAD = "outlet,date,title,text\n"
WORDS = "The ferry to the island was late again, the harbour master said,\nand nobody knew why it had been so."


def text_of(number):
    return f"{WORDS} It was number {number}."


def row(number, text=None, date=None, title=None):
    day = date or f"2020-03-{1 + number % 28:02}"
    return f'Outlet {number % 3},{day},{title or f"Ferry {number}"},"{text or text_of(number)}"\n'


ROWS = [row(number) for number in range(90)]
STRAY = 'Outlet 1,2020-03-04,The 5" pipe,"A pipe of 5" was laid, the harbour master said."\n'
OPEN = 'Outlet 1,2020-03-04,Open,"The harbour master said no more than this.\n'
CHANGES = {
    "nothing": ROWS,
    "one more": [*ROWS, row(90)],
    "one more at the start": [row(90), *ROWS],
    "one more in the middle": [*ROWS[:70], row(90), *ROWS[70:]],
    "one gone": ROWS[:70] + ROWS[71:],
    "one said otherwise": [*ROWS[:70], row(70, title="Ship"), *ROWS[71:]],
    "the same again": [*ROWS, ROWS[60], row(61, title="Ship")],
    "a date to come": [*ROWS[:70], row(70, date="2999-01-01"), *ROWS[71:]],
    "no date": [*ROWS[:70], row(70, date="some day"), *ROWS[71:]],
    "day or month": [*ROWS[:70], row(70, date="3/4/2020"), *ROWS[71:], row(90, date="13/4/2020")],
    "marks within": [*ROWS[:70], row(70, text='He said ""no"" again,\n""and no"".'), *ROWS[71:]],
    "a stray mark": [*ROWS[:70], STRAY, *ROWS[71:]],
    "a mark that is never closed": [*ROWS[:70], OPEN, *ROWS[71:]],
    "a last mark that is never closed": [*ROWS, OPEN],
    "a row broken over lines": [*ROWS[:70], "Outlet 1,2020-03-04,Broken,It rained\n", "all day long\n", *ROWS[71:]],
    "the last row broken off": [*ROWS, "Outlet 1,2020-03-04\n"],
    "rows too short and too long": [*ROWS[:70], "Outlet 1\n", "\n", "a,b,c,d and more,e\n", *ROWS[71:]],
    "another break": [*ROWS[:70], row(71).replace("\n", "\r"), *ROWS[72:]],
    "breaks of Windows": [each.replace("\n", "\r\n") for each in ROWS],
    "another alphabet": [*ROWS[:70], row(70, title="Fähre"), *ROWS[71:]],
}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(lines_ahead, "_LINES", 4)


@pytest.fixture
def source(tmp_path):
    return tmp_path / "articles.csv"


def write(source, rows, head=HEAD):
    source.write_bytes((head + "".join(rows)).encode())


def planned(source, memory=None):
    if memory is None:
        return plan([source], {}, "version")
    with closing(ReadingCache(memory, "1")) as held, remembering(held):
        return plan([source], {}, "version")


def count(monkeypatch):
    """How many rows are taken apart from now on."""
    seen = []
    read = delimited._Table._next_row
    monkeypatch.setattr(
        delimited._Table, "_next_row", lambda *given, **named: [seen.append(1), read(*given, **named)][1]
    )
    return seen


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("back", [False, True])
def test_a_table_that_changed_is_planned_as_if_it_were_new(source, tmp_path, change, back):
    memory = tmp_path / "readings.sqlite"
    before, now = (CHANGES[change], ROWS) if back else (ROWS, CHANGES[change])
    write(source, before)
    planned(source, memory)
    write(source, now)
    assert [planned(source, memory) for _ in range(2)] == [planned(source)] * 2


@pytest.mark.parametrize("change", ["a last mark that is never closed", "the last row broken off"])
def test_a_row_that_goes_on_is_read_anew(source, tmp_path, change):
    memory = tmp_path / "readings.sqlite"
    for more in ([], ["and more\n"], ['said there."\n', *ROWS[:3]], [row(91)]):
        write(source, [*CHANGES[change], *more])
        assert [planned(source, memory) for _ in range(2)] == [planned(source)] * 2


def test_only_the_first_rows_and_those_near_a_new_one_are_taken_apart(source, tmp_path, monkeypatch):
    write(source, ROWS)
    planned(source, tmp_path / "readings.sqlite")
    write(source, [*ROWS, row(90)])
    seen = count(monkeypatch)
    assert len(planned(source, tmp_path / "readings.sqlite").keys) == 91
    assert len(seen) < blocks.SAMPLE + 60


def test_tables_of_other_makers_are_planned_as_if_they_were_new(source, tmp_path):
    whole = (HEAD + "".join(ROWS)).encode()
    for data in (
        b"\xef\xbb\xbf" + whole,
        b"A list of articles\n\n" + whole,
        whole.replace(b",", b";"),
        whole.replace(b"\n", b"\r"),
        whole.replace(b"master", b"m\xe9st\xe9r"),
        whole.decode().encode("utf-16"),
        whole[:9_000] + b"\xe9" + whole[9_000:],
        gzip.compress(whole),
        gzip.compress(whole)[:-9],
        whole[: len(whole) // 2],
    ):
        source.write_bytes(data)
        assert [planned(source, tmp_path / "readings.sqlite") for _ in range(2)] == [planned(source)] * 2


def test_another_line_of_names_is_another_table(source, tmp_path):
    for head in (HEAD, HEAD.replace("title", "headline"), HEAD.replace("title", "desk"), HEAD):
        write(source, ROWS, head)
        assert planned(source, tmp_path / "readings.sqlite") == planned(source)


def test_whoever_is_wanted_comes_whole_and_of_the_others_a_glance(source, tmp_path):
    write(source, ROWS)
    planned(source, tmp_path / "readings.sqlite")
    plain = list(look([source], None, None))
    wanted = {next(item.article_id for item in plain if isinstance(item, Article) and item.title == "Ferry 78")}
    with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held, remembering(held):
        found = list(look([source], None, wanted))
    assert len(found) == len(plain)
    whole = [item for item in found if isinstance(item, Article)]
    assert wanted < {item.article_id for item in whole}
    assert len(whole) < blocks.SAMPLE + 30
    for item, seen in zip(plain, found, strict=True):
        assert seen == (Glance.of(item) if isinstance(seen, Glance) else item)
