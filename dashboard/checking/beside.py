"""The sentence beside a figure that says how right it was found to be on this corpus, and where to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import accuracy
from dashboard.app import data, state
from dashboard.markup import reader
from dashboard.markup.html import Html, draw, join, link, query, tag
from store.checks import log
from store.checks.report import newest_check, sentence

if TYPE_CHECKING:
    from store import Filter
    from store.checks.log import Log

# Where the published figures of a kind stand in the methods, and which of them is about what a check asks.
_PUBLISHED: Final = {
    "quotes": ("quotes", "right speaker"),
    "people": ("people", ""),
    "places": ("places", ""),
    "portrayals": ("tone", ""),
    "facts": ("stories", "facts"),
    "missed": ("quotes", "All that is told"),
}
_WHAT: Final = {
    "quotes": "Who says it",
    "people": "Who is meant",
    "places": "Which place is meant",
    "portrayals": "How they are spoken of",
    "facts": "Whether two outlets tell the same",
    "missed": "Whether nobody speaks where nothing was found",
}


def checks_of_corpus() -> Log:
    """The checks of this corpus; read again only when the file has changed."""
    path = data.store().path
    return _read(str(path), log.digest(path))


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(path: str, digest: str) -> Log:
    del path, digest
    return log.read(data.store().path)


def published(kind: str) -> str:
    """How right such figures were on published sets, for what has not been checked here; empty where none is known."""
    name, about = _PUBLISHED[kind]
    figures = [figure for figure in accuracy.figures() if figure.name == name and about in figure.what]
    # Where one of them waits for its measurement, it may be the lowest.
    if not figures or any(figure.value is None for figure in figures):
        return ""
    figure = min(figures, key=lambda figure: figure.value or 0)
    return f"{figure.value:.2f} {figure.figure} on {figure.measured_by}"


def check_html(kind: str, chosen: Filter) -> Html:
    """The sentence as HTML: what a check found here, or that there was none and what is published; then the way to one.

    ``kind`` is quotes, people, places, portrayals, facts or missed; ``chosen`` the filter of the figure beside it.
    """
    check = newest_check(checks_of_corpus(), kind, chosen)
    if check:
        more = link("check", "See the check", query("", check=check.sample.id, show="result"))
        # A check of all articles stands for these too; one of just these would be drawn anew.
        anew = None if check.sample.fields["filter"] == chosen.to_query() else join(" · ", _check_this(kind, chosen))
        return tag("span", f"{_WHAT[kind]}: {reader.worded(sentence(check.main))}. ", more, anew)
    figure_published = published(kind)
    elsewhere = f"; elsewhere {figure_published}" if figure_published else ""
    return tag("span", f"{_WHAT[kind]}: not checked here{elsewhere}. ", _check_this(kind, chosen))


def _check_this(kind: str, chosen: Filter) -> Html:
    return link("check", "Check this", query(chosen.to_query(), new=kind))


def show(*kinds: str, chosen: Filter | None = None) -> None:
    """Draw the sentences of some kinds as a note under figures of the filter in force."""
    shown_filter = state.current() if chosen is None else chosen
    draw(*(tag("p", check_html(kind, shown_filter), class_="fl-note fl-tight fl-checked") for kind in kinds))
