"""Component ``phrases``: noun phrases of two to four words, as a text uses them ("tactical agents").

The phrases are spaCy's noun chunks without the words that only point, count or own; names of people are left out,
because who is named is counted already.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from spacy.language import Language

from pipeline.core.annotations import Phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from pipeline.core.annotations import Passage

SHORTEST, LONGEST = 2, 4
_BEFORE: Final = frozenset({"DET", "PRON", "NUM", "PUNCT", "SPACE", "PART", "CCONJ", "ADV", "SYM", "ADP", "X"})


class Phrases:
    """Fills ``doc._.phrases``, in order of the text."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the phrases of ``doc``."""
        passages: list[Passage] = doc._.passages
        starts = [passage.start for passage in passages]
        people = {
            i for mention in doc._.mentions if mention.label == "PERSON" for i in range(mention.start, mention.end)
        }
        phrases = []
        for chunk in doc.noun_chunks:
            span = _trimmed(chunk)
            if span is None or span.start_char in people or span.end_char - 1 in people:
                continue
            place = bisect_right(starts, span.start_char) - 1
            passage = passages[place] if place >= 0 else None
            if passage and passage.voice != "furniture" and span.end_char <= passage.end:
                form = " ".join(token.lower_.replace("’", "'") for token in span)
                form = form.replace(" - ", "-").replace(" 's", "'s")
                phrases.append(
                    Phrase(
                        span.start_char,
                        span.end_char,
                        form,
                        passage.sentence,
                        passage.voice,
                        passage.speaker_id,
                    )
                )
        doc._.phrases = phrases
        return doc


def _trimmed(chunk: Span) -> Span | None:
    """The chunk from its first describing word, if it then has the right length and holds nothing but words."""
    start = chunk.start
    while start < chunk.end and chunk.doc[start].pos_ in _BEFORE:
        start += 1
    span = chunk.doc[start : chunk.end]
    words = [token for token in span if token.is_alpha]
    if not SHORTEST <= len(words) <= LONGEST or not all(map(_word, span)) or not span[-1].is_alpha:
        return None
    return span


def _word(token: Token) -> bool:
    return token.is_alpha or token.lower_ in {"-", "'s", "’s"}


@Language.factory(
    "phrases",
    assigns=["doc._.phrases"],
    requires=["doc._.mentions", "doc._.passages", "token.dep", "token.head", "token.pos"],
)
def make_phrases(nlp: Language, name: str) -> Phrases:  # noqa: ARG001 - spaCy passes both
    """Make the component."""
    return Phrases()
