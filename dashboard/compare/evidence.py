"""The sentences behind a number, in a band beside it: the first few, then all, each with the way into its article.

A band is a piece of HTML: it stands within a table under the row that was clicked, or below a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.compare.comparison import keep
from dashboard.markup import phrasing
from dashboard.markup.block import block
from dashboard.markup.html import Html, join, link, query, raw, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Filter

FIRST_SENTENCES: Final = 8
# What a control of a band gives, to be told from a cell of the table around it.
ALL, CLOSE, SORT = "+all", "+close", "+sort:"


def in_place(chosen: Filter, row: dict[str, Any]) -> Html:
    """A link to the passage of a row (article_id, start, end) in its article."""
    at = f"{int(row['start'])}-{int(row['end'])}"
    return link("read", "Read in place", query(chosen.to_query(), article=row["article_id"], at=at))


def opened_wide(key: str) -> bool:
    """Whether all that stands behind what the URL holds under ``key`` is to be shown."""
    return bool(st.query_params.get(key)) and st.session_state.get(f"all_{key}") == st.query_params.get(key)


def opens(key: str) -> Callable[[str], None]:
    """What a choice does in a block that holds cells and, where one is chosen, its band."""

    def choose(value: str) -> None:
        if value == ALL:
            st.session_state[f"all_{key}"] = st.query_params.get(key)
        elif value == CLOSE:
            st.query_params.pop(key, None)
        elif value.startswith(SORT):
            st.query_params["context"] = value.removeprefix(SORT)
        else:
            keep(key)(value)

    return choose


def band(
    chosen: Filter,
    rows: list[dict[str, Any]],
    head: str,
    *,
    key: str,
    unit: str,
    of_all: int | None = None,
    above: Html | None = None,
    apart: str = "",
) -> Html:
    """The passages behind what the URL holds under ``key``. Rows hold article_id, source, start, end and text.

    ``sentiment`` in a row is shown as its tone, ``said`` (HTML) in the place of its text, ``by`` beside its source.
    ``of_all`` is how many there are where ``rows`` are the first of more; ``above`` stands between head and passages.
    Rows that are ``apart`` stand in a list of their own under these words.
    """
    shown = rows if opened_wide(key) else rows[:FIRST_SENTENCES]
    controls = [tag("span", f"{phrasing.number(len(shown))} of {phrasing.count(of_all or len(rows), unit)}")]
    if len(shown) < len(rows):
        complete = len(rows) == (of_all or len(rows))
        controls.append(control("Show all" if complete else f"Show {phrasing.number(len(rows))}", ALL))
    controls.append(control("Close", CLOSE))
    toned = "fl-ev" if rows and "sentiment" in rows[0] else "fl-ev fl-untoned"
    lists = [tag("ul", *(_item(chosen, row) for row in shown if not row.get("apart")), class_=toned)]
    if rows_apart := [row for row in shown if row.get("apart")]:
        counted = (
            f"{apart}: {phrasing.number(len(rows_apart))} of {phrasing.number(sum(bool(r.get('apart')) for r in rows))}"
        )
        lists += [
            tag("h4", counted, class_="fl-h3 fl-gap"),
            tag("ul", *(_item(chosen, r) for r in rows_apart), class_=toned),
        ]
    return tag(
        "section",
        tag(
            "div",
            tag("h3", head, class_="fl-h3"),
            tag("span", join(*controls, by="  "), class_="fl-none"),
            class_="fl-evhead",
        ),
        above,
        *lists,
        class_="fl-evidence",
        aria_live="polite",
    )


def _item(chosen: Filter, row: dict[str, Any]) -> Html:
    dated = phrasing.when(str(row.get("published") or "")) if "published" in row else ""
    source = tag("small", join(row["source"], dated or None, row.get("by") or None, by=" · "))
    words = row.get("said") or " ".join(str(row["text"]).split())
    return tag("li", _tone(row.get("sentiment")), tag("span", words, source, class_="x"), in_place(chosen, row))


def below(band_: Html | None, key: str) -> None:
    """Draw a band under a list, where there is one."""
    if band_ is not None:
        block(band_, key=f"evidence_{key}", on_choose=opens(key))


def control(label: str, value: str, *, pressed: bool | None = None) -> Html:
    """A word that can be chosen."""
    state = {} if pressed is None else {"aria_pressed": "true" if pressed else "false"}
    return tag("span", label, class_="fl-link", role="button", tabindex="0", data_choose=value, **state)


def _tone(sentiment: object) -> Html:
    if sentiment is None:
        return raw("")
    hue, label = {1: ("pos", "+ positive"), 0: ("neu", "○ neutral"), -1: ("neg", "− negative")}[int(str(sentiment))]
    return tag("span", label, class_=f"fl-tone {hue}")
