"""When the articles appeared, under the administration in office: dots while they can be told apart, then bars."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from dashboard.app import theme
from dashboard.charts import basic_charts
from dashboard.markup import phrasing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.picture import Picture

# Above this many, dots would hide one another.
MOST_DOTS: Final = 40
# Up to here a bar is a month, above a year.
MOST_YEARS_BY_MONTH: Final = 8
# Dots nearer than this share of the width are stacked.
NEAR: Final = 0.014
# Width of the chart on a small phone, in pixels.
NARROWEST: Final = 340
_TERM_YEARS: Final = 4


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the axis under one administration."""

    name: str
    start: date
    end: date
    articles: int


def inauguration(day: date) -> date:
    """The 20 January on which the four-year term that holds ``day`` began."""
    year = day.year - (day.year - 1) % _TERM_YEARS
    began = date(year, 1, 20)
    return began if began <= day else date(year - _TERM_YEARS, 1, 20)


def bands(terms: Sequence[dict[str, Any]], names: dict[str, str]) -> list[Band]:
    """One band an administration in office, terms rounded out but never over another's articles.

    ``terms`` are totals by administration: ``group`` (entity id), ``articles``, ``first`` and ``last`` day.
    """
    drawn: list[Band] = []
    known_terms = [row for row in terms if row["group"] and row["first"] and row["last"]]
    for row in sorted(known_terms, key=lambda row: (row["first"], row["group"])):
        start, end = inauguration(row["first"]), inauguration(row["last"])
        end = end.replace(year=end.year + _TERM_YEARS)
        if drawn and start < drawn[-1].end:
            # A president who left before his term ended: his successor's band begins with the first article under him.
            start = min(row["first"], drawn[-1].end)
            drawn[-1] = replace(drawn[-1], end=max(start, drawn[-1].start))
        drawn.append(
            Band(short(row["group"], names.get(row["group"], row["group"])), start, max(start, end), row["articles"])
        )
    return drawn


def short(entity_id: str, name: str) -> str:
    """The president's name stands for his administration where there is little room."""
    return phrasing.entity_name(entity_id, name).partition(" administration")[0]


def axis(days: Sequence[date]) -> tuple[date, date]:
    """Whole years round all days."""
    return date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)


def dots(articles: Sequence[dict[str, Any]], terms: Sequence[Band]) -> tuple[Picture, str]:
    """A dot an article that has a date, stacked where they would touch, and the note that explains hollow ones."""
    dated = [row for row in articles if row["published_from"]]
    rows = sorted(dated, key=lambda row: (row["published_from"], row["article_id"]))
    span = axis([day for row in rows for day in (row["published_from"], row["published_to"])])
    drawn, note = _dots(rows, span, terms)
    return drawn, " ".join(filter(None, (note, _without_room(span, terms))))


def bars(months: Sequence[dict[str, Any]], terms: Sequence[Band]) -> tuple[Picture, str]:
    """A bar a month, or a year when years are many, from totals by month; and the note that says how tall."""
    counted = {date.fromisoformat(f"{row['group']}-01"): int(row["articles"]) for row in months if row["group"]}
    span = axis(list(counted))
    drawn, note = _bars(counted, span, terms)
    return drawn, " ".join(filter(None, (note, _without_room(span, terms))))


def _dots(rows: Sequence[dict[str, Any]], span: tuple[date, date], terms: Sequence[Band]) -> tuple[Picture, str]:
    total = (span[1] - span[0]).days
    middles = [row["published_from"] + (row["published_to"] - row["published_from"]) / 2 for row in rows]
    stacks: list[list[int]] = []
    for place, day in enumerate(middles):
        if stacks and (day - middles[stacks[-1][0]]).days <= NEAR * total:
            stacks[-1].append(place)
        else:
            stacks.append([place])
    tallest = max(map(len, stacks))
    height = max(44, 13 * tallest + 10)
    drawn = _ground(span, terms, height)
    at = {place: level - (len(stack) - 1) / 2 for stack in stacks for level, place in enumerate(stack)}
    middle_of = {place: middles[stack[len(stack) // 2]] for stack in stacks for place in stack}
    ink, paper = theme.colour("ink"), theme.colour("paper")
    drawn.data.append(
        {
            "type": "scatter",
            "x": [middle_of[place] for place in range(len(rows))],
            "y": [at[place] for place in range(len(rows))],
            "mode": "markers",
            "marker": {
                "size": 10,
                "color": [ink if phrasing.exact(row["published"]) else paper for row in rows],
                "line": {"color": ink, "width": 2},
                "opacity": 1,
            },
            "customdata": [
                [
                    row["article_id"],
                    basic_charts.safe(row["source"]),
                    phrasing.when(row["published"]),
                    basic_charts.safe(row["headline"], 70),
                ]
                for row in rows
            ],
            "hovertemplate": (
                "<b>%{customdata[1]}</b>, %{customdata[2]}<br>%{customdata[3]}<br>Click to read<extra></extra>"
            ),
        }
    )
    drawn.layout["yaxis"]["range"] = [-height / 26, height / 26]
    hollow = [row for row in rows if not phrasing.exact(row["published"])]
    if not hollow:
        return drawn, ""
    if all(len(row["published"]) == 7 for row in hollow):
        return drawn, "Hollow dot: only the month is known."
    return drawn, "Hollow dot: the day is not known exactly; it stands in the middle of what is."


def _bars(months: dict[date, int], span: tuple[date, date], terms: Sequence[Band]) -> tuple[Picture, str]:
    monthly = span[1].year - span[0].year <= MOST_YEARS_BY_MONTH
    counted: dict[date, int] = {}
    for day, articles in months.items():
        bucket = day if monthly else date(day.year, 1, 1)
        counted[bucket] = counted.get(bucket, 0) + articles
    drawn = _ground(span, terms, 110)
    tallest = max(counted.values())
    ends = {day: _next(day, monthly=monthly) for day in counted}
    drawn.data.append(
        {
            "type": "bar",
            "x": [day + (ends[day] - day) / 2 for day in counted],
            "y": list(counted.values()),
            "width": [((ends[day] - day) / timedelta(milliseconds=1)) * 0.8 for day in counted],
            "marker": {"color": theme.colour("ink3"), "line": {"width": 0}},
            "customdata": [
                [f"{day}/{ends[day] - timedelta(days=1)}", phrasing.month(day) if monthly else str(day.year)]
                for day in counted
            ],
            "hovertemplate": "<b>%{customdata[1]}</b><br>%{y:,} articles<br>Click to see only these<extra></extra>",
        }
    )
    drawn.layout["yaxis"]["range"] = [0, tallest * 1.06]
    unit = "month" if monthly else "year"
    return drawn, f"Articles per {unit}; the tallest bar is {phrasing.count(tallest, 'article')}."


def _without_room(span: tuple[date, date], terms: Sequence[Band]) -> str:
    """The administrations that have no room for their name above the plot, with their articles."""
    bands = [replace(band, start=max(band.start, span[0]), end=min(band.end, span[1])) for band in terms]
    names = [
        f"{band.name}, {phrasing.count(band.articles, 'article')}"
        for band in bands
        if band.start < band.end and not _label(band, span)
    ]
    return f"Without room for the name above: {phrasing.listed(names)}." if names else ""


def _label(band: Band, span: tuple[date, date]) -> str:
    """What stands above a band where the chart is narrowest, on a phone: its name, if there is room, and articles."""
    room = NARROWEST * (band.end - band.start).days / max((span[1] - span[0]).days, 1)
    counted = phrasing.count(band.articles, "article")
    name = next((name for name in (band.name, band.name.split()[-1]) if basic_charts.width(name) + 10 <= room), "")
    label = f"<b>{basic_charts.safe(name)}</b>" if name else ""
    if label and basic_charts.width(f"{name} {counted}") + 10 <= room:
        label += " " + basic_charts.note(counted)
    return label


def _next(day: date, *, monthly: bool) -> date:
    if not monthly:
        return date(day.year + 1, 1, 1)
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _ground(span: tuple[date, date], terms: Sequence[Band], height: int) -> Picture:
    """The axis in years and the bands of administrations, their names above."""
    drawn = basic_charts.figure(height + 56, top=28, bottom=28)
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    seen = [replace(band, start=max(band.start, span[0]), end=min(band.end, span[1])) for band in terms]
    for place, band in enumerate(seen):
        if band.start >= band.end:
            continue
        shapes.append(
            {
                "type": "rect",
                "line": {"width": 0},
                "fillcolor": theme.colour("paper3" if place % 2 else "paper2"),
                **_upright(band.start, band.end),
            }
        )
        notes.append(_note(band.start, _label(band, span), y=1, yanchor="bottom"))
    years = range(span[0].year, span[1].year + 1)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if len(years) / step <= 9)
    marks = [date(year, 1, 1) for year in years if year % step == 0 and date(year, 1, 1) < span[1]]
    names = [str(day.year) for day in marks]
    if len(years) <= 2:
        marks = [date(span[0].year, month, 1) for month in (1, 4, 7, 10)]
        names = [
            f"{phrasing.MONTHS[day.month - 1]} {day.year}" if day.month == 1 else phrasing.MONTHS[day.month - 1]
            for day in marks
        ]
    for day, name in zip(marks, names, strict=True):
        fits = basic_charts.width(name) <= NARROWEST * (span[1] - day).days / (span[1] - span[0]).days
        font = {"size": 13, "color": theme.colour("ink2")}
        notes.append(_note(day, name if fits else "", y=0, yanchor="top", yshift=-4, font=font))
        shapes.append({"type": "line", "line": {"color": theme.colour("rule"), "width": 1}, **_upright(day, day)})
    drawn.layout.update(shapes=shapes, annotations=notes)
    drawn.layout["xaxis"] |= {"range": list(span), "type": "date"}
    return drawn


def _upright(start: date, end: date) -> dict[str, Any]:
    """Where a shape stands that is as tall as the plot and lies behind its marks."""
    return {"layer": "below", "xref": "x", "yref": "paper", "x0": start, "x1": end, "y0": 0, "y1": 1}


def _note(day: date, text: str, **more: object) -> dict[str, Any]:
    """Words that begin at a day, above or below the plot."""
    return {"x": day, "xref": "x", "yref": "paper", "xanchor": "left", "text": text, "showarrow": False, **more}
