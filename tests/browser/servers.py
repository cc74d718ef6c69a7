"""Servers of the app. Where processes can be forked, each is forked from one that has imported what all of them need.

Streamlit, tables and what the pages share cost a server that is started by itself four seconds of a processor.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
# Elsewhere than on Linux, what was imported need not outlive a fork.
FORKS = sys.platform == "linux"


class Running(Protocol):
    """A server that was begun."""

    def ended(self) -> bool:
        """Whether it has ended by itself."""
        ...


class _Started:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def ended(self) -> bool:
        return self._process.poll() is not None


class _Forked:
    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        self._process = process

    def ended(self) -> bool:
        return not self._process.is_alive()


@contextmanager
def start(port: int, store: Path, log: Path) -> Iterator[Running]:
    """The app on ``port`` as a reader starts it; what it says goes to ``log``."""
    command = [sys.executable, "-m", "streamlit", *_arguments(port)]
    environment = os.environ | {"FRAMELENS_DATA": str(store), "OMP_NUM_THREADS": "1"}
    with (
        log.open("wb") as opened,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=opened, stderr=subprocess.STDOUT) as process,
    ):
        try:
            yield _Started(process)
        finally:
            process.kill()  # asked politely, it waits for browsers that have left


@contextmanager
def fork(port: int, store: Path, log: Path) -> Iterator[Running]:
    """The same app, from a process that has imported what it needs and has begun nothing."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.browser.imports"])
    process = context.Process(target=_serve, args=(port, store, log), daemon=True)
    process.start()
    try:
        yield _Forked(process)
    finally:
        process.kill()
        process.join()


def _arguments(port: int) -> list[str]:
    return ["run", "app.py", "--server.port", str(port)]


def _serve(port: int, store: Path, log: Path) -> None:
    with log.open("wb") as opened:
        for stream in (1, 2):
            os.dup2(opened.fileno(), stream)
    os.environ["FRAMELENS_DATA"] = str(store)
    os.chdir(ROOT)
    from streamlit.web.cli import main

    main(_arguments(port), prog_name="streamlit")
