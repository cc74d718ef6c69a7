"""What checks do to figures: each as counted, hollow, and beside it corrected, solid; on *Check* and *Compare*."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.app import data
from dashboard.checking import beside, intervals
from dashboard.markup import phrasing, reader
from dashboard.markup.html import Html, draw, link, query, tag
from store import StoreError
from store.checks import draw as drawing
from store.checks.estimates import Interval, checks_needed
from store.checks.figures import CHECKS_NEEDED, MEAN, Corrected, Group, corrected, difference, figures_of
from store.checks.report import group_of, newest_check
from store.queries.kinds import speaker_kinds

if TYPE_CHECKING:
    from store import Filter
    from store.checks.log import Line
    from store.checks.report import Result

_BY: Final = {"source": "Outlet", "voice": "Voice", "all": "All together"}
_MOST: Final = 12


def show(check: Result) -> None:
    """A figure of the reader's choice by groups, raw and corrected, and the difference of two groups."""
    figures = figures_of(check.sample)
    if not figures:
        return
    draw(tag("h2", "What it does to the figure", class_="fl-h2"))
    left_column, right_column = st.columns([2, 1])
    chosen = left_column.selectbox(
        "Figure",
        range(len(figures)),
        format_func=lambda place: _called(check.sample, figures[place].name),
        key="check_figure",
    )
    by = right_column.selectbox(
        "By", list(_BY), format_func=(_BY | {"source": group_of(check.sample)}).__getitem__, key="check_by"
    )
    kinds = data.ask(speaker_kinds) if check.sample.fields["kind"] == "quotes" else {}
    by_group = corrected(check.sample, check.answers, figures[chosen], by, kinds)
    ready = [group for group in by_group.groups if group.checks >= CHECKS_NEEDED]
    if not ready:
        needed = (
            f"Too few: {max((group.checks for group in by_group.groups), default=0)} of {CHECKS_NEEDED} checks needed "
        )
        draw(tag("p", needed + "in one group. Choose “All together”, or draw more.", class_="fl-notice"))
        return
    _drawn(check, by_group, ready[:_MOST])
    few = len(by_group.groups) - len(ready)
    if few:
        note = f"{phrasing.count(few, 'group')} with fewer than {CHECKS_NEEDED} checks not drawn."
        draw(tag("p", note, class_="fl-note"))
    if len(ready) > 1:
        _difference(check, by_group, ready)


def _called(sample: Line, name: str) -> str:
    kind = sample.fields["kind"]
    if kind == "quotes":
        return f"Words of speakers of the kind “{name}”" if ":" not in name and name.islower() else f"Words of {name}"
    return {"people": f"Names that mean {name}", "places": f"Names that mean {name}"}.get(kind, name.capitalize())


def _drawn(check: Result, by_group: Corrected, groups: list[Group]) -> None:
    mean, others = by_group.figure.category == MEAN, drawing.others_called(check.sample.fields.get("group", ""))
    both_intervals = [part for group in groups for part in (group.raw, group.corrected)]
    ends = intervals.axis(both_intervals, *by_group.bounds)
    unit = "words" if check.sample.fields["kind"] == "quotes" else "passages"
    lines: list[tuple[object, Html, object]] = []
    for group in groups:
        name = group.name or others
        counted = (
            f"{group.checks} checks"
            if mean
            else f"{group.above:,.0f} of {group.of:,.0f} {unit} · {group.checks} checks"
        )
        both = tag(
            "div",
            intervals.drawn(group.raw, ends, f"{name}, raw {_value(group.raw, mean)}", raw=True),
            intervals.drawn(group.corrected, ends, f"{name}, corrected {_value(group.corrected, mean)}"),
        )
        numbers = tag("div", tag("span", _value(group.raw, mean)), tag("b", _value(group.corrected, mean)), class_="nn")
        lines.append((tag("div", name, tag("small", counted), class_="gh"), both, numbers))
    values = intervals.steps(ends, 0.1)
    labels = [f"{value:+.1f}" if mean else reader.per_cent(f"{100 * value:.0f}") for value in values]
    draw(_legend(), intervals.rows(*lines, ("", intervals.ticks(ends, values, labels), "")))


def _legend() -> Html:
    def sign(words: str, class_: str) -> Html:
        marks = (tag("i", style="left:0;width:100%"), tag("b", style="left:50%"))
        return tag("span", tag("span", *marks, class_=f"fl-ci {class_}"), words, class_="lg")

    return tag("div", sign("raw: as counted", "raw"), sign("corrected by the checks", ""), class_="fl-legend")


def _value(interval: Interval, mean: bool) -> str:
    if math.isnan(interval.value) or math.isnan(interval.low):
        return "too few"
    if mean:
        return f"{interval.value:+.2f} ({interval.low:+.2f} to {interval.high:+.2f})"
    return f"{reader.per_cent(f'{100 * interval.value:.0f}')} ({100 * interval.low:.0f}–{100 * interval.high:.0f})"


def _difference(check: Result, by_group: Corrected, ready: list[Group]) -> None:
    others = drawing.others_called(check.sample.fields.get("group", ""))
    names = [group.name or others for group in ready]
    left_column, right_column = st.columns(2)
    first = left_column.selectbox("Difference between", names, key=f"check_one_{by_group.by}")
    second = right_column.selectbox("and", [name for name in names if name != first], key=f"check_other_{by_group.by}")
    a, b = ready[names.index(first)], ready[names.index(second)]
    apart = difference(by_group, a, b)
    mean = by_group.figure.category == MEAN
    scale, unit = (1.0, "") if mean else (100.0, " points")
    width = by_group.bounds[1] - by_group.bounds[0]
    ends = intervals.axis([apart.raw, apart.corrected], -width, width)
    ends = (min(ends[0], -0.1), max(ends[1], 0.1))
    shown = [
        tag(
            "div",
            intervals.drawn(interval, ends, f"{called} {_points(interval, scale)}", raw=called == "raw", lines=[0]),
        )
        for called, interval in (("raw", apart.raw), ("corrected", apart.corrected))
    ]
    numbers = tag("div", tag("span", _points(apart.raw, scale)), tag("b", _points(apart.corrected, scale)), class_="nn")
    values = intervals.steps(ends, 0.1)
    axis = intervals.ticks(ends, values, [_signed(value, scale) for value in values])
    head = tag(
        "div", "Difference", tag("small", "in percentage points" if not mean else "of the mean tone"), class_="gh"
    )
    draw(intervals.rows((head, tag("div", *shown), numbers), ("", axis, "")))
    checks = a.checks + b.checks
    corrected_difference = apart.corrected
    reach = (corrected_difference.high - corrected_difference.low) / 2
    more = checks_needed(reach, abs(corrected_difference.value) or reach / 2, checks)
    claimed = corrected_difference.low > 0 or corrected_difference.high < 0
    upper, lower, stated = (
        (first, second, corrected_difference)
        if corrected_difference.value >= 0
        else (second, first, _turned(corrected_difference))
    )
    verdict_ = (
        f"Corrected, the difference between {upper} and {lower} is {_points(stated, scale, unit)}, "
        f"from {checks} checks."
        if claimed
        else f"As counted, {first} and {second} are {_points(apart.raw, scale, unit)} apart. Corrected it is "
        f"{_points(corrected_difference, scale, unit)}, and the interval includes zero: "
    )
    bold = None if claimed else tag("b", f"no difference can be claimed from {checks} checks.")
    need = f" About {more:,} more would decide whether there is one of this size." if more and not claimed else ""
    draw(tag("p", verdict_, bold, need, class_="fl-say"))
    grow = min(max(more, 50), 400)
    left_over = check.sample.fields["population"] - len(check.sample.fields["items"])
    if left_over > 0:
        st.button(
            f"Draw {min(grow, left_over):,} more",
            key="check_more",
            on_click=_more,
            args=(check.sample, min(grow, left_over)),
        )


def _turned(interval: Interval) -> Interval:
    return Interval(-interval.value, -interval.high, -interval.low)


def _signed(value: float, scale: float) -> str:
    return f"{scale * value:+.{1 if scale == 1 else 0}f}".replace("-", "−") if abs(value) > 1e-9 else "0"


def _points(interval: Interval, scale: float, unit: str = "") -> str:
    if math.isnan(interval.low):
        return "too few"
    digits = 2 if scale == 1 else 0
    return (
        f"{scale * interval.value:.{digits}f}{unit} "
        f"({scale * interval.low:.{digits}f} to {scale * interval.high:.{digits}f})"
    ).replace("-", "−")


def _more(sample: Line, count: int) -> None:
    store = data.store()
    try:
        longer = drawing.write(store.path, drawing.draw_more(store, sample, count))
    except (StoreError, ValueError) as error:
        st.toast(str(error))
        return
    st.query_params["check"] = longer.id
    st.query_params.pop("show", None)


def under(kind: str, chosen: Filter, group: str) -> None:
    """Under figures of outlets, or of the values of a column ``group``: the same corrected, where they were checked.

    Only a check of just these articles, spread over just these groups, corrects them.
    """
    check = newest_check(beside.checks_of_corpus(), kind, chosen)
    if (
        check is None
        or check.sample.fields["filter"] != chosen.to_query()
        or check.sample.fields.get("group", "") != group
    ):
        return
    kinds = data.ask(speaker_kinds) if kind == "quotes" else {}
    figure = next(iter(figures_of(check.sample)), None)
    if figure is None:
        return
    by_group = corrected(check.sample, check.answers, figure, "source", kinds)
    ready = [group_figures for group_figures in by_group.groups if group_figures.checks >= CHECKS_NEEDED]
    if not ready:
        return
    about = f"{_called(check.sample, figure.name)}, of all that is said or quoted. " if kind == "quotes" else ""
    more = link("check", "Other figures, and differences", query("", check=check.sample.id, show="result"))
    draw(
        tag("h2", "Corrected by your checks", class_="fl-h2 fl-part"),
        tag("p", about or f"{_called(check.sample, figure.name)}. ", more, class_="fl-sub"),
    )
    _drawn(check, by_group, ready[:_MOST])
