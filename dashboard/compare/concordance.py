"""A concordance: every place where a word stands, with the words on its left and right, as the outlet wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.app import data, downloads
from dashboard.compare.evidence import ALL, CLOSE, SORT, control, in_place, opened_wide
from dashboard.markup import phrasing
from dashboard.markup.html import Html, join, tag
from dashboard.reading import article_text
from store import queries
from store.queries.terms import sort_key

if TYPE_CHECKING:
    import pandas as pd

    from store import Filter

SORTS: Final = {
    "published": "Date",
    "left": "Words on the left",
    "right": "Words on the right",
    "source": "Outlet",
}
FIRST: Final = 20
# More lines at once are no pleasure to read: the file holds them all.
MOST: Final = 2000
# Room for the keyword: mean width of a bold letter in em, and letters after which it wraps.
_LETTER: Final = 0.56
_LONGEST: Final = 26


def lines(rows: pd.DataFrame) -> pd.DataFrame:
    """``rows`` (article_id, source, published, start, end, voice) with the words around each, as the URL sorts them."""
    in_context = data.ask(queries.in_context, rows.reset_index(drop=True))
    keys = sort_key(in_context, sorted_by())
    order = sorted(
        range(len(in_context)), key=lambda i: (keys[i], str(in_context["article_id"][i]), int(in_context["start"][i]))
    )
    return in_context.iloc[order].reset_index(drop=True)


def sorted_by() -> str:
    """By what concordances are sorted, as the URL has it."""
    in_address = st.query_params.get("context", "")
    return in_address if in_address in SORTS else next(iter(SORTS))


def concordance(chosen: Filter, lines: pd.DataFrame, head: str, *, key: str) -> Html:
    """The band of :func:`lines`, opened by ``key`` of the URL: exactly as many as the number that leads to it says."""
    shows_all = opened_wide(key)
    shown = lines.head(MOST if shows_all else FIRST)
    by = sorted_by()
    controls = [tag("span", f"{phrasing.number(len(shown))} of {phrasing.count(len(lines), 'place')}")]
    if len(shown) < len(lines) and not shows_all:
        most = phrasing.number(MOST)
        controls.append(control("Show all" if len(lines) <= MOST else f"Show {most}, the file holds all", ALL))
    controls.append(control("Close", CLOSE))
    sorts = (control(label, f"{SORT}{value}", pressed=value == by) for value, label in SORTS.items())
    return tag(
        "section",
        tag(
            "div",
            tag("h3", head, class_="fl-h3"),
            tag("span", join(*controls, by="  "), class_="fl-none"),
            class_="fl-evhead",
        ),
        tag("p", "Sort by  ", join(*sorts, by="  "), class_="fl-none fl-sorts"),
        tag(
            "table",
            tag("caption", head, class_="fl-unseen"),
            _columns(shown["keyword"]),
            tag(
                "thead",
                tag("tr", *(tag("th", name, scope="col") for name in ("Before", "", "After", "Where"))),
                class_="fl-unseen",
            ),
            tag("tbody", *(_line(chosen, row, by) for row in article_text.rows(shown))),
            class_="fl-kwic",
        ),
        class_="fl-evidence",
        aria_live="polite",
    )


def download(chosen: Filter, lines: pd.DataFrame, *, key: str) -> None:
    """The lines of a concordance as a file."""
    wanted = ["article_id", "source", "published", "voice", "left", "keyword", "right", "start", "end"]
    downloads.offer_rows("concordance", chosen, lines[wanted], what="this concordance", by=key)


def _columns(keywords: pd.Series[str]) -> Html:
    """The keyword takes the room its longest form needs; what is around it shares the rest."""
    room = _LETTER * min(_LONGEST, int(keywords.str.len().max())) + 1
    return tag("colgroup", tag("col"), tag("col", style=f"width:{room:.1f}em"), tag("col"), tag("col", class_="w"))


def _line(chosen: Filter, row: dict[str, object], by: str) -> Html:
    dated = phrasing.when(str(row["published"] or ""))
    voice = phrasing.VOICE_NAMES[str(row["voice"])].lower()
    return tag(
        "tr",
        # The words next to the keyword are the ones that are read: a long left context is cut at its beginning.
        tag("td", tag("bdi", row["left"]), class_="l on" if by == "left" else "l"),
        tag("td", row["keyword"], class_="k"),
        tag("td", row["right"], class_="r on" if by == "right" else "r"),
        tag("td", tag("small", row["source"]), tag("small", f"{dated} · {voice}"), in_place(chosen, row), class_="w"),
    )
