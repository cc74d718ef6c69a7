"""Children of a word on the dependency parse, in time that no text can make long."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.token_table import grammar_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What an active or a passive verb has for a subject.
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
# Tags of verbs with a tense.
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
# spaCy looks through every word under a token to find its children. No sentence a person wrote is longer than this.
_LONGEST: Final = 1500


def _too_wide(token: Token) -> bool:
    return _holds_wide(token.doc) and _is_wide(token)


def _is_wide(token: Token) -> bool:
    return int(token.right_edge.i - token.left_edge.i) > _LONGEST


@lru_cache(maxsize=1)
def _holds_wide(doc: Doc) -> bool:
    """Whether any branch of ``doc`` is too wide: none is wider than that of the word it all hangs on."""
    return any(_is_wide(doc[i]) for i, head in enumerate(grammar_of(doc).heads) if head == i)


def children(token: Token) -> list[Token]:
    """The words that depend on ``token``, in order; none under a token with more words than a sentence has."""
    doc = token.doc
    return [] if _too_wide(token) else [doc[i] for i in grammar_of(doc).children(token.i)]


def lefts(token: Token) -> list[Token]:
    """Those of :func:`children` before ``token``."""
    return [] if _too_wide(token) else list(token.lefts)


def rights(token: Token) -> list[Token]:
    """Those of :func:`children` after ``token``."""
    return [] if _too_wide(token) else list(token.rights)


def cut_at_hyphen(noun: Token) -> bool:
    """Whether a noun is the end of a word with a hyphen, which spaCy parts: "founder" of "co-founder"."""
    before = noun.doc[max(0, noun.i - 2) : noun.i]
    return len(before) == 2 and before[1].text == "-" and not (before[0].whitespace_ or before[1].whitespace_)


def phrase_start(head: Token) -> int:
    """Where the phrase of a noun begins, as a token's number; the first half of a word with a hyphen is in it."""
    start = head.left_edge.i
    return head.doc[start - 2].left_edge.i if start == head.i and cut_at_hyphen(head) else start
