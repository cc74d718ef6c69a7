"""Frames: which sentences hold a cue of a frame, of all sentences in a voice."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from store.lexicon import shipped
from store.queries.conditions import in_matching
from store.queries.terms import terms

if TYPE_CHECKING:
    import pandas as pd

    from store.filter import Filter
    from store.reader import Store


def sentences_of(store: Store, chosen: Filter, voice: str) -> pd.DataFrame:
    """Sentences of each matching article that hold words in a voice: what shares of frames are shares of.

    Columns: article_id, published_from, sentences; by article_id.
    """
    matching = in_matching(store, chosen, "p.article_id")
    return store.query(
        "SELECT p.article_id, any_value(a.published_from) AS published_from, "
        "CAST(count(DISTINCT p.sentence) AS INTEGER) AS sentences FROM passages p JOIN headers a USING (article_id) "
        f"WHERE p.voice = $voice AND {matching.sql} GROUP BY p.article_id ORDER BY p.article_id",
        matching.parameters | {"voice": voice},
    )


@lru_cache(maxsize=4)
def framed(store: Store, voice: str) -> pd.DataFrame:
    """Every sentence of the corpus with a cue in a voice, once a frame. Remembered: do not change it.

    Columns: article_id, source, published, sentence, frame, start, end (of its first cue), cues (how many).
    """
    cues = terms(store, shipped("frames"))
    cues = cues[cues["voice"] == voice]
    grouped = cues.groupby(["article_id", "source", "published", "sentence", "concept"], as_index=False, sort=True)
    return grouped.agg(start=("start", "min"), end=("end", "min"), cues=("start", "size")).rename(
        columns={"concept": "frame"}
    )
