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
from store.schema import organisation_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.core.text_index import TextIndex
    from pipeline.places.match import Match
    from store.schema import MentionResolution, OrganisationKind

_FACILITY: Final = "facility"
# "New York State Police" is the State Police of New York State, "Yolo County Attorney's Office" that of Yolo County.
_SHARED: Final = re.compile(r" (City|County|State|state)$")
# A body of the body's members or friends is another: "Boston Police Benevolent Association".
_OTHER: Final = re.compile(rf" (?:[A-Z][\w'-]+ ){{0,3}}{any_of('places/around_places.toml', 'other_body_after')}\b")


class Body(NamedTuple):
    """A row of the table: what a body is called after its place, and its kind."""

    name: str
    kind: OrganisationKind


class BodyName(NamedTuple):
    """Words that name a body, and whether they are ordinary words too."""

    body: Body
    full: str
    weak: bool


@dataclass(frozen=True, slots=True)
class _Forms:
    """The words for the bodies of one kind of place."""

    pattern: re.Pattern[str]
    names_of: dict[str, BodyName]


@lru_cache(maxsize=1)
def _by_place() -> dict[str, _Forms]:
    """The words for bodies by the kind of place that has them."""
    forms_by_kind: dict[str, dict[str, BodyName]] = {}
    for row in rows("places/local_bodies.csv"):
        body = Body(row["body"], organisation_kind(row["kind"]))
        for kind in parts(row["of"]):
            for form in parts(row["forms"]):
                words = form.removesuffix("?")
                plain = form.endswith("?") or words.rsplit(" ", 1)[-1].islower()
                forms_by_kind.setdefault(kind, {}).setdefault(
                    words, BodyName(body, body.name if plain else words, form.endswith("?"))
                )
    return {
        kind: _Forms(
            re.compile(f"(?:{'|'.join(map(re.escape, sorted(body_names, key=len, reverse=True)))})(?!\\w)"), body_names
        )
        for kind, body_names in forms_by_kind.items()
    }


@lru_cache(maxsize=1)
def _known_bodies() -> dict[str, Entity]:
    """Bodies by names that hold no place: letters such as NYPD, and places of detention."""
    bodies = {}
    for row in rows("places/local_bodies.csv"):
        for known_name in parts(row["known"]):
            name, _, key = known_name.partition("=")
            bodies[name] = _entity(places()[key], Body(row["body"], organisation_kind(row["kind"])), row["body"])
            if " " in name:
                bodies[name] = replace(bodies[name], name=name)
    for row in rows("places/facilities.csv"):
        place = places()[row["place"]]
        entity = _of(place, f"org:{slug(row['name'])}", row["name"], _FACILITY)
        bodies.update(dict.fromkeys([row["name"], *parts(row["aliases"])], entity))
    return bodies


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer:
    return Gazetteer(_known_bodies())


def _of(place: Place, key: str, name: str, kind: OrganisationKind) -> Entity:
    return Entity(key, "ORG", name, kind=kind, state=place.state, parent_id=place.entity_id)


def _entity(place: Place, body: Body, words: str) -> Entity:
    """The body of a place. Its id is the place's with that of the body: there are many of the same name."""
    name = _SHARED.sub("", place.name) if words.startswith(tuple(_shared_word(place.name))) else place.name
    return _of(place, f"org:{place.entity_id.removeprefix('place:')}-{slug(body.name)}", f"{name} {words}", body.kind)


def _shared_word(name: str) -> list[str]:
    last = _SHARED.search(name)
    return [f"{last[1]} "] if last else []


def _body_after(text: str, name: str, end: int, kind: str) -> tuple[int, BodyName] | None:
    """Where the words for a body end that follow the ``name`` of a place of a ``kind``, and what they say."""
    body_forms = _by_place().get(kind)
    if body_forms is None or text[end : end + 1] != " ":
        return None
    shared = _SHARED.search(name)
    for start in (end + 1, *([end - len(shared[1])] if shared else [])):
        match = body_forms.pattern.match(text, start)
        if match is not None and _OTHER.match(text, match.end()) is None:
            return match.end(), body_forms.names_of[match.group()]
    return None


def has_body(text: str, name: str, end: int) -> bool:
    """Whether ``name``, which ends at ``end``, must be a place because words for a body of it follow.

    An ordinary word can say more of the body than where it is: "University Police Department".
    """
    if name.lower() in common_words():
        return False
    kinds = {form.place.kind for form in forms().get(name, ())}
    return any(body is not None and not body[1].weak for body in (_body_after(text, name, end, kind) for kind in kinds))


def place_words(name: str, place_id: str) -> tuple[int, int]:
    """Where the name of a body says the name of its place: the whole of NYPD, "King County" of "King County Jail"."""
    edges = [(word.start(), word.end()) for word in re.finditer(r"\S+", name)]
    for number in range(len(edges) - 1, 0, -1):
        for (start, _), (_, end) in zip(edges, edges[number - 1 :], strict=False):
            if any(form.place.entity_id == place_id for form in forms().get(name[start:end], ())):
                return start, end
    return 0, len(name)


def find_bodies(reading: TextIndex, matches: Iterable[Match]) -> tuple[list[Mention], list[Entity]]:
    """Bodies of the places in ``matches``, the known ones, and letters that the article gives for one in brackets."""
    entities: dict[str, Entity] = {}
    mentions = [
        replace(mention, entity_id=entities.setdefault(entity.entity_id, entity).entity_id)
        for mention, entity in (*_bodies_of_places(reading, matches), *_named(reading))
    ]
    unsaid = letters_for(reading, ((reading.text[m.start : m.end], m.entity_id) for m in mentions), _known_bodies())
    letters = unsaid | dict(_letters(reading, mentions))
    for start, end, initials in Gazetteer(letters).find(reading) if letters else ():
        mentions.append(Mention(start, end, "ORG", letters[initials], "acronym", 0.9))
    return mentions, list(entities.values())


def _bodies_of_places(reading: TextIndex, matches: Iterable[Match]) -> Iterator[tuple[Mention, Entity]]:
    for match in matches:
        if match.place is None or match.sense == "demonym":
            continue
        body = _body_after(reading.text, match.name, match.end, match.place.kind)
        if body is None or (body[1].weak and reading.heading(match.start)):
            continue
        end, body_name = body
        entity = _entity(match.place, body_name.body, body_name.full)
        yield Mention(match.start, end, "ORG", entity.entity_id, "named", match.confidence), entity


def _named(reading: TextIndex) -> Iterator[tuple[Mention, Entity]]:
    for start, end, name in _gazetteer().find(reading):
        if not reading.credit(start):
            resolution: MentionResolution = "acronym" if name.replace(".", "").isupper() else "named"
            yield Mention(start, end, "ORG", _known_bodies()[name].entity_id, resolution, 0.95), _known_bodies()[name]


def _letters(reading: TextIndex, mentions: Iterable[Mention]) -> Iterator[tuple[str, str]]:
    """Letters in brackets after a body, with its id."""
    for mention in mentions:
        initials = DEFINED.match(reading.text, mention.end)
        if initials is not None and spells(initials[1].replace(".", ""), reading.text[mention.start : mention.end]):
            yield initials[1], mention.entity_id
