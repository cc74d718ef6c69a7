"""Nouns for people: what a person is or does, and somebody who need not be named."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pipeline.core.resource_tables import phrases, words

# Whoever tells the story.
AUTHOR: Final = frozenset({"i", "we"})


@lru_cache(maxsize=1)
def role_words() -> frozenset[str]:
    """Nouns for what a person is or does, from ``resources/core/roles.txt``."""
    return words("core/roles.txt")


@lru_cache(maxsize=1)
def person_nouns() -> dict[str, str]:
    """Nouns for somebody who need not be named, with their gender: ``m``, ``f`` or empty for either."""
    genders = dict.fromkeys(role_words(), "")
    for line in phrases("core/person_nouns.txt"):
        gender, _, nouns = line.partition(":")
        genders.update(dict.fromkeys(nouns.split(), gender.replace("e", "")))
    return genders
