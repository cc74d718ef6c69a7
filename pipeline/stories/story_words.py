"""Words, names and numbers by which articles are compared, and how rare a word is in news at large."""

from __future__ import annotations

import csv
import gzip
import math
import re
from functools import lru_cache
from typing import Final

from pipeline.core import resource_tables
from pipeline.core.resource_tables import RESOURCES

WORDS: Final = RESOURCES / "stories/story_words.csv.gz"

_WORD: Final = re.compile(r"[A-Za-z0-9$€£][\w$%.,’'-]*[\w%]|\w")
_NAME: Final = re.compile(r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*")
NUMBER: Final = re.compile(r"\$?\d[\d,.]*\d%?|\d+%?")
_ENDINGS: Final = ("ings", "ing", "edly", "ies", "ied", "ed", "es", "s", "ly")
COMMON: Final = resource_tables.words("stories/common_words.txt")


# Words come again and again: twelve of thirteen are found here.
@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """A word without its commonest endings, so that "bans" meets "banned"."""
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if len(word) > 4:
        ending = next((suffix for suffix in _ENDINGS if word.endswith(suffix) and len(word) - len(suffix) >= 3), "")
        word = word.removesuffix(ending)
        if len(word) > 4:
            word = word.removesuffix("e")
    return word


@lru_cache(maxsize=1 << 17)
def _telling(word: str, around: str) -> str:
    """The stem of a word without the marks ``around`` it; nothing for a word that tells nothing."""
    base = stem(word.strip(around))
    return "" if base in COMMON else base


def words(text: str) -> list[str]:
    """Stems of ``text`` that tell what it is about."""
    return [base for word in _WORD.findall(text) if (base := _telling(word, ".,-"))]


def names(text: str) -> list[str]:
    """Stems of capitalised words of ``text``, and runs of them."""
    stems = []
    for run in _NAME.findall(text):
        parts = [base for part in run.split() if (base := _telling(part, ".,"))]
        stems += parts
        if len(parts) > 1:
            stems.append(" ".join(parts))
    return stems


@lru_cache(maxsize=1)
def news() -> tuple[int, dict[str, int]]:
    """How many articles of news were counted, and in how many of them each stem stands."""
    with gzip.open(WORDS, "rt", encoding="utf-8", newline="") as lines:
        rows = {row["stem"]: int(row["articles"]) for row in csv.DictReader(lines)}
    return rows.pop(""), rows


def rarity(word: str) -> float:
    """How rare a stem is in news at large: 0 for one that every article has."""
    counted, articles = news()
    return math.log((1 + counted) / max(1, articles.get(word, 0)))
