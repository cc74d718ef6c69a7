"""A concordance: every place where a word stands, with the words on its left and right, as the outlet wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.app import data, downloads
from dashboard.compare.comparison import choice
from dashboard.compare.evidence import control, in_place
from dashboard.markup import phrasing
from dashboard.markup.block import block
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
MOST: Final = 400
# Room for the keyword: mean width of a bold letter in em, and letters after which it wraps.
_LETTER: Final = 0.56
_LONGEST: Final = 26


def show(chosen: Filter, rows: pd.DataFrame, head: str, *, key: str) -> None:
    """The band of ``rows`` (article_id, source, published, start, end, voice), opened by ``key`` of the URL."""
    if rows.empty:
        return
    found = data.ask(queries.in_context, rows.reset_index(drop=True))
    with st.container(key=f"concordance_{key}"):
        by = choice("context", "Sort by", SORTS, place=key)
        keys = sort_key(found, by)
        order = sorted(range(len(found)), key=lambda i: (keys[i], str(found["article_id"][i]), int(found["start"][i])))
        found = found.iloc[order].reset_index(drop=True)
        everything = st.session_state.get(f"all_{key}") == st.query_params.get(key)
        shown = found.head(MOST if everything else FIRST)

        def choose(value: str) -> None:
            if value == "+all":
                st.session_state[f"all_{key}"] = st.query_params.get(key)
            else:
                st.query_params.pop(key, None)

        block(_band(chosen, shown, len(found), head, by, everything=everything), key=f"kwic_{key}", on_choose=choose)
        wanted = ["article_id", "source", "published", "voice", "left", "keyword", "right", "start", "end"]
        downloads.offer_rows("concordance", chosen, found[wanted], what="this concordance", by=key)


def _band(chosen: Filter, shown: pd.DataFrame, total: int, head: str, by: str, *, everything: bool) -> Html:
    controls = [tag("span", f"{phrasing.number(len(shown))} of {phrasing.count(total, 'place')}")]
    if len(shown) < total and not everything:
        controls.append(control("Show all" if total <= MOST else f"Show {MOST}", "+all"))
    controls.append(control("Close", "+close"))
    lines = [_line(chosen, row, by) for row in article_text.rows(shown)]
    return tag(
        "section",
        tag(
            "div",
            tag("h3", head, class_="fl-h3"),
            tag("span", join(*controls, by="  "), class_="fl-none"),
            class_="fl-evhead",
        ),
        tag(
            "table",
            tag("caption", head, class_="fl-unseen"),
            _columns(shown["keyword"]),
            tag(
                "thead",
                tag("tr", *(tag("th", name, scope="col") for name in ("Before", "", "After", "Where"))),
                class_="fl-unseen",
            ),
            tag("tbody", *lines),
            class_="fl-kwic",
        ),
        class_="fl-evidence",
        aria_live="polite",
    )


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
