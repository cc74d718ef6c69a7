"""People and places: everybody and everything named, how often and in whose words, down to the sentences."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import streamlit as st

from dashboard import entity_table
from dashboard.app import correction_controls, data, downloads, notices, state
from dashboard.charts.portrayal_grid import VOICES
from dashboard.checking import beside
from dashboard.markup import phrasing, reader, tables
from dashboard.markup.block import block
from dashboard.markup.html import Html, draw, link, query, tag
from dashboard.reading import article_text
from store import queries
from store.queries import evidence

if TYPE_CHECKING:
    from store import Filter


class Kind(NamedTuple):
    """A kind of entity: its label in the tables, how it is headed, its field of the filter and its download."""

    label: str
    many: str
    one: str
    field: str
    table: str
    speaks: bool


KINDS: Final = {
    "person": Kind("PERSON", "people", "person", "people", "people", speaks=True),
    "organisation": Kind("ORG", "organisations", "organisation", "organisations", "organisations", speaks=True),
    "place": Kind("JURISDICTION", "places", "place", "jurisdictions", "places", speaks=False),
    "administration": Kind(
        "ADMINISTRATION", "administrations", "administration", "named_administrations", "administrations", speaks=False
    ),
}
ORDERS: Final = {
    "articles": ("Most articles", "articles", True),
    "mentions": ("Most mentions", "mentions", True),
    "narration": ("Most in narration", "narration", True),
    "quote": ("Most in quotes", "quote", True),
    "quoted": ("Most quoted words", "quoted_words", True),
    "name": ("Name", "name", False),
}


def _kind() -> str:
    in_address = st.query_params.get("kind", "person")
    kind = in_address if in_address in KINDS else "person"
    st.session_state["people_kind"] = kind

    def changed() -> None:
        for key in ("page", "entity", "show", "search"):
            st.query_params.pop(key, None)
        st.query_params["kind"] = st.session_state["people_kind"]
        if st.session_state["people_kind"] == "person":
            del st.query_params["kind"]

    st.segmented_control(
        "Named",
        list(KINDS),
        key="people_kind",
        format_func=lambda key: reader.spelt(KINDS[key].many.capitalize()),
        on_change=changed,
        required=True,
    )
    return kind


def _search() -> str:
    in_address = st.query_params.get("search", "")
    st.session_state["people_search"] = in_address

    def changed() -> None:
        st.query_params.pop("page", None)
        st.query_params["search"] = st.session_state["people_search"].strip()
        if not st.query_params["search"]:
            del st.query_params["search"]

    st.text_input("Find", key="people_search", placeholder="part of a name", on_change=changed, width=220)
    return in_address


def _choose(value: str) -> None:
    """A name opens or closes; a voice of the open one is shown to its end; what is wrong with it is asked for."""
    if value == correction_controls.CHOICE:
        correction_controls.ask()
        return
    if value.startswith("="):
        st.query_params.pop("show", None)
        if st.query_params.get("entity") == value[1:]:
            del st.query_params["entity"]
        else:
            st.query_params["entity"] = value[1:]
    else:
        st.query_params["show"] = value.partition("|")[0]


def _in_place(chosen: Filter, row: dict[str, Any]) -> Html:
    at = f"{int(row['at_start'])}-{int(row['at_end'])}"
    return link("read", "Read in place", query(chosen.to_query(), article=row["article_id"], at=at))


def _links(chosen: Filter, kind: Kind, entity_id: str) -> list[Html]:
    narrowed = chosen.but(**{kind.field: (entity_id,)}).to_query()
    links = [link("articles", "Articles", narrowed)]
    if kind.speaks:
        links.append(link("quotes", "Quotes", narrowed))
    if kind.label != "ADMINISTRATION":
        links.append(link("compare", "Compare", query(chosen.to_query(), entity=entity_id, section="portrayal")))
    links.append(correction_controls.correct_this())
    return links


def _under(chosen: Filter, kind: Kind, row: dict[str, Any]) -> Html:
    entity_id = str(row["entity_id"])
    voices = chosen.voices or VOICES
    rows_by_voice = {voice: article_text.rows(data.ask(evidence.naming, chosen, entity_id, voice)) for voice in voices}
    titles = article_text.rows(data.ask(queries.titles, chosen, entity_id)) if kind.label == "PERSON" else []
    show = st.query_params.get("show", "")
    return entity_table.opened(
        row, rows_by_voice, _links(chosen, kind, entity_id), partial(_in_place, chosen), show, titles
    )


def page() -> None:
    """Draw the page for the current filter."""
    chosen = state.current()
    counts = data.ask(queries.counts, chosen)
    if not counts.articles:
        notices.nothing_matches(chosen)
        return
    draw(
        tag("p", "People and places", class_="fl-kicker"),
        tag("h1", f"Who and what {phrasing.count(counts.articles, 'article')} name", class_="fl-h1")
        if counts.articles > 1
        else tag("h1", "Who and what one article names", class_="fl-h1"),
        tag(
            "p",
            "Mentions are counted apart by voice: what an outlet says in its own words, and what it quotes. Pronouns "
            "and furniture are not counted. Choose a name to read its sentences.",
            class_="fl-standfirst",
        ),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="people_head"):
        kind = KINDS[_kind()]
        kind = kind._replace(many=reader.spelt(kind.many), one=reader.spelt(kind.one))
        search = _search()
        column, _ = tables.order(ORDERS, "articles")
    every = data.ask(queries.entity_count, chosen, kind.label, search=search)
    if not every:
        draw(
            tag(
                "p", f"No {kind.one} found{f' with “{search}” in the name' if search else ''}.", class_="fl-h2 fl-plain"
            )
        )
        return
    size = tables.PAGE_SIZE
    start = tables.page_number(every) * size
    shown = article_text.rows(
        data.ask(queries.entities, chosen, kind.label, search=search, sort=column, limit=size, offset=start)
    )
    opened = st.query_params.get("entity", "")
    row = next((row for row in shown if row["entity_id"] == opened), None)
    under = _under(chosen, kind, row) if row else None
    counted = f"{phrasing.count(every, kind.one, kind.many)}, articles of {phrasing.number(counts.articles)}"
    draw(tag("p", counted, class_="fl-sub"))
    if row and correction_controls.pending_correction():
        correction_controls.entity(row, kind.label)
    about = f"{kind.many.capitalize()} named"
    block(
        entity_table.table(shown, opened, under, quoted=kind.speaks, about=about), key="people_table", on_choose=_choose
    )
    tables.pager(every)
    rows = every if not search else data.ask(queries.entity_count, chosen, kind.label)
    downloads.offer(kind.table, chosen, rows, what=f"these {kind.many}")
    beside.show("people", "places")


page()
