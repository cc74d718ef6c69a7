"""Groups of articles side by side: how somebody is portrayed in them, who speaks, and in which words."""

from __future__ import annotations

from dashboard import data, notices, state
from dashboard.compare import comparison, distinct, framed, labelled, named, portrayed, spoken, timed
from dashboard.html import draw, tag
from store import queries


def page() -> None:
    """Draw the page for the current filter."""
    chosen = state.current()
    if not data.ask(queries.counts, chosen).articles:
        notices.nothing_matches(chosen)
        return
    compared = comparison.choose(chosen)
    if compared is None:
        draw(tag("p", "Nobody is named in these articles.", class_="fl-h2 fl-plain"))
        return
    portrayed.show(compared)
    spoken.show(compared)
    named.show(compared)
    distinct.show(compared)
    labelled.show(compared)
    framed.show(compared)
    timed.show(compared)


page()
