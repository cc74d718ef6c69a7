"""The file of checks is read line by line; a line that cannot be used is told and the rest goes on."""

import json

import pytest

from store import StoreError
from store.checks import log

GOOD = {
    "id": "a1", "at": "2024-05-01T12:00:00Z", "what": "answer", "sample": "s", "item": 0, "coder": "Eve",
    "answer": {"choice": "nobody"}, "codebook": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"what": "guess"}, "“what” has to be one of"),
        ({"colour": 1}, "no field “colour”"),
        ({"item": "one"}, "“item” has to be a whole number"),
        ({"item": True}, "“item” has to be a whole number"),
        ({"coder": " "}, "“coder” has to be text that is not empty"),
        ({"at": "today"}, "a time in UTC"),
        ({"id": "a b"}, "“id” has to be"),
        ({"answer": {"choice": "maybe"}}, "“choice” of an answer"),
        ({"answer": {"choice": "named"}}, "write who"),
        ({"answer": {"choice": "nobody", "elsewhere": 1}}, "true or false"),
        ({"answer": {"choice": "nobody", "mood": ""}}, "no field “mood”"),
    ],
)
def test_a_line_that_says_nothing_sensible_is_told(change, told):
    found = log.loads(json.dumps(GOOD | change).encode() + b"\n" + json.dumps(GOOD).encode())
    assert [fault.line for fault in found.faults] == [1]
    assert told in found.faults[0].reason
    assert [one.id for one in found.lines] == ["a1"]


def test_what_a_line_lacks_is_told():
    with pytest.raises(ValueError, match="answer lacks “codebook”"):
        log.parse({key: value for key, value in GOOD.items() if key != "codebook"})
    with pytest.raises(ValueError, match="one JSON object"):
        log.parse([])


def test_an_id_stands_for_one_line():
    held = [json.dumps(GOOD), json.dumps(GOOD), json.dumps(GOOD | {"item": 4}), "{"]
    found = log.loads("\n".join(held).encode())
    assert len(found.lines) == 1
    assert [fault.line for fault in found.faults] == [3, 4]


def test_a_file_cut_off_in_mid_line_is_gone_on_with(tmp_path):
    (tmp_path / log.NAME).write_text(json.dumps(GOOD)[:30])
    log.append(tmp_path, log.parse(GOOD))
    found = log.read(tmp_path)
    assert [one.id for one in found.lines] == ["a1"]
    assert [fault.line for fault in found.faults] == [1]
    assert log.digest(tmp_path) == found.digest


def test_somebodys_file_is_added_once(tmp_path):
    held = json.dumps(GOOD).encode()
    assert log.import_bytes(tmp_path, held)[0] == 1
    assert log.import_bytes(tmp_path, held)[0] == 0


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(StoreError, match="could not be written"):
        log.append(tmp_path / "nowhere", log.parse(GOOD))


def test_the_newest_codebook_counts(tmp_path):
    assert log.codebook(log.read(tmp_path), "quotes").version == 0
    for version, text in ((1, "First"), (2, "Second")):
        log.append(tmp_path, log.line("codebook", kind="quotes", version=version, text=text, coder="Eve"))
    assert log.codebook(log.read(tmp_path), "quotes") == log.Codebook(2, "Second")
    assert log.codebook(log.read(tmp_path), "people").version == 0
