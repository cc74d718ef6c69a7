"""Whether a word that can name a place does so where it stands, or stands for a government, or for something else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import any_of, lists, words
from pipeline.core.word_lists import known_first_name, known_surname
from pipeline.places.gazetteer import FAMOUS_CITY, KNOWN_CITY, borough_names, forms
from pipeline.places.local_bodies import has_body
from pipeline.places.storms import storms

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from pipeline.core.text_index import TextIndex
    from pipeline.core.token_table import Token
    from pipeline.places.gazetteer import Form
    from pipeline.places.match import Match

_PLACE_LABELS: Final = frozenset({"GPE", "LOC"})
_PEOPLE_LABELS: Final = frozenset({"NORP", "GPE", "LOC"})
_AROUND: Final = "places/around_places.toml"
_ALONE: Final = frozenset(lists(_AROUND)["alone"])
_TOWN_OF_NATION: Final = re.compile(rf"\b([A-Z][a-z]+) (?:[a-z]+ )?{any_of(_AROUND, 'town_of')} of $")
_POSTAL: Final = re.compile(r"[A-Z]{2}")
_BEFORE_POSTAL: Final = re.compile(r"\b[A-Z][\w.'-]*, $|\b[RDI] ?[-–] ?$")
CITY_AFTER: Final = re.compile(any_of(_AROUND, "city_after"))
# A capitalised word right after makes the place a part of some other name.
_NAME_AFTER: Final = re.compile(rf" {any_of(_AROUND, 'name_after')}\b")
# Not "they met in Houston St. Louis came later": an abbreviation before a capital may begin another name.
_STREET_AFTER: Final = re.compile(rf" {any_of(_AROUND, 'street_after')}\b(?!(?<= (?:St|Rd|Dr))\. [A-Z])")
_OFFICER_BEFORE: Final = re.compile(rf"\b{any_of(_AROUND, 'officer_before')}(?: [A-Z][\w.'-]*){{1,3}} of $")
_ONE_OF_MANY: Final = re.compile(r"\b[Aa]n? $")
_DISH_AFTER: Final = re.compile(rf" {any_of(_AROUND, 'dish_after')}\b")
_DISH_BEFORE: Final = re.compile(rf"\b{any_of(_AROUND, 'dish_before')} $")
_PAPER_AFTER: Final = re.compile(rf" {any_of(_AROUND, 'newspaper_after')}\b")
_NATIVE_BEFORE: Final = re.compile(r"\bAmerican $")
_NATIVE_AFTER: Final = re.compile(rf" {any_of(_AROUND, 'native_after')}\b")
_JOINED: Final = re.compile(r"-([A-Z]\w+)((?: [A-Z]\w+)?)")
_COMPOUND: Final = re.compile(rf"{any_of(_AROUND, 'people_before')}[ -]$")
_WHERE_BEFORE: Final = re.compile(rf"\b{any_of(_AROUND, 'where_before')} $")
_WHERE_TO: Final = re.compile(rf"\b{any_of(_AROUND, 'goes')}(?: [a-z]+){{0,2}} to $")
_LONGEST_WAY: Final = 40
_LISTED_BEFORE: Final = re.compile(r"\b([A-Z][\w.'-]+(?: [A-Z][\w'-]+)?)(?:,| and|, and) $")
_CAPITAL_AFTER: Final = re.compile(r"(?: |-|'s )[A-Z]|'s?\b|@")
_STORM_BEFORE: Final = re.compile(rf"\b{any_of(_AROUND, 'storm_before')} $")
_VARIANT_AFTER: Final = re.compile(rf" {any_of(_AROUND, 'variant_after')}\b")
# "Joan Park, MD": letters after a name are a degree.
_DEGREES: Final = re.compile(r"[A-Z]{2}")
_OTHER_DEGREES: Final = re.compile(r"(?:, (?:[A-Z]\.?[A-Za-z]?\.?){1,3}(?:-[A-Z])?){1,4}, $")
_FULL_NAME: Final = re.compile(r"\b([A-Z][a-z]+) (?:[A-Z]\. )?([A-Z][\w'-]+), $")
_LONGEST_NAME: Final = 40


def in_nation(reading: TextIndex, match: Match) -> Form | None:
    """The town of a country that is told by its people's name before it: "the Ukrainian port of Odessa"."""
    nation = _TOWN_OF_NATION.search(reading.text, max(0, match.start - _LONGEST_WAY), match.start)
    senses = forms().get(nation[1], ()) if nation is not None else ()
    countries = {form.place.entity_id for form in senses if form.sense == "demonym"}
    towns = [form for form in match.forms if form.place.kind == "city" and form.place.parent_id in countries]
    return max(towns, key=lambda form: form.place.population, default=None)


def is_degree(text: str, start: int, end: int, person_ends: Container[int]) -> bool:
    """Whether letters that can be a state are what somebody named before them holds.

    ``person_ends`` are where mentions of people end.
    """
    if not _DEGREES.fullmatch(text, start, end) or not text.endswith(", ", 0, start):
        return False
    # Of several degrees the name stands before the first: "Bo Ray, RN, MS".
    others = _OTHER_DEGREES.search(text, max(0, start - _LONGEST_NAME), start)
    start = others.start() + len(", ") if others else start
    if start - 2 in person_ends:
        return True
    name = _FULL_NAME.search(text, max(0, start - _LONGEST_NAME), start)
    return (
        name is not None
        and known_first_name(name[1])
        and known_surname(name[2])
        and not {name[2], f"{name[1]} {name[2]}"} & forms().keys()
    )


@lru_cache(maxsize=1)
def _deciding_verbs() -> frozenset[str]:
    return words("places/metonym_verbs.txt")


@lru_cache(maxsize=1)
def _beside_borough() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before and after a borough among boroughs: "Brooklyn and Queens"."""
    borough = rf"(?:the )?(?:{'|'.join(sorted(map(re.escape, borough_names())))})"
    return re.compile(rf"\b{borough}(?:,|,? and|,? or) (?:the )?$"), re.compile(rf"(?:,|,? and|,? or) {borough}\b")


def is_place(reading: TextIndex, match: Match, towns: Container[str]) -> bool:  # noqa: PLR0911  one return a kind of form
    """Whether the word is used as a place at all."""
    text = reading.text
    before = text[max(0, match.start - 10) : match.start]
    sense = match.forms[0].sense
    town = all(form.weak and form.place.kind == "city" for form in match.forms)
    if town and _ONE_OF_MANY.search(before) and text[match.end : match.end + 1] != "-" and _alone(reading, match):
        return False  # "a hurricane", with a capital, is not the town
    if (
        _PAPER_AFTER.match(text, match.end)
        or _DISH_AFTER.match(text, match.end)
        or _DISH_BEFORE.search(before)
        or _STREET_AFTER.match(text, match.end)
        or _is_storm(reading, match, town=town)
    ):
        return False
    if (
        before[-1:] in {"@", "#", "/"}
        or _in_surname(text, match)
        or text[match.end : match.end + 4].lower() in {".com", ".org", ".gov"}
    ):
        return False
    if sense == "demonym":
        if match.name.startswith("Indian") and (_NATIVE_BEFORE.search(before) or _NATIVE_AFTER.match(text, match.end)):
            return False
        return _COMPOUND.search(before) is None and (
            not all(form.weak for form in match.forms) or bool(reading.labels(match.start, match.end) & _PEOPLE_LABELS)
        )
    if _POSTAL.fullmatch(match.name) and match.name not in _ALONE:
        # Two letters are a state after "City," or a party's letter, else a word: "put labels on things, OK?"
        return (
            _BEFORE_POSTAL.search(text, max(0, match.start - 30), match.start) is not None
            and reading.style(match.start) != "caps"
            and text[match.end : match.end + 1] != "-"  # "AK-47"
        )
    if match.name == "US" and reading.style(match.start) == "caps":
        return False
    if sense == "abbreviation" and match.name.endswith(".") and match.name not in _ALONE:
        return re.search(r"(?:, |[RDI] ?[-–] ?|\()$", before) is not None
    if all(form.weak for form in match.forms):
        return has_body(text, match.name, match.end) or _supported(reading, match, towns)
    return _NAME_AFTER.match(text, match.end) is None or any(form.place.kind != "city" for form in match.forms)


def _is_storm(reading: TextIndex, match: Match, *, town: bool) -> bool:
    """Whether it is the name of a storm, right behind that word or once the article has called one so, or a variant."""
    before = reading.text[max(0, match.start - 12) : match.start]
    if _STORM_BEFORE.search(before) or (town and _VARIANT_AFTER.match(reading.text, match.end)):
        return True
    return town and match.name in storms(reading) and not _WHERE_BEFORE.search(before)


def _in_surname(text: str, match: Match) -> bool:
    """Whether a town's name is half of a surname: "Juarez-Escobar", not "Dallas-Fort Worth"."""
    joined = _JOINED.match(text, match.end)
    if joined is None or not known_surname(match.name) or not known_surname(joined[1]):
        return False
    return joined[1] not in forms() and f"{joined[1]}{joined[2]}" not in forms()


def is_where(reading: TextIndex, match: Match, towns: Container[str]) -> bool:
    """Whether something is or happens in a town that the model overlooks: "at a rally in Nashua", "Findlay and Marion".

    Only that: the town's state has to be named as well.
    """
    text = reading.text
    # What the model takes for a person or a body, and nobody and nothing is called, may well be a town.
    if reading.heading(match.start) or reading.labels(match.start, match.end) - _PLACE_LABELS - {"PERSON", "ORG"}:
        return False
    if not reading.tag(match.start).startswith("NNP") or _CAPITAL_AFTER.match(text, match.end):
        return False
    if (listed := _LISTED_BEFORE.search(text, max(0, match.start - _LONGEST_NAME), match.start)) is not None:
        return listed[1] in towns
    bearer = known_first_name(match.name) or known_surname(match.name)
    return not bearer and _WHERE_BEFORE.search(text, max(0, match.start - 10), match.start) is not None


def is_city_abroad(reading: TextIndex, match: Match, names_of_people: Container[str]) -> bool:
    """Whether something happens in, or somebody goes to, a large city abroad that the model overlooks: "in Skopje".

    ``names_of_people`` are the words of the names of the article's people, one of whom may bear a city's name.
    """
    text, largest = reading.text, max(match.forms, key=lambda form: form.place.population).place
    if largest.kind != "city" or largest.state or largest.population < FAMOUS_CITY or match.name in names_of_people:
        return False
    seen = reading.model_entities(match.start, match.end)
    if reading.heading(match.start) or any((start, end) != (match.start, match.end) for start, end, _ in seen):
        return False
    if not reading.tag(match.start).startswith("NNP") or _CAPITAL_AFTER.match(text, match.end):
        return False
    before = max(0, match.start - _LONGEST_WAY), match.start
    if _WHERE_BEFORE.search(text, *before) is None and _WHERE_TO.search(text, *before) is None:
        return False
    # An article that speaks of Manchester United may mean them by the one word too.
    return re.search(rf"\b{re.escape(match.name)} [A-Z]", text) is None


def is_country_of_somebodys_name(
    reading: TextIndex, match: Match, matches: Iterable[Match], names_of_people: Container[str]
) -> bool:
    """Whether what the model takes for somebody is a country: named among others, or once more, and nobody's name.

    ``matches`` are all of the article, ``names_of_people`` the words of the names of its people.
    """
    somebodys = "PERSON" in reading.labels(match.start, match.end) and match.name not in names_of_people
    if not somebodys or not any(form.place.kind == "country" for form in match.forms) or reading.heading(match.start):
        return False
    countries = [other for other in matches if other.place is not None and other.place.kind == "country"]
    beside = {other.name for other in countries if other.sentence == match.sentence}
    return len(beside - {match.name}) > 1 or any(other.name == match.name for other in countries)


def _supported(reading: TextIndex, match: Match, towns: Container[str]) -> bool:
    """Whether a town's name is meant for the town: by the parser, outside headings, and large or near its state."""
    if reading.heading(match.start) or _NAME_AFTER.match(reading.text, match.end):
        return False
    if any(form.place.kind in {"country", "county"} for form in match.forms):
        return any(form.place.kind == "county" for form in match.forms) or _whole(reading, match, _PLACE_LABELS)
    if (match.name in towns and _here_too(reading, match)) or _OFFICER_BEFORE.search(
        reading.text, max(0, match.start - 50), match.start
    ):
        return True
    before, after = _beside_borough()
    if before.search(reading.text, max(0, match.start - 25), match.start) or after.match(reading.text, match.end):
        return any(form.place.kind == "borough" for form in match.forms)
    if reading.text[max(0, match.start - 5) : match.start].lower().endswith(" the ") and _alone(reading, match):
        return False  # a river or a street: "crossed the Potomac"
    return _whole(reading, match, _PLACE_LABELS) and any(
        form.place.population >= KNOWN_CITY or form.place.kind == "borough" or not form.place.state
        for form in match.forms
    )


def _here_too(reading: TextIndex, match: Match) -> bool:
    """Whether a name that the article has given to a town is its again, and nobody's."""
    return CITY_AFTER.match(reading.text, match.end) is not None or (
        reading.tag(match.start) == "NNP"
        # Where the model sees a person in this word alone, and no person was found, it is the town.
        and not any(
            label == "PERSON" and (start, end) != (match.start, match.end)
            for start, end, label in reading.model_entities(match.start, match.end)
        )
    )


def _alone(reading: TextIndex, match: Match) -> bool:
    """Whether a name stands by itself, not before a noun: "the Rochester area" is around the town."""
    token = reading.token(match.end - 1)
    return token is not None and token.dep_ not in {"compound", "amod", "nmod", "poss", ""}


def _whole(reading: TextIndex, match: Match, labels: frozenset[str]) -> bool:
    """Whether the model sees a place in just these words, or with "City" after them."""
    within = match.end + (len(" City") if reading.text.startswith(" City", match.end) else 2)
    return any(
        label in labels and start >= match.start - 4 and end <= within
        for start, end, label in reading.model_entities(match.start, match.end)
    )


def decides(token: Token) -> bool:
    """Whether a place whose last word is ``token`` does what governments do: "Ohio sued", "the city decided"."""
    return token.dep_ == "nsubj" and token.head.text.lower() in _deciding_verbs()


def stands_for_government(reading: TextIndex, match: Match) -> bool:
    """Whether the place stands for its government: it decides or speaks, or is Washington with nobody in it."""
    token = reading.token(match.end - 1)
    if token is None:
        return False
    if decides(token):
        return True
    if match.place is None or match.place.entity_id != "place:us-dc-washington" or match.name != "Washington":
        return False
    if reading.text[match.end : match.end + 2] in {", ", " (", " —", " –"} and match.start < 200:
        return False
    return token.dep_ in {"nsubj", "poss", "nsubjpass", "dobj"} or (
        token.dep_ == "pobj" and token.head.text.lower() in {"by", "with", "between"}
    )
