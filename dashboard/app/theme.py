"""The tokens of look.css as Python values, for what CSS cannot reach: charts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

SHEET: Final = Path(__file__).with_name("look.css")
_PAIR: Final = re.compile(r"--fl-([a-z0-9]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")

SANS: Final = '"Source Sans", "Segoe UI", system-ui, sans-serif'
SERIF: Final = '"Source Serif", Georgia, "Times New Roman", serif'


@cache
def tokens() -> dict[str, tuple[str, str]]:
    """Every colour token: name without ``--fl-``, then its light and its dark value."""
    return {name: (light, dark) for name, light, dark in _PAIR.findall(SHEET.read_text(encoding="utf-8"))}


def is_dark() -> bool:
    """Whether the viewer looks at the dark theme; light until the browser has told."""
    return st.context.theme.type == "dark"


def colour(name: str, *, dark: bool | None = None) -> str:
    """The value of a colour token in the viewer's theme, as ``#rrggbb``."""
    return tokens()[name][int(is_dark() if dark is None else dark)]


_watch = st.components.v2.component(
    "framelens.scheme",
    html="<span></span>",
    js=Path(__file__).with_name("scheme.js").read_text(encoding="utf-8"),
)


def follow() -> None:
    """Run the page again when the viewer changes the theme. Call once a run, after everything is drawn."""
    with st.container(key="scheme"):
        _watch(key="framelens_scheme", on_turned_change=lambda: None)


def apply_theme() -> None:
    """Give the page its look. Call once a run, before anything is drawn."""
    st.html(SHEET)
    # Popovers and menus are drawn outside the element on which Streamlit sets the scheme: they take it from the root.
    st.html(f"<style>:root {{ color-scheme: {'dark' if is_dark() else 'light'}; }}</style>")
