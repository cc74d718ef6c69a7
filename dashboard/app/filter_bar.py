"""The filter bar every page stands under: one chip a dimension, then the filter in words and what it leaves.

The widgets hold nothing of their own: before each run they are set from the URL, and what is chosen goes back to it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import streamlit as st

from dashboard.app import data, state
from dashboard.markup import phrasing
from dashboard.markup.html import draw, markdown, tag
from store import Filter, queries
from store.schema import COUNTED_VOICES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Most options a chip lists; beyond it, names are searched for in the store.
MOST: Final = 1000
# Chip, field of the filter, one of them and several of them as the chip's list is headed.
CHIPS: Final = (
    ("Outlet", (("sources", "Outlets"),)),
    ("Person", (("people", "People named or quoted"),)),
    ("Organisation", (("organisations", "Organisations named"),)),
    ("Place", (("jurisdictions", "Places named; a state includes its counties and cities"),)),
    ("Story", (("stories", "Stories: articles that report one event"),)),
    (
        "Administration",
        (("administrations", "In office on the day of the article"), ("named_administrations", "Named in the article")),
    ),
)


def show(chosen: Filter, notices: Sequence[str]) -> None:
    """Draw the bar, the filter as a sentence, and what had to be left out of the URL."""
    with st.container(horizontal=True, gap="small", key="filter_chips"):
        names: dict[str, str] = {}
        for label, dimensions in CHIPS:
            names |= _choice(label, dimensions, chosen)
        _dates(chosen)
        _voices(chosen)
        _text(chosen)
    names |= data.ask(queries.names, chosen.stories)
    _sentence(chosen, names)
    if notices:
        draw(*(tag("p", notice, class_="fl-notice") for notice in notices))


def _choice(label: str, dimensions: Sequence[tuple[str, str]], chosen: Filter) -> dict[str, str]:
    """One chip of lists. Returns the names of what is chosen in it."""
    facets = {field: options(field, chosen) for field, _ in dimensions}
    if not any(facets.values()):
        return {}
    names = {value: name for field in facets for value, (name, _) in facets[field].items()}
    picked = [value for field, _ in dimensions for value in getattr(chosen, field)]
    with st.popover(_title(label, [names.get(value, value) for value in picked]), key=f"chip_{dimensions[0][0]}"):
        for field, heading in dimensions:
            choose(field, heading, facets[field], chosen)
    return {value: names.get(value, value) for value in picked}


def choose(
    field: str,
    heading: str,
    options: dict[str, tuple[str, int]],
    chosen: Filter,
    *,
    place: str = "filter",
    placeholder: str = "Choose; numbers are articles",
    width: int | Literal["stretch"] = 340,
) -> None:
    """A list in which values of one field of the filter are chosen; ``place`` tells two lists of one field apart."""
    if place == "filter" and (len(options) >= MOST or st.session_state.get(f"find_{field}")):
        st.text_input(f"Find among all {_plural(field)}", key=f"find_{field}", placeholder="part of a name")
    key = f"{place}_{field}"
    st.session_state[key] = list(getattr(chosen, field))
    st.multiselect(
        heading,
        list(options),
        key=key,
        format_func=lambda value: f"{options[value][0]} · {options[value][1]:,}" if value in options else str(value),
        on_change=_take(field, key),
        placeholder=placeholder,
        select_all=False,
        width=width,
    )


def _plural(field: str) -> str:
    return {"sources": "outlets", "jurisdictions": "places"}.get(field, field.replace("_", " "))


def options(field: str, chosen: Filter) -> dict[str, tuple[str, int]]:
    """What can be chosen: value to name and distinct articles, most articles first."""
    sought = st.session_state.get(f"find_{field}", "")
    frame = data.ask(queries.facet, chosen, field, search=sought, limit=MOST)
    return {
        str(value): (phrasing.entity_name(str(value), str(name)), int(articles))
        for value, name, articles in zip(frame["value"], frame["name"], frame["articles"], strict=True)
    }


def _take(field: str, key: str) -> Callable[[], None]:
    """What to do when the widget changes: move its value into the URL."""

    def moved() -> None:
        given: Any = st.session_state[key]
        state.put(state.current().but(**{field: tuple(given) if isinstance(given, list) else given}))

    return moved


def _dates(chosen: Filter) -> None:
    dates = Filter(date_from=chosen.date_from, date_to=chosen.date_to)
    with st.popover(_title("Dates", [dates.describe({})] if dates else []), key="chip_dates"):
        for field, heading in (("date_from", "From"), ("date_to", "To")):
            key = f"filter_{field}"
            st.session_state[key] = getattr(chosen, field)
            st.date_input(
                heading,
                value=None,
                key=key,
                format="YYYY-MM-DD",
                min_value=date(1700, 1, 1),
                max_value=date(2100, 12, 31),
                on_change=_take(field, key),
                width=340,
            )
        st.caption("An article counts when any day it can have been published lies between them.")


def _voices(chosen: Filter) -> None:
    with st.popover(_title("Voice", [phrasing.VOICE_NAMES[v].lower() for v in chosen.voices]), key="chip_voices"):
        st.session_state["filter_voices"] = list(chosen.voices)
        st.pills(
            "Whose words",
            COUNTED_VOICES,
            selection_mode="multi",
            key="filter_voices",
            format_func=phrasing.VOICE_NAMES.__getitem__,
            on_change=_take("voices", "filter_voices"),
        )
        st.caption("Counts, names and sentences only from words in these voices.")


def _text(chosen: Filter) -> None:
    with st.popover(_title("Word or phrase", [chosen.text] if chosen.text else []), key="chip_text"):
        st.session_state["filter_text"] = chosen.text
        st.text_input(
            "Articles that hold",
            key="filter_text",
            placeholder='sanctuary, or "border patrol"',
            on_change=_take("text", "filter_text"),
            width=340,
        )
        st.caption("All the words, in any order; in double quotation marks, that very phrase.")


def _title(label: str, picked: Sequence[str]) -> str:
    """The chip's label; in use it is bold, which tints the chip."""
    if not picked:
        return label
    if len(picked) > 1:
        return f"**{label}: {len(picked)} chosen**"
    said = picked[0].replace(f" {label.lower()}", "")
    short = said if len(said) <= 28 else said[:27].rstrip() + "…"
    return f"**{label}: {markdown(short)}**"


def _sentence(chosen: Filter, names: dict[str, str]) -> None:
    counts = data.ask(queries.counts, chosen)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="filter_state"):
        st.html(
            tag(
                "p",
                tag("b", chosen.describe(names)),
                f" · {phrasing.number(counts.articles)} of {phrasing.count(counts.of, 'article')}",
                class_="fl-state",
                role="status",
            ),
            width="content",
        )
        if chosen:
            st.button("Clear", key="filter_clear", type="tertiary", on_click=state.put, args=(Filter(),))
