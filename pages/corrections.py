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
    all_corrections = review(data.store())
    draw(
        tag("p", "Corrections", class_="fl-kicker"),
        tag("h1", title(all_corrections), class_="fl-h1"),
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
    contradicting(all_corrections)
    faults(all_corrections)
    for correction in listed(all_corrections):
        row(correction, all_corrections)
    if all_corrections.taken_back:
        with st.expander(f"Taken back: {phrasing.number(len(all_corrections.taken_back))}"):
            draw(
                *(
                    tag("p", in_words(correction, all_corrections), class_="fl-note")
                    for correction in all_corrections.taken_back[-100:]
                )
            )
    share()


def title(all_corrections: Review) -> str:
    """The title, from counts."""
    if not all_corrections.in_effect:
        return "Nothing has been corrected"
    return f"{phrasing.count(len(all_corrections.in_effect), 'correction')} in effect"


def contradicting(all_corrections: Review) -> None:
    """Corrections that cannot all hold, together."""
    if not all_corrections.contradictions:
        return
    draw(
        tag(
            "h2",
            f"{phrasing.count(len(all_corrections.contradictions), 'contradiction')}: undo all but one",
            class_="fl-h2",
        )
    )
    for contradiction in all_corrections.contradictions:
        items = [
            tag("li", in_words(correction, all_corrections), signed(correction))
            for correction in contradiction.corrections
        ]
        draw(tag("p", contradiction.reason, class_="fl-notice"), tag("ul", *items))


def faults(all_corrections: Review) -> None:
    """Lines of the file that could not be used."""
    for fault in all_corrections.faults[:20]:
        draw(tag("p", f"{corrections.NAME}, line {fault.line:,}: not used: {fault.reason}.", class_="fl-notice"))


def listed(all_corrections: Review) -> list[Correction]:
    """A page of the corrections in effect, newest first."""
    newest = list(all_corrections.in_effect[::-1])
    tables.pager(len(newest))
    start = tables.page_number(len(newest)) * tables.PAGE_SIZE
    return newest[start : start + tables.PAGE_SIZE]


def row(correction: Correction, all_corrections: Review) -> None:
    """One correction with its evidence and a way back."""
    waits = all_corrections.waiting.get(correction.id)
    described = join(
        tag("p", in_words(correction, all_corrections), class_="fl-h2 fl-plain"),
        tag(
            "p",
            join(correction.at[:10], signed(correction), evidence(correction, all_corrections), by=" "),
            class_="fl-note",
        ),
        tag("p", f"Why: {correction.note}", class_="fl-note") if correction.note else None,
        tag("p", f"Waiting: {waits}.", class_="fl-notice") if waits else None,
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"row_{correction.id}"):
        draw(described)
        about = markdown(in_words(correction, all_corrections))
        st.button(
            "Undo",
            key=f"undo_{correction.id}",
            on_click=controls.undo,
            args=(correction.id,),
            help=f"Take back: {about}",
        )


def signed(correction: Correction) -> str | None:
    """Who said so, where they did."""
    return f" by {correction.author}" if correction.author else None


def evidence(correction: Correction, all_corrections: Review) -> Html | None:
    """A link to what the correction is about."""
    fields = correction.fields
    if article := fields.get("article"):
        at = f"{fields['start']}-{fields['end']}" if "start" in fields else None
        where = link("read", "Read in place", query("", article=article, at=at))
        return join(all_corrections.articles.get(article), where, by=" · ")
    entity = str(fields.get("into") or fields.get("to") or fields["entity"])
    field = FIELDS.get(entity.partition(":")[0], "")
    if correction.what == "reject" or not field:
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
    uploaded = st.file_uploader("Add somebody’s corrections", type=["jsonl"], key="corrections_given", width=500)
    if uploaded is not None:
        st.button("Add them", key="corrections_add", on_click=take, args=(uploaded.getvalue(),))


def take(content: bytes) -> None:
    """Add the corrections of a file."""
    try:
        added, unusable = corrections.import_bytes(data.store().path, content)
        data.refresh()
    except StoreError as error:
        st.toast(markdown(error))
        return
    st.toast(f"{phrasing.count(added, 'correction')} added, {phrasing.count(len(unusable), 'line')} not usable.")
    for fault in unusable[:5]:
        st.toast(f"Line {fault.line}: {markdown(fault.reason)}.")


page()
