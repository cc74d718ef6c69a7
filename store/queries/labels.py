"""Questions about labels and roles: the words attached to somebody, and who does what to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from store.queries.conditions import frame_of, headers_where
from store.queries.texts import slices

if TYPE_CHECKING:
    import pandas as pd

    from store.filter import Filter
    from store.reader import Store


def labels(store: Store, chosen: Filter, entity_id: str, voice: str) -> pd.DataFrame:
    """Labels and roles of an entity or a group of people in the matching articles, in one voice.

    Columns: article_id, source, published, relation, word, start, end, target_start, target_end, sentence. What
    somebody says of himself is left out, and so are verbs that only tell that they speak (neutral cues): who is given
    words is counted apart.
    """
    matching = headers_where(store, chosen)
    # Verbs of saying are joined by article, then by place: asked for one by one they cost a scan of the quotes each.
    return store.query(
        "WITH found AS (SELECT r.article_id, r.label, a.source, a.published, a.published_from, r.relation, r.word, "
        'r.start, r."end", r.target_start, r.target_end, r.sentence FROM labels r JOIN headers a USING (article_id) '
        "WHERE r.entity_id = $entity AND r.voice = $voice AND coalesce(r.speaker_id, '') <> r.entity_id "
        f"AND {matching.sql}), "
        "speaking AS (SELECT DISTINCT f.article_id, f.label FROM found f JOIN quotes q USING (article_id) "
        "WHERE f.relation = 'agent' AND q.cue_class = 'neutral' AND q.cue_start <= f.start AND f.start < q.cue_end) "
        "SELECT * EXCLUDE (label, published_from) FROM found ANTI JOIN speaking USING (article_id, label) "
        "ORDER BY published_from, article_id, label",
        matching.parameters | {"entity": entity_id, "voice": voice},
    )


def titles(store: Store, chosen: Filter, entity_id: str) -> pd.DataFrame:
    """Titles and roles that the matching articles set beside a person's name, and when: most articles first.

    Columns: word, articles, first and last (days of the earliest and the latest article with a date; null without).
    """
    beside = store.arrow(
        "SELECT t.word, t.article_no FROM titles_beside t "
        "WHERE t.entity_no IN (SELECT entity_no FROM entities WHERE entity_id = $entity)",
        {"entity": entity_id},
    )
    mask = store.numbers.mask(chosen)
    if mask is not None:
        beside = beside.filter(pa.array(mask[beside["article_no"].to_numpy() - 1]))
    return store.query(
        "SELECT t.word, count(*) AS articles, min(a.published_from) AS first, max(a.published_to) AS last "
        "FROM beside t JOIN headers a USING (article_no) GROUP BY t.word ORDER BY articles DESC, t.word",
        given={"beside": beside},
    )


def in_sentence(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """``rows`` of :func:`labels` with the sentence of each: from, to (its offsets) and text."""
    sentences = frame_of(store.rows_in("sentences", rows["article_id"]))
    spans = sentences[["article_id", "sentence", "start", "end"]].rename(columns={"start": "from", "end": "to"})
    with_spans = rows.merge(spans, on=["article_id", "sentence"], how="left")
    whole = with_spans[["article_id", "from", "to"]].rename(columns={"from": "start", "to": "end"})
    return with_spans.assign(text=slices(store, whole))
