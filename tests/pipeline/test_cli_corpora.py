"""Corpora with names, made, opened, renamed and removed at the command line as on the page; articles removed by id."""

import json

import pytest
from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.readers import choices, removed
from store import corpora


@pytest.fixture
def run(tmp_path):
    def at(*args, code=0):
        told = CliRunner().invoke(app, [*map(str, args), "--data", str(tmp_path / "home")])
        assert told.exit_code == code, told.output
        return told.output

    return at


def test_a_corpus_is_made_opened_renamed_and_removed(run, tmp_path, monkeypatch):
    home = tmp_path / "home"
    folder = home / "corpora" / "bridges-2024"
    assert str(folder) in run("corpora", "make", "Bridges, 2024")
    run("corpora", "open", "Bridges, 2024")
    assert f"* Bridges, 2024  {folder}" in run("corpora", "list")
    # The page that is served from there sees the same.
    monkeypatch.setenv("FRAMELENS_DATA", str(home))
    assert (corpora.current().name, corpora.current().folder) == ("Bridges, 2024", folder)
    run("corpora", "rename", "Bridges, 2024", "Ferries")
    assert corpora.current().name == "Ferries"
    assert "Say --yes" in run("corpora", "remove", "Ferries", code=1)
    run("corpora", "remove", "Ferries", "--yes")
    assert not folder.exists()
    assert [one.key for one in corpora.listed()] == [corpora.FIRST]


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (("open", "Nowhere"), "There is no corpus"),
        (("make", " "), "Give the corpus a name"),
        (("remove", "home", "--yes"), "remove it outside of Framelens"),
    ],
)
def test_what_cannot_be_done_with_corpora_is_said(run, args, reason):
    assert reason in run("corpora", *args, code=1)


def test_removed_articles_are_listed_and_taken_back(run, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    removed.add(home, [("0123456789abcdef", removed.place_of("a.txt", "A text."))])
    assert "A text" not in (home / removed.FILE).read_text("ascii")
    assert "0123456789abcdef  removed" in run("remove", "--list")
    assert "is not among the articles removed" in run("remove", "nobody", "--take-back", code=1)
    run("remove", "0123456789abcdef", "--take-back")
    assert not choices.load(home).removed.ids
    assert "Name the articles" in run("remove", code=1)


def test_a_file_of_removals_that_cannot_be_read_stops_a_build(run, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / removed.FILE).write_text("{", "ascii")
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"source": "A", "text": "Some words."}), "utf-8")
    assert "cannot be read" in run("build", source, code=1)
