"""What the pages ask of the store when the filter changes: CPU of each page's questions, over many filters.

    python -m bench.changes DATA [--filters 24]

DATA is a built folder, or a large one of ``bench.corpus``. Filters are of every kind: outlets, people, places, days,
words, voices, and two of these together, of the most frequent and of rarer ones. Nothing is remembered between two
filters but arrays of the whole corpus, which a process reads once (:mod:`store.numbers`): *first* is what the first
visit of all costs, without a filter, which reads those that no page before it did. CPU milliseconds of all threads;
the last column is what the process holds.
"""

from __future__ import annotations

import argparse
import resource
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from bench.questions import spent
from bench.sizes import at
from store import Filter, Store, queries
from store.queries import evidence
from store.queries.totals import fragments, quotes_total, totals

PAGE: Final = 50
HUES: Final = 5


def bar(store: Store, chosen: Filter) -> None:
    """What stands above every page, with one list opened."""
    queries.counts(store, chosen)
    queries.not_analysed(store, chosen)
    queries.names(store, [*chosen.people, *chosen.jurisdictions])


def overview(store: Store, chosen: Filter) -> None:
    """The questions of the page Overview."""
    for group in ("source", "month", "administration"):
        totals(store, chosen, group)
    queries.articles(store, chosen, limit=60)
    queries.states(store, chosen)
    queries.speaking(store, chosen, 9)
    queries.loudest(store, chosen, HUES)
    queries.entities(store, chosen, "PERSON", limit=8)


def articles(store: Store, chosen: Filter) -> None:
    """The questions of the page Articles."""
    queries.articles(store, chosen, limit=PAGE)


def people(store: Store, chosen: Filter) -> None:
    """The questions of the page People and places, a person opened."""
    persons = queries.entities(store, chosen, "PERSON", limit=PAGE)
    if queries.entity_count(store, chosen, "PERSON"):
        who = str(persons["entity_id"][0])
        queries.titles(store, chosen, who)
        evidence.naming(store, chosen, who, "narration")


def quotes(store: Store, chosen: Filter) -> None:
    """The questions of the page Quotes."""
    quotes_total(store, chosen)
    fragments(store, chosen)
    queries.quotes(store, chosen, limit=PAGE)
    queries.loudest(store, chosen, HUES)


def stories(store: Store, chosen: Filter) -> None:
    """The questions of the page Stories before one is opened."""
    queries.stories(store, chosen)


def read(store: Store, chosen: Filter) -> None:
    """The questions of the page Read."""
    article_rows = queries.articles(store, chosen, limit=500)
    if len(article_rows):
        queries.article(store, str(article_rows["article_id"][0]))
    queries.loudest(store, chosen, HUES)


def people_list(store: Store, chosen: Filter) -> None:
    """The list of people that opens under the bar."""
    queries.facet(store, chosen, "people", limit=41)


def places_list(store: Store, chosen: Filter) -> None:
    """The list of places that opens under the bar."""
    queries.facet(store, chosen, "jurisdictions", limit=41)


PAGES: Final = (bar, people_list, places_list, overview, articles, people, quotes, stories, read)


def filters(store: Store, most: int) -> list[Filter]:
    """Filters of every kind, of frequent and of rare values."""

    def values(dimension: str) -> list[str]:
        names = [str(value) for value in queries.facet(store, Filter(), dimension, limit=400)["value"]]
        return [names[min(len(names) - 1, place)] for place in (0, 2, 10, 60)] if names else []

    outlets, persons, places, organisations = map(values, ("sources", "people", "jurisdictions", "organisations"))
    months = [Filter(date_from=date(year, 3, 1), date_to=date(year, 5, 31)) for year in (2021, 2024)]
    kinds = [
        [Filter(sources=(outlet,)) for outlet in outlets],
        [Filter(people=(person,)) for person in persons],
        [Filter(jurisdictions=(place,)) for place in places],
        [Filter(organisations=(organisation,)) for organisation in organisations],
        months,
        [Filter(sources=tuple(outlets[:2])), Filter(text="border"), Filter(voices=("narration",)), Filter()],
        [Filter(sources=(outlet,), people=(who,)) for outlet, who in zip(outlets, persons, strict=False)],
        [Filter(jurisdictions=(where,), date_from=date(2022, 1, 1)) for where in places],
    ]
    mixed = [kind[place] for place in range(4) for kind in kinds if place < len(kind)]
    return mixed[:most]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--filters", type=int, default=28)
    options = parser.parse_args()
    store = Store.open(options.data)
    chosen_filters = filters(store, options.filters)
    print(f"{store.rows['articles']:,} articles, {len(chosen_filters)} filters")
    heads = "".join(f"{head:>10}" for head in ("first", "median", "p95", "most"))
    print(f"{'CPU milliseconds':20}{heads}{'MB':>8}  the filter that costs most")
    for page in PAGES:
        first = spent(partial(page, store, Filter()))
        times = [(spent(partial(page, store, chosen)), chosen) for chosen in chosen_filters]
        only = [time for time, _ in times]
        most, worst = max(times, key=lambda pair: pair[0])
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{page.__name__:20}{first:10.0f}{at(only, 0.5):10.0f}{at(only, 0.95):10.0f}{most:10.0f}{size:8.0f}"
            f"  {worst.to_query() or 'everything'}"
        )


if __name__ == "__main__":
    main()
