"""Quotes: every attribution, who said it by which verb, in its sentence, with the way back into the text."""

from __future__ import annotations

import streamlit as st

from dashboard.app import correction_controls, data, downloads, notices, state
from dashboard.checking import beside
from dashboard.markup import phrasing, tables
from dashboard.markup.block import block
from dashboard.markup.html import Html, draw, join, link, query, tag
from dashboard.reading.article_text import HUES, hues_of, speaker_key
from store import Filter, queries
from store.queries.quotes import ATTRIBUTED
from store.queries.totals import Fragments, fragments, quotes_total
from store.sureness import how_sure

# What the list can be sorted by: key in the URL to label, column, descending.
ORDERS = {
    "newest": ("Newest first", "published_from", True),
    "oldest": ("Oldest first", "published_from", False),
    "speaker": ("Speaker", "speaker", False),
    "outlet": ("Outlet", "source", False),
    "longest": ("Most words", "words", True),
    "unsure": ("Least sure", "confidence", False),
}
KINDS = {
    "direct": "Whole quotes",
    "mixed": "Quoted parts",
    "transcript": "Turns in transcripts",
    "indirect": "Reported without marks",
    "term": "Terms in marks",
}
ONE = {
    "direct": "whole quote",
    "mixed": "quoted part",
    "transcript": "turn in a transcript",
    "indirect": "reported without marks",
    "term": "term in marks",
}
# How much of the sentence on either side of the quoted words a row shows, in characters.
CONTEXT = 140


def page() -> None:
    """Draw the page for the current filter."""
    chosen = state.current()
    counts = data.ask(queries.counts, chosen)
    if not counts.articles:
        notices.nothing_matches(chosen)
        return
    kinds = asked_kinds() or ATTRIBUTED
    total = data.ask(quotes_total, chosen, kinds=kinds)
    head(chosen, counts, data.ask(fragments, chosen))
    kind_pills(asked_kinds())
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="list_head"):
        column, descending = tables.order(ORDERS, "newest")
        tables.pager(total)
    if not total:
        draw(tag("p", "None of these kinds under this filter.", class_="fl-h2 fl-plain"))
        return
    start = tables.page_number(total) * tables.PAGE_SIZE
    quotes = data.ask(
        queries.quotes,
        chosen,
        sort=column,
        descending=descending,
        limit=tables.PAGE_SIZE,
        offset=start,
        kinds=kinds,
    )
    rows = data.rows(quotes)
    html = tables.table(rows, columns(chosen), about="Quotes that match the filter")
    block(html, key="quotes_table", on_choose=correction_controls.ask)
    if wanted := correction_controls.pending_correction():
        correct(rows, str(wanted[0]))
    tables.turn_on(total)
    downloads.offer("quotes", chosen, total, what="these quotes", only={"kind": kinds, "status": ("said", "")})
    beside.show("quotes", "missed")


def head(chosen: Filter, counts: queries.Counts, fragments: Fragments) -> None:
    """Title and what is counted: quotes stand in marks, what is reported does not, and they are never one number."""
    terms = f" {phrasing.count(fragments.terms, 'term')} in marks, which nobody says, can be listed too."
    quoted, reported = (counts.words_by_voice.get(voice, 0) for voice in ("quote", "reported"))
    draw(
        tag("p", "Quotes", class_="fl-kicker"),
        tag(
            "h1",
            f"{phrasing.count(fragments.in_marks, 'quote')} in quotation marks, "
            f"{phrasing.number(fragments.reported)} reported",
            class_="fl-h1",
        ),
        tag(
            "p",
            f"In {phrasing.count(counts.articles, 'article')} {phrasing.count(quoted, 'word')} "
            f"{'stands' if quoted == 1 else 'stand'} in quotation marks and {phrasing.number(reported)} report what "
            f"somebody said, of {phrasing.number(counts.words)}. What is reported is the outlet’s wording of another’s "
            f"claim.{terms if fragments.terms else ''}",
            class_="fl-standfirst",
        ),
    )
    if chosen.people:
        draw(
            tag(
                "p",
                "Listed when one of the chosen people speaks, or is named inside the quoted words.",
                class_="fl-note",
            )
        )


def asked_kinds() -> tuple[str, ...]:
    """The kinds the URL asks for; none is all that are spoken."""
    return tuple(kind for kind in KINDS if kind in st.query_params.get_all("kind"))


def kind_pills(kinds: tuple[str, ...]) -> None:
    """Which kinds to list, kept in the URL."""
    st.session_state["quote_kinds"] = list(kinds)

    def choose() -> None:
        picked = st.session_state["quote_kinds"]
        if picked:
            st.query_params["kind"] = picked
        else:
            st.query_params.pop("kind", None)
        st.query_params.pop("page", None)

    st.pills(
        "Kinds", list(KINDS), selection_mode="multi", key="quote_kinds", format_func=KINDS.__getitem__, on_change=choose
    )


def columns(chosen: Filter) -> list[tables.Column]:
    """The columns; hues are the speakers' ranks under the filter, the same as on every page."""
    hues = hues_of(data.ask(queries.loudest, chosen, HUES))
    filter_query = chosen.to_query()
    return [
        tables.Column("Speaker", lambda row: speaker(row, hues), "fl-speaker"),
        tables.Column("Words", passage, "lead"),
        tables.Column("Article", lambda row: where(row, filter_query), "fl-where"),
    ]


def speaker(row: tables.Row, hues: dict[str, str]) -> Html:
    """Who, in his hue; by which verb; how sure."""
    hue = hues.get(speaker_key(row), "s0")
    if row["kind"] == "term":
        return tag("span", "quoted term, nobody speaks", class_="fl-none")
    name = (
        tag("span", row["speaker_name"], class_=f"fl-who {hue}")
        if row["speaker_name"]
        else tag("span", "speaker not found", class_="fl-few")
    )
    how = " · ".join(part for part in (cue(row), addressee(row), sure(row)) if part)
    return join(name, tag("span", how, class_="fl-none fl-under"))


def cue(row: tables.Row) -> str:
    """The verb, and its class where it is not neutral."""
    if not row["cue"]:
        return ""
    return f"“{row['cue']}”" + (f", {row['cue_class']}" if row["cue_class"] not in ("", "neutral") else "")


def addressee(row: tables.Row) -> str:
    """Who is spoken to, where the article says so."""
    name = " ".join(str(row["addressee_text"] or "").split())
    return f"to {name}" if name else ""


def sure(row: tables.Row) -> str:
    """How sure the speaker is, in words."""
    if not row["speaker_name"]:
        return ""
    return how_sure(row["confidence"])


def passage(row: tables.Row) -> Html:
    """The quoted words in their sentence."""
    before, after = clip(row["before"], left=True), clip(row["after"], left=False)
    kind = ONE[row["kind"]]
    return join(
        tag("span", before, class_="fl-cut"),
        tag("span", row["text"], class_="fl-said"),
        tag("span", after, class_="fl-cut"),
        tag("span", f"{kind} · {phrasing.count(row['words'], 'word')}", class_="fl-none fl-under"),
    )


def clip(context: object, *, left: bool) -> str:
    """The side of the sentence next to the quoted words, cut with an ellipsis."""
    text = " ".join(str(context or "").split())
    if not text:
        return ""
    if left:
        cut = text if len(text) <= CONTEXT else "…" + text[-CONTEXT:].split(" ", 1)[-1]
        return cut + " "
    cut = text if len(text) <= CONTEXT else text[:CONTEXT].rsplit(" ", 1)[0] + "…"
    return cut if cut[0] in ",.;:!?’”)" else " " + cut


def place(row: tables.Row) -> str:
    """What tells a row from the others of the page."""
    return f"{row['article_id']}/{int(row['start'])}-{int(row['end'])}"


def correct(rows: list[tables.Row], wanted: str) -> None:
    """Ask what is wrong with one of the rows."""
    for row in rows:
        if place(row) == wanted:
            correction_controls.quote(str(row["article_id"]), row, " ".join(str(row["text"]).split()))


def where(row: tables.Row, filter_query: str) -> Html:
    """Outlet, date, and the link to the passage."""
    target = query(filter_query, article=row["article_id"], at=int(row["start"]))
    return join(
        row["source"],
        tag("span", phrasing.when(row["published"]), class_="fl-none fl-under"),
        tag("span", link("read", "Read in place", target, title=row["headline"]), class_="fl-under"),
        tag("span", correction_controls.correct_this(place(row)), class_="fl-under") if row["kind"] != "term" else None,
    )


page()
