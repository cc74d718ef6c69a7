"""What counts as a word, for every figure Framelens shows."""

from __future__ import annotations

import re

# From the first letter or digit of a run without white space or a dash that separates ("risk — but") to its end.
_WORD = re.compile(r"[^\W_][^\s—–]*")


def count_words(text: str) -> int:
    """Number of words in ``text``: runs between white space or long dashes that hold a letter or digit."""
    return len(_WORD.findall(text))


def word_offsets(text: str) -> list[int]:
    """Offset of the first letter or digit of each word that :func:`count_words` counts, in order."""
    return [word.start() for word in _WORD.finditer(text)]
