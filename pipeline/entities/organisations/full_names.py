"""Names of organisations in full, longer than the model sees them, or told by their initials in brackets."""

from __future__ import annotations

import re
from calendar import day_abbr, month_abbr
from typing import TYPE_CHECKING, Final

from pipeline.core.acronyms import DEFINED, spells
from pipeline.core.resource_tables import any_of, lists
from pipeline.core.word_lists import common_words, function_words, slug
from pipeline.entities.organisations.shape import CAPITAL, is_organisation, is_two, words_telling
from pipeline.entities.organisations.support import no_organisations
from pipeline.entities.organisations.table import Organisation, table
from pipeline.entities.person_words import title_of
from pipeline.places.gazetteer import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.core.text_index import TextIndex
    from store.schema import MentionResolution

    # Where a name starts and ends, whose it is, how it was found and how sure it is.
    Found = tuple[int, int, Organisation, MentionResolution, float]

_WORDS: Final = "entities/organisation_names.toml"
_HEAD: Final = any_of(_WORDS, "long_heads")
_DAYS_AND_MONTHS: Final = "|".join(filter(None, [*month_abbr, *day_abbr]))
# A name around the word that says it is an organisation's, longer than the model sees it: "Ruiz Institute on Law and
# Social Policy", "National Association of Former Border Patrol Officers".
_BEFORE_HEAD: Final = re.compile(rf"(?<![\w.'])(?:{CAPITAL},? (?:(?:and|of|for|on|the|&) )?){{1,6}}$")
_LONG: Final = re.compile(rf"(?<= ){_HEAD}\b(?!,? (?:of|for|on) the\b(?! [A-Z]))")
_AFTER_HEAD: Final = re.compile(
    rf"(?: (?!on (?:{_DAYS_AND_MONTHS}))"
    rf"(?:of|for|on|to)(?: the| a)?(?: {CAPITAL})+(?:,? (?:and|&)(?: (?:of|for|on))?(?: {CAPITAL})+)?){{0,2}}"
)
# What more it is for, of ordinary words: "on Labor, Health and Human Services, and Education".
_LIST_GOES_ON: Final = re.compile(
    rf"(?:, {CAPITAL}(?: (?:(?:and|&) )?{CAPITAL})*)*,? (?:and|&) {CAPITAL}(?: {CAPITAL})?(?! [A-Z])"
)
_NAMED_WORD: Final = re.compile(r"[A-Z][\w'-]+")
# Committees that are written with small letters: "the House oversight committee".
_SMALL_COMMITTEE: Final = re.compile(
    rf"\b(?P<chamber>{any_of(_WORDS, 'chambers')}) (?P<what>[a-z]+(?: [a-z]+){{0,3}}) {any_of(_WORDS, 'small_heads')}\b"
)
_CHAMBERS: Final = frozenset(lists(_WORDS)["chambers"])
# "The US state department", "the justice department", unlike "the state department of health".
_OFFICE: Final = any_of(_WORDS, "small_offices")
_SMALL_DEPARTMENT: Final = re.compile(
    rf"\b(?:[Tt]he |{any_of(_WORDS, 'nation_before')} )(?P<what>{any_of(_WORDS, 'small_departments')}) {_OFFICE}\b"
    rf"|\b{any_of(_WORDS, 'nation_before')} (?P<also>{any_of(_WORDS, 'small_of_nation')}) {_OFFICE}\b"
)
# What only America has, or its presidents.
OF_AMERICA: Final = re.compile(any_of(_WORDS, "of_nation"))
_OF_WHAT: Final = re.compile(r" of\b")
_STATE_OF: Final = re.compile(rf"\b[Ss]tate (?i:{_OFFICE}) of\b")
# Before it stands another body's name: "the Ruiz Association, National Academy of Arts".
_ANOTHER: Final = re.compile(rf"\b{_HEAD},? (?:and )?(?=[A-Z])")
_WITHIN: Final = re.compile(f" {any_of(_WORDS, 'within')}")
_LONGEST_BEFORE: Final = 90
_CAPITALS_BEFORE: Final = re.compile(
    rf"(?:{CAPITAL}(?:'s)?,? (?:(?:and|of|for|on|in|the|to|&) ){{0,2}}){{0,7}}{CAPITAL}$"
)
_FIRST_CAPITAL: Final = re.compile(r"(?<!\S)[A-Z]")
_HEADED: Final = re.compile(r" (?:of|for|on|to) ")
_STATE_PARTY: Final = re.compile(rf"(?<= )({any_of(_WORDS, 'parties')}) [Pp]arty\b")
_STATE_BEFORE: Final = re.compile(rf"((?:{any_of(_WORDS, 'two_word_states')} )?[A-Z][a-z]+) $")


def long_names(reading: TextIndex, matches: Iterable[tuple[int, int, str]]) -> Iterator[Found]:
    """Names the model cuts short, where it sees some organisation in them; ``matches`` are those of the table."""
    ends_known = {start: end for start, end, _ in matches}
    for match in _LONG.finditer(reading.text):
        before = _BEFORE_HEAD.search(reading.text, max(0, match.start() - _LONGEST_BEFORE), match.start())
        after = _AFTER_HEAD.match(reading.text, match.end())
        if before is None or after is None:
            continue
        start, end = before.start(), _end_of_list(reading.text, after.end()) if after.group() else after.end()
        listed = [comma.end() for comma in _ANOTHER.finditer(reading.text, start, match.start())]
        start = listed[-1] if listed else start
        words = reading.text[start:end].split(" ")
        while words and (_opens_sentence(words[0]) or words[0].endswith(",") or title_of(words[0])):
            start += len(words.pop(0)) + 1
        if len(words) > 1 and words[0] in {"and", "of", "for", "on", "the", "&"}:
            start += len(words.pop(0)) + 1
        name = " ".join(words)
        if (
            len(words) < 3
            or (
                start in ends_known
                and reading.text[start : ends_known[start]] not in _CHAMBERS
                and not _WITHIN.match(reading.text, ends_known[start])
            )
            or any(title_of(word) and word != "Former" for word in words)
            or any(word in {"On", "In", "At", "For", "The", "Of"} for word in words[1:])
            or not reading.labels(start, end) & {"ORG", "PERSON", "FAC"}
            or reading.heading(start)
            or reading.credit(start)
            or is_two(name)
            or name in table()
            or not is_organisation(_HEADED.split(name)[0])
        ):
            continue
        yield start, end, Organisation(f"org:{slug(name)}", name, ""), "named", 0.65


def _opens_sentence(word: str) -> bool:
    """Whether a word before a name is none of it: "The", "When"."""
    return word in function_words() and word not in _CHAMBERS


def _end_of_list(text: str, end: int) -> int:
    """Where a list of what a body is for ends, of which ``end`` is that of the first: none of it is somebody."""
    more = _LIST_GOES_ON.match(text, end)
    if more is None or not all(
        word.lower() in common_words() and not title_of(word) for word in _NAMED_WORD.findall(more.group())
    ):
        return end
    return more.end()


def small_committees(reading: TextIndex) -> Iterator[Found]:
    """Committees of the chambers that the table has, written with small letters."""
    for match in _SMALL_COMMITTEE.finditer(reading.text):
        name = f"{match['chamber']} {match['what'].title().replace(' And ', ' and ')} Committee"
        if name in table() and not reading.heading(match.start()):
            yield *match.span(), table()[name][0], "named", 0.9


def small_departments(reading: TextIndex) -> Iterator[Found]:
    """Departments of America that the table has, written with small letters, where an article speaks of America."""
    for match in _SMALL_DEPARTMENT.finditer(reading.text):
        what = match["what"] or match["also"]
        name = f"{what.title().replace('Defence', 'Defense').replace('Labour', 'Labor')} Department"
        start = match.start("what") if match["what"] else match.start("also")
        other = _OF_WHAT.match(reading.text, match.end()) or (what == "state" and _STATE_OF.search(reading.text))
        if name in table() and not other and OF_AMERICA.search(reading.text):
            yield start, match.end(), table()[name][0], "named", 0.85


def state_parties(reading: TextIndex) -> Iterator[Found]:
    """Parties of a state: "Ohio Democratic Party", "the Ohio Republican party"."""
    for match in _STATE_PARTY.finditer(reading.text):
        before = _STATE_BEFORE.search(reading.text, max(0, match.start() - 25), match.start())
        place = place_of(before[1]) if before else None
        if before is not None and place is not None and place.kind == "state":
            name = f"{place.name} {match[1]} Party"
            party = Organisation(f"org:{slug(name)}", name, "party")
            yield before.start(), match.end(), party, "named", 0.95


def defined_names(reading: TextIndex) -> Iterator[Found]:
    """Names with their initials in brackets behind them, where their words or the model tell an organisation."""
    for match in DEFINED.finditer(reading.text):
        letters = match[1].replace(".", "")
        before = _CAPITALS_BEFORE.search(reading.text, max(0, match.start() - _LONGEST_BEFORE), match.start())
        if before is None or letters in table() or letters in no_organisations() or reading.heading(match.start()):
            continue
        starts = [before.start() + word.start() for word in _FIRST_CAPITAL.finditer(before.group())]
        name = next(
            (
                (start, reading.text[start : match.start()])
                for start in reversed(starts)
                if spells(letters, reading.text[start : match.start()])
            ),
            None,
        )
        if name is None or " " not in name[1] or name[1] in table():
            continue
        last, words = name[1].rsplit(" ", 1)[-1], set(name[1].split(" "))
        seen = any(
            "ORG" in reading.labels(*again.span()) for again in re.finditer(rf"\b{re.escape(match[1])}\b", reading.text)
        )
        if last not in words_telling()["never_last"] and (words & words_telling()["telling"] or seen):
            yield name[0], match.start(), Organisation(f"org:{slug(name[1])}", name[1], ""), "named", 0.8
