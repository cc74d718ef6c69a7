"""Questions about stories: which there are, who tells them, and the facts each article tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from store.figures import find_figures
from store.queries.conditions import headers_where
from store.queries.texts import slices, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.filter import Filter
    from store.reader import Store

# The likeness from which nine in ten pairs of passages tell the same; what is less alike is shown as a perhaps.
SURE: Final = 0.9


def stories(store: Store, chosen: Filter) -> pd.DataFrame:
    """Stories with an article that matches, those told by most outlets first.

    Columns: story_id, name (headline or first words of its first article), articles, outlets, copies (articles that
    repeat another's text), first and last (days), matching. All but the last count the whole story.
    """
    where = headers_where(store, chosen)
    first = "(coalesce(a.published_from, DATE '9999-12-31'), a.article_id)"
    return store.query(
        "SELECT a.story_id, "
        f"arg_min(coalesce(nullif(a.title, ''), a.opening), {first}) AS name, CAST(count(*) AS INTEGER) AS articles, "
        "CAST(count(DISTINCT a.source) AS INTEGER) AS outlets, "
        "CAST(count(*) FILTER (a.duplicate_of <> '') AS INTEGER) AS copies, "
        "min(a.published_from) AS first, max(a.published_to) AS last, "
        f"CAST(count(*) FILTER ({where.sql}) AS INTEGER) AS matching "
        "FROM headers a WHERE a.story_id <> '' GROUP BY a.story_id HAVING matching > 0 "
        "ORDER BY outlets DESC, articles DESC, first DESC NULLS LAST, a.story_id",
        where.parameters,
    )


def tellings(store: Store, story: str) -> pd.DataFrame:
    """The articles of a story in order: columns of ``headers``, and ``lead``, the first sentence of narration."""
    found = store.query(
        'SELECT a.*, s.start AS lead_start, s."end" AS lead_end FROM headers a LEFT JOIN '
        '(SELECT article_id, arg_min(start, sentence) AS start, arg_min("end", sentence) AS "end" FROM sentences '
        "WHERE voice = 'narration' AND words >= 5 GROUP BY article_id) s USING (article_id) "
        "WHERE a.story_id = $story ORDER BY a.published_from NULLS FIRST, a.source, a.article_id",
        {"story": story},
    )
    whole = texts(store, sorted(found["article_id"]))
    leads = [
        "" if start != start else whole[article][int(start) : int(end)]  # noqa: PLR0124  a missing number is no number
        for article, start, end in zip(found["article_id"], found["lead_start"], found["lead_end"], strict=True)
    ]
    return found.assign(lead=leads).drop(columns=["lead_start", "lead_end"])


def facts(store: Store, story: str, articles: Sequence[str]) -> pd.DataFrame:
    """Passages of some articles of a story, by the fact they tell: columns of ``stories``, ``text`` and ``phrase``."""
    found = store.query(
        "SELECT * FROM stories WHERE story_id = $story AND article_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) "
        "ORDER BY fact, article_id, start",
        {"story": story, "ids": list(articles)},
    )
    phrases = found[["article_id"]].assign(start=found["phrase_start"], end=found["phrase_end"])
    return found.assign(text=slices(store, found), phrase=slices(store, phrases))


def quoted_by(store: Store, articles: Sequence[str]) -> pd.DataFrame:
    """What some articles put between quotation marks as said, in order of their texts.

    Columns: article_id, attribution, start, end, speaker (empty when not known), text. One row a run of quoted words of
    one sentence; those of one attribution share its number.
    """
    found = store.query(
        "SELECT p.article_id, p.attribution, p.start, p.\"end\", coalesce(e.name, p.speaker, '') AS speaker "
        "FROM passages p LEFT JOIN entities e ON e.entity_id = p.speaker_id "
        "WHERE p.voice = 'quote' AND p.article_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) "
        "ORDER BY p.article_id, p.start",
        {"ids": list(articles)},
    )
    return found.assign(text=slices(store, found))


def figures_in(store: Store, articles: Sequence[str]) -> pd.DataFrame:
    """Figures that some articles give outside furniture, as :func:`store.figures.find_figures` finds them.

    Columns: figure (its value, in one spelling), article_id, text (as written, with the words after it), start, end.
    """
    found = store.query(
        "SELECT article_id, start, \"end\" FROM sentences WHERE voice <> 'furniture' "
        "AND article_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) ORDER BY article_id, start",
        {"ids": list(articles)},
    )
    rows = [
        {"figure": figure.value, "article_id": article, "text": figure.text, "start": start + figure.start,
         "end": start + figure.end}
        for article, start, text in zip(found["article_id"], found["start"], slices(store, found), strict=True)
        for figure in find_figures(text)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["figure", "article_id", "text", "start", "end"])


def named_in(store: Store, articles: Sequence[str]) -> pd.DataFrame:
    """Who and what some articles name outside furniture.

    Columns: entity_id, label, name, article_id, times, start and end of the first. Named by most articles first.
    """
    return store.query(
        "SELECT m.entity_id, m.label, coalesce(e.name, any_value(m.name)) AS name, m.article_id, "
        'CAST(count(*) AS INTEGER) AS times, min(m.start) AS start, arg_min(m."end", m.start) AS "end", '
        "count(*) OVER (PARTITION BY m.entity_id) AS tellers FROM mentions m LEFT JOIN entities e USING (entity_id) "
        "WHERE m.article_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) AND m.voice <> 'furniture' "
        "AND m.label IN ('PERSON', 'ORG', 'JURISDICTION') GROUP BY m.entity_id, m.label, e.name, m.article_id "
        "ORDER BY tellers DESC, sum(times) OVER (PARTITION BY m.entity_id) DESC, m.entity_id, m.article_id",
        {"ids": list(articles)},
    )


def quoted_in(store: Store, articles: Sequence[str]) -> pd.DataFrame:
    """Whom some articles quote: article_id, speaker_id, speaker, words inside quotation marks, most first."""
    return store.query(
        "SELECT h.article_id, coalesce(e.entity_id, '') AS speaker_id, coalesce(e.name, s.words_for) AS speaker, "
        "CAST(sum(s.words) AS INTEGER) AS words FROM article_speakers s JOIN headers h USING (article_no) "
        "LEFT JOIN entities e USING (entity_no) "
        "WHERE h.article_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) GROUP BY ALL HAVING sum(s.words) > 0 "
        "ORDER BY words DESC, speaker, h.article_id",
        {"ids": list(articles)},
    )
