"""CPU time that two calls can be compared by, on a machine that does other things meanwhile."""

import gc
import time
from collections.abc import Callable

TURNS = 3


def cpu_seconds(*calls: Callable[[], object]) -> list[float]:
    """The CPU time of each of `calls` in seconds: its best of three turns, with no garbage collected.

    What else the machine does, or the heap that other tests left to collect, only ever adds time, and may add it to
    one of the calls alone. The calls take turns, so that a slow minute falls on all of them.
    """
    best = [float("inf")] * len(calls)
    gc.collect()
    gc.disable()
    try:
        for _ in range(TURNS):
            for place, call in enumerate(calls):
                began = time.process_time()
                call()
                best[place] = min(best[place], time.process_time() - began)
    finally:
        gc.enable()
    return best
