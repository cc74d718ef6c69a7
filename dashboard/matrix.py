"""Shares side by side: things down, groups across, each cell a share with its two numbers and its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.html import Html, join, tag
from dashboard.words import number
from store.rates import rate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from store.rates import Rate

PER_CENT: Final = 100


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
    found: Mapping[str, Mapping[str, Rate]],
    groups: Sequence[str],
    names: Mapping[str, str],
    *,
    unit: str,
    about: str,
    head: str,
    none: str = "none",
    chosen: tuple[str, str] | None = None,
    more: Mapping[tuple[str, str], str] | None = None,
) -> Html:
    """``found`` holds by group and line the share; ``unit`` is what is counted, ``more`` a remark under a cell."""
    highs = [r.high for by_line in found.values() for r in by_line.values() if not r.few]
    scale = min(1.0, max(highs, default=0.0))
    heads = [tag("th", head, scope="col"), *(tag("th", names.get(g, g), scope="col") for g in groups)]
    body = []
    for line in lines:
        cells = [tag("th", line.name, tag("small", line.note) if line.note else None, scope="row", class_="f")]
        for group in groups:
            told = found.get(group, {}).get(line.key)
            on = tag("div", names.get(group, group), class_="on")
            if told is None or not told.uses:
                cells.append(tag("td", on, tag("span", none, class_="fl-none")))
                continue
            remark = (more or {}).get((group, line.key))
            cells.append(tag("td", on, _cell(told, line, group, scale, unit, chosen, remark)))
        body.append(tag("tr", *cells))
    return tag(
        "table",
        tag("caption", about, class_="fl-unseen"),
        tag("thead", tag("tr", *heads)),
        tag("tbody", *body),
        class_="fl-matrix fl-uses",
    )


def _cell(
    told: Rate,
    line: Line,
    group: str,
    scale: float,
    unit: str,
    chosen: tuple[str, str] | None,
    remark: str | None,
) -> Html:
    said = f"{number(told.uses)} of {number(told.words)} {unit}"
    sure = None if told.few else f"{percent(told.rate)}, {interval(told)}"
    return tag(
        "div",
        strip(told, scale),
        tag(
            "div",
            tag("span", tag("b", sure.partition(",")[0]), sure.partition(",")[2]) if sure else None,
            tag("span", said, class_="lab"),
            tag("span", remark, class_="lab") if remark else None,
            class_="fl-counts",
        ),
        class_="fl-choose",
        role="button",
        tabindex="0",
        aria_pressed="true" if chosen == (group, line.key) else "false",
        aria_label=f"{line.name}: {join(sure, said, by='; ') if sure else said}. Show what it was counted from",
        data_choose=f"{line.key}|{group}",
    )


def percent(value: float) -> str:
    """A share as "45 %", small ones as "0.4 %"."""
    return f"{PER_CENT * value:.{0 if value >= 0.1 else 1}f} %"


def interval(told: Rate) -> str:
    """The 95 % interval of a share: "36 to 47 %"."""
    low, high = PER_CENT * told.low, min(PER_CENT * told.high, PER_CENT)
    digits = 0 if high >= 10 else 1
    return f"{low:.{digits}f} to {high:.{digits}f} %"


def strip(told: Rate, scale: float) -> Html | None:
    """Dot and interval from nothing to ``scale``; nothing where there are too few."""
    if told.few or not scale:
        return None
    low, high, at = (min(100.0, 100 * value / scale) for value in (told.low, told.high, told.rate))
    return tag(
        "div",
        tag("i", style=f"left:{low:.1f}%;width:{high - low:.1f}%"),
        tag("b", style=f"left:{at:.1f}%"),
        class_="fl-rate",
        aria_hidden="true",
    )
