"""Where narration and quotations lie among the tokens of a parsed article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import Block, lines
from pipeline.core.doc_cache import once_for_blocks, text_of
from pipeline.core.quotation_marks import Quotation, find_quotations

if TYPE_CHECKING:
    import spacy.tokens

    from pipeline.core.token_table import Token, Tokens

SEARCHED: Final = frozenset({"body", "headline", "caption"})
_SENTENCE_FINAL: Final = frozenset(".?!…:;")
# No clause that names a speaker is longer; the limit keeps time linear in any text.
_REACH: Final = 60


def searched_paragraphs(doc: spacy.tokens.Doc | Tokens) -> list[Block]:
    """The stretches of text that can hold quotes, one a line: all lines where no blocks are marked."""
    blocks: list[Block] = doc._.blocks or [Block(s, e, "body", n) for n, (s, e) in enumerate(lines(text_of(doc)))]
    return [block for block in blocks if block.kind in SEARCHED and block.start < block.end]


@dataclass(slots=True)
class Layout:
    """A parsed article with its quotations.

    ``inside`` holds for each token the number of its quotation, or -1; ``searched`` whether it stands in a paragraph;
    ``begins`` whether the parse begins a sentence with it, ``blank`` whether it is white space: of most tokens no more
    is asked, and a list answers sooner than a token.
    """

    doc: Tokens
    tokens: Tokens
    text: str
    paragraphs: list[Block]
    quotations: list[Quotation]
    starts: list[int]
    inside: list[int]
    searched: bytearray
    begins: list[bool]
    blank: list[bool]
    # What follows and what comes before quotations, by their numbers: asked some six times of each.
    _after: dict[int, list[Token]] = field(default_factory=dict)
    _before: dict[int, list[Token]] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Tokens) -> Layout:
        """Find the quotations of ``doc``."""
        text = doc.text
        paragraphs = searched_paragraphs(doc)
        quotations = find_quotations(text, ((p.start, p.end, n) for n, p in enumerate(paragraphs)))
        starts = doc.starts
        inside = [-1] * len(starts)
        searched = bytearray(len(starts))
        begins = doc.begins
        blank = doc.blank
        layout = cls(doc, doc, text, paragraphs, quotations, starts, inside, searched, begins, blank)
        for block in paragraphs:
            first, last = layout.token_at(block.start), layout.token_at(block.end)
            searched[first:last] = b"\x01" * (last - first)
        for number, quotation in enumerate(quotations):
            for i in range(layout.token_at(quotation.start), layout.token_at(quotation.end)):
                inside[i] = number
        return layout

    def token_at(self, offset: int) -> int:
        """Number of the first token that starts at or after ``offset``."""
        return bisect_left(self.starts, offset)

    def tokens_of(self, start: int, end: int) -> range:
        """Numbers of the tokens that hold ``start:end``, at least one: a name can stand within a token ("anti-Lee")."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return range(first, max(self.token_at(end), first + 1))

    def block_of(self, token: Token) -> Block | None:
        """The searched stretch of text that ``token`` stands in."""
        place = bisect_right(self.paragraphs, token.idx, key=lambda block: block.start) - 1
        block = self.paragraphs[place] if place >= 0 else None
        return block if block is not None and token.idx < block.end else None

    def outside(self, token: Token) -> bool:
        """Whether ``token`` stands in no quotation."""
        return self.inside[token.i] < 0

    def ends_sentence(self, i: int) -> bool:
        """Whether a sentence of the narration ends before token ``i``."""
        if i <= 0:
            return True
        if not self.begins[i] and not self.blank[i - 1]:
            return False
        before = self.tokens[i - 1]
        if self.blank[i - 1]:
            return "\n" in before.text or (i > 1 and self.ends_sentence_after_blank(i))
        if self.tokens[i].is_lower:
            return False
        return before.text[-1] in _SENTENCE_FINAL or before.text in {"''", '"', "”", "’", "'", ")"}

    def ends_sentence_after_blank(self, i: int) -> bool:
        """As :meth:`ends_sentence`, where white space stands before token ``i``."""
        return self.begins[i] and self.tokens[i - 2].text[-1] in _SENTENCE_FINAL

    def after(self, number: int) -> list[Token]:
        """Narration that follows a quotation within its sentence, up to the next quotation."""
        if number not in self._after:
            self._after[number] = self._find_after(number)
        return list(self._after[number])

    def _find_after(self, number: int) -> list[Token]:
        quotation = self.quotations[number]
        limit = self.paragraphs[quotation.paragraph].end
        if number + 1 < len(self.quotations):
            limit = min(limit, self.quotations[number + 1].start)
        first = self.token_at(quotation.end)
        gap: list[Token] = []
        for i in range(first, min(first + _REACH, len(self.doc))):
            token = self.tokens[i]
            if token.idx >= limit or (i > first and self.ends_sentence(i) and any(t.is_alpha for t in gap)):
                break
            if i == first and token.text in {".", "?", "!"}:
                break
            gap.append(token)
        return gap

    def before(self, number: int) -> list[Token]:
        """Narration of the sentence a quotation stands in that comes before it; other quotations left out."""
        if number not in self._before:
            self._before[number] = self._find_before(number)
        return list(self._before[number])

    def _find_before(self, number: int) -> list[Token]:
        quotation = self.quotations[number]
        lower = self.paragraphs[quotation.paragraph].start
        last = self.token_at(quotation.start)
        gap: list[Token] = []
        if last < len(self.doc) and self.ends_own(last, gap_empty=True):
            return gap
        for i in range(last - 1, max(last - 1 - _REACH, -1), -1):
            token = self.tokens[i]
            if token.idx < lower:
                break
            if self.inside[i] < 0:
                gap.append(token)
            if self.ends_own(i, gap_empty=not any(t.is_alpha for t in gap)):
                break
        gap.reverse()
        return gap

    def ends_own(self, i: int, *, gap_empty: bool) -> bool:
        """Whether token ``i`` begins a sentence, where a quotation that ends one counts as its end."""
        if i <= 0 or (self.tokens[i - 1].is_space and "\n" in self.tokens[i - 1].text):
            return True
        before = self.tokens[i - 1]
        if before.is_space and i > 1:
            before = self.tokens[i - 2]
        if self.inside[before.i] >= 0:
            if self.inside[i] >= 0 and self.inside[i] == self.inside[before.i]:
                return False
            inner_end = self.quotations[self.inside[before.i]].inner_end
            return self.text[inner_end - 1] in ".?!" and (gap_empty or self.tokens[i].is_title)
        return before.text[-1] in ".?!" and (
            bool(self.tokens[i].is_sent_start) or (gap_empty and len(before.text) == 1)
        )


@once_for_blocks
def layout_of(doc: Tokens) -> Layout:
    """The layout of ``doc``, not to be changed: every component that asks is given the same."""
    return Layout.of(doc)
