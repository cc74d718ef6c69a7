"""What every section of the page has: its place in the contents, a head, a foot, and runs of its own.

A section runs alone when something in it is chosen, so that a click does not draw the whole page anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard.app import downloads, state
from dashboard.compare.comparison import keep, pair
from dashboard.markup import share_matrix
from dashboard.markup.block import block
from dashboard.markup.html import Html, draw, join, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from dashboard.compare.comparison import Comparison
    from dashboard.markup.share_matrix import Line
    from store.rates import Rate


class Section(NamedTuple):
    """A section: its anchor, what the contents call it, and what draws it."""

    name: str
    label: str
    show: Callable[[Comparison], None]


def contents(sections: Sequence[Section]) -> None:
    """Links to the sections, under the title of the page."""
    links = (tag("a", section.label, href=f"#{section.name}") for section in sections)
    draw(tag("nav", tag("span", "On this page"), *links, class_="fl-contents", aria_label="On this page"))


@st.fragment
def run(section: Section, compared: Comparison) -> None:
    """Draw a section; what is chosen in it runs it alone."""
    if state.leaving():
        st.rerun()
    section.show(compared)


def head(name: str, title: str, *said: Html | str) -> None:
    """The heading of a section and what its figures are."""
    draw(tag("h2", title, id=name, class_="fl-h2"), tag("p", join(*said), class_="fl-sub"))


def shares(
    compared: Comparison,
    key: str,
    lines: Sequence[Line],
    found: Mapping[str, Mapping[str, Rate]],
    *,
    unit: str,
    about: str,
    head: str,
    none: str = "none",
    more: Mapping[tuple[str, str], str] | None = None,
) -> tuple[str, str] | None:
    """A matrix of shares by line and group, see :mod:`dashboard.markup.share_matrix`, without lines no group has.

    ``key`` is what the URL keeps the chosen cell under. Returns the group and the line of that cell, where one is.
    """
    chosen = pair(key)
    told = [line for line in lines if any(line.key in by_line for by_line in found.values())]
    drawn = share_matrix.matrix(
        told,
        found,
        compared.keys,
        compared.names,
        compared.sizes,
        unit=unit,
        about=about,
        head=head,
        none=none,
        chosen=chosen,
        more=more,
    )
    block(drawn, key=f"compare_{key}_cells", on_choose=keep(key))
    return chosen


def foot(compared: Comparison, table: str, frame: pd.DataFrame, *, what: str, by: str, methods: str) -> None:
    """The table behind a section as a file, with names for the keys of groups, and how its figures are counted."""
    named = frame.assign(group=frame["group"].map(compared.names)) if "group" in frame else frame
    downloads.offer_rows(table, compared.chosen, named, what=what, by=by, methods=methods)
