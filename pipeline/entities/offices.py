"""Who held which public office on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from pipeline.core.resource_tables import parts, rows, toml
from pipeline.core.word_lists import common_words, known_first_name, known_surname, slug
from pipeline.entities.person_names import FEWEST_LETTERS, gender_of_person, one_letter_apart, parse_name

# What a title before a bare surname can stand for; the first that fits is taken.
_OFFICES: Final[dict[str, list[str]]] = toml("entities/office_words.toml")["titles"]
_LEADERS: Final = frozenset(toml("entities/office_words.toml")["known"]["by_surname"])
_NEAR: Final = 6 * 365
_LONG_AGO: Final = 30 * 365


@dataclass(frozen=True, slots=True)
class TermOfOffice:
    """A person's time in an office. ``until`` is exclusive."""

    entity_id: str
    name: str
    surname: str
    gender: str
    office: str
    place: str
    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether it lasts on ``day``."""
        return self.since <= day < self.until


@lru_cache(maxsize=1)
def _tables() -> tuple[tuple[TermOfOffice, ...], dict[str, tuple[str, str]]]:
    terms: list[TermOfOffice] = []
    people: dict[str, tuple[str, str]] = {}
    namesakes = _known_without_middle_name()
    for row in rows("entities/offices.csv"):
        name = parse_name(row["name"])
        if name is None:
            continue
        entity_id = name.entity_id
        # Father and son differ by their initials alone, two politicians by a second first name.
        if row["name"] == "George H. W. Bush" or (name.middle and entity_id in namesakes):
            entity_id = f"person:{slug(row['name'])}"
            people[row["name"]] = (entity_id, row["name"])
        for alias in parts(row["aliases"]):
            people[alias] = (entity_id, row["name"])
        terms.append(
            TermOfOffice(
                entity_id,
                row["name"],
                name.surname,
                gender_of_person(name),
                row["office"],
                row["place"],
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["to"]) if row["to"] else date.max,
            )
        )
    return tuple(terms), people


def _known_without_middle_name() -> frozenset[str]:
    """Ids of well-known people who bear two names: "John Edwards" is not John Bel Edwards."""
    names = (parse_name(row["name"]) for row in rows("coreference/home_states.csv"))
    return frozenset(name.entity_id for name in names if name is not None and not name.middle)


def known_person(full_name: str) -> tuple[str, str] | None:
    """Entity id and usual name of an office-holder named in an unusual form ("Joseph R. Biden Jr.")."""
    return _tables()[1].get(full_name)


@lru_cache(maxsize=1)
def usual_names() -> dict[str, str]:
    """The name each office-holder goes by, by entity id."""
    return {term.entity_id: term.name for term in _tables()[0]}


@lru_cache(maxsize=1)
def well_known() -> frozenset[str]:
    """Full names of office-holders, members of Congress and candidates: a person's wherever they stand."""
    tables = (*rows("entities/members.csv"), *rows("entities/offices.csv"), *rows("coreference/home_states.csv"))
    return frozenset(name for row in tables for name in (row["name"], *parts(row.get("aliases", ""))) if " " in name)


@lru_cache(maxsize=1)
def governed() -> dict[str, str]:
    """The entity id of the state that each governor of the table governed, by theirs."""
    return {term.entity_id: term.place for term in _tables()[0] if term.office == "governor"}


def first_day(entity_id: str) -> date:
    """When somebody first took one of the offices; the last of all days for who never did."""
    return min((term.since for term in _tables()[0] if term.entity_id == entity_id), default=date.max)


@lru_cache(maxsize=1024)
def misspelt(first: str, surname: str) -> TermOfOffice | None:
    """The office-holder of a name that differs by a letter, in a part that is no name as it stands: "Barrack Obama"."""
    if min(len(first), len(surname)) < FEWEST_LETTERS or (known_first_name(first) and known_surname(surname)):
        return None
    near = {
        term.entity_id: term
        for term in _tables()[0]
        for of_holder in [term.name.split(" ", 1)[0]]
        if (term.surname == surname and not known_first_name(first) and one_letter_apart(of_holder, first))
        or (of_holder == first and not known_surname(surname) and one_letter_apart(term.surname, surname))
    }
    return next(iter(near.values())) if len(near) == 1 else None


def serves_yet(entity_id: str, day: date | None) -> bool:
    """Whether an office-holder serves on ``day`` or later; on no day known, whether it is an office-holder."""
    return entity_id in usual_names() and (
        day is None or any(term.entity_id == entity_id and term.until >= day for term in _tables()[0])
    )


@lru_cache(maxsize=1)
def president_ids() -> dict[str, TermOfOffice]:
    """The first term of each president, by entity id."""
    first_terms: dict[str, TermOfOffice] = {}
    for term in _tables()[0]:
        if term.office == "president":
            first_terms.setdefault(term.entity_id, term)
    return first_terms


def leader_called(surname: str, day: date | None) -> TermOfOffice | None:
    """Who a bare surname stands for that one leader alone bears, in or near the time of the office: "Pelosi"."""
    terms = holders(surname)
    if day is None or len({term.entity_id for term in terms}) != 1 or surname.lower() in common_words():
        return None
    if known_first_name(surname):
        return None
    near = [
        term
        for term in terms
        if term.office in _LEADERS and (term.since - day).days < _NEAR and (day - min(term.until, day)).days < _NEAR
    ]
    return near[-1] if near else None


@lru_cache(maxsize=1)
def president_names() -> frozenset[str]:
    """Surnames of presidents and vice presidents."""
    return frozenset(term.surname for term in _tables()[0] if term.office in {"president", "vice president"})


@lru_cache(maxsize=512)
def holders(surname: str) -> tuple[TermOfOffice, ...]:
    """All terms of people with a surname."""
    return tuple(term for term in _tables()[0] if term.surname == surname)


def holder(title: str, surname: str, day: date | None) -> TermOfOffice | None:
    """Who "``title`` ``surname``" is on ``day``: in that office then, or the last of that name who was before.

    Without a day, who alone of that name ever held it.
    """
    offices = _OFFICES.get(title, [])
    terms = [term for term in holders(surname) if term.office in offices]
    return _latest(terms, day)


def titled(title: str, surname: str, day: date | None) -> TermOfOffice | None:
    """Who is meant by a surname after words such as "former acting secretary", on ``day``."""
    plain = " ".join(word for word in title.split() if word not in {"former", "then", "ex", "acting"})
    last = plain.rsplit(" ", 1)[-1]
    return holder(plain, surname, day) or (holder(last, surname, day) if not plain.startswith("vice") else None)


def president_called(surname: str, day: date | None) -> TermOfOffice | None:
    """The president or vice president a bare surname stands for, if no other office-holder bears it."""
    terms = holders(surname)
    if len({term.entity_id for term in terms}) != 1:
        return None
    return _latest([term for term in terms if term.office in {"president", "vice president"}], day, candidates=True)


def in_charge(office: str, day: date | None, place: str = "") -> TermOfOffice | None:
    """Who holds ``office`` on ``day``: of the jurisdiction ``place``, or in the federal government."""
    if day is None:
        return None
    return next((term for term in _terms_by_office().get((office, place), ()) if term.holds(day)), None)


@lru_cache(maxsize=1)
def _terms_by_office() -> dict[tuple[str, str], list[TermOfOffice]]:
    """Terms by office and place."""
    terms: dict[tuple[str, str], list[TermOfOffice]] = {}
    for term in _tables()[0]:
        terms.setdefault((term.office, term.place), []).append(term)
    return terms


def before(term: TermOfOffice) -> TermOfOffice | None:
    """The last holder of an office before ``term`` who is somebody else."""
    earlier = [
        another
        for another in _tables()[0]
        if another.office == term.office and another.since < term.since and another.entity_id != term.entity_id
    ]
    return max(earlier, key=lambda another: another.since, default=None)


def _latest(terms: list[TermOfOffice], day: date | None, *, candidates: bool = False) -> TermOfOffice | None:
    if not terms:
        return None
    if day is None:
        return terms[-1] if len({term.entity_id for term in terms}) == 1 else None
    begun = [term for term in terms if term.since <= day]
    if begun:
        last = max(begun, key=lambda term: term.since)
        return last if last.until == date.max or (day - last.until).days < _LONG_AGO else None
    # Named before taking office: as candidate or president-elect, by no other title.
    return min(terms, key=lambda term: term.since) if candidates else None
