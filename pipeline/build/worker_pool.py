"""Worker processes that are watched: one that dies, runs too long or grows too large costs what it held, nothing else.

The parent hands out one item at a time and waits for whichever worker has something to say. A worker whose process
ends, or goes past a limit and is ended, is replaced; what it held is tried again in parts, each alone, and a part that
fails alone is given back as :class:`Lost`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar, runtime_checkable

import psutil

from pipeline.build.without_pandas import refuse_pandas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

# Limits are looked at so often, in seconds: a worker can be past one for no longer.
LOOK: Final = 0.2
# A worker that waits for what never comes uses no time of a processor: the clock may run so many times longer.
CLOCK: Final = 30
# A process can also be ended from outside, by a person or for want of memory elsewhere: a second death is its own.
DEATHS: Final = 2
# So many workers that end one after another before they have begun: none can be started here.
_FALSE_STARTS: Final = 3
_GIGABYTE: Final = 1 << 30
MOST_MEMORY: Final = 6 * _GIGABYTE


@runtime_checkable
class Limited(Protocol):
    """An item that says how long it may take, and what it can be cut into."""

    @property
    def cpu_seconds(self) -> float:
        """Seconds of a processor it may take."""
        ...

    def parts(self) -> Sequence[Any]:
        """The same in smaller items; one when it cannot be cut."""
        ...


@dataclass(frozen=True, slots=True)
class Lost(Generic[Item]):
    """An item that no worker could finish, and why, as the end of a sentence."""

    item: Item
    reason: str


@dataclass(slots=True)
class _Try:
    item: Any
    deaths: int = 0


@dataclass(slots=True)
class _Worker:
    process: multiprocessing.process.BaseProcess
    connection: Connection
    watched: psutil.Process
    started: bool = False
    attempt: _Try | None = None
    cpu: float = 0.0
    since: float = field(default_factory=time.monotonic)

    def give(self, attempt: _Try) -> None:
        self.attempt, self.since, self.cpu = attempt, time.monotonic(), self.used()
        with suppress(OSError):  # it has died since; whoever waits for it will see
            self.connection.send(attempt.item)

    def used(self) -> float:
        with suppress(psutil.Error):
            times = self.watched.cpu_times()
            return float(times.user + times.system)
        return self.cpu

    def past_limits(self, memory: int) -> str:
        """Which limit it is past, as the end of a sentence; empty when none."""
        if self.attempt is None or not self.started:
            return ""
        item = self.attempt.item
        if isinstance(item, Limited):
            most = item.cpu_seconds
            if self.used() - self.cpu > most or time.monotonic() - self.since > most * CLOCK:
                return f"it took longer than {most:,.0f} seconds of a processor"
        with suppress(psutil.Error):
            if self.watched.memory_info().rss > memory:
                return f"it needed more than {memory / _GIGABYTE:.1f} GB of memory"
        return ""

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def most_memory() -> int:
    """Bytes a worker may use: three quarters of the machine's memory, and no more than 6 GB."""
    return min(MOST_MEMORY, int(psutil.virtual_memory().total * 0.75))


def run_watched(
    function: Callable[[Item], Result], items: Iterable[Item], workers: int, memory: int
) -> Iterator[Result | Lost[Item]]:
    """Yield ``function(item)`` for every item as each is done, and a :class:`Lost` for what no worker could finish.

    Args:
        function: what a worker does; a module-level function.
        items: taken only as they are needed. Those that are :class:`Limited` have a limit of time.
        workers: processes at once; no more are started than there are items.
        memory: bytes a worker may use.

    Raises:
        ValueError: worker processes cannot be started at all.
        Exception: what ``function`` raised.
    """
    pool = _Watched(function, iter(items), workers, memory)
    try:
        yield from pool.run()
    finally:
        for worker in pool.workers:
            worker.end()


class _Watched:
    def __init__(self, function: Callable[..., Any], items: Iterator[Any], workers: int, memory: int) -> None:
        self.workers: list[_Worker] = []
        self._function, self._items, self._most, self._memory = function, items, workers, memory
        self._again: deque[_Try] = deque()
        self._false_starts = 0
        self._context = multiprocessing.get_context("spawn")

    def run(self) -> Iterator[Any]:
        while self._hand_out():
            ready = wait([worker.connection for worker in self.workers], LOOK)
            for worker in list(self.workers):
                if worker.connection in ready:
                    yield from self._hear(worker)
                elif reason := worker.past_limits(self._memory):
                    yield from self._lose(worker, reason, final=True)

    def _hand_out(self) -> bool:
        """Give each idle worker an item, and start workers for what is left; whether any is at work."""
        for worker in self.workers:
            if worker.started and worker.attempt is None and (attempt := self._next()):
                worker.give(attempt)
        while len(self.workers) < self._most and all(worker.attempt for worker in self.workers):
            attempt = self._next()
            if attempt is None:
                break
            self.workers.append(self._start(attempt))
        return any(worker.attempt for worker in self.workers)

    def _next(self) -> _Try | None:
        if self._again:
            return self._again.popleft()
        for item in self._items:
            return _Try(item)
        return None

    def _start(self, attempt: _Try) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._function), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, psutil.Process(process.pid), attempt=attempt)

    def _hear(self, worker: _Worker) -> Iterator[Any]:
        try:
            kind, value = worker.connection.recv()
        except (EOFError, OSError):
            yield from self._lose(worker, "the process that read it ended without a word", final=False)
            return
        if kind == "started":
            worker.started, self._false_starts = True, 0
            if worker.attempt:
                worker.give(worker.attempt)  # only now, so that what it takes to start counts for no item
            return
        worker.attempt = None
        if kind == "raised":
            raise value
        yield value

    def _lose(self, worker: _Worker, reason: str, *, final: bool) -> Iterator[Any]:
        """A worker is gone, or ended here: what it held is tried again in parts, or given up."""
        worker.end()
        self.workers.remove(worker)
        attempt = worker.attempt
        if attempt is None:
            return
        if not worker.started:
            self._again.append(attempt)
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                code = worker.process.exitcode
                message = f"No worker process can be started here (exit code {code}). Check that there is memory left."
                raise ValueError(message)
            return
        parts = attempt.item.parts() if isinstance(attempt.item, Limited) else [attempt.item]
        if len(parts) > 1:
            self._again.extend(_Try(part) for part in parts)
        elif final or attempt.deaths + 1 >= DEATHS:
            yield Lost(attempt.item, reason)
        else:
            self._again.append(_Try(attempt.item, attempt.deaths + 1))


def _work(connection: Connection, function: Callable[[Any], Any]) -> None:
    """What a worker process does until its parent lets go of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends this one
    _end_with_parent()
    _first_to_go()
    refuse_pandas()
    connection.send(("started", None))
    with suppress(EOFError):
        while True:
            item = connection.recv()
            try:
                answer = "done", function(item)
            except Exception as error:  # noqa: BLE001  the parent raises it
                answer = "raised", error
            connection.send(answer)


def _end_with_parent() -> None:
    """Make this worker end when the process that started it does, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _first_to_go() -> None:
    """When the machine runs out of memory, Linux ends this process rather than the one that holds the build."""
    if sys.platform == "linux":
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("500", "ascii")
