"""Groups of articles side by side: how somebody is portrayed in them, who speaks, and in which words."""

from __future__ import annotations

from dashboard.app import data, notices, state
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
from dashboard.compare.section import Section
from dashboard.markup.html import draw, tag
from store import queries

SECTIONS = (
    Section("portrayal", "Portrayal", portrayal_section.show),
    Section("speakers", "Who speaks", speakers_section.show),
    Section("names", "Names for the same thing", names_section.show),
    Section("words", "Words that set them apart", distinctive_section.show),
    Section("labels", "What they are called, and who does what", labels_section.show),
    Section("frames", "Frames", frames_section.show),
    Section("series", "Over time", time_section.show),
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
    portrayal_section.title(compared)
    section.contents(SECTIONS)
    for part in SECTIONS:
        section.run(part, compared)


page()
