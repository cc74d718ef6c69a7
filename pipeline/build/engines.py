"""Where the work is done: in this process, in a pool on this machine, or on a Dask cluster.

Every engine runs the same function over the same items and gives results back as they are ready.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol, TypeVar

from pipeline.build.dask_cluster import Dask
from pipeline.build.worker_pool import Lost, most_memory, run_watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")


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
