"""A build in a process of its own: it goes on when the page is closed, tells how far it is, and can be stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE: Final = "build.progress.json"
LOG: Final = "build.log"
_ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Job:
    """How far a build is. ``phase`` is starting, reading, annotating, done or stopped; times are seconds since 1970."""

    phase: str
    pid: int = 0
    done: int = 0
    total: int = 0
    started: float = 0.0
    ended: float = 0.0
    message: str = ""
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.phase in {"starting", "reading", "annotating"}

    def seconds_left(self, now: float) -> float | None:
        """Seconds until all is annotated, at the pace so far; None while that cannot be told."""
        if self.phase != "annotating" or not self.done or now <= self.started:
            return None
        return (now - self.started) / self.done * (self.total - self.done)


def start(sources: Path, data: Path) -> None:
    """Begin to build what ``sources`` holds into ``data``; the process outlives this one."""
    data.mkdir(parents=True, exist_ok=True)
    command = (sys.executable, "-m", "pipeline", "build", str(sources), "--data", str(data))
    run([*command, "--progress", str(data / FILE)], data)


def run(command: Sequence[str], data: Path) -> None:
    """Start ``command`` apart from this process, with what it says in the log of ``data``."""
    forget(data)
    with (data / LOG).open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  our own command; names of files are arguments of their own
            command, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    _mark(data, {"pid": process.pid, "phase": "starting", "started": time.time()})


def _mark(data: Path, record: dict[str, Any]) -> None:
    """Say that it begins, unless it has said so itself already; nobody sees half of it."""
    path, beside = data / FILE, data / f"{FILE}.{record['pid']}"
    beside.write_text(json.dumps(record), "utf-8")
    try:
        os.link(beside, path)  # a link never takes the place of what the build has written meanwhile
    except FileExistsError:
        pass
    except OSError:  # a disk that knows no links
        beside.replace(path)
    beside.unlink(missing_ok=True)


def look(data: Path) -> Job | None:
    """The last build of a data folder that was started from the page; None where there was none."""
    record = _read(data / FILE)
    if not record:
        return None
    phase, pid = str(record.get("phase", "")), int(record.get("pid", 0))
    if phase in {"starting", "reading", "annotating"} and not alive(pid):
        record = _read(data / FILE)  # it may have ended between the two looks
        phase = str(record.get("phase", ""))
        if phase in {"starting", "reading", "annotating"}:
            phase = "stopped"
    return Job(
        phase,
        pid,
        int(record.get("done", 0)),
        int(record.get("total", 0)),
        float(record.get("started", 0)),
        float(record.get("ended", 0)),
        str(record.get("message", "")) or _last_words(data / LOG),
        record,
    )


def stop(job: Job) -> None:
    """End a build that goes on: what it finished is kept by the caches, the last snapshot stands."""
    if job.running and alive(job.pid):
        with suppress(OSError):
            os.killpg(job.pid, signal.SIGTERM)


def forget(data: Path) -> None:
    """Take away what is told of the last build."""
    (data / FILE).unlink(missing_ok=True)


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was ours is laid to rest."""
    if pid <= 0:
        return False
    with suppress(ChildProcessError, OSError):
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _read(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _last_words(log: Path) -> str:
    with suppress(OSError):
        lines = [line.strip() for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
        return lines[-1] if lines else ""
    return ""
