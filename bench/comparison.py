"""How long the page Compare takes for two outlets, against pandas doing its sums over the same tables, in one run.

    python -m bench.comparison [DATA] [--outlets NAME NAME] [--repeats N]

``DATA`` is a built folder (.framelens unless given); the two outlets with most articles are compared unless named.
*First* is the page with nothing remembered, *other outlets* the page once names and frames were looked for in all
texts, *again* the same page once more: what a reader waits for after a click. Each is a whole run of the page by
Streamlit's own test runner, without a browser: the section it opens on, and the size of all seven; what a server does
once, when it starts, is left out (:mod:`bench.visits`). The rival has the tables in memory and adds up: words quoted by
speaker, words and names used in narration (``str.split`` and ``re``), log-odds, mean tone, articles a year. It draws
nothing, has no intervals, and leads to no sentence.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
from collections import Counter
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from bench.visits import as_of_one_server, visit
from store import Filter, Store, queries
from store.lexicon import shipped
from store.statistics import log_odds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd


class Time(NamedTuple):
    """Seconds of the clock and of the processor."""

    wall: float
    cpu: float


def timed(run: Callable[[], object]) -> Time:
    """How long ``run`` takes."""
    wall, cpu = perf_counter(), process_time()
    run()
    return Time(perf_counter() - wall, process_time() - cpu)


def in_memory(store: Store) -> dict[str, pd.DataFrame]:
    """The tables the rival adds up."""
    return {name: store.query(f"SELECT * FROM {name}") for name in ("articles", "quotes", "portrayals", "passages")}


def pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """Any of some words, whole and in any case."""
    return re.compile(r"\b(?:" + "|".join(map(re.escape, forms)) + r")\b", re.IGNORECASE)


def with_pandas(tables: dict[str, pd.DataFrame], outlets: Sequence[str]) -> dict[str, object]:
    """The sums behind the page, as somebody would write them who has the tables."""
    articles = tables["articles"][tables["articles"]["source"].isin(outlets)]
    source = articles.set_index("article_id")["source"]
    text = articles.set_index("article_id")["text"]
    quotes = tables["quotes"][tables["quotes"]["article_id"].isin(source.index) & (tables["quotes"]["kind"] != "term")]
    spoken = quotes.assign(source=quotes["article_id"].map(source)).groupby(["source", "speaker"])["quoted_words"].sum()
    narration = tables["passages"]
    narration = narration[narration["article_id"].isin(source.index) & (narration["voice"] == "narration")]
    words: dict[str, Counter[str]] = {outlet: Counter() for outlet in outlets}
    names: dict[str, Counter[str]] = {outlet: Counter() for outlet in outlets}
    looked_for = {
        v.variant: re.compile(r"\b(?:" + "|".join(map(re.escape, v.forms)) + r")\b", re.IGNORECASE) for v in NAMES
    }
    for article_id, start, end in zip(narration["article_id"], narration["start"], narration["end"], strict=True):
        passage_words = text[article_id][start:end]
        words[source[article_id]].update(passage_words.lower().split())
        for name, form in looked_for.items():
            if times := len(form.findall(passage_words)):
                names[source[article_id]][name] += times
    tone = tables["portrayals"][tables["portrayals"]["article_id"].isin(source.index)]
    mean = tone.assign(source=tone["article_id"].map(source)).groupby(["source", "entity_id", "voice"])["sentiment"]
    years = articles.assign(year=articles["published_from"].astype("datetime64[ns]").dt.year)
    return {
        "spoken": spoken,
        "names": names,
        "words": log_odds(words[outlets[0]], words[outlets[1]]),
        "tone": mean.mean(),
        "years": years.groupby(["source", "year"]).size(),
    }


NAMES = (*shipped("concepts"), *shipped("frames"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path(".framelens"))
    parser.add_argument("--outlets", nargs=2)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    os.environ["FRAMELENS_DATA"] = str(arguments.data)
    logging.disable(logging.WARNING)
    as_of_one_server()
    store = Store.open(arguments.data)
    ranked = [str(name) for name in queries.facet(store, Filter(), "sources", limit=4)["value"]]
    outlets = arguments.outlets or ranked[:2]
    others = [name for name in ranked if name not in outlets][:2] or outlets
    tables = in_memory(store)

    visit("compare", ())()  # what Python and Streamlit load once
    st.cache_data.clear()
    first = timed(visit("compare", outlets))
    others_once = timed(visit("compare", others))
    again, rival = [], []
    for _ in range(arguments.repeats):
        again.append(timed(visit("compare", outlets)))
        rival.append(timed(lambda: with_pandas(tables, outlets)))

    articles = queries.counts(store, Filter(sources=tuple(outlets)))
    print(f"{' and '.join(outlets)}: {articles.articles} of {articles.of:,} articles, {arguments.repeats} rounds")
    usual = Time(median(t.wall for t in again), median(t.cpu for t in again))
    sums = Time(median(t.wall for t in rival), median(t.cpu for t in rival))
    for name, spent in (
        ("first", first),
        ("other outlets", others_once),
        ("again", usual),
        ("pandas, sums alone", sums),
    ):
        print(f"{name:20}{spent.wall:8.2f} s, {spent.cpu:6.2f} CPU-s, {spent.cpu / sums.cpu:6.2f} times pandas")


if __name__ == "__main__":
    main()
