"""The tone of words: the VADER lexicon and its rules.

C.J. Hutto and E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text",
ICWSM 2014.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

# VADER knows straight quotation marks only: with curly ones it misses both the word beside the mark and "don’t".
STRAIGHT: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": " ", "–": " "})

# VADER's time grows with the square of the number of words it is given.
_WORDS_AT_ONCE: Final = 100


@lru_cache(maxsize=1)
def _analyzer() -> SentimentIntensityAnalyzer:
    analyzer = SentimentIntensityAnalyzer()
    # An emoji becomes its description, up to eight words: a line of emoji would undo the limit above.
    analyzer.emojis = {}
    return analyzer


@lru_cache(maxsize=1)
def valences() -> dict[str, float]:
    """Valence of each lower-case word of the lexicon, from -4 (most negative) to 4."""
    return dict(_analyzer().lexicon)


def tone(text: str) -> float:
    """Tone of ``text`` from -1 (negative) to 1 (positive): VADER's compound score.

    Beyond 100 words, the mean of the scores of each 100, by number of words.
    """
    words = text.translate(STRAIGHT).split()
    if not words:
        return 0.0
    total = 0.0
    for first in range(0, len(words), _WORDS_AT_ONCE):
        run = words[first : first + _WORDS_AT_ONCE]
        total += float(_analyzer().polarity_scores(" ".join(run))["compound"]) * len(run)
    return round(total / len(words), 4)
