"""The shape of an organisation's name: what is trimmed off it, and what its words tell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.person_nouns import person_nouns, role_words
from pipeline.core.resource_tables import any_of, lists, toml
from pipeline.core.word_lists import common_words, function_words, known_first_name, known_surname, never_names
from pipeline.entities.offices import holders, president_names
from pipeline.entities.organisations.table import table
from pipeline.entities.person_words import doubtful, is_ordinary, title_of
from pipeline.places.gazetteer import forms, surely_a_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.core.spans import Span
    from pipeline.core.text_index import TextIndex
    from store.schema import EntityKind

_WORDS: Final = "entities/organisation_names.toml"
# A word of a name.
CAPITAL: Final = r"(?:U\.S\.|[A-Z](?:[\w&-]|'(?=[A-Z]))*)"
_ARTICLE: Final = re.compile(r"^(?:the|The|THE|a|an|A|An) ")
_POSSESSIVE: Final = re.compile(r"'[sS]?$")
_CAPITALS: Final = re.compile(r"(?: [A-Z][\w&-]+){2,3}\b")
_LOCAL: Final = re.compile(rf"\b{any_of(_WORDS, 'local')}\b")
_ENDS_HERE: Final = r"\b(?! [A-Z]| of\b|-)"
_SURE: Final = re.compile(rf"(?<![\w.'&-])([A-Z][a-z]{{2,}}) {any_of(_WORDS, 'sure_heads')}{_ENDS_HERE}")
_SUREST: Final = re.compile(rf"(?<=[\w.] ){any_of(_WORDS, 'surest_heads')}{_ENDS_HERE}")
_BEFORE_SUREST: Final = re.compile(rf"(?<![\w.'&-])(?:{CAPITAL} (?:(?:for|of|and|the) ){{0,2}}){{1,5}}$")
_LONGEST_BEFORE: Final = 90
_FORM_WITHIN: Final = re.compile(rf"(?<=[\w,] ){any_of(_WORDS, 'form_ends')}\b\.?(?= [A-Z])")
_AND: Final = re.compile(r" (?:and|or|&) |[-/](?=[A-Z])")
_ROLE_WITHIN: Final = re.compile(r" ([A-Z][a-z]+)\b")
_FOR: Final = re.compile(r" for (?:an? )?[A-Z]\w+$")
_NEXT_WORDS: Final = re.compile(r" ([A-Z][a-z]+)(?: [A-Z][a-z]+)?")
_NAME_NEXT: Final = re.compile(r" ([A-Z]\w*)")
_HEADED: Final = re.compile(rf"(?:[A-Z][\w'-]* ){{0,3}}{any_of(_WORDS, 'long_heads')} (?:for|on|of) (?:the )?[A-Z]")
_SURELY_ENDS: Final = re.compile(rf"(?<=\w ){any_of(_WORDS, 'surest_heads')}$")
_BOARD: Final = "Board"
_LEGAL_FORMS: Final = frozenset(" ".join(lists("entities/organisation_support.toml")["legal_forms"]).split())
# What a body is for, one thing, and another word for what it is for: "Fish and Game", not "Justice and Lee Brown".
_FOR_WHAT: Final = re.compile(r"[a-z] (?:of|for|on) (?:the )?[A-Z]\w+$")
_AND_NOUN: Final = re.compile(r" (?:and|&) (the )?([A-Z][a-z]+)\b(?! [A-Z]| of\b|')")
JUNK: Final = re.compile(r", the |[@#/\\\n()\[\]\d|<>:;!?\"“”…=%$]|\bhttp|--")


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
    # "Harlow Inc Chief Executive Ann Lee".
    form = _FORM_WITHIN.search(name)
    name = name[: form.end()] if form is not None else name
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


def begins_body(reading: TextIndex, word: str) -> bool:
    """Whether a body of the article begins with a surname that is no office-holder's: "the Wharton School"."""
    if holders(word) or word in president_names() or known_first_name(word):
        return False
    longer = re.finditer(rf"\b[Tt]he {re.escape(word)}(?: [A-Z][\w-]+){{1,3}}\b(?! [A-Z])", reading.text)
    return any(not reading.heading(m.start()) and is_organisation(m[0][len("the ") :]) for m in longer)


def is_two(name: str) -> bool:
    """Whether a name is two of the table's, or one and something else: "Border Patrol and ICE"."""
    if name in table():
        return False
    _, comma, last = name.rpartition(", ")
    if comma and last in table():
        return True  # "Facebook, General Motors"; but "University of California, Berkeley"
    return any(
        name[: between.start()] in table() or name[between.end() :] in table() for between in _AND.finditer(name)
    )


def is_organisation(name: str) -> bool:
    """Whether the words of a name tell that it is an organisation's."""
    words, lists = name.split(" "), words_telling()
    # One word, even in capitals, is as often a programme or a form: the table or the article must explain it.
    alone = len(words) == 1 or len(name) < len("CIA")
    if alone or JUNK.search(name) or not name[0].isupper() or surely_a_place(name):
        return False
    last = words[-1]
    somebody = known_first_name(words[0]) and known_surname(last)  # Michael Steel
    trade = last in lists["trades"] and not somebody and not any(map(_can_be_else, words[:-1]))
    if trade or _SURELY_ENDS.search(name):
        return True
    if _says_what_else(name, words) or name.isupper() or name == "State of the Union" or words[0] == "We":
        return False
    if any(word.islower() and word not in lists["small"] for word in words):
        return False
    telling = any(word.rstrip(".,") in lists["telling"] for word in words)
    return telling and not (len(words) == 2 and known_first_name(words[0]) and last not in lists["telling"])


def _says_what_else(name: str, words: list[str]) -> bool:
    """Whether a name's last word tells a law or the like, or a place's jail."""
    last, lists = words[-1], words_telling()
    if _LOCAL.search(name) and words[0] not in {"National", "Federal"}:
        return True
    # "The Center for Reproductive Rights" is one whatever it is for, "the Torrin Water Board" whatever boards else are.
    headed = _HEADED.match(name) is not None and last not in lists["papers"]
    return last in lists["never_last"] and not headed and not (last == _BOARD and len(words) > 2)


def with_second_half(text: str, end: int, name: str) -> int:
    """Where a body's name ends that the model breaks off at "and": "Department of Fish and Game"."""
    first = _FOR_WHAT.search(name)
    after = _AND_NOUN.match(text, end) if first is not None else None
    if first is None or after is None or title_of(after[2]) or after[2] in table():
        return end
    if after[2].lower() not in common_words() or bool(after[1]) > (" the " in first[0]):  # "for the Young and the Old"
        return end
    return after.end()


def _can_be_else(word: str) -> bool:
    """Whether a word before a trade can say something else: "American Steel", "Clean Energy"."""
    return doubtful(word) or is_ordinary(word) or word in forms()


def is_trade_next(text: str, end: int) -> bool:
    """Whether a trade follows the name that ends at ``end``: "Farrow Textiles"."""
    after = _NAME_NEXT.match(text, end)
    return after is not None and after[1] in words_telling()["trades"]


@lru_cache(maxsize=1)
def words_telling() -> dict[str, frozenset[str]]:
    """Lists of words by what they tell of an organisation's name."""
    lists = toml("entities/organisation_words.toml")
    return {name: frozenset(" ".join(lines).split()) for name, lines in lists.items()}


def rare_names(reading: TextIndex) -> dict[str, list[int]]:
    """Where words stand that are nothing but a name, and neither somebody's nor a place's: "Bilderberg", "Valeant".

    None is a people to the model ("Latino"), or stands behind a first name or a title anywhere ("Jeff Bezos").
    """
    return reading.cached(rare_names, lambda: _rare_names(reading))


def _rare_names(reading: TextIndex) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for start, word in reading.words:
        # A longer name than its own is another: "the Quellen Millia campus".
        if word.istitle() and _is_rare(word) and not _NAME_NEXT.match(reading.text, start + len(word)):
            found.setdefault(word, []).append(start)
    return {
        word: starts
        for word, starts in found.items()
        if not any(
            "NORP" in reading.labels(start, start + len(word)) or _behind_somebody(reading.text, start)
            for start in starts
        )
    }


def surnames_of_nobody(reading: TextIndex, words: Iterable[str]) -> dict[str, list[int]]:
    """Where those of ``words`` stand alone that are surnames, though the article names nobody so: "Kantor".

    Whoever is known by a surname alone, like a president, is somebody all the same.
    """
    surnames = {
        word
        for word in words
        if known_surname(word)
        and not (known_first_name(word) or holders(word) or word in forms() or word.lower() in common_words())
    }
    found: dict[str, list[int]] = {}
    for start, word in reading.words if surnames else ():
        if word in surnames:
            found.setdefault(word, []).append(start)
    return {
        word: [start for start in starts if not _NAME_NEXT.match(reading.text, start + len(word))]
        for word, starts in found.items()
        if not any(_behind_a_name(reading.text, start) for start in starts)
    }


def _behind_a_name(text: str, start: int) -> bool:
    """Whether a capitalised word stands before, which can be a first name or a title: "Ann Kantor", "Mr. Kantor"."""
    before = text[max(0, start - 20) : start].rstrip(" ").rsplit(" ", 1)[-1]
    return text[start - 1 : start] == " " and before[:1].isupper() and before not in function_words()


def _behind_somebody(text: str, start: int) -> bool:
    before = text[max(0, start - 20) : start].rstrip(" ").rsplit(" ", 1)[-1]
    return known_first_name(before) or bool(title_of(before))


@lru_cache(maxsize=65_536)
def _is_rare(word: str) -> bool:
    ordinary = word.lower() in common_words() or len(word) < len("Quell")
    ordinary = ordinary or word in function_words() or word in never_names()
    return not (ordinary or known_first_name(word) or known_surname(word) or word in forms() or title_of(word))


def tells_no_person(word: str) -> bool:
    """Whether a name that ends with ``word`` is that of a body, a firm, a law or the like."""
    lists, legal = words_telling(), word.rstrip(".") in _LEGAL_FORMS
    return legal or word in lists["telling"] or word in lists["trades"] or word in lists["never_last"]


def named_by_last_word(reading: TextIndex) -> list[tuple[int, int, EntityKind, float]]:
    """Names whose last word leaves no doubt, though the model overlooks them, as (start, end, kind, how sure)."""
    return reading.cached("named by last word", lambda: list(_named_by_last_word(reading)))


def _named_by_last_word(reading: TextIndex) -> Iterator[tuple[int, int, EntityKind, float]]:
    for match in _SURE.finditer(reading.text):
        before = reading.text[max(0, match.start() - 30) : match.start()].rstrip(" ").rsplit(" ", 1)[-1]
        longer = before[:1].isupper() and before not in function_words()
        general = match[1] in words_telling()["general"] or is_ordinary(match[1])
        if not (longer or general or _cannot_be(reading, *match.span())):
            yield *match.span(), "", 0.7
    for match in _trade().finditer(reading.text):
        named = reading.tag(match.end() - 1).startswith("NNP") and is_organisation(match[0])
        if named and not _cannot_be(reading, *match.span()):
            yield *match.span(), "company", 0.65
    for match in _SUREST.finditer(reading.text):
        words = _BEFORE_SUREST.search(reading.text, max(0, match.start() - _LONGEST_BEFORE), match.start())
        start = words.start() if words else match.start()
        name = reading.text[start : match.end()]
        while (first := name.partition(" ")[0]) in function_words() - table().keys():
            start, name = start + len(first) + 1, name.removeprefix(first + " ")
        whose = name.find(" of the ") + len(" of the ")
        if whose >= len(" of the ") and not reading.tag(start).startswith("NNP"):
            start, name = start + whose, name[whose:]  # "Doctors of the Ann Lee Health System"
        if is_organisation(name) and not _cannot_be(reading, start, match.end()):
            yield start, match.end(), "", 0.75


@lru_cache(maxsize=1)
def _trade() -> re.Pattern[str]:
    trades = "|".join(sorted(words_telling()["trades"]))
    return re.compile(rf"(?<![\w.'&-])(?<![A-Z]\w )(?:[A-Z][a-z]{{2,}} ){{1,2}}(?:{trades}){_ENDS_HERE}")


def _cannot_be(reading: TextIndex, start: int, end: int) -> bool:
    """Whether a name is the table's, or stands where capitals tell nothing."""
    return reading.text[start:end] in table() or reading.heading(start) or reading.credit(start)
