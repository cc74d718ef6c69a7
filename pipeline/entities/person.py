"""A person of an article."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.core.annotations import Entity


@dataclass(slots=True)
class Person:
    """Somebody named in full in the article, and where."""

    entity_id: str
    name: str
    gender: str = ""
    tails: set[str] = field(default_factory=set)
    first: str = ""
    at: list[int] = field(default_factory=list)

    def entity(self) -> Entity:
        """The person as an entity, under the fullest name the article gives."""
        return Entity(self.entity_id, "PERSON", self.name, gender=self.gender)
