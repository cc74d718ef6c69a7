"""Whatever the text, the blocks are a partition of it, and a date that was written is read again."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.annotations import lines
from pipeline.core.word_counts import count_words, word_offsets
from pipeline.furniture.blocks import mark_blocks
from pipeline.readers.dates import parse_date
from tests.strategies import days, texts

KINDS = {"body", "headline", "caption", "furniture"}


@given(texts, texts)
def test_blocks_hold_every_character_but_white_space_once_and_in_order(text, title):
    blocks = mark_blocks(text, title)
    held = "".join(text[block.start : block.end] for block in blocks)
    assert "".join(held.split()) == "".join(text.split())
    assert all(first.end <= second.start for first, second in pairwise(blocks))
    assert all(0 <= block.start < block.end <= len(text) for block in blocks)


@given(texts)
def test_a_block_lies_in_the_paragraph_it_names(text):
    paragraphs = lines(text)
    for block in mark_blocks(text):
        start, end = paragraphs[block.paragraph]
        assert start <= block.start < block.end <= end


@given(texts)
def test_furniture_and_captions_say_why_and_nothing_else_does(text):
    for block in mark_blocks(text):
        assert block.kind in KINDS
        assert bool(block.reason) == (block.kind in {"furniture", "caption"})


@given(texts)
def test_each_word_counted_has_an_offset(text):
    offsets = word_offsets(text)
    assert len(offsets) == count_words(text)
    assert offsets == sorted(set(offsets))
    assert all(text[offset].isalnum() for offset in offsets)


@given(days)
def test_a_day_is_read_as_it_was_written(day):
    for written in (
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year:04d}",
        f"{day.day} {day:%b} {day.year:04d}",
        f"{day:%A}, {day:%B} {day.day}, {day.year:04d}",
        f"{day.isoformat()}T08:28:00+00:00",
    ):
        read = parse_date(written)
        assert (read.edtf, read.first, read.last, read.doubt) == (day.isoformat(), day, day, "")


@given(days)
def test_a_month_holds_its_days(day):
    read = parse_date(f"{day:%Y-%m}" if day.year >= 1691 else day.isoformat())
    assert read.first <= day <= read.last
    assert read.edtf in day.isoformat()


@given(days, st.integers(0, 400))
def test_an_interval_is_its_ends(day, length):
    end = min(day + timedelta(days=length), date(2026, 1, 1))
    read = parse_date(f"{day}/{end}")
    assert (read.edtf, read.first, read.last) == (f"{day}/{end}", day, end)
    assert parse_date(read.edtf) == read


@given(texts)
def test_any_text_is_a_date_or_a_doubt(text):
    read = parse_date(text)
    assert bool(read.first) == bool(read.last) == bool(read.edtf)
    assert not (read.edtf and read.doubt)
