"""What single words tell of names of people: titles, and words that are no name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.core.person_nouns import person_nouns
from pipeline.core.resource_tables import any_of, lists, rows, toml, words
from pipeline.core.word_lists import (
    common_words,
    function_words,
    is_initial,
    known_first_name,
    known_surname,
    never_names,
    plain_case,
)

_INNER_CAPITAL: Final = re.compile(r"[a-zà-ÿ][A-Z]")
WORDS: Final = "entities/person_words.toml"
_JOINED: Final = re.compile(rf"^{any_of(WORDS, 'joined')}[A-Z][a-zà-ÿ']*$")
# An organisation or work that bears a person's name: the word after the name says what it is.
THING_AFTER: Final = re.compile(rf" {any_of(WORDS, 'thing_after')}\b")
NAMED_AFTER: Final = re.compile(rf" {any_of(WORDS, 'named_after')}\b")
# Of a name of two words or more: "Jr." is no surname.
SUFFIXES: Final = frozenset(lists(WORDS)["suffixes"])
_WORD_BEFORE: Final = re.compile(r"([\w.-]+)\s*$")
_OF_SEVERAL: Final[dict[str, str]] = toml(WORDS)["of_several"]
_NAME: Final = r"[A-Z][\w'-]*\w(?: [A-Z][\w'-]*\w){0,2}"
# Of which party and state each is may stand behind the name.
_OF_WHERE: Final = rf"(?: \([^()\n]{{1,25}}\)| of {_NAME})?"
_ITEM: Final = rf"{_NAME}{_OF_WHERE}"
_LIST: Final = re.compile(rf"\b({'|'.join(_OF_SEVERAL)})\.? ({_ITEM}(?:, {_ITEM}){{0,9}},? (?:and|&) {_NAME})")
_NEXT_NAME: Final = re.compile(rf"(?:^|, |,? (?:and|&) )({_NAME}){_OF_WHERE}")
_OVER_PLACE: Final = re.compile(r"\b([A-Z][a-z]+) (?:to|of|for) (?:the )?$")
_LONGEST_TITLE: Final = 30
# "Ex-Sheriff Ann Lee" held the office.
_NO_LONGER: Final = re.compile(rf"^{any_of(WORDS, 'no_longer')}-(?=\w)")


@dataclass(frozen=True, slots=True)
class Title:
    """A word that stands before names."""

    gender: str
    names: bool


@lru_cache(maxsize=1)
def titles() -> dict[str, Title]:
    """Titles by the word without its full stop: in lower case, or as set where the table has it in capitals ("DI")."""
    return {
        row["title"] if row["title"].isupper() else row["title"].lower(): Title(row["gender"], row["names"] == "yes")
        for row in rows("entities/titles.csv")
    }


def title_of(word: str) -> str:
    """The key in :func:`titles` of a word that is a title, or was ("then-Mayor"); else empty.

    Ranks in letters count in capitals alone.
    """
    bare = _NO_LONGER.sub("", word.rstrip("."))
    return bare if bare in titles() else bare.lower() if bare.lower() in titles() else ""


@lru_cache(maxsize=1)
def callings() -> frozenset[str]:
    """Nouns, in lower case, for what people do or are, of no gender; a sentence may open with one: "Farmer Ann Lee"."""
    named = {noun for noun, gender in person_nouns().items() if not gender}
    return frozenset({*named, *words("quotes/who_speaks.txt")})


def titles_before(text: str, start: int) -> list[str]:
    """Titles in small letters right before a run: "former president", "spokeswoman"."""
    ranks: list[str] = []
    end = start
    for _ in range(3):
        before = _WORD_BEFORE.search(text, max(0, end - 30), end)
        if not before or "\n" in text[before.end(1) : end]:
            break
        word = title_of(before[1])
        if not word:
            break
        ranks.insert(0, word)
        end = before.start()
    return ranks


def titles_over_places(text: str, start: int) -> list[str]:
    """The title before a place at ``start`` where it may be of whoever is named next: "Ambassador to Peru Ann Lee"."""
    before = _OVER_PLACE.search(text, max(0, start - _LONGEST_TITLE), start)
    title = title_of(before[1]) if before is not None else ""
    return [title] if title and titles()[title].names else []


def titles_of_lists(text: str) -> dict[int, str]:
    """The title of each name in lists that have one for all of them, by where the name starts: "Sens. Lee and Ruiz"."""
    return {
        found.start(2) + name.start(1): _OF_SEVERAL[found[1]]
        for found in _LIST.finditer(text)
        for name in _NEXT_NAME.finditer(found[2])
    }


@lru_cache(maxsize=65_536)
def is_ordinary(word: str) -> bool:
    """Whether a capitalised word is no name: listed as such, or an English word that nobody bears as a name."""
    if (
        word in function_words()
        or word in never_names()
        or not any(map(str.isalpha, word))
        or any(map(str.isdigit, word))
    ):
        return True
    if _INNER_CAPITAL.search(word.replace("'", "").replace("-", "")) and not all(
        _JOINED.match(part) or not _INNER_CAPITAL.search(part) for part in re.split(r"[-']", word) if part
    ):
        return True
    if len(word) > 1 and word.isupper() and not is_initial(word) and len(word) <= 4 and not known_first_name(word):
        return not known_surname(word)
    lower = word.lower()
    return lower in common_words() and not known_first_name(word) and not known_surname(word)


@lru_cache(maxsize=65_536)
def doubtful(word: str) -> bool:
    """Whether a word that can be a name is an ordinary word as well."""
    return word.lower() in common_words() or plain_case(word) in never_names()
