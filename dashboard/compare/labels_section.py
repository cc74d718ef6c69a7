"""Labels and roles: what somebody is called, what they do, and what is done to them, in each group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.app import data
from dashboard.compare import label_tables, section
from dashboard.compare.comparison import Comparison, choice, keep, pair, subject
from dashboard.compare.evidence import band, below
from dashboard.markup import phrasing, reader
from dashboard.markup.block import block
from dashboard.markup.html import Html, draw, tag
from dashboard.reading import article_text
from store import people_groups, queries

if TYPE_CHECKING:
    import pandas as pd

    from store.rates import Rate

VOICES: Final = {"narration": "Narration", "reported": "Reported", "quote": "Quotes"}


def size(compared: Comparison) -> str:  # noqa: ARG001  every section says its size, this one has none
    """Nothing: it depends on whom a reader asks about."""
    return ""


def show(compared: Comparison) -> None:
    """The section."""
    section.head(
        "labels",
        "What they are called, and who does what",
        "Adjectives, titles and nouns set beside a name or a group of people; what they do, and what is done to them. "
        "Verbs that only tell that they speak are left out. Choose a word to read its sentences.",
    )
    shown_subject = subject(compared.chosen)
    whom = ({shown_subject.entity_id: shown_subject.name} if shown_subject else {}) | people_groups.names()
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="compare_labels_head"):
        target = choice("of_whom", "Said of", whom, drop=("tag", "role"), list_=True)
        voice = choice("within", "In whose words", VOICES, drop=("tag", "role"))
    label_counts = data.ask(label_tables.of, compared.by_filter, target, voice)
    if not label_counts.lists:
        draw(tag("p", f"Nothing is said of {whom[target]} that a parse can attach to them.", class_="fl-none"))
        return
    every = data.ask(label_tables.table, compared.by_filter, target, voice)
    for what in label_tables.LISTS:
        if what in label_counts.lists:
            _list(compared, label_counts.lists[what], every, what, whom[target])
    if missing := [head for what, head in label_tables.HEADS.items() if what not in label_counts.lists]:
        heads = phrasing.listed(missing)
        draw(tag("p", f"{heads[:1].upper()}{heads[1:]}: none in any {compared.one}.", class_="fl-note"))
    _roles(compared, label_counts.roles, every, whom[target])
    section.foot(
        compared,
        "labels",
        every,
        what=f"labels in each {compared.one}",
        by=f"{compared.dimension}_{voice}",
        methods="labels",
    )


def _list(
    compared: Comparison, counted_by_group: dict[str, label_tables.Counted], every: pd.DataFrame, what: str, whom: str
) -> None:
    chosen = pair("tag")
    draw(tag("h3", f"{whom}: {label_tables.HEADS[what]}", class_="fl-h3 fl-gap"))
    block(
        label_tables.columns(counted_by_group, compared.names, what, chosen),
        key=f"compare_labels_{what.replace(' ', '_')}",
        on_choose=keep("tag"),
    )
    if chosen and chosen[1].startswith(f"{what}: ") and chosen[0] in counted_by_group:
        word = chosen[1].partition(": ")[2]
        relations = every["relation"].isin(label_tables.LISTS[what])
        label_rows = every[(every["group"] == chosen[0]) & relations & (every["word"] == word)]
        below(_sentences(compared, label_rows, f"“{word}” of {whom} in {compared.names[chosen[0]]}", key="tag"), "tag")


def _sentences(compared: Comparison, label_rows: pd.DataFrame, head: str, *, key: str) -> Html | None:
    if label_rows.empty:
        return None
    rows = article_text.rows(data.ask(queries.in_sentence, label_rows))
    shown = [row | {"said": label_tables.marked(row)} for row in rows]
    return band(compared.chosen, shown, head, key=key, unit="sentence")


def _roles(compared: Comparison, shares: dict[str, dict[str, Rate]], every: pd.DataFrame, whom: str) -> None:
    if not shares:
        return
    draw(
        tag("h3", "Who acts, and who is acted upon", class_="fl-h3 fl-gap"),
        tag(
            "p",
            "Share of all verbs that tell what they do or what is done to them. Line: "
            f"{reader.per_cent('95')} interval.",
            class_="fl-sub",
        ),
    )
    names = {line.key: line.name for line in label_tables.ROLES}

    def behind(group: str, role: str) -> Html | None:
        role_rows = every[(every["group"] == group) & (every["relation"] == role)]
        return _sentences(compared, role_rows, f"{names.get(role, '')}: {whom} in {compared.names[group]}", key="role")

    section.shares(
        compared,
        "role",
        label_tables.ROLES,
        shares,
        unit="verbs",
        about="Roles by group",
        head="Role",
        under_row=behind,
    )
