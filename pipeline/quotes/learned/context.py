"""A quotation with what stands around it: marks, punctuation, the narration of its sentence, its place in the parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import SUBJECTS, lefts
from pipeline.quotes.scare_quotes import is_title

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution

_VERBS: Final = frozenset({"VERB", "AUX"})
_MARKS: Final = " '’‘\"“”«»„‟`"
_CLOSING: Final = " '’”\"])"
_TOLD_APART: Final = ",:.?!;—-–\"”'’)"
_ENDINGS: Final = ",.?!—-–…;"
# Words of a long quotation looked at to find what it depends on.
LOOKED_AT: Final = 40
CLIMB: Final = 10
_INNER: Final = 120


@dataclass(slots=True)
class QuotationContext:
    """A fragment with quotation marks, ``said`` as the rules have it (None: a term), and its surroundings.

    ``first`` and ``last`` are its token span; ``before`` and ``after`` the kinds of character beside it, ``ends`` its
    own last mark; ``alone``: no narration before it in its sentence; ``whole``: it is its paragraph; ``governing``: the
    numbers of the words outside it that it depends on, nearest first; ``inner``: the words in its marks.
    """

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    said: Attribution | None
    before: str
    after: str
    ends: str
    opening: str
    length: int
    alone: bool
    whole: bool
    single: bool
    marks: str
    kind: str
    governing: list[int]
    gap_before: list[Token]
    gap_after: list[Token]
    inner: frozenset[str]


def rough(number: int) -> int:
    """A number on a rough scale: the larger, the rougher."""
    return number if number < 3 else 1 + number.bit_length()


def context_of(
    layout: Layout, start: int, end: int, numbers: range, attribution: Attribution | None
) -> QuotationContext:
    """The context of the fragment ``start:end`` with the quotations ``numbers``, at least one."""
    quotation, final = layout.quotations[numbers[0]], layout.quotations[numbers[-1]]
    block = layout.paragraphs[quotation.paragraph]
    text = layout.text
    inner = text[quotation.inner_start : final.inner_end].rstrip(_CLOSING)
    first, last = layout.token_at(start), layout.token_at(end)
    gap_before = [t for t in layout.before(numbers[0]) if t.i < first]
    return QuotationContext(
        start=start,
        end=end,
        first=first,
        last=last,
        paragraph=quotation.paragraph,
        said=attribution,
        before=_before(text[max(block.start, quotation.start - LOOKED_AT) : quotation.start].rstrip()[-1:]),
        after=_after(text[final.end : min(block.end, final.end + LOOKED_AT)].lstrip()[:1]),
        ends=inner[-1:] if inner[-1:] in _ENDINGS else "letter",
        opening="upper" if text[quotation.inner_start].isupper() else "lower",
        length=min(rough(last - first), 7),
        alone=not any(t.is_alpha for t in gap_before),
        whole=start == block.start and end >= block.end - 1,
        single=quotation.single,
        marks=f"{quotation.opened}{final.closed}{quotation.carried}",
        kind=block.kind,
        governing=_governing(layout, first, last),
        gap_before=gap_before,
        gap_after=[t for t in layout.after(numbers[-1]) if t.i >= last],
        inner=frozenset(layout.doc[i].lower_ for i in range(first, min(last, first + _INNER)) if layout.inside[i] >= 0),
    )


def is_sentence(layout: Layout, context: QuotationContext) -> bool:
    """Whether a quotation is a whole sentence: it begins as one and has a verb with a subject, or stands as one.

    Names of works and of things are set in capitals, or do not stand for themselves.
    """
    inner = layout.text[context.start : context.end].strip(_MARKS)
    complete = context.ends in ",.?!…—" or context.after in {",", "."}
    if context.opening != "upper" or not complete or is_title(inner):
        return False
    if context.alone and (context.ends in ".?!…" or context.after in {",", "none"}):
        return True
    if context.last - context.first > LOOKED_AT:
        return True
    tokens = range(context.first, context.last)
    return any(
        token.pos_ in _VERBS and any(child.dep_ in SUBJECTS and child.i in tokens for child in lefts(token))
        for token in layout.tokens[tokens.start : tokens.stop]
    )


def _before(character: str) -> str:
    if not character:
        return "none"
    return character if character in _TOLD_APART else "letter"


def _after(character: str) -> str:
    if not character:
        return "none"
    if not character.isalnum():
        return character
    return "upper" if character.isupper() else "lower"


def _governing(layout: Layout, first: int, last: int) -> list[int]:
    heads = (layout.doc[i].head for i in range(first, min(last, first + LOOKED_AT)))
    word = next((head for head in heads if not first <= head.i < last), None)
    governors: list[int] = []
    while word is not None and len(governors) < CLIMB:
        governors.append(word.i)
        word = word.head if word.head.i != word.i else None
    return governors
