"""The language of a text."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH: Final = "en"

# Fewer letters than this tell no language for sure; such a text is taken for English.
_LEAST_LETTERS: Final = 120
# The beginning of a text tells its language; its links and lists of names, lower down, blur it.
_LOOKED_AT: Final = 3_000
_SURE: Final = 0.95
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w+")
# The most frequent words of English running text: a text with so many of them is English, whatever names it holds.
_ENGLISH_WORDS: Final = frozenset(
    {"the", "of", "and", "to", "in", "is", "that", "was", "for", "it", "with", "as", "on", "said", "he", "by", "at"}
    | {"from", "have", "has"}
)
_ENGLISH_SHARE: Final = 0.16


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  half a second, only for a build

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str:
    """ISO 639-1 code of a text's language; ``en`` also where it is too short to tell."""
    head = text[:_LOOKED_AT]
    if sum(1 for _ in islice(_LETTER.finditer(head), _LEAST_LETTERS)) < _LEAST_LETTERS:
        return ENGLISH
    words = len(head.split())
    english = sum(word in _ENGLISH_WORDS for word in _WORD.findall(head.lower()))
    if english >= _ENGLISH_SHARE * max(1, words):
        return ENGLISH
    code, sure = _identifier().classify(head)
    return str(code) if sure >= _SURE else ENGLISH
