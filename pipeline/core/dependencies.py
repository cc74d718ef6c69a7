"""Children of a word on the dependency parse, in time that no text can make long."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.doc_cache import tokens_of
from pipeline.core.token_table import grammar_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What an active or a passive verb has for a subject.
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
# Tags of verbs with a tense.
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
# spaCy looks through every word under a token to find its children. No sentence a person wrote is longer than this.
_LONGEST: Final = 1500


def _is_wide(token: Token) -> bool:
    return int(token.right_edge.i - token.left_edge.i) > _LONGEST


class _Kin:
    """The words that depend on each word of a document, found once: the same are asked for by rule after rule."""

    def __init__(self, doc: Doc) -> None:
        self.tokens = tokens_of(doc)
        self._grammar = grammar_of(doc)
        # None is wider than that of the word it all hangs on.
        self._holds_wide = any(_is_wide(self.tokens[i]) for i, head in enumerate(self._grammar.heads) if head == i)
        self.lefts: list[list[Token] | None] = [None] * len(doc)
        self.rights: list[list[Token] | None] = [None] * len(doc)
        self.children: list[list[Token] | None] = [None] * len(doc)

    def find(self, i: int) -> list[Token]:
        """The children of token ``i``, from now on at hand."""
        wide = self._holds_wide and _is_wide(self.tokens[i])
        numbers = [] if wide else self._grammar.children(i)
        found = self.children[i] = [self.tokens[child] for child in numbers]
        before = bisect_left(numbers, i)
        self.lefts[i], self.rights[i] = found[:before], found[before:]
        return found


@lru_cache(maxsize=1)
def _kin_of(doc: Doc) -> _Kin:
    return _Kin(doc)


def children(token: Token) -> list[Token]:
    """The words that depend on ``token``, in order, not to be changed; none under one with more than a sentence has."""
    found = (kin := _kin_of(token.doc)).children[token.i]
    return kin.find(token.i) if found is None else found


def lefts(token: Token) -> list[Token]:
    """Those of :func:`children` before ``token``."""
    kin, i = _kin_of(token.doc), token.i
    if (found := kin.lefts[i]) is not None:
        return found
    return [child for child in kin.find(i) if child.i < i]


def rights(token: Token) -> list[Token]:
    """Those of :func:`children` after ``token``."""
    kin, i = _kin_of(token.doc), token.i
    if (found := kin.rights[i]) is not None:
        return found
    return [child for child in kin.find(i) if child.i > i]


def cut_at_hyphen(noun: Token) -> bool:
    """Whether a noun is the end of a word with a hyphen, which spaCy parts: "founder" of "co-founder"."""
    before = tokens_of(noun.doc)[max(0, noun.i - 2) : noun.i]
    return len(before) == 2 and before[1].text == "-" and not (before[0].whitespace_ or before[1].whitespace_)


def phrase_start(head: Token) -> int:
    """Where the phrase of a noun begins, as a token's number; the first half of a word with a hyphen is in it."""
    start = head.left_edge.i
    return head.doc[start - 2].left_edge.i if start == head.i and cut_at_hyphen(head) else start
