"""Questions about who is given words, and which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from store.numbers import counted
from store.queries.about_people import about_people
from store.queries.conditions import (
    NUMBERED,
    first_of,
    group_sql,
    headers_where,
    in_matching,
    order_sql,
    page_sql,
    rows_of,
)
from store.queries.texts import slices, texts
from store.schema import SPOKEN_KINDS
from store.snapshot.derived_tables import SAID_IS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

    from store.filter import Filter
    from store.reader import Store

IN_MARKS: Final = SPOKEN_KINDS
REPORTED: Final = ("indirect",)
ATTRIBUTED: Final = (*IN_MARKS, *REPORTED)
QUOTE_SORTS: Final = (
    "published_from",
    "source",
    "headline",
    "speaker",
    "cue",
    "cue_class",
    "kind",
    "words",
    "quoted_words",
    "confidence",
    "resolution",
)


def quotes(
    store: Store,
    chosen: Filter,
    sort: str = "published_from",
    descending: bool = True,
    limit: int | None = None,
    offset: int = 0,
    kinds: Sequence[str] = ATTRIBUTED,
    speakers: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Attributed fragments in the matching articles; terms in quotation marks only when ``kinds`` asks for them.

    Columns: source, published, headline, the columns of the table, ``speaker_name`` (the entity's one name, or the
    words that stand for the speaker) and ``before`` and ``after``: the rest of the sentences the fragment stands in.
    ``speakers`` keeps those of some entity ids ("" for unresolved).
    """
    order = order_sql(sort, QUOTE_SORTS, descending=descending, then="source, article_id, quote")
    condition = f"{SAID_IS.format('r.')} AND list_contains(CAST($kinds AS VARCHAR[]), r.kind)"
    if limit is not None and speakers is None and sort in _OF_ARTICLES:
        # The articles of the page first: then only their quotes are read.
        articles, offset = _articles_of_page(store, chosen, sort, descending, limit, offset, kinds)
        given = {"page": articles, "page_quotes": store.rows_in("quotes", articles["article_id"].to_pylist())}
        if chosen.people:
            given["about"] = _about_on_page(store, chosen, articles)
            condition += " AND (a.article_no, r.quote) IN (SELECT (article_no, quote) FROM about)"
        sql = f"{_WHOLE.format('page_quotes', 'page')} WHERE {condition} {order}{page_sql(limit, offset)}"
        return _with_text(store, store.query(sql, {"kinds": list(kinds)}, given))
    where = rows_of(store, chosen, "quotes")
    parameters = where.parameters | {"kinds": list(kinds)}
    if speakers is not None:
        condition += " AND list_contains(CAST($speakers AS VARCHAR[]), coalesce(r.speaker_id, ''))"
        parameters["speakers"] = list(speakers)
    # The page first, from the few columns it takes; then whole rows for it.
    whole = _WHOLE.format("(SELECT * EXCLUDE (text) FROM quotes)", f"(SELECT {_HEADING} FROM headers a)")
    page = store.query(
        f"WITH page AS (SELECT r.article_id, r.quote FROM ({_SORTABLE}) r WHERE {where.sql} AND {condition} "
        f"{order}{page_sql(limit, offset)}) {whole} JOIN page USING (article_id, quote) {order}",
        parameters,
    )
    return _with_text(store, page)


def _with_text(store: Store, frame: pd.DataFrame) -> pd.DataFrame:
    """Add ``text``, and the rest of its sentences: cut from the article, which takes a quarter less than to read it."""
    frame.insert(list(frame.columns).index("speaker_name"), "text", slices(store, frame))
    return _with_context(store, frame)


_HEADLINE: Final = "CASE WHEN a.title <> '' THEN a.title ELSE a.opening END"
_HEADING: Final = f"a.article_no, a.article_id, a.source, a.published, a.published_from, {_HEADLINE} AS headline"
# Of quotes without their texts, and of articles with their heading.
_WHOLE: Final = (
    "SELECT a.source, a.published, a.published_from, a.headline, r.*, coalesce(e.name, r.speaker, '') AS speaker_name "
    "FROM {} r JOIN {} a USING (article_id) LEFT JOIN entities e ON e.entity_id = r.speaker_id"
)
# Sorts that order whole articles: the articles of a page can then be chosen before any quote is read.
_OF_ARTICLES: Final = frozenset({"published_from", "source", "headline"})


def _articles_of_page(
    store: Store, chosen: Filter, sort: str, descending: bool, limit: int, offset: int, kinds: Sequence[str]
) -> tuple[pa.Table, int]:
    """The articles whose quotes stand on a page, with their heading, and how many of the first's stand before it."""
    # Each has one at least, so the page does not reach beyond as many articles as it has quotes up to its end.
    most = int(offset) + int(limit)
    every = _fragments_of_articles(store, chosen, kinds)
    if sort == "published_from" and descending:
        numbered = first_of(store, chosen, store.numbers.newest_first(), most, every > 0)
        rows = list(zip(numbered.tolist(), every[numbered - 1].tolist(), strict=True))
    else:
        order = order_sql(sort, _OF_ARTICLES, descending=descending, then="source, article_id")
        where = headers_where(store, chosen)
        key = f'{_HEADLINE if sort == "headline" else "a.published_from"} AS "{sort}", ' if sort != "source" else ""
        having = np.flatnonzero(every)
        found = store.query(
            f"SELECT article_no, n FROM (SELECT {key}a.source, a.article_id, a.article_no, h.n FROM headers a "
            f"JOIN fragments h USING (article_no) WHERE {where.sql}) {order} LIMIT {most}",
            where.parameters,
            {"fragments": counted(article_no=having + 1, n=every[having])},
        )
        rows = list(zip(found["article_no"].tolist(), found["n"].tolist(), strict=True))
    numbers: list[int] = []
    before = passed = 0
    for article_no, n in rows:
        if passed + n > offset and passed < offset + limit:
            before = before if numbers else passed
            numbers.append(article_no)
        passed += int(n)
    sql = f"SELECT {_HEADING} FROM headers a WHERE {NUMBERED}"
    return store.arrow(sql, {"numbers": numbers}), offset - before if numbers else 0


def _fragments_of_articles(store: Store, chosen: Filter, kinds: Sequence[str]) -> NDArray[np.int64]:
    """How many fragments of some kinds a filter leaves of each article, by the article's number less one."""
    numbers = store.numbers
    articles = len(numbers.newest_first())
    if chosen.people:
        return np.bincount(about_people(store, chosen).of_kinds(kinds).articles, minlength=articles)
    if set(kinds) == set(ATTRIBUTED):
        # Counted when the corpus was built.
        return numbers.of_articles("quotes").astype(np.int64) + numbers.of_articles("reports")
    rows = store.arrow(
        "SELECT h.article_no FROM quotes r JOIN headers h USING (article_id) "
        f"WHERE {SAID_IS.format('r.')} AND list_contains(CAST($kinds AS VARCHAR[]), r.kind)",
        {"kinds": list(kinds)},
    )
    return np.bincount(rows["article_no"].to_numpy() - 1, minlength=articles)


def _about_on_page(store: Store, chosen: Filter, page: pa.Table) -> pa.Table:
    """Fragments about the people of a filter in the articles of a page: article_no, quote."""
    about = about_people(store, chosen)
    there = np.isin(about.articles, page["article_no"].to_numpy() - 1)
    return counted(article_no=about.articles[there] + 1, quote=about.quotes[there])


def attributions(
    store: Store,
    chosen: Filter,
    *,
    speakers: Sequence[tuple[str, str]] | None = None,
    cue_class: str = "",
    kinds: Sequence[str] = ATTRIBUTED,
    limit: int = 200,
) -> pd.DataFrame:
    """Evidence for a count of speakers or cues: fragments of some ``kinds``, whoever the filter is about.

    ``speakers`` keeps those of some speakers: entity id, or "" and the words that stand for one; ``cue_class`` those
    with such a cue. Columns: article_id, source, published, start, end, text, speaker_id, speaker (name, or words that
    stand for one), cue, kind, quoted_words, reported_words, of_all (how many there are), before, after. Most quoted
    words first.
    """
    matching = in_matching(store, chosen, "r.article_id")
    narrowed, parameters = "", matching.parameters | {"kinds": list(kinds)}
    if speakers is not None:
        narrowed += (
            " AND CASE WHEN coalesce(r.speaker_id, '') <> '' THEN r.speaker_id || chr(31) "
            "ELSE chr(31) || coalesce(r.speaker, '') END IN (SELECT unnest(CAST($speakers AS VARCHAR[])))"
        )
        parameters["speakers"] = [f"{entity_id}\x1f{called}" for entity_id, called in speakers]
    if cue_class:
        narrowed += " AND r.cue_class = $cue_class"
        parameters["cue_class"] = cue_class
    frame = store.query(
        'SELECT r.article_id, a.source, a.published, r.start, r."end", r.text, '
        "coalesce(r.speaker_id, '') AS speaker_id, coalesce(e.name, r.speaker, '') AS speaker, coalesce(r.cue, '') AS "
        "cue, r.kind, r.quoted_words, r.reported_words, CAST(count(*) OVER () AS INTEGER) AS of_all "
        "FROM quotes r JOIN headers a USING (article_id) LEFT JOIN entities e ON e.entity_id = r.speaker_id "
        f"WHERE {SAID_IS.format('r.')} AND list_contains(CAST($kinds AS VARCHAR[]), r.kind) "
        f"AND {matching.sql}{narrowed} "
        f"ORDER BY r.quoted_words DESC, a.published_from, r.article_id, r.quote LIMIT {int(limit)}",
        parameters,
    )
    return _with_context(store, frame)


_SORTABLE: Final = (
    "SELECT q.article_id, q.quote, q.kind, q.speaker_id, q.speaker, q.cue, q.cue_class, q.words, q.quoted_words, "
    "q.confidence, q.resolution, q.status, a.source, a.published_from, "
    "CASE WHEN a.title <> '' THEN a.title ELSE a.opening END AS headline "
    "FROM quotes q JOIN headers a USING (article_id)"
)


def _with_context(store: Store, frame: pd.DataFrame) -> pd.DataFrame:
    """Add ``before`` and ``after``: from the start of the fragment's first sentence, to the end of its last."""
    ids = sorted(set(frame["article_id"]))
    sentences: dict[str, list[tuple[int, int]]] = {}
    columns = store.rows_in("sentences", ids).select(["article_id", "start", "end"]).to_pydict().values()
    for article_id, start, end in zip(*columns, strict=True):
        sentences.setdefault(article_id, []).append((start, end))
    whole = texts(store, ids)
    before, after = [], []
    for article_id, start, end in zip(frame["article_id"], frame["start"], frame["end"], strict=True):
        around = [span for span in sentences.get(article_id, ()) if span[0] < end and start < span[1]]
        first, last = (min(around[0][0], start), max(around[-1][1], end)) if around else (start, end)
        before.append(whole[article_id][int(first) : int(start)])
        after.append(whole[article_id][int(end) : int(last)])
    return frame.assign(before=before, after=after)


def speakers(store: Store, chosen: Filter, group: str | None = None) -> pd.DataFrame:
    """Whose words stand in the matching articles, whoever the filter is about: every page's shares are of these.

    Columns: group (when asked for), speaker_id, speaker, term, words (inside quotation marks), reported (words that
    report somebody), quotes and reports (fragments of either), articles (that quote), reporting (articles that
    report). Most words first. Words nobody is named for stand under the speaker "", those set in marks as a term in a
    row of their own with ``term``: so that ``words`` add up to the words in quotation marks of
    :func:`store.queries.counts`, and ``reported`` to those that are reported.
    """
    if group is None:
        found = store.numbers.speakers().chosen(store.numbers.mask(chosen))
        sums = {name: found.of(name) for name in _SPOKEN} | {
            "articles": found.having("words"),
            "reporting": found.having("reported"),
        }
        sql = _SPEAKERS.format("", "spoken") + _MOST_WORDS.format("")
        return store.query(sql, given={"spoken": counted(speaker_no=found.keys, **sums)})
    where = headers_where(store, chosen)
    added = ", ".join(f"CAST(sum(r.{name}) AS INTEGER) AS {name}" for name in _SPOKEN)
    spoken = (
        f'SELECT {group_sql(group)} AS "group", r.speaker_no, {added}, '
        "CAST(count(*) FILTER (r.words > 0) AS INTEGER) AS articles, "
        "CAST(count(*) FILTER (r.reported > 0) AS INTEGER) AS reporting "
        f"FROM article_speakers r JOIN headers a USING (article_no) WHERE {where.sql} GROUP BY ALL"
    )
    sql = _SPEAKERS.format('"group", ', f"({spoken})") + _MOST_WORDS.format('"group", ')
    return store.query(sql, where.parameters)


@dataclass(frozen=True, slots=True)
class Speaking:
    """What :func:`speakers` add up to, and those that a page names.

    ``words`` are in quotation marks; of them ``named_words`` are of the ``named`` speakers, ``lost`` of nobody and
    ``terms`` no speech. ``reported`` are words that report. ``first`` has rows of :func:`speakers` with the most words
    among the named, and ``widest`` the two of them that are quoted in most articles.
    """

    words: int
    reported: int
    named: int
    named_words: int
    lost: int
    terms: int
    first: pd.DataFrame
    widest: pd.DataFrame


def speaking(store: Store, chosen: Filter, most: int) -> Speaking:
    """The sums of :func:`speakers`, and its first rows with a name, at ``most`` so many: all are many to hand over."""
    found = store.numbers.speakers().chosen(store.numbers.mask(chosen))
    sums = {name: found.of(name) for name in _SPOKEN} | {
        "articles": found.having("words"),
        "reporting": found.having("reported"),
    }
    given = {"spoken": counted(speaker_no=found.keys, **sums)}
    every = (
        f"WITH every AS MATERIALIZED ({_SPEAKERS.format('', 'spoken')}), named AS (SELECT * FROM every WHERE {_NAMED})"
    )
    ((named, named_words, lost, terms),) = store.query(
        f"{every} SELECT count(*) FILTER ({_NAMED}), coalesce(sum(words) FILTER ({_NAMED}), 0), "
        "coalesce(sum(words) FILTER (coalesce(speaker, '') = '' AND NOT term), 0), "
        "coalesce(sum(words) FILTER (term), 0) FROM every",
        given=given,
    ).itertuples(index=False)
    order = _MOST_WORDS.format("")
    rows = store.query(
        f"{every} (SELECT *, FALSE AS wide FROM named {order} LIMIT {int(most)}) UNION ALL "
        f"(SELECT *, TRUE AS wide FROM named {order.replace('ORDER BY', 'ORDER BY articles DESC,')} LIMIT 2)",
        given=given,
    )
    parts = [rows[rows["wide"] == wide].drop(columns="wide").reset_index(drop=True) for wide in (False, True)]
    words, reported = (int(sums[name].sum()) for name in ("words", "reported"))
    return Speaking(words, reported, int(named), int(named_words), int(lost), int(terms), *parts)


def loudest(store: Store, chosen: Filter, most: int) -> list[str]:
    """Ids of those with the most words in quotation marks in the matching articles, most first, then by id."""
    found = store.numbers.speakers().chosen(store.numbers.mask(chosen))
    rows = store.query(
        "SELECT e.entity_id FROM spoken s JOIN speaker_names USING (speaker_no) JOIN entities e USING (entity_no) "
        "WHERE s.words > 0 GROUP BY e.entity_id ORDER BY sum(s.words) DESC, e.entity_id " + page_sql(most, 0),
        given={"spoken": counted(speaker_no=found.keys, words=found.of("words"))},
    )
    return [str(entity_id) for entity_id in rows["entity_id"]]


_SPOKEN: Final = ("words", "reported", "quotes", "reports")
_SPEAKERS: Final = (
    "SELECT {0}coalesce(e.entity_id, '') AS speaker_id, coalesce(e.name, words_for) AS speaker, term, "
    "words, reported, quotes, reports, s.articles, reporting FROM {1} s JOIN speaker_names USING (speaker_no) "
    "LEFT JOIN entities e USING (entity_no) "
)
_MOST_WORDS: Final = "ORDER BY {0}words DESC, reported DESC, quotes DESC, term, speaker, speaker_id"
_NAMED: Final = "coalesce(speaker, '') <> '' AND words > 0"
