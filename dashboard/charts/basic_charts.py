"""Plotly charts in the look: pattern is voice, hue is speaker, nothing else has either.

Each function takes a table and gives a figure; :func:`show` puts it on the page. Text of articles is escaped here,
because Plotly reads a subset of HTML in every label.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.app import theme
from dashboard.charts.picture import Picture, Unchecked
from dashboard.markup import phrasing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CONFIG: Final = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "doubleClick": False}
# Mean width of a character of the sans face at 14 px.
CHARACTER: Final = 6.3
PATTERNS: Final = {"narration": "", "reported": "-", "quote": "/", "headline": "|", "caption": ".", "furniture": ""}


def safe(value: object, most: int = 0) -> str:
    """Words of an article or a name, for a Plotly label; ``most`` characters if given."""
    words = " ".join(str(value).split())
    if most and len(words) > most:
        words = words[: most - 1].rstrip() + "…"
    return escape(words, quote=False)


def marker(voice: str) -> dict[str, Any]:
    """How bars of a voice are drawn: ink and pattern, never a hue."""
    ink, ink2, edge = theme.colour("ink"), theme.colour("ink2"), theme.colour("edge")
    if voice == "narration":
        return {"color": ink, "line": {"color": ink, "width": 1}}
    if voice == "furniture":
        return {"color": "rgba(0,0,0,0)", "line": {"color": edge, "width": 1}}
    pattern = {
        "shape": PATTERNS[voice],
        "fillmode": "replace",
        "fgcolor": ink if voice == "reported" else ink2,
        "bgcolor": "rgba(0,0,0,0)",
        "size": 6,
        "solidity": 0.55 if voice == "reported" else 0.35,
    }
    return {"color": ink2, "pattern": pattern, "line": {"color": ink2, "width": 1}}


def figure(height: int, *, left: int = 0, right: int = 0, top: int = 4, bottom: int = 4) -> Picture:
    """An empty figure of the look: no frame, no grid, room for labels in pixels."""
    font = {"family": theme.SANS, "size": 14, "color": theme.colour("ink")}
    bare = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "ticks": "",
        "showticklabels": False,
    }
    layout = {
        "template": {},
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hoverlabel": {
            "bgcolor": theme.colour("paper"),
            "bordercolor": theme.colour("edge"),
            "font": font,
            "align": "left",
        },
        "showlegend": False,
        "dragmode": False,
        "bargap": 0.3,
        "separators": ".,",
        "xaxis": bare.copy(),
        "yaxis": bare.copy(),
    }
    return Picture([], layout)


def beside_row(row: float, text: str, *, left: bool = False, room: int = 0, size: int = 14) -> dict[str, Any]:
    """An annotation: ``text`` (escaped by the caller) at the height of ``row``, in the left margin, or flush right."""
    return {
        "xref": "paper",
        "x": 0 if left else 1,
        "xanchor": "left" if left else "right",
        "xshift": -room - 2 if left else room + 2,
        "yref": "y",
        "y": row,
        "yanchor": "middle",
        "text": text,
        "align": "left" if left else "right",
        "showarrow": False,
        "font": {"size": size},
    }


def note(text: str) -> str:
    """Smaller, paler words inside a label."""
    return f'<span style="font-size:13px;color:{theme.colour("ink3")}">{text}</span>'


def width(text: str) -> float:
    """Pixels that ``text`` takes, about, in the sans face at 14 px."""
    return CHARACTER * len(text)


def label_room(labels: Sequence[str], *, most: int, swatch: bool = False) -> int:
    """Pixels the longest label needs at its left of the bars, and no more than ``most``."""
    return int(min(most, 14 + CHARACTER * (max(map(len, labels), default=0) + 3 * swatch)))


def voice_bars(rows: Sequence[dict[str, Any]], *, room: int, hint: str) -> Picture:
    """Stacked bars of words by voice, one row each, furniture hollow and last.

    A row has ``label``, ``sub``, ``words_<voice>`` for every voice, ``words`` (all but furniture) and ``key``.
    """
    right = int(14 + max((width(f"{row['words_quote']:,} of {row['words']:,}") for row in rows), default=0))
    drawn = figure(46 * len(rows) + 8, left=room, right=right)
    places = list(range(len(rows)))
    for voice, name in phrasing.VOICE_NAMES.items():
        counts = [int(row[f"words_{voice}"]) for row in rows]
        if not any(counts):
            continue
        drawn.data.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": places,
                "x": counts,
                "name": name,
                "width": 0.44,
                "marker": marker(voice),
                "customdata": [
                    [
                        row["key"],
                        voice,
                        safe(row["label"]),
                        safe(row["sub"]),
                        f"{phrasing.share(n, row['words'])} of {phrasing.number(row['words'])}",
                    ]
                    for row, n in zip(rows, counts, strict=True)
                ],
                "hovertemplate": (
                    "<b>%{customdata[2]}</b>, %{customdata[3]}<br>%{x:,} words: "
                    + name.lower()
                    + ("" if voice == "furniture" else "<br>%{customdata[4]} words counted")
                    + f"<br>{safe(hint)}<extra></extra>"
                ),
            }
        )
    notes = []
    for place, row in zip(places, rows, strict=True):
        name = f"{safe(row['label'], 24)}<br>{note(safe(row['sub'], 28))}"
        quoted = int(row["words_quote"])
        share = f"<b>{phrasing.share(quoted, row['words'])}</b><br>" + note(
            f"{phrasing.number(quoted)} of {phrasing.number(row['words'])}"
        )
        notes += [beside_row(place, name, left=True, room=room), beside_row(place, share, room=right)]
    longest = max((row["words"] + row["words_furniture"] for row in rows), default=1)
    drawn.layout.update(barmode="stack", annotations=notes)
    drawn.layout["xaxis"]["range"] = [0, longest * 1.004]
    drawn.layout["yaxis"]["range"] = [len(rows) - 0.5, -0.5]
    return drawn


def bars(
    rows: Sequence[dict[str, Any]],
    *,
    room: int,
    unit: str,
    colours: Sequence[str] | None = None,
    swatch: bool = False,
    pitch: int = 26,
) -> Picture:
    """Plain bars: a row has ``label``, ``value``, ``said`` (what stands at the right), ``hover`` and ``key``."""
    right = 14 + 8 * max((len(str(row["said"])) for row in rows), default=1)
    room = label_room([row["label"] for row in rows], most=room, swatch=swatch)
    drawn = figure(pitch * len(rows) + 8, left=room, right=right)
    tints = list(colours or [theme.colour("ink3")] * len(rows))
    drawn.data.append(
        {
            "type": "bar",
            "orientation": "h",
            "y": list(range(len(rows))),
            "x": [row["value"] for row in rows],
            "width": 14 / pitch,
            "marker": {"color": tints, "line": {"width": 0}},
            "customdata": [[row["key"], safe(row["label"]), row["hover"]] for row in rows],
            "hovertemplate": f"<b>%{{customdata[1]}}</b><br>%{{x:,}} {unit}<br>%{{customdata[2]}}<extra></extra>",
        }
    )
    notes = []
    for place, row in enumerate(rows):
        mark = f'<span style="color:{tints[place]}">▍</span>' if swatch else ""
        label = mark + safe(row["label"], int((room - 12) / CHARACTER) - 2 * swatch)
        notes += [beside_row(place, label, left=True, room=room), beside_row(place, str(row["said"]), room=right)]
    drawn.layout["annotations"] = notes
    drawn.layout["xaxis"]["range"] = [0, max((row["value"] for row in rows), default=1)]
    drawn.layout["yaxis"]["range"] = [len(rows) - 0.5, -0.5]
    return drawn


def show(drawn: Picture, *, key: str, alt: str, on_point: Callable[[list[Any]], None] | None = None) -> None:
    """Put a chart on the page. ``on_point`` gets the ``customdata`` of a clicked mark."""
    # What is chosen is told by what opens, never by paling all the rest.
    for marks in drawn.data:
        marks |= {"unselected": {"marker": {"opacity": 1}}, "selected": {"marker": {"opacity": 1}}}
    if on_point is None:
        st.plotly_chart(Unchecked(drawn), key=key, alt=alt, theme=None, config=CONFIG)
        return
    drawn.layout["clickmode"] = "event+select"

    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points and points[0].get("customdata"):
            on_point(list(points[0]["customdata"]))

    st.plotly_chart(
        Unchecked(drawn), key=key, alt=alt, theme=None, config=CONFIG, on_select=clicked, selection_mode="points"
    )
