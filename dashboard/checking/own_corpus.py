"""“Your corpus” in the methods: what was checked here, by kind and outlet, and a validation section ready to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.app import data
from dashboard.checking import beside
from dashboard.markup import reader
from dashboard.markup.html import Html, draw, link, query, tag
from store.checks.report import called, result, section, table

if TYPE_CHECKING:
    from store.checks.log import Line

_HEADS = (("Checked", None), ("Right", "fl-num"), ("Of", "fl-num"), ("95 % interval", "fl-num"))


def show() -> None:
    """Draw the section."""
    checks = beside.checks_of_corpus()
    checked = [check for sample in checks.samples().values() if (check := result(checks, sample)).main.of]
    draw(
        tag("h2", "Your corpus", id="your-corpus", class_="fl-h2"),
        tag(
            "p",
            "How right the analyses are on these very articles, from passages drawn by chance and answered before "
            "anybody saw what Framelens found. ",
            link("check", "Check more", query("", new="quotes")),
            class_="fl-sub",
        ),
    )
    if not checked:
        draw(tag("p", "Nothing has been checked on these articles yet.", class_="fl-notice"))
        return
    draw(*(_table(check.sample) for check in checked))
    store = data.store()
    text = section(store, checks)
    with st.expander("Validation section, ready to paste"):
        st.code(text, language="markdown", wrap_lines=True)
    st.download_button(
        "Validation section (Markdown)",
        data=text.encode(),
        file_name="framelens-validation.md",
        mime="text/markdown",
        on_click="ignore",
        key="validation_section",
    )


def _table(sample: Line) -> Html:
    rows = ((*row[:-1], reader.worded(row[-1])) for row in table(beside.checks_of_corpus(), sample))
    lines = (tag("tr", *map(_cell, _HEADS, row)) for row in rows)
    where = link("check", called(data.store(), sample), query("", check=sample.id, show="result"))
    heads = (tag("th", reader.worded(head), scope="col", class_=kind) for head, kind in _HEADS)
    return tag(
        "div",
        tag("h3", where, class_="fl-h3 fl-gap"),
        tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *lines), class_="fl-table fl-plan"),
    )


def _cell(head: tuple[str, str | None], text: str) -> Html:
    return tag("td", text, class_=head[1], data_head=reader.worded(head[0]))
