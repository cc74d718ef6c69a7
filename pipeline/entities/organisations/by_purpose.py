"""Organisations called by what they are for or against, which models overlook: "Center for the Study of Ice"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.core.gazetteer import Gazetteer
from pipeline.core.person_nouns import person_nouns, role_words
from pipeline.core.resource_tables import any_of, lists
from pipeline.core.word_lists import function_words
from pipeline.entities.organisations.shape import trimmed, with_second_half
from pipeline.entities.organisations.table import table
from pipeline.entities.person_words import title_of
from pipeline.places.gazetteer import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.text_index import TextIndex

_WORDS: Final = "entities/organisation_names.toml"
_WORD: Final = r"[A-Z][\w-]*\w"
_GOES_ON: Final = rf"(?:the |an? |our )?{_WORD}(?: (?:{any_of(_WORDS, 'small_within')} ){{0,2}}{_WORD}){{0,5}}"
_BODY: Final = re.compile(
    rf"(?<![\w.'&-])(?P<short>(?:{_WORD} ){{0,3}}"
    rf"(?:{any_of(_WORDS, 'purpose_heads')} {any_of(_WORDS, 'for_what')}"
    rf"|{any_of(_WORDS, 'heads_of_aims')} {any_of(_WORDS, 'aims')})) {_GOES_ON}"
)
_PEOPLE: Final = re.compile(
    rf"(?<![\w.'&-])(?P<whose>(?:{_WORD} ){{0,2}})(?P<who>{_WORD}) "
    rf"(?P<how>{any_of(_WORDS, 'joined_for')}|of) {_GOES_ON}"
)
_OF_KIN: Final = frozenset(lists(_WORDS)["kin_of_body"])
_GATHERED: Final = frozenset(lists(_WORDS)["gathered"])
_GOES_ON_SO: Final = re.compile(rf" (?:[A-Z]|{any_of(_WORDS, 'for_what')}\b|{any_of(_WORDS, 'aims')}\b)")
_OF_ROLES: Final = frozenset(lists(_WORDS)["of_roles"])
_LONGEST_ROLE: Final = 30
# Behind a small letter or a comma a capital is a name's.
_WITHIN_SENTENCE: Final = re.compile(r"[a-z,] $")


def bodies_by_purpose(reading: TextIndex) -> Iterator[tuple[int, int, str]]:
    """Where such bodies are named, as (start, end, full name); "the Brady Campaign" by the first words alone."""
    names: dict[str, str] = {}
    for match in _BODY.finditer(reading.text):
        start = match.start() + _no_part_of_it(match["short"])
        start, end = trimmed(reading.text, start, match.end())
        end = with_second_half(reading.text, end, reading.text[start:end])
        end -= _of_a_role(reading.text, start, end)
        name, short = reading.text[start:end], reading.text[start : match.end("short")].rsplit(" ", 1)[0]
        if len(name) > len(short) and _is_told(reading, start, end):
            yield start, end, name
            if " " in short:
                names[short] = name
    for start, end, short in Gazetteer(names).find(reading) if names else ():
        if not _GOES_ON_SO.match(reading.text, end) and _is_told(reading, start, end):
            yield start, end, names[short]
    yield from _people_joined(reading)


def _of_a_role(text: str, start: int, end: int) -> int:
    """How many characters at the end say what somebody named next is: "Center for Moss Studies Policy Director Lee"."""
    after, last = text[end : end + _LONGEST_ROLE].split(" ")[1:2], text[start:end].rsplit(" ", 1)[-1]
    return len(last) + 1 if last in _OF_ROLES and after and after[0].lower() in role_words() else 0


def _no_part_of_it(words: str) -> int:
    """How many characters of the first words are a title or a small word with a capital: "The", "Director"."""
    skipped, before = 0, words.split(" ")[:-2]
    for word, following in pairwise([*before, ""]):
        other = word in function_words() or title_of(word) or word.lower() in role_words()
        if not other or f"{word} {following}" in table():  # "White House"
            break
        skipped += len(word) + 1
    return skipped


def _people_joined(reading: TextIndex) -> Iterator[tuple[int, int, str]]:
    """Bodies called by who is in them: "Mothers Against Fumes", "Sons of the Pioneers"."""
    told: dict[str, bool] = {}
    for match in _PEOPLE.finditer(reading.text):
        who, rest = match["who"], match[0][match.end("how") - match.start() :].split()
        one = who.lower().removesuffix("s")
        joined = (
            who in _OF_KIN
            if match["how"] == "of"
            else who in _GATHERED or (who.endswith("s") and one in person_nouns())
        )
        # "Republicans for Lee" are some of them.
        named = sum(word[:1].isupper() for word in rest) > 1 or who not in forms()
        start = match.start() + _no_part_of_it(f"{match['whose']}{who} {match['how']}")
        if joined and named and _is_told(reading, start, match.end()):
            start, end = trimmed(reading.text, start, match.end())
            within = _WITHIN_SENTENCE.search(reading.text, max(0, start - 2), start) is not None
            told[reading.text[start:end]] = told.get(reading.text[start:end], False) or within
    names = {name for name, within in told.items() if within and " " in name}
    yield from Gazetteer(sorted(names)).find(reading) if names else ()


def _is_told(reading: TextIndex, start: int, end: int) -> bool:
    """Whether capitals tell a name where it stands, and no day is in it."""
    set_apart = reading.heading(start) or reading.credit(start) or reading.furniture(start)
    return not (set_apart or reading.dated(start, end))
