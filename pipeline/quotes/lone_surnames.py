"""People called like a people: `French attributes the loss to rain` is of somebody called French."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from pipeline.core.annotations import Entity, Mention

_OF_A_PEOPLE: Final = tuple(toml("quotes/bodies.toml")["of_a_people"])
_FOR_ONE: Final = frozenset({"VBZ", "VBD", "VBG"})


def is_surname(mention: Mention, head: Token, first: int, last: int) -> bool:
    """Whether a word for a country's people, taken for the country, is one person's name."""
    alone = last - first == 1 and mention.label == "JURISDICTION" and head.text.endswith(_OF_A_PEOPLE)
    return alone and mention.start == head.idx and head.head.tag_ in _FOR_ONE


def surnamed(head: Token, entities: Iterable[Entity]) -> Entity | None:
    """The only person with the surname ``head`` whom an article names in full."""
    named = [one for one in entities if one.label == "PERSON" and one.name.endswith(f" {head.text}")]
    return named[0] if len(named) == 1 else None
