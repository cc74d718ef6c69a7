"""Labels and roles: what somebody is called, what they do, and what is done to them, in each group."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard import data, labelling, matrix, text, words
from dashboard.block import block
from dashboard.compare import section
from dashboard.compare.comparison import Comparison, choice, keep, pair
from dashboard.compare.evidence import band
from dashboard.html import draw, tag
from store import people_groups, queries

VOICES: Final = {"narration": "Narration", "quote": "Quotes"}


def show(compared: Comparison) -> None:
    """The section."""
    section.head(
        "labels",
        "What they are called, and who does what",
        "Adjectives, titles and nouns set beside a name or a group of people; what they do, and what is done to them. "
        "Verbs that only tell that they speak are left out. Choose a word to read its sentences.",
    )
    whom = {compared.subject: compared.subject_name} | people_groups.names()
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="compare_labels_head"):
        target = choice("of_whom", "Said of", whom, drop=("tag", "role"), list_=True)
        voice = choice("within", "In whose words", VOICES, drop=("tag", "role"))
    found = {key: data.ask(queries.labels, chosen, target, voice) for key, chosen in compared.by_filter}
    if not any(len(rows) for rows in found.values()):
        draw(tag("p", f"Nothing is said of {whom[target]} that a parse can attach to them.", class_="fl-none"))
        return
    missing = [what for what in labelling.LISTS if not labelling.any_of(found, what)]
    for what in labelling.LISTS:
        if what not in missing:
            _list(compared, found, what, whom[target])
    if missing:
        heads = words.listed([labelling.HEADS[what] for what in missing], "and")
        draw(tag("p", f"{heads.capitalize()}: none in any {compared.one}.", class_="fl-note"))
    _roles(compared, found, whom[target])
    every = pd.concat([rows.assign(group=key) for key, rows in found.items()], ignore_index=True)
    section.foot(
        compared,
        "labels",
        every,
        what=f"labels in each {compared.one}",
        by=f"{compared.dimension}_{voice}",
        methods="labels",
    )


def _list(compared: Comparison, found: dict[str, pd.DataFrame], what: str, whom: str) -> None:
    chosen = pair("tag")
    draw(tag("h3", f"{whom}: {labelling.HEADS[what]}", class_="fl-h3 fl-gap"))
    block(
        labelling.columns(found, compared.names, what, chosen),
        key=f"compare_labels_{what.replace(' ', '_')}",
        on_choose=keep("tag"),
    )
    if chosen and chosen[1].startswith(f"{what}: ") and chosen[0] in found:
        rows, word = found[chosen[0]], chosen[1].partition(": ")[2]
        own = rows[rows["relation"].isin(labelling.LISTS[what]) & (rows["word"] == word)]
        _sentences(compared, own, f"“{word}” of {whom} in {compared.names[chosen[0]]}", key="tag")


def _sentences(compared: Comparison, own: pd.DataFrame, head: str, *, key: str) -> None:
    if own.empty:
        return
    shown = [row | {"said": labelling.marked(row)} for row in text.rows(data.ask(queries.in_sentence, own))]
    band(compared.chosen, shown, head, key=key, unit="sentence")


def _roles(compared: Comparison, found: dict[str, pd.DataFrame], whom: str) -> None:
    told = {key: labelling.roles(rows) for key, rows in found.items()}
    shares = {key: matrix.shares(rows, "relation", "times") for key, rows in told.items() if len(rows)}
    if not shares:
        return
    chosen = pair("role")
    draw(
        tag("h3", "Who acts, and who is acted upon", class_="fl-h3 fl-gap"),
        tag(
            "p",
            "Share of all verbs that tell what they do or what is done to them. Line: 95 % interval.",
            class_="fl-sub",
        ),
    )
    block(
        matrix.matrix(
            labelling.ROLES,
            shares,
            compared.keys,
            compared.names,
            compared.sizes,
            unit="verbs",
            about="Roles by group",
            head="Role",
            chosen=chosen,
        ),
        key="compare_roles",
        on_choose=keep("role"),
    )
    if chosen and chosen[0] in found:
        rows, names = found[chosen[0]], {line.key: line.name for line in labelling.ROLES}
        own = rows[rows["relation"] == chosen[1]]
        _sentences(compared, own, f"{names.get(chosen[1], '')}: {whom} in {compared.names[chosen[0]]}", key="role")
