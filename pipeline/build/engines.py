"""Where the work is done: in this process, in a pool on this machine, or on a Dask cluster.

Every engine runs the same function over the same items and gives results back as they are ready.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import ExitStack
from itertools import chain, islice
from multiprocessing.connection import wait as wait_for_any
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")

# Items waiting or running at once, for each worker: enough to keep it busy, little enough to hold in memory.
_AHEAD: Final = 3
# A worker takes seconds to start and load its model: this many items are done sooner without any.
_TOO_FEW: Final = 3


class Engine(Protocol):
    """Applies a function to items, maybe at the same time; results come in any order."""

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield ``function(item)`` for every item."""
        ...


class InProcess:
    """One after the other, here: nothing to start, and a traceback that means something."""

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield ``function(item)`` for every item, in order."""
        yield from map(function, items)


def _end_with_parent() -> None:
    """Make this worker end when the process that started it does, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait_for_any([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class Pool:
    """``workers`` processes on this machine, started fresh, so that no lock or thread is copied into them."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield ``function(item)`` for every item, as each is done."""
        source = iter(items)
        first = list(islice(source, _TOO_FEW + 1))
        if len(first) <= _TOO_FEW:
            yield from map(function, first)
            return
        source = chain(first, source)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.workers, mp_context=context, initializer=_end_with_parent) as pool:
            running = {pool.submit(function, item) for item in islice(source, self.workers * _AHEAD)}
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                running |= {pool.submit(function, item) for item in islice(source, len(done))}
                for future in done:
                    yield future.result()


class Dask:
    """A Dask cluster: the one at ``address``, or else one of ``workers`` processes started here."""

    def __init__(self, workers: int, address: str = "") -> None:
        self.workers = workers
        self.address = address

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield ``function(item)`` for every item, as each is done."""
        from distributed import Client, LocalCluster, as_completed  # noqa: PLC0415  half a second, only when asked for

        with ExitStack() as stack:
            # Nothing of a cluster started here listens beyond this machine.
            here = {"n_workers": self.workers, "threads_per_worker": 1, "host": "127.0.0.1"}
            place: Any = self.address or stack.enter_context(
                LocalCluster(**here, dashboard_address="127.0.0.1:0")  # type: ignore[no-untyped-call]
            )
            client: Any = stack.enter_context(Client(place))  # type: ignore[no-untyped-call]
            source = iter(items)
            ahead = max(self.workers, len(client.scheduler_info(n_workers=-1)["workers"])) * _AHEAD
            first = [client.submit(function, item, pure=False) for item in islice(source, ahead)]
            if not first:
                return
            completed: Any = as_completed(first)  # type: ignore[no-untyped-call]
            first.clear()  # a future that nobody holds is freed on the cluster
            for future in completed:
                yield future.result()
                for item in islice(source, 1):
                    completed.add(client.submit(function, item, pure=False))


def engine(name: str, workers: int | None = None, address: str = "") -> Engine:
    """The engine called ``name``: ``local`` or ``dask``. ``workers`` None means one for each processor.

    Raises:
        ValueError: there is no such engine.
    """
    count = workers or os.cpu_count() or 1
    if name == "dask":
        return Dask(count, address)
    if name == "local":
        return InProcess() if count == 1 else Pool(count)
    message = f"There is no engine {name!r}: choose local or dask."
    raise ValueError(message)
