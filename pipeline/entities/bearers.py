"""People of an article, who of them bears which surname, and who is meant where it stands alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import Entity
from pipeline.core.resource_tables import any_of, toml
from pipeline.entities import offices
from pipeline.entities.person_names import FEWEST_LETTERS, one_letter_apart, without_accents
from pipeline.entities.person_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pipeline.core.text_index import TextIndex

_BESIDE_NOUN: Final = frozenset({"compound", "nmod", "amod"})
GENDERS: Final[dict[str, str]] = toml(WORDS)["courtesy"]
_AGED: Final = re.compile(rf"\b(?:(?P<elder>{any_of(WORDS, 'elder')})|{any_of(WORDS, 'younger')}) $")


@dataclass(slots=True)
class Person:
    """Somebody named in full in the article, and where."""

    entity_id: str
    name: str
    gender: str = ""
    tails: set[str] = field(default_factory=set)
    first: str = ""
    at: list[int] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    def entity(self) -> Entity:
        """The person as an entity, under the fullest name the article gives."""
        return Entity(self.entity_id, "PERSON", self.name, gender=self.gender)


def same_title(title: str, other: str) -> bool:
    """Whether two titles are one, written out or abbreviated: "Sen." and "Senator"."""
    last = title.rsplit(" ", 1)[-1]
    return last.startswith(other) or other.startswith(last)


def elder_first(person: Person) -> tuple[int, int]:
    """Fathers before their sons: by "Sr." and "Jr.", then by when they came to office."""
    suffix = {"sr": 0, "jr": 2}.get(person.entity_id.rsplit("-", 1)[-1], 1)
    return suffix, offices.first_day(person.entity_id).toordinal()


def modifies(reading: TextIndex, position: int) -> bool:
    """Whether a name at ``position`` stands before a common noun that it says more of: "the Hyde amendment"."""
    token = reading.token(position)
    return token is not None and token.dep_ in _BESIDE_NOUN and token.head.i > token.i and token.head.is_lower


class Bearers:
    """Tells the people of one surname apart, in an article of ``day``."""

    def __init__(self, reading: TextIndex, day: date | None) -> None:
        self._reading = reading
        self._day = day
        self._words: Counter[str] | None = None
        self._by_tail: dict[str, list[Person]] = {}

    def note(self, tail: str, person: Person) -> None:
        """Note that a person is called by ``tail``, with its accents or without them."""
        people = self._by_tail.setdefault(without_accents(tail), [])
        if all(other is not person for other in people):
            people.append(person)

    def of(self, tail: str) -> list[Person]:
        """Whoever is called by ``tail``, in the order in which they were noted."""
        return self._by_tail.get(without_accents(tail), [])

    def tails(self) -> Iterable[str]:
        """What people are called by, without accents."""
        return self._by_tail.keys()

    def misspelt(self, words: str, first: str = "") -> Person | None:
        """The one person of the article, of a first name, whose surname differs by a letter: "Vaughn" for Vaughan."""
        plain = without_accents(words)
        if len(plain) < FEWEST_LETTERS:
            return None
        near = {
            person.entity_id: person
            for tail, people in self._by_tail.items()
            if tail[0] == plain[0] and len(tail) >= FEWEST_LETTERS and one_letter_apart(tail, plain)
            for person in people
            if person.first and first in {"", person.first}
        }
        return next(iter(near.values())) if len(near) == 1 else None

    def meant(self, people: list[Person], position: int, title: str = "", gender: str = "") -> Person:
        """Of ``people`` the one meant: by title, else the one just named, else whom it is all about."""
        if len(people) == 1:
            return people[0]
        fitting = [person for person in people if not gender or person.gender in {"", gender}] or people
        # Of a couple "Mrs. Lee" is the one whose name is a woman's, not the one whose name tells nothing.
        fitting = [person for person in fitting if gender and person.gender == gender] or fitting
        surname = next(iter(sorted(fitting[0].tails, key=len)), "")
        term = offices.titled(title, surname, self._day) if title else None
        for person in fitting:
            if term is not None and person.entity_id == term.entity_id:
                return person
        if title and title not in GENDERS:
            titled = [person for person in fitting if any(same_title(title, other) for other in person.titles)]
            if len(titled) == 1:
                return titled[0]
        age = _AGED.search(self._reading.text, max(0, position - 10), position)
        if age is not None:
            return sorted(fitting, key=elder_first)[0 if age["elder"] else -1]
        chief = None if gender or title else offices.president_called(surname, self._day)
        main = "" if title else chief.entity_id if chief else self._main(fitting)
        if chief is not None and modifies(self._reading, position):
            # "Trump advisers" are his, whoever of his family was just named.
            return next((person for person in fitting if person.entity_id == main), fitting[0])
        line = self._reading.line(position)

        def distance(person: Person) -> tuple[int, int]:
            # A president, or else whom the article is about, is the one who goes by the bare surname, unless the
            # other was just named: in a story on Hillary Clinton her husband is "Bill Clinton" throughout.
            leads = person.entity_id == main
            number = bisect_right(person.at, position)
            if number:
                near = self._reading.line(person.at[number - 1]) == line
                return (0 if near else 1 if leads else 2), position - person.at[number - 1]
            return (3 if leads or person.at else 4), (person.at[0] - position if person.at else 0)

        return min(fitting, key=distance)

    def _main(self, people: list[Person]) -> str:
        """The id of the one the headline names, or whose first name the article has most often, if there is one."""
        if self._words is None:
            self._words = Counter(word for _, word in self._reading.words)
        title = self._reading.doc._.context.title
        times = {p.entity_id: (p.name in title, self._words[p.name.split(" ", 1)[0]]) for p in people}
        highest = max(times.values())
        most = [key for key, number in times.items() if number == highest]
        return most[0] if len(most) == 1 else ""
