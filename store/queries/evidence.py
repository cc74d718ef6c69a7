"""Questions that lead from a number back to the sentences it was counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.queries.conditions import headers_where, rows_of
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
    names_it = f"p.{voice} > 0" if voice in COUNTED_VOICES else "false"
    where = headers_where(store, chosen)
    # Each article has such a sentence, so no more of them are looked into than sentences are asked for.
    naming_it = store.rows_of(
        "SELECT a.article_id FROM headers a WHERE a.article_no IN (SELECT p.article_no FROM present p JOIN lineage l "
        f"USING (entity_no) WHERE l.within = $entity AND {names_it}) AND {where.sql} "
        f"ORDER BY a.published_from, a.source, a.article_id LIMIT {int(limit)}",
        where.parameters | {"entity": entity_id},
    )
    ids = [row[0] for row in naming_it]
    frame = store.query(
        'WITH named AS (SELECT r.article_id, r.sentence, r.surface, r.start AS at_start, r."end" AS at_end, '
        "row_number() OVER (PARTITION BY r.article_id, r.sentence ORDER BY r.mention) AS place "
        "FROM their_mentions r JOIN lineage l ON l.entity_id = r.entity_id "
        f"WHERE l.within = $entity AND r.voice = $voice AND {NAMED_AS.format('r.')}) "
        'SELECT n.article_id, a.source, a.published, s.start, s."end", n.surface, n.at_start, n.at_end '
        "FROM named n JOIN (SELECT * FROM headers WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))) a "
        "USING (article_id) JOIN their_sentences s USING (article_id, sentence) "
        f"WHERE n.place = 1 ORDER BY a.published_from, a.source, n.article_id, n.sentence LIMIT {int(limit)}",
        {"ids": ids, "entity": entity_id, "voice": voice},
        given={"their_mentions": store.rows_in("mentions", ids), "their_sentences": store.rows_in("sentences", ids)},
    )
    return frame.assign(text=slices(store, frame))


def size(store: Store, chosen: Filter, table: str) -> int:
    """Rows of a table of the schema under a filter: as many as its download holds."""
    where = rows_of(store, chosen, table)
    sql = f"SELECT count(*) FROM {table} r JOIN headers a USING (article_id) WHERE {where.sql}"
    return int(store.rows_of(sql, where.parameters)[0][0])
