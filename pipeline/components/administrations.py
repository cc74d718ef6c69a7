"""The component ``administrations``: mentions of US administrations, and which one is in office on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spacy.language import Language

import store.terms
from pipeline.annotations import Entity, Mention
from pipeline.components.reading import read, settle

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Doc

    from pipeline.components.reading import Reading

_AGENCIES: Final = (
    "ICE|CBP|DHS|DOJ|EPA|State Department|Justice Department|Department of [A-Z][a-z]+|Border Patrol|White House"
    "|Cabinet|cabinet|Homeland Security|Education Department|Interior Department|Labor Department"
)


@dataclass(frozen=True, slots=True)
class Administration:
    """A president's time in office: from noon on ``since`` to noon on ``until``."""

    entity: Entity
    surname: str
    since: date
    until: date


@lru_cache(maxsize=1)
def administrations() -> tuple[Administration, ...]:
    """All administrations, earliest first."""
    return tuple(
        Administration(Entity(term.entity_id, "ADMINISTRATION", term.name), term.surname, term.since, term.until)
        for term in store.terms.terms()
    )


def in_office(day: date | None, last: date | None = None) -> Entity | None:
    """The administration in office on ``day``, or through all days to ``last``: see :func:`store.terms.in_office`."""
    term = store.terms.in_office(day, last)
    return Entity(term.entity_id, "ADMINISTRATION", term.name) if term else None


def _on(day: date | None) -> Administration | None:
    if day is None:
        return None
    return next((one for one in administrations() if one.since <= day < one.until), None)


_OTHER: Final = re.compile(r"\b(?:school|university|college|city|county|hospital|de Blasio|Cuomo) administration\b")
_GIVEN: Final = r"(?:(?:Donald(?: J\.)?|Barack|Joe|Bill|George|Ronald|Jimmy) )?(?:(?P<initials>H\. ?W\.|W\.) )?"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    """Resolution, confidence and pattern of each way to speak of an administration; the whole match is the mention."""
    surname = "(?P<name>" + "|".join(sorted({one.surname for one in administrations()})) + ")"
    return (
        (
            "named",
            1.0,
            re.compile(
                rf"\b{_GIVEN}{surname}(?:'s?)?(?: (?P<order>first|second|1st|2nd))? (?i:administrations?|presidency)\b"
            ),
        ),
        ("era", 0.95, re.compile(rf"\b{surname}[- ][Ee]ra\b")),
        ("possessive", 0.85, re.compile(rf"\b{surname}'s?(?= (?:{_AGENCIES})\b)")),
        (
            "under",
            0.85,
            re.compile(
                rf"\b[Uu]nder (?:then-)?(?:(?:[Ff]ormer )?(?:President|Pres\.) )?{_GIVEN}{surname}\b"
                r"(?!'| [A-Z]| administration|-)"
            ),
        ),
        (
            "previous",
            0.75,
            re.compile(
                r"\b(?:[Pp]revious|[Pp]rior|[Ll]ast|[Pp]receding|[Ff]ormer|[Oo]utgoing) "
                r"(?:US |U\.S\. )?(?:presidential )?administration\b"
            ),
        ),
        ("next", 0.7, re.compile(r"\b(?:[Ii]ncoming|[Nn]ext) administration\b")),
        (
            "in office",
            0.8,
            re.compile(
                r"\b(?=[AaNnUf])"  # to look back from every character would take most of the time of all these patterns
                r"(?:(?<=\b[Tt]his )|(?<=\b[Tt]he )|(?<=\b[Hh]is )|(?<=\b[Oo]ur )|(?<=\bcurrent )|(?<=[Pp]resident's ))"
                r"(?:[Nn]ew )?(?:(?:US|U\.S\.|American|federal) )?[Aa]dministration\b(?! of\b| for\b| building)"
            ),
        ),
    )


class _Finder:
    """Finds the administrations of one article."""

    def __init__(self, reading: Reading, day: date | None) -> None:
        self._reading = reading
        self._now = _on(day)
        self._day = day
        # "The administration" is the president's, unless the article calls something else by the word.
        self._others = _OTHER.search(reading.text) is not None
        self.mentions: list[Mention] = []
        self.entities: dict[str, Entity] = {}

    def find(self) -> None:
        for resolution, confidence, pattern in _patterns():
            if self._day is None and resolution == "in office" and self._now is None:
                # Undated: where one administration alone is named, "the administration" is that one.
                named = {mention.entity_id for mention in self.mentions if mention.resolution == "named"}
                self._now = next((one for one in administrations() if {one.entity.entity_id} == named), None)
            for found in pattern.finditer(self._reading.text):
                one = self._meant(resolution, found)
                if one is not None:
                    start, end = found.span()
                    self.mentions.append(
                        Mention(start, end, "ADMINISTRATION", one.entity.entity_id, resolution, confidence)
                    )
                    self.entities[one.entity.entity_id] = one.entity

    def _meant(self, resolution: str, found: re.Match[str]) -> Administration | None:
        said = found.groupdict()
        if said.get("name"):
            return self._called(said["name"], said.get("order") or "", said.get("initials") or "")
        if self._now is None or self._reading.furniture(found.start()):
            return None
        if resolution == "in office":
            return None if self._others else self._now
        table = administrations()
        number = table.index(self._now) + (-1 if resolution == "previous" else 1)
        return table[number] if 0 <= number < len(table) else None

    def _called(self, surname: str, order: str, initials: str) -> Administration | None:
        """The administration of a president named: of two by one name the one in office or the last before the day."""
        named = [one for one in administrations() if one.surname == surname]
        if surname == "Bush" and initials:
            return named[0] if initials.startswith("H") else named[-1]
        if order and len(named) > 1 and surname == "Trump":
            return named[0] if order in {"first", "1st"} else named[-1]
        if self._day is None:
            # Undated: the younger Bush, and Trump's first term, are the ones most written about.
            return named[-1] if surname == "Bush" else named[0]
        begun = [one for one in named if one.since <= self._day]
        return begun[-1] if begun else named[0]


class Administrations:
    """Adds administrations to ``doc._.mentions`` and ``doc._.entities``.

    "The Trump administration" by name; "this administration" and "the previous administration" by
    ``doc._.context.published``, and not at all without it.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc``."""
        finder = _Finder(read(doc), doc._.context.published)
        finder.find()
        settle(doc, finder.mentions, finder.entities.values())
        return doc


@Language.factory("administrations", assigns=["doc._.mentions", "doc._.entities"])
def make_administrations(nlp: Language, name: str) -> Administrations:  # noqa: ARG001  the signature of a factory
    """Make the component."""
    return Administrations()
