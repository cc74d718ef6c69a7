"""Questions about people, organisations, places and administrations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from store.filter import DIMENSIONS, Filter
from store.numbers import counted
from store.queries.conditions import (
    TONE,
    group_sql,
    headers_where,
    order_sql,
    page_sql,
)
from store.queries.finding import WORTH, fit
from store.queries.texts import slices
from store.schema import COUNTED_VOICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

    from store.numbers import Sums
    from store.reader import Store


def facet(store: Store, chosen: Filter, dimension: str, search: str = "", limit: int = 500) -> pd.DataFrame:
    """Values of a dimension with the articles that have them, under the filter's other dimensions.

    ``dimension`` is a field of the filter, ``search`` what somebody typed of a name. Columns: value, name (places of
    one name told apart), articles, kind, state and aliases (empty where there are none). Best fit first, then most
    articles, then by name; chosen values are always among them, with 0 articles where that is so. A place counts toward
    all it lies in, and so does a body of it such as its police.
    """
    wanted = DIMENSIONS[dimension]
    given: dict[str, pa.Table] = {}
    parameters: dict[str, object] = {}
    if wanted.label:
        counted_sql = _counted_entities(store, chosen, dimension, given)
    else:
        where = headers_where(store, chosen, without=dimension)
        parameters |= where.parameters
        in_columns = {"voices": _voices, "own": _own}.get(dimension)
        counted_sql = in_columns(where.sql) if in_columns else _columns(wanted.column, where.sql)
    picked = list(getattr(chosen, dimension))
    names_table = "story_names" if dimension == "stories" else f"({_CALLED})"
    fits = fit(search, "name", "aliases")
    return store.query(
        f"WITH counted AS ({counted_sql}), picked AS (SELECT unnest(CAST($picked AS VARCHAR[])) AS value), "
        "named AS (SELECT value, coalesce(e.name, value) AS name, coalesce(c.articles, 0) AS articles, "
        "picked.value IS NOT NULL AS chosen, coalesce(e.kind, '') AS kind, coalesce(e.state, '') AS state, "
        "coalesce(e.aliases, CAST([] AS VARCHAR[])) AS aliases "
        f"FROM counted c FULL JOIN picked USING (value) LEFT JOIN {names_table} e ON e.entity_id = value), "
        f"fitting AS (SELECT *, {fits.sql} AS fit FROM named), "
        f"kept AS (SELECT *, {WORTH} AS found FROM fitting), "
        "ranked AS (SELECT *, row_number() OVER (PARTITION BY chosen ORDER BY fit, articles DESC, name, value) AS "
        "place FROM kept WHERE chosen OR found) "
        "SELECT value, name, articles, kind, state, aliases FROM ranked "
        f"WHERE chosen OR place <= {int(limit)} ORDER BY fit NULLS LAST, articles DESC, name, value",
        parameters | fits.parameters | {"picked": picked},
        given,
    )


_CALLED: Final = "SELECT entity_id, called AS name, kind, state, aliases FROM entities"


def known_names(store: Store, labels: Sequence[str], search: str = "", limit: int = 8) -> pd.DataFrame:
    """Entities of the whole corpus that somebody can mean who types ``search``, best fit first, then most articles.

    Columns: value, name (places of one name told apart), label, articles, kind, state, aliases.
    """
    fits = fit(search, "name", "aliases")
    return store.query(
        "WITH fitting AS (SELECT entity_id AS value, called AS name, label, articles, kind, state, aliases, "
        f"{fits.sql} AS fit FROM entities WHERE list_contains(CAST($labels AS VARCHAR[]), label) AND articles > 0) "
        f"SELECT * EXCLUDE (fit) FROM (SELECT * FROM fitting QUALIFY {WORTH}) "
        f"ORDER BY fit, articles DESC, name, value LIMIT {int(limit)}",
        fits.parameters | {"labels": list(labels)},
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


# A column with more values than this tells articles apart, and no groups of them.
MOST_VALUES: Final = 60


def outlets(store: Store) -> dict[str, int]:
    """Every outlet of the corpus with how many articles it has, most first."""
    rows = store.rows_of("SELECT source, count(*) FROM headers GROUP BY 1 ORDER BY 2 DESC, 1")
    return {str(name): int(articles) for name, articles in rows}


def own_columns(store: Store) -> tuple[str, ...]:
    """Columns of the user's files that part the articles into groups: of two values at least, and not too many."""
    rows = store.rows_of(
        "SELECT split_part(value, ':', 1) FROM (SELECT DISTINCT unnest(own) AS value FROM headers) "
        f"GROUP BY 1 HAVING count(*) BETWEEN 2 AND {MOST_VALUES} ORDER BY 1"
    )
    return tuple(str(row[0]) for row in rows)


def _own(where: str) -> str:
    """Values of the columns that users brought; those of names, addresses and the like are left out."""
    return (
        f"WITH m AS (SELECT unnest(a.own) AS value FROM headers a WHERE {where}), "
        "told AS (SELECT split_part(value, ':', 1) AS name FROM (SELECT DISTINCT unnest(own) AS value FROM headers) "
        f"GROUP BY 1 HAVING count(*) <= {MOST_VALUES}) "
        "SELECT value, count(*) AS articles FROM m WHERE split_part(value, ':', 1) IN (SELECT name FROM told) "
        "GROUP BY value"
    )


def _counted_entities(store: Store, chosen: Filter, dimension: str, given: dict[str, pa.Table]) -> str:
    """SQL of how many articles name each entity of a dimension; the table it asks is put into ``given``."""
    label, mask = DIMENSIONS[dimension].label, store.numbers.mask(chosen, without=dimension)
    if mask is None and label != "JURISDICTION":
        # Counted when the corpus was built.
        return f"SELECT entity_id AS value, articles FROM entities WHERE label = '{label}' AND articles > 0"
    rows = store.numbers.placed() if label == "JURISDICTION" else store.numbers.present(label)
    found = rows.chosen(mask)
    given["numbered"] = counted(entity_no=found.keys, articles=found.counts)
    return (
        "SELECT e.entity_id AS value, CAST(n.articles AS BIGINT) AS articles "
        "FROM numbered n JOIN entities e USING (entity_no)"
    )


def names(store: Store, values: Iterable[str]) -> dict[str, str]:
    """Names of entities and stories by id, places of one name told apart; ids not in the corpus name themselves."""
    ids = sorted(set(values))
    stories = " UNION ALL SELECT entity_id, name FROM story_names" if any(map(_is_story, ids)) else ""
    rows = store.rows_of(
        f"SELECT entity_id, name FROM (SELECT entity_id, called AS name FROM entities{stories}) "
        "WHERE entity_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))",
        {"ids": ids},
    )
    return {value: value for value in ids} | dict(rows)


def _is_story(value: str) -> bool:
    return value.startswith("story:")


ENTITY_SORTS: Final = (
    "articles",
    "mentions",
    *COUNTED_VOICES,
    "quoted_words",
    "reported_words",
    "cited",
    "name",
    "kind",
    "state",
)


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
    left out), narration, reported, quote, headline, caption (mentions in each voice), quoted_words (words it is quoted
    with), reported_words (words it is reported to say), cited (mentions of an outlet as a source). With ``search``,
    what somebody typed of a name, those called just so come first.
    """
    names_first = sort in {"name", "kind", "state"}
    falling = not names_first if descending is None else descending
    order = order_sql(sort, ENTITY_SORTS, descending=falling, then="articles DESC, name, entity_id")
    fits = fit(search, "e.name", "e.aliases")
    voices = [voice for voice in COUNTED_VOICES if not chosen.voices or voice in chosen.voices]
    found = store.numbers.present(label).chosen(store.numbers.mask(chosen), voices if chosen.voices else None)
    if limit is not None and falling and not (names_first or search):
        # Names tell only those apart that are equal: others than the first are not added up.
        values = _sum_of(found, sort, voices)
        if len(values) > offset + limit > 0:
            found = found.among(values >= np.partition(values, -offset - limit)[-offset - limit])
    sums = {name: _sum_of(found, name, voices) for name in _SUMS if name != "mentions"}
    sums["mentions"] = sum((sums[voice] for voice in voices), np.zeros(len(found.counts), dtype=np.int64))
    return store.query(
        f"WITH fitting AS (SELECT e.entity_id, e.name, e.kind, e.state, e.fips, e.aliases, f.* EXCLUDE (entity_no), "
        f"{fits.sql} AS fit FROM found f JOIN entities e USING (entity_no)) "
        f"SELECT * EXCLUDE (fit) FROM (SELECT * FROM fitting QUALIFY {WORTH}) "
        f"{order.replace('ORDER BY', 'ORDER BY fit > 0,', 1)}{page_sql(limit, offset)}",
        fits.parameters,
        {"found": counted(entity_no=found.keys, **sums)},
    )


def entity_count(store: Store, chosen: Filter, label: str, search: str = "") -> int:
    """How many rows :func:`entities` has, of whom a page shows some."""
    voices = [voice for voice in COUNTED_VOICES if voice in chosen.voices]
    found = store.numbers.present(label).chosen(store.numbers.mask(chosen), voices if chosen.voices else None)
    if not search:
        return len(found.keys)
    fits = fit(search, "e.name", "e.aliases")
    ((count,),) = store.query(
        f"WITH fitting AS (SELECT {fits.sql} AS fit FROM found f JOIN entities e USING (entity_no)), "
        f"fits AS (SELECT * FROM fitting QUALIFY {WORTH}) SELECT count(*) FROM fits",
        fits.parameters,
        {"found": counted(entity_no=found.keys)},
    ).itertuples(index=False)
    return int(count)


_SUMS: Final = ("articles", "mentions", *COUNTED_VOICES, "quoted_words", "reported_words", "cited")


def _sum_of(found: Sums, name: str, voices: Sequence[str]) -> NDArray[np.int64]:
    """What is counted of entities under ``name``; of mentions, those in some voices."""
    if name == "articles":
        return found.counts
    if name == "mentions":
        return sum((found.of(voice) for voice in voices), np.zeros(len(found.counts), dtype=np.int64))
    if name in COUNTED_VOICES and name not in voices:
        return np.zeros(len(found.counts), dtype=np.int64)
    return found.of(name)


def states(store: Store, chosen: Filter) -> pd.DataFrame:
    """States named in the matching articles, their counties, cities and bodies counted toward them.

    Columns: entity_id, name, state (two letters), articles. Most articles first.
    """
    voices = [voice for voice in COUNTED_VOICES if voice in chosen.voices]
    found = store.numbers.placed().chosen(store.numbers.mask(chosen), voices if chosen.voices else None)
    return store.query(
        "SELECT e.entity_id, e.name, e.state, c.articles FROM counted c JOIN entities e USING (entity_no) "
        "WHERE e.kind = 'state' ORDER BY c.articles DESC, e.name, e.entity_id",
        given={"counted": counted(entity_no=found.keys, articles=found.counts)},
    )


def portrayals(
    store: Store, chosen: Filter, entity_ids: Iterable[str], group: str = "source", with_text: bool = True
) -> pd.DataFrame:
    """How the sentences of the matching articles speak of some entities, a row a mention.

    Columns: group, voice, article_id, source, published, sentence, start, end, text, sentiment, p_negative, p_neutral,
    p_positive, entity_id, speaker_id, reports (its sentence also quotes or reports somebody). ``sentiment`` is what is
    shown: negative or positive only where that is sure (``TONE``). What somebody says himself, or is reported to
    say, is left out: it is not how he is described. Without ``with_text`` there are no columns text and reports, and
    the answer comes sooner.
    """
    # Whom the filter names chooses articles here; whose portrayals are asked for is said by entity_ids.
    voices = Filter(voices=chosen.voices).rows_where("portrayals")
    matching = headers_where(store, chosen)
    reports = (
        ", EXISTS (SELECT 1 FROM passages p WHERE p.article_id = r.article_id AND p.sentence = r.sentence "
        "AND p.voice IN ('quote', 'reported') AND p.attribution IS NOT NULL) AS reports"
    )
    frame = store.query(
        f'SELECT {group_sql(group)} AS "group", r.voice, r.article_id, a.source, a.published, r.sentence, r.start, '
        f'r."end", {TONE.format("r.")} AS sentiment, r.p_negative, r.p_neutral, r.p_positive, '
        f"r.entity_id, r.speaker_id{reports if with_text else ''} "
        "FROM portrayals r JOIN headers a USING (article_id) "
        "WHERE r.entity_id IN (SELECT unnest(CAST($asked AS VARCHAR[]))) AND r.voice <> 'furniture' "
        "AND NOT (r.voice IN ('quote', 'reported') AND coalesce(r.speaker_id, '') = r.entity_id) "
        f'AND {matching.sql} AND {voices.sql} ORDER BY "group", a.published_from, r.article_id, r.mention, r.entity_id',
        matching.parameters | voices.parameters | {"asked": sorted(set(entity_ids))},
    )
    if with_text:
        frame.insert(8, "text", slices(store, frame))
    return frame
