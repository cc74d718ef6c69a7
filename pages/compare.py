"""Groups of articles side by side: how somebody is portrayed in them, who speaks, and in which words."""

from __future__ import annotations

from dashboard import data, notices, state
from dashboard.compare import comparison, distinct, framed, labelled, named, portrayed, section, spoken, timed
from dashboard.compare.section import Section
from dashboard.html import draw, tag
from store import queries

SECTIONS = (
    Section("portrayal", "Portrayal", portrayed.show),
    Section("speakers", "Who speaks", spoken.show),
    Section("names", "Names for the same thing", named.show),
    Section("words", "Words that set them apart", distinct.show),
    Section("labels", "What they are called, and who does what", labelled.show),
    Section("frames", "Frames", framed.show),
    Section("series", "Over time", timed.show),
)


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
    portrayed.title(compared)
    section.contents(SECTIONS)
    for part in SECTIONS:
        section.run(part, compared)


page()
