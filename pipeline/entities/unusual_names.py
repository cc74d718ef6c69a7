"""Full names in unusual forms: a first name in brackets or quotation marks, and sons named like their fathers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import any_of, lists
from pipeline.core.spans import Cover
from pipeline.core.word_lists import known_first_name, known_surname
from pipeline.entities.person_candidates import KIN_BEFORE, LONGEST_KIN, PersonCandidate
from pipeline.entities.person_names import parse_name
from pipeline.entities.person_words import WORDS, doubtful, is_ordinary, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.core.text_index import TextIndex
    from pipeline.entities.bearers import Person

_BRACKETED: Final = re.compile(r"\(([A-Z][a-z]+)\) ([A-Z][\w'-]*\w)")
_WORD: Final = r"[A-Z](?:[\w'-]*\w|\.)"
_NICKNAMED: Final = re.compile(
    rf"(?<![\w'-])(?P<given>{_WORD}(?: {_WORD}){{0,2}}) [\"“'(](?P<nick>[A-Z][a-z]+)[\"”')] (?P<last>[A-Z][\w'-]*\w)"
)
_JUNIOR: Final = re.compile(rf"(?<![\w'-])(?P<plain>{_WORD}(?: {_WORD}){{1,3}}),? Jr\b")
_SON: Final = re.compile(rf"\b{any_of(WORDS, 'fathers_and_sons')}\b")
_CLOSE: Final = 80
_REIGN: Final = frozenset(lists(WORDS)["reign"])
_NUMBER: Final = re.compile(r" (?:X{1,2}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{1,3})\b")


def unusual_names(reading: TextIndex, candidates: list[PersonCandidate], taken: Cover) -> list[PersonCandidate]:
    """``candidates`` with names that an editor or a nickname has parted: "(Ted) Cruz", 'Rafael "Ted" Cruz'.

    Who has a nickname that is a first name goes by it.
    """
    parted, spans = [], Cover()
    for match in _NICKNAMED.finditer(reading.text):
        # Titles and other words may stand before: "Committee Chairman Howard".
        words = match["given"].split(" ")
        skipped = next((n for n, word in enumerate(words) if known_first_name(word) and not title_of(word)), None)
        borne = known_surname(match["last"]) or not is_ordinary(match["last"])
        if skipped is None or not borne:
            continue
        first_names = words[skipped:]
        start = match.start() + sum(len(word) + 1 for word in words[:skipped])
        if taken.holds(start, match.end()):
            continue
        if reading.credit(match.start()):
            continue
        if len(first_names) > 1 and f"({match['nick']})" in match[0]:
            continue  # a link set into the text: "Ted Cruz Rafael (Ted) Edward Cruz"
        first = match["nick"] if known_first_name(match["nick"]) else first_names[0]
        if spans.add(start, match.end()):
            parted.append(_sure(start, match.end(), first, match["last"]))
    parted += [
        _sure(*match.span(2), match[1], match[2])
        for match in _BRACKETED.finditer(reading.text)
        if known_first_name(match[1])
        and not reading.credit(match.start())
        and not taken.holds(*match.span(2))
        and spans.add(*match.span())
    ]
    return [*parted, *(candidate for candidate in candidates if not spans.holds(candidate.start, candidate.end))]


def named_in_title(title: str, surname: str) -> str:
    """Whom a headline names in full by a first name and ``surname``, or by the surname first; empty for nobody."""
    if surname not in title:
        return ""
    family_first = re.search(rf"\b{re.escape(surname)} [A-Z][a-z]+-[a-z]+\b", title)
    before = re.search(rf"\b([A-Z][a-z]+) {re.escape(surname)}\b", title)
    # "Winter Olympics" is nobody: a first name that is a word needs a surname.
    given = before is not None and known_first_name(before[1]) and (not doubtful(before[1]) or known_surname(surname))
    found = family_first or (before if given else None)
    return found.group() if found is not None else ""


def reigning(text: str, candidate: PersonCandidate) -> tuple[str, int] | None:
    """The full name of whoever reigns under a first name and a number, and where it ends: "Queen Elizabeth II"."""
    title, number = candidate.title.rsplit(" ", 1)[-1], _NUMBER.match(text, candidate.end)
    if number is None or title not in _REIGN:
        return None
    return f"{title.capitalize()} {' '.join(candidate.words)}{number.group()}", number.end()


def kin_named(reading: TextIndex, words: str, start: int, named: Mapping[int, Person]) -> str:
    """The full name of kin named by the first name alone: the surname of whoever's kin it is, which news leaves out.

    `Lee's brother, Bo` is Bo Lee; whose kin "his brother" is, the name before in the sentence tells, of those ``named``
    by where they stand. Empty where ``words``, which begin at ``start``, are nobody's kin.
    """
    kin = KIN_BEFORE.search(reading.text, max(0, start - LONGEST_KIN), start)
    if kin is None or " " in words or doubtful(words):
        return ""
    begin = reading.sentence_span(start)[0]
    owner = max((at for at in named if begin <= at < kin.start() + 1), default=-1)
    return f"{words} {named[owner].name.rsplit(' ', 1)[-1]}" if owner >= 0 and named[owner].first else ""


def _sure(start: int, end: int, first: str, last: str) -> PersonCandidate:
    return PersonCandidate(
        start, end, (first, last), "", "", strong=False, model=True, heading=False, beside_state=False
    )


def named_like_fathers(reading: TextIndex) -> frozenset[str]:
    """Ids of names with "Jr." whose bearer the text tells from a father of the name: "Lee and his son Bo Lee Jr."."""
    text, ids = reading.text, set()
    for match in _JUNIOR.finditer(text):
        name = parse_name(match["plain"])
        if name is None:
            continue
        start, end = reading.line_span(match.start())
        before, after = text[max(start, match.start() - _CLOSE) : match.start()], text[match.end() : end][:_CLOSE]
        elder = f"{name.first} {name.surname}"
        if any(_SON.search(beside) for beside in (before, after)) and _plain(
            elder, text[start : match.start()], text[match.end() : end]
        ):
            ids.add(name.entity_id)
    return frozenset(ids)


def _plain(name: str, *texts: str) -> bool:
    """Whether ``name`` stands in one of ``texts`` with no "Jr." behind it."""
    return any(re.search(rf"\b{re.escape(name)}\b(?!,? Jr\b)", text) for text in texts)
