"""What can be drawn for a check: every item of a kind under a filter, as SQL over the store.

Each frame gives a row an item with the columns of :data:`COLUMNS`. ``class`` is the machine's answer as short text, and
``sure`` how sure the machine is of it, in words: what strata are made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from store.queries.conditions import TONE, rows_of
from store.snapshot.derived_tables import SAID_IS

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.filter import Clause, Filter
    from store.reader import Store

COLUMNS: Final = (
    "article_id", "start", "end", "voice", "words", "class", "name", "mark_start", "mark_end", "sure", "other",
    "other_start", "other_end",
)  # fmt: skip
# The likeness from which nine in ten pairs of passages tell the same; what is less alike is a perhaps.
_SURE_FACT: Final = 0.9
_FEWEST_WORDS: Final = 5
# One of the two is only the nearest passage to what the other tells: no match was found there.
_NEAR: Final = "(r.told = 'near' OR o.told = 'near')"
# What every page shows: a check answers for that, and not for what is merely more probable than not.
_SHOWN: Final = f"({TONE.format('r.')})"
_SURE_NEUTRAL: Final = 0.8
_NO_OTHER: Final = "'' AS other, NULL AS other_start, NULL AS other_end"
_SURE: Final = (
    "CASE WHEN r.confidence >= 0.85 THEN 'sure' WHEN r.confidence >= 0.6 THEN 'likely' ELSE 'not sure' END AS sure"
)


class Frame(NamedTuple):
    """A kind of item: what one is called, and its rows."""

    one: str
    many: str
    sql: Callable[[Store, Filter], Clause]


def _clause(where: Clause, sql: str) -> Clause:
    return where._replace(sql=sql.format(where=where.sql))


def _quotes(store: Store, chosen: Filter) -> Clause:
    return _clause(
        rows_of(store, chosen, "quotes"),
        "SELECT r.article_id, r.start, r.\"end\", CASE WHEN r.kind = 'indirect' THEN 'reported' ELSE 'quote' END "
        "AS voice, r.words, coalesce(r.speaker_id, '') AS class, coalesce(e.name, r.speaker, '') AS name, "
        "NULL AS mark_start, NULL AS mark_end, "
        f"{_SURE}, {_NO_OTHER} FROM quotes r LEFT JOIN entities e ON e.entity_id = r.speaker_id "
        f"WHERE r.kind <> 'term' AND {SAID_IS.format('r.')} AND {{where}}",
    )


def _mentions(*labels: str) -> Callable[[Store, Filter], Clause]:
    listed = ", ".join(f"'{label}'" for label in labels)

    def sql(store: Store, chosen: Filter) -> Clause:
        return _clause(
            rows_of(store, chosen, "mentions"),
            "SELECT r.article_id, r.start, r.\"end\", coalesce(r.voice, '') AS voice, 1 AS words, "
            "r.entity_id AS class, coalesce(e.name, r.name, '') AS name, NULL AS mark_start, NULL AS mark_end, "
            f"{_SURE}, {_NO_OTHER} FROM mentions r LEFT JOIN entities e USING (entity_id) "
            f"WHERE r.label IN ({listed}) AND r.voice <> 'furniture' AND {{where}}",
        )

    return sql


def _portrayals(store: Store, chosen: Filter) -> Clause:
    return _clause(
        rows_of(store, chosen, "portrayals"),
        "SELECT r.article_id, r.start, r.\"end\", coalesce(r.voice, '') AS voice, 1 AS words, "
        f"CASE {_SHOWN} WHEN -1 THEN 'negative' WHEN 1 THEN 'positive' ELSE 'neutral' END AS class, "
        "coalesce(e.name, m.name, '') AS name, m.start AS mark_start, m.\"end\" AS mark_end, "
        f"CASE WHEN r.p_neutral >= {_SURE_NEUTRAL} OR {_SHOWN} <> 0 THEN 'sure' ELSE 'not sure' END AS sure, "
        f'{_NO_OTHER} FROM portrayals r JOIN (SELECT article_id, mention, start, "end", name FROM mentions) m '
        "ON m.article_id = r.article_id AND m.mention = r.mention LEFT JOIN entities e ON e.entity_id = r.entity_id "
        "WHERE r.voice <> 'furniture' AND {where}",
    )


def _facts(store: Store, chosen: Filter) -> Clause:
    return _clause(
        rows_of(store, chosen, "stories"),
        "SELECT r.article_id, r.start, r.\"end\", coalesce(r.voice, '') AS voice, 1 AS words, "
        f"CASE WHEN {_NEAR} THEN 'different' WHEN 'part' IN (r.told, o.told) THEN 'part' ELSE 'same' END AS class, "
        "r.shared AS name, "
        "NULL AS mark_start, NULL AS mark_end, "
        f"CASE WHEN {_NEAR} THEN 'no match' WHEN least(r.likeness, o.likeness) >= {_SURE_FACT} THEN 'told' "
        "ELSE 'perhaps' END AS sure, "
        'o.article_id AS other, o.start AS other_start, o."end" AS other_end '
        "FROM stories r JOIN stories o ON o.story_id = r.story_id AND o.fact = r.fact AND o.article_id > r.article_id "
        "JOIN headers ra ON ra.article_id = r.article_id JOIN headers oa ON oa.article_id = o.article_id "
        "WHERE ra.source <> oa.source AND NOT (r.told = 'near' AND o.told = 'near') AND {where} "
        'QUALIFY row_number() OVER (PARTITION BY r.article_id, r.start, r."end", o.article_id '
        f"ORDER BY {_NEAR}, o.likeness DESC, o.start) = 1",
    )


def _missed(store: Store, chosen: Filter) -> Clause:
    return _clause(
        rows_of(store, chosen, "sentences"),
        "SELECT r.article_id, r.start, r.\"end\", coalesce(r.voice, '') AS voice, r.words, "
        "'nobody' AS class, '' AS name, NULL AS mark_start, NULL AS mark_end, 'nothing found' AS sure, "
        f"{_NO_OTHER} FROM sentences r WHERE r.voice IN ('narration', 'headline') AND r.words >= {_FEWEST_WORDS} "
        "AND NOT EXISTS (SELECT 1 FROM quotes q WHERE q.article_id = r.article_id "
        f"AND {SAID_IS.format('q.')} AND q.kind <> 'term' "
        'AND q.start < r."end" AND q."end" > r.start) AND {where}',
    )


FRAMES: Final[dict[str, Frame]] = {
    "quotes": Frame("passage reported or quoted", "passages reported or quoted", _quotes),
    "people": Frame(
        "name of a person or organisation", "names of people and organisations", _mentions("PERSON", "ORG")
    ),
    "places": Frame("name of a place", "names of places", _mentions("JURISDICTION")),
    "portrayals": Frame("portrayal", "portrayals", _portrayals),
    "facts": Frame("pair of passages", "pairs of passages of two outlets", _facts),
    "missed": Frame("passage without a quote", "passages in which nobody was found to speak", _missed),
}
