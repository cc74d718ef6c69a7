"""Over time and by administration: attention, a name or a frame as a series in each group, raw or as a share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.app import data
from dashboard.app.state import go
from dashboard.charts import basic_charts, comparison_plots, series
from dashboard.charts.series import ATTENTION, Measure
from dashboard.compare import frame_rates, section
from dashboard.compare.comparison import Comparison, choice
from dashboard.compare.names_section import variants
from dashboard.markup import phrasing
from dashboard.markup.html import draw, tag
from store import Filter
from store.rates import ARTICLES_NEEDED

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


def _measures() -> dict[str, str]:
    """What a series can be of: value in the URL to its label."""
    known = variants()
    frames = {
        k: v for typology in frame_rates.TYPOLOGIES for k, v in series.frame_lines(frame_rates.lines(typology)).items()
    }
    names = {f"name|{v.concept}|{v.variant}": f"{v.concept}: {v.variant}" for v in known}
    return {ATTENTION: "Attention: articles"} | names | frames


def show(compared: Comparison) -> None:
    """The section."""
    section.head(
        "series",
        "Over time",
        "A point a period; articles without a date are left out. A share always has its denominator: all articles "
        "that match, all words, or all sentences of narration. Hollow dots have too few for an interval, or are shares "
        f"of fewer than {ARTICLES_NEEDED} articles. Choose a point for its articles.",
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="compare_time_head"):
        asked = choice("series", "Series of", _measures(), list_=True)
        step = choice("step", "A point for each", STEPS)
        scale = choice("scale", "Shown as", SCALES)
    kind, _, rest = asked.partition("|")
    concept, _, variant = rest.partition("|")
    measure = Measure(kind, concept, variant)
    # Two kept filters may hold articles the filter above does not: then all articles are what attention is a share of.
    whole = Filter() if compared.dimension == "filters" else compared.chosen
    table = data.ask(series.series, compared.by_filter, measure, step, variants(), whole)
    found = table["period"].nunique()
    if found < PERIODS_NEEDED:
        said = f"too few: {phrasing.count(found, 'period')} of {PERIODS_NEEDED} needed for a series"
        draw(tag("p", said, class_="fl-few"))
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

    def clicked(given: list[Any]) -> None:
        if group := compared.group(given[-1]):
            go("articles", series.of_period(group.chosen, step, ids[given[0]]))

    points = zip(table["group"], table["period"], table["uses"], table["of"], strict=True)
    alt = "; ".join(f"{compared.names[g]}, {p}: {phrasing.number(u)} of {phrasing.number(o)}" for g, p, u, o in points)
    drawn = comparison_plots.over_time(
        table,
        compared.names,
        shares=shares,
        unit=series.UNITS[measure.kind],
        per=1000.0 if measure.kind == "name" else 100.0,
        few=ARTICLES_NEEDED,
    )
    basic_charts.show(drawn, key="series_plot", alt=alt[:1500], on_point=clicked)
