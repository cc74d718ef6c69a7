"""Corrections: what readers of these articles put right, in words, with where it is; each can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.app import correction_controls as controls
from dashboard.app import data
from dashboard.markup import phrasing, tables
from dashboard.markup.html import Html, draw, join, link, markdown, query, tag
from store import Filter, StoreError, corrections
from store.corrections.review import in_words, review

if TYPE_CHECKING:
    from store.corrections.log import Correction
    from store.corrections.review import Review

FIELDS = {
    "person": "people",
    "org": "organisations",
    "place": "jurisdictions",
    "administration": "named_administrations",
}


def page() -> None:
    """Draw the page: it is about the whole corpus, whatever the filter."""
    found = review(data.store())
    draw(
        tag("p", "Corrections", class_="fl-kicker"),
        tag("h1", title(found), class_="fl-h1"),
        tag(
            "p",
            "A correction holds on every page, in every count and every file, without reading anything again. Make one "
            "where you meet the mistake: on the card of a name or a quote on ",
            link("read", "Read"),
            ", beside each of ",
            link("quotes", "Quotes"),
            ", under an open name of ",
            link("people", "People and places"),
            ", above the list of ",
            link("articles", "Articles"),
            ".",
            class_="fl-standfirst",
        ),
    )
    contradicting(found)
    faults(found)
    for one in listed(found):
        row(one, found)
    if found.taken_back:
        with st.expander(f"Taken back: {phrasing.number(len(found.taken_back))}"):
            draw(*(tag("p", in_words(one, found), class_="fl-note") for one in found.taken_back[-100:]))
    share()


def title(found: Review) -> str:
    """The title, from counts."""
    if not found.in_effect:
        return "Nothing has been corrected"
    return f"{phrasing.count(len(found.in_effect), 'correction')} in effect"


def contradicting(found: Review) -> None:
    """Corrections that cannot all hold, together."""
    if not found.contradictions:
        return
    draw(tag("h2", f"{phrasing.count(len(found.contradictions), 'contradiction')}: undo all but one", class_="fl-h2"))
    for contradiction in found.contradictions:
        said = [tag("li", in_words(one, found), signed(one)) for one in contradiction.corrections]
        draw(tag("p", contradiction.reason, class_="fl-notice"), tag("ul", *said))


def faults(found: Review) -> None:
    """Lines of the file that could not be used."""
    for fault in found.faults[:20]:
        draw(tag("p", f"{corrections.NAME}, line {fault.line:,}: not used: {fault.reason}.", class_="fl-notice"))


def listed(found: Review) -> list[Correction]:
    """A page of the corrections in effect, newest first."""
    newest = list(found.in_effect[::-1])
    tables.pager(len(newest))
    start = tables.page_number(len(newest)) * tables.PAGE_SIZE
    return newest[start : start + tables.PAGE_SIZE]


def row(one: Correction, found: Review) -> None:
    """One correction with its evidence and a way back."""
    waits = found.waiting.get(one.id)
    said = join(
        tag("p", in_words(one, found), class_="fl-h2 fl-plain"),
        tag("p", join(one.at[:10], signed(one), evidence(one, found), by=" "), class_="fl-note"),
        tag("p", f"Why: {one.note}", class_="fl-note") if one.note else None,
        tag("p", f"Waiting: {waits}.", class_="fl-notice") if waits else None,
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"row_{one.id}"):
        draw(said)
        about = markdown(in_words(one, found))
        st.button("Undo", key=f"undo_{one.id}", on_click=controls.undo, args=(one.id,), help=f"Take back: {about}")


def signed(one: Correction) -> str | None:
    """Who said so, where they did."""
    return f" by {one.author}" if one.author else None


def evidence(one: Correction, found: Review) -> Html | None:
    """A link to what the correction is about."""
    said = one.said
    if article := said.get("article"):
        at = f"{said['start']}-{said['end']}" if "start" in said else None
        where = link("read", "Read in place", query("", article=article, at=at))
        return join(found.articles.get(article), where, by=" · ")
    entity = str(said.get("into") or said.get("to") or said["entity"])
    field = FIELDS.get(entity.partition(":")[0], "")
    if one.what == "reject" or not field:
        return None
    return link("articles", "Articles", Filter().but(**{field: (entity,)}).to_query())


def share() -> None:
    """Have the corrections as a file, add somebody else's, and sign one's own."""
    path = data.store().path
    draw(
        tag("h2", "Share", class_="fl-h2"),
        tag("p", "The file holds no text of the articles but the words a correction is about.", class_="fl-sub"),
    )
    signature = st.text_input("Sign your corrections as", st.session_state.get(controls.AUTHOR, ""), width=340)
    st.session_state[controls.AUTHOR] = signature.strip()
    st.download_button(
        "Download all corrections",
        data=lambda: corrections.export_bytes(path),
        file_name=corrections.NAME,
        mime="application/x-ndjson",
        on_click="ignore",
        key="corrections_file",
    )
    given = st.file_uploader("Add somebody’s corrections", type=["jsonl"], key="corrections_given", width=500)
    if given is not None:
        st.button("Add them", key="corrections_add", on_click=take, args=(given.getvalue(),))


def take(held: bytes) -> None:
    """Add the corrections of a file."""
    try:
        added, unusable = corrections.import_bytes(data.store().path, held)
        data.refresh()
    except StoreError as error:
        st.toast(markdown(error))
        return
    st.toast(f"{phrasing.count(added, 'correction')} added, {phrasing.count(len(unusable), 'line')} not usable.")
    for fault in unusable[:5]:
        st.toast(f"Line {fault.line}: {markdown(fault.reason)}.")


page()
