"""What `make test` does before the first test, and which tests it gives to one worker."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser import install
from tests.workers import scope_of

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
def test_what_python_compiles_is_kept_whatever_the_shell_says():
    told = subprocess.run(
        ["make", "-f", "Makefile", "-f", "-", "tell"],
        input="tell: ; @env\n",
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "PATH=" in told.stdout
    assert "PYTHONDONTWRITEBYTECODE" not in told.stdout


@pytest.mark.parametrize("there", [["chromium"], ["chromium", "chromium-headless-shell"]])
def test_a_browser_without_a_window_is_taken_where_there_is_one(tmp_path, monkeypatch, there):
    for name in there:
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.delenv(install.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install.find() == tmp_path / there[-1]


def test_where_no_browser_without_a_window_can_be_had_another_is_fetched(tmp_path, monkeypatch):
    asked = []

    def succeeds(*command):
        asked.append(command)
        if command[-1] == "chromium" and command[0] == "apt-get":
            (tmp_path / "chromium").touch(mode=0o755)
        return command[-1] in {"update", "chromium"} and command[0] == "apt-get"

    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.delenv(install.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(install, "_succeeds", succeeds)
    monkeypatch.setattr(install, "of_playwright", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert install.install() == tmp_path / "chromium"
    assert [command[-1] for command in asked[1:]] == ["update", "chromium-headless-shell", "chromium"]


@pytest.mark.skipif(not shutil.which("make") or os.name == "nt", reason="there is no make")
@pytest.mark.parametrize("uv_can", [True, False])
def test_packages_are_installed_by_uv_and_by_pip_where_uv_cannot(tmp_path, uv_can):
    for name in ("Makefile", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs.parent / "pyvenv.cfg").touch()
    for name, done in (("python", "true"), ("uv", "true" if uv_can else "false")):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $@" >> asked; {done}\n', "utf-8")
        (programs / name).chmod(0o755)
    subprocess.run(["make", ".venv/dev.stamp"], cwd=tmp_path, check=True, capture_output=True)
    asked = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert [line.split()[0] for line in asked] == ["python", "uv", "python"][: 2 if uv_can else 3]
    assert all("--no-deps --require-hashes" in line for line in asked)
    assert [line.split()[-1] for line in asked[1:]] == ["requirements-dev.txt"] * (len(asked) - 1)
    pin, *hashes = (tmp_path / ".venv" / "uv.txt").read_text("utf-8").splitlines()
    assert pin.startswith("uv==")
    assert hashes
    assert all(line.lstrip().startswith(("--hash=", "# via")) for line in hashes)


def test_one_worker_has_a_browser():
    files = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/browser/test_*.py")]
    assert len(files) > 1
    assert len({scope_of(file) for file in files}) == 1
    assert scope_of("tests/store/test_filter.py") == "tests/store/test_filter.py"
