"""Over time and by administration: attention, a name or a frame as a series in each group, raw or as a share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.app import data
from dashboard.app.state import go
from dashboard.charts import basic_charts, comparison_plots, series
from dashboard.charts.series import ATTENTION, Measure
from dashboard.compare import frame_rates, name_tables, section
from dashboard.compare.comparison import Comparison, choice
from dashboard.compare.names_section import variants
from dashboard.markup import phrasing, share_matrix
from dashboard.markup.block import block
from dashboard.markup.html import draw, tag
from dashboard.markup.share_matrix import Line
from dashboard.reading import article_text
from store import Filter, queries
from store.queries.totals import totals
from store.rates import ARTICLES_NEEDED, USES_NEEDED, Rate

if TYPE_CHECKING:
    import pandas as pd

STEPS: Final = {"year": "Year", "quarter": "Quarter", "month": "Month", "administration": "Administration"}
SCALES: Final = {"share": "Share", "count": "Counts"}
SAID: Final = {
    "name": "Uses per 1,000 words of narration",
    "frame": "Per cent of sentences of narration",
    ATTENTION: "Per cent of all matching articles of the period",
}
PERIODS_NEEDED: Final = 2
MOST_STATES: Final = 12


def _measures(compared: Comparison) -> dict[str, str]:
    """What a series can be of: value in the URL to its label. Names are those used often enough for a rate."""
    frames = {
        k: v for typology in frame_rates.TYPOLOGIES for k, v in series.frame_lines(frame_rates.lines(typology)).items()
    }
    times: Counter[tuple[str, str]] = Counter()
    for (_, concept, name), use in data.ask(name_tables.uses, compared.by_filter, variants()).items():
        times[concept, name] += use.times
    often = sorted(name for name, used in times.items() if used >= USES_NEEDED)
    names = {f"name|{concept}|{name}": f"{concept}: {name}" for concept, name in often}
    in_address = st.query_params.get("series", "")
    if in_address.startswith("name|") and in_address not in names:
        names[in_address] = in_address.removeprefix("name|").replace("|", ": ", 1)
    return {ATTENTION: "Attention: articles"} | names | frames


def size(compared: Comparison) -> str:
    """How many articles have a date, and so a place in the series."""
    dated = [data.ask(totals, chosen, "year") for _, chosen in compared.by_filter]
    return phrasing.count(sum(int(f.loc[f["group"] != "", "articles"].sum()) for f in dated), "article")


def show(compared: Comparison) -> None:
    """The section."""
    section.head(
        "series",
        "Where and when",
        "A point a period, at its place in time; articles without a date are left out. A share always has its "
        "denominator: all articles that match, all words, or all sentences of narration. Hollow dots have too few for "
        f"an interval, or are shares of fewer than {ARTICLES_NEEDED} articles. Choose a point for its articles.",
    )
    _when(compared)
    _where(compared)


def _where(compared: Comparison) -> None:
    """In how many articles of each group a state is named: the states most articles name."""
    every = data.ask(queries.states, compared.chosen)
    draw(
        tag("h3", "States named", class_="fl-h3 fl-gap"),
        tag("p", "Articles that name the state or a place in it, of all of the group.", class_="fl-sub"),
    )
    if every.empty:
        draw(tag("p", "none", class_="fl-none"))
        return
    lines = [Line(str(row["entity_id"]), str(row["name"])) for row in article_text.rows(every.head(MOST_STATES))]
    rates_by_group = {}
    for group in compared.groups:
        articles_by_state = data.ask(queries.states, group.chosen).set_index("entity_id")["articles"]
        rates_by_group[group.key] = {
            line.key: Rate(
                int(articles_by_state[line.key]),
                group.articles,
                int(articles_by_state[line.key]),
                float("nan"),
                float("nan"),
                float("nan"),
            )
            for line in lines
            if line.key in articles_by_state.index
        }
    drawn = share_matrix.matrix(
        lines,
        rates_by_group,
        compared.keys,
        compared.names,
        compared.sizes,
        unit="articles",
        about="Articles that name a state, by group",
        head="State",
    )

    def clicked(value: str) -> None:
        state_, _, key = value.partition("|")
        if group := compared.group(key):
            go("articles", group.chosen.but(jurisdictions=(state_,)))

    block(drawn, key="compare_states", on_choose=clicked)


def _when(compared: Comparison) -> None:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="compare_time_head"):
        chosen_measure = choice("series", "Series of", _measures(compared), list_=True)
        step = choice("step", "A point for each", STEPS)
        scale = choice("scale", "Shown as", SCALES)
    kind, _, rest = chosen_measure.partition("|")
    concept, _, variant = rest.partition("|")
    measure = Measure(kind, concept, variant)
    # Two kept filters may hold articles the filter above does not: then all articles are what attention is a share of.
    whole = Filter() if compared.dimension == "filters" else compared.chosen
    table = data.ask(series.series, compared.by_filter, measure, step, variants(), whole)
    periods = table["period"].nunique()
    if periods < PERIODS_NEEDED:
        too_few = f"too few: {phrasing.count(periods, 'period')} of {PERIODS_NEEDED} needed for a series"
        draw(tag("p", too_few, class_="fl-few"))
    else:
        _draw(compared, table, measure, step, shares=scale == "share")
    section.foot(compared, "series", table, what="this series", by=f"{compared.dimension}_{step}", methods="series")


def _draw(compared: Comparison, table: pd.DataFrame, measure: Measure, step: str, *, shares: bool) -> None:
    """A panel a group on one scale: lines over each other would need colours, which outlets never have."""
    counted = "Articles" if measure.kind == ATTENTION else f"Counts, in {series.UNITS[measure.kind].split()[-1]}"
    draw(tag("p", SAID[measure.kind] if shares else counted, class_="fl-note"))
    ids = dict(zip(table["period"], table["period"], strict=True))
    if step == "administration":
        ids = {phrasing.entity_name(value, value).partition(" administration")[0]: value for value in ids}
        table = table.assign(period=table["period"].map({value: name for name, value in ids.items()}))

    def clicked(point: list[Any]) -> None:
        if group := compared.group(point[-1]):
            go("articles", series.of_period(group.chosen, step, ids[point[0]]))

    points = zip(table["group"], table["period"], table["uses"], table["of"], strict=True)
    alt = "; ".join(f"{compared.names[g]}, {p}: {phrasing.number(u)} of {phrasing.number(o)}" for g, p, u, o in points)
    drawn = comparison_plots.over_time(
        table,
        compared.names,
        shares=shares,
        unit=series.UNITS[measure.kind],
        per=1000.0 if measure.kind == "name" else 100.0,
        few=ARTICLES_NEEDED,
        dated=step != "administration",
    )
    basic_charts.show(drawn, key="series_plot", alt=alt[:1500], on_point=clicked)
