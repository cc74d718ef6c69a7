"""People taken for their country: somebody called French or Holland, and "most Americans"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from pipeline.core.annotations import Entity, Mention

_OF_A_PEOPLE: Final = tuple(toml("quotes/bodies.toml")["of_a_people"])
_FOR_ONE: Final = frozenset({"VBZ", "VBD", "VBG"})


def is_surname(mention: Mention, head: Token, first: int, last: int, entities: Iterable[Entity]) -> bool:
    """Whether a word taken for a country is one person's: for its people, or of somebody named in full."""
    alone = last - first == 1 and mention.label == "JURISDICTION" and mention.start == head.idx
    if not alone or head.head.tag_ not in _FOR_ONE or mention.end != head.idx + len(head):
        return False
    return head.text.endswith(_OF_A_PEOPLE) or surnamed(head, entities) is not None


def are_people(mention: Mention, head: Token, first: int, name: str) -> bool:
    """Whether words taken for a country called ``name`` are some of its people: `most Americans`."""
    whole = head.doc[first].lower_ == "the" and head.i == first + 1
    return (
        not whole and mention.label == "JURISDICTION" and head.tag_ in {"NNPS", "NNS"} and head.text not in name.split()
    )


def surnamed(head: Token, entities: Iterable[Entity]) -> Entity | None:
    """The only person with the surname ``head`` whom an article names in full."""
    named = [entity for entity in entities if entity.label == "PERSON" and entity.name.endswith(f" {head.text}")]
    return named[0] if len(named) == 1 else None
