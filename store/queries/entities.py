"""Questions about people, organisations, places and administrations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.filter import DIMENSIONS, Filter
from store.queries.articles import voice_sum
from store.queries.conditions import group_sql, headers_where, in_matching, order_sql, page_sql
from store.queries.texts import slices
from store.schema import COUNTED_VOICES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from store.reader import Store


def facet(store: Store, chosen: Filter, dimension: str, search: str = "", limit: int = 500) -> pd.DataFrame:
    """Values of a dimension with the articles that have them, under the filter's other dimensions.

    ``dimension`` is a field of the filter, ``search`` a part of the name. Columns: value, name, articles. Most articles
    first, then by name; chosen values are always among them, with 0 articles where that is so. A place counts toward
    all it lies in, and so does a body of it such as its police.
    """
    where = headers_where(store, chosen, without=dimension)
    matching = in_matching(store, chosen, "p.article_no", without=dimension)
    wanted = DIMENSIONS[dimension]
    if dimension == "voices":
        counted, parameters = _voices(where.sql), where.parameters
    elif not wanted.label:
        counted, parameters = _columns(wanted.column, where.sql), where.parameters
    else:
        counted, parameters = _present(wanted.label, matching.sql), matching.parameters
    picked = list(getattr(chosen, dimension))
    known = f"({STORY_NAMES})" if dimension == "stories" else "entities"
    return store.query(
        f"WITH counted AS ({counted}), picked AS (SELECT unnest(CAST($picked AS VARCHAR[])) AS value), "
        "named AS (SELECT value, coalesce(e.name, value) AS name, coalesce(c.articles, 0) AS articles, "
        "picked.value IS NOT NULL AS chosen "
        f"FROM counted c FULL JOIN picked USING (value) LEFT JOIN {known} e ON e.entity_id = value), "
        "ranked AS (SELECT *, row_number() OVER (PARTITION BY chosen ORDER BY articles DESC, name, value) AS place "
        "FROM named "
        "WHERE chosen OR $search = '' OR contains(strip_accents(lower(name)), strip_accents(lower($search)))) "
        f"SELECT value, name, articles FROM ranked WHERE chosen OR place <= {int(limit)} "
        "ORDER BY articles DESC, name, value",
        parameters | {"picked": picked, "search": search.strip()},
    )


# A story is called by the headline, else the first words, of its earliest article.
STORY_NAMES: Final = (
    "SELECT story_id AS entity_id, arg_min(coalesce(nullif(title, ''), opening), "
    "(coalesce(published_from, DATE '9999-12-31'), article_id)) AS name FROM headers WHERE story_id <> '' "
    "GROUP BY story_id"
)


def _voices(where: str) -> str:
    sums = " UNION ALL ".join(
        f"SELECT '{voice}' AS value, count(*) FILTER (words_{voice} > 0) AS articles FROM m" for voice in COUNTED_VOICES
    )
    return f"WITH m AS (SELECT * FROM headers a WHERE {where}) SELECT * FROM ({sums}) WHERE articles > 0"


def _columns(column: str, where: str) -> str:
    return (
        f"SELECT a.{column} AS value, count(*) AS articles FROM headers a "
        f"WHERE {where} AND a.{column} <> '' GROUP BY a.{column}"
    )


def _present(label: str, matching: str) -> str:
    if label != "JURISDICTION":
        return (
            f"SELECT e.entity_id AS value, n.articles FROM (SELECT p.entity_no, count(*) AS articles FROM present p "
            f"WHERE p.label = '{label}' AND {matching} GROUP BY p.entity_no) n JOIN entities e USING (entity_no)"
        )
    return (
        "SELECT w.entity_id AS value, count(DISTINCT p.article_no) AS articles "
        "FROM present p JOIN lineage l USING (entity_no) "
        f"JOIN (SELECT entity_no, entity_id FROM entities WHERE label = '{label}') w ON w.entity_no = l.within_no "
        f"WHERE {matching} GROUP BY w.entity_id"
    )


def names(store: Store, values: Iterable[str]) -> dict[str, str]:
    """Names of entities and stories by id; ids that are not in the corpus stand for themselves."""
    asked = sorted(set(values))
    rows = store.rows_of(
        f"SELECT entity_id, name FROM (SELECT entity_id, name FROM entities UNION ALL {STORY_NAMES}) "
        "WHERE entity_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))",
        {"ids": asked},
    )
    return {value: value for value in asked} | dict(rows)


ENTITY_SORTS: Final = ("articles", "mentions", *COUNTED_VOICES, "quoted_words", "cited", "name", "kind", "state")


def entities(
    store: Store,
    chosen: Filter,
    label: str,
    search: str = "",
    sort: str = "articles",
    limit: int | None = None,
    offset: int = 0,
    descending: bool | None = None,
) -> pd.DataFrame:
    """Entities of one label in the matching articles.

    Columns: entity_id, name, kind, state, fips, aliases, articles, mentions (in the voices the filter leaves, pronouns
    left out), narration, quote, headline, caption (mentions in each voice), quoted_words (words it is quoted with),
    cited (mentions of an outlet as a source). ``search`` is a part of the name or of an alias.
    """
    matching = in_matching(store, chosen, "p.article_no")
    names_first = sort in {"name", "kind", "state"}
    order = order_sql(
        sort,
        ENTITY_SORTS,
        descending=not names_first if descending is None else descending,
        then="articles DESC, name, entity_id",
    )
    left = [f"CAST(sum(p.{voice}) AS INTEGER)" if _kept(chosen, voice) else "0" for voice in COUNTED_VOICES]
    voices = ", ".join(f"{sql} AS {voice}" for sql, voice in zip(left, COUNTED_VOICES, strict=True))
    there = f"{voice_sum(chosen, 'p.')} > 0" if chosen.voices else "true"
    return store.query(
        f"WITH found AS (SELECT p.entity_no, CAST(count(*) AS INTEGER) AS articles, "
        f"CAST(sum({voice_sum(chosen, 'p.')}) AS INTEGER) AS mentions, {voices}, "
        "CAST(sum(p.quoted_words) AS INTEGER) AS quoted_words, CAST(sum(p.cited) AS INTEGER) AS cited "
        f"FROM present p WHERE p.label = $label AND {matching.sql} AND {there} GROUP BY p.entity_no) "
        "SELECT e.entity_id, e.name, e.kind, e.state, e.fips, e.aliases, f.articles, f.mentions, f.narration, "
        "f.quote, f.headline, f.caption, f.quoted_words, f.cited FROM found f JOIN entities e USING (entity_no) "
        "WHERE $search = '' "
        "OR contains(strip_accents(lower(e.name || chr(10) || array_to_string(e.aliases, chr(10)))), "
        f"strip_accents(lower($search))) {order}{page_sql(limit, offset)}",
        matching.parameters | {"label": label, "search": search.strip()},
    )


def _kept(chosen: Filter, voice: str) -> bool:
    return not chosen.voices or voice in chosen.voices


def states(store: Store, chosen: Filter) -> pd.DataFrame:
    """States named in the matching articles, their counties, cities and bodies counted toward them.

    Columns: entity_id, name, state (two letters), articles. Most articles first.
    """
    matching = in_matching(store, chosen, "p.article_no")
    there = f"{voice_sum(chosen, 'p.')} > 0" if chosen.voices else "true"
    return store.query(
        "SELECT e.entity_id, e.name, e.state, CAST(count(DISTINCT p.article_no) AS INTEGER) AS articles "
        "FROM present p JOIN lineage l USING (entity_no) JOIN entities e ON e.entity_no = l.within_no "
        f"WHERE e.label = 'JURISDICTION' AND e.kind = 'state' AND {matching.sql} AND {there} "
        "GROUP BY ALL ORDER BY articles DESC, e.name, e.entity_id",
        matching.parameters,
    )


def portrayals(
    store: Store, chosen: Filter, entity_ids: Iterable[str], group: str = "source", with_text: bool = True
) -> pd.DataFrame:
    """How the sentences of the matching articles speak of some entities, a row a mention.

    Columns: group, voice, article_id, source, published, sentence, start, end, text, sentiment, p_negative, p_neutral,
    p_positive, entity_id, speaker_id. What somebody says himself is left out: it is not how he is
    described. Without ``with_text`` there is no column text, and the answer comes sooner.
    """
    # Whom the filter names chooses articles here; whose portrayals are asked for is said by entity_ids.
    voices = Filter(voices=chosen.voices).rows_where("portrayals")
    matching = in_matching(store, chosen, "r.article_id")
    found = store.query(
        f'SELECT {group_sql(group)} AS "group", r.voice, r.article_id, a.source, a.published, r.sentence, r.start, '
        'r."end", r.sentiment, r.p_negative, r.p_neutral, r.p_positive, r.entity_id, r.speaker_id '
        "FROM portrayals r JOIN headers a USING (article_id) "
        "WHERE r.entity_id IN (SELECT unnest(CAST($asked AS VARCHAR[]))) AND r.voice <> 'furniture' "
        "AND NOT (r.voice = 'quote' AND coalesce(r.speaker_id, '') = r.entity_id) "
        f'AND {matching.sql} AND {voices.sql} ORDER BY "group", a.published_from, r.article_id, r.mention, r.entity_id',
        matching.parameters | voices.parameters | {"asked": sorted(set(entity_ids))},
    )
    if with_text:
        found.insert(8, "text", slices(store, found))
    return found
