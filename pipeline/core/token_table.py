"""The grammar of an article as plain lists: asked thousands of times, a list answers sooner than a token."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, LOWER, POS, TAG

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NAMED: Final = (LOWER, TAG, POS, DEP, ENT_TYPE)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Of each token, by its number: word in lower case, labels, head, and edges of its branch.

    ``highs`` is exclusive. Numbers are places in the document.
    """

    words: list[str]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    entities: list[str]
    heads: list[int]
    lows: list[int]
    highs: list[int]
    _hanging: list[int]
    _bounds: list[int]

    @classmethod
    def of(cls, doc: Doc) -> Grammar:
        """Read the lists off a parsed ``doc``."""
        numbers = doc.to_array([*_NAMED, HEAD]).reshape(len(doc), len(_NAMED) + 1)
        strings = doc.vocab.strings
        columns: list[list[str]] = []
        for column in numbers.T[:-1].tolist():
            names = {number: strings[number] if number else "" for number in set(column)}
            columns.append(list(map(names.__getitem__, column)))
        # Heads are told as distances, negative ones wrapped around.
        above = np.arange(len(doc)) + numbers[:, -1].astype(np.int64)
        hanging = np.flatnonzero(above != np.arange(len(doc)))
        hanging = hanging[np.argsort(above[hanging], kind="stable")]
        bounds = np.searchsorted(above[hanging], np.arange(len(doc) + 1))
        heads = above.tolist()
        words, tags, pos, deps, entities = columns
        return cls(words, tags, pos, deps, entities, heads, *_edges(heads), hanging.tolist(), bounds.tolist())

    def children(self, token: int) -> list[int]:
        """The tokens that hang on ``token``, in order."""
        return self._hanging[self._bounds[token] : self._bounds[token + 1]]


def _edges(heads: list[int]) -> tuple[list[int], list[int]]:
    """First token and end of the branch of each token, from the leaves up."""
    lows, highs = list(range(len(heads))), list(range(1, len(heads) + 1))
    waiting = [0] * len(heads)
    for i, head in enumerate(heads):
        waiting[head] += head != i
    ready = [i for i, count in enumerate(waiting) if not count]
    for i in ready:
        head = heads[i]
        if head == i:
            continue
        lows[head] = min(lows[head], lows[i])
        highs[head] = max(highs[head], highs[i])
        waiting[head] -= 1
        if not waiting[head]:
            ready.append(head)
    return lows, highs


@lru_cache(maxsize=1)
def grammar_of(doc: Doc) -> Grammar:
    """The grammar of ``doc``: all who ask are given the same."""
    return Grammar.of(doc)
