"""When a given name is the labelled one: the rules by which ``identity`` compares spans and names.

Spans are compared without what may as well belong to a name as not: articles, words like ``his``, possessive endings,
quotation marks, titles before a person, ``U.S.`` before an organisation, ``state of`` and ``, D.C.`` around a place.
Names are compared without capitals, accents, full stops and articles, and then:

- a person by the last name, generational suffixes left out, and the first name: equal, a known short form, an initial,
  or the beginning of the other. A label of one word asks for that word alone.
- an organisation by its name, with and without ``U.S.``; ``Justice Department`` is ``Department of Justice``.
- a place by its kind and Census code where the label has one, else by kind, name and state.
- an administration by the president's last name and, where the label gives it, the year it began.

A label may give several names, with ``|`` between them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.core.resource_tables import rows

_EDGES: Final = " \t\n\"'“”‘’.,;:()[]–—-"
_POSSESSIVE: Final = re.compile(r"(?:['’]s|['’])$")
_ARTICLE: Final = re.compile(r"^(?:the|an?|this|that|his|her|its|their|our|my|your)\s+", re.IGNORECASE)
_COUNTRY: Final = re.compile(r"^(?:u\.?s\.?|united states)\s+", re.IGNORECASE)
_GOVERNED: Final = re.compile(r"^(?:state|city|town|county|commonwealth) of\s+", re.IGNORECASE)
_CAPITAL: Final = re.compile(r"^(washington),?\s+d\.?\s?c\.?$", re.IGNORECASE)
_SUFFIXES: Final = frozenset(["jr", "sr", "ii", "iii", "iv"])
_DEPARTMENT: Final = re.compile(r"^(?P<of>[a-z ]+) department$")
_ADMINISTRATION: Final = re.compile(r"^(?P<who>.+?)(?: administration)?(?: \(?(?P<year>\d{4}).*)?$")
_SHORTEST_BEGINNING: Final = 3
_STATE_CODE: Final = 2


@dataclass(frozen=True, slots=True)
class Identity:
    """What a program says a mention stands for. ``kind``, ``state`` and ``fips`` are None where it cannot tell."""

    name: str
    kind: str | None = None
    state: str | None = None
    fips: str | None = None


@cache
def _titles() -> re.Pattern[str]:
    words = sorted((row["title"] for row in rows("entities/titles.csv")), key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(map(re.escape, words))})\.?\s+", re.IGNORECASE)


@cache
def _nicknames() -> dict[str, str]:
    return {row["nickname"]: row["name"] for row in rows("core/nicknames.csv")}


def _leading(words: str, patterns: list[re.Pattern[str]]) -> int:
    """How many characters one of ``patterns`` takes off the front, something being left behind them."""
    hits = (pattern.match(words) for pattern in patterns)
    return next((hit.end() for hit in hits if hit and hit.end() < len(words)), 0)


def inner(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """The part of a span that the comparison reads; the span itself where nothing would be left."""
    before, after = start, end
    patterns = {"PERSON": [_titles()], "ORG": [_COUNTRY], "JURISDICTION": [_GOVERNED]}.get(label, [])
    while True:
        words = text[before:after]
        stripped = words.strip(_EDGES)
        if stripped and stripped != words:
            before += words.index(stripped)
            after = before + len(stripped)
        elif (leading := _leading(words, [_ARTICLE, *patterns])) > 0:
            before += leading
        elif (ending := _POSSESSIVE.search(words)) and ending.start():
            after = before + ending.start()
        elif label == "JURISDICTION" and (capital := _CAPITAL.match(words)):
            after = before + capital.end(1)
        else:
            return (before, after) if before < after else (start, end)


def plain(name: str) -> str:
    """A name in lower case, without accents, full stops, articles and possessive ending."""
    ascii_only = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    bare = _ARTICLE.sub("", _POSSESSIVE.sub("", ascii_only.strip(_EDGES)))
    return " ".join(re.sub(r"[.,]", "", bare).replace("&", "and").split())


def _person(name: str) -> list[str]:
    parts = [part for part in plain(name).split() if part not in _SUFFIXES]
    return parts or plain(name).split()


def _same_first(first: str, second: str) -> bool:
    if _nicknames().get(first, first) == _nicknames().get(second, second):
        return True
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) in {1, *range(_SHORTEST_BEGINNING, len(longer))} and longer.startswith(shorter)


def _same_person(gold: str, name: str) -> bool:
    gold_words, words = _person(gold), _person(name)
    if not gold_words or not words or gold_words[-1] != words[-1]:
        return False
    if len(gold_words) == 1 or len(words) == 1:
        return len(gold_words) == len(words)
    return _same_first(gold_words[0], words[0])


def _organisation(name: str) -> str:
    bare = _COUNTRY.sub("", plain(name))
    department = _DEPARTMENT.match(bare)
    return f"department of {department['of']}" if department else bare


def _same_place(gold: str, predicted: Identity) -> bool:
    kind, _, rest = gold.partition(":")
    place, _, fips = rest.partition(":")
    name, _, state = place.partition(", ")
    if predicted.kind is None:
        return plain(predicted.name) in {plain(name), plain(place)}
    if kind != predicted.kind:
        return False
    if fips:
        return fips == predicted.fips
    same_name = plain(predicted.name).removesuffix(" dc") == plain(name).removesuffix(" dc")
    abroad = len(state) > _STATE_CODE
    return same_name and (not state or ("" if abroad else state) == predicted.state)


def _same_administration(gold: str, name: str) -> bool:
    gold_match, match = (_ADMINISTRATION.match(plain(name)) for name in (gold, name))
    if gold_match is None or match is None or gold_match["who"].split()[-1] != match["who"].split()[-1]:
        return False
    return not gold_match["year"] or gold_match["year"] == match["year"]


def same(label: str, gold: str, predicted: Identity) -> bool:
    """Whether ``predicted`` is what ``gold``, the identity of a label of the kind ``label``, asks for."""
    if label == "JURISDICTION":
        return any(_same_place(name, predicted) for name in gold.split("|"))
    return any(
        {
            "PERSON": _same_person,
            "ORG": lambda first, second: _organisation(first) == _organisation(second),
            "ADMINISTRATION": _same_administration,
        }[label](name, predicted.name)
        for name in gold.split("|")
    )


def same_words(label: str, gold: str, predicted: Identity) -> bool:
    """String equality: whether the name given is, word for word, one the label gives."""
    if label == "JURISDICTION":
        return same(label, gold, Identity(predicted.name))
    return plain(predicted.name) in map(plain, gold.split("|"))
