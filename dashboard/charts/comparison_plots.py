"""Charts of comparisons: words by how often and how distinctive they are, and series over time."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.app import theme
from dashboard.charts import basic_charts
from dashboard.markup import phrasing
from store.groups import span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.charts.picture import Picture

LABELLED: Final = 14
# Words within chance that are drawn; those beyond it all are.
CHANCE_POINTS: Final = 900
# Room of a letter and of a line of a label, as shares of the width and height of the plot.
LETTER, LINE = 0.012, 0.045
# Height of one group's series in pixels, its name above it included.
PANEL: Final = 132
# Milliseconds of a day, and how much of its period a bar covers.
_DAY, _OF_A_PERIOD = 86_400_000, 0.7


def distinctiveness(table: pd.DataFrame, group: str, name: str, beyond: float) -> Picture | None:
    """Words of one group: right, more frequent in all groups; up, more the group's own; down, more the others'.

    ``table`` has the columns group, word, count, others and z. None when nothing has a score.
    """
    scored = table[(table["group"] == group) & table["z"].notna()]
    if scored.empty:
        return None
    scored = scored.assign(uses=scored["count"] + scored["others"], far=scored["z"].abs())
    scored = scored.assign(sure=scored["far"] > beyond).sort_values(["far", "word"], ascending=[False, True])
    chance = scored[~scored["sure"]]
    # Those that may be chance are thinned out evenly: without the nearest to zero there would seem to be a gap.
    scored = pd.concat([scored[scored["sure"]], chance.iloc[:: max(1, -(-len(chance) // CHANCE_POINTS))]])
    drawn = basic_charts.figure(420, left=62, right=24, top=12, bottom=46)
    ink, ink2, ink3, edge = (theme.colour(token) for token in ("ink", "ink2", "ink3", "edge"))
    labelled = _apart([*scored.nlargest(LABELLED, "z").index, *scored.nsmallest(LABELLED // 2, "z").index], scored)
    for sure in (False, True):
        rows = scored[scored["sure"] == sure]
        drawn.data.append(
            {
                "type": "scatter",
                "x": rows["uses"].tolist(),
                "y": rows["z"].tolist(),
                "mode": "markers+text" if sure else "markers",
                "text": [basic_charts.safe(word, 30) if sure and word in labelled else "" for word in rows["word"]],
                "textposition": "middle right",
                "textfont": {"family": theme.SERIF, "size": 14, "color": ink},
                "marker": {
                    "size": 7 if sure else 5,
                    "color": ink2 if sure else "rgba(0,0,0,0)",
                    "line": {"color": ink3, "width": 1},
                },
                "customdata": [
                    [
                        word,
                        basic_charts.safe(word, 60),
                        phrasing.number(count),
                        phrasing.number(others),
                        f"{z:+.1f}".replace("-", "−"),
                    ]
                    for word, count, others, z in rows[["word", "count", "others", "z"]].itertuples(index=False)
                ],
                "hovertemplate": (
                    f"<b>%{{customdata[1]}}</b><br>{basic_charts.safe(name, 40)}: %{{customdata[2]}} uses<br>"
                    "others: %{customdata[3]} uses<br>z %{customdata[4]}<br>Choose to read it in context<extra></extra>"
                ),
            }
        )
    dotted = {"type": "line", "line": {"color": edge, "width": 1, "dash": "dot"}}
    across = {"xref": "x domain", "x0": 0, "x1": 1, "yref": "y"}
    drawn.layout["shapes"] = [dotted | across | {"y0": limit, "y1": limit} for limit in (-beyond, beyond)]
    ticks = {"showticklabels": True, "tickfont": {"color": ink2, "size": 12}}
    font = {"size": 13, "color": ink2}
    right = "uses in all groups (each step ten times as many)"
    up = "← more in the others · standard errors · more here →"
    drawn.layout["xaxis"] |= ticks | {"type": "log", "dtick": 1, "title": {"text": right, "font": font, "standoff": 8}}
    drawn.layout["yaxis"] |= ticks | {"zeroline": True, "zerolinecolor": edge, "title": {"text": up, "font": font}}
    return drawn


def _apart(wanted: list[Any], scored: pd.DataFrame) -> set[str]:
    """The words whose labels do not lie on the label of a more distinctive word."""
    height = max(float(scored["z"].max() - scored["z"].min()), 1.0)
    width = max(math.log10(scored["uses"].max() / max(scored["uses"].min(), 1)), 0.1)
    placed: dict[str, tuple[float, float]] = {}
    for word, uses, z in scored.loc[list(dict.fromkeys(wanted)), ["word", "uses", "z"]].to_numpy().tolist():
        x, y = math.log10(uses) / width, z / height
        reach = LETTER * len(word)
        if all(
            abs(y - b) > LINE or not (x - LETTER * len(placed_word) < a < x + reach)
            for placed_word, (a, b) in placed.items()
        ):
            placed[word] = (x, y)
    return set(placed)


def over_time(
    table: pd.DataFrame, names: Mapping[str, str], *, shares: bool, unit: str, per: float, few: int, dated: bool = False
) -> Picture:
    """Series of groups below one another on one scale: a bar a period for counts, a dot with its interval for shares.

    ``table`` is of :func:`dashboard.charts.series.series`; ``per`` is what a share is multiplied with. Dots are hollow
    where there is no interval, and for attention, which needs none, where a share is of fewer than ``few`` articles.
    ``dated``: periods are years, quarters or months, and stand at their place in time.
    """
    groups = [key for key in names if (table["group"] == key).any()]
    every = list(dict.fromkeys(table.sort_values("first")["period"]))
    # Periods of time stand where they lie: two years apart is twice as far as one. Administrations stand in a row.
    spans = {period: span(str(period)) for period in every} if dated else {}
    table = table.assign(at=[_middle(spans[p]) if dated else p for p in table["period"]])
    highs = table["high"].fillna(table["share"]).astype(float) * per if shares else table["uses"].astype(float)
    top = float(highs.max()) * 1.1 or 1.0
    drawn = basic_charts.figure(PANEL * len(groups) + 30, left=46, right=8, top=0, bottom=26)
    ticks = {"showticklabels": True, "tickfont": {"color": theme.colour("ink2"), "size": 12}}
    look = {"gridcolor": theme.colour("rule"), "showline": False, "showgrid": True, "nticks": 4}
    bare = {"fixedrange": True, "zeroline": False, "ticks": ""}
    notes: list[dict[str, Any]] = []
    for place, group in enumerate(groups):
        axis = f"y{place + 1}" if place else "y"
        high, low = 1 - place / len(groups), 1 - (place + 1) / len(groups)
        domain = [low + 16 / (PANEL * len(groups)), high - 30 / (PANEL * len(groups))]
        panel = {"domain": domain, "range": [-0.06 * top, top], "anchor": "x"}
        beside = drawn.layout.setdefault(axis.replace("y", "yaxis"), {})
        beside |= ticks | look | bare | panel
        rows = table[table["group"] == group]
        drawn.data.append(_series(rows, group, axis, shares=shares, unit=unit, per=per, few=few))
        counted = basic_charts.note(phrasing.count(rows["articles"].sum(), "dated article"))
        notes.append(
            {
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": high,
                "xshift": -46,
                "xanchor": "left",
                "yanchor": "top",
                "showarrow": False,
                "text": f"<b>{basic_charts.safe(names[group], 60)}</b> {counted}",
                "font": {"size": 15},
            }
        )
    drawn.layout["annotations"] = notes
    below: dict[str, Any] = drawn.layout["xaxis"] | ticks | {"anchor": "free", "position": 0}
    shown = every[:: max(1, -(-len(every) // 12))]
    if dated:
        first, last = min(start for start, _ in spans.values()), max(end for _, end in spans.values())
        room = max((last - first).days // 40, 10)
        below |= {
            "type": "date",
            "range": [first - timedelta(days=room), last + timedelta(days=room)],
            "tickvals": [_middle(spans[period]) for period in shown],
            "ticktext": shown,
        }
    else:
        below |= {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": every,
            "range": [-0.6, len(every) - 0.4],
            "tickvals": shown,
        }
    drawn.layout["xaxis"] = below
    return drawn


def _middle(days: tuple[date, date]) -> date:
    """The day in the middle of a period."""
    return days[0] + (days[1] - days[0]) / 2


def _bar_width(rows: pd.DataFrame) -> dict[str, float]:
    """Of a bar at a place in time: most of its period, in milliseconds; Plotly's own where periods stand in a row."""
    if not isinstance(rows["at"].iloc[0], date):
        return {}
    start, end = span(str(rows["period"].iloc[0]))
    return {"width": _OF_A_PERIOD * ((end - start).days + 1) * _DAY}


def _series(
    rows: pd.DataFrame, group: str, axis: str, *, shares: bool, unit: str, per: float, few: int
) -> dict[str, Any]:
    """The marks of one group."""
    ink, ink2, ink3 = (theme.colour(token) for token in ("ink", "ink2", "ink3"))
    custom = [
        [period, phrasing.number(uses), phrasing.number(of), phrasing.count(articles, "article"), group]
        for period, uses, of, articles in zip(rows["period"], rows["uses"], rows["of"], rows["articles"], strict=True)
    ]
    hover = (
        f"<b>%{{customdata[0]}}</b><br>%{{customdata[1]}} of %{{customdata[2]}} {unit}<br>%{{customdata[3]}}"
        "<extra></extra>"
    )
    common: dict[str, Any] = {"x": rows["at"].tolist(), "customdata": custom, "hovertemplate": hover, "yaxis": axis}
    if not shares:
        look = {"color": ink3, "line": {"width": 0}}
        return {"type": "bar", "y": rows["uses"].tolist(), "marker": look, **_bar_width(rows), **common}
    hollow = rows["of"] < few if unit == "articles" else rows["low"].isna()
    value, low, high = (rows[name].astype(float) * per for name in ("share", "low", "high"))
    return {
        "type": "scatter",
        "y": value.tolist(),
        "mode": "markers",
        "marker": {
            "size": 9,
            "color": [theme.colour("paper") if few_ else ink for few_ in hollow],
            "line": {"color": ink2, "width": 1.5},
        },
        "error_y": {
            "type": "data",
            "array": (high - value).fillna(0).tolist(),
            "arrayminus": (value - low).fillna(0).tolist(),
            "color": ink3,
            "thickness": 1.5,
            "width": 3,
        },
        **common,
    }
