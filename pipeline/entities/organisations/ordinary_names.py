"""Short names of bodies that are ordinary words: "Beyond", once the article has named the firm Beyond Meat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container

    from pipeline.core.text_index import TextIndex

# A capital behind one of these is a name's; behind a full stop or a mark it tells nothing.
_WITHIN_SENTENCE: Final = re.compile(r"[a-z)] $|[a-z\d], $|[a-z]: $")
# "Beyond Burger" and "Beyond-like" are something else.
_ALONE: Final = re.compile(r"(?:'s)?(?=[,.;:)?!]| [a-z]|$)")
# What stands for itself in a sentence, not for what follows it.
_OWN: Final = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "poss", "conj", "appos", "agent"})
# So often an ordinary word is used as a name before it is taken for one.
_ENOUGH: Final = 2


def named_alone(reading: TextIndex, names: Container[str]) -> dict[str, list[int]]:
    """Where each of some ordinary words is a name by itself: with a capital, within a sentence, several times."""
    found: dict[str, list[int]] = {}
    opening: dict[str, list[int]] = {}
    for start, word in reading.words:
        if word not in names or reading.heading(start) or reading.credit(start):
            continue
        if not _ALONE.match(reading.text, start + len(word)):
            continue
        token = reading.token(start)
        if token is None or token.dep_ not in _OWN:
            continue
        if _WITHIN_SENTENCE.search(reading.text, max(0, start - 3), start):
            found.setdefault(word, []).append(start)
        elif token.dep_ == "nsubj" and token.tag_.startswith("NNP"):
            opening.setdefault(word, []).append(start)
    return {word: starts + opening.get(word, []) for word, starts in found.items() if len(starts) >= _ENOUGH}
