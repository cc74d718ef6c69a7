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
    found = data.ask(queries.in_context, rows.reset_index(drop=True))
    keys = sort_key(found, sorted_by())
    order = sorted(range(len(found)), key=lambda i: (keys[i], str(found["article_id"][i]), int(found["start"][i])))
    return found.iloc[order].reset_index(drop=True)


def sorted_by() -> str:
    """By what concordances are sorted, as the URL has it."""
    asked = st.query_params.get("context", "")
    return asked if asked in SORTS else next(iter(SORTS))


def concordance(chosen: Filter, found: pd.DataFrame, head: str, *, key: str) -> Html:
    """The band of :func:`lines`, opened by ``key`` of the URL: exactly as many as the number that leads to it says."""
    everything = opened_wide(key)
    shown = found.head(MOST if everything else FIRST)
    by = sorted_by()
    controls = [tag("span", f"{phrasing.number(len(shown))} of {phrasing.count(len(found), 'place')}")]
    if len(shown) < len(found) and not everything:
        most = phrasing.number(MOST)
        controls.append(control("Show all" if len(found) <= MOST else f"Show {most}, the file holds all", ALL))
    controls.append(control("Close", CLOSE))
    sorts = (control(said, f"{SORT}{value}", pressed=value == by) for value, said in SORTS.items())
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


def download(chosen: Filter, found: pd.DataFrame, *, key: str) -> None:
    """The lines of a concordance as a file."""
    wanted = ["article_id", "source", "published", "voice", "left", "keyword", "right", "start", "end"]
    downloads.offer_rows("concordance", chosen, found[wanted], what="this concordance", by=key)


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
