"""Lists of names and words, and whether a word is in them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from pipeline.core.resource_tables import columns, rows, words

_INITIAL: Final = re.compile(r"(?:\w\.)+|\w")


def slug(name: str) -> str:
    """``name`` in lower-case ASCII, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


@lru_cache(maxsize=1)
def first_names() -> dict[str, float]:
    """First names, with the share of their bearers that are women."""
    return {name: float(female) for name, female in columns("core/first_names.csv.gz")}


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Frequent surnames, in title case."""
    return frozenset(name for (name,) in columns("core/surnames.csv.gz"))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Ordinary English words in lower case."""
    return words("core/common_words.txt.gz")


@lru_cache(maxsize=1)
def never_names() -> frozenset[str]:
    """Capitalised words that are no part of a name."""
    return words("core/not_names.txt")


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, str]:
    return {row["nickname"]: row["name"] for row in rows("core/nicknames.csv")}


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Words of grammar as a sentence starts with them: they begin no name."""
    return words("core/function_words.txt")


def is_initial(word: str) -> bool:
    """Whether ``word`` is "J." or "J.B." or "J"."""
    return _INITIAL.fullmatch(word) is not None


# "Nick Begich III".
_VOWEL: Final = re.compile("[AEIOUY]")
_NUMERAL: Final = re.compile("I{2,3}|IV")


@lru_cache(maxsize=1)
def dotted_words() -> frozenset[str]:
    """Titles and parts of names that are written with a full stop, without it: "Sgt", "Jr"."""
    return words("core/dotted.txt")


def plain_case(word: str) -> str:
    """A word set in capitals as it is set in running text; others unchanged."""
    if len(word) < 2 or not word.isupper() or is_initial(word) or _NUMERAL.fullmatch(word):
        return word
    # "JK Rowling": no word and no name is so short without a vowel.
    if len(word) == 2 and not _VOWEL.search(word):
        return word
    return re.sub(r"(^|[-'])(MC)?(\w+)", lambda m: m[1] + (m[2] or "").capitalize() + m[3].capitalize(), word)


def known_first_name(word: str) -> bool:
    """Whether ``word`` is a first name, or a short form of one."""
    word = plain_case(word)
    if word in first_names() or word.lower() in _nicknames():
        return True
    if not word.isascii():
        return slug(word).capitalize() in first_names()
    return "-" in word and word.split("-")[0] in first_names()


def known_surname(word: str) -> bool:
    """Whether ``word`` is a frequent surname."""
    word = plain_case(word)
    return word.replace("'", "").capitalize() in surnames() or (
        not word.isascii() and slug(word).capitalize() in surnames()
    )
