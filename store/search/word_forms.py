"""Other forms of an English word, such as a plural: offered to whoever searches, never added unasked.

Endings are put on and taken off by rule, so much that is no word is made on the way: only forms that stand in the
articles are kept by whoever asks.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).parent / "irregular_forms.csv"
_VOWELS: Final = frozenset("aeiou")
_SHORTEST: Final = 3


@lru_cache(maxsize=1)
def irregular() -> dict[str, tuple[str, ...]]:
    """Words that change inside, each with all its forms."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    forms_of: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(lines):
        forms = tuple(row["forms"].split())
        forms_of |= {form: tuple(dict.fromkeys((*forms_of.get(form, ()), *forms))) for form in forms}
    return forms_of


def candidates(word: str) -> tuple[str, ...]:
    """What could be forms of ``word`` (small letters), sorted, itself left out; words of two letters have none."""
    if not word.isalpha() or len(word) < _SHORTEST:
        return ()
    forms = set(irregular().get(word, ()))
    if not forms:
        forms = {form for base in (word, *_bases(word)) for form in (base, *_endings(base))}
    return tuple(sorted(forms - {word}))


def _bases(word: str) -> list[str]:
    """What ``word`` can have been before an ending was put on it."""
    bases = []
    if word.endswith("ies"):
        bases.append(word[:-3] + "y")
    elif word.endswith("es") and not word.endswith("ses"):
        bases += [word[:-1], word[:-2]] if word[:-2].endswith(("s", "x", "z", "ch", "sh", "o")) else [word[:-1]]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        bases.append(word[:-1])
    if word.endswith("ied"):
        bases.append(word[:-3] + "y")
    elif word.endswith("ed"):
        bases += _without(word[:-2])
    elif word.endswith("ing"):
        bases += _without(word[:-3])
    return [base for base in bases if len(base) >= _SHORTEST and _VOWELS & set(base.replace("y", "i"))]


def _without(stem: str) -> list[str]:
    """``raid`` of raid-ed; ``deporte`` and ``deport`` of deport-ed; ``stop`` of stopp-ed."""
    stems = [stem, stem + "e"]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "ls":
        stems.append(stem[:-1])
    return stems


def _endings(base: str) -> list[str]:
    """``base`` with the endings of nouns and verbs."""
    consonant_y = base.endswith("y") and base[-2:-1] not in _VOWELS
    if consonant_y:
        return [base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    if base.endswith("e"):
        return [base + "s", base + "d", base[:-1] + "ing"]
    plural = base + "es" if base.endswith(("s", "x", "z", "ch", "sh")) else base + "s"
    forms = [plural, base + "ed", base + "ing"]
    if _doubles(base):
        forms += [base + base[-1] + "ed", base + base[-1] + "ing"]
    return forms


def _doubles(base: str) -> bool:
    """Whether a verb's last letter is written twice: consonant, vowel, consonant."""
    return (
        len(base) >= _SHORTEST
        and base[-1] not in _VOWELS | set("wxy")
        and base[-2] in _VOWELS
        and base[-3] not in _VOWELS
    )
