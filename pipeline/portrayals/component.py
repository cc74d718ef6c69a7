"""Sentiment toward each person, organisation and jurisdiction that is named, in the passage that names it.

A passage is what its sentence says in one voice: what an outlet quotes must not tell how the outlet speaks of somebody.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from spacy.language import Language

from pipeline.core.annotations import Portrayal
from pipeline.portrayals.network import portrayal_model

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pipeline.portrayals.model import PortrayalModel

_RATED: Final = frozenset({"PERSON", "ORG", "JURISDICTION"})


class PortrayalComponent:
    """Fills ``doc._.portrayals``: one for each rated mention outside furniture, in order of the text."""

    def __init__(self, model: PortrayalModel | None = None) -> None:
        """Rate with ``model``; the one that comes with Framelens unless given."""
        self.model = model or portrayal_model()

    def __call__(self, doc: Doc) -> Doc:
        """Rate the mentions of ``doc``."""
        passages = doc._.passages
        starts = [passage.start for passage in passages]
        spans: dict[int, Span | None] = {}
        numbers, targets = [], []
        for number, mention in enumerate(doc._.mentions):
            place = bisect_right(starts, mention.start) - 1
            if mention.label not in _RATED or place < 0:
                continue
            passage = passages[place]
            if passage.voice == "furniture" or mention.start >= passage.end:
                continue
            if place not in spans:
                spans[place] = doc.char_span(passage.start, passage.end, alignment_mode="expand")
            span = spans[place]
            if span is not None:
                numbers.append(number)
                targets.append((span, mention.start, mention.end))
        rated = self.model.probabilities(targets).tolist()
        doc._.portrayals = [Portrayal(number, *p) for number, p in zip(numbers, rated, strict=True)]
        return doc


@Language.factory(
    "portrayals",
    assigns=["doc._.portrayals"],
    requires=["doc._.mentions", "doc._.passages"],
)
def create_portrayals(nlp: Language, name: str) -> PortrayalComponent:  # noqa: ARG001  spaCy passes both
    """Make the component."""
    return PortrayalComponent()
