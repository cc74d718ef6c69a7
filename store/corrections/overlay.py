"""Corrections laid over a snapshot that is being opened: views of the same names, with the corrected rows in them.

Only rows that change are kept in memory. The tables on the disk stay as they were built, under ``base_`` names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.corrections import recount
from store.corrections.effect import GONE
from store.corrections.log import days
from store.schema import SORT_KEYS, TABLES
from store.snapshot.delta_tables import ARTICLE_COPIES
from store.snapshot.views import RENAMED
from store.terms import in_office, terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.corrections.effect import Effect
    from store.snapshot.kept import InMemory

# Tables with rows of entities or speakers; the last key of each numbers its rows within an article.
_FOLLOWING: Final = tuple(
    name
    for name, schema in TABLES.items()
    if "article_id" in schema.names and {"entity_id", "speaker_id"} & set(schema.names)
)
# Where such a table holds a name, and whose.
_NAMES: Final = {
    "mentions": ("name", "entity_id"),
    **{name: ("speaker", "speaker_id") for name in _FOLLOWING if "speaker" in TABLES[name].names},
}
SHADOWED: Final = (*_FOLLOWING, *ARTICLE_COPIES, *recount.DERIVED, "articles", "entities", "article_entities")
# Types of columns.
TEXT, INT, DATE, FLAG = "VARCHAR", "INTEGER", "DATE", "BOOLEAN"
_SURFACE: Final = "trim(regexp_replace({}, '\\s+', ' ', 'g'))"


def apply(maker: InMemory, effect: Effect) -> None:
    """Put corrected views in the place of those in ``SHADOWED``, which are called ``base_…`` from now on."""
    for name in SHADOWED:
        maker.execute(f'ALTER VIEW "{RENAMED.get(name, name)}" RENAME TO "base_{name}"')
    _facts(maker, effect)
    maker.execute(_NAMED)
    maker.execute(_TOUCHED)
    if effect.moves:
        for statement in (_FIX_MENTIONS, _FIX_QUOTES, _FIX_ADDRESSEES, _FIXED):
            maker.execute(statement)
        for name in _FOLLOWING:
            if name not in {"mentions", "quotes"}:
                maker.execute(_fix(name))
    for shown, name in {**{name: name for name in _FOLLOWING}, **ARTICLE_COPIES}.items():
        maker.execute(f"CREATE VIEW {shown} AS {laid_over(name, f'base_{shown}', effect)}")
    maker.execute(_ARTICLES)
    recount.apply(maker, effect)


def laid_over(name: str, source: str, effect: Effect) -> str:
    """SQL of the rows of a table as corrected, of ``source``: a relation with rows of it as they were built."""
    if name not in _FOLLOWING:
        return f"SELECT * FROM {source}"
    return _corrected(name, source) if effect.moves else _renamed(name, source)


def _table(maker: InMemory, table: str, rows: Sequence[tuple[object, ...]], /, **columns: str) -> None:
    """Make a table of rows that are at hand; ``columns`` gives the SQL type of each."""
    # Lists, and no Arrow table: that would load pandas, which takes longer than all else here.
    values = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in columns]
    selected = ", ".join(f'unnest(CAST(? AS {kind}[])) AS "{name}"' for name, kind in columns.items())
    maker.execute(f"CREATE TABLE {table} AS SELECT {selected}", values)


def _facts(maker: InMemory, effect: Effect) -> None:
    """What the corrections come to, as small tables."""
    _table(maker, "c_moved", list(effect.moved.items()), entity_id=TEXT, now=TEXT)
    _table(maker, "c_given", list(effect.names.items()), entity_id=TEXT, name=TEXT)
    _table(maker, "c_new", list(effect.new_names.items()), entity_id=TEXT, name=TEXT)
    splits = [
        (number, split.entity, split.article, " ".join(split.surface.split()) if split.surface else None, split.to)
        for number, split in enumerate(effect.splits)
    ]
    _table(maker, "c_split", splits, n=INT, entity_id=TEXT, article_id=TEXT, surface=TEXT, now=TEXT)
    spots = [(*span, now) for span, now in effect.mentions.items()]
    _table(maker, "c_mention", spots, article_id=TEXT, start=INT, end=INT, now=TEXT)
    quotes = [(*span, *(said or (GONE, "")), said is None) for span, said in effect.speakers.items()]
    _table(maker, "c_quote", quotes, article_id=TEXT, start=INT, end=INT, now=TEXT, speaker=TEXT, gone=FLAG)
    _table(maker, "c_source", list(effect.sources.items()), article_id=TEXT, source=TEXT)
    dated = []
    for article_id, published in effect.dates.items():
        first, last = days(published)
        term = in_office(first, last)
        dated.append((article_id, published, first, last, term.entity_id if term else ""))
    columns = {"published": TEXT, "published_from": DATE, "published_to": DATE, "administration": TEXT}
    _table(maker, "c_date", dated, article_id=TEXT, **columns)
    in_power = [(term.entity_id, term.name) for term in terms() if term.entity_id in {row[-1] for row in dated}]
    _table(maker, "c_office", in_power, entity_id=TEXT, name=TEXT)


# The one name of every entity a correction names or brings in.
_NAMED: Final = """
CREATE TABLE c_name AS
WITH asked AS (
    SELECT entity_id FROM c_given UNION SELECT entity_id FROM c_new UNION SELECT now FROM c_moved
    UNION SELECT now FROM c_split UNION SELECT now FROM c_mention UNION SELECT now FROM c_quote
)
SELECT a.entity_id, coalesce(g.name, e.name, n.name,
       replace(regexp_replace(a.entity_id, '^[^:]*:', ''), '-', ' ')) AS name, g.name IS NOT NULL AS given
FROM asked a LEFT JOIN c_given g USING (entity_id) LEFT JOIN c_new n USING (entity_id)
LEFT JOIN base_entities e USING (entity_id) WHERE a.entity_id <> ''
"""
# Entities whose mentions, quotes or names can change.
_TOUCHED: Final = """
CREATE TABLE c_touched AS
SELECT entity_id FROM c_moved UNION SELECT entity_id FROM c_split UNION SELECT entity_id FROM c_given
UNION SELECT entity_id FROM c_name
UNION SELECT m.entity_id FROM base_mentions m JOIN c_mention c
      ON m.article_id = c.article_id AND m.start = c.start AND m."end" = c."end"
UNION SELECT q.speaker_id FROM base_quotes q JOIN c_quote c
      ON q.article_id = c.article_id AND q.start = c.start AND q."end" = c."end" WHERE q.speaker_id <> ''
"""
# A correction of one mention outdoes one of some mentions, and that one of all. ``now`` is empty for what is gone.
_FIX_MENTIONS: Final = f"""
CREATE TABLE fix_mentions AS
WITH asked AS (
    SELECT m.article_id, m.mention, m.start, m."end", m.entity_id, s.n,
           coalesce(c.now, s.now, v.now, m.entity_id) AS now
    FROM base_mentions m
    LEFT JOIN c_mention c ON c.article_id = m.article_id AND c.start = m.start AND c."end" = m."end"
    LEFT JOIN c_split s ON s.entity_id = m.entity_id AND coalesce(s.article_id, m.article_id) = m.article_id
         AND coalesce(s.surface, {_SURFACE.format("m.surface")}) = {_SURFACE.format("m.surface")}
    LEFT JOIN c_moved v ON v.entity_id = m.entity_id
    WHERE m.entity_id IN (SELECT entity_id FROM c_touched)
    QUALIFY row_number() OVER (PARTITION BY m.article_id, m.mention ORDER BY s.n DESC NULLS LAST) = 1
)
SELECT a.article_id, a.mention, a.start, a."end", a.entity_id AS was, a.now, n.name FROM asked a
LEFT JOIN c_name n ON n.entity_id = a.now WHERE a.now <> a.entity_id OR n.given
"""
# Who speaks follows the words that name him, unless the correction is of the quote itself: then of all its fragments.
_FIX_QUOTES: Final = f"""
CREATE TABLE fix_quotes AS
WITH said AS (
    SELECT q.article_id, q.attribution, arg_max(c.now, c.gone) AS now, arg_max(c.speaker, c.gone) AS speaker,
           bool_or(c.gone) AS gone
    FROM base_quotes q JOIN c_quote c ON q.article_id = c.article_id AND q.start = c.start AND q."end" = c."end"
    GROUP BY ALL
), asked AS (
    SELECT q.article_id, q.quote, q.start, q."end", coalesce(q.speaker_id, '') AS was,
           coalesce(a.now, f.now, s.now, v.now, q.speaker_id, '') AS now,
           coalesce(a.gone, false) AS gone,
           CASE WHEN a.now IS NOT NULL THEN a.speaker ELSE coalesce(q.speaker_text, '') END AS words,
           a.now IS NOT NULL AS asked
    FROM base_quotes q
    LEFT JOIN said a ON a.article_id = q.article_id AND a.attribution = q.attribution
    LEFT JOIN fix_mentions f
         ON f.article_id = q.article_id AND f.was = q.speaker_id
         AND f.start < q.speaker_end AND f."end" > q.speaker_start
    LEFT JOIN c_split s ON s.entity_id = q.speaker_id AND coalesce(s.article_id, q.article_id) = q.article_id
         AND coalesce(s.surface, {_SURFACE.format("q.speaker_text")}) = {_SURFACE.format("q.speaker_text")}
    LEFT JOIN c_moved v ON v.entity_id = q.speaker_id
    WHERE q.speaker_id IN (SELECT entity_id FROM c_touched)
       OR q.article_id IN (SELECT article_id FROM c_quote)
    QUALIFY row_number() OVER (PARTITION BY q.article_id, q.quote ORDER BY f.now NULLS LAST, s.n DESC NULLS LAST) = 1
)
SELECT a.article_id, a.quote, a.start, a."end", a.was, a.now, a.gone, coalesce(n.name, a.words) AS name
FROM asked a LEFT JOIN c_name n ON n.entity_id = a.now
WHERE a.now <> a.was OR a.gone OR a.asked OR n.given
"""


# Who is spoken to follows the words that name him.
_FIX_ADDRESSEES: Final = """
CREATE TABLE fix_addressees AS
SELECT q.article_id, q.quote, coalesce(min(x.now), min(v.now)) AS now
FROM base_quotes q
LEFT JOIN base_mentions m ON m.article_id = q.article_id AND m.entity_id = q.addressee_id
     AND m.start < q.addressee_end AND m."end" > q.addressee_start
LEFT JOIN fix_mentions x ON x.article_id = m.article_id AND x.mention = m.mention
LEFT JOIN c_moved v ON v.entity_id = q.addressee_id
WHERE q.addressee_id IN (SELECT entity_id FROM c_touched) GROUP BY ALL
"""


# Articles in which a mention or a quote is another's, or is called otherwise: no row of another article changes.
_FIXED: Final = """
CREATE TABLE c_fixed AS
SELECT article_id FROM fix_mentions WHERE now <> was UNION SELECT article_id FROM fix_quotes
"""
_OTHERS: Final = "(SELECT * FROM {} WHERE now <> was)"


def _fix(name: str) -> str:
    """Rows of a table that follow a mention or a quote, with what becomes of them.

    Where a table has no names, a mention or a quote that is only called otherwise changes nothing in it.
    """
    columns, number = TABLES[name].names, SORT_KEYS[name][-1]
    joins, now, gone = [], "NULL", "false"
    if "mention" in columns:
        others = _OTHERS.format("fix_mentions")
        joins.append(f"LEFT JOIN {others} m ON m.article_id = t.article_id AND m.mention = t.mention")
        now, gone = "m.now", f"coalesce(m.now = '{GONE}', false)"
    speaks = "speaker_id" in columns
    if speaks:
        joins.append(_quoted_in(name, "fix_quotes" if "speaker" in columns else _OTHERS.format("fix_quotes")))
    by_article = {original: copy for copy, original in ARTICLE_COPIES.items()}
    return f"""
    CREATE TABLE fix_{name} AS
    SELECT t.article_id, t."{number}", {now} AS now, {gone} AS gone,
           {"q.now" if speaks else "NULL"} AS speaker, {"q.name" if speaks else "NULL"} AS speaker_name
    FROM base_{by_article.get(name, name)} t SEMI JOIN c_fixed USING (article_id) {" ".join(joins)}
    WHERE {now} IS NOT NULL{" OR q.now IS NOT NULL" if speaks else ""}
    QUALIFY row_number() OVER (PARTITION BY t.article_id, t."{number}" ORDER BY {'q."end"' if speaks else "1"}) = 1
    """


def _quoted_in(name: str, quotes: str) -> str:
    """The corrected quote the words of a row lie in; sentences rated toward somebody go by the mention in them."""
    if name == "portrayals":
        return (
            "LEFT JOIN (SELECT * FROM base_article_mentions SEMI JOIN c_fixed USING (article_id)) b "
            "ON b.article_id = t.article_id AND b.mention = t.mention "
            f"LEFT JOIN {quotes} q ON q.article_id = t.article_id AND t.voice IN ('quote', 'reported') "
            'AND b.start >= q.start AND b."end" <= q."end"'
        )
    voice = "true" if name == "passages" else "t.voice IN ('quote', 'reported')"
    return (
        f"LEFT JOIN {quotes} q ON q.article_id = t.article_id AND {voice} "
        """AND coalesce(t.speaker_id, '') = q.was AND t.start >= q.start AND t."end" <= q."end\""""
    )


def _renamed(name: str, source: str) -> str:
    """Rows of a table where corrections give names and move nothing."""
    if name not in _NAMES:
        return f"SELECT * FROM {source}"
    called, whose = _NAMES[name]
    return (
        f"SELECT t.* REPLACE (coalesce(g.name, t.{called}) AS {called}) FROM {source} t "
        f"LEFT JOIN c_given g ON g.entity_id = t.{whose}"
    )


def _corrected(name: str, source: str) -> str:
    """Rows of a table where corrections move some."""
    columns, number = TABLES[name].names, SORT_KEYS[name][-1]
    new = {}
    if name == "quotes":
        new = {"speaker_id": "coalesce(f.now, t.speaker_id)", "speaker": "coalesce(f.name, t.speaker)"}
        new["speaker_ids"] = (
            "CASE WHEN len(t.speaker_ids) > 1 THEN list_transform(t.speaker_ids, lambda x: coalesce(v.now[x], x)) "
            "WHEN coalesce(f.now, t.speaker_id, '') = '' THEN t.speaker_ids ELSE [coalesce(f.now, t.speaker_id)] END"
        )
        new["addressee_id"] = "coalesce(d.now, t.addressee_id)"
        new["resolution"] = "CASE WHEN f.now <> f.was THEN 'corrected' ELSE t.resolution END"
        new["confidence"] = "CASE WHEN f.now <> f.was THEN CAST(1 AS REAL) ELSE t.confidence END"
    else:
        if "entity_id" in columns:
            new["entity_id"] = "coalesce(f.now, t.entity_id)"
        if name == "mentions":
            new["name"] = "coalesce(f.name, t.name)"
        if "speaker_id" in columns:
            new["speaker_id"] = _SPEAKER_NOW.format("f.speaker") if name != "mentions" else _SPEAKER_NOW.format("s.now")
        if "speaker" in columns:
            new["speaker"] = "coalesce(f.speaker_name, t.speaker)"
    replaced = ", ".join(f'{sql} AS "{column}"' for column, sql in new.items())
    more = ""
    if name == "mentions":
        speakers = _SPEAKERS_OF_MENTIONS.format(source)
        more = f"LEFT JOIN ({speakers}) s ON s.article_id = t.article_id AND s.mention = t.mention"
    if name == "quotes":
        more = "LEFT JOIN fix_addressees d ON d.article_id = t.article_id AND d.quote = t.quote "
        more += "CROSS JOIN (SELECT map(list(entity_id), list(now)) AS now FROM c_moved) v"
    gone = {"mentions": "f.now = ''", "quotes": "f.gone"}.get(name, "f.gone")
    return f"""
    SELECT t.* REPLACE ({replaced}) FROM {source} t
    LEFT JOIN fix_{name} f ON f.article_id = t.article_id AND f."{number}" = t."{number}" {more}
    WHERE NOT coalesce({gone}, false)
    """


_SPEAKER_NOW: Final = "coalesce({}, t.speaker_id)"
_SPEAKERS_OF_MENTIONS: Final = """
SELECT m.article_id, m.mention, min(q.now) AS now FROM {} m JOIN fix_quotes q
ON q.article_id = m.article_id AND m.voice IN ('quote', 'reported')
   AND m.start >= q.start AND m."end" <= q."end" GROUP BY ALL
"""
_ARTICLES: Final = """
CREATE VIEW articles AS
SELECT a.* REPLACE (
    coalesce(s.source, a.source) AS source, coalesce(d.published, a.published) AS published,
    coalesce(d.published_from, a.published_from) AS published_from,
    coalesce(d.published_to, a.published_to) AS published_to,
    CASE WHEN d.published IS NULL THEN a.date_precision ELSE 'stated' END AS date_precision,
    CASE WHEN d.published IS NULL THEN a.date_evidence ELSE 'a correction' END AS date_evidence,
    CASE WHEN d.published IS NULL THEN a.administration ELSE d.administration END AS administration
) FROM base_articles a LEFT JOIN c_source s USING (article_id) LEFT JOIN c_date d USING (article_id)
"""
