"""Dates as files write them."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers import read_sources
from pipeline.readers.article import Article
from pipeline.readers.columns import SAMPLE
from pipeline.readers.dates import ORDERS, government_days, hangs_on_order, parse_date

LATEST = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("written", "edtf", "first", "last"),
    [
        ("2020-02-15", "2020-02-15", date(2020, 2, 15), date(2020, 2, 15)),
        ("2020-02", "2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020", "2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02-15/2020-02-16", "2020-02-15/2020-02-16", date(2020, 2, 15), date(2020, 2, 16)),
        ("2019-12/2020-01", "2019-12/2020-01", date(2019, 12, 1), date(2020, 1, 31)),
        (" 2020-02-15 ", "2020-02-15", date(2020, 2, 15), date(2020, 2, 15)),
        ("2020-02-15 08:28:00+00:00", "2020-02-15", date(2020, 2, 15), date(2020, 2, 15)),
        ("20200215", "2020-02-15", date(2020, 2, 15), date(2020, 2, 15)),
        ("Sat, 15 Feb 2020 08:28:00 GMT", "2020-02-15", date(2020, 2, 15), date(2020, 2, 15)),
        ("February 15th, 2020 at 8:28 a.m. ET", "2020-02-15", date(2020, 2, 15), date(2020, 2, 15)),
        ("Sept. 3, 2019", "2019-09-03", date(2019, 9, 3), date(2019, 9, 3)),
        ("Feb 2020", "2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2/15/2020", "2020-02-15", date(2020, 2, 15), date(2020, 2, 15)),
        ("15.2.2020", "2020-02-15", date(2020, 2, 15), date(2020, 2, 15)),
    ],
)
def test_a_date_that_is_plain_is_read(written, edtf, first, last):
    read = parse_date(written, LATEST)
    assert (read.edtf, read.first, read.last, read.doubt) == (edtf, first, last, "")


def test_no_date_is_no_doubt():
    assert parse_date("  ").doubt == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0001-11-30", "before the first newspapers"),
        ("1066", "before the first newspapers"),
        ("2050-01-01", "in the future"),
        ("2020/2050", "in the future"),
        ("2020-02-30", "could not be read"),
        ("2020-13", "could not be read"),
        ("3/4/2020", "could not be read"),
        ("last Tuesday", "could not be read"),
        ("2020-02-15/..", "could not be read"),
        ("2020-02-16/2020-02-15", "ends before it begins"),
        ("٢٠٢٠-٠٢-١٥", "could not be read"),
        ("9" * 9_000, "could not be read"),
    ],
)
def test_a_date_that_cannot_be_is_a_doubt(written, said):
    read = parse_date(written, LATEST)
    assert said in read.doubt
    assert len(read.doubt) < 200
    assert (read.edtf, read.first, read.last) == ("", None, None)


def test_a_month_that_has_begun_is_not_in_the_future():
    assert parse_date("2026-06", LATEST).last == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("written", "before"),
    [
        ("2021-01-20", False),
        ("2021-01-20T09:15", True),
        ("2021-01-20T12:00", False),
        ("2021-01-20T16:59:00Z", True),
        ("2021-01-20T17:00:00Z", False),
        ("2021-01-20T01:00:00+09:00", True),
        ("2021-01-20 08:59:59.123-08:00", True),
        ("2021-01-20 09:01-0800", False),
        ("January 20, 2021 at 8:28 a.m. ET", True),
        ("January 20, 2021, 12:30 AM", True),
        ("Jan. 20, 2021 12:30 PM EST", False),
        ("Wed, 20 Jan 2021 9:30 PM", False),
        ("2021-01-20T00:00:00Z", False),
    ],
)
def test_of_a_time_of_day_is_kept_whether_it_was_before_noon_in_washington(written, before):
    read = parse_date(written, LATEST)
    assert (read.edtf, read.before_noon) == ("2021-01-20", before)


def test_before_noon_the_day_before_tells_who_governed():
    day, before = date(2021, 1, 20), date(2021, 1, 19)
    assert government_days(day, day, before_noon=True) == (before, before)
    assert government_days(day, day, before_noon=False) == (day, day)
    assert government_days(None, None, before_noon=True) == (None, None)


@given(st.from_regex(r"\A[0-9]{1,4}[-/. ][0-9]{1,2}[-/.][0-9]{1,4}([/ T][0-9:./-]{0,12})?\Z"))
def test_what_a_date_means_hangs_on_the_order_only_where_it_is_said_to(value):
    meanings = {parse_date(value, order=order) for order in ("", *ORDERS)}
    assert len(meanings) == 1 or hangs_on_order(value)
    assert not hangs_on_order("2020-03-04")


def test_the_order_of_a_column_is_found_where_its_first_rows_do_not_tell(tmp_path):
    days = ["2020-02-15"] * SAMPLE + ["3/4/2020", "2020-03-04", "25/4/2020"]
    rows = [{"text": f"A town met on day {n}.", "source": "Ledger", "date": day} for n, day in enumerate(days)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    found = [item.published for item in read_sources([tmp_path / "a.jsonl"]) if isinstance(item, Article)]
    assert found == ["2020-02-15"] * SAMPLE + ["2020-04-03", "2020-03-04", "2020-04-25"]
