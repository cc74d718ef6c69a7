"""The component ``jurisdictions``: countries, states, counties, cities and boroughs, and bodies called by them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.core.spans import Cover
from pipeline.core.text_index import add_mentions, index_text
from pipeline.places.place_finder import PlaceFinder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from pipeline.core.annotations import Mention


class Jurisdictions:
    """Adds places to ``doc._.mentions`` and ``doc._.entities``, and bodies that are called by the place they are of.

    Which place of a name is meant follows from the state beside it, the other places of its sentence and article, then
    population. Demonyms ("Guatemalan") name the country, with resolution ``demonym``.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc``."""
        reading = index_text(doc)
        taken = Cover(
            (mention.start, mention.end)
            for mention in doc._.mentions
            # What only the model takes for an organisation may be the place all the same.
            if mention.label != "ORG"
            or doc._.entities[mention.entity_id].kind in {"university", "agency", "group", "outlet"}
        )
        people = [mention for mention in doc._.mentions if mention.label == "PERSON"]
        finder = PlaceFinder(reading, taken, people)
        mentions = finder.find()
        bodies, named = finder.bodies()
        doc._.mentions = _same_bodies(doc._.mentions, bodies)
        add_mentions(doc, [*mentions, *bodies], [*finder.entities(), *named])
        return doc


def _same_bodies(mentions: Sequence[Mention], bodies: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with those of an organisation that is a body of a place as of that body, letters for it too."""
    at = {(body.start, body.end): body.entity_id for body in bodies}
    same = {m.entity_id: at[m.start, m.end] for m in mentions if m.label == "ORG" and (m.start, m.end) in at}
    return [replace(m, entity_id=same[m.entity_id]) if m.entity_id in same else m for m in mentions]


@Language.factory("jurisdictions", assigns=["doc._.mentions", "doc._.entities"], requires=["doc.ents"])
def make_jurisdictions(nlp: Language, name: str) -> Jurisdictions:  # noqa: ARG001  the signature of a factory
    """Make the component."""
    return Jurisdictions()
