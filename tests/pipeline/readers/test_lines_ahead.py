"""Lines of a file come one after another or in blocks, the same however the file is given out."""

import io

import pytest

from pipeline.readers.decoding import raw_lines
from pipeline.readers.tables import lines_ahead
from pipeline.readers.tables.lines_ahead import LinesAhead

WORDS = "The ferry to the island was late again, the harbour master said"


class Slowly(io.BytesIO):
    """A file that gives out so many bytes at a time, and is damaged after so many."""

    def __init__(self, data, at_once, damaged=1 << 40):
        super().__init__(data)
        self._at_once, self._damaged = at_once, damaged

    def read1(self, size=-1, /):
        if self.tell() >= self._damaged:
            raise EOFError
        return super().read1(min(size, self._at_once))


def lines(number):
    return [f"{WORDS} {n % 97}".encode()[n % 13 :] + (b'"' if n % 7 == 0 else b"") + b"\n" for n in range(number)]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(lines_ahead, "_LINES", 8)
    monkeypatch.setattr(lines_ahead, "_AT_ONCE", 50)
    monkeypatch.setattr(lines_ahead, "MAX_LINE_BYTES", 300)
    monkeypatch.setattr("pipeline.readers.decoding.MAX_LINE_BYTES", 300)


DATA = {
    "nothing": b"",
    "lines": b"".join(lines(200)),
    "a last line without its break": b"".join(lines(50)) + b"the end",
    "empty lines": b"\n\n\na\n\n",
    "a line that is too long": b"".join(lines(20)) + b"x" * 1_000 + b"\n" + b"".join(lines(20)),
    "only such a line": b"x" * 1_000,
}


@pytest.mark.parametrize("data", DATA.values(), ids=DATA)
@pytest.mark.parametrize("at_once", [1, 7, 50])
def test_lines_are_those_of_the_file_however_they_are_taken(data, at_once):
    plain = list(raw_lines(io.BytesIO(data)))
    ahead = LinesAhead(Slowly(data, at_once), b'"')
    assert [line for taken in iter(ahead.take, None) for line in taken] == plain
    blocks = list(LinesAhead(Slowly(data, at_once), b'"').blocks())
    assert [line for block in blocks for line in block] == plain
    assert [block.count for block in blocks] == [len(list(block)) for block in blocks]
    assert blocks == list(LinesAhead(io.BytesIO(data), b'"').blocks())


def test_a_block_ends_outside_of_marks_and_only_the_one_that_changed_is_another():
    data = lines(400)
    blocks = [block.data for block in LinesAhead(io.BytesIO(b"".join(data)), b'"').blocks()]
    assert len(blocks) > 5
    assert all(block.count(b'"') % 2 == 0 for block in blocks[:-1])
    more = [*data[:200], b"One more line.\n", *data[200:]]
    others = [block.data for block in LinesAhead(io.BytesIO(b"".join(more)), b'"').blocks()]
    assert len(set(others) - set(blocks)) <= 2


@pytest.mark.parametrize("limit", ["_MOST_BYTES", "_MOST_IN_MARKS"])
def test_a_block_ends_where_it_is_large(limit, monkeypatch):
    monkeypatch.setattr(lines_ahead, "_LINES", 1 << 20)
    monkeypatch.setattr(lines_ahead, "_MOST_BYTES", 500)
    monkeypatch.setattr(lines_ahead, "_MOST_IN_MARKS", 1_000 if limit == "_MOST_IN_MARKS" else 1 << 30)
    opened = b'"' if limit == "_MOST_IN_MARKS" else b""
    data = opened + b"".join(line.replace(b'"', b"") for line in lines(100))
    sizes = [block.size for block in LinesAhead(io.BytesIO(data), b'"').blocks()]
    assert max(sizes) < (1_100 if opened else 600)
    assert min(sizes[:-1]) >= 500


def test_lines_between_two_blocks_are_in_neither():
    data = b"".join(lines(200))
    ahead = LinesAhead(io.BytesIO(data))
    found = []
    for block in ahead.blocks():
        found += [*block, *(ahead.take() or ())]
    assert found == list(raw_lines(io.BytesIO(data)))


def test_what_stands_before_the_damage_comes_first_and_all_are_told_of_it():
    data = b"".join(lines(100))
    ahead = LinesAhead(Slowly(data, 500, 3_000))
    found = []
    with pytest.raises(EOFError):
        found.extend(block.data for block in ahead.blocks())
    assert b"".join(found) == data[: data.rfind(b"\n", 0, 3_000) + 1]
    with pytest.raises(EOFError):
        ahead.take()
