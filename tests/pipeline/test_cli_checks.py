"""A whole check from the command line: draw, answer from a file and at the terminal, score, export, give away."""

import csv
import json

import pytest
from typer.testing import CliRunner

from pipeline.cli.main import app
from store.checks import log
from tests.store.small_corpus import ALL_DRAFTS, begin_with


@pytest.fixture
def checks(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    begin_with(data, *ALL_DRAFTS)

    def run(*args, code=0, said=None):
        told = CliRunner().invoke(app, ["checks", *map(str, args), "--data", str(data)], input=said)
        assert told.exit_code == code, told.output
        return told.output

    return run


def test_a_check_from_a_file(checks, tmp_path):
    assert "4 of 4 passages reported or quoted" in checks("draw", "quotes", "-n", 4, "--by", "source")
    asked = tmp_path / "asked.jsonl"
    assert "4 questions" in checks("answer", "--questions", asked)
    rows = [json.loads(line) for line in asked.read_text().splitlines()]
    assert not any("machine" in row for row in rows)
    given = [
        {"item": row["item"], "answer": next(key for key, label in row["options"].items() if label.startswith(who))}
        for row in rows
        for who in [
            {"The engine weaves patterns, said of Hopper.": "Ada Lovelace", "A danger indeed.": "Cannot"}.get(
                row["passages"][0]["marked"], "Grace Hopper"
            )
        ]
    ]
    given[0]["note"] = "Sure of it"
    source = tmp_path / "answers.jsonl"
    lines = [json.dumps(row) for row in given] + ['{"item": 9}', "{", '{"item": 1, "answer": "perhaps"}', "[]"]
    source.write_text("\n".join(lines))
    told = checks("answer", "--from", source, "--coder", "Eve", "--strict", code=3)
    assert "4 answers kept, 4 lines not used." in told
    for line, reason in ((5, "1 to 4"), (6, "not JSON"), (7, "“choice” of an answer"), (8, "one JSON object")):
        assert f"answers.jsonl:{line}: not used: " in told
        assert reason in told
    told = checks("score")
    assert "checked on this corpus: 4 of 4 right, 51–100 %" in told
    assert "Eve: 4 answered, 0 skipped, 0 to go" in checks("list")
    out = tmp_path / "answers.csv"
    checks("export", "--out", out)
    with out.open(encoding="utf-8", newline="") as held:
        table = list(csv.DictReader(held))
    assert len(table) == 4
    assert {row["chance"] for row in table} == {"1.0"}
    assert "Who says it: right in 4 of 4" in (tmp_path / "answers.csv.validation.md").read_text()
    assert "version 0" in (tmp_path / "answers.csv.codebook.md").read_text()


def test_answers_at_the_terminal_are_kept_as_they_are_given(checks):
    checks("draw", "missed", "-n", 4)
    told = checks("answer", "--coder", "Eve", said="x\n1\ns\nTorn page\nq\n")
    assert ">>" in told
    assert "Framelens: nobody" in told
    assert "1 answered, 1 skipped, 2 to go" in checks("list")


def test_a_second_person_gets_the_sample_as_a_file(checks, tmp_path):
    checks("draw", "portrayals", "-n", 4)
    for coder, key in (("Eve", 2), ("Joe", 1)):
        source = tmp_path / f"{coder}.jsonl"
        source.write_text("".join(json.dumps({"item": item, "answer": str(key)}) + "\n" for item in (1, 2, 3, 4)))
        checks("answer", "--from", source, "--coder", coder)
    told = checks("score")
    assert "Two people: 0 of 4 the same" in told
    theirs = tmp_path / "theirs.jsonl"
    theirs.write_bytes((tmp_path / "data" / log.NAME).read_bytes())
    assert "0 lines added" in checks("import", theirs)


def test_a_codebook_is_kept_by_version(checks, tmp_path):
    text = tmp_path / "book.md"
    text.write_text("Only what is said aloud.")
    assert "version 1" in checks("codebook", "quotes", "--from", text)
    assert "Only what is said aloud." in checks("codebook", "quotes")


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (("draw", "dreams"), "checks are of quotes"),
        (("draw", "facts"), "There are no pairs of passages"),
        (("score",), "Nothing has been drawn yet"),
        (("codebook", "dreams"), "Checks are of quotes"),
    ],
)
def test_what_cannot_be_done_is_said(checks, args, reason):
    assert reason in checks(*args, code=1)


def test_a_plan_draws_nothing(checks):
    assert "chance" in checks("draw", "quotes", "--plan")
    assert "Nothing has been drawn yet" in checks("score", code=1)
    first = checks("draw", "quotes", "-n", 2).split()[-1].rstrip(".")
    assert "There is no sample nobody" in checks("score", "nobody", code=1)
    assert "4 of 4" in checks("draw", "quotes", "-n", 2, "--more", first)
