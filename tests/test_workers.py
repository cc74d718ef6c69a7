"""Tests that forked workers run are told of, and their lines counted, as by pytest alone."""

import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests import workers

pytestmark = pytest.mark.skipif(not workers.FORKS, reason="processes are forked on Linux only")
ROOT = Path(__file__).parents[1]
FILES = {
    "halves.py": """
        def half(number):
            if number % 2:
                raise ValueError(number)
            return number // 2
    """,
    "test_first.py": """
        import os
        import warnings

        import pytest

        from halves import half

        @pytest.fixture(scope="session")
        def folder(tmp_path_factory):
            yield tmp_path_factory.mktemp("own")
            open("let-go", "a").write(f"{os.getppid()}\\n")

        def test_passes(folder):
            print("what is said where all is well")
            assert half(4) == 2

        def test_fails(folder):
            print("what is said before it fails", folder)
            warnings.warn("take care")
            assert not folder

        def test_parts(subtests):
            with subtests.test("one part"):
                assert half(2) == 2
    """,
    "test_second.py": """
        import pytest

        from halves import half

        @pytest.mark.skip(reason="for now")
        def test_is_left(): ...

        def test_raises():
            with pytest.raises(ValueError):
                half(3)
    """,
}


def run(folder, *arguments, before=("-m", "pytest")):
    """What pytest says of these files, and how it ended."""
    command = [sys.executable, *before, "-c", "none.ini", "--rootdir", ".", "-p", "tests.workers", *arguments]
    environment = {name: said for name, said in os.environ.items() if not name.startswith(("PYTEST", "SLIPCOVER"))}
    environment |= {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr, done.returncode


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items() | {("none.ini", "[pytest]")}:
        (tmp_path / name).write_text(textwrap.dedent(text), "utf-8")
    return tmp_path


def test_what_failed_was_skipped_and_was_said_is_told(folder, subtests):
    said, ended = run(folder, "--workers", "2", "--durations", "1")
    with subtests.test("all are told, once each"):
        assert "3 failed, 2 passed, 1 skipped, 1 warning in " in said, said
        assert ended == 1
        assert said.count("UserWarning: take care") == 1
        assert "SUBFAILED[one part] test_first.py::test_parts" in said
    with subtests.test("of what a test prints only that of one that failed"):
        assert said.count("what is said before it fails") == 2  # its line, and what was printed
        assert "what is said where all is well" not in said
    with subtests.test("each worker has its folder, below that of the run, and lets go of what is shared"):
        assert re.search(r"\nwhat is said before it fails \S+/worker-[01]/own0\n", said)
        assert len((folder / "let-go").read_text().splitlines()) == 1
    with subtests.test("what failed last is run again"):
        assert "3 failed, " in run(folder, "--workers", "2", "--lf", "-k", "fails or parts")[0]
    with subtests.test("one failure ends it"):
        said, ended = run(folder, "--workers", "2", "-x")
        assert "stopping after 1 failures" in said
        assert "test_parts" not in said
        assert ended == 1


def test_a_worker_that_is_lost_is_a_failure(folder):
    (folder / "test_second.py").write_text("import os\ndef test_ends(): os._exit(0)\ndef test_after(): ...\n", "utf-8")
    said, ended = run(folder, "--workers", "2", "-k", "passes or ends or after")
    assert "_ test_ends _" in said
    assert "\na worker ended while it ran test_second.py::test_ends" in said
    assert "1 failed, 1 passed" in said
    assert ended == 2


def test_lines_are_counted_in_workers_too(folder):
    counted = []
    for number in ("0", "2"):
        before = ("-m", "slipcover", "--json", "--source", ".", "--out", f"{number}.json", "-m", "pytest")
        run(folder, "--workers", number, before=before)
        counted.append(json.loads((folder / f"{number}.json").read_text("utf-8"))["files"])
    assert counted[0] == counted[1]
    assert counted[1]["halves.py"]["missing_lines"] == []
