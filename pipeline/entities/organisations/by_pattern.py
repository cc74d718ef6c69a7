"""Organisations that the words in and beside a name tell outright, so that nobody is looked for in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import any_of, lists
from pipeline.core.text_index import opening_words
from pipeline.core.word_lists import common_words, function_words, known_first_name, known_surname, never_names
from pipeline.entities.offices import president_names
from pipeline.entities.organisations.by_purpose import bodies_by_purpose
from pipeline.entities.organisations.support import no_organisations, words_for_bodies
from pipeline.entities.organisations.table import is_somebodys, table
from pipeline.entities.person_words import title_of
from pipeline.places.gazetteer import forms, surely_a_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.core.text_index import TextIndex
    from store.schema import EntityKind

_WORDS: Final = "entities/organisation_names.toml"
_ONE: Final = re.compile(r" ([A-Z][\w-]*\w)(?=[,.;:)]| [a-z]|'s\b|$)", re.MULTILINE)
_JOINED: Final = re.compile(
    r"(?<![\w&-])(?<!\w')(?<![A-Z&] )(?:[A-Z][\w'-]*\w ){1,2}& [A-Z][\w'-]*\w(?<!'s)(?:'s)?(?![\w-]| (?:[A-Z]|&))"
)
_LOCAL: Final = re.compile(rf"(?<![\w&-])(?:[A-Z][\w&]*\w ){{1,5}}{any_of(_WORDS, 'branch')} \d+\b")
_ARMED_GROUP: Final = re.compile(
    rf"{any_of(_WORDS, 'armed_groups')}[ -]{any_of(_WORDS, 'arabic_articles')}-[A-Z][\w-]+"
)
_DEMOCRATS: Final = re.compile(rf"(?<![\w-]){any_of(_WORDS, 'democrats_abroad')}(?![\w-]| [A-Z])")
_SAINT: Final = re.compile(
    rf"(?<![\w'-]){any_of(_WORDS, 'saint')} [A-Z]\w+(?:'s?)?(?: [A-Z][a-z]+){{0,2}} "
    rf"{any_of(_WORDS, 'of_saints')}\b(?! [A-Z])"
)
_PERIODICAL: Final = re.compile(
    rf"\b{any_of(_WORDS, 'periodicals')} (?:of|for) (?:the )?[A-Z][\w-]+"
    r"(?:(?: (?:and|(?:of|for)(?: the)?))? [A-Z][\w-]+)*"
)
_SAINTS: Final = opening_words(lists(_WORDS)["saint"])
_PERIODICALS: Final = opening_words(lists(_WORDS)["periodicals"])
_SOURCES: Final = opening_words(lists(_WORDS)["source_before"])
_DOING_FOR: Final = re.compile(
    rf"(?<![\w&-])(?<![A-Z] )(?:{any_of(_WORDS, 'doing_for')}) (?:{any_of(_WORDS, 'countries_served')})\b(?! [A-Z]|')"
)
_DOING: Final = opening_words(lists(_WORDS)["doing_for"])
# "The state's Democratic-Farmer-Labor Party".
_HYPHENED_PARTY: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?:-[A-Z][a-z]+){1,3} Party\b(?! [A-Z])")
# "According to factcheck.org", "per TalkingPointsMemo", but not "McConnell".
_SITE: Final = re.compile(
    rf"\b(?i:{any_of(_WORDS, 'source_before')}) (?P<site>[A-Za-z][\w-]+\.{any_of(_WORDS, 'site_ends')}"
    r"|[A-Z][a-z]{3,}(?:[A-Z][a-z]+)+)(?=[,.;:]?(?:\s|$))(?! [A-Z])"
)
_PARTY: Final = re.compile(
    rf"\b(?:{any_of(_WORDS, 'party_before')} |(?P<whose>[A-Z]\w+)'s )([A-Z][a-z]+(?: [A-Z][a-z]+)?) party\b"
    rf"|(?<=[a-z] )([A-Z][a-z]+(?: [A-Z][a-z]+)?) party {any_of(_WORDS, 'party_after')}\b"
)


def armed_groups(reading: TextIndex) -> Iterator[tuple[int, int, str]]:
    """Arabic names of armed groups by their first word: "Ansar al-Sharia"."""
    for match in _ARMED_GROUP.finditer(reading.text):
        yield *match.span(), match.group()


def told_by_pattern(reading: TextIndex) -> list[tuple[int, int, str, EntityKind]]:
    """Names as (start, end, name, kind), found once an article."""
    return reading.cached("bodies told by pattern", lambda: list(_told(reading)))


def _told(reading: TextIndex) -> Iterator[tuple[int, int, str, EntityKind]]:
    for name in dict.fromkeys(_behind_their_noun(reading)):
        for match in re.finditer(rf"(?<![\w@#/.-]){re.escape(name)}(?![\w@/-]| [A-Z])", reading.text):
            before = reading.text[max(0, match.start() - 20) : match.start()].rstrip().rsplit(" ", 1)[-1]
            another = before[:1].isupper() and (known_first_name(before) or bool(title_of(before)))
            if not another and _in_text(reading, match.start()):
                yield *match.span(), name, ""
    yield from _joined(reading)
    yield from _sites(reading)
    yield from ((*found, "group") for found in bodies_by_purpose(reading))
    kinds: tuple[tuple[Iterable[re.Match[str]], EntityKind], ...] = (
        (reading.matches(_SAINT, _SAINTS), ""),
        (reading.matches(_PERIODICAL, _PERIODICALS), "outlet"),
        (_LOCAL.finditer(reading.text), "group"),
        (_DEMOCRATS.finditer(reading.text), "party"),
        (_HYPHENED_PARTY.finditer(reading.text), "party"),
        (reading.matches(_DOING_FOR, _DOING), "group"),
    )
    for matches, kind in kinds:
        for match in matches:
            if _in_text(reading, match.start()) and match[0].split(" ", 1)[0] not in function_words():
                yield *match.span(), match[0], kind
    for match in _PARTY.finditer(reading.text) if " party" in reading.text else ():
        number = match.lastindex or 1
        # "Greece's Syriza party", not "Lee's Christmas party".
        somebodys = match["whose"] is not None and not surely_a_place(match["whose"])
        if not somebodys and _in_text(reading, match.start()) and f"{match[number]} party" not in table():
            yield match.start(number), match.end(number) + len(" party"), f"{match[number]} Party", "party"


def _sites(reading: TextIndex) -> Iterator[tuple[int, int, str, EntityKind]]:
    """Sites that somebody's words or figures are from, by their addresses or as one word, wherever they stand."""
    names = {match["site"] for match in reading.matches(_SITE, _SOURCES) if _in_text(reading, match.start("site"))}
    for name in sorted(name for name in names if name.partition(".")[0] not in table() and not known_surname(name)):
        for match in re.finditer(rf"(?<![\w@#/.-]){re.escape(name)}(?![\w@/-])", reading.text):
            if _in_text(reading, match.start()):
                yield *match.span(), name, ""


def _joined(reading: TextIndex) -> Iterator[tuple[int, int, str, EntityKind]]:
    """Names joined by "&" that are one firm's: "Barnes & Noble"."""
    for match in _JOINED.finditer(reading.text) if " & " in reading.text else ():
        start, name = match.start(), match[0].removesuffix("'s")
        first, _, others = name.partition(" ")
        # "On Monday Simon & Ruiz".
        if not others.startswith("&") and reading.dated(start, start + len(first)):
            start, name = start + len(first) + 1, others
        ends = name.split(" ", 1)[0], name.rsplit(" ", 1)[-1]
        other = ends[0] in function_words() or any(map(surely_a_place, ends)) or all(map(known_first_name, ends))
        other = other or all(word.lower() in common_words() for word in ends)  # "Various & Sundry"
        if not other and _in_text(reading, start):
            yield start, start + len(name), name, ""


def _behind_their_noun(reading: TextIndex) -> Iterator[str]:
    """Names of one word right behind the word for what they are: "the utility EDF"."""
    for start, word in reading.words:
        match = _ONE.match(reading.text, start + len(word)) if word in words_for_bodies() else None
        if match is None or not _in_text(reading, match.start(1)):
            continue
        noun, named = reading.token(start), reading.token(match.start(1))
        if noun is None or named is None or not named.tag_.startswith("NNP"):
            continue
        joined = (noun.head == named and noun.dep_ == "compound") or (named.head == noun and named.dep_ == "appos")
        lists = (forms(), never_names(), table(), no_organisations(), president_names())
        other = any(match[1] in names for names in lists) or title_of(match[1]) or is_somebodys(reading, match[1])
        if joined and not other and not reading.dated(*match.span(1)):
            yield match[1]


def _in_text(reading: TextIndex, start: int) -> bool:
    """Whether capitals tell a name where it stands."""
    return not (reading.heading(start) or reading.credit(start) or reading.furniture(start))
