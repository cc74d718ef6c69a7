"""A person of an article."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.core.annotations import Entity
from pipeline.entities import offices


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
