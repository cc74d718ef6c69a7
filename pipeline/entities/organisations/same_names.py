"""Which of several bodies of one name is meant: a committee by its chamber, a court by its district, a parliament."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import Entity, Mention
from pipeline.core.resource_tables import any_of, lists, toml
from pipeline.core.word_lists import slug
from pipeline.entities.courts import courts_by_place
from pipeline.entities.organisations.full_names import OF_AMERICA
from pipeline.places import gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from pipeline.core.text_index import TextIndex
    from pipeline.places.gazetteer import Place
    from store.schema import EntityKind

_OFFICE: Final = "Office of Inspector General"
_NAMES: Final = lists("entities/organisation_names.toml")
_CHAMBERS: Final = {**dict.fromkeys(_NAMES["senate"], "Senate"), **dict.fromkeys(_NAMES["house"], "House")}
_OF_CHAMBER: Final = re.compile(
    rf"(?<!White )\b(?P<chamber>{'|'.join(sorted(map(re.escape, _CHAMBERS), key=len, reverse=True))})(?!\w)"
    r"(?: (?P<name>(?:[A-Z][\w.'-]+ ){0,2}[A-Z][\w'-]+))?"
)
_PARTY_WORDS: Final[dict[str, list[str]]] = toml("entities/organisation_names.toml")["parties_of_america"]
_OF: Final = re.compile(r" of (?:the )?")
# A state's seat in the nation's chambers: "the Ohio Senate race".
_SEAT_AFTER: Final = re.compile(rf" (?:\w+ )?{any_of('entities/organisation_names.toml', 'seat_after')}")
# Parties of America that go by names which others have too, and what names the other one or who governs there.
_PARTIES: Final = {name: re.compile(rf"\b(?:{'|'.join(others)})\b") for name, others in _PARTY_WORDS.items()}
_WORD: Final = re.compile(r"[A-Z][\w'-]+")
# Characters before a body that can call it the state's.
_LONGEST_BEFORE: Final = 30
# Lines above in which the chamber may be named.
_ABOVE: Final = 4
_PARLIAMENT: Final = "Parliament"
_HOME: Final = "place:us"
# Between a place and a body of it.
_AFTER_PLACE: Final = (" ", "'s ", "' ", " state ", " State ", "'s state ")
# "The state Senate" is never the nation's.
_OF_STATE: Final = re.compile(r"\b(?:State |state(?:'s)? (?:[A-Z]\w+ (?:and|or) )?)$")
# Bodies that many countries have: those of America go by these names alone, those of others with their country's.
_OF_MANY: Final = frozenset(_NAMES["of_many_countries"])
# An article is about a country that is named so often, and so often among those abroad.
_OFTEN: Final = 3
_MOSTLY: Final = 0.5


def disambiguated(
    reading: TextIndex, mentions: Iterable[Mention], entities: dict[str, Entity], table_names: Collection[str]
) -> list[Mention]:
    """``mentions`` of organisations, each of a body that the article tells from others of its name.

    ``entities`` gains the bodies meant; ``table_names`` are the names of the table. What stays unclear keeps its name,
    but for a parliament of no country, which is nobody's.
    """
    mentions = list(mentions)
    full = _full_names(entities.values())

    @cache
    def members() -> dict[str, str]:
        return _members(reading)

    @cache
    def countries() -> list[tuple[int, str]]:
        named = ((start, place) for start, _, place in _named(reading))
        return [
            (start, place.entity_id) for start, place in named if place.kind == "country" and place.entity_id != _HOME
        ]

    elsewhere = _OfElsewhere(reading, entities)
    told_apart = []
    for mention in mentions:
        name = entities[mention.entity_id].name
        if mention.entity_id in full:
            told_apart.append(
                replace(mention, entity_id=full[mention.entity_id], resolution="short form", confidence=0.8)
            )
        elif name.endswith(" Committee") and mention.entity_id == f"org:{slug(name)}":
            told_apart.append(_committee(reading, mention, name, entities, table_names, members))
        elif name == _PARLIAMENT:
            told_apart += _parliament(reading, mention, entities, countries())
        elif name in _PARTIES:
            told_apart.append(_party(reading, mention, entities, countries))
        else:
            told_apart += elsewhere.told(mention)
    return courts_by_place(reading, told_apart, entities)


def _full_names(entities: Iterable[Entity]) -> dict[str, str]:
    """Ids of "the Judiciary Committee" and "the OIG" with that of the one body of that name the article has in full."""
    longer: dict[str, set[str]] = {}
    for entity in entities:
        short = entity.name.split(" ", 1)[-1]
        if short.endswith(" Committee") or entity.name.endswith(f" {_OFFICE}"):
            short = _OFFICE if "Office of" in entity.name else short
            longer.setdefault(f"org:{slug(short)}", set()).add(entity.entity_id)
    return {short: next(iter(full)) for short, full in longer.items() if len(full) == 1}


def _mention_of_body(
    mention: Mention, name: str, kind: EntityKind, entities: dict[str, Entity], confidence: float
) -> Mention:
    """``mention`` as one of the body called ``name``, which ``entities`` then has."""
    key = f"org:{slug(name)}"
    entities.setdefault(key, Entity(key, "ORG", name, kind=kind))
    return replace(mention, entity_id=key, resolution="context", confidence=confidence)


def _committee(
    reading: TextIndex,
    mention: Mention,
    name: str,
    entities: dict[str, Entity],
    table_names: Collection[str],
    members: Callable[[], dict[str, str]],
) -> Mention:
    """A committee of the chamber whose members its line names, or else of the last chamber named above."""
    line = reading.line_span(mention.start)
    chambers = _chambers(reading, *line)
    if len(chambers) > 1:
        start, end = reading.sentence_span(mention.start)
        chambers = _chambers(reading, max(start, line[0]), min(end, line[1])) or chambers
    if not chambers:
        chamber_of = members()
        chambers = {chamber_of[word] for word in _WORD.findall(reading.text, *line) if word in chamber_of}
    if len(chambers) > 1:
        return mention
    chamber, confidence = (next(iter(chambers)), 0.8) if chambers else (_last_chamber(reading, mention.start), 0.6)
    full = f"{chamber} {name}"
    return _mention_of_body(mention, full, "legislature", entities, confidence) if full in table_names else mention


def _chambers(reading: TextIndex, start: int, end: int) -> set[str]:
    """The chambers that are named, or whose members are, between two places."""
    return {_CHAMBERS[match["chamber"]] for match in _OF_CHAMBER.finditer(reading.text, start, end)}


def _members(reading: TextIndex) -> dict[str, str]:
    """Surnames of members the article names with their title, and their chamber."""
    chambers_of: dict[str, set[str]] = {}
    for match in _OF_CHAMBER.finditer(reading.text):
        if match["name"] and match["chamber"] not in {"Senate", "House"}:
            chambers_of.setdefault(match["name"].rsplit(" ", 1)[-1], set()).add(_CHAMBERS[match["chamber"]])
    return {surname: next(iter(chambers)) for surname, chambers in chambers_of.items() if len(chambers) == 1}


def _last_chamber(reading: TextIndex, position: int) -> str:
    """The chamber named last before ``position``, if it is not far above."""
    start = position
    for _ in range(_ABOVE):
        start = reading.line_span(max(0, start - 2))[0]
    above = [match["chamber"] for match in _OF_CHAMBER.finditer(reading.text, start, position)]
    return _CHAMBERS[above[-1]] if above else ""


def _parliament(
    reading: TextIndex, mention: Mention, entities: dict[str, Entity], countries: Sequence[tuple[int, str]]
) -> list[Mention]:
    """The parliament of the country its line names, or that the article names most; none where no country is named."""
    start, end = reading.line_span(mention.start)
    near = [(abs(at - mention.start), key) for at, key in countries if start <= at < end]
    counted = Counter(key for _, key in countries)
    key, times = counted.most_common(1)[0] if counted else ("", 0)
    if near:
        key = min(near)[1]
    elif times < max(_OFTEN, _MOSTLY * counted.total()):
        return []
    confidence = 0.75 if near else 0.6
    name = f"{_PARLIAMENT} of {_with_article(gazetteer.places()[key].name)}"
    return [_mention_of_body(mention, name, "legislature", entities, confidence)]


def _party(
    reading: TextIndex, mention: Mention, entities: dict[str, Entity], countries: Callable[[], list[tuple[int, str]]]
) -> Mention:
    """A party of the one country an article is about, where nothing in it tells America: "the Democrat Party"."""
    name, words = entities[mention.entity_id].name, reading.text[mention.start : mention.end]
    if not words.lower().endswith(" party") or _PARTIES[name].search(reading.text):
        return mention
    counted = Counter(key for _, key in countries())
    key, times = counted.most_common(1)[0] if counted else ("", 0)
    if times < max(_OFTEN, _MOSTLY * counted.total()):
        return mention
    country = _with_article(gazetteer.places()[key].name)
    return _mention_of_body(mention, f"{words} of {country}", "party", entities, 0.6)


class _OfElsewhere:
    """Tells "the Ukrainian Army" and "the Texas Senate" from those of America, in order of the text."""

    def __init__(self, reading: TextIndex, entities: dict[str, Entity]) -> None:
        self._reading = reading
        self._text = reading.text
        self._entities = entities
        # Where an article names nothing of the nation, its "Senate" is the state's it has just told of.
        self._no_nation = not OF_AMERICA.search(reading.text)
        self._last: dict[str, Mention] = {}
        named = [found for found in _named(reading) if found[2].entity_id != _HOME]
        self._beginning = {start: place for start, _, place in named}
        self._ending = {end: (start, place) for start, end, place in named}

    def told(self, mention: Mention) -> list[Mention]:
        """``mention`` as one of the body of the place beside it, or of what was meant by it before.

        "The state Senate" is of the state that its line or the article names, and nobody's where none is.
        """
        words = self._text[mention.start : mention.end]
        if words not in _OF_MANY:
            return [mention]
        name, goes_on = self._name(mention, words)
        if not name and _OF_STATE.search(self._text, max(0, mention.start - _LONGEST_BEFORE), mention.start):
            state = self._state(mention.start)
            if state is None:
                return []
            name, goes_on = _body_of(state, words), self._no_nation
        if name:
            body = _mention_of_body(mention, name, self._entities[mention.entity_id].kind, self._entities, 0.85)
            if goes_on:
                self._last[words] = body
            return [body]
        last = self._last.get(words)
        if last is None or not self._text.endswith(("the ", "The "), 0, mention.start):
            return [mention]
        return [replace(last, start=mention.start, end=mention.end, resolution="short form", confidence=0.7)]

    def _state(self, position: int) -> Place | None:
        """The state that the line of ``position`` names last before it, or that the article names, if it is one."""
        line = self._reading.line_span(position)[0]
        states = [(start, place) for start, place in self._beginning.items() if place.kind == "state"]
        beside = [(start, place) for start, place in states if line <= start < position]
        if beside:
            return max(beside)[1]
        counted = Counter(place.entity_id for _, place in states)
        key, times = counted.most_common(1)[0] if counted else ("", 0)
        return gazetteer.places()[key] if times > _MOSTLY * counted.total() else None

    def _name(self, mention: Mention, words: str) -> tuple[str, bool]:
        """The name of the body of the place beside it, if one is, and whether it is meant from there on."""
        text = self._text
        if _SEAT_AFTER.match(text, mention.end):
            return "", False
        for between in _AFTER_PLACE:
            end = mention.start - len(between)
            if text.endswith(between, 0, mention.start) and end in self._ending:
                start, place = self._ending[end]
                if start - 1 in self._ending:  # "the Bosnian Serb Army" is no country's
                    return f"{text[self._ending[start - 1][0] : end]} {words}", True
                return _body_of(place, words), not place.state or self._no_nation
        of = _OF.match(text, mention.end)
        place_after = self._beginning.get(of.end()) if of is not None else None
        return (
            ("", False)
            if place_after is None
            else (_body_of(place_after, words), not place_after.state or self._no_nation)
        )


def _body_of(place: Place, words: str) -> str:
    """The name of a state's or country's body: Texas Senate, Army of Ukraine."""
    return f"{place.name} {words}" if place.state else f"{words} of {_with_article(place.name)}"


def _with_article(country: str) -> str:
    """The name of a country, as it stands after "of"."""
    return f"the {country}" if country.startswith("United ") else country


def _named(reading: TextIndex) -> Iterable[tuple[int, int, Place]]:
    """Where countries and states are named, or their people, as (start, end, place)."""
    for start, end, name in gazetteer.gazetteer().find(reading):
        for form in gazetteer.forms().get(name, ()):
            if form.place.kind in {"country", "state"} and not form.weak:
                yield start, end, form.place
                break
