"""Component ``voice``: whose words each part of the text is, as sentences and passages."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from spacy.attrs import IDX, SENT_START
from spacy.language import Language

from pipeline.core.annotations import Block, Passage, Quote, Sentence
from pipeline.core.doc_cache import text_of
from pipeline.core.word_counts import word_offsets
from store.schema import SAID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

    from store.schema import Voice

_MARKS: Final = "\"'“”‘’«»„‟`"

_OPENERS: Final = "\"'“‘«([¡¿"
_MOST_OPENERS: Final = 3

_VOICE_OF_KIND: Final[dict[str, Voice]] = {
    "body": "narration",
    "headline": "headline",
    "caption": "caption",
    "furniture": "furniture",
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence's part in one block."""

    start: int
    end: int
    block: Block


class _Stretch(NamedTuple):
    """A stretch that is not in the outlet's own voice: quoted words, or what somebody is reported to say."""

    start: int
    end: int
    voice: Voice
    quote: Quote


class VoiceComponent:
    """Fill ``doc._.sentences`` and ``doc._.passages`` from ``doc._.blocks``, ``doc._.quotes`` and the parse.

    A sentence is one of the parse, cut where a block ends. Words inside quotation marks are ``quote`` in the body, in
    headlines and in captions: somebody's, or nobody's where they are set off as a term. What else an attribution holds
    is ``reported``: another's claim in the outlet's wording. Furniture stays furniture, whoever it quotes.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Divide ``doc`` into voices."""
        text = text_of(doc)
        words = word_offsets(text)

        def count(start: int, end: int) -> int:
            return bisect_left(words, end) - bisect_left(words, start)

        stretches = [stretch for quote in doc._.quotes for stretch in _stretches(quote)]
        sentences: list[Sentence] = []
        passages: list[Passage] = []
        first = 0
        for piece in _pieces(text, doc._.blocks, _sentence_starts(doc), words):
            total = count(piece.start, piece.end)
            if not total:
                continue
            while first < len(stretches) and stretches[first].end <= piece.start:
                first += 1
            runs: dict[Voice, int] = {}
            for passage in _passages(text, piece, stretches, first, len(sentences), count):
                if passage.words:
                    runs[passage.voice] = runs.get(passage.voice, 0) + passage.words
                    passages.append(passage)
            voice = max(runs, key=lambda name: runs[name])
            sentences.append(Sentence(piece.start, piece.end, piece.block.paragraph, voice, total))
        doc._.sentences, doc._.passages = sentences, passages
        return doc


def _stretches(quote: Quote) -> Iterator[_Stretch]:
    """The stretches of an attribution in order: the parts in quotation marks, and what stands around them.

    What somebody did not say, or only might, is not reported: around its marks it stays the outlet's own.
    """
    at = quote.start
    if quote.status not in {"", SAID}:
        yield from (_Stretch(start, end, "quote", quote) for start, end in quote.quoted)
        return
    for start, end in quote.quoted:
        if at < start:
            yield _Stretch(at, start, "reported", quote)
        yield _Stretch(start, end, "quote", quote)
        at = end
    if at < quote.end:
        yield _Stretch(at, quote.end, "reported", quote)


def _sentence_starts(doc: Doc) -> list[int]:
    """Where the parse starts a sentence, moved before the marks that open it; never within a word, as in "etc.Next"."""
    if not doc.has_annotation("SENT_START"):
        return []
    text = text_of(doc)
    starts = []
    # Arrays, not `doc.sents`: a Span for each sentence costs more the longer the text is.
    table = doc.to_array([IDX, SENT_START])
    for first in table[table[:, 1] == 1, 0].tolist():
        start = first
        while start > 0 and first - start < _MOST_OPENERS and text[start - 1] in _OPENERS:
            start -= 1
        if start == 0 or text[start - 1].isspace():
            starts.append(start)
    return starts


def _pieces(text: str, blocks: list[Block], starts: list[int], words: list[int]) -> Iterator[_Piece]:
    """Blocks cut where a sentence starts; a stretch without a word joins its neighbour."""
    for block in blocks:
        low = bisect_left(starts, block.start + 1)
        high = bisect_left(starts, block.end)
        borders = [block.start, *starts[low:high], block.end]
        pending: _Piece | None = None
        pending_has_word = False
        for start, end in pairwise(borders):
            stretch = text[start:end]
            begin = start + len(stretch) - len(stretch.lstrip())
            finish = end - (len(stretch) - len(stretch.rstrip()))
            if begin >= finish:
                continue
            has_word = bisect_left(words, finish) > bisect_left(words, begin)
            if pending is not None and pending_has_word and has_word:
                yield pending
                pending = None
            pending = _Piece(pending.start if pending else begin, finish, block)
            pending_has_word |= has_word
        if pending is not None:
            yield pending


def _passages(
    text: str,
    piece: _Piece,
    stretches: list[_Stretch],
    first: int,
    sentence: int,
    count: Callable[[int, int], int],
) -> Iterator[Passage]:
    """Passages of one piece in order, some without a word; ``stretches`` are looked at from number ``first``."""
    voice = _VOICE_OF_KIND[piece.block.kind]

    def bare(start: int, end: int, *, quoted_before: bool, quoted_after: bool) -> tuple[int, int]:
        """Without white space at the ends, and without the marks of quotations beside it."""
        while start < end and (text[start].isspace() or (quoted_before and text[start] in _MARKS)):
            start += 1
        while start < end and (text[end - 1].isspace() or (quoted_after and text[end - 1] in _MARKS)):
            end -= 1
        return start, end

    def outside(start: int, end: int, *, quoted_before: bool, quoted_after: bool) -> Passage:
        start, end = bare(start, end, quoted_before=quoted_before, quoted_after=quoted_after)
        words = count(start, end)
        return Passage(start, end, sentence, piece.block.paragraph, voice, words, piece.block.reason)

    at, quoted = piece.start, False
    if voice != "furniture":
        for number in range(first, len(stretches)):
            begin, finish, whose, quote = stretches[number]
            if begin >= piece.end:
                break
            begin, finish = max(begin, at), min(finish, piece.end)
            if begin >= finish or (whose == "reported" and not count(begin, finish)):
                continue
            yield outside(at, begin, quoted_before=quoted, quoted_after=whose == "quote")
            at, quoted = finish, whose == "quote"
            # Words in marks that nobody did say are quoted all the same, and are nobody's.
            counts_as_said = quote.kind != "term" and quote.status == SAID
            if whose == "reported":
                begin, finish = bare(begin, finish, quoted_before=True, quoted_after=True)
            yield Passage(
                begin,
                finish,
                sentence,
                piece.block.paragraph,
                whose,
                count(begin, finish),
                piece.block.reason,
                quote.attribution if counts_as_said else None,
                quote.speaker_id if counts_as_said else "",
                quote.speaker if counts_as_said else "",
            )
    yield outside(at, piece.end, quoted_before=quoted, quoted_after=False)


@Language.factory("voice", requires=["doc._.blocks", "doc._.quotes"], assigns=["doc._.sentences", "doc._.passages"])
def make_voice(nlp: Language, name: str) -> VoiceComponent:  # noqa: ARG001 - spaCy passes both
    """Make the component."""
    return VoiceComponent()
