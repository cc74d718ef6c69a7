"""The command line does what the README says, and says what was wrong."""

import csv
import json
import shutil
from itertools import cycle
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.build.engines import InProcess
from pipeline.cli.main import app

SEEDS = Path(__file__).parents[2] / "seeds"
RUN = CliRunner()


def run(*words):
    return RUN.invoke(app, [str(word) for word in words])


def write_lines(path, *lines):
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def read_lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def data(own_seeds_store):
    return own_seeds_store


def test_build_says_when_nothing_changed(data):
    assert "nothing had changed" in run("build", SEEDS, "--data", data).output


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory):
    """A file with a good row and two bad ones, and the data folder that was built from it."""
    folder = tmp_path_factory.mktemp("doubtful")
    rows = {"source": "A", "text": "Some words here.", "mood": "7"}, {"source": "B", "text": ""}, "{"
    source = write_lines(folder / "in.jsonl", *rows)
    # A worker would load the parser that this process has; processes are begun by tests of engines and of a whole build.
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pipeline.build.engines.engine", lambda *_: InProcess())
        assert run("build", source, "--data", folder / "data", "--workers", 1).exit_code == 0
    return source, folder / "data"


def test_status_counts_the_corpus_and_lists_problems(doubtful):
    source, data = doubtful
    result = run("status", "--data", data)
    assert result.exit_code == 0
    assert "1 from 1 outlets" in result.output
    assert f"{source}:2 [no-text, not used]" in result.output
    assert "columns: source: source, text: text, mood: kept" in result.output


def test_strict_tells_by_its_exit_code(doubtful):
    source, data = doubtful
    assert run("build", source, "--data", data, "--workers", 1, "--strict").exit_code == 3


def test_nothing_to_build_is_an_error_with_a_reason(tmp_path):
    result = run("build", tmp_path / "nowhere", "--data", tmp_path / "data")
    assert result.exit_code == 1
    assert "nowhere" in result.output
    assert "Traceback" not in result.output


def test_a_missing_store_says_what_to_run(tmp_path):
    result = run("status", "--data", tmp_path)
    assert result.exit_code == 1
    assert "python -m pipeline build" in result.output


def test_a_missing_model_is_named(tmp_path):
    result = run("build", SEEDS, "--data", tmp_path, "--model", "en_no_such_model")
    assert result.exit_code == 1
    assert "en_no_such_model" in result.output


def test_annotate_gives_spans_of_the_text_given(tmp_path):
    text = (SEEDS / "000_4fca64529feaf6c8.txt").read_text("utf-8")
    source = write_lines(tmp_path / "in.jsonl", {"id": 7, "text": text, "source": "Fox News", "date": "2020-02-15"})
    assert run("annotate", source, "-o", tmp_path / "out.jsonl").exit_code == 0
    (row,) = read_lines(tmp_path / "out.jsonl")
    assert row["id"] == 7
    spans = [span for name in ("quotes", "mentions", "jurisdictions", "administrations") for span in row[name]]
    assert spans
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
    opening = next(quote for quote in row["quotes"] if "safest thing" in quote["text"])
    assert (opening["kind"], opening["speaker_entity"]) == ("direct", "Matthew Albence")
    assert {"link", "call", "credit", "pull_quote"} <= {block["kind"] for block in row["furniture"]}
    assert {admin["name"] for admin in row["administrations"]} == {"Trump administration (2017–2021)"}
    assert all(len(portrayal["p"]) == 3 for portrayal in row["portrayals"])


def test_annotate_keeps_to_four_kinds_and_tells_a_turn_of_a_transcript_by_its_resolution(tmp_path):
    text = "Here is what they said.\n\nANN LEE: We will not yield on this.\n\nBO KIM: You have to.\n\nANN LEE: Never.\n"
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "a", "text": text}) + "\n")
    assert run("annotate", source, "-o", out).exit_code == 0
    quotes = json.loads(out.read_text())["quotes"]
    assert [(q["kind"], q["resolution"], q["speaker_entity"]) for q in quotes] == [
        ("indirect", "transcript", "Ann Lee"),
        ("indirect", "transcript", "Bo Kim"),
        ("indirect", "transcript", "Ann Lee"),
    ]


def test_annotate_leaves_out_a_bad_line_by_number_and_goes_on(tmp_path):
    source = write_lines(
        tmp_path / "in.jsonl",
        {"id": 1, "text": "A."},
        "not json",
        {"id": 3},
        {"text": "B."},
        {"id": 5, "text": ""},
        [1],
    )
    result = run("annotate", source, "-o", tmp_path / "out.jsonl", "--strict")
    assert result.exit_code == 3
    assert [row["id"] for row in read_lines(tmp_path / "out.jsonl")] == [1, 5]
    for line in (2, 3, 4, 6):
        assert f"{source}:{line}: not used" in result.output.replace("\n", "")


def test_annotate_goes_on_past_lines_made_to_end_it(tmp_path):
    said = "“We will appeal,” Mayor Jane Roe said in Denver."
    lines = [
        json.dumps({"id": "half", "text": f"\ud800 {said}"}),
        '{"id": "deep", "text": ' + "[" * 5_000 + "]" * 5_000 + "}",
        json.dumps({"id": "long", "text": "x " * 600_000}),
        "[" * 100_000,
        json.dumps({"id": "blank", "text": "\0 \n"}),
        json.dumps({"id": "terminal", "text": f"\x1b[31m{said}", "source": "\x1b]0;x\x07", "date": [], "title": {}}),
    ]
    given = tmp_path / "in.jsonl"
    given.write_text("\n".join(lines), "utf-8")
    out = tmp_path / "out.jsonl"
    done = run("annotate", given, "--out", out)
    assert done.exit_code == 0, done.output
    found = {row["id"]: row for row in map(json.loads, out.read_text("utf-8").splitlines())}
    assert {name: len(row["quotes"]) for name, row in found.items()} == {"half": 1, "blank": 0, "terminal": 1}
    assert [found["half"]["quotes"][0][key] for key in ("start", "end")] == [2, 19]
    told = [line for line in done.output.splitlines() if "not used" in line]
    assert [line.partition(":")[2][:1] for line in told] == ["2", "4", "3"]
    assert list(tmp_path.glob("*.part")) == []


def test_portray_rates_a_target(tmp_path):
    sentence = "Critics called the mayor a corrupt liar, while voters adored the brilliant senator."
    rows = [
        {
            "id": name,
            "sentence": sentence,
            "target_start": sentence.index(name),
            "target_end": sentence.index(name) + len(name),
        }
        for name in ("the mayor", "the brilliant senator")
    ]
    bad = {"id": "x", "sentence": sentence, "target_start": 5, "target_end": 5_000}
    source = write_lines(tmp_path / "in.jsonl", *rows, bad)
    result = run("portray", source, "-o", tmp_path / "out.jsonl")
    assert "target_start" in result.output
    mayor, senator = read_lines(tmp_path / "out.jsonl")
    assert sum(mayor["p"]) == pytest.approx(1)
    assert mayor["p"][0] > senator["p"][0]
    assert mayor["label"] == -1


def test_export_writes_the_filtered_table_and_its_record(data, tmp_path):
    out = tmp_path / "quotes.csv"
    assert run("export", "quotes", "--filter", "source=ABC+News", "--data", data, "-o", out).exit_code == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig", newline="")))
    assert rows
    assert {row["source"] for row in rows} == {"ABC News"}
    about = json.loads((tmp_path / "quotes.csv.meta.json").read_text("utf-8"))
    assert (about["rows"], about["filter"], about["filter_in_words"]) == (len(rows), "source=ABC+News", "ABC News")
    assert about["versions"]["parser"].startswith("core_web_sm")


def test_export_of_an_unknown_filter_value_says_so_and_goes_on(data, tmp_path):
    result = run(
        "export", "articles", "--filter", "source=No+Such+Paper&colour=red", "--data", data, "-o", tmp_path / "a.csv"
    )
    assert result.exit_code == 0
    assert "No Such Paper" in result.output
    assert "colour" in result.output


def test_export_of_an_unknown_table_lists_the_tables(data, tmp_path):
    result = run("export", "quotse", "--data", data, "-o", tmp_path / "a.csv")
    assert result.exit_code == 1
    assert "quotes" in result.output


def test_every_table_exports_and_every_format(data, tmp_path):
    """Each table in one format, by turns: how each is written in all of them is tested where it is written."""
    from store import Filter, Store
    from store.export import TABLES_FOR_EXPORT, render

    store = Store.open(data)
    for table, file_format in zip(TABLES_FOR_EXPORT, cycle(["csv", "jsonl", "parquet", "xlsx"]), strict=False):
        out = tmp_path / f"{table}.{file_format}"
        assert run("export", table, "--format", file_format, "--data", data, "-o", out).exit_code == 0, table
        assert out.read_bytes() == render(store, table, Filter(), file_format), table


def test_verify_names_what_is_damaged_and_a_build_makes_it_anew(data, tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    whole = run("verify", "--data", copy)
    assert whole.exit_code == 0, whole.output
    assert "as they were written" in whole.output
    (index,) = copy.glob("search-*.sqlite")
    index.write_bytes(index.read_bytes()[:5_000])
    damaged = run("verify", "--data", copy)
    assert damaged.exit_code == 1
    assert f"{index}: it has 5,000 bytes" in damaged.output
    assert "1 of " in damaged.output
    built = run("build", SEEDS, "--data", copy)
    assert "The search index is made again." in built.output
    assert "0 annotated" in built.output
    assert run("verify", "--data", copy).exit_code == 0


def test_corrections_are_listed_shared_undone_and_told_by_status(data, tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    theirs = write_lines(
        tmp_path / "theirs.jsonl",
        {
            "id": "one",
            "at": "2024-05-01T12:00:00Z",
            "what": "rename",
            "entity": "org:immigration-and-customs-enforcement",
            "name": "The agency",
        },
        {
            "id": "two",
            "at": "2024-05-01T12:00:00Z",
            "what": "rename",
            "entity": "org:immigration-and-customs-enforcement",
            "name": "I.C.E.",
        },
        {"id": "bad", "what": "rename"},
    )
    result = run("corrections", "import", theirs, "--data", copy)
    assert "2 corrections added." in result.output
    assert f"{theirs}:3: not used" in result.output
    status = run("status", "--data", copy).output
    assert "2 in effect, 1 contradicting" in status
    assert "contradiction: They give one entity different names." in status
    assert run("corrections", "undo", "two", "--data", copy).exit_code == 0
    listed = run("corrections", "list", "--data", copy).output
    assert "The agency" in listed
    assert "contradiction" not in listed
    again = run("corrections", "undo", "two", "--data", copy)
    assert again.exit_code == 1
    assert "No correction in effect has the id two" in again.output
    run("export", "organisations", "-o", tmp_path / "named.csv", "--data", copy)
    assert "The agency" in (tmp_path / "named.csv").read_text("utf-8")
    run("corrections", "export", "-o", tmp_path / "mine.jsonl", "--data", copy)
    assert len(read_lines(tmp_path / "mine.jsonl")) == 3
