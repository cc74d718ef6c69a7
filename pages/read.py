"""One article as its outlet set it, with whose words stand where, and the evidence behind every name and quote."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.adding import removing
from dashboard.app import correction_controls, data, notices, page_tools, state
from dashboard.markup import phrasing, reader
from dashboard.markup.block import block
from dashboard.markup.html import Html, draw, join, link, query, tag
from dashboard.reading import article_text, side_rail
from dashboard.reading.card import ArticleRows, card, row_at
from store import queries

if TYPE_CHECKING:
    from store import Filter

MOST: Final = 1000
COLUMNS: Final = (2.6, 1)
FIELD: Final = {
    "person": "people",
    "organisation": "organisations",
    "jurisdiction": "jurisdictions",
    "named": "named_administrations",
}


def span(in_address: str | None) -> tuple[int, int] | None:
    """``"12-80"`` as a span; ``None`` for anything else."""
    start, dash, end = (in_address or "").partition("-")
    numbers = dash and start.isdecimal() and end.isdecimal() and (start + end).isascii() and len(start + end) < 20
    return (int(start), int(end)) if numbers and int(start) < int(end) else None


def _turn_to(article_id: str) -> None:
    st.query_params["article"] = article_id
    st.query_params.pop("at", None)


def _picked() -> None:
    _turn_to(st.session_state["read_article"])


def _choose(at: str) -> None:
    if at == correction_controls.CHOICE:
        correction_controls.ask()
        return
    if span(at):
        st.query_params["at"] = at
    else:
        st.query_params.pop("at", None)


def _layers_changed() -> None:
    chosen = [layer for layer in article_text.LAYERS if layer in st.session_state["read_layers"]]
    if tuple(chosen) == article_text.SHOWN_AT_FIRST:
        st.query_params.pop("show", None)
    else:
        st.query_params["show"] = chosen or ["none"]


def _layers() -> list[str]:
    in_address = st.query_params.get_all("show")
    chosen = (
        [layer for layer in article_text.LAYERS if layer in in_address]
        if in_address
        else list(article_text.SHOWN_AT_FIRST)
    )
    st.session_state["read_layers"] = chosen
    st.pills(
        "Show in the text",
        list(article_text.LAYERS),
        selection_mode="multi",
        format_func=lambda layer: reader.spelt(article_text.LAYERS[layer]),
        key="read_layers",
        on_change=_layers_changed,
    )
    return chosen


def address(chosen: Filter, page: str, label: str, **keys: str) -> Html:
    """A link to a page under the filter; a key of the filter among ``keys`` takes the place of what it held."""
    narrowed = chosen.but(**{FIELD[key]: (value,) for key, value in keys.items() if key in FIELD})
    page_keys = {key: value for key, value in keys.items() if key not in FIELD}
    return link(page, label, query(narrowed.to_query(), **page_keys))


def _pick(articles: list[dict[str, Any]], article: dict[str, Any]) -> None:
    """The list of articles under the filter, and this one if it is not among them."""
    article_id = str(article["article_id"])
    titles = {str(row["article_id"]): _title(row) for row in articles}
    options = list(titles if article_id in titles else {article_id: "", **titles})
    titles[article_id] = _title(article)
    st.session_state["read_article"] = article_id
    st.selectbox(
        "Article",
        options,
        key="read_article",
        format_func=lambda value: titles.get(value, value),
        on_change=_picked,
        label_visibility="collapsed",
    )


def _previous_next(articles: list[dict[str, Any]], article_id: str, total: int) -> None:
    order = [str(row["article_id"]) for row in articles]
    at = order.index(article_id) if article_id in order else -1
    before, after = (order[at - 1] if at > 0 else ""), (order[at + 1] if at + 1 < len(order) else "")
    elsewhere = "outside the filter’s" if total <= len(order) else f"not among the first {len(order):,} of"
    place = f"{at + 1:,} of {total:,}" if at >= 0 else f"{elsewhere} {total:,}"
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"):
        st.button("‹ previous", type="tertiary", disabled=not before, on_click=_turn_to, args=(before,), key="before")
        st.html(tag("span", place, class_="fl fl-none"), width="content")
        st.button("next ›", type="tertiary", disabled=not after, on_click=_turn_to, args=(after,), key="after")


def _title(row: dict[str, Any]) -> str:
    headline = " ".join(str(row["title"] or row["opening"] or "no words").split())
    return f"{row['source']} · {phrasing.when(str(row['published'] or ''))} · {headline}"


def _dated(article: dict[str, Any]) -> str:
    day = phrasing.when(str(article["published"] or ""))
    return f"{day}, inferred from the text" if article["date_precision"] == "inferred" else day


def _kicker(article: dict[str, Any]) -> Html:
    administration = str(article["administration"] or "")
    name = data.ask(queries.names, (administration,)).get(administration, "") if administration else ""
    parts = [str(article["source"]), _dated(article)]
    if name:
        parts.append(f"{name} in office")
    if not article["title"]:
        parts.append("no headline in the file")
    if (article["language"] or "en") != "en":
        parts.append("in another language than English, so not analysed")
    # A list of the store comes as an array, which has no truth of its own.
    changes = [] if article["text_changes"] is None else list(article["text_changes"])
    if changes:
        parts.append(f"text mended on reading: {', '.join(map(str, changes))}")
    return tag("p", join(*parts, by=" · "), class_="fl-kicker")


def _correct(article_id: str, article_rows: ArticleRows, at: tuple[int, int]) -> None:
    """Put right what the card says."""
    row_there = row_at(article_rows, at)
    if row_there is None or row_there[0] == "sentence":
        return
    kind, row = row_there
    words_there = " ".join(article_rows.text[int(row["start"]) : int(row["end"])].split())
    if kind == "mention":
        correction_controls.mention(article_id, row, words_there)
    elif row["kind"] != "term":
        correction_controls.quote(article_id, row, words_there)


def page() -> None:
    """Draw the page for the current filter."""
    removing.report_last_removal()
    chosen = state.current()
    articles = article_text.rows(data.ask(queries.articles, chosen, limit=MOST))
    in_address = st.query_params.get("article")
    view = data.ask(queries.article, in_address) if in_address else None
    if in_address and view is None:
        draw(
            tag(
                "p",
                "The article of this address is not among these articles; the first one is shown.",
                class_="fl-notice",
            )
        )
    if view is None:
        if not articles:
            notices.nothing_matches(chosen)
            return
        view = data.ask(queries.article, str(articles[0]["article_id"]))
    assert view is not None  # noqa: S101 - the list came from the same snapshot
    article = view.article
    article_rows = ArticleRows(
        str(article["text"]),
        article_text.rows(view.mentions),
        article_text.rows(view.quotes),
        article_text.rows(view.portrayals),
        article_text.rows(view.sentences),
    )
    at = span(st.query_params.get("at"))
    page_tools.tab(" ".join(str(article["title"] or article["opening"]).split()), str(article["source"]))
    hues = article_text.hues_of(data.ask(queries.loudest, chosen, article_text.HUES))

    left_column, right_column = st.columns(COLUMNS, gap="large", vertical_alignment="center")
    with left_column:
        _pick(articles, article)
    with right_column:
        _previous_next(articles, str(article["article_id"]), data.ask(queries.counts, chosen).articles)
    draw(_kicker(article))
    layers = _layers()

    body, side = st.columns(COLUMNS, gap="large")
    with body:
        reading = article_text.reading_html(
            article_rows.text,
            view.passages,
            view.mentions,
            view.quotes,
            view.portrayals,
            hues=hues,
            target=at,
            name=str(article["title"] or article["opening"] or ""),
        )
        block(
            tag("article", tag("div", reading, class_="fl-read")),
            key="read_text",
            on_choose=_choose,
            classes=" ".join(f"show-{layer}" for layer in layers),
            goto=f"{article['article_id']}:{at[0]}-{at[1]}" if at else "",
        )
    with side:
        if at and (shown := card(article_rows, at, partial(address, chosen))):
            block(shown, key="read_card", on_choose=_choose, classes="fl-beside")
            if correction_controls.pending_correction():
                _correct(str(article["article_id"]), article_rows, at)
        block(side_rail.rail(article, article_rows, hues), key="read_rail", on_choose=_choose)
        correction_controls.article([article], "read_correct")
        removing.offer(str(article["article_id"]))


page()
