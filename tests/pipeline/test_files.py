"""What a command writes is whole or not there, and what it says cannot give orders to a terminal."""

import errno
import json
import sqlite3
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.console import plain_errors, printable
from pipeline.cli.files import json_lines, whole_file, write_json_lines
from pipeline.cli.main import app
from tests.store.small_corpus import ADA, DAILY_ONE, HERALD, Piece, build


def stopped(error, capsys):
    with pytest.raises(typer.Exit), plain_errors():
        raise error
    return " ".join(capsys.readouterr().err.split())


def test_names_of_files_give_no_orders_to_a_terminal():
    assert printable("a\x1b]0;title\x07b\x9b2J\u202egpj.txt") == "a\\x1b]0;title\\x07b\\x9b2J\\u202egpj.txt"
    assert printable("caf\udce9.txt\nnext\tone é😀") == "caf\\xe9.txt\nnext\tone é😀"


ORDERS = "\x1b]52;c;cm0=\x07\x1b[2J\u202e"


HOSTILE = (Piece("headline", f"{ORDERS} visits"), Piece("quote", f"The engine {ORDERS} weaves patterns.", ADA))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A corpus whose outlet, headline and words give orders to a terminal."""
    data = tmp_path_factory.mktemp("hostile")
    build(data, DAILY_ONE._replace(source=f"The {ORDERS}Daily", title=f"{ORDERS}Lovelace", pieces=HOSTILE), HERALD)
    return data


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["outlets", "list"],
        ["checks", "draw", "quotes", "-n", "2", "--by", "source"],
        ["checks", "answer"],
        ["checks", "list"],
        ["corrections", "list"],
        ["export", "quotes", "-o", "{data}/out.csv", "--filter", f"source={ORDERS}"],
    ],
    ids=" ".join,
)
def test_no_command_passes_on_what_articles_tell_a_terminal_to_do(hostile, words):
    asked = [word.format(data=hostile) for word in words]
    said = CliRunner().invoke(app, [*asked, "--data", str(hostile)], input="1\nq\n")
    assert said.exit_code == 0, said.output
    assert not set("\x1b\x07\u202e") & set(said.output)


def test_every_module_of_the_command_line_writes_by_its_console():
    room = Path(__file__).parents[2] / "pipeline" / "cli"
    others = [path for path in room.glob("*.py") if path.name != "console.py"]
    assert [path.name for path in others if "stdout.write" in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", "/data/tables"),
        sqlite3.OperationalError("database or disk is full"),
        RuntimeError("Generic LocalFileSystem error: No space left on device (os error 28)"),
        OSError("Generic error:\n  \x1b[31m↳\x1b[0m Unable to copy data\n  \x1b[31m↳\x1b[0m No space left on device"),
    ],
)
def test_a_full_disk_is_told_in_one_sentence(error, capsys):
    said = stopped(error, capsys)
    assert "The disk is full" in said
    assert "31m" not in said
    assert "Make room" in said


def test_a_folder_nobody_may_write_to_is_told_in_one_sentence(capsys):
    said = stopped(OSError(errno.EROFS, "Read-only file system", "/data/build.lock"), capsys)
    assert said.startswith("Stopped. /data/build.lock may not be written or read (Read-only file system).")


def test_what_nobody_foresaw_is_told_without_a_traceback(capsys, monkeypatch):
    said = stopped(KeyError("odd"), capsys)
    assert "did not foresee this (KeyError: 'odd')" in said
    monkeypatch.setenv("FRAMELENS_TRACEBACK", "1")
    with pytest.raises(KeyError), plain_errors():
        raise KeyError("odd")


def test_nothing_is_left_of_a_file_that_could_not_be_written(tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    with pytest.raises(TypeError), whole_file(out) as written:
        written.writelines([b"half", None])
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert out.read_text() == "old"


DEEP = 100_000


def test_lines_nested_too_deeply_or_broken_are_named_and_the_rest_is_read(tmp_path):
    source = tmp_path / "in.jsonl"
    lines = ['{"id": 1}', "[" * DEEP, '{"a":' * DEEP, "1" * 5_000, "{", '{"id": 2}']
    source.write_bytes("\n".join(lines).encode() + b"\n\xff\xfe\n")
    unusable = {}
    found = list(json_lines(source, unusable.__setitem__))
    assert [row["id"] for _, row in found] == [1, 2]
    assert sorted(unusable) == [2, 3, 4, 5, 7]


def test_answers_that_cannot_be_written_are_named_and_halves_of_characters_are_escaped(tmp_path):
    deep = []
    for _ in range(DEEP):
        deep = [deep]
    unusable = {}
    answers = [(1, {"id": deep}), (2, {"id": "half \ud800"}), (3, "no text"), (4, {"id": "é"})]
    write_json_lines(tmp_path / "out.jsonl", answers, unusable.__setitem__)
    written = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in written] == ["half \ud800", "é"]
    assert "deeply" in unusable[1]
    assert unusable[3] == "no text"
    while deep:  # taken apart from the outside: the interpreter would do it from the inside
        deep = deep[0]
