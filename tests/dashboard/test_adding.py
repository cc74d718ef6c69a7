"""Adding articles: files that are dropped, corpora with names, a build in a process of its own."""

from __future__ import annotations

import json
import os
import sys
import time
from io import BytesIO

import pytest

from dashboard.adding import job, uploads, view
from pipeline.readers.article import Article, Problem
from pipeline.readers.recognised import Recognised
from store import corpora


class Dropped(BytesIO):
    def __init__(self, name: str, data: bytes = b"text") -> None:
        super().__init__(data)
        self.name = name


@pytest.fixture
def served(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMELENS_DATA", str(tmp_path / "served"))
    return tmp_path / "served"


def waited_for(holds) -> bool:
    """Whether a state comes within a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if holds():
            return True
        os.sched_yield()
    return False


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.csv", "a.csv"),
        ("folder/sub/a.html", "folder/sub/a.html"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\me\\a.docx", "C_/Users/me/a.docx"),
        (".hidden", "hidden"),
        ("..", "file"),
        ("a\0b\n.txt", "a_b_.txt"),
    ],
)
def test_a_dropped_file_is_kept_inside_its_set_whatever_it_is_called(served, name, kept):
    assert uploads.safe_name(name) == kept
    token = uploads.new()
    uploads.keep(token, [Dropped(name)])
    assert uploads.names(token) == [kept]
    assert all(path.resolve().is_relative_to(served.resolve()) for path in served.rglob("*"))


def test_what_is_taken_back_or_handed_over_leaves_nothing_behind(served):
    token = uploads.new()
    uploads.paste(token, "A text.")
    uploads.take_back(token)
    assert uploads.folder(token) is None
    token = uploads.new()
    uploads.keep(token, [Dropped("a.csv")])
    corpus = corpora.make("Mine")
    sources, kept = uploads.hand_over(token, corpus)
    assert [path.name for path in kept.iterdir()] == ["a.csv"]
    assert kept.parent == sources
    assert list((served / "incoming").iterdir()) == []


@pytest.mark.parametrize("token", ["", "..", "../..", "0" * 15, "g" * 16])
def test_a_set_is_found_by_its_own_name_alone(served, token):
    uploads.new()
    assert uploads.folder(token) is None


def test_files_that_were_forgotten_are_removed_after_a_day(served):
    old = uploads.new()
    past = time.time() - 25 * 3600
    os.utime(served / "incoming" / old, (past, past))
    young = uploads.new()
    assert uploads.folder(old) is None
    assert uploads.new() != young
    assert uploads.folder(young) is not None


def test_a_corpus_is_made_opened_renamed_and_removed(served):
    assert [one.key for one in corpora.listed()] == [""]
    corpus = corpora.make("Sanctuary cities, 2019–2024")
    assert corpora.current().key == ""
    corpora.choose(corpus.key)
    assert corpora.current().name == "Sanctuary cities, 2019–2024"
    corpora.rename(corpora.current(), "Cities")
    assert corpora.current().name == "Cities"
    assert corpora.current().folder == corpus.folder
    corpora.remove(corpora.current())
    assert corpora.current().key == ""
    assert not corpus.folder.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "cities"])
def test_a_corpus_needs_a_name_of_its_own(served, name):
    corpora.make("Cities")
    with pytest.raises(ValueError, match=r"name|called"):
        corpora.make(name)


@pytest.mark.parametrize("name", ["../../outside", "/etc", "日本", "..."])
def test_no_name_leads_out_of_the_folder(served, name):
    assert corpora.make(name).folder.resolve().is_relative_to((served / "corpora").resolve())


def test_the_served_folder_is_never_removed(served):
    with pytest.raises(ValueError, match="outside of Framelens"):
        corpora.remove(corpora.current())


def test_a_damaged_choice_opens_the_served_folder(served):
    corpora.make("Cities")
    (served / "corpora" / "open.json").write_text("{", "utf-8")
    assert corpora.current().key == ""


def test_a_build_tells_how_far_it_is_and_ends_when_stopped(tmp_path):
    tells = (
        "import json, os, sys, time\n"
        "json.dump({'pid': os.getpid(), 'phase': 'annotating', 'done': 1, 'total': 4, 'started': time.time()},"
        " open(sys.argv[1] + '.new', 'w'))\n"
        "os.replace(sys.argv[1] + '.new', sys.argv[1])\n"
        "import signal; signal.pause()\n"
    )
    job.run([sys.executable, "-c", tells, str(tmp_path / job.FILE)], tmp_path)
    assert waited_for(lambda: job.look(tmp_path).phase == "annotating")
    held = job.look(tmp_path)
    assert (held.running, held.done, held.total) == (True, 1, 4)
    job.stop(held)
    assert waited_for(lambda: job.look(tmp_path).phase == "stopped")


def test_what_a_build_says_of_itself_is_not_written_over(tmp_path, monkeypatch):
    """However late the page comes to say that it begins."""
    (tmp_path / job.FILE).write_text('{"pid": 1, "phase": "done", "done": 9}', "utf-8")

    class Quick:
        """A build that is over before its caller is told of it."""

        pid = 2

        def __init__(self, *_: object, **__: object) -> None:
            assert not (tmp_path / job.FILE).exists()
            (tmp_path / job.FILE).write_text('{"pid": 2, "phase": "done", "done": 3}', "utf-8")

    monkeypatch.setattr(job.subprocess, "Popen", Quick)
    job.run(["build"], tmp_path)
    assert (job.look(tmp_path).phase, job.look(tmp_path).done) == ("done", 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([job.FILE, job.LOG])


def test_a_build_that_could_not_be_done_says_why(tmp_path):
    job.run([sys.executable, "-c", "raise SystemExit('Stopped. No article could be built.')"], tmp_path)
    assert waited_for(lambda: not job.look(tmp_path).running)
    assert job.look(tmp_path).message == "Stopped. No article could be built."


def test_half_a_progress_file_is_no_build(tmp_path):
    (tmp_path / job.FILE).write_text('{"pid": 1', "utf-8")
    assert job.look(tmp_path) is None
    assert job.look(tmp_path / "nowhere") is None


def test_the_time_left_is_told_once_the_pace_is_known():
    assert job.Job("annotating", done=0, total=9, started=0).seconds_left(10) is None
    assert job.Job("annotating", done=3, total=9, started=100).seconds_left(130) == pytest.approx(60)
    assert view.time_left(None) == ""
    assert view.time_left(30) == "less than a minute left"
    assert view.time_left(240) == "about 4 min left"


def test_the_title_counts_what_will_be_built():
    assert view.title(Recognised()) == "No article was found in these files"
    found = Recognised(articles=3, outlets={"A": 2, "B": 1})
    assert view.title(found) == "3 articles from 2 outlets, ready to build"
    found.complete = False
    assert view.title(found).startswith("At least 3 articles")


def test_what_lacks_is_said_in_the_row_and_what_an_outlet_wrote_is_escaped():
    shown = str(view.first_rows([Article("<b>Paper</b>", "Some words here.", own=(("desk", "US"),))]))
    assert "no date found" in shown
    assert "no headline" in shown
    assert "&lt;b&gt;Paper&lt;/b&gt;" in shown
    assert "desk" in shown


def test_what_is_left_out_is_told_by_reason_with_its_files():
    problems = [Problem(f"{n}.pdf", 0, "scan", "It has no text.", used=False) for n in range(5)]
    told = str(view.left_out(problems))
    assert "0.pdf, 1.pdf, 2.pdf and 2 more" in told
    assert "Nothing" in str(view.left_out([]))


def test_what_is_read_with_a_doubt_is_told_before_it_is_built():
    doubt = Problem(
        "upload/a.csv", 0, "columns-guessed", "By what stands in them were taken v2 for the title.", used=True
    )
    assert "taken v2 for the title" in str(view.doubted([doubt]))
    assert view.doubted([]) is None


def test_the_table_at_the_end_names_every_file_and_sums_them():
    row = {"origin": "a.csv", "rows": 5, "articles": 3, "undated": 1, "without_outlet": 0, "left_out": {"no-text": 2}}
    told = str(view.became([row, row | {"origin": "b.pdf", "left_out": {}}]))
    assert "a.csv" in told
    assert "b.pdf" in told
    assert "2 files" in told
    assert "2 no text" in told
    assert json.dumps(6) in told
