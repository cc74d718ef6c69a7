"""Names for the same thing: the table of their uses, their concordance, and the user's own names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.app import data
from dashboard.compare import concordance, name_tables, section
from dashboard.compare.comparison import Comparison, choice, pair
from dashboard.compare.evidence import opens
from dashboard.markup import phrasing, reader
from dashboard.markup.block import block
from dashboard.markup.html import draw, tag
from store import StoreError, lexicon, queries
from store.lexicon import Variant
from store.schema import COUNTED_VOICES

if TYPE_CHECKING:
    import pandas as pd

ALL: Final = "All that are used"
# More rows at once are no pleasure to read: then the concept with most uses is shown.
MOST_ROWS: Final = 30


def variants() -> tuple[Variant, ...]:
    """The names that come with Framelens and the user's own; what is wrong with a file of the user's is said."""
    try:
        return lexicon.all_names(data.folder())
    except StoreError as error:
        draw(tag("p", str(error), class_="fl-notice"))
        return lexicon.shipped("concepts")


def size(compared: Comparison) -> str:
    """How many uses of names there are to compare."""
    try:
        use_by_name = data.ask(name_tables.uses, compared.by_filter, lexicon.all_names(data.folder()))
    except StoreError:
        return ""
    return phrasing.count(sum(use.times for use in use_by_name.values()), "use")


def show(compared: Comparison) -> None:
    """The section."""
    section.head(
        "names",
        "Names for the same thing",
        "Times each name is used, by voice. Dot: uses per 1,000 words of narration. Line: "
        f"{reader.per_cent('95')} interval. Choose a "
        "number to read its uses in context. Links, credits and repeated lines are not counted. The list that comes "
        "with Framelens is about immigration: in articles on another subject its words can mean something else, as "
        "“removal” can.",
    )
    all_variants = variants()
    use_by_name = data.ask(name_tables.uses, compared.by_filter, all_variants)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="compare_names_head"):
        shown = name_tables.names_in_order(use_by_name, _chosen(all_variants, use_by_name))
        _add_form(all_variants)
    chosen = pair("term")
    lines = _context(compared, all_variants, *chosen) if chosen else None
    band = None
    if chosen and lines is not None and len(lines):
        voice, _, name = chosen[1].partition(" ")
        where = f"{phrasing.VOICE_NAMES[voice].lower()}, {compared.names[chosen[0]]}"
        head = f"“{name.rpartition(': ')[2]}” in {where}"
        band = concordance.concordance(compared.chosen, lines, head, key="term")
    block(
        name_tables.matrix(
            use_by_name, shown, all_variants, compared.keys, compared.names, compared.sizes, chosen, band
        ),
        key="compare_names",
        on_choose=opens("term"),
    )
    draw(tag("p", name_tables.rate_note(), class_="fl-note"))
    if lines is not None and len(lines):
        concordance.download(compared.chosen, lines, key="term")
    table = name_tables.table(use_by_name, shown)
    if len(table):
        section.foot(
            compared,
            "names",
            table,
            what=f"names used by each {compared.one}",
            by=compared.dimension,
            methods="names",
        )


def _chosen(all_variants: tuple[Variant, ...], use_by_name: dict[name_tables.Key, name_tables.Use]) -> tuple[str, ...]:
    """The concepts to draw, in order: the one asked for, else all, else the one with most uses."""
    times: dict[str, int] = {}
    for (_, concept, _name), use in use_by_name.items():
        times[concept] = times.get(concept, 0) + use.times
    rows = len({key[1:] for key in use_by_name})
    ranked = sorted(dict.fromkeys(v.concept for v in all_variants), key=lambda concept: -times.get(concept, 0))
    options = {c: f"{c} · {phrasing.count(times.get(c, 0), 'use')}" for c in ranked}
    options = {ALL: ALL} | options if rows <= MOST_ROWS else options | {ALL: ALL}
    chosen_concept = choice("concept", "What is named", options, drop=("term",), list_=True)
    return tuple(ranked) if chosen_concept == ALL else (chosen_concept,)


def _context(compared: Comparison, all_variants: tuple[Variant, ...], key: str, value: str) -> pd.DataFrame | None:
    """The uses behind a number, ready to be read; none where the URL asks for what is not there."""
    group = compared.group(key)
    voice, _, name = value.partition(" ")
    if group is None or voice not in COUNTED_VOICES:
        return None
    inside = set(data.ask(queries.matching_words, group.chosen)["article_id"])
    uses = queries.name_uses(data.store(), all_variants)
    named = uses["group"] + ": " + uses["variant"] == name
    return concordance.lines(uses[named & (uses["voice"] == voice) & uses["article_id"].isin(inside)])


def _add_form(all_variants: tuple[Variant, ...]) -> None:
    """A form that appends a name to the user's file."""
    with st.popover("Add a name", key="compare_add"), st.form("compare_add_form", border=False, clear_on_submit=True):
        concepts = list(dict.fromkeys(v.concept for v in all_variants))
        concept = st.selectbox("What is named", concepts, accept_new_options=True, key="add_concept")
        variant = st.text_input("Name, as the page shall show it", key="add_variant")
        forms = st.text_input("Forms to look for, separated by |", key="add_forms", placeholder="raid|raids|raided")
        note = st.text_input("Note (may be empty)", key="add_note")
        st.caption(f"Whole words; * stands for any ending. Names are kept in {data.folder() / lexicon.OWN}.")
        if st.form_submit_button("Add"):
            all_forms = tuple(form.strip() for form in (forms or variant).split("|") if form.strip())
            try:
                lexicon.add(
                    data.folder(), Variant(str(concept or "").strip(), variant.strip(), all_forms, note.strip())
                )
            except StoreError as error:
                st.error(str(error))
            else:
                st.rerun()
