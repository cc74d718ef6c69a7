"""Many machines: the same function over the same items on a Dask cluster, with the same limits and the same blame.

Dask blames everything that waited on a worker for that worker's death. So what it blames is tried again at the end, in
parts, with nothing else on the cluster: what ends a worker then has done so itself.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

import psutil

from pipeline.build.worker_pool import CLOCK, LOOK, Limited, Lost, most_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")

# Items waiting or running at once, for each worker: enough to keep it busy, little enough to hold in memory.
_AHEAD: Final = 3
# Seconds between two looks at whether the cluster still has workers.
_ASK: Final = 5.0
# Seconds a cluster may be without any worker: time for somebody, or for something, to start one.
_WITHOUT: Final = 300.0
# One death makes a suspect, a second with nothing else on the cluster is its own. A worker that the system is slow to
# start again is given a minute before another takes its place.
_SETTINGS: Final = {"distributed.scheduler.allowed-failures": 0, "distributed.deploy.lost-worker-timeout": "60s"}


class Dask:
    """A Dask cluster: the one at ``address``, or else one of ``workers`` processes started here."""

    def __init__(self, workers: int, address: str = "", without: float = _WITHOUT) -> None:
        """``without`` is how many seconds the cluster may have no worker at all."""
        self.workers = workers
        self.address = address
        self._without = without

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Lost[Item]]:
        """Yield ``function(item)`` for every item as each is done, and a :class:`Lost` for what ended its workers.

        Raises:
            ValueError: the cluster has been lost, or has no worker.
        """
        source = iter(items)
        first = list(islice(source, 1))
        if not first:
            return
        with ExitStack() as stack:
            tasks = _Tasks(function, *stack.enter_context(_opened(self.workers, self.address)), self._without)
            tasks.submit(first)
            tasks.submit(islice(source, tasks.width() * _AHEAD - 1))
            suspects: deque[Any] = deque()
            while tasks.items:
                for item, answer in tasks.done():
                    if isinstance(answer, Lost):
                        suspects.extend(item.parts() if isinstance(item, Limited) else [item])
                    else:
                        yield answer
                    tasks.submit(islice(source, 1))
            while suspects:
                tasks.submit([suspects.popleft()])
                while tasks.items:
                    yield from (answer for _, answer in tasks.done())


@contextmanager
def _opened(workers: int, address: str) -> Iterator[tuple[Any, Any]]:
    """A client, and the cluster that was started here for it; None when there is one at ``address``."""
    import dask  # noqa: PLC0415  half a second, only when asked for
    from distributed import Client, LocalCluster  # noqa: PLC0415

    with ExitStack() as stack:
        cluster: Any = None
        if not address:
            stack.enter_context(dask.config.set(_SETTINGS))
            # Nothing of it listens beyond this machine; memory is limited as in a pool, by within_limits.
            cluster = stack.enter_context(
                LocalCluster(  # type: ignore[no-untyped-call]
                    n_workers=workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    memory_limit=0,
                )
            )
        yield stack.enter_context(Client(cluster or address)), cluster  # type: ignore[no-untyped-call]


class _Tasks:
    """Items on the cluster, by their futures: a future that nobody holds is freed there."""

    def __init__(self, function: Callable[[Any], Any], client: Any, cluster: Any, without: float) -> None:  # noqa: ANN401  Dask publishes no types
        self.items: dict[Any, Any] = {}
        self._function, self._client, self._cluster = function, client, cluster
        self._most_without, self._since = without, time.monotonic()
        self._wanted = len(cluster.worker_spec) if cluster else 0

    def width(self) -> int:
        """How many workers there are, or are wanted."""
        return max(1, self._wanted, self._workers())

    def submit(self, items: Iterable[Any]) -> None:
        """Hand items to the cluster."""
        for item in items:
            self.items[self._client.submit(within_limits, self._function, item, pure=False)] = item

    def done(self) -> Iterator[tuple[Any, Any]]:
        """Wait until something is done; each item that is, with its answer, or Lost where its worker ended."""
        from distributed import CancelledError, KilledWorker, wait  # noqa: PLC0415

        while True:
            try:
                finished = wait(list(self.items), _ASK, "FIRST_COMPLETED").done  # type: ignore[no-untyped-call]
                break
            except TimeoutError:
                self._look_for_workers()
        for future in finished:
            item = self.items.pop(future)
            try:
                yield item, future.result()
            except KilledWorker:
                yield item, Lost(item, _why(item))
            except CancelledError as error:
                message = (
                    "The Dask cluster was lost. Start it again, and build again; what was finished until now is kept."
                )
                raise ValueError(message) from error

    def _workers(self) -> int:
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def _look_for_workers(self) -> None:
        workers = self._workers()
        if workers:
            self._since = time.monotonic()
        if self._cluster and workers < self._wanted:
            self._cluster.scale(self._wanted)  # starts those anew that could not be started again
        elif not workers and time.monotonic() - self._since > self._most_without:
            message = (
                f"The Dask cluster has had no worker for {self._most_without:,.0f} seconds. Start workers there, and "
                "build again; what was finished until now is kept."
            )
            raise ValueError(message)


def _why(item: Any) -> str:  # noqa: ANN401  any item
    too_long = f", took longer than {item.cpu_seconds:,.0f} seconds of a processor" if isinstance(item, Limited) else ""
    return f"it ended the processes that read it{too_long} or needed too much memory"


def within_limits(function: Callable[[Any], Any], item: Any) -> Any:  # noqa: ANN401  any item, any result
    """``function(item)`` in a process that ends itself when the item takes too long or too much memory."""
    if not isinstance(item, Limited):
        return function(item)
    finished = threading.Event()
    used = _clock_of_this_thread()
    since, used_before, most, memory = time.monotonic(), used(), item.cpu_seconds, most_memory()
    this = psutil.Process()

    def watch() -> None:
        while not finished.wait(LOOK):
            too_long = used() - used_before > most or time.monotonic() - since > most * CLOCK
            if not finished.is_set() and (too_long or this.memory_info().rss > memory):
                os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    try:
        return function(item)
    finally:
        finished.set()


def _clock_of_this_thread() -> Callable[[], float]:
    """Seconds of a processor that this thread has used, asked from any thread; of all its process where none can be."""
    clock_of = getattr(time, "pthread_getcpuclockid", None)
    if clock_of is None:
        return time.process_time
    clock = clock_of(threading.get_ident())
    return lambda: time.clock_gettime(clock)
