"""The filter all pages share: what is asked of the corpus, as an address, as SQL and as words a person can read."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import parse_qs, quote_plus

from store.schema import VOICES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


class Dimension(NamedTuple):
    """A dimension of the filter: its key in the address, what a value is called, and the column that holds it."""

    key: str
    noun: str
    column: str
    label: str = ""


DIMENSIONS: Final[dict[str, Dimension]] = {
    "sources": Dimension("source", "outlet", "source"),
    "people": Dimension("person", "person", "entity_id", "PERSON"),
    "organisations": Dimension("organisation", "organisation", "entity_id", "ORG"),
    "jurisdictions": Dimension("jurisdiction", "place", "entity_id", "JURISDICTION"),
    "administrations": Dimension("administration", "administration in office", "administration"),
    "named_administrations": Dimension("named", "administration", "entity_id", "ADMINISTRATION"),
    "stories": Dimension("story", "story", "story_id"),
    "languages": Dimension("language", "language", "language"),
    "own": Dimension("own", "value of a column", "own"),
    "voices": Dimension("voice", "voice", "voice"),
}
_DATES: Final = {"date_from": "from", "date_to": "to"}
_KEYS: Final = {dimension.key: name for name, dimension in DIMENSIONS.items()}


def _clean(value: str) -> str:
    """``value`` without what cannot stand in an address: half characters that UTF-8 has no bytes for."""
    return value.encode("utf-8", "ignore").decode("utf-8")


class Clause(NamedTuple):
    """A condition in SQL and the values bound to its ``$names``."""

    sql: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles: OR among the values of a dimension, AND across dimensions. Empty means everything.

    Values are entity ids, outlet names for ``sources``, story ids, codes of languages, names of voices, and, for
    ``own``, a column of the user's files with one of its values, as ``name:value``: AND across such columns. They are
    kept sorted and once each, so that two filters that ask the same are equal.
    """

    sources: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    administrations: tuple[str, ...] = ()
    named_administrations: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    text: str = ""

    def __post_init__(self) -> None:
        for name in DIMENSIONS:
            cleaned = {_clean(value) for value in getattr(self, name)} - {""}
            object.__setattr__(self, name, tuple(sorted(cleaned)))
        object.__setattr__(self, "text", _clean(self.text).strip())

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def but(self, **changes: Any) -> Filter:  # noqa: ANN401  a field each, checked by the constructor
        """This filter with some fields changed: ``f.but(people=())``."""
        return replace(self, **changes)

    # The address

    def to_query(self) -> str:
        """The filter as the query part of an address, sorted and percent-encoded; empty for everything."""
        pairs = [(dimension.key, value) for name, dimension in DIMENSIONS.items() for value in getattr(self, name)]
        pairs += [(key, getattr(self, name).isoformat()) for name, key in _DATES.items() if getattr(self, name)]
        if self.text:
            pairs.append(("text", self.text))
        return "&".join(f"{key}={quote_plus(value)}" for key, value in sorted(pairs))

    @classmethod
    def from_query(
        cls, query: str | Mapping[str, Sequence[str]], *, ignore: Iterable[str] = ()
    ) -> tuple[Filter, list[str]]:
        """The filter an address asks for, and a notice in plain English for each part that was ignored.

        ``ignore`` names keys that belong to the page and not to the filter.
        """
        if isinstance(query, str):
            query = parse_qs(query.removeprefix("?"), keep_blank_values=True)
        chosen: dict[str, Any] = {}
        notices: list[str] = []
        passed_over = set(ignore)
        for key, asked_values in query.items():
            values = [asked_values] if isinstance(asked_values, str) else list(asked_values)
            if key in _KEYS:
                chosen[_KEYS[key]] = tuple(values)
            elif key == "text":
                chosen["text"] = values[-1] if values else ""
            elif key in _DATES.values():
                day, notice = _day(key, values[-1] if values else "")
                chosen[f"date_{key}"] = day
                notices += notice
            elif key not in passed_over:
                notices.append(f"The address asks for “{key}”, which Framelens does not know; it was ignored.")
        return cls(**chosen), notices

    # SQL

    def articles_where(self, search: Callable[[str], Sequence[str]], *, without: str = "") -> Clause:
        """Condition on the view ``headers`` (alias ``a``); ``without`` names a dimension to leave out.

        ``search`` gives the ids of articles that hold a text.
        """
        clauses = [_article_clause(self, name) for name in DIMENSIONS if name != without and getattr(self, name)]
        if without != "dates" and self.date_from:
            clauses.append(Clause("a.published_to >= $f_from", {"f_from": self.date_from}))
        if without != "dates" and self.date_to:
            clauses.append(Clause("a.published_from <= $f_to", {"f_to": self.date_to}))
        if self.text and without != "text":
            article_ids = {"f_text": list(search(self.text))}
            clauses.append(Clause("a.article_id IN (SELECT unnest(CAST($f_text AS VARCHAR[])))", article_ids))
        return _all_of(clauses)

    def rows_where(self, table: str) -> Clause:
        """Condition that narrows the rows of ``table`` (alias ``r``) of an article to those the filter speaks of."""
        clauses: list[Clause] = []
        if self.voices and table in {"passages", "sentences", "mentions", "portrayals"}:
            clauses.append(
                Clause("list_contains(CAST($f_voices AS VARCHAR[]), r.voice)", {"f_voices": list(self.voices)})
            )
        if self.people and table == "quotes":
            clauses.append(Clause(_SPEAKS_OR_NAMED, {"f_people": list(self.people)}))
        chosen = [*self.people, *self.organisations, *self.jurisdictions, *self.named_administrations]
        if chosen and table in {"mentions", "portrayals"}:
            clauses.append(Clause(f"r.entity_id IN {_within('f_entities')}", {"f_entities": chosen}))
        return _all_of(clauses)

    # Words

    def describe(self, names: Mapping[str, str]) -> str:
        """The filter in words, such as “Fox News or ABC News · naming or quoting Matthew Albence · Feb 2020”.

        ``names`` gives the name of an entity or story by its id.
        """
        parts = []
        for name, words in _SAID.items():
            values = [names.get(value, value) for value in getattr(self, name)]
            if values:
                parts.append(words.format(" or ".join(values)))
        if self.date_from or self.date_to:
            parts.append(_dates_in_words(self.date_from, self.date_to))
        if self.text:
            marked = self.text if len(self.text) > 1 and self.text[0] == self.text[-1] == '"' else f"“{self.text}”"
            parts.append(f"with the words {marked}")
        return " · ".join(parts) or "Everything"


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SAID: Final = {
    "sources": "{}",
    "people": "naming or quoting {}",
    "organisations": "naming or quoting {}",
    "jurisdictions": "naming {}",
    "administrations": "published under {}",
    "named_administrations": "naming {}",
    "stories": "story: {}",
    "languages": "in the language {}",
    "own": "{}",
    "voices": "in {}",
}
# Fragments that any of the filter's people says or is named in, once each: article_no, quote, kind, said.
ABOUT_PEOPLE: Final = (
    "SELECT DISTINCT article_no, quote, kind, said FROM quotes_about WHERE entity_no IN "
    "(SELECT entity_no FROM entities WHERE entity_id IN (SELECT unnest(CAST($f_people AS VARCHAR[]))))"
)
_SPEAKS_OR_NAMED: Final = (
    f"(r.article_id, r.quote) IN (SELECT (h.article_id, q.quote) FROM ({ABOUT_PEOPLE}) q "
    "JOIN headers h USING (article_no))"
)


def _within(parameter: str, column: str = "entity_id") -> str:
    return f"(SELECT {column} FROM lineage WHERE within IN (SELECT unnest(CAST(${parameter} AS VARCHAR[]))))"


def _present(parameter: str) -> str:
    return (
        f"a.article_no IN (SELECT p.article_no FROM present p WHERE p.entity_no IN {_within(parameter, 'entity_no')})"
    )


def _article_clause(chosen: Filter, name: str) -> Clause:
    dimension = DIMENSIONS[name]
    parameter = f"f_{name}"
    values = list(getattr(chosen, name))
    if name == "voices":
        counted = [f"(a.words_{voice} > 0)" for voice in values if voice in _VOICE_COLUMNS]
        return Clause("(" + (" OR ".join(counted) or "false") + ")", {})
    if name == "own":
        return _own_clause(values)
    if name == "jurisdictions":
        placed = "SELECT p.article_no FROM placed p JOIN entities e ON e.entity_no = p.place_no"
        named = f"e.entity_id IN (SELECT unnest(CAST(${parameter} AS VARCHAR[])))"
        placed = f"a.article_no IN ({placed} WHERE {named})"
        if all(value.startswith("place:") for value in values):
            return Clause(placed, {parameter: values})
        # The bodies of a place, which an address named as places once.
        return Clause(f"({placed} OR {_present(parameter)})", {parameter: values})
    if dimension.label:
        return Clause(_present(parameter), {parameter: values})
    return Clause(f"list_contains(CAST(${parameter} AS VARCHAR[]), a.{dimension.column})", {parameter: values})


def _own_clause(values: Sequence[str]) -> Clause:
    """OR among the values of one column, AND across columns."""
    columns: dict[str, list[str]] = {}
    for value in values:
        columns.setdefault(value.partition(":")[0], []).append(value)
    return _all_of(
        [
            Clause(f"list_has_any(a.own, CAST($f_own_{number} AS VARCHAR[]))", {f"f_own_{number}": column_values})
            for number, column_values in enumerate(columns.values())
        ]
    )


_VOICE_COLUMNS: Final = frozenset(VOICES)


def _all_of(clauses: Sequence[Clause]) -> Clause:
    parameters: dict[str, Any] = {}
    for clause in clauses:
        parameters |= clause.parameters
    return Clause(" AND ".join(clause.sql for clause in clauses) or "true", parameters)


def _day(key: str, value: str) -> tuple[date | None, list[str]]:
    if not value:
        return None, []
    try:
        return date.fromisoformat(value), []
    except ValueError:
        return None, [f"“{value}” is not a date such as 2020-02-14; “{key}” was ignored."]


def _day_in_words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _dates_in_words(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return f"since {_day_in_words(first)}" if first else f"until {_day_in_words(last)}" if last else ""
    if first == last:
        return _day_in_words(first)
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1] and first.year == last.year:
        if first.month == last.month:
            return f"{_MONTHS[first.month - 1]} {first.year}"
        if (first.month, last.month) == (1, 12):
            return str(first.year)
    return f"{_day_in_words(first)} to {_day_in_words(last)}"
