"""Questions about articles: how many, which, and one with all that was found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from store.queries.about_people import about_people
from store.queries.conditions import (
    NUMBERED,
    as_shown,
    first_of,
    frame_of,
    group_sql,
    headers_where,
    order_sql,
    page_sql,
)
from store.queries.texts import texts
from store.schema import COUNTED_VOICES, SPOKEN_KINDS, TABLES

if TYPE_CHECKING:
    from store.filter import Filter
    from store.reader import Store
    from store.schema import Voice


@dataclass(frozen=True, slots=True)
class Counts:
    """Size of what a filter leaves: ``articles`` of ``of`` in the corpus, and what is in them.

    ``words`` counts all voices but furniture; with voices chosen, words, people, organisations and states are those in
    these voices. ``states`` counts a state once, also when only its places are named. ``quotes`` are fragments in
    quotation marks, ``reports`` those without.
    """

    articles: int
    of: int
    sources: int
    words: int
    words_by_voice: dict[Voice, int] = field(hash=False)
    furniture_words: int
    people: int
    organisations: int
    states: int
    quotes: int
    reports: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article and all that was found in it. Rows are in order of the text.

    ``mentions`` have besides their columns ``entity_name``, ``entity_kind`` and ``entity_state``; ``sentiment`` of
    ``portrayals`` is what is shown, as :func:`store.queries.portrayals` has it.
    """

    article: dict[str, Any]
    passages: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    portrayals: pd.DataFrame
    sentences: pd.DataFrame


def counts(store: Store, chosen: Filter) -> Counts:
    """How much the filter leaves."""
    voices = [voice for voice in COUNTED_VOICES if not chosen.voices or voice in chosen.voices]
    mask = store.numbers.mask(chosen)

    def total(column: str) -> int:
        values = store.numbers.of_articles(column)
        return int((values if mask is None else values[mask]).sum())

    words = {voice: total(f"words_{voice}") if voice in voices else 0 for voice in COUNTED_VOICES}
    outlets, _ = store.numbers.by_group(group_sql("source"))
    having = voices if chosen.voices else None
    people, organisations = (store.numbers.present(label).chosen(mask, having) for label in ("PERSON", "ORG"))
    places = store.numbers.placed().chosen(mask, having).keys
    states = store.rows_of("SELECT entity_no FROM entities WHERE kind = 'state'")
    if chosen.people:
        about = about_people(store, chosen)
        quotes, reports = (len(about.of_kinds(kinds).quotes) for kinds in (SPOKEN_KINDS, ("indirect",)))
    else:
        quotes, reports = total("quotes"), total("reports")
    of = store.rows.get("articles", 0)
    return Counts(
        articles=of if mask is None else int(mask.sum()),
        of=of,
        sources=len(outlets.chosen(mask).keys),
        words=sum(words.values()),
        words_by_voice=words,
        furniture_words=total("words_furniture"),
        people=len(people.keys),
        organisations=len(organisations.keys),
        states=len({number for (number,) in states} & set(places.tolist())),
        quotes=quotes,
        reports=reports,
    )


_COLUMNS: Final = tuple(name for name in TABLES["articles"].names if name != "text")
_PLAIN: Final = ", ".join(f'"{name}"' for name in _COLUMNS)


def articles(
    store: Store,
    chosen: Filter,
    sort: str = "published_from",
    descending: bool = True,
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """The matching articles without their texts.

    Besides the columns of the table: ``headline`` (title, or opening), ``quoted_share`` (quoted words per word, 0 to 1,
    null without words), ``speakers`` (different ones, unattributed words left out).
    """
    order = order_sql(sort, (*_COLUMNS, *_ADDED), descending=descending, then="source, article_id")
    added = ", ".join(f"{sql} AS {name}" for name, sql in _ADDED.items())
    whole = f"SELECT a.* EXCLUDE (article_no, quotes, reports, speakers), {added} FROM headers a WHERE"
    if sort == "published_from" and descending and limit is not None:
        numbers = first_of(store, chosen, store.numbers.newest_first(), offset + limit)[offset:].tolist()
        return store.query(f"{whole} {NUMBERED} {order}", {"numbers": numbers})
    where = headers_where(store, chosen)
    # The page first, from the few columns it takes; then whole rows for it.
    key = "" if sort in {"source", "article_id"} else f'{_ADDED.get(sort, f"a.{sort}")} AS "{sort}", '
    page = (
        f"SELECT article_no FROM (SELECT {key}a.article_no, a.source, a.article_id FROM headers a WHERE {where.sql}) "
        f"{order}{page_sql(limit, offset)}"
    )
    some = f"a.article_no IN ({page})" if limit is not None or offset else where.sql
    return store.query(f"{whole} {some} {order}", where.parameters)


_ADDED: Final = {
    "headline": "CASE WHEN a.title <> '' THEN a.title ELSE a.opening END",
    "quoted_share": "a.words_quote / nullif(a.words, 0)",
    "speakers": "a.speakers",
}


def article(store: Store, article_id: str) -> ArticleView | None:
    """One article with all that was found in it; None when it is not in the corpus."""
    # Of a single row a DataFrame costs as much as to find it.
    headings = store.rows_of(f"SELECT {_PLAIN} FROM headers WHERE article_id = ?", [article_id])
    if not headings:
        return None
    text = texts(store, [article_id])[article_id]
    rows = store.rows_in_article(article_id)
    spans = zip(*(rows["quotes"][name].to_pylist() for name in ("start", "end")), strict=True)
    quoted = pa.array([text[start:end] for start, end in spans], pa.string())
    return ArticleView(
        article=dict(zip(_COLUMNS, map(_as_in_a_frame, _COLUMNS, headings[0]), strict=True)) | {"text": text},
        passages=frame_of(rows["passages"]),
        mentions=frame_of(_with_entities(store, rows["mentions"])),
        quotes=frame_of(rows["quotes"].append_column("text", quoted)),
        portrayals=frame_of(as_shown(rows["portrayals"])),
        sentences=frame_of(rows["sentences"]),
    )


def _as_in_a_frame(column: str, value: object) -> object:
    """A value of the table of articles as a row of a DataFrame has it."""
    if isinstance(value, date):
        return pd.Timestamp(value).as_unit("us")
    if value is None and pa.types.is_date(TABLES["articles"].field(column).type):
        return pd.NaT
    return np.array(value, object) if isinstance(value, list) else value


def _with_entities(store: Store, mentions: pa.Table) -> pa.Table:
    """Mentions with the one name, the kind and the state of whom they name."""
    ids, names, known = mentions["entity_id"].to_pylist(), mentions["name"].to_pylist(), _every_entity(store)
    told = [known.get(one, (name, "", "")) for one, name in zip(ids, names, strict=True)]
    for place, name in enumerate(("entity_name", "entity_kind", "entity_state")):
        mentions = mentions.append_column(name, pa.array([entity[place] for entity in told], pa.string()))
    return mentions


@lru_cache(maxsize=2)
def _every_entity(store: Store) -> dict[str, tuple[str, str, str]]:
    """Name, kind and state of every entity; remembered, as to look up a few takes as long as the rows of an article."""
    rows = store.rows_of("SELECT entity_id, name, coalesce(kind, ''), coalesce(state, '') FROM entities")
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def not_analysed(store: Store, chosen: Filter) -> int:
    """How many of the matching articles are in other languages than English, and so in no figure of what they say."""
    languages, names = store.numbers.by_group("coalesce(a.language, 'en')")
    matching = languages.chosen(store.numbers.mask(chosen))
    return sum(n for key, n in zip(matching.keys.tolist(), matching.counts.tolist(), strict=True) if names[key] != "en")


def files(store: Store) -> pd.DataFrame:
    """Every file met on the way, and what came of it."""
    return store.query("SELECT * FROM files ORDER BY origin")


def problems(store: Store) -> pd.DataFrame:
    """What in the sources could not be used, or was used with a doubt."""
    return store.query("SELECT * FROM problems ORDER BY origin, origin_row, code, reason")


def search(store: Store, text: str) -> list[str]:
    """Ids of the articles that hold a phrase (in double quotes) or all of the words, sorted."""
    return list(store.search(text))
