"""What a page needs of the browser: charts as PNG and SVG, a link to copy, a tab that says what it shows, the way back.

All of it is done in the browser by ``page_tools.js``; nothing is fetched from anywhere but this machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.app import data, notices
from dashboard.markup import phrasing
from dashboard.markup.html import Html, tag
from store import queries

if TYPE_CHECKING:
    from store import Filter

_mount = st.components.v2.component(
    "framelens.page_tools",
    html="<span></span>",
    js=Path(__file__).with_name("page_tools.js").read_text(encoding="utf-8"),
)
NAME: Final = "Framelens"
# Choosing it copies the address of the page, which holds all there is to its state.
COPY_LINK: Final[Html] = tag("span", "Copy link", class_="fl-link fl-copy", role="button", tabindex="0")
_LONGEST_TITLE: Final = 90


def tab(*parts: str) -> None:
    """Name the browser's tab: what is shown, the page, the program."""
    shown = [
        part if len(part) <= _LONGEST_TITLE else part[: _LONGEST_TITLE - 1].rstrip() + "…" for part in parts if part
    ]
    st.set_page_config(page_title=" · ".join([*shown, NAME]))


def follow(chosen: Filter) -> None:
    """Set the tools to work under ``chosen``. Call once a run, after everything is drawn."""
    counts = data.ask(queries.counts, chosen)
    sentence = chosen.describe(notices.names(chosen))
    size = f"{phrasing.number(counts.articles)} of {phrasing.count(counts.of, 'article')}"
    with st.container(key="page_tools"):
        _mount(key="framelens_page_tools", data={"caption": f"{sentence} · {size} · {NAME}"})
