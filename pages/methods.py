"""What each number means, how it is found, how well that was measured to work, and where it fails."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import accuracy
from dashboard.app import data
from dashboard.checking import own_corpus
from dashboard.markup import phrasing, reader
from dashboard.markup.html import Html, draw, tag


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


def _cell(text: str) -> Html:
    return tag("td", tag("span", text, class_="fl-few") if text == accuracy.NOT_MEASURED else text)


# The section that is read on the first screen; the others are folded.
SHORT: Final = "short"
ABOUT_SHORT: Final = (
    "The lowest that was measured of each on texts labelled before; misses and false finds both count. Which texts, "
    "how many, and what simpler ways reach is told below."
)
# How right the figures are, for the first screen: the words for it, and the section it is read from, with how the
# names of its measures begin.
IN_SHORT: Final = (
    ("whose words each word is", "voice", "Words given the right voice"),
    ("people, under their full name", "people", "People found where they are named, under their full name"),
    ("organisations", "organisations", "Organisations found where they are named, under their full name"),
    ("places, told apart from namesakes", "places", "States, counties, cities and countries found and told apart"),
    ("quoted words, with who said them", "quotes", "Quoted words found and given to the right speaker"),
    (
        "what is told as somebody’s, with or without quotation marks, as pages show it",
        "quotes",
        "All that is told as somebody’s, with or without quotation marks",
    ),
    ("tone toward a name", "tone", "Tone toward a name in articles on immigration, as a language model reads it"),
)


def in_short(figures: list[accuracy.Figure]) -> Html:
    """How right the figures are, in plain words: of a hundred, the lowest that was measured."""
    rows = []
    for words, name, what in IN_SHORT:
        values = [figure.value for figure in figures if figure.name == name and figure.what.startswith(what)]
        measured_ = [value for value in values if value is not None]
        if measured_ and len(measured_) == len(values):  # else one that waits may be the lowest
            rows.append(
                tag("tr", tag("td", f"{100 * min(measured_):.0f}", class_="fl-num"), tag("td", reader.spelt(words)))
            )
    return tag(
        "table",
        tag("caption", "How right the figures are", class_="fl-unseen"),
        tag("thead", tag("tr", tag("th", "Of 100", scope="col", class_="fl-num"), tag("th", "right", scope="col"))),
        tag("tbody", *rows),
        class_="fl-short",
    )


def _made_with() -> Html:
    store = data.store()
    lines = [("Snapshot of the articles", phrasing.number(store.snapshot)), *sorted(store.versions.items())]
    rows = (tag("tr", tag("th", name, scope="row"), tag("td", value)) for name, value in lines)
    return tag("table", tag("tbody", *rows), class_="fl-table", style="max-width:45rem")


def page() -> None:
    """Draw the page."""
    sections = accuracy.sections(accuracy.METHODS.read_text(encoding="utf-8"))
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
    )
    for part in sections:
        own_figures = [figure for figure in figures if figure.name == part.name]
        if part.name == SHORT:
            left_column, right_column = st.columns([1.6, 1], gap="large")
            left_column.markdown(reader.worded(part.body))
            with right_column:
                draw(in_short(figures), tag("p", reader.spelt(ABOUT_SHORT), class_="fl-note"))
            draw(tag("h2", "In full", class_="fl-h2"))
            continue
        with st.expander(reader.spelt(part.title), key=f"methods_{part.name}"):
            st.markdown(reader.worded(part.body), width=720)
            if own_figures:
                draw(measured(own_figures))
    own_corpus.show()
    with st.expander("Versions", key="methods_versions"):
        draw(_made_with())


page()
