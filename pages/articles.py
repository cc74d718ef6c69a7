"""Articles: all that match, sorted and a page at a time, each a link to its text."""

from __future__ import annotations

import streamlit as st

from dashboard.app import correction_controls, data, downloads, notices, state
from dashboard.markup import phrasing, tables
from dashboard.markup.html import draw, tag
from store import queries

# What the list can be sorted by: key in the URL to label, column, descending.
ORDERS = {
    "newest": ("Newest first", "published_from", True),
    "oldest": ("Oldest first", "published_from", False),
    "outlet": ("Outlet", "source", False),
    "longest": ("Most words", "words", True),
    "shortest": ("Fewest words", "words", False),
    "quoted": ("Largest share quoted", "quoted_share", True),
    "unquoted": ("Smallest share quoted", "quoted_share", False),
    "speakers": ("Most speakers", "speakers", True),
}


def page() -> None:
    """Draw the page for the current filter."""
    chosen = state.current()
    counts = data.ask(queries.counts, chosen)
    if not counts.articles:
        notices.nothing_matches(chosen)
        return
    draw(
        tag("p", "Articles", class_="fl-kicker"),
        tag(
            "h1",
            f"{phrasing.count(counts.articles, 'article')} from {phrasing.count(counts.sources, 'outlet')}",
            class_="fl-h1",
        ),
        tag(
            "p",
            "Quoted is the share of an article’s words that stand in quotation marks, of all words counted in it. ",
            "Speakers are those with a name or words that stand for one.",
            class_="fl-standfirst",
        ),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="list_head"):
        column, descending = tables.order(ORDERS, "newest")
        tables.pager(counts.articles)
    start = tables.page_number(counts.articles) * tables.PAGE_SIZE
    rows = data.rows(
        data.ask(queries.articles, chosen, sort=column, descending=descending, limit=tables.PAGE_SIZE, offset=start)
    )
    ids = tuple(str(row["article_id"]) for row in rows)
    places_by_article = data.ask(queries.where_found, chosen.text, ids) if chosen.text else None
    draw(
        tables.table(
            rows, tables.article_columns(chosen.to_query(), places_by_article), about="Articles that match the filter"
        )
    )
    correction_controls.article(rows, "articles_correct")
    tables.turn_on(counts.articles)
    downloads.offer("articles", chosen, counts.articles)


page()
