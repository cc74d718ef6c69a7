"""Groups of articles side by side: who speaks, in which words, where and when, and how somebody is portrayed."""

from __future__ import annotations

import streamlit as st

from dashboard.app import data, notices, state
from dashboard.checking import beside, corrected_figure
from dashboard.compare import (
    comparison,
    distinctive_section,
    frames_section,
    labels_section,
    names_section,
    portrayal_section,
    section,
    speakers_section,
    time_section,
)
from dashboard.compare.section import CompareSection
from dashboard.markup import phrasing
from dashboard.markup.html import draw, tag
from store import queries
from store.groups import OWN

SECTIONS = (
    CompareSection("speakers", "Who speaks", speakers_section.show, speakers_section.size),
    CompareSection("names", "Names for the same thing", names_section.show, names_section.size),
    CompareSection("words", "What sets them apart", distinctive_section.show, distinctive_section.size),
    CompareSection("labels", "What they are called", labels_section.show, labels_section.size),
    CompareSection("frames", "Frames", frames_section.show, frames_section.size),
    CompareSection("series", "Where and when", time_section.show, time_section.size),
    CompareSection("portrayal", "How they are portrayed", portrayal_section.show, portrayal_section.size),
)
# Sections whose figures checks can correct, and of what kind those are.
_CORRECTED: dict[str, tuple[str, ...]] = {"speakers": ("quotes",), "portrayal": ("portrayals",)}
# Shares of the width that the list of sections and the section take.
COLUMNS = (1, 4.2)


def counted_in(shown: int, matching: int) -> str:
    """How many of the articles that match stand side by side."""
    if shown < matching:
        return f"Counted in {phrasing.count(shown, 'article')} of the {phrasing.number(matching)} that match."
    return (
        "Counted in the one article that matches." if shown == 1 else f"Counted in all {shown:,} articles that match."
    )


def page() -> None:
    """Draw the page for the current filter."""
    chosen = state.current()
    counts = data.ask(queries.counts, chosen)
    if not counts.articles:
        notices.nothing_matches(chosen)
        return
    head = st.container(key="compare_title")
    compared = comparison.choose(chosen)
    shown = sum(group.articles for group in compared.groups)
    with head:
        draw(
            tag("p", "Compare", class_="fl-kicker"),
            tag("h1", comparison.title(compared), class_="fl-h1"),
            tag(
                "p",
                counted_in(shown, counts.articles),
                class_="fl-standfirst",
            )
            if compared.dimension in {"source", "year", "quarter"} or compared.dimension.startswith(OWN)
            else None,
        )
    if not compared.groups:
        return
    left_column, right_column = st.columns(COLUMNS, gap="large")
    with left_column:
        section.side(SECTIONS, compared)
    with right_column:
        section.run(section.chosen(SECTIONS), compared)
        if compared.dimension == "source" or compared.dimension.startswith(OWN):
            for kind in _CORRECTED.get(section.chosen(SECTIONS).name, ()):
                corrected_figure.under(kind, chosen, compared.dimension.removeprefix(OWN).removeprefix("source"))
    beside.show("quotes", "portrayals")


page()
