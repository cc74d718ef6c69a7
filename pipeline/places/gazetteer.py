"""The gazetteer of countries, US states, counties, cities and boroughs, and every word that can name one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.core.resource_tables import columns, parts, phrases, rows, toml
from pipeline.core.word_lists import common_words, first_names, slug, surnames

if TYPE_CHECKING:
    from pipeline.core.annotations import Entity
    from pipeline.core.gazetteer import Gazetteer
    from store.schema import JurisdictionKind, MentionResolution

# A smaller city is taken only beside its state: most towns share their name with people, words and larger cities.
KNOWN_CITY: Final = 15_000
# A larger one needs no support from the parser, unless its name is a word or a person's.
FAMOUS_CITY: Final = 100_000

_SPELLINGS: Final = toml("places/spellings.toml")
_SHORT: Final[dict[str, str]] = _SPELLINGS["short"]
_SAINT: Final = re.compile(rf"^({'|'.join(_SHORT)}) ")
_OWN_PLURALS: Final = tuple(_SPELLINGS["own_plurals"])
# What a word of each column of the table is for the place.
_SENSES: Final[dict[str, MentionResolution]] = {
    "names": "named",
    "abbreviations": "abbreviation",
    "demonyms": "demonym",
}


class Place(NamedTuple):
    """A jurisdiction. ``fips`` is its Census code, or empty."""

    entity_id: str
    name: str
    kind: JurisdictionKind
    state: str
    fips: str
    parent_id: str
    population: int


class Form(NamedTuple):
    """One way to name a place. ``sense`` is ``named``, ``abbreviation`` or ``demonym``; a weak form needs support."""

    place: Place
    sense: MentionResolution
    weak: bool


@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """All places by entity id."""
    return {row[0]: Place._make([*row[:6], int(row[6])]) for row in columns("places/places.csv.gz")}


@lru_cache(maxsize=1)
def borough_names() -> frozenset[str]:
    """Names of the boroughs of New York City, without their article."""
    return frozenset(place.name.removeprefix("The ") for place in places().values() if place.kind == "borough")


def _is_word(name: str) -> bool:
    """Whether a name is one that people bear, or an ordinary word."""
    return name.lower() in common_words() or name in first_names() or name in surnames()


def _named(place: Place) -> list[Form]:
    weak = place.kind in {"borough", "province"} and _is_word(place.name)
    if place.kind == "city":
        small, safe = (FAMOUS_CITY, 6 * FAMOUS_CITY) if place.state else (6 * FAMOUS_CITY, 40 * FAMOUS_CITY)
        weak = place.population < small or (_is_word(place.name) and place.population < safe)
    return [Form(place, "named", weak)]


def _spelled_else(place: Place) -> str:
    """How a name is written besides: "St. Paul", "Bronx", "Montreal"; empty if in no other way."""
    saint = _SAINT.match(place.name)
    if saint and place.kind in {"city", "country"}:
        return _SHORT[saint[1]] + place.name[len(saint[1]) :]
    if place.name.startswith("The "):
        return place.name[4:]
    plain = unicodedata.normalize("NFKD", place.name).encode("ascii", "ignore").decode()
    return plain if plain != place.name else ""


@lru_cache(maxsize=1)
def names_of_two_senses() -> frozenset[str]:
    """Names of a state and of a city alike: "New York"."""
    return frozenset(toml("places/two_senses.toml")["names"])


@lru_cache(maxsize=1)
def forms() -> dict[str, tuple[Form, ...]]:
    """What each word or name can stand for."""
    senses: dict[str, list[Form]] = {}
    elsewhere = frozenset(phrases("places/not_places.txt"))
    table = places()
    countries = {place.name: place.entity_id for place in table.values() if place.kind == "country"}
    for place in table.values():
        if place.kind == "city" and countries.get(place.name, "") == place.parent_id:
            continue  # Singapore is the state
        senses.setdefault(place.name, []).extend(_named(place))
        if spelled := _spelled_else(place):
            senses.setdefault(spelled, []).extend(_named(place))
    for row in rows("places/place_forms.csv"):
        if row["entity_id"] not in table:
            continue
        place = table[row["entity_id"]]
        for column, sense in _SENSES.items():
            for form in parts(row[column]):
                weak = form.endswith("?")
                word = form.removesuffix("?")
                new_senses = [Form(place, sense, weak)]
                senses_of_others = [
                    sense_known
                    for sense_known in senses.get(word, [])
                    if sense_known.place.entity_id != place.entity_id
                ]
                senses[word] = new_senses + senses_of_others
                if sense == "demonym" and not word.endswith(_OWN_PLURALS):
                    senses.setdefault(f"{word}s", []).extend(new_senses)
    return {name: tuple(new_senses) for name, new_senses in senses.items() if name not in elsewhere}


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Finds every form of every place, and the phrases that only look like one: those have no form."""
    from pipeline.core.gazetteer import Gazetteer  # noqa: PLC0415  loads spaCy, without which stories are found

    return Gazetteer([*forms(), *phrases("places/not_places.txt")])


@lru_cache(maxsize=65_536)
def surely_a_place(name: str) -> bool:
    """Whether a capitalised name is a country, a state or a large city, and no word or person's name."""
    return any(not form.weak and form.sense != "abbreviation" for form in forms().get(name, ()))


@lru_cache(maxsize=65_536)
def is_known_place(name: str) -> bool:
    """Whether a capitalised name is that of a country, a state or a city that is known without its state."""
    return any(form.place.kind != "city" or form.place.population >= KNOWN_CITY for form in forms().get(name, ()))


def entity(place: Place) -> Entity:
    """The place as an entity."""
    from pipeline.core.annotations import Entity  # noqa: PLC0415  the same

    return Entity(
        place.entity_id,
        "JURISDICTION",
        place.name,
        kind=place.kind,
        state=place.state,
        fips=place.fips,
        parent_id=place.parent_id,
    )


def ancestors(parent_id: str) -> list[Entity]:
    """The place ``parent_id`` and what it lies in, nearest first: county, state, country."""
    above = []
    place = places().get(parent_id)
    while place is not None:
        above.append(entity(place))
        place = places().get(place.parent_id)
    return above


def place_of(name: str, state: str = "") -> Place | None:
    """The most populous place of that name, in a state if one is given."""
    places_called = [form.place for form in forms().get(name, ()) if not state or form.place.state == state]
    return max(places_called, key=lambda place: (place.population, place.entity_id), default=None)


__all__ = ["Form", "Place", "ancestors", "entity", "forms", "gazetteer", "place_of", "places", "slug", "surely_a_place"]
