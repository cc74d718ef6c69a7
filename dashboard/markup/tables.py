"""Tables to be read: ruled, serif for what an outlet wrote, a page at a time from the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import streamlit as st

from dashboard.markup import phrasing
from dashboard.markup.html import Html, draw, join, link, query, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from store.queries.found_words import Place

Row = dict[str, Any]
PAGE_SIZE: Final = 50
# Places of searched words that are shown of an article.
SNIPPETS: Final = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what a row shows in it, and the class of its cells (``fl-num`` sets numbers right)."""

    head: str
    cell: Callable[[Row], object]
    class_: str = ""


def table(rows: Iterable[Row], columns: Sequence[Column], *, about: str) -> Html:
    """A table with heads; ``about`` says to a screen reader what it holds."""
    heads = [
        tag("th", column.head, scope="col", class_="fl-num" if column.class_ == "fl-num" else None)
        for column in columns
    ]
    body = [
        tag(
            "tr",
            *(tag("td", column.cell(row), class_=column.class_ or None, data_head=column.head) for column in columns),
        )
        for row in rows
    ]
    return tag(
        "table",
        tag("caption", about, class_="fl-unseen"),
        tag("thead", tag("tr", *heads)),
        tag("tbody", *body),
        class_="fl-table",
    )


def article_columns(filter_query: str, places_by_article: Mapping[str, Sequence[Place]] | None = None) -> list[Column]:
    """The columns by which articles are listed everywhere. ``filter_query`` goes with every link.

    With ``places_by_article``, places of searched words by article, the first of them stand below the headline.
    """
    return [
        Column("Outlet", lambda row: row["source"], "fl-source"),
        Column("Date", lambda row: phrasing.when(row["published"]), "fl-date"),
        Column(
            "Headline",
            lambda row: join(headline(row, filter_query), snippets(row, places_by_article, filter_query)),
            "lead",
        ),
        Column("Words", lambda row: phrasing.number(row["words"]), "fl-num"),
        Column("Quoted", lambda row: phrasing.share(row["words_quote"], row["words"]), "fl-num"),
        Column("Speakers", lambda row: phrasing.number(row["speakers"]), "fl-num"),
    ]


def headline(row: Row, filter_query: str) -> Html:
    """The article's headline as a link to its text; without one, its first words, and that is said."""
    title = str(row["headline"] or "untitled")
    cut = "" if row["title"] or title.endswith((".", "!", "?", "”", '"', "…")) else "…"
    named = link("read", title + cut, query(filter_query, article=row["article_id"]))
    if row["title"]:
        return named
    return join(named, tag("span", phrasing.NO_HEADLINE, class_="fl-none fl-under"))


def snippets(row: Row, places_by_article: Mapping[str, Sequence[Place]] | None, filter_query: str) -> Html | None:
    """The searched words where the article has them first, each a link to its place, and how many there are."""
    if places_by_article is None:
        return None
    places = places_by_article.get(str(row["article_id"]), ())
    if not places:
        return tag("span", "not in the text that is shown: in its title", class_="fl-none fl-under")
    shown = [
        tag(
            "span",
            tag("span", place.before, class_="fl-cut"),
            link("read", place.words, query(filter_query, article=row["article_id"], at=f"{place.start}-{place.end}")),
            tag("span", place.after, class_="fl-cut"),
            class_="fl-found",
        )
        for place in places[:SNIPPETS]
    ]
    more = len(places) - len(shown)
    note = tag("span", f"and {phrasing.count(more, 'more place')}", class_="fl-none fl-under") if more else None
    return join(*shown, note)


def page_number(total: int, size: int = PAGE_SIZE) -> int:
    """Which page of a list the URL asks for, from 0; a page past the end is the last."""
    in_address = st.query_params.get("page", "1")
    last = max(0, -(-total // size) - 1)
    return (
        min(max(int(in_address) - 1, 0), last)
        if in_address.isdecimal() and in_address.isascii() and len(in_address) < 10
        else 0
    )


def pager(total: int, size: int = PAGE_SIZE) -> None:
    """Previous, where we are, next: nothing when all rows fit."""
    if total <= size:
        return
    current = page_number(total, size)

    def turn(to: int) -> None:
        st.query_params["page"] = str(to + 1)

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="pager"):
        st.button(
            "‹ previous", key="page_back", type="tertiary", disabled=not current, on_click=turn, args=(current - 1,)
        )
        st.html(tag("p", stretch(total, size), class_="fl-state"), width="content")
        over = (current + 1) * size >= total
        st.button("next ›", key="page_on", type="tertiary", disabled=over, on_click=turn, args=(current + 1,))


def stretch(total: int, size: int = PAGE_SIZE) -> str:
    """Which rows the page shows, of how many."""
    first = page_number(total, size) * size
    return f"{phrasing.number(first + 1)} to {phrasing.number(min(total, first + size))} of {phrasing.number(total)}"


def turn_on(total: int, size: int = PAGE_SIZE) -> None:
    """Links to the pages before and after, for the foot of a list: following one begins at the top again."""
    if total <= size:
        return
    current = page_number(total, size)
    others = {key: st.query_params.get_all(key) for key in dict.fromkeys(st.query_params) if key != "page"}

    def to(page: int, label: str) -> Html:
        return tag("a", label, href=f"?{urlencode({**others, 'page': [str(page + 1)]}, doseq=True)}", target="_self")

    back = to(current - 1, "‹ previous") if current else None
    forth = to(current + 1, "next ›") if (current + 1) * size < total else None
    draw(tag("p", join(back, stretch(total, size), forth, by="  "), class_="fl-sub"))


def order(choices: dict[str, tuple[str, str, bool]], default: str) -> tuple[str, bool]:
    """A "sorted by" control kept in the URL: key to (label, column, descending). Returns column and descending."""
    in_address = st.query_params.get("sort", default)
    chosen = in_address if in_address in choices else default
    st.session_state["sort"] = chosen

    def sort() -> None:
        picked = st.session_state["sort"]
        if picked in (None, default):
            st.query_params.pop("sort", None)
        else:
            st.query_params["sort"] = picked
        st.query_params.pop("page", None)

    st.selectbox(
        "Sorted by", list(choices), key="sort", format_func=lambda key: choices[key][0], on_change=sort, width=220
    )
    _, column, descending = choices[chosen]
    return column, descending
