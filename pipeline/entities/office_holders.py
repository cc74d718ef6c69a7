"""Where a governor, a mayor or the head of an agency is named by the office alone, and who held it that day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import toml
from pipeline.entities import offices
from pipeline.places import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipeline.core.text_index import TextIndex
    from pipeline.entities.offices import TermOfOffice

_WORDS: Final = toml("entities/office_words.toml")


def _any(name: str) -> str:
    return f"(?:{'|'.join(_WORDS['beside'][name])})"


_LOCAL: Final[dict[str, str]] = _WORDS["local"]
# Not "governors", "the governor-elect", "the governor's race", "governor Ann Lee".
_END: Final = rf"(?!\w|-|'s {_any('not_holder_possessive')}| (?:{_any('not_holder')}|[A-Z]))"
_AFTER_PLACE: Final = re.compile(rf"(?:'s?)? (?P<office>[Gg]overnor|[Mm]ayor){_END}")
_BEFORE_PLACE: Final = re.compile(r"\b(?P<office>[Gg]overnor|[Mm]ayor) of (?:the state of |the city of )?$")
_ALONE: Final = re.compile(rf"\b[Tt]he (?P<office>governor){_END}(?! of\b)")
_NAMED: Final = re.compile(r"\b(?:Gov\.|Governor|[Gg]overnor) [A-Z]")
_AGENCIES: Final[dict[str, str]] = _WORDS["agencies"]
_AGENCY: Final = "|".join(sorted(_AGENCIES, key=len, reverse=True))
_HEADS: Final[dict[str, list[str]]] = _WORDS["heads"]
_HEAD_WORDS: Final = sorted({word for words in _HEADS.values() for word in words})
_HEAD: Final = f"(?P<head>{'|'.join(f'[{word[0].upper()}{word[0]}]{word[1:]}' for word in _HEAD_WORDS)})"
_OF_AGENCY: Final = re.compile(
    rf"\b(?P<before>{_AGENCY})(?:'s)? (?:acting |Acting )?{_HEAD}{_END}(?! of\b)"
    rf"|(?<=\bthe ){_HEAD.replace('head>', 'of>')} of (?:the )?(?:U\.S\. |US )?(?P<agency>{_AGENCY})\b"
)
# What stands before tells of another holder, or says what somebody named is or wants to be.
_ANOTHER: Final = re.compile(rf"\b{_any('another_before')}[ -](?:the |acting )*(?:U\.S\. )?$")
# "Ann Lee, the Texas governor" explains a name; so does "the Texas governor, Ann Lee".
_NAME_BEFORE: Final = re.compile(r"[A-Z][\w'-]+(?: \([^)]{1,20}\))?(?:,| [—–]) (?:the |who is the )?(?:acting )?$")
_THE: Final = re.compile(rf"\b(?:[Tt]he|[Oo]ur)(?: {_any('in_office')})* $")
_NAME_AFTER: Final = re.compile(r",? [A-Z][\w'-]+ [A-Z]|, [A-Z][\w'-]+,")
_LOOK: Final = 40


def find_holders(reading: TextIndex, day: date | None) -> Iterator[tuple[int, int, TermOfOffice]]:
    """Words for an office, and whose they were on ``day``: the span is that of the word, without the place or agency.

    A place or an agency beside the word says which office; "the governor" alone is that of the one state an article
    names, if it calls nobody governor.
    """
    if day is None:
        return
    states: set[str] = set()
    for start, end, name in gazetteer.gazetteer().find(reading):
        places = [form.place for form in gazetteer.forms().get(name, ()) if form.sense != "demonym"]
        states |= {place.state for place in places[:1] if place.state}
        after = _AFTER_PLACE.match(reading.text, end)
        before = _BEFORE_PLACE.search(reading.text, max(0, start - _LOOK), start)
        for match in filter(None, (after, before)):
            term = _of_place(match["office"].lower(), places, day)
            if term and _meant(reading, min(match.start("office"), start), max(match.end(), end), match[0]):
                yield *match.span("office"), term
    for match in _OF_AGENCY.finditer(reading.text):
        office = _AGENCIES[match["before"] or match["agency"]]
        word = "head" if match["before"] else "of"
        term = offices.in_charge(office, day) if match[word].lower() in _HEADS[office] else None
        if term and _meant(reading, *match.span(), match[0]):
            yield *match.span(word), term
    yield from _alone(reading, states, day)


def _of_place(office: str, places: list[gazetteer.Place], day: date) -> TermOfOffice | None:
    terms = (offices.in_charge(office, day, place.entity_id) for place in places if place.kind == _LOCAL[office])
    return next((term for term in terms if term is not None), None)


def _meant(reading: TextIndex, start: int, end: int, words: str) -> bool:
    """Whether the words between ``start`` and ``end`` stand for the holder, and explain no name beside them.

    "Texas's governor" is somebody, as is "the Texas governor"; "picking a Texas governor" speaks of anybody.
    """
    text = reading.text
    if reading.furniture(start) or _NAME_AFTER.match(text, end):
        return False
    before = text[max(0, start - _LOOK) : start]
    if _ANOTHER.search(before) or _NAME_BEFORE.search(before):
        return False
    return _THE.search(before) is not None or "'" in words


def _alone(reading: TextIndex, states: set[str], day: date) -> Iterator[tuple[int, int, TermOfOffice]]:
    if len(states) != 1 or _NAMED.search(reading.text):
        return
    term = offices.in_charge("governor", day, f"place:us-{next(iter(states)).lower()}")
    if term is None:
        return
    for match in _ALONE.finditer(reading.text):
        if not reading.furniture(match.start()) and not _NAME_AFTER.match(reading.text, match.end()):
            yield match.start("office"), match.end("office"), term
