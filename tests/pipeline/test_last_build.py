"""A build without news is told from names, sizes, times and sums; whatever changed is always noticed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import DEFAULT_MODEL
from pipeline.build import last_build
from pipeline.build.last_build import FILE, Remembered, unchanged
from store.snapshot import manifest
from store.snapshot.lock import BuildLock
from tests.store.small_corpus import DAILY_ONE, begin_with, build

ROOT = Path(__file__).parents[2]
OUTCOME = {"articles": 2, "snapshot": 1, "counts": {"files met": 2}, "problems": []}


@pytest.fixture
def built(tmp_path):
    """A folder of two texts, and a store that was built from it."""
    sources, data = tmp_path / "texts", tmp_path / "data"
    (sources / "may").mkdir(parents=True)
    (sources / "a.txt").write_text("The mayor spoke on Monday.", "utf-8")
    (sources / "may" / "b.txt").write_text("The council met on Tuesday.", "utf-8")
    begin_with(data, DAILY_ONE)
    keep([sources], data)
    return sources, data


def keep(sources, data, files=(), *, complete=True):
    Remembered(sources, data, DEFAULT_MODEL).keep(OUTCOME, files, complete=complete)


def is_known(sources, data):
    return unchanged([sources] if isinstance(sources, Path) else sources, data, DEFAULT_MODEL)


def in_place(file, content):
    """Write to a file as it stands: its number stays."""
    with file.open("r+b") as held:
        held.write(content)
        held.truncate()


def test_nothing_new_gives_what_the_last_build_came_to(built):
    assert is_known(*built) == OUTCOME


def same_size_and_times(sources, _):
    file = sources / "a.txt"
    before = file.stat()
    in_place(file, b"The mayor spoke on Sunday.")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def replaced(sources, _):
    file = sources / "a.txt"
    before = file.stat()
    file.unlink()
    file.write_text("The mayor spoke on Sunday.", "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


NEWS = {
    "another text of the same size and times": same_size_and_times,
    "another file of the same size and times": replaced,
    "a longer text": lambda sources, _: (sources / "a.txt").write_text("The mayor spoke on Monday again.", "utf-8"),
    "a new text": lambda sources, _: (sources / "may" / "c.txt").write_text("Rain.", "utf-8"),
    "a new hidden file": lambda sources, _: (sources / ".c.txt").write_text("Rain.", "utf-8"),
    "a text that is gone": lambda sources, _: (sources / "a.txt").unlink(),
    "another name": lambda sources, _: (sources / "a.txt").rename(sources / "c.txt"),
    "another folder": lambda sources, _: (sources / "may").rename(sources / "june"),
    "an outlet's name": lambda _, data: (data / "outlets.csv").write_text("name,outlet\nx,y\n", "utf-8"),
    "how dates are read": lambda _, data: (data / "reading.json").write_text('{"dates": "day-first"}', "utf-8"),
    "a removed article": lambda _, data: (data / "removed.jsonl").write_text("{}\n", "utf-8"),
    "a file that nobody knew of yet": lambda _, data: (data / "another.toml").write_text("", "utf-8"),
    "a damaged table": lambda _, data: in_place(next(data.glob("tables/articles/*.parquet")), b"PAR2"),
    "a table that is gone": lambda _, data: next(data.glob("tables/articles/*.parquet")).unlink(),
    "a damaged log": lambda _, data: in_place(next(data.glob("tables/articles/_delta_log/*.json")), b"{"),
    "a damaged search index": lambda _, data: in_place(data / "search-1.sqlite", b"none"),
    "a damaged manifest": lambda _, data: in_place(data / manifest.NAME, b"{"),
    "a damaged copy": lambda _, data: in_place(data / manifest.COPY, b"{"),
    "a build that was broken off": lambda _, data: (data / "building").mkdir(),
    "a newer snapshot": lambda _, data: build(data, DAILY_ONE, removed={"nobody"}) and build_another(data),
    "a damaged memory": lambda _, data: in_place(data / FILE, b"{"),
    "a memory of something else": lambda _, data: in_place(
        data / FILE, (data / FILE).read_bytes().replace(b'"articles": 2', b'"articles": 3')
    ),
    "no memory": lambda _, data: (data / FILE).unlink(),
    "no store": lambda _, data: shutil.rmtree(data),
}


def build_another(data):
    from tests.store.small_corpus import HERALD

    return build(data, HERALD)


@pytest.mark.parametrize("change", NEWS.values(), ids=NEWS.keys())
def test_whatever_changed_is_noticed(built, change):
    change(*built)
    assert is_known(*built) is None


def test_what_was_written_twice_in_one_tick_of_the_clock_is_read(built, monkeypatch):
    sources, data = built
    file = sources / "a.txt"
    before = file.stat()
    in_place(file, b"The mayor spoke on Sunday.")
    real = os.stat
    same = lambda path, **more: before if os.fspath(path) == str(file) else real(path, **more)  # noqa: E731
    monkeypatch.setattr(last_build.os, "stat", same)
    assert is_known(sources, data) is None


def test_texts_that_have_long_stood_are_not_read(built, monkeypatch):
    sources, data = built
    monkeypatch.setattr(last_build, "_SETTLED", -(10**18))
    real = last_build._sum
    read = []
    monkeypatch.setattr(last_build, "_sum", lambda path: read.append(path) or real(path))
    assert is_known(sources, data) == OUTCOME
    assert read
    assert not [path for path in read if path.startswith(str(sources))]


def test_the_same_text_written_again_is_no_news(built):
    sources, data = built
    file = sources / "a.txt"
    text = file.read_bytes()
    file.unlink()
    file.write_bytes(text)
    os.utime(file, ns=(1, 1))
    assert is_known(sources, data) == OUTCOME


def test_another_call_has_to_be_done(built, tmp_path, monkeypatch):
    sources, data = built
    assert unchanged([sources], data, "another_model") is None
    assert unchanged([sources, sources / "a.txt"], data, DEFAULT_MODEL) is None
    assert unchanged([sources / "may"], data, DEFAULT_MODEL) is None
    monkeypatch.chdir(tmp_path)
    assert unchanged([sources], data, DEFAULT_MODEL) is None, "origins are told from the folder one stands in"


def test_other_code_has_to_do_it(built, monkeypatch):
    monkeypatch.setattr(last_build, "_made_with", lambda _: "other")
    assert is_known(*built) is None


def test_all_code_and_all_packages_count(tmp_path, monkeypatch):
    root, packages = tmp_path / "root", tmp_path / "packages"
    for folder in (root / "pipeline" / "room", root / "store", packages):
        folder.mkdir(parents=True)
    (root / "pyproject.toml").touch()
    code = root / "pipeline" / "room" / "one.py"
    code.write_text("ONE = 1\n", "utf-8")
    monkeypatch.setattr(last_build, "_ROOT", root)
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])
    found = [last_build._made_with(DEFAULT_MODEL)]
    code.write_text("ONE = 2\n", "utf-8")
    found.append(last_build._made_with(DEFAULT_MODEL))
    (root / "store" / "table.csv").write_text("a\n", "utf-8")
    found.append(last_build._made_with(DEFAULT_MODEL))
    (packages / "reader-1.2.dist-info").mkdir()
    found.append(last_build._made_with(DEFAULT_MODEL))
    (packages / "reader-1.2.dist-info").rename(packages / "reader-1.3.dist-info")
    found.append(last_build._made_with(DEFAULT_MODEL))
    assert len(set(found)) == len(found)
    assert last_build._made_with(DEFAULT_MODEL) == found[-1]


def test_another_build_at_work_is_left_to_the_command_line(built):
    with BuildLock(built[1]):
        assert is_known(*built) is None


def test_a_build_that_left_something_undone_is_not_kept(built):
    sources, data = built
    keep([sources], data, complete=False)
    assert is_known(sources, data) is None


def test_what_changed_while_it_was_read_is_not_kept(built):
    sources, data = built
    before = Remembered([sources], data, DEFAULT_MODEL)
    (sources / "a.txt").write_text("Another text.", "utf-8")
    before.keep(OUTCOME, [], complete=True)
    assert is_known(sources, data) is None


def test_a_file_by_itself_is_known_unless_a_table_beside_it_may_describe_it(built):
    sources, data = built
    file = sources / "a.txt"
    keep([file], data)
    assert is_known(file, data) == OUTCOME
    (sources / "texts.csv").write_text("file,outlet\na.txt,Herald\n", "utf-8")
    assert is_known(file, data) is None
    keep([file], data)
    assert is_known(file, data) is None


@pytest.mark.parametrize(("articles", "known"), [(2, True), (0, False)])
def test_a_table_by_itself_is_known_when_articles_are_in_it(built, articles, known):
    sources, data = built
    table = sources / "texts.csv"
    table.write_text("text,outlet\nRain fell.,Herald\n", "utf-8")
    keep([table], data, [SimpleNamespace(origin=str(table), articles=articles)])
    assert (is_known(table, data) == OUTCOME) is known


SAY = """
import sys
from pipeline.cli.nothing_new import report_nothing_new
code = report_nothing_new(sys.argv[1:])
print(code, sorted(name for name in ("spacy", "onnxruntime", "pyarrow", "duckdb", "numpy", "typer") if name in sys.modules))
"""


def say(*given):
    return subprocess.run(
        [sys.executable, "-c", SAY, *map(str, given)], cwd=ROOT, capture_output=True, text=True, check=True
    )


def test_nothing_is_loaded_to_say_that_nothing_changed(built, monkeypatch):
    sources, data = built
    monkeypatch.chdir(ROOT)
    keep([sources], data)
    ended = say("build", sources, "--data", data)
    assert ended.stdout.split() == ["0", "[]"]
    assert f"2 articles in {data} (nothing had changed; snapshot 1)." in ended.stderr


@pytest.mark.parametrize(
    "more", [["--retry"], ["--dates", "day-first"], ["--help"], ["--progress", "file"], ["--data"]]
)
def test_other_calls_go_to_the_command_line(built, monkeypatch, more):
    sources, data = built
    monkeypatch.chdir(ROOT)
    keep([sources], data)
    ended = say("build", sources, "--data", data, *more)
    assert ended.stdout.split() == ["None", "[]"]
    assert ended.stderr == ""


LOAD = """
import sys
from pipeline.build.without_pandas import arrow_without_pandas
arrow_without_pandas()
import pyarrow, pipeline.cli.main, pipeline.build.build, pipeline.stories.write
pyarrow.table({"a": ["b"]})
print([name for name in ("spacy", "pandas", "trafilatura", "pypdf", "scipy.cluster") if name in sys.modules])
"""


def test_what_only_some_builds_need_is_not_loaded_for_all():
    loaded = subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert loaded == "[]\n"
