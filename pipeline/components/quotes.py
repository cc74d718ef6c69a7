"""The ``quotes`` component: who is quoted, in which words, directly or not, and by which cue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spacy.language import Language

from pipeline.annotations import Quote
from pipeline.components.addressees import Addressees
from pipeline.components.contents import indirect_contents
from pipeline.components.cues import class_of
from pipeline.components.fragments import Fragment, kind_of, lay_out
from pipeline.components.layout import layout_of
from pipeline.components.naming import Names
from pipeline.components.transcripts import spoken_paragraphs
from pipeline.components.turns import read_turns

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.components.layout import Layout

# Share of direct quotes with the right speaker among those found in each way, on labelled articles (PolNeAR:
# development articles and a sixth of the training ones); the pronoun's own confidence, and a mention's, come on top.
CONFIDENCE: Final = {
    "subject of the cue": 0.94,
    "according to": 0.95,
    "pronoun": 0.95,
    "dash line": 0.95,
    "transcript": 0.9,
    "sentence before": 0.85,
    "before a colon": 0.8,
    "subject of the verb": 0.6,
    "carried on": 0.5,
    "paragraph before": 0.45,
    "subject of the sentence": 0.3,
    "possessor": 0.2,
}


def _quote(layout: Layout, names: Names, addressees: Addressees, fragment: Fragment, attribution: int) -> Quote:
    said = fragment.said
    doc = layout.doc
    speaker_start = speaker_end = cue_start = cue_end = None
    speaker_id = speaker = cue = cue_class = resolution = ""
    confidence = 0.0
    told: tuple[int | None, int | None, str] = (None, None, "")
    if said is not None:
        resolution = said.resolution
        confidence = CONFIDENCE.get(resolution, 0.0)
        if said.speaker is not None and said.head is not None:
            first, last = said.speaker
            speaker_start, speaker_end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
            speaker_id, speaker, sure = names.of(said.head, *(said.name or said.speaker))
            confidence *= sure
            if speaker_id and said.head.pos_ == "PRON" and resolution.startswith("subject"):
                resolution = "pronoun"
        if said.cue is not None:
            cue_start, cue_end = said.cue.idx, said.cue.idx + len(said.cue)
            cue, cue_class = class_of(said.cue)
            told = addressees.of(said.cue, said.head) or told
    return Quote(
        start=fragment.start,
        end=fragment.end,
        kind=kind_of(layout, fragment),
        attribution=attribution,
        quoted=tuple(fragment.quoted),
        speaker_start=speaker_start,
        speaker_end=speaker_end,
        speaker_id=speaker_id,
        speaker=speaker,
        cue_start=cue_start,
        cue_end=cue_end,
        cue=cue,
        cue_class=cue_class,
        resolution=resolution,
        confidence=round(confidence, 3),
        addressee_start=told[0],
        addressee_end=told[1],
        addressee_id=told[2],
    )


def find_quotes(doc: Doc) -> list[Quote]:
    """Every attribution and quoted term of ``doc``, as fragments in order of the text."""
    layout = layout_of(doc)
    contents = indirect_contents(layout)
    turns = read_turns(layout, (content.said for content in contents if content.clause))
    fragments = lay_out(layout, turns, contents, spoken_paragraphs(layout))
    names, addressees = Names(layout), Addressees(layout)
    numbers: dict[tuple[str, int], int] = {}
    quotes = []
    for fragment in fragments:
        # A term is an attribution of its own; fragments of one attribution share the cue or at least the object.
        said = fragment.said
        key = (
            ("term", id(fragment))
            if said is None
            else ("cue", said.cue.i)
            if said.cue is not None
            else ("said", id(said))
        )
        attribution = numbers.setdefault(key, len(numbers))
        quotes.append(_quote(layout, names, addressees, fragment, attribution))
    return quotes


@Language.factory(
    "quotes",
    assigns=["doc._.quotes"],
    requires=["doc._.blocks", "doc._.mentions", "token.dep", "token.head", "token.pos", "token.tag"],
)
class QuotesComponent:
    """Fill ``doc._.quotes``."""

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002  the signature of a factory
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotes of ``doc``."""
        doc._.quotes = find_quotes(doc)
        return doc
