"""What ten people at once cost, against the same ten one after the other: the questions of every page, by threads.

    python -m bench.crowd DATA [--people 10]

Each of them goes through all pages of ``bench.changes`` under a filter of their own, on one opened store, as threads of
one server do. CPU seconds of all threads for the same work either way, the better of three rounds by turns; the ratio
is what being many costs besides the work itself, and ``wall`` how much sooner all have their answers.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.changes import PAGES, filters
from bench.comparison import timed
from store import Filter, Store

ROUNDS = 3


def everything(store: Store, chosen: Filter) -> None:
    """All pages under one filter."""
    for page in PAGES:
        page(store, chosen)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--people", type=int, default=10)
    options = parser.parse_args()
    store = Store.open(options.data)
    chosen_filters = filters(store, options.people)
    everything(store, Filter())

    def in_turn() -> None:
        for chosen in chosen_filters:
            everything(store, chosen)

    def at_once() -> None:
        with ThreadPoolExecutor(len(chosen_filters)) as people:
            list(people.map(lambda chosen: everything(store, chosen), chosen_filters))

    alone, crowd = zip(*((timed(in_turn), timed(at_once)) for _ in range(ROUNDS)), strict=True)
    cpu = [min(spent.cpu for spent in runs) for runs in (alone, crowd)]
    wall = [min(spent.wall for spent in runs) for runs in (alone, crowd)]
    print(f"{store.rows['articles']:,} articles, {len(chosen_filters)} people, all pages each")
    for name, (one, many) in (("CPU-seconds", cpu), ("wall", wall)):
        print(f"{name:12} one after the other {one:6.2f}, at once {many:6.2f}, {many / one:5.2f} times")


if __name__ == "__main__":
    main()
