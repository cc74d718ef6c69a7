"""Who governed when an article was written: told by its day or, where it has none, by whom it calls president."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import any_of
from pipeline.entities import offices
from store.terms import Term, in_office, terms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# A year that tells when a text was written, not a day to come, a number of things or a part of a number.
_YEAR: Final = re.compile(
    r"(?<![\d$,.#/-])(?<!by )(?<!until )(?<!through )((?:19|20)\d\d)"
    rf"(?![\d,%-]|\.\d| {any_of('entities/administration_words.toml', 'not_a_year_before')})"
)
# Of all that an article calls president, a share that is more than an aside.
_ASIDE: Final = 0.2


@lru_cache(maxsize=1)
def surnames() -> str:
    """The surnames of all presidents in the table, as alternatives of a regular expression."""
    return "|".join(sorted({term.surname for term in terms()}))


@lru_cache(maxsize=1)
def first_names_of_presidents() -> tuple[str, ...]:
    """The first names that presidents of the table of offices go by."""
    return tuple(sorted({term.name.split(" ")[0] for term in offices.president_ids().values()}))


@lru_cache(maxsize=1)
def given_names_pattern() -> str:
    """A pattern of what may stand before a president's surname: first name, and initials as ``initials``."""
    return rf"(?:(?:{'|'.join(first_names_of_presidents())})(?: J\.)? )?(?:(?P<initials>H\. ?W\.|W\.) )?"


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    """Somebody called president, and how; or an administration called by name."""
    first = given_names_pattern().replace("?P<initials>", "?:")
    return re.compile(
        r"(?P<not>[Ff]ormer (?:US |U\.S\. )?|[Tt]hen-|[Ee]x-|[Ll]ate |[Vv]ice[ -]|VICE )?\b"
        rf"(?:[Pp]resident|PRESIDENT|Pres\.)(?P<elect>-elect)? {first}(?P<name>{surnames()})\b"
        rf"|(?P<supposed>\b[Aa]n? (?:\w+ )?)?\b(?P<their>{surnames()})(?:['’]s?)? (?i:administration)\b"
    )


@lru_cache(maxsize=1)
def names_a_president(text: str) -> bool:
    """Whether ``text`` holds the surname of a president, as it is written or all in capitals: most texts do not."""
    return any(surname in text or surname.upper() in text for surname in surnames().split("|"))


@lru_cache(maxsize=1)
def _calls(text: str) -> tuple[re.Match[str], ...]:
    """Where ``text`` calls somebody president, or an administration by name; asked by several for the same text."""
    return tuple(_called().finditer(text)) if names_a_president(text) else ()


def presidents_called(text: str) -> Iterator[tuple[str, int]]:
    """The surname of each whom ``text`` calls president or speaks of by their administration, and where."""
    for match in _calls(text):
        name = "name" if match["name"] else "their"
        yield match[name], match.start(name)


def written_under(text: str, day: date | None) -> Term | None:
    """The term in office on ``day``; of an undated text the last of those whose president it calls so.

    A president called "former", "then" or "vice", and one named as an aside in a text of later years, is not the one.
    Of two terms of one president it is the later only where the text is surely of its time.
    """
    if day is not None:
        return in_office(day)
    if not _calls(text):
        return None
    called: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for match in _calls(text):
        name = match["name"] or match["their"]
        if match["not"]:
            gone[name] += not match["not"].lower().startswith("vice")
        elif not match["elect"] and not match["supposed"]:
            called[name] += 1
    last_year = max((int(year[1]) for year in _YEAR.finditer(text)), default=0)
    if last_year > terms()[-1].until.year:
        last_year = 0
    least = max(1, _ASIDE * called.total())
    chosen = [
        term
        for term in terms()
        if called[term.surname] >= max(1, gone[term.surname])
        and (term.until.year >= last_year or called[term.surname] > least)
        and not (_came_back(term) and last_year < term.since.year and not gone[_before(term).surname])
    ]
    return chosen[-1] if chosen else None


def _before(term: Term) -> Term:
    return terms()[terms().index(term) - 1]


def _came_back(term: Term) -> bool:
    """Whether the president of ``term`` had held office before, and another since."""
    return any(another.president == term.president and another.until < term.since for another in terms())
