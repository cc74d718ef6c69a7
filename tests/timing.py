"""CPU time that two calls can be compared by, on a machine that does other things meanwhile."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TURNS = 3


@contextmanager
def _nothing_collected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _once(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def cpu_seconds(*calls: Callable[[], object]) -> list[float]:
    """The CPU time of each of `calls` in seconds: its best of three turns, with no garbage collected.

    What else the machine does, or the heap that other tests left to collect, only ever adds time, and may add it to
    one of the calls alone. The calls take turns, so that a slow minute falls on all of them.
    """
    best = [float("inf")] * len(calls)
    with _nothing_collected():
        for _ in range(TURNS):
            for place, call in enumerate(calls):
                best[place] = min(best[place], _once(call))
    return best


def times_longer(short: Callable[[], object], long: Callable[[], object], *, most: float, least: float = 0.0) -> float:
    """How many times the CPU time of `short` the call `long` takes, where less than `most` times is what is asked.

    Both count by their best of three turns, and `short` as no less than `least` seconds. `long` costs the more, and
    takes another turn only while it is at `most` or above: below it, a further turn could not change the answer.
    """
    with _nothing_collected():
        first, longest = _once(short), _once(long)
        base = max(least, min(first, *(_once(short) for _ in range(1, TURNS))))
        for _ in range(1, TURNS):
            if longest < most * base:
                break
            longest = min(longest, _once(long))
    return longest / base
