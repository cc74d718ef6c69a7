"""Script CPU of the pages Overview and Compare: a first visit, another filter, and the same once more.

    python -m bench.pages DATA [--repeats N]

Each is a whole run of a page by Streamlit's own test runner, filter bar and all, without a browser; what a server
does once, when it starts, is left out (:mod:`bench.visits`). *Other filter* asks what nothing has been remembered of;
*again* is what a reader waits for who clicks something that changes no filter.
CPU milliseconds of all threads, medians; the rival is pandas adding up articles by outlet and month in the same run.
"""

from __future__ import annotations

import argparse
import logging
import os
from pathlib import Path
from statistics import median

from bench.comparison import timed
from bench.visits import as_of_one_server, visit
from store import Filter, Store, queries


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--pages", nargs="+", default=["overview", "compare"])
    options = parser.parse_args()
    os.environ["FRAMELENS_DATA"] = str(options.data)
    logging.disable(logging.WARNING)
    as_of_one_server()
    store = Store.open(options.data)
    names = [str(name) for name in queries.facet(store, Filter(), "sources", limit=2 + options.repeats)["value"]]
    headers = store.query("SELECT source, published, words FROM headers")
    months = headers.assign(month=headers["published"].str[:7])

    def add_up() -> object:
        return months.groupby(["source", "month"])["words"].sum()

    sums = 1000 * median(timed(add_up).cpu for _ in range(options.repeats))
    print(f"{store.rows['articles']:,} articles; pandas, sums alone: {sums:.0f}")
    for page in options.pages:
        visit(page, ())()  # what Python and Streamlit load once
        first = 1000 * timed(visit(page, names[:2])).cpu
        others = [
            1000 * timed(visit(page, names[n : n + 2])).cpu for n in range(1, min(options.repeats, len(names) - 1))
        ]
        again = [1000 * timed(visit(page, names[:2])).cpu for _ in range(options.repeats)]
        other = median(others) if others else first
        print(f"{page:12} first {first:8.0f}, other filter {other:8.0f}, again {median(again):8.0f}")


if __name__ == "__main__":
    main()
