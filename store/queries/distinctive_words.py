"""Questions about words: how often outlets use them, in whose voice, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from store.queries.conditions import group_sql, headers_where, in_matching
from store.queries.texts import texts
from store.schema import COUNTED_VOICES
from store.snapshot.compared_words import counted_words, normal_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.filter import Filter
    from store.reader import Store

_EVIDENCE: Final = ["article_id", "source", "start", "end", "text"]


def _voices(chosen: Filter, voice: str | None) -> list[str]:
    wanted = [voice] if voice else list(COUNTED_VOICES)
    return [name for name in wanted if not chosen.voices or name in chosen.voices]


def _uses(voices: list[str]) -> str:
    return "(" + (" + ".join(f"w.{voice}" for voice in voices) or "0") + ")"


def word_counts(store: Store, chosen: Filter, voice: str | None = None, group: str = "source") -> pd.DataFrame:
    """How often the matching articles use each word: lower-cased, stop words and furniture left out.

    Columns: group, word, count, articles; in the order of group, then most often first. ``voice`` keeps one voice.
    """
    matching = in_matching(store, chosen, "w.article_id")
    uses = _uses(_voices(chosen, voice))
    return store.query(
        f'SELECT {group_sql(group)} AS "group", w.word, CAST(sum({uses}) AS INTEGER) AS "count", '
        "CAST(count(*) AS INTEGER) AS articles FROM article_words w JOIN headers a USING (article_id) "
        f'WHERE {matching.sql} AND {uses} > 0 GROUP BY ALL ORDER BY "group", "count" DESC, w.word',
        matching.parameters,
    )


def phrase_counts(store: Store, chosen: Filter, voice: str | None = None) -> pd.DataFrame:
    """How often the matching articles use each noun phrase: word (the phrase), count, articles; most often first."""
    matching = in_matching(store, chosen, "p.article_id")
    return store.query(
        "SELECT p.form AS word, CAST(count(*) AS INTEGER) AS count, "
        "CAST(count(DISTINCT p.article_id) AS INTEGER) AS articles FROM phrases p "
        f"WHERE {matching.sql} AND list_contains(CAST($voices AS VARCHAR[]), p.voice) GROUP BY 1 ORDER BY 2 DESC, 1",
        matching.parameters | {"voices": _voices(chosen, voice)},
    )


def word_voices(store: Store, chosen: Filter, group: str = "source") -> pd.DataFrame:
    """How often the matching articles use each word, in each voice apart: stop words and furniture left out.

    Columns: group, word, a column of counts for each counted voice, articles; in the order of group, then word.
    """
    matching = in_matching(store, chosen, "w.article_id")
    voices = _voices(chosen, None)
    sums = "".join(f"CAST(sum(w.{voice}) AS INTEGER) AS {voice}, " for voice in voices)
    return store.query(
        f'SELECT {group_sql(group)} AS "group", w.word, {sums}CAST(count(*) AS INTEGER) AS articles '
        "FROM article_words w JOIN headers a USING (article_id) "
        f'WHERE {matching.sql} AND {_uses(voices)} > 0 GROUP BY ALL ORDER BY "group", w.word',
        matching.parameters,
    )


def words_total(store: Store, chosen: Filter, voice: str | None = None, group: str = "source") -> pd.DataFrame:
    """All words of the matching articles, stop words too: what a rate is a rate of.

    Columns: group, words, articles.
    """
    where = headers_where(store, chosen)
    columns = " + ".join(f"a.words_{name}" for name in _voices(chosen, voice)) or "0"
    return store.query(
        f'SELECT {group_sql(group)} AS "group", CAST(sum({columns}) AS INTEGER) AS words, '
        f"CAST(count(*) AS INTEGER) AS articles FROM headers a WHERE {where.sql} GROUP BY 1 ORDER BY 1",
        where.parameters,
    )


def sentences_with(
    store: Store,
    chosen: Filter,
    word: str,
    voice: str | None = None,
    group: str | None = None,
    value: str = "",
    limit: int = 200,
) -> pd.DataFrame:
    """Evidence for a word: passages of the matching articles that use it, with the sentence around each.

    Columns: article_id, source, start, end (of the passage), text (of the passage). ``group`` and ``value`` keep the
    articles of one group; at most ``limit`` rows, earliest articles first.
    """
    wanted = normal_form(word.strip())
    voices = _voices(chosen, voice)
    if not wanted or not voices:
        return pd.DataFrame(columns=_EVIDENCE)
    matching = in_matching(store, chosen, "w.article_id")
    narrowed = f"AND {group_sql(group)} = $value" if group else ""
    parameters = matching.parameters | {"word": wanted, "voices": voices, "limit": limit}
    if group:
        parameters["value"] = value
    passages = store.query(
        "WITH using_it AS (SELECT w.article_id, any_value(a.source) AS source, any_value(a.published_from) AS day "
        "FROM article_words w JOIN headers a USING (article_id) WHERE w.word = $word "
        f"AND {_uses(voices)} > 0 AND {matching.sql} {narrowed} "
        "GROUP BY w.article_id ORDER BY day, source, w.article_id LIMIT $limit) "
        'SELECT p.article_id, u.source, p.start, p."end" FROM passages p JOIN using_it u USING (article_id) '
        "WHERE list_contains(CAST($voices AS VARCHAR[]), p.voice) ORDER BY u.day, u.source, p.article_id, p.start",
        parameters,
    )
    rows = []
    for row in _that_use(store, passages, wanted):
        rows.append(row)
        if len(rows) == limit:
            break
    return pd.DataFrame(rows, columns=_EVIDENCE)


def _that_use(store: Store, passages: pd.DataFrame, word: str) -> Iterator[tuple[str, str, int, int, str]]:
    whole = texts(store, passages["article_id"])
    columns = (passages[name].tolist() for name in ("article_id", "source", "start", "end"))
    for article_id, source, start, end in zip(*columns, strict=True):
        text = whole[article_id][start:end]
        if word in counted_words(text):
            yield article_id, source, start, end, text
