"""What one component after another asks of the same document, made once for all of them."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

from spacy.attrs import IDX, SENT_START

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc, Token

    from pipeline.core.annotations import Block

Made = TypeVar("Made")


@lru_cache(maxsize=1)
def text_of(doc: Doc) -> str:
    """The text of ``doc``: spaCy puts it together from the tokens each time it is asked."""
    return doc.text


@lru_cache(maxsize=1)
def token_starts(doc: Doc) -> list[int]:
    """Offset of each token of ``doc`` in its text; not to be changed, as all who ask are given the same list."""
    return list(map(int, doc.to_array([IDX]).ravel().tolist()))


@lru_cache(maxsize=1)
def tokens_of(doc: Doc) -> list[Token]:
    """The tokens of ``doc``, not to be changed. A slice of a list takes a fifth of what one of a document takes."""
    return list(doc)


@lru_cache(maxsize=1)
def _sentences(doc: Doc) -> list[range]:
    """For each token of ``doc`` its sentence."""
    begins = (doc.to_array([SENT_START]).ravel() == 1).tolist()
    starts = [i for i, begin in enumerate(begins) if begin or not i]
    return [
        sentence
        for sentence in (range(start, end) for start, end in zip(starts, [*starts[1:], len(begins)], strict=True))
        for _ in sentence
    ]


def sentence_of(token: Token) -> range:
    """The sentence of ``token``, as numbers of tokens: spaCy goes through the sentence each time it is asked."""
    return _sentences(token.doc)[token.i]


def once_for_blocks(make: Callable[[Doc], Made]) -> Callable[[Doc], Made]:
    """``make``, its last result kept for as long as it is asked for the same document with the same blocks."""
    last: tuple[Doc, list[Block], Made] | None = None

    @wraps(make)
    def ask(doc: Doc) -> Made:
        nonlocal last
        blocks: list[Block] = doc._.blocks
        # Lists of the very same blocks are compared at once; to hash them, as a cache of Python's does, is not.
        if last is None or last[0] is not doc or last[1] != blocks:
            last = doc, list(blocks), make(doc)
        return last[2]

    return ask
