"""A word of a text that can name a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.places.gazetteer import Form, Place
    from store.schema import MentionResolution


@dataclass(slots=True)
class Match:
    """A word that can name a place, what it can stand for, and what speaks for it."""

    start: int
    end: int
    name: str
    forms: tuple[Form, ...]
    sentence: int
    line: int
    place: Place | None = None
    sense: MentionResolution = "named"
    confidence: float = 1.0
    state: str = ""
    sure: bool = False

    @property
    def wide(self) -> bool:
        """Whether the name is a state's or a country's: in a list of states, "Washington, Kansas" is no town."""
        return any(form.place.kind in {"state", "country"} and not form.weak for form in self.forms)

    @property
    def only_towns(self) -> bool:
        """Whether the name is only that of cities and counties few would know without their state."""
        return all(form.weak and form.place.kind in {"city", "county"} for form in self.forms)
