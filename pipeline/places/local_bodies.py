"""Police, sheriffs, prosecutors, jails: bodies called by the place they are of, and well-known places of detention."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.core.acronyms import DEFINED, letters_for, spells
from pipeline.core.annotations import Entity, Mention
from pipeline.core.gazetteer import Gazetteer
from pipeline.core.resource_tables import any_of, parts, rows
from pipeline.core.word_lists import common_words, slug
from pipeline.places.gazetteer import Place, forms, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.core.text_index import TextIndex
    from pipeline.places.match import Match

_FACILITY: Final = "facility"
# "New York State Police" is the State Police of New York State, "Yolo County Attorney's Office" that of Yolo County.
_SHARED: Final = re.compile(r" (City|County|State|state)$")
# A body of the body's members or friends is another: "Boston Police Benevolent Association".
_OTHER: Final = re.compile(rf" (?:[A-Z][\w'-]+ ){{0,3}}{any_of('places/around_places.toml', 'other_body_after')}\b")


class Body(NamedTuple):
    """A row of the table: what a body is called after its place, and its kind."""

    name: str
    kind: str


class BodyName(NamedTuple):
    """Words that name a body, and whether they are ordinary words too."""

    body: Body
    full: str
    weak: bool


@dataclass(frozen=True, slots=True)
class _Forms:
    """The words for the bodies of one kind of place."""

    pattern: re.Pattern[str]
    said: dict[str, BodyName]


@lru_cache(maxsize=1)
def _by_place() -> dict[str, _Forms]:
    """The words for bodies by the kind of place that has them."""
    found: dict[str, dict[str, BodyName]] = {}
    for row in rows("places/local_bodies.csv"):
        body = Body(row["body"], row["kind"])
        for kind in parts(row["of"]):
            for given in parts(row["forms"]):
                words = given.removesuffix("?")
                plain = given.endswith("?") or words.rsplit(" ", 1)[-1].islower()
                found.setdefault(kind, {}).setdefault(
                    words, BodyName(body, body.name if plain else words, given.endswith("?"))
                )
    return {
        kind: _Forms(re.compile(f"(?:{'|'.join(map(re.escape, sorted(said, key=len, reverse=True)))})(?!\\w)"), said)
        for kind, said in found.items()
    }


@lru_cache(maxsize=1)
def _known() -> dict[str, Entity]:
    """Bodies by names that hold no place: letters such as NYPD, and places of detention."""
    found = {}
    for row in rows("places/local_bodies.csv"):
        for given in parts(row["known"]):
            name, _, key = given.partition("=")
            found[name] = _entity(places()[key], Body(row["body"], row["kind"]), row["body"])
            if " " in name:
                found[name] = replace(found[name], name=name)
    for row in rows("places/facilities.csv"):
        place = places()[row["place"]]
        entity = _of(place, f"org:{slug(row['name'])}", row["name"], _FACILITY)
        found.update(dict.fromkeys([row["name"], *parts(row["aliases"])], entity))
    return found


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer:
    return Gazetteer(_known())


def _of(place: Place, key: str, name: str, kind: str) -> Entity:
    return Entity(key, "ORG", name, kind=kind, state=place.state, parent_id=place.entity_id)


def _entity(place: Place, body: Body, words: str) -> Entity:
    """The body of a place. Its id is the place's with that of the body: there are many of the same name."""
    name = _SHARED.sub("", place.name) if words.startswith(tuple(_shared_word(place.name))) else place.name
    return _of(place, f"org:{place.entity_id.removeprefix('place:')}-{slug(body.name)}", f"{name} {words}", body.kind)


def _shared_word(name: str) -> list[str]:
    last = _SHARED.search(name)
    return [f"{last[1]} "] if last else []


def _said(text: str, name: str, end: int, kind: str) -> tuple[int, BodyName] | None:
    """Where the words for a body end that follow the ``name`` of a place of a ``kind``, and what they say."""
    told = _by_place().get(kind)
    if told is None or text[end : end + 1] != " ":
        return None
    shared = _SHARED.search(name)
    for start in (end + 1, *([end - len(shared[1])] if shared else [])):
        found = told.pattern.match(text, start)
        if found is not None and _OTHER.match(text, found.end()) is None:
            return found.end(), told.said[found.group()]
    return None


def has_body(text: str, name: str, end: int) -> bool:
    """Whether ``name``, which ends at ``end``, must be a place because words for a body of it follow.

    An ordinary word can say more of the body than where it is: "University Police Department".
    """
    if name.lower() in common_words():
        return False
    kinds = {form.place.kind for form in forms().get(name, ())}
    return any(found is not None and not found[1].weak for found in (_said(text, name, end, kind) for kind in kinds))


def place_words(said: str, place_id: str) -> tuple[int, int]:
    """Where the name of a body says the name of its place: the whole of NYPD, "King County" of "King County Jail"."""
    edges = [(word.start(), word.end()) for word in re.finditer(r"\S+", said)]
    for number in range(len(edges) - 1, 0, -1):
        for (start, _), (_, end) in zip(edges, edges[number - 1 :], strict=False):
            if any(form.place.entity_id == place_id for form in forms().get(said[start:end], ())):
                return start, end
    return 0, len(said)


def find_bodies(reading: TextIndex, matches: Iterable[Match]) -> tuple[list[Mention], list[Entity]]:
    """Bodies of the places in ``matches``, the known ones, and letters that the article gives for one in brackets."""
    entities: dict[str, Entity] = {}
    mentions = [
        replace(mention, entity_id=entities.setdefault(entity.entity_id, entity).entity_id)
        for mention, entity in (*_called(reading, matches), *_named(reading))
    ]
    unsaid = letters_for(reading, ((reading.text[m.start : m.end], m.entity_id) for m in mentions), _known())
    letters = unsaid | dict(_letters(reading, mentions))
    for start, end, said in Gazetteer(letters).find(reading) if letters else ():
        mentions.append(Mention(start, end, "ORG", letters[said], "acronym", 0.9))
    return mentions, list(entities.values())


def _called(reading: TextIndex, matches: Iterable[Match]) -> Iterator[tuple[Mention, Entity]]:
    for match in matches:
        if match.place is None or match.sense == "demonym":
            continue
        found = _said(reading.text, match.name, match.end, match.place.kind)
        if found is None or (found[1].weak and reading.heading(match.start)):
            continue
        end, said = found
        entity = _entity(match.place, said.body, said.full)
        yield Mention(match.start, end, "ORG", entity.entity_id, "named", match.confidence), entity


def _named(reading: TextIndex) -> Iterator[tuple[Mention, Entity]]:
    for start, end, name in _gazetteer().find(reading):
        if not reading.credit(start):
            resolution = "acronym" if name.replace(".", "").isupper() else "named"
            yield Mention(start, end, "ORG", _known()[name].entity_id, resolution, 0.95), _known()[name]


def _letters(reading: TextIndex, mentions: Iterable[Mention]) -> Iterator[tuple[str, str]]:
    """Letters in brackets after a body, with its id."""
    for mention in mentions:
        found = DEFINED.match(reading.text, mention.end)
        if found is not None and spells(found[1].replace(".", ""), reading.text[mention.start : mention.end]):
            yield found[1], mention.entity_id
