"""Sentiment toward each person, organisation and jurisdiction that is named, in what is said where it is named.

That is what its sentence says in one voice: what an outlet quotes or reports must not tell how the outlet speaks of
somebody.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Final

from spacy.language import Language

from pipeline.core.annotations import Portrayal
from pipeline.portrayals.acts import rated
from pipeline.portrayals.network import portrayal_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span

    from pipeline.core.annotations import Passage
    from pipeline.portrayals.model import PortrayalModel

_RATED: Final = frozenset({"PERSON", "ORG", "JURISDICTION"})
# A passage that names more is a list, and says nothing of anybody in it: none is rated.
_MOST_NAMED: Final = 60


class PortrayalComponent:
    """Fills ``doc._.portrayals``: one for each rated mention outside furniture, in order of the text."""

    def __init__(self, model: PortrayalModel | None = None) -> None:
        """Rate with ``model``; the one that comes with Framelens unless given."""
        self.model = model or portrayal_model()

    def __call__(self, doc: Doc) -> Doc:
        """Rate the mentions of ``doc``."""
        passages = doc._.passages
        starts = [passage.start for passage in passages]
        spans: dict[tuple[int, int], Span | None] = {}
        numbers, targets = [], []
        for number, mention in enumerate(doc._.mentions):
            place = bisect_right(starts, mention.start) - 1
            if mention.label not in _RATED or place < 0:
                continue
            passage = passages[place]
            if passage.voice == "furniture" or mention.start >= passage.end:
                continue
            start, end = _statement(passages, place)
            if (start, end) not in spans:
                spans[start, end] = doc.char_span(start, end, alignment_mode="expand")
            span = spans[start, end]
            if span is not None:
                numbers.append(number)
                targets.append((span, mention.start, mention.end))
        named = Counter(id(span) for span, _, _ in targets)
        rateable = [place for place, (span, _, _) in enumerate(targets) if named[id(span)] <= _MOST_NAMED]
        probabilities = rated(self.model, [targets[place] for place in rateable]).tolist()
        doc._.portrayals = [Portrayal(numbers[place], *p) for place, p in zip(rateable, probabilities, strict=True)]
        return doc


def _statement(passages: Sequence[Passage], place: int) -> tuple[int, int]:
    """Start and end of what is said in the passage at ``place``, with the passages beside it that belong to it.

    A claim that is reported goes on in its words in quotation marks, and an outlet's sentence in a word it sets off.
    """
    passage = passages[place]
    if passage.voice == "quote" and not passage.is_term:
        return passage.start, passage.end

    def belongs(other: Passage) -> bool:
        if other.sentence != passage.sentence:
            return False
        if passage.voice == "reported":
            return other.attribution == passage.attribution
        return other.is_term or other.voice not in {"quote", "reported"}

    first = last = place
    while first > 0 and belongs(passages[first - 1]):
        first -= 1
    while last + 1 < len(passages) and belongs(passages[last + 1]):
        last += 1
    return passages[first].start, passages[last].end


@Language.factory(
    "portrayals",
    assigns=["doc._.portrayals"],
    requires=["doc._.mentions", "doc._.passages"],
)
def create_portrayals(nlp: Language, name: str) -> PortrayalComponent:  # noqa: ARG001  spaCy passes both
    """Make the component."""
    return PortrayalComponent()
