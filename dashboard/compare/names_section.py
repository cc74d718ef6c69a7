"""Names for the same thing: the table of their uses, their concordance, and the user's own names."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.app import data
from dashboard.compare import concordance, name_tables, section
from dashboard.compare.comparison import Comparison, choice, keep, pair
from dashboard.markup import phrasing, reader
from dashboard.markup.block import block
from dashboard.markup.html import draw, tag
from store import StoreError, lexicon, queries
from store.lexicon import Variant

ALL: Final = "All that are used"
# More rows at once are no pleasure to read: then the concept with most uses is shown.
MOST_ROWS: Final = 30


def variants() -> tuple[Variant, ...]:
    """The names that come with Framelens and the user's own; what is wrong with a file of the user's is said."""
    try:
        own = lexicon.own(data.folder())
    except StoreError as error:
        draw(tag("p", str(error), class_="fl-notice"))
        own = ()
    joined = {variant[:2]: variant for variant in lexicon.shipped("concepts")}
    for variant in own:
        before = joined.get(variant[:2])
        forms = (*before.forms, *variant.forms) if before else variant.forms
        joined[variant[:2]] = variant._replace(forms=tuple(dict.fromkeys(forms)))
    return tuple(joined.values())


def show(compared: Comparison) -> None:
    """The section."""
    section.head(
        "names",
        "Names for the same thing",
        "Times each name is used, by voice. Dot: uses per 1,000 words of narration. Line: "
        f"{reader.per_cent('95')} interval. Choose a "
        "cell to read the name in context. Links, credits and repeated lines are not counted.",
    )
    known = variants()
    found = data.ask(name_tables.uses, compared.by_filter, known)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="compare_names_head"):
        shown = _chosen(known, found)
        _own(known)
    chosen = pair("term")
    block(
        name_tables.matrix(found, shown, compared.keys, compared.names, compared.sizes, chosen),
        key="compare_names",
        on_choose=keep("term"),
    )
    draw(tag("p", name_tables.few_said(), class_="fl-note"))
    if chosen:
        _context(compared, known, *chosen)
    table = data.ask(name_tables.table, compared.by_filter, known)
    if len(table):
        section.foot(
            compared,
            "names",
            table,
            what=f"names used by each {compared.one}",
            by=compared.dimension,
            methods="names",
        )


def _chosen(known: tuple[Variant, ...], found: dict[name_tables.Key, name_tables.Use]) -> tuple[Variant, ...]:
    """The names to draw: those of the concept asked for, else all, else those of the concept with most uses."""
    times: dict[str, int] = {}
    for (_, concept, _variant), use in found.items():
        times[concept] = times.get(concept, 0) + use.times
    rows = len({key[1:] for key in found})
    ranked = sorted(dict.fromkeys(v.concept for v in known), key=lambda concept: -times.get(concept, 0))
    options = {c: f"{c} · {phrasing.count(times.get(c, 0), 'use')}" for c in ranked}
    options = {ALL: ALL} | options if rows <= MOST_ROWS else options | {ALL: ALL}
    asked = choice("concept", "What is named", options, drop=("term",), list_=True)
    if asked == ALL:
        used = {key[1:] for key in found}
        kept = [v for v in known if v[:2] in used]
        return tuple(sorted(kept, key=lambda v: ranked.index(v.concept)))
    return tuple(v for v in known if v.concept == asked)


def _context(compared: Comparison, known: tuple[Variant, ...], key: str, value: str) -> None:
    group = compared.group(key)
    wanted = next((v for v in known if f"{v.concept}: {v.variant}" == value), None)
    if group is None or wanted is None:
        return
    inside = set(data.ask(queries.matching_words, group.chosen)["article_id"])
    places = queries.terms(data.store(), known)
    rows = places[
        (places["concept"] == wanted.concept)
        & (places["variant"] == wanted.variant)
        & places["article_id"].isin(inside)
    ]
    concordance.show(compared.chosen, rows, f"“{wanted.variant}” in {group.name}", key="term")


def _own(known: tuple[Variant, ...]) -> None:
    """A form that appends a name to the user's file."""
    with st.popover("Add a name", key="compare_add"), st.form("compare_add_form", border=False, clear_on_submit=True):
        concepts = list(dict.fromkeys(v.concept for v in known))
        concept = st.selectbox("What is named", concepts, accept_new_options=True, key="add_concept")
        variant = st.text_input("Name, as the page shall show it", key="add_variant")
        forms = st.text_input("Forms to look for, separated by |", key="add_forms", placeholder="raid|raids|raided")
        note = st.text_input("Note (may be empty)", key="add_note")
        st.caption(f"Whole words; * stands for any ending. Names are kept in {data.folder() / lexicon.OWN}.")
        if st.form_submit_button("Add"):
            asked = tuple(form.strip() for form in (forms or variant).split("|") if form.strip())
            try:
                lexicon.add(data.folder(), Variant(str(concept or "").strip(), variant.strip(), asked, note.strip()))
            except StoreError as error:
                st.error(str(error))
            else:
                st.rerun()
