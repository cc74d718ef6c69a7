"""What a page says when it has nothing to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.app import data, state
from dashboard.markup import phrasing, reader
from dashboard.markup.html import draw, link, tag
from store import Filter, queries

if TYPE_CHECKING:
    from pathlib import Path

    from store import StoreError

BUILD = "python -m pipeline build FOLDER --data {data}"


def unreadable(error: StoreError, folder: Path) -> None:
    """A store this version cannot read: what is wrong and the command that mends it."""
    draw(class_="fl-space")
    draw(
        tag("p", "These articles cannot be opened", class_="fl-kicker"),
        tag("h1", "The store needs to be built again", class_="fl-h1"),
        tag("p", str(error), class_="fl-standfirst"),
        tag("p", "Build it with this command, then reload the page:", class_="fl-sub fl-gap"),
    )
    st.code(BUILD.format(data=folder), language="bash")
    draw(tag("p", "FOLDER is where your articles are. For the demonstration articles it is seeds.", class_="fl-note"))


# What each part of the filter is called where it can be taken away.
PARTS: Final = {
    "Outlet": ("sources",),
    "Person": ("people",),
    "Organisation": ("organisations",),
    "Place": ("jurisdictions",),
    "Administration": ("administrations", "named_administrations"),
    "Story": ("stories",),
    "Voice": ("voices",),
    "Dates": ("date_from", "date_to"),
    "Word or phrase": ("text",),
}


def nothing_matches(chosen: Filter) -> None:
    """The filter leaves no article: say so, and offer to take away the part without which some would be left."""
    if not chosen:
        draw(
            tag("p", "Nothing to show", class_="fl-kicker"),
            tag(
                "p",
                "None of the sources could be used as an article. ",
                link("problems", "See why"),
                class_="fl-h2 fl-plain",
            ),
        )
        return
    draw(
        tag("p", "Nothing to show", class_="fl-kicker"),
        tag("p", f"No article matches: {chosen.describe(names(chosen))}.", class_="fl-h2 fl-plain"),
    )
    with st.container(horizontal=True, gap="small", key="nothing"):
        for part, fields in PARTS.items():
            less = without(chosen, fields)
            remaining = data.ask(queries.counts, less).articles if less and less != chosen else 0
            if remaining:
                label = f"Remove {reader.spelt(part)} ({phrasing.count(remaining, 'article')})"
                st.button(label, on_click=state.set_filter, args=(less,), key=f"nothing_{fields[0]}")
        st.button("Clear the filter", on_click=state.set_filter, args=(Filter(),), key="nothing_clear")


def without(chosen: Filter, fields: tuple[str, ...]) -> Filter:
    """The filter with some of its fields empty."""
    empty = Filter()
    return chosen.but(**{field: getattr(empty, field) for field in fields})


def names(chosen: Filter) -> dict[str, str]:
    """Names of the entities the filter holds."""
    values = (
        *chosen.people,
        *chosen.organisations,
        *chosen.jurisdictions,
        *chosen.administrations,
        *chosen.named_administrations,
        *chosen.stories,
    )
    name_of = data.ask(queries.names, values) if values else {}
    return {value: phrasing.entity_name(value, name) for value, name in name_of.items()}
