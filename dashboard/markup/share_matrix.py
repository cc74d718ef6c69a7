"""Shares side by side: things down, groups across, each cell a share with its two numbers and its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.markup import reader
from dashboard.markup.html import Html, join, tag
from dashboard.markup.phrasing import number
from store.rates import rate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from store.rates import Rate

PER_CENT: Final = 100
SIDE_BY_SIDE: Final = 4
# How far beyond the largest rate an axis goes.
BEYOND: Final = 1.35


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix: a key for the URL, its name, and a note on it."""

    key: str
    name: str
    note: str = ""


def shares(rows: pd.DataFrame, what: str, counted: str) -> dict[str, Rate]:
    """The share of each value of the column ``what`` in the sum of ``counted``, by article.

    ``rows`` has these columns and article_id; the sum of ``counted`` of an article is what its shares are shares of.
    """
    whole = rows.groupby("article_id")[counted].sum()
    table = rows.pivot_table(index="article_id", columns=what, values=counted, aggfunc="sum", fill_value=0)
    return {str(value): rate(table[value].to_numpy(), whole[table.index].to_numpy()) for value in table.columns}


def matrix(
    lines: Sequence[Line],
    rates_by_group: Mapping[str, Mapping[str, Rate]],
    groups: Sequence[str],
    names: Mapping[str, str],
    sizes: Mapping[str, str],
    *,
    unit: str,
    about: str,
    head: str,
    none: str = "none",
    chosen: tuple[str, str] | None = None,
    more: Mapping[tuple[str, str], str] | None = None,
    under: Html | None = None,
) -> Html:
    """``rates_by_group`` holds by group and line the share; ``unit`` is what is counted, ``more`` a note under a cell.

    ``sizes`` say under the name of a group how large it is; ``under`` stands beneath the row of ``chosen``.
    """
    scale = min(1.0, reach(cell_rate for by_line in rates_by_group.values() for cell_rate in by_line.values()))
    body = []
    for line in lines:
        shown = {}
        for group in groups:
            cell_rate = rates_by_group.get(group, {}).get(line.key)
            if cell_rate is not None and cell_rate.uses:
                shown[group] = _cell(cell_rate, line, group, scale, unit, chosen, (more or {}).get((group, line.key)))
        body.append(row(line.name, line.note, shown, groups, names, none))
        if under is not None and chosen and chosen[1] == line.key:
            body.append(under_row(under, len(groups)))
    if scale:
        body.append(axis(groups, percent(scale)))
    return table(about, heads(head, groups, names, sizes), body)


def table(about: str, heads_: Sequence[Html], body: Sequence[Html]) -> Html:
    """The table; one of many groups scrolls sideways by itself, under the heads of its rows."""
    shown = tag(
        "table",
        tag("caption", about, class_="fl-unseen"),
        tag("thead", tag("tr", *heads_)),
        tag("tbody", *body),
        class_="fl-matrix fl-uses",
        style=f"--columns:{len(heads_) - 1}",
    )
    if len(heads_) - 1 <= SIDE_BY_SIDE:
        return shown
    return tag("div", shown, class_="fl-wide", tabindex="0", role="region", aria_label=about)


def reach(rates: Iterable[Rate]) -> float:
    """Where the axis of a matrix ends: the ends of its intervals, but no further than where its rates still part.

    One interval of few articles can reach ten times as far as all rates: then it leaves the axis.
    """
    sure = [rate_ for rate_ in rates if not rate_.few]
    return min(max((r.high for r in sure), default=0.0), BEYOND * max((r.rate for r in sure), default=0.0))


def heads(head: str, groups: Sequence[str], names: Mapping[str, str], sizes: Mapping[str, str]) -> list[Html]:
    """The heads of a matrix: what stands in its rows, then the groups with how large they are."""
    of_groups = (tag("th", names.get(g, g), tag("small", sizes.get(g)), scope="col") for g in groups)
    return [tag("th", head, scope="col"), *of_groups]


def row(
    name: str, note: str, shown: Mapping[str, Html], groups: Sequence[str], names: Mapping[str, str], none: str
) -> Html:
    """A row: its head, then a cell a group. On a phone empty cells are not drawn: the head names their groups."""
    empty = [names.get(group, group) for group in groups if group not in shown]
    missing = tag("small", f"{none}: {', '.join(empty)}", class_="fl-narrow") if empty else None
    cells = [
        tag("td", tag("div", names.get(group, group), class_="on"), shown[group])
        if group in shown
        else tag("td", tag("span", none, class_="fl-none"), class_="nil")
        for group in groups
    ]
    head = tag("th", name, tag("small", note) if note else None, missing, scope="row", class_="f")
    return tag("tr", head, *cells)


def under_row(inside: Html, groups: int) -> Html:
    """A row that holds what was counted in a cell of the row above."""
    return tag("tr", tag("td", tag("div", inside, class_="fl-under-row"), colspan=str(groups + 1)), class_="under")


def axis(groups: Sequence[str], end: str) -> Html:
    """The last row: where the axes of the columns begin and, in words, where they end."""
    ends = tag("div", tag("span", "0"), tag("span", end), class_="ax")
    return tag("tr", tag("td"), *([tag("td", ends)] * len(groups)), class_="foot", aria_hidden="true")


def _cell(
    rate: Rate,
    line: Line,
    group: str,
    scale: float,
    unit: str,
    chosen: tuple[str, str] | None,
    remark: str | None,
) -> Html:
    counted = f"{number(rate.uses)} of {number(rate.words)} {unit}"
    sure = None if rate.few else f"{percent(rate.rate)}, {interval(rate)}"
    return tag(
        "div",
        strip(rate, scale),
        tag(
            "div",
            tag("span", tag("b", sure.partition(",")[0]), sure.partition(",")[2]) if sure else None,
            tag("span", counted, class_="lab"),
            tag("span", remark, class_="lab") if remark else None,
            class_="fl-counts",
        ),
        class_="fl-choose",
        role="button",
        tabindex="0",
        aria_pressed="true" if chosen == (group, line.key) else "false",
        aria_label=f"{line.name}: {join(sure, counted, by='; ') if sure else counted}. Show what it was counted from",
        data_choose=f"{line.key}|{group}",
    )


def percent(value: float) -> str:
    """A share as "45 %", small ones as "0.4 %"."""
    return reader.per_cent(f"{PER_CENT * value:.{0 if value >= 0.1 else 1}f}")


def interval(rate: Rate) -> str:
    """The 95 % interval of a share: "36 to 47 %"."""
    low, high = PER_CENT * rate.low, min(PER_CENT * rate.high, PER_CENT)
    digits = 0 if high >= 10 else 1
    return reader.per_cent(f"{low:.{digits}f} to {high:.{digits}f}")


def strip(rate: Rate, scale: float) -> Html | None:
    """Dot and interval from nothing to ``scale``; nothing where there are too few."""
    if rate.few or not scale:
        return None
    low, high, at = (min(100.0, 100 * value / scale) for value in (rate.low, rate.high, rate.rate))
    return tag(
        "div",
        tag("i", class_="over" if rate.high > scale else None, style=f"left:{low:.1f}%;width:{high - low:.1f}%"),
        tag("b", style=f"left:{at:.1f}%"),
        class_="fl-rate",
        aria_hidden="true",
    )
