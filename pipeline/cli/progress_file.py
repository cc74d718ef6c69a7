"""How far a build has come, in a small file that another process can read: for the page that started it."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.build.build import Outcome


class ProgressFile:
    """Writes ``{pid, started, phase, done, total, words}`` to a file at each step; does nothing without a path.

    ``phase`` is ``reading``, ``annotating`` or ``done``; times are seconds since 1970. When done, ``files`` holds a row
    a file that was met, and ``articles``, ``added`` and ``removed`` what the build did. A build that could not be done
    says why where it is logged. Each writing replaces the file, so that nobody reads half of it.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._state: dict[str, Any] = {"pid": os.getpid(), "started": time.time(), "phase": "reading"}
        self._write()

    def planned(self, total: int) -> None:
        """So many articles are to be annotated."""
        self._write(phase="annotating", done=0, total=total, words=0)

    def advance(self, done: int, words: int) -> None:
        """So many more are done, of so many words."""
        self._write(done=self._state.get("done", 0) + done, words=self._state.get("words", 0) + words)

    def ended(self, outcome: Outcome) -> None:
        """The build is done."""
        left_out: dict[str, int] = {}
        for problem in outcome.problems:
            if not problem.used:
                left_out[problem.code] = left_out.get(problem.code, 0) + 1
        self._write(
            phase="done",
            articles=outcome.articles,
            added=outcome.added,
            removed=outcome.removed,
            files=[asdict(file) for file in outcome.files],
            left_out=left_out,
            ended=time.time(),
        )

    def _write(self, **more: object) -> None:
        self._state |= more
        if self._path is None:
            return
        part = self._path.with_name(self._path.name + ".part")
        part.write_text(json.dumps(self._state, ensure_ascii=False) + "\n", "utf-8")
        part.replace(self._path)
