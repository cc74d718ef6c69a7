"""Where the work is done: in this process, in a pool on this machine, or on a Dask cluster.

Every engine runs the same function over the same items and gives results back as they are ready.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from pipeline.build.worker_pool import Limited, Lost, most_memory, run_watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")

# Items waiting or running at once, for each worker: enough to keep it busy, little enough to hold in memory.
_AHEAD: Final = 3


class Engine(Protocol):
    """Applies a function to items, maybe at the same time; results come in any order."""

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Lost[Item]]:
        """Yield ``function(item)`` for every item, or what was lost when its process died."""
        ...


class InProcess:
    """One after the other, here: nothing to start, and a traceback that means something."""

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield ``function(item)`` for every item, in order."""
        yield from map(function, items)


class Pool:
    """``workers`` processes on this machine, started fresh, so that no lock or thread is copied into them.

    Each is watched: see :mod:`pipeline.build.worker_pool`.
    """

    def __init__(self, workers: int, memory: int = 0) -> None:
        """``memory`` is how many bytes a worker may use; 0 means what is fit for this machine."""
        self.workers = workers
        self.memory = memory or most_memory()

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Lost[Item]]:
        """Yield ``function(item)`` for every item, as each is done."""
        yield from run_watched(function, items, self.workers, self.memory)


class Dask:
    """A Dask cluster: the one at ``address``, or else one of ``workers`` processes started here."""

    def __init__(self, workers: int, address: str = "") -> None:
        self.workers = workers
        self.address = address

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Lost[Item]]:
        """Yield ``function(item)`` for every item, as each is done; one that ends its workers is tried in parts."""
        from distributed import (  # noqa: PLC0415  half a second, only when asked for
            Client,
            KilledWorker,
            LocalCluster,
            as_completed,
        )

        with ExitStack() as stack:
            # Nothing of a cluster started here listens beyond this machine.
            here = {"n_workers": self.workers, "threads_per_worker": 1, "host": "127.0.0.1"}
            place: Any = self.address or stack.enter_context(
                LocalCluster(**here, dashboard_address="127.0.0.1:0")  # type: ignore[no-untyped-call]
            )
            client: Any = stack.enter_context(Client(place))  # type: ignore[no-untyped-call]
            source = iter(items)
            ahead = max(self.workers, len(client.scheduler_info(n_workers=-1)["workers"])) * _AHEAD
            held: dict[str, Any] = {}  # by the key of its future: a future that nobody holds is freed on the cluster

            def submit(item: object) -> Any:  # noqa: ANN401  Dask publishes no types
                future = client.submit(function, item, pure=False)
                held[future.key] = item
                return future

            first = [submit(item) for item in islice(source, ahead)]
            if not first:
                return
            completed: Any = as_completed(first)  # type: ignore[no-untyped-call]
            first.clear()
            for future in completed:
                item = held.pop(future.key)
                try:
                    yield future.result()
                except KilledWorker:
                    parts = item.parts() if isinstance(item, Limited) else [item]
                    if len(parts) > 1:
                        completed.update([submit(part) for part in parts])
                        continue
                    yield Lost(item, "the processes that read it ended without a word")
                for following in islice(source, 1):
                    completed.add(submit(following))


def engine(name: str, workers: int | None = None, address: str = "") -> Engine:
    """The engine called ``name``: ``local`` or ``dask``. ``workers`` None means one for each processor.

    Raises:
        ValueError: there is no such engine.
    """
    count = workers or os.cpu_count() or 1
    if name == "dask":
        return Dask(count, address)
    if name == "local":
        return Pool(count)
    message = f"There is no engine {name!r}: choose local or dask."
    raise ValueError(message)
