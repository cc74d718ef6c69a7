"""Story: one event as each outlet tells it, with what is told by all, by some, and where no match was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from dashboard.app import data, downloads, notices, state
from dashboard.checking import beside
from dashboard.markup import phrasing, reader
from dashboard.markup.html import Html, draw, link, tag
from dashboard.story import cell_check, fact_matrix, voices_and_names
from dashboard.story.cut_quotes import find_cuts
from store import queries

if TYPE_CHECKING:
    from store import Filter

Row = dict[str, Any]
# Columns that can be read side by side, and stories a list holds.
MOST_ACROSS: Final = 6
ACROSS: Final = 4
MOST: Final = 1000
NO_MATCH: Final = (
    "“No match found” means we joined no passage of this article with it, though one could tell it: read both. "
    "“Nothing like it found” means that none comes near; one in quite other words can be missed. Articles differ in "
    "length and hour: an absent fact is by itself no choice."
)


def page() -> None:
    """Draw the page for the current filter."""
    chosen = state.current()
    if not data.ask(queries.counts, chosen).articles:
        notices.nothing_matches(chosen)
        return
    stories = data.rows(data.ask(queries.stories, chosen))
    if not stories:
        draw(
            tag("p", "Story", class_="fl-kicker"),
            tag("h1", "No two of these articles tell the same story", class_="fl-h1"),
            tag(
                "p",
                f"A story needs two articles on the same event.{' Other filters may have some.' if chosen else ''}",
                class_="fl-standfirst",
            ),
        )
        return
    story = _choose(stories, chosen)
    articles = data.rows(data.ask(queries.tellings, story["story_id"]))
    across = _across(articles)
    _title(story, articles, across)
    _tell(story, across, chosen)
    beside.show("facts", "quotes", "people")


def _choose(stories: list[Row], chosen: Filter) -> Row:
    """The story the address asks for, else the one of which outlets share most; a list to choose another."""
    by_id = {row["story_id"]: row for row in stories}
    in_address = st.query_params.get("show") or next((story_id for story_id in chosen.stories if story_id in by_id), "")
    current = in_address if in_address in by_id else stories[0]["story_id"]
    listed = list(dict.fromkeys([current, *list(by_id)[:MOST]]))
    listed.sort(key=list(by_id).index)
    st.session_state["story_chosen"] = current
    st.selectbox(
        f"Story: {phrasing.count(len(stories), 'story', 'stories')}, most shared facts first",
        listed,
        key="story_chosen",
        format_func=lambda story_id: f"{by_id[story_id]['name']} · {_size(by_id[story_id])}",
        on_change=_chosen,
    )
    return by_id[current]


def _chosen() -> None:
    st.query_params["show"] = st.session_state["story_chosen"]
    st.query_params.pop("of", None)


def _size(story: Row) -> str:
    size = f"{phrasing.count(story['outlets'], 'outlet')}, {phrasing.count(story['articles'], 'article')}"
    for shared, how in ((story["shared"], "shared"), (story["perhaps"], "perhaps shared")):
        if shared:
            return f"{phrasing.count(shared, 'fact')} {how} · {size}"
    return f"no shared fact found · {size}"


def _across(articles: list[Row]) -> list[Row]:
    """The articles that stand side by side: those of the address, else the first of each outlet."""
    by_id = {row["article_id"]: row for row in articles}
    article_ids = [article_id for article_id in st.query_params.get_all("of") if article_id in by_id][:MOST_ACROSS]
    if not article_ids:
        in_order = [row for row in articles if not row["duplicate_of"]] + [
            row for row in articles if row["duplicate_of"]
        ]
        first = list({row["source"]: row["article_id"] for row in reversed(in_order)}.values())
        ranked = [row["article_id"] for row in in_order if row["article_id"] in first]
        article_ids = (ranked + [row["article_id"] for row in in_order if row["article_id"] not in ranked])[:ACROSS]
    if len(articles) > 2:
        st.session_state["story_across"] = article_ids
        st.multiselect(
            f"Side by side: {len(article_ids)} of {phrasing.count(len(articles), 'article')}",
            list(by_id),
            key="story_across",
            format_func=lambda article_id: (
                f"{by_id[article_id]['source']} · {phrasing.when(by_id[article_id]['published'])} · "
                f"{by_id[article_id]['title'] or by_id[article_id]['opening']}"
            ),
            max_selections=MOST_ACROSS,
            on_change=_set_across,
            select_all=False,
        )
    return [row for row in articles if row["article_id"] in article_ids]


def _set_across() -> None:
    st.query_params["of"] = st.session_state["story_across"]


def _title(story: Row, articles: list[Row], across: list[Row]) -> None:
    copies = sum(bool(row["duplicate_of"]) for row in articles)
    draw(
        tag("p", f"Story · {phrasing.months(story['first'], story['last'])}", class_="fl-kicker"),
        tag("h1", story["name"], class_="fl-h1"),
        tag(
            "p",
            f"{phrasing.count(story['outlets'], 'outlet')} tell it in {phrasing.count(story['articles'], 'article')}. "
            if story["outlets"] > 1
            else f"One outlet tells it, in {phrasing.count(story['articles'], 'article')}. ",
            f"{phrasing.count(copies, 'article')} of them nearly word for word the text of another. "
            if copies
            else None,
            f"{len(across)} stand side by side." if len(across) < len(articles) else None,
            class_="fl-standfirst",
        ),
        tag(
            "p",
            "Named with words that two or more of its articles share, never by one outlet’s headline. Articles are "
            "grouped by words, names, figures and dates; a group can be wrong, so read before you rely on it. ",
            link("methods", "How stories are found"),
            class_="fl-note",
        ),
    )


def _tell(story: Row, across: list[Row], chosen: Filter) -> None:
    base, ids = chosen.to_query(), tuple(row["article_id"] for row in across)
    rows = data.rows(data.ask(queries.facts, story["story_id"], ids))
    facts = fact_matrix.facts_of(rows)
    draw(fact_matrix.heads(across, base), *_facts(facts, across, base))
    if len(across) > 1 and facts:
        cell_check.control(facts, across)
    _cut(ids, across, base)
    draw(
        tag("h2", "Who and what is named", class_="fl-h2"),
        tag("p", "Each opens where it is first named; links, credits and repeated lines left out", class_="fl-sub"),
        voices_and_names.named(_named(ids), across, base),
        tag("h2", "Who speaks", class_="fl-h2 fl-space"),
        tag("p", "Share of words inside quotation marks, within each article", class_="fl-sub"),
        voices_and_names.speakers(data.rows(data.ask(queries.quoted_in, ids)), across),
    )
    sources = {row["article_id"]: (row["source"], row["published"]) for row in across}
    frame = pd.DataFrame(
        [{"source": sources[row["article_id"]][0], "published": sources[row["article_id"]][1], **row} for row in rows]
    )
    downloads.offer_rows("story", chosen.but(stories=(story["story_id"],)), frame, what="what each tells")


def _facts(facts: list[fact_matrix.Fact], across: list[Row], base: str) -> list[Html]:
    shared = sum(fact.tellers > 1 for fact in facts)
    perhaps = sum(fact.tellers > 1 and not fact.sure for fact in facts)
    of = phrasing.count(len(across), "article")
    only = f", {phrasing.number(perhaps)} of them only perhaps" if perhaps else ""
    legend = tag(
        "div",
        tag("span", "told", class_="k fl-dot"),
        tag("span", "told in part", class_="k fl-dot part"),
        tag("span", "perhaps", class_="k fl-dot per"),
        tag("span", fact_matrix.NO_MATCH, class_="k fl-dot no"),
        *(tag("span", phrasing.VOICE_NAMES[voice], class_=f"fl-v {voice[0]}") for voice in _VOICES),
        class_="fl-legend",
    )
    if not shared:
        told = [
            tag("h2", "What several tell", class_="fl-h2"),
            tag("p", f"No passage was found that tells the same in two of {of}.", class_="fl-sub"),
        ]
    else:
        told = [
            tag("h2", "What several tell", class_="fl-h2"),
            tag(
                "p",
                f"{phrasing.count(shared, 'fact')} found in more than one of {of}"
                f"{only}, each headed by the clearest "
                "words that one of them has for it. Passages open the article at that place",
                class_="fl-sub",
            ),
            legend,
            fact_matrix.matrix(facts, across, base),
            tag("p", NO_MATCH, class_="fl-note"),
        ]
    lone = [
        tag("h2", "No match found for these", class_="fl-h2 fl-space"),
        tag("p", "Passages of one article, the nearest of each other article beside them. First those that nothing "
            "like it was found for, of these quotes and figures. "
            + ("" if shared else NO_MATCH), class_="fl-sub"),
        fact_matrix.unmatched(facts, across, base),
    ]  # fmt: skip
    return [*told, *lone] if len(across) > 1 else []


def _cut(ids: tuple[str, ...], across: list[Row], base: str) -> None:
    found = find_cuts(data.rows(data.ask(queries.quoted_by, ids)))
    draw(
        tag("h2", "Quotes that one outlet cut short", class_="fl-h2 fl-space"),
        tag(
            "p",
            "The same words of somebody in two articles, and one goes on: what the shorter has not is marked"
            if found
            else "None found: no quotation stands in two of these articles with more of it in one",
            class_="fl-sub",
        ),
        fact_matrix.cuts(found, across, base) if found else None,
    )


def _named(ids: tuple[str, ...]) -> dict[str, list[voices_and_names.Named]]:
    rows = [row | {"said": phrasing.count(row["times"], "time")} for row in data.rows(data.ask(queries.named_in, ids))]
    rows += [row | {"said": row["text"], "hint": True} for row in data.rows(data.ask(queries.hinted_in, ids))]
    kinds = {
        reader.spelt(kind): voices_and_names.named_by(
            [row for row in rows if row["label"] == label], "entity_id", "name"
        )
        for label, kind in _KINDS.items()
    }
    figures = [row | {"said": row["text"]} for row in data.rows(data.ask(queries.figures_in, ids))]
    figures += [row | {"said": row["text"], "hint": True} for row in data.rows(data.ask(queries.near_figures, ids))]
    return kinds | {"Numbers": voices_and_names.named_by(figures, "figure", "figure")}


_KINDS: Final = {"PERSON": "People", "ORG": "Organisations", "JURISDICTION": "Places"}
_VOICES: Final = ("narration", "reported", "quote", "headline")

page()
