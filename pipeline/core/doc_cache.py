"""What one component after another asks of the same document, made once for all of them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from pipeline.core.token_table import tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import spacy.tokens

    from pipeline.core.annotations import Block
    from pipeline.core.token_table import Token, Tokens

Made = TypeVar("Made")


def text_of(doc: spacy.tokens.Doc | Tokens) -> str:
    """The text of ``doc``: spaCy puts it together from the tokens each time it is asked."""
    return tokens_of(doc).text


def token_starts(doc: spacy.tokens.Doc | Tokens) -> list[int]:
    """Offset of each token of ``doc`` in its text; not to be changed, as all who ask are given the same list."""
    return tokens_of(doc).starts


def sentence_of(token: Token) -> range:
    """The sentence of ``token``, as numbers of tokens."""
    return token.doc.sentences[token.i]


def once_for_blocks(make: Callable[[Tokens], Made]) -> Callable[[spacy.tokens.Doc | Tokens], Made]:
    """``make``, its last result kept for as long as it is asked for the same document with the same blocks."""
    last: tuple[Tokens, list[Block], Made] | None = None

    @wraps(make)
    def ask(doc: spacy.tokens.Doc | Tokens) -> Made:
        nonlocal last
        doc = tokens_of(doc)
        blocks: list[Block] = doc._.blocks
        # Lists of the very same blocks are compared at once; to hash them, as a cache of Python's does, is not.
        if last is None or last[0] is not doc or last[1] != blocks:
            last = doc, list(blocks), make(doc)
        return last[2]

    return ask
