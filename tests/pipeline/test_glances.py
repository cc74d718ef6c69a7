"""Of lines that were read before a build takes a glance, and plans just as if it had read all of them."""

import gzip
import json
from contextlib import closing
from datetime import date

import pytest

from pipeline.build.build import plan
from pipeline.build.cache import ReadingCache
from pipeline.readers import Choices, dates
from pipeline.readers.article import Article, Glance, id_of
from pipeline.readers.reading import remembering
from pipeline.readers.removed import Removed
from pipeline.readers.sources import look
from pipeline.readers.tables import blocks, json_files, lines_ahead

WORDS = "The ferry to the island was late again, the harbour master said, and nobody knew why it had been so."


def row(number, **values):
    told = {"source": f"Outlet {number % 3}", "title": f"Ferry {number}", "text": f"{WORDS} It was number {number}."}
    return json.dumps({**told, "date": f"2020-03-{1 + number % 28:02}", **values})


LINES = [row(number) for number in range(90)]
CHANGES = {
    "nothing": LINES,
    "one more": [*LINES, row(90)],
    "one more at the start": [row(90), *LINES],
    "one more in the middle": [*LINES[:70], row(90), *LINES[70:]],
    "one gone": LINES[:70] + LINES[71:],
    "one said otherwise": [*LINES[:70], row(70, title="Ship"), *LINES[71:]],
    "the same again": [*LINES, LINES[60], row(61, title="Ship")],
    "another column": [*LINES[:70], row(70, desk="City"), *LINES[71:]],
    "a date to come": [*LINES[:70], row(70, date="2999-01-01"), *LINES[71:]],
    "no date": [*LINES[:70], row(70, date="some day"), *LINES[71:]],
    "no text": [*LINES[:70], row(70, text=" "), "", "{", "[]", *LINES[71:]],
    "day or month": [*LINES[:70], row(70, date="3/4/2020"), *LINES[71:], row(90, date="13/4/2020")],
    "another language": [*LINES[:70], row(70, text="Der Hafen bleibt heute geschlossen, sagte sie."), *LINES[71:]],
    "another break": [*LINES[:70], f"{row(71)}\r{row(72)}\r", *LINES[73:]],
    "broken off": [*LINES[:80], LINES[80][:50]],
}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(lines_ahead, "_LINES", 4)


@pytest.fixture
def source(tmp_path):
    return tmp_path / "articles.jsonl"


def write(source, lines):
    source.write_bytes("\n".join(lines).encode())


def planned(source, memory=None, choices=None):
    if memory is None:
        return plan([source], {}, "version", choices=choices)
    with closing(ReadingCache(memory, "1")) as held, remembering(held):
        return plan([source], {}, "version", choices=choices)


def count(monkeypatch):
    """How many lines are taken apart from now on."""
    seen = []
    read = json_files._read_line
    monkeypatch.setattr(json_files, "_read_line", lambda line, origin: [seen.append(line), *read(line, origin)][1:])
    return seen


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("back", [False, True])
def test_a_file_that_changed_is_planned_as_if_it_were_new(source, tmp_path, change, back):
    memory = tmp_path / "readings.sqlite"
    before, now = (CHANGES[change], LINES) if back else (LINES, CHANGES[change])
    write(source, before)
    planned(source, memory)
    write(source, now)
    assert [planned(source, memory) for _ in range(2)] == [planned(source)] * 2


def test_only_the_first_lines_and_those_near_a_new_one_are_taken_apart(source, tmp_path, monkeypatch):
    write(source, LINES)
    planned(source, tmp_path / "readings.sqlite")
    write(source, [*LINES, row(90)])
    seen = count(monkeypatch)
    planned(source, tmp_path / "readings.sqlite")
    assert len(seen) < blocks.SAMPLE + 30


def test_a_file_of_damaged_bytes_is_planned_as_if_it_were_new(source, tmp_path):
    whole = "\n".join(LINES).encode()
    for data in (whole[:15_000] + b"\xe9" + whole[15_000:], gzip.compress(whole)[:-9], b"\xef\xbb\xbf" + whole):
        source.write_bytes(data)
        assert [planned(source, tmp_path / "readings.sqlite") for _ in range(2)] == [planned(source)] * 2


def test_what_its_user_says_is_heard_though_the_file_is_the_same(source, tmp_path):
    write(source, LINES)
    article = next(item for item in look([source], None, None) if isinstance(item, Article) and item.origin_row == 80)
    said = [
        None,
        Choices(outlets={"outlet 1": "The Outlet"}),
        Choices(removed=Removed(frozenset({article.article_id}), frozenset())),
        Choices(columns={"title": "source"}),
    ]
    plans = [planned(source, tmp_path / "readings.sqlite", choices) for choices in (*said, *said)]
    assert plans[:4] == plans[4:] == [planned(source, choices=choices) for choices in said]
    assert article.article_id not in plans[2].keys
    assert len({str(each.keys) for each in plans}) == 4


def test_a_file_of_another_name_is_another(source, tmp_path):
    write(source, LINES)
    planned(source, tmp_path / "readings.sqlite")
    other = source.with_name("others.jsonl")
    other.write_bytes(source.read_bytes())
    assert planned(other, tmp_path / "readings.sqlite") == planned(other)


def test_a_day_that_was_not_to_come_when_it_was_read_may_be_to_come_now(source, tmp_path, monkeypatch):
    write(source, [*LINES[:70], row(70, date="2021-06-01"), *LINES[71:]])
    for today in (date(2021, 7, 1), date(2021, 5, 1), date(2021, 7, 1)):
        monkeypatch.setattr(dates, "today", lambda today=today: today)
        assert planned(source, tmp_path / "readings.sqlite") == planned(source)


def test_what_a_year_of_two_digits_means_hangs_on_the_day_it_is(source, tmp_path, monkeypatch):
    write(source, [row(0, date="15 April 2020"), *LINES[1:70], row(70, date="15 April 30"), *LINES[71:]])
    keys = []
    for today in (date(2029, 7, 1), date(2031, 5, 1)):
        dates._parsed.cache_clear()
        monkeypatch.setattr(dates, "today", lambda today=today: today)
        assert planned(source, tmp_path / "readings.sqlite") == planned(source)
        keys.append(planned(source).keys)
    dates._parsed.cache_clear()
    assert keys[0] != keys[1]


def test_which_way_dates_go_can_hang_on_a_line_far_below(source, tmp_path):
    for last in ("13/4/2020", "4/13/2020", "13/4/2020"):
        write(source, [*LINES[:70], row(70, date="3/4/2020"), *LINES[71:], row(90, date=last)])
        assert planned(source, tmp_path / "readings.sqlite") == planned(source)


def test_whoever_is_wanted_comes_whole_and_of_the_others_a_glance(source, tmp_path):
    write(source, LINES)
    planned(source, tmp_path / "readings.sqlite")
    plain = list(look([source], None, None))
    wanted = {id_of("Outlet 0", f"{WORDS} It was number 78.")}
    with closing(ReadingCache(tmp_path / "readings.sqlite", "1")) as held, remembering(held):
        found = list(look([source], None, wanted))
    assert len(found) == len(plain)
    whole = [item for item in found if isinstance(item, Article)]
    assert wanted < {item.article_id for item in whole}
    assert len(whole) < blocks.SAMPLE + 30
    for item, seen in zip(plain, found, strict=True):
        assert seen == (Glance.of(item) if isinstance(seen, Glance) else item)
