"""Questions about who is given words, and which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.filter import ABOUT_PEOPLE
from store.queries.conditions import group_sql, headers_where, in_matching, order_sql, page_sql, rows_of
from store.queries.texts import slices, texts
from store.schema import SPOKEN_KINDS
from store.snapshot.derived_tables import SAID_IS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pyarrow as pa

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
        parameters: dict[str, object] = {"kinds": list(kinds)}
        if chosen.people:
            condition += f" AND (a.article_no, r.quote) IN ({_ABOUT_PEOPLE_ON_PAGE})"
            parameters["f_people"] = list(chosen.people)
        sql = f"{_WHOLE.format('page_quotes', 'page')} WHERE {condition} {order}{page_sql(limit, offset)}"
        return _with_text(store, store.query(sql, parameters, given=given))
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
_ABOUT_PEOPLE_ON_PAGE: Final = (
    f"SELECT (q.article_no, q.quote) FROM ({ABOUT_PEOPLE}) q WHERE q.article_no IN (SELECT article_no FROM page)"
)
# Sorts that order whole articles: the articles of a page can then be chosen before any quote is read.
_OF_ARTICLES: Final = frozenset({"published_from", "source", "headline"})


def _articles_of_page(
    store: Store, chosen: Filter, sort: str, descending: bool, limit: int, offset: int, kinds: Sequence[str]
) -> tuple[pa.Table, int]:
    """The articles whose quotes stand on a page, with their heading, and how many of the first's stand before it."""
    order = order_sql(sort, _OF_ARTICLES, descending=descending, then="source, article_id")
    where = headers_where(store, chosen)
    parameters, n = where.parameters, "c.n"
    if chosen.people:
        counted = f"({ABOUT_PEOPLE}) r WHERE r.said AND list_contains(CAST($kinds AS VARCHAR[]), r.kind)"
        counted = f"JOIN (SELECT r.article_no, count(*) AS n FROM {counted} GROUP BY ALL) c USING (article_no)"
        parameters = parameters | {"kinds": list(kinds), "f_people": list(chosen.people)}
    elif set(kinds) != set(ATTRIBUTED):
        counted = f"quotes r WHERE {SAID_IS.format('r.')} AND list_contains(CAST($kinds AS VARCHAR[]), r.kind)"
        counted = f"JOIN (SELECT r.article_id, count(*) AS n FROM {counted} GROUP BY ALL) c USING (article_id)"
        parameters = parameters | {"kinds": list(kinds)}
    else:
        # How many each article has was counted when it was built.
        counted, n = "", "(a.quotes + a.reports)"
    key = f'{_HEADLINE if sort == "headline" else "a.published_from"} AS "{sort}", ' if sort != "source" else ""
    matching = f"SELECT {key}a.source, a.article_id, a.article_no, {n} AS n FROM headers a {counted} WHERE {where.sql}"
    # Each has one at least, so the page does not reach beyond as many articles as it has quotes up to its end.
    most = int(offset) + int(limit)
    rows = store.rows_of(f"SELECT article_no, n FROM ({matching}) WHERE n > 0 {order} LIMIT {most}", parameters)
    numbers: list[int] = []
    before = passed = 0
    for article_no, n in rows:
        if passed + n > offset and passed < offset + limit:
            before = before if numbers else passed
            numbers.append(article_no)
        passed += int(n)
    sql = f"SELECT {_HEADING} FROM headers a WHERE a.article_no IN (SELECT unnest(CAST($numbers AS INTEGER[])))"
    return store.arrow(sql, {"numbers": numbers}), offset - before if numbers else 0


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
    grouped = f'{group_sql(group)} AS "group", ' if group else ""
    group_column = '"group", ' if group else ""
    where = headers_where(store, chosen)
    headers = "JOIN headers a USING (article_no)" if group or where.sql != "true" else ""
    sums = ", ".join(f"CAST(sum(r.{name}) AS INTEGER) AS {name}" for name in ("words", "reported", "quotes", "reports"))
    return store.query(
        f"WITH spoken AS (SELECT {grouped}r.speaker_no, {sums}, "
        "CAST(count(*) FILTER (r.words > 0) AS INTEGER) AS articles, "
        "CAST(count(*) FILTER (r.reported > 0) AS INTEGER) AS reporting "
        f"FROM article_speakers r {headers} WHERE {where.sql} GROUP BY ALL) "
        f"SELECT {group_column}coalesce(e.entity_id, '') AS speaker_id, coalesce(e.name, words_for) AS speaker, term, "
        "words, reported, quotes, reports, s.articles, reporting FROM spoken s JOIN speaker_names USING (speaker_no) "
        "LEFT JOIN entities e USING (entity_no) "
        f"ORDER BY {group_column}words DESC, reported DESC, quotes DESC, term, speaker, speaker_id",
        where.parameters,
    )
