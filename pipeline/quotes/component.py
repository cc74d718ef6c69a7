"""The ``quotes`` component: who is quoted, in which words, directly or not, and by which cue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from spacy.language import Language

from pipeline.core.annotations import Quote
from pipeline.core.cues import class_of
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.addressees import Addressees
from pipeline.quotes.confidence import of_bounds, of_speaker
from pipeline.quotes.direct import read_turns
from pipeline.quotes.fragments import Fragment, joined, kind_of, lay_out, set_apart_terms, widened, with_rest
from pipeline.quotes.headlines import headline_content
from pipeline.quotes.indirect.contents import indirect_contents
from pipeline.quotes.learned.rerank import reconsider
from pipeline.quotes.paragraphs.interviews import unlabelled_answers
from pipeline.quotes.paragraphs.transcripts import spoken_paragraphs
from pipeline.quotes.paragraphs.unmarked_speech import unmarked_speech
from pipeline.quotes.speaker_resolution import Names
from pipeline.quotes.spoken_again import AGAIN
from pipeline.quotes.status import status_of
from pipeline.quotes.unsure import RIGHT_OF_UNSURE, unsure
from store.schema import UNSURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from pipeline.core.quote_layout import Layout
    from store.schema import CueClass


def _quote(layout: Layout, names: Names, addressees: Addressees, fragment: Fragment, number: int) -> Quote:
    attribution = fragment.said
    doc = layout.doc
    speaker_start = speaker_end = cue_start = cue_end = None
    speaker_id = speaker = cue = resolution = ""
    cue_class: CueClass | Literal[""] = ""
    confidence = sure = 0.0
    addressee: tuple[int | None, int | None, str] = (None, None, "")
    speakers: tuple[tuple[str, str], ...] = ()
    if attribution is not None:
        resolution = attribution.resolution
        if attribution.speaker is not None and attribution.head is not None:
            first, last = attribution.speaker
            speaker_start, speaker_end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
            span = attribution.name or attribution.speaker
            speaker_id, speaker, sure = names.of(attribution.head, *span)
            speakers = names.together(attribution.head, *span)
            if speaker_id and attribution.head.pos_ == "PRON" and resolution.startswith("subject"):
                resolution = "pronoun"
            # "The liberal Democrat" stands for somebody as a pronoun does.
            way = "pronoun" if speaker_id and sure == AGAIN else resolution
            confidence = of_speaker(way, sure, fragment.sure)
        if attribution.cue is not None:
            cue_start, cue_end = attribution.cue.idx, attribution.cue.idx + len(attribution.cue)
            cue, cue_class = class_of(attribution.cue)
            addressee = addressees.of(attribution.cue, attribution.head) or addressee
    return Quote(
        start=fragment.start,
        end=fragment.end,
        kind=kind_of(layout, fragment),
        attribution=number,
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
        confidence=round(confidence * of_bounds(layout, fragment), 3),
        speaker_confidence=round(confidence, 3),
        addressee_start=addressee[0],
        addressee_end=addressee[1],
        addressee_id=addressee[2],
        speakers=speakers,
        status=status_of(layout, fragment),
    )


def fragments_by_rule(layout: Layout) -> list[Fragment]:
    """The fragments of an article, as the rules have them."""
    contents = indirect_contents(layout)
    turns = read_turns(layout, (content.said for content in contents if content.clause))
    headline = headline_content(layout)
    spoken = [*spoken_paragraphs(layout), *unmarked_speech(layout), *unlabelled_answers(layout)]
    return lay_out(layout, turns, [*([headline] if headline else []), *contents], spoken)


def find_quotes(doc: Doc, *, by_rule: bool = False) -> list[Quote]:
    """Every attribution and quoted term of ``doc``, as fragments in order of the text; ``by_rule`` alone, if wanted."""
    layout = layout_of(doc)
    fragments = fragments_by_rule(layout)
    if not by_rule:
        reconsider(layout, fragments)
    set_apart_terms(layout, fragments)
    widened(layout, fragments)
    with_rest(layout, fragments)
    fragments = joined(layout, fragments)
    return _numbered(layout, fragments)


def _numbered(layout: Layout, fragments: Sequence[Fragment]) -> list[Quote]:
    names, addressees = Names(layout), Addressees(layout)
    numbers: dict[tuple[str, int], int] = {}
    quotes = []
    for fragment in fragments:
        # A term is an attribution of its own; fragments of one attribution share the cue or at least the object.
        attribution = fragment.said
        key = (
            ("term", id(fragment))
            if attribution is None
            else ("cue", attribution.cue.i)
            if attribution.cue is not None
            else ("said", id(attribution))
        )
        number = numbers.setdefault(key, len(numbers))
        quotes.append(_quote(layout, names, addressees, fragment, number))
    return quotes


def with_unsure(doc: Doc, quotes: Sequence[Quote]) -> list[Quote]:
    """``quotes`` of ``doc``, and where they leave room what may be somebody's, told of as ``unsure``, in order.

    The attributions of ``quotes`` keep their numbers.
    """
    layout = layout_of(doc)
    first = max((quote.attribution for quote in quotes), default=-1) + 1
    found = _numbered(layout, unsure(layout, [(quote.start, quote.end) for quote in quotes]))
    more = (
        replace(
            quote,
            attribution=first + quote.attribution,
            status=UNSURE,
            confidence=min(quote.confidence, RIGHT_OF_UNSURE),
        )
        for quote in found
    )
    return sorted([*quotes, *more], key=lambda quote: quote.start)


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
        doc._.quotes = with_unsure(doc, find_quotes(doc))
        return doc
