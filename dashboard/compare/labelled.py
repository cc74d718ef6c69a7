"""Labels and roles: what somebody is called, what they do, and what is done to them, in each group."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard import data, downloads, labelling, matrix, text
from dashboard.block import block
from dashboard.compare.comparison import Comparison, choice, keep, pair
from dashboard.compare.evidence import band
from dashboard.html import draw, tag
from store import people_groups, queries

VOICES: Final = {"narration": "Narration", "quote": "Quotes"}


def show(compared: Comparison) -> None:
    """The section."""
    draw(
        tag("h2", "What they are called, and who does what", class_="fl-h2"),
        tag(
            "p",
            "Adjectives, titles and nouns set beside a name or a group of people, the verbs they are agent of, and "
            "those of which something is done to them. Choose a word to read its sentences.",
            class_="fl-sub",
        ),
    )
    whom = {compared.subject: compared.subject_name} | people_groups.names()
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="compare_labels_head"):
        target = choice("of_whom", "Said of", whom, drop=("tag", "role"), list_=True)
        voice = choice("within", "In whose words", VOICES, drop=("tag", "role"))
    found = {key: data.ask(queries.labels, chosen, target, voice) for key, chosen in compared.by_filter}
    if not labelling.in_words(compared.keys, found):
        draw(tag("p", f"Nothing is said of {whom[target]} that a parse can attach to them.", class_="fl-none"))
        return
    chosen = pair("tag")
    for what in labelling.LISTS:
        draw(tag("h3", f"{whom[target]}: {labelling.HEADS[what]}", class_="fl-h3 fl-gap"))
        block(
            labelling.columns(found, compared.names, what, chosen),
            key=f"compare_labels_{what.replace(' ', '_')}",
            on_choose=keep("tag"),
        )
        if chosen and chosen[1].startswith(f"{what}: ") and chosen[0] in found:
            _sentences(compared, found[chosen[0]], what, chosen, whom[target])
    _roles(compared, found)
    every = pd.concat([rows.assign(group=compared.names[key]) for key, rows in found.items()], ignore_index=True)
    downloads.offer_rows(
        "labels", compared.chosen, every, what=f"labels in each {compared.one}", by=f"{compared.dimension}_{voice}"
    )


def _sentences(
    compared: Comparison, rows: pd.DataFrame, what: str, chosen: tuple[str, str], whom: str, key: str = "tag"
) -> None:
    word = chosen[1].partition(": ")[2]
    own = rows[rows["relation"].isin(labelling.LISTS.get(what, (what,))) & ((rows["word"] == word) | (not word))]
    if own.empty:
        return
    shown = [row | {"said": labelling.marked(row)} for row in text.rows(data.ask(queries.in_sentence, own))]
    head = f"“{word}” of {whom} in {compared.names[chosen[0]]}" if word else f"{what.capitalize()}: {whom}"
    band(compared.chosen, shown, head, key=key, unit="sentence")


def _roles(compared: Comparison, found: dict[str, pd.DataFrame]) -> None:
    told = {key: labelling.roles(rows) for key, rows in found.items()}
    shares = {key: matrix.shares(rows, "relation", "times") for key, rows in told.items() if len(rows)}
    if not shares:
        return
    chosen = pair("role")
    draw(
        tag("h3", "Who acts, and who is acted upon", class_="fl-h3 fl-gap"),
        tag("p", "Share of all verbs they are agent or patient of. Line: 95 % interval.", class_="fl-sub"),
    )
    block(
        matrix.matrix(
            labelling.ROLES,
            shares,
            compared.keys,
            compared.names,
            unit="verbs",
            about="Roles by group",
            head="Role",
            chosen=chosen,
        ),
        key="compare_roles",
        on_choose=keep("role"),
    )
    if chosen and chosen[0] in found:
        _sentences(compared, found[chosen[0]], chosen[1], (chosen[0], ""), compared.names[chosen[0]], key="role")
