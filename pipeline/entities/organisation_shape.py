"""The shape of an organisation's name: what is trimmed off it, and what its words tell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.person_nouns import person_nouns, role_words
from pipeline.core.resource_tables import any_of, toml
from pipeline.core.word_lists import known_first_name
from pipeline.entities.organisation_table import table
from pipeline.places.gazetteer import forms, surely_a_place

if TYPE_CHECKING:
    from pipeline.core.spans import Span

_ARTICLE: Final = re.compile(r"^(?:the|The|THE|a|an|A|An) ")
_POSSESSIVE: Final = re.compile(r"'[sS]?$")
_CAPITALS: Final = re.compile(r"(?: [A-Z][\w&-]+){2,3}\b")
_LOCAL: Final = re.compile(rf"\b{any_of('entities/organisation_names.toml', 'local')}\b")
_AND: Final = re.compile(r" (?:and|or|&) ")
_ROLE_WITHIN: Final = re.compile(r" ([A-Z][a-z]+)\b")
_FOR: Final = re.compile(r" for (?:an? )?[A-Z]\w+$")
_NEXT_WORDS: Final = re.compile(r" ([A-Z][a-z]+)(?: [A-Z][a-z]+)?")
_NAME_NEXT: Final = re.compile(r" ([A-Z]\w*)")
JUNK: Final = re.compile(r", the |[@#/\\\n()\d|<>:;!?\"“”…=%$]|\bhttp|--")


def trimmed(text: str, start: int, end: int) -> Span:
    """A span cut at a line break, without article, possessive and outer marks."""
    name = text[start:end]
    cut = name.find("\n")
    if cut > 0:
        name = name[:cut]
    elif cut == 0:
        start += len(name) - len(name.lstrip())
        name = name.strip()
    article = _ARTICLE.match(name)
    if article:
        start += article.end()
        name = name[article.end() :]
    # "Health and Human Services' Office of Refugee Resettlement": the second is meant.
    owner = name.rfind("' ") + 2 if "' " in name else name.rfind("'s ") + 3 if "'s " in name else 0
    of_table = name[:owner].rstrip(" '") in table()
    if not of_table and _are_many(name[:owner].rstrip().rsplit(" ", 1)[-1]):
        # "The ACLU's Immigrants' Rights Project": whose it is, is no part of its name all the same.
        owner = name.rfind("'s ", 0, owner - 1) + 3 if "'s " in name[: owner - 1] else 0
    start, name = start + owner, name[owner:]
    bracket = name.find("(")
    name = name[:bracket] if bracket > 0 else name
    name = _POSSESSIVE.sub("", name.rstrip())
    while True:
        name = name.rstrip(" ,.-&]")
        head, _, last = name.rpartition(" ")
        if last not in words_telling()["small"]:
            break
        name = head
    stripped = name.lstrip(" '-")
    start, end = start + len(name) - len(stripped), start + len(name)
    start += _before_outlet(text[start:end])
    return start, _with_place(text, start, _without_role(text, start, end))


def _are_many(owner: str) -> bool:
    """Whether a possessive is of the people a body is of: "Women's", "Teachers'"; but not "Services'"."""
    if not owner.endswith("s'"):
        return owner.removesuffix("'s") in words_telling()["of_many"]
    one = owner.removesuffix("s'").lower()
    return one in person_nouns() or one.endswith(tuple(words_telling()["who_do"]))


def _before_outlet(name: str) -> int:
    """How long the word is that somebody sets before an outlet's name: "the Failing New York Times"."""
    first, _, outlet = name.partition(" ")
    called = " " in outlet and outlet in table() and name not in table() and table()[outlet][0].kind == "outlet"
    return len(first) + 1 if called else 0


def _with_place(text: str, start: int, end: int) -> int:
    """Where a name ends that a place completes: "Citizens for a Strong Ohio", which the model cuts short."""
    place = _NEXT_WORDS.match(text, end) if _FOR.search(text, start, end) else None
    if place is None:
        return end
    return next((stop for stop in (place.end(), place.end(1)) if text[end + 1 : stop] in forms()), end)


def _without_role(text: str, start: int, end: int) -> int:
    """Where a name ends before the role of whoever is named next: "Acme News Anchor Ann Lee"."""
    for role in _ROLE_WITHIN.finditer(text, start, end):
        word, named = role[1], _NAME_NEXT.match(text, role.end())
        named_here = role.end() >= end or (named is not None and known_first_name(named[1]))
        if named is not None and named_here and word.lower() in role_words() and text[role.start() - 1].isalpha():
            before = text[start : role.start()].rsplit(" ", 1)[-1]
            return role.start() if before[:1].isupper() else end
    return end


def without_nouns(name: str) -> str:
    """A name without the common nouns behind it: "Fordham University law school"."""
    words = name.split(" ")
    while len(words) > 1 and words[-1].islower():
        words.pop()
    return " ".join(words)


def is_part_of_body(text: str, end: int) -> bool:
    """Whether a surname that ends at ``end`` goes on as an organisation's name: "the Lee Media Group"."""
    after = _CAPITALS.match(text, end)
    # "The Lee Justice Department" is that body under Lee.
    name = after.group().strip() if after is not None else ""
    return name.rsplit(" ", 1)[-1] in words_telling()["telling"] and name not in table()


def is_two(name: str) -> bool:
    """Whether a name is two of the table's, or one and something else: "Border Patrol and ICE"."""
    if name in table():
        return False
    return any(
        name[: between.start()] in table() or name[between.end() :] in table() for between in _AND.finditer(name)
    )


def is_organisation(name: str) -> bool:
    """Whether the words of a name tell that it is an organisation's."""
    words = name.split(" ")
    if len(name) < 3 or JUNK.search(name) or not name[0].isupper() or surely_a_place(name):
        return False
    last = words[-1]
    lists = words_telling()
    if last in lists["never_last"] or (_LOCAL.search(name) and words[0] not in {"National", "Federal"}):
        return False
    if len(words) == 1:
        # One word, even in capitals, is as often a programme or a form: the table or the article must explain it.
        return False
    if any(word.islower() and word not in lists["small"] for word in words) or name.isupper():
        return False
    if name == "State of the Union" or words[0] == "We":
        return False
    telling = any(word.rstrip(".,") in lists["telling"] for word in words)
    return telling and not (len(words) == 2 and known_first_name(words[0]) and last not in lists["telling"])


@lru_cache(maxsize=1)
def words_telling() -> dict[str, frozenset[str]]:
    """Lists of words by what they tell of an organisation's name."""
    lists = toml("entities/organisation_words.toml")
    return {name: frozenset(" ".join(lines).split()) for name, lines in lists.items()}
