"""Children of a word on the dependency parse, in time that no text can make long."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.core.token_table import Token

# What an active or a passive verb has for a subject.
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
# Tags of verbs with a tense.
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
# spaCy looks through every word under a token to find its children. No sentence a person wrote is longer than this.
_LONGEST: Final = 1500


def children(token: Token) -> list[Token]:
    """The words that depend on ``token``, in order, not to be changed; none under one with more than a sentence has."""
    return _found(token) if token.hanging is None else token.hanging


def lefts(token: Token) -> list[Token]:
    """Those of :func:`children` before ``token``."""
    if token.hanging is None:
        _found(token)
    return token.before


def rights(token: Token) -> list[Token]:
    """Those of :func:`children` after ``token``."""
    if token.hanging is None:
        _found(token)
    return token.after


def _found(token: Token) -> list[Token]:
    """The children of ``token``, from now on at hand: the same are asked for by rule after rule."""
    i, tokens = token.i, token.doc
    numbers = [] if token.right_edge.i - token.left_edge.i > _LONGEST else tokens.grammar.children(i)
    found = token.hanging = [tokens[child] for child in numbers]
    before = bisect_left(numbers, i)
    token.before, token.after = found[:before], found[before:]
    return found


def cut_at_hyphen(noun: Token) -> bool:
    """Whether a noun is the end of a word with a hyphen, which spaCy parts: "founder" of "co-founder"."""
    before = noun.doc[max(0, noun.i - 2) : noun.i]
    return len(before) == 2 and before[1].text == "-" and not (before[0].whitespace_ or before[1].whitespace_)


def phrase_start(head: Token) -> int:
    """Where the phrase of a noun begins, as a token's number; the first half of a word with a hyphen is in it."""
    start = head.left_edge.i
    return head.doc[start - 2].left_edge.i if start == head.i and cut_at_hyphen(head) else start
