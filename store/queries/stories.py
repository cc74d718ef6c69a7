"""Questions about stories: which there are, who tells them, and the facts each article tells."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from store.corrections.log import NOT_TOLD
from store.figures import find_figures
from store.queries.conditions import headers_where
from store.queries.texts import slices, texts
from store.snapshot.derived_tables import NAMED_AS
from store.snapshot.views import LIKE_TOLD, SURE_TOLD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.filter import Filter
    from store.reader import Store

SURE: Final = SURE_TOLD
# From here on a near passage could tell the same; below it nothing like it is found.
LIKE: Final = LIKE_TOLD
# The status of an article that does not tell a fact, as a reader who looked has said.
CHECKED: Final = "not told, checked"


def stories(store: Store, chosen: Filter) -> pd.DataFrame:
    """Stories with an article that matches, those of which most facts are shared first.

    Columns: story_id, name (of what its articles share), articles, outlets, copies (articles that repeat another's
    text), first and last (days), shared (facts surely told by two outlets or more), perhaps (facts that are so only
    perhaps), aligned (articles whose passages were compared), matching. All but the last count the whole story.
    """
    every = _every_story(store)
    found = store.numbers.stories().chosen(store.numbers.mask(chosen))
    matching = np.zeros(len(every), dtype=np.int32)
    matching[found.keys - 1] = found.counts  # stories are numbered from 1, in the order of the list
    return every[matching > 0].assign(matching=matching[matching > 0]).reset_index(drop=True)


@lru_cache(maxsize=2)
def _every_story(store: Store) -> pd.DataFrame:
    """All stories in the order of :func:`stories`."""
    return store.query("SELECT * EXCLUDE (story_no) FROM story_list ORDER BY story_no")


def tellings(store: Store, story: str) -> pd.DataFrame:
    """The articles of a story in order: columns of ``headers``, and ``lead``, the first sentence of narration."""
    frame = store.query(
        'SELECT a.*, s.start AS lead_start, s."end" AS lead_end FROM headers a LEFT JOIN '
        '(SELECT article_id, arg_min(start, sentence) AS start, arg_min("end", sentence) AS "end" FROM sentences '
        "WHERE voice = 'narration' AND words >= 5 GROUP BY article_id) s USING (article_id) "
        "WHERE a.story_id = $story ORDER BY a.published_from NULLS FIRST, a.source, a.article_id",
        {"story": story},
    )
    whole = texts(store, sorted(frame["article_id"]))
    leads = [
        "" if start != start else whole[article][int(start) : int(end)]  # noqa: PLR0124  a missing number is no number
        for article, start, end in zip(frame["article_id"], frame["lead_start"], frame["lead_end"], strict=True)
    ]
    return frame.assign(lead=leads).drop(columns=["lead_start", "lead_end"])


def facts(store: Store, story: str, articles: Sequence[str]) -> pd.DataFrame:
    """Passages of some articles of a story, by the fact they tell or come nearest to.

    Columns of ``stories``, ``text``, ``phrase``, and ``status`` as in :func:`statuses`. Facts that none of these
    articles tell are left out.
    """
    passages = store.query(
        f"WITH s AS (SELECT s.*, {_STATUS} AS status FROM stories s WHERE story_id = $story "
        "AND article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))) "
        "SELECT s.* FROM s WHERE fact IN (SELECT fact FROM s WHERE told <> 'near') ORDER BY fact, article_id, start",
        {"story": story, "ids": list(articles)},
    )
    passages = _checked(store, passages)
    phrases = passages[["article_id"]].assign(start=passages["phrase_start"], end=passages["phrase_end"])
    return passages.assign(text=slices(store, passages), phrase=slices(store, phrases))


def _checked(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of facts as readers have checked them: "same" is told, and of what is not told only that is left."""
    checks = store.effect.cells
    if not checks or rows.empty:
        return rows
    rows = rows.copy()
    telling = rows[~rows["told"].isin(["near", "none"])]
    for (article, other_article, first, last), (says, start, end) in checks.items():
        anchors = telling[
            (telling["article_id"] == other_article) & (telling["start"] == first) & (telling["end"] == last)
        ]
        for story, fact in zip(anchors["story_id"], anchors["fact"], strict=True):
            of_fact = (rows["story_id"] == story) & (rows["fact"] == fact)
            of_article = of_fact & (rows["article_id"] == article)
            if says == NOT_TOLD:
                rows.loc[of_article, "told"], rows.loc[of_article, "status"], rows.loc[of_article, "likeness"] = (
                    "checked",
                    CHECKED,
                    0.0,
                )
                continue
            same = of_article & (rows["start"] == start) & (rows["end"] == end)
            rows.loc[same & (rows["told"] == "near"), "told"] = "full"
            anchor = of_fact & (rows["article_id"] == other_article) & (rows["start"] == first)
            rows.loc[same | anchor, "status"], rows.loc[same | anchor, "likeness"] = "told", 1.0
    return rows


# What is told by one article only is told all the same.
_STATUS: Final = (
    f"CASE WHEN s.told = 'near' THEN 'near' WHEN s.likeness > 0 AND s.likeness < {SURE} THEN 'perhaps' "
    "WHEN s.told = 'part' THEN 'part' ELSE 'told' END"
)


def statuses(store: Store, chosen: Filter) -> pd.DataFrame:
    """How each article that matches stands to each fact of its story, a row a passage.

    Columns: story_id, fact, article_id, source, published, start, end, status, lacks, shared, likeness, text. The
    status is told, part (without what ``lacks`` says), perhaps (alike, not sure), near (no match was found; the passage
    is the nearest one, and ``shared`` what it has in common), no match (nothing near: no start, end and text) or,
    where a reader looked, not told, checked.
    """
    where = headers_where(store, chosen)
    cells = store.query(
        f"WITH facts AS (SELECT DISTINCT story_id, fact FROM stories), "
        "among AS (SELECT DISTINCT story_id, article_id FROM stories), "
        f"cells AS (SELECT s.*, {_STATUS} AS status FROM stories s) "
        'SELECT f.story_id, f.fact, g.article_id, a.source, a.published, c.start, c."end", '
        f"({where.sql}) AS matching, coalesce(c.told, 'none') AS told, coalesce(c.status, 'no match') AS status, "
        "coalesce(c.lacks, '') AS lacks, coalesce(c.shared, '') AS shared, "
        "coalesce(c.likeness, 0) AS likeness FROM facts f JOIN among g USING (story_id) "
        "JOIN headers a USING (article_id) LEFT JOIN cells c ON c.story_id = f.story_id AND c.fact = f.fact "
        "AND c.article_id = g.article_id ORDER BY f.story_id, f.fact, g.article_id, c.start",
        where.parameters,
    )
    cells = _checked(store, cells)
    cells = cells[cells["matching"]].drop(columns=["matching", "told"]).reset_index(drop=True)
    has_passage = cells["start"].notna()
    text = cells.loc[has_passage, ["article_id", "start", "end"]].astype({"start": "int64", "end": "int64"})
    words = pd.Series(slices(store, text), index=text.index, dtype="object")
    whole = {"start": cells["start"].astype("Int32"), "end": cells["end"].astype("Int32")}
    return cells.assign(**whole, text=words.reindex(cells.index).fillna(""))


def quoted_by(store: Store, articles: Sequence[str]) -> pd.DataFrame:
    """What some articles put between quotation marks as said, in order of their texts.

    Columns: article_id, attribution, start, end, speaker (empty when not known), text. One row a run of quoted words of
    one sentence; those of one attribution share its number.
    """
    frame = store.query(
        "SELECT p.article_id, p.attribution, p.start, p.\"end\", coalesce(e.name, p.speaker, '') AS speaker "
        "FROM passages p LEFT JOIN entities e ON e.entity_id = p.speaker_id "
        "WHERE p.voice = 'quote' AND p.attribution IS NOT NULL "
        "AND p.article_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) "
        "ORDER BY p.article_id, p.start",
        {"ids": list(articles)},
    )
    return frame.assign(text=slices(store, frame))


def figures_in(store: Store, articles: Sequence[str]) -> pd.DataFrame:
    """Figures that some articles give outside furniture, as :func:`store.figures.find_figures` finds them.

    Columns: figure (its value, in one spelling), article_id, text (as written, with the words after it), start, end.
    """
    frame = store.query(
        "SELECT article_id, start, \"end\" FROM sentences WHERE voice <> 'furniture' "
        "AND article_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) ORDER BY article_id, start",
        {"ids": list(articles)},
    )
    rows = [
        {"figure": figure.value, "article_id": article, "text": figure.text, "start": start + figure.start,
         "end": start + figure.end}
        for article, start, text in zip(frame["article_id"], frame["start"], slices(store, frame), strict=True)
        for figure in find_figures(text)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["figure", "article_id", "text", "start", "end"])


def named_in(store: Store, articles: Sequence[str]) -> pd.DataFrame:
    """Who and what some articles name, counted as everywhere: in the voices that count, pronouns left out.

    Columns: entity_id, label, name, article_id, times, start and end of the first. Named by most articles first.
    """
    return store.query(
        "SELECT m.entity_id, m.label, coalesce(e.name, any_value(m.name)) AS name, m.article_id, "
        'CAST(count(*) AS INTEGER) AS times, min(m.start) AS start, arg_min(m."end", m.start) AS "end", '
        "count(*) OVER (PARTITION BY m.entity_id) AS tellers FROM mentions m LEFT JOIN entities e USING (entity_id) "
        f"WHERE m.article_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) AND {NAMED_AS.format('m.')} "
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
        "WHERE NOT s.term AND h.article_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) GROUP BY ALL "
        "HAVING sum(s.words) > 0 "
        "ORDER BY words DESC, speaker, h.article_id",
        {"ids": list(articles)},
    )
