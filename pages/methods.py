"""What each number means, how it is found, how well that was measured to work, and where it fails."""

from __future__ import annotations

import streamlit as st

from dashboard import accuracy
from dashboard.app import data
from dashboard.markup import phrasing
from dashboard.markup.html import Html, draw, join, tag


def measured(figures: list[accuracy.Figure]) -> Html:
    """The figures of a section as a table."""
    heads, *rows = accuracy.table(figures)
    lines = (tag("tr", *(_cell(cell) for cell in row)) for row in rows)
    return tag(
        "table",
        tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
        tag("tbody", *lines),
        class_="fl-table",
        style="max-width:45rem;margin-bottom:1rem",
    )


def _cell(said: str) -> Html:
    return tag("td", tag("span", said, class_="fl-few") if said == accuracy.NOT_MEASURED else said)


def _contents(found: list[accuracy.Section]) -> Html:
    return tag(
        "p",
        join(*(tag("a", part.title, href=f"#{part.name}") for part in found), by=" · "),
        class_="fl-sub",
        style="margin-top:1rem",
    )


def _made_with() -> Html:
    store = data.store()
    lines = [("Snapshot of the articles", phrasing.number(store.snapshot)), *sorted(store.versions.items())]
    rows = (tag("tr", tag("th", name, scope="row"), tag("td", value)) for name, value in lines)
    return tag("table", tag("tbody", *rows), class_="fl-table", style="max-width:45rem")


def page() -> None:
    """Draw the page."""
    found = accuracy.sections(accuracy.METHODS.read_text(encoding="utf-8"))
    figures = accuracy.figures()
    draw(
        tag("p", "Methods", class_="fl-kicker"),
        tag("h1", "What the numbers mean, and how far to trust them", class_="fl-h1"),
        tag(
            "p",
            "Each number is counted by rules and small models that run on this machine and make mistakes. Here is what "
            "they do, how often they were right where people had checked, and where they fail.",
            class_="fl-standfirst",
        ),
        _contents(found),
    )
    for part in found:
        draw(tag("h2", part.title, id=part.name, class_="fl-h2"))
        st.markdown(part.body, width=720)
        if own := [figure for figure in figures if figure.name == part.name]:
            draw(measured(own))
    draw(tag("h2", "Versions", id="versions", class_="fl-h2"), _made_with())


page()
