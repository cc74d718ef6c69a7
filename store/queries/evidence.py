"""Questions that lead from a number back to the sentences it was counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.queries.conditions import NUMBERED, first_of, rows_of
from store.queries.texts import slices
from store.schema import COUNTED_VOICES
from store.snapshot.derived_tables import NAMED_AS

if TYPE_CHECKING:
    import pandas as pd

    from store.filter import Filter
    from store.reader import Store


def naming(store: Store, chosen: Filter, entity_id: str, voice: str, limit: int = 200) -> pd.DataFrame:
    """Sentences of the matching articles that name an entity, or a place in it, in one voice; pronouns left out.

    Columns: article_id, source, published, start, end (of the sentence), text, surface (the words that name it),
    at_start, at_end (of those words). A sentence stands once, with its first mention; earliest articles first.
    """
    # Each article has such a sentence, so no more of them are looked into than sentences are asked for.
    there = store.numbers.naming([entity_id] if voice in COUNTED_VOICES else [], voice)
    numbers = first_of(store, chosen, store.numbers.oldest_first(), limit, there).tolist()
    heads = store.arrow(
        f"SELECT a.article_id, a.source, a.published, a.published_from FROM headers a WHERE {NUMBERED}",
        {"numbers": numbers},
    )
    ids = heads["article_id"].to_pylist()
    frame = store.query(
        'WITH named AS (SELECT r.article_id, r.sentence, r.surface, r.start AS at_start, r."end" AS at_end, '
        "row_number() OVER (PARTITION BY r.article_id, r.sentence ORDER BY r.mention) AS place "
        "FROM their_mentions r JOIN lineage l ON l.entity_id = r.entity_id "
        f"WHERE l.within = $entity AND r.voice = $voice AND {NAMED_AS.format('r.')}) "
        'SELECT n.article_id, a.source, a.published, s.start, s."end", n.surface, n.at_start, n.at_end '
        "FROM named n JOIN heads a USING (article_id) JOIN their_sentences s USING (article_id, sentence) "
        f"WHERE n.place = 1 ORDER BY a.published_from, a.source, n.article_id, n.sentence LIMIT {int(limit)}",
        {"entity": entity_id, "voice": voice},
        {
            "heads": heads,
            "their_mentions": store.rows_in("mentions", ids),
            "their_sentences": store.rows_in("sentences", ids),
        },
    )
    return frame.assign(text=slices(store, frame))


def size(store: Store, chosen: Filter, table: str) -> int:
    """Rows of a table of the schema under a filter: as many as its download holds."""
    where = rows_of(store, chosen, table)
    sql = f"SELECT count(*) FROM {table} r JOIN headers a USING (article_id) WHERE {where.sql}"
    return int(store.rows_of(sql, where.parameters)[0][0])
