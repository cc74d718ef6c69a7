"""The base form of an inflected verb, without a lemmatizer: a list of irregular verbs, then endings."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from pipeline.core import resource_tables

_VOWELS: Final = frozenset("aeiou")


@cache
def _irregular() -> dict[str, str]:
    lemmas: dict[str, str] = {}
    for line in resource_tables.phrases("core/irregular_verbs.txt"):
        base, *forms = line.split()
        for form in (base, *forms):
            lemmas.setdefault(form, base)
    return lemmas


@cache
def _common_words() -> frozenset[str]:
    return resource_tables.words("core/common_words.txt.gz")


@lru_cache(maxsize=20_000)
def verb(form: str) -> str:
    """``form`` in lower case as it stands in a dictionary: "arrested" is "arrest", "fled" is "flee".

    A verb no list knows loses its ending by rule.
    """
    word = form.lower().replace("’", "'")
    if word in _irregular():
        return _irregular()[word]
    candidates = _candidates(word)
    return next((candidate for candidate in candidates if candidate in _common_words()), (candidates or [word])[0])


def _candidates(word: str) -> list[str]:
    """What ``word`` can be a form of, likeliest first."""
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return _stems(word[: -len(ending)], "y" if ending == "ed" and word.endswith("ied") else "")
    if word.endswith("ies") and len(word) > 4:
        return [word[:-3] + "y"]
    if word.endswith(("sses", "shes", "ches", "xes", "oes")):
        return [word[:-2], word[:-1]]
    return [word[:-1]] if word.endswith("s") and not word.endswith(("ss", "us")) else []


def _stems(stem: str, ending: str) -> list[str]:
    if ending:
        return [stem[:-1] + ending]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        # "passed" is of "pass", "added" of "add", "stopped" of "stop".
        return [stem, stem[:-1]] if stem[-1] in "slf" or len(stem) == 3 else [stem[:-1], stem]
    return [stem + "e", stem] if _lost_e(stem) else [stem, stem + "e"]


def _lost_e(stem: str) -> bool:
    """Whether a stem such as "us", "releas" or "hop" more likely lost an e."""
    if len(stem) < 3 or stem[-1] in "scvzu":
        return True
    return stem[-1] not in _VOWELS and stem[-2] in _VOWELS and stem[-3] not in _VOWELS
