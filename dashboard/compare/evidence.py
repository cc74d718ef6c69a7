"""The sentences behind a number, in a band under it: the first few, then all, each with the way into its article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.markup import phrasing
from dashboard.markup.block import block
from dashboard.markup.html import Html, join, link, query, raw, tag

if TYPE_CHECKING:
    from store import Filter

FIRST_SENTENCES: Final = 8


def in_place(chosen: Filter, row: dict[str, Any]) -> Html:
    """A link to the passage of a row (article_id, start, end) in its article."""
    at = f"{int(row['start'])}-{int(row['end'])}"
    return link("read", "Read in place", query(chosen.to_query(), article=row["article_id"], at=at))


def band(
    chosen: Filter,
    rows: list[dict[str, Any]],
    head: str,
    *,
    key: str,
    unit: str,
    of_all: int | None = None,
    above: Html | None = None,
) -> None:
    """The passages behind what the URL holds under ``key``. Rows hold article_id, source, start, end and text.

    ``sentiment`` in a row is shown as its tone, ``said`` (HTML) in the place of its text, ``by`` beside its source.
    ``of_all`` is how many there are where ``rows`` are the first of more; ``above`` stands between head and passages.
    """
    everything = st.session_state.get(f"all_{key}") == st.query_params.get(key)
    shown = rows if everything else rows[:FIRST_SENTENCES]
    controls = [tag("span", f"{phrasing.number(len(shown))} of {phrasing.count(of_all or len(rows), unit)}")]
    if len(shown) < len(rows):
        complete = len(rows) == (of_all or len(rows))
        controls.append(control("Show all" if complete else f"Show {phrasing.number(len(rows))}", "+all"))
    controls.append(control("Close", "+close"))
    items = []
    for row in shown:
        dated = phrasing.when(str(row.get("published") or "")) if "published" in row else ""
        source = tag("small", join(row["source"], dated or None, row.get("by") or None, by=" · "))
        said = row.get("said") or " ".join(str(row["text"]).split())
        items.append(
            tag("li", _tone(row.get("sentiment")), tag("span", said, source, class_="x"), in_place(chosen, row))
        )
    html = tag(
        "section",
        tag(
            "div",
            tag("h3", head, class_="fl-h3"),
            tag("span", join(*controls, by="  "), class_="fl-none"),
            class_="fl-evhead",
        ),
        above,
        tag("ul", *items, class_="fl-ev" if rows and "sentiment" in rows[0] else "fl-ev fl-untoned"),
        class_="fl-evidence",
        aria_live="polite",
    )

    def choose(value: str) -> None:
        if value == "+all":
            st.session_state[f"all_{key}"] = st.query_params.get(key)
        else:
            st.query_params.pop(key, None)

    block(html, key=f"evidence_{key}", on_choose=choose)


def control(label: str, value: str) -> Html:
    """A word that can be chosen."""
    return tag("span", label, class_="fl-link", role="button", tabindex="0", data_choose=value)


def _tone(sentiment: object) -> Html:
    if sentiment is None:
        return raw("")
    hue, said = {1: ("pos", "+ positive"), 0: ("neu", "○ neutral"), -1: ("neg", "− negative")}[int(str(sentiment))]
    return tag("span", said, class_=f"fl-tone {hue}")
