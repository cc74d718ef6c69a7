"""Which federal trial court is meant: by its district, by the place it sits in, or the one court of its article."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import Entity, Mention
from pipeline.core.resource_tables import any_of, words
from pipeline.core.word_lists import slug
from pipeline.places import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.core.text_index import TextIndex
    from pipeline.places.gazetteer import Place

COURT: Final = "U.S. District Court"
_PART: Final = any_of("entities/organisation_names.toml", "districts")
_DISTRICT: Final = re.compile(
    rf"(?: (?:for|in) the|,) (?P<of>(?:{_PART} )?(?:District|Division) of (?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+)?))"
)
# "U.S. District Court in San Diego", "U.S. District Court Judge Ann Lee, in Maryland".
_SEATED: Final = re.compile(
    r"(?: [Jj]udge(?:(?: [A-Z]\.)? [A-Z][\w'-]+){0,3},?)? (?:in|of) (?P<place>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
)
# A judge's own court need not be the one the article places.
_OF_A_JUDGE: Final = re.compile(r" [Jj]udge [A-Z]")
_CAPITAL: Final = re.compile(r",? D\.?C\b")


@lru_cache(maxsize=1)
def _one_district() -> frozenset[str]:
    """Codes of the states that are one judicial district each."""
    return words("entities/one_district_states.txt")


def courts_by_place(reading: TextIndex, mentions: Iterable[Mention], entities: dict[str, Entity]) -> list[Mention]:
    """``mentions``, those of a federal trial court each of one court; ``entities`` gains these.

    A court whose place the article does not tell is the one that it places elsewhere, or else one of this article
    alone: the courts of two articles are seldom the same.
    """
    mentions_placed = [_placed(reading, mention, entities) if _is_court(mention) else mention for mention in mentions]
    if not any(map(_is_court, mentions_placed)):
        return mentions_placed
    placed = {m.entity_id for m in mentions_placed if m.entity_id.startswith(f"org:{slug(COURT)}-")}
    article_court = f"org:{slug(COURT)}~{sha256(reading.text.encode()).hexdigest()[:8]}"
    entities[article_court] = Entity(article_court, "ORG", COURT, kind="court")

    def of_one_court(mention: Mention) -> Mention:
        if len(placed) > 1 or not placed or _OF_A_JUDGE.match(reading.text, mention.end):
            return replace(mention, entity_id=article_court)
        return replace(mention, entity_id=next(iter(placed)), resolution="short form", confidence=0.7)

    return [of_one_court(mention) if _is_court(mention) else mention for mention in mentions_placed]


def _is_court(mention: Mention) -> bool:
    return mention.entity_id == f"org:{slug(COURT)}"


def _placed(reading: TextIndex, mention: Mention, entities: dict[str, Entity]) -> Mention:
    """The court of the district or place that is named after it; the mention as it is where none is."""
    district = _DISTRICT.match(reading.text, mention.end)
    if district is not None and (place := _place(district["place"])) is not None and place.state:
        name = f"{COURT} for the {district['of'].replace('Division', 'District')}"
        return replace(_of(mention, name, place, entities, 0.95), end=district.end())
    seat = _SEATED.match(reading.text, mention.end)
    if seat is None:
        return mention
    place = _place(f"{seat['place']}, D.C." if _CAPITAL.match(reading.text, seat.end()) else seat["place"])
    if place is None or not place.state:
        return mention
    if place.state in _one_district():
        state = gazetteer.places()[f"place:us-{place.state.lower()}"]
        return _of(
            mention, f"{COURT} for the District of {state.name.removeprefix('District of ')}", state, entities, 0.9
        )
    name = (
        f"{place.name} state" if place.kind == "state" and place.name in gazetteer.names_of_two_senses() else place.name
    )
    return _of(mention, f"{COURT} in {name}", place, entities, 0.8)


def _place(phrase: str) -> Place | None:
    """The largest place with which ``phrase`` begins."""
    named = phrase.split(" ")
    for number in range(len(named), 0, -1):
        place = gazetteer.place_of(" ".join(named[:number]))
        if place is not None:
            return place
    return None


def _of(mention: Mention, name: str, place: Place, entities: dict[str, Entity], confidence: float) -> Mention:
    key = f"org:{slug(name)}"
    entities.setdefault(key, Entity(key, "ORG", name, kind="court", state=place.state, parent_id=place.entity_id))
    return replace(mention, entity_id=key, resolution="context", confidence=confidence)
