"""What one component after another asks of the same document, made once for all of them."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

from spacy.attrs import IDX

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

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


def once_for_blocks(make: Callable[[Doc], Made]) -> Callable[[Doc], Made]:
    """``make``, its last result kept for as long as it is asked for the same document with the same blocks."""

    @lru_cache(maxsize=1)
    def made(doc: Doc, _blocks: tuple[Block, ...]) -> Made:
        return make(doc)

    @wraps(make)
    def ask(doc: Doc) -> Made:
        return made(doc, tuple(doc._.blocks))

    return ask
