"""What every section of the page has: its place in the list at the side, a head, a foot, and runs of its own.

A section runs alone when something in it is chosen, so that a click does not draw the whole page anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from dashboard.app import downloads, state
from dashboard.compare.comparison import choice, pair
from dashboard.compare.evidence import opens
from dashboard.markup import reader, share_matrix
from dashboard.markup.block import block
from dashboard.markup.html import Html, draw, join, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from dashboard.compare.comparison import Comparison
    from dashboard.markup.share_matrix import Line
    from store.rates import Rate


# Under which the URL keeps the section.
KEY: Final = "section"


class CompareSection(NamedTuple):
    """A section: its name in the URL, what the list calls it, what draws it, and how large it is, in words."""

    name: str
    label: str
    show: Callable[[Comparison], None]
    size: Callable[[Comparison], str]


def chosen(sections: Sequence[CompareSection]) -> CompareSection:
    """The section the URL asks for, else the first."""
    in_address = st.query_params.get(KEY, "")
    return next((section for section in sections if section.name == in_address), sections[0])


def side(sections: Sequence[CompareSection], compared: Comparison) -> None:
    """The list of sections at the side, each with its size; on a phone a choice above."""
    now = chosen(sections)
    options = {section.name: section.label for section in sections}

    def go(name: str) -> None:
        if name == sections[0].name:
            st.query_params.pop(KEY, None)
        else:
            st.query_params[KEY] = name

    links = (
        tag(
            "span",
            section.label,
            tag("small", section.size(compared)),
            role="link",
            tabindex="0",
            data_choose=section.name,
            aria_current="page" if section is now else None,
        )
        for section in sections
    )
    with st.container(key="compare_side"):
        block(tag("nav", *links, class_="fl-side", aria_label="Sections"), key="compare_sections", on_choose=go)
    with st.container(key="compare_side_small"):
        choice(KEY, "Section", options, list_=True)


@st.fragment
def run(section: CompareSection, compared: Comparison) -> None:
    """Draw a section; what is chosen in it runs it alone."""
    if state.leaving():
        st.rerun()
    section.show(compared)


def head(name: str, title: str, *sentences: Html | str) -> None:
    """The heading of a section and what its figures are."""
    draw(tag("h2", title, id=name, class_="fl-h2"), tag("p", join(*sentences), class_="fl-sub"))


def shares(
    compared: Comparison,
    key: str,
    lines: Sequence[Line],
    rates_by_group: Mapping[str, Mapping[str, Rate]],
    *,
    unit: str,
    about: str,
    head: str,
    none: str = "none",
    more: Mapping[tuple[str, str], str] | None = None,
    under_row: Callable[[str, str], Html | None] | None = None,
) -> None:
    """A matrix of shares by line and group, see :mod:`dashboard.markup.share_matrix`; lines of no group stand below.

    ``key`` is what the URL keeps the chosen cell under; ``under_row`` gives what opens beneath its row, of a group and
    a line.
    """
    chosen = pair(key)
    under = under_row(*chosen) if chosen and under_row and chosen[0] in rates_by_group else None
    lines = [replace(line, name=reader.spelt(line.name), note=reader.spelt(line.note)) for line in lines]
    shown_lines = [line for line in lines if any(line.key in by_line for by_line in rates_by_group.values())]
    absent = [line.name for line in lines if line not in shown_lines]
    note = tag("p", f"Looked for, and in no {compared.one}: {'; '.join(absent)}.", class_="fl-sub")
    if not shown_lines:
        draw(note)
        return
    drawn = share_matrix.matrix(
        shown_lines,
        rates_by_group,
        compared.keys,
        compared.names,
        compared.sizes,
        unit=unit,
        about=about,
        head=head,
        none=none,
        chosen=chosen,
        more=more,
        under=under,
    )
    block(drawn, key=f"compare_{key}_cells", on_choose=opens(key))
    if absent:
        draw(note)


def foot(compared: Comparison, table: str, frame: pd.DataFrame, *, what: str, by: str, methods: str) -> None:
    """The table behind a section as a file, with names for the keys of groups, and how its figures are counted."""
    named = frame.assign(group=frame["group"].map(compared.names)) if "group" in frame else frame
    downloads.offer_rows(table, compared.chosen, named, what=what, by=by, methods=methods)
