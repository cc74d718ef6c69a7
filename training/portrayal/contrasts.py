"""Invented sentences that tell how somebody is spoken of apart from what they do, want or suffer.

Networks of sentiment take the harsh words beside a name for words about it. ``contrasts.toml`` has sentences with
places to fill, and of each target the shares of negative, neutral and positive that are to be learned: no person
labelled them.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from pipeline.core.word_lists import first_names, surnames

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]

FILE: Final = Path(__file__).with_suffix(".toml")

# Of the targets, these shares are full names and surnames; the others are bodies and countries, half of each.
FULL: Final = 0.5
SURNAME: Final = 0.2

_PLACE: Final = re.compile(r"\{(\w+)\}")
_TARGETS: Final = ("a", "b")


@lru_cache(maxsize=1)
def _people() -> tuple[list[str], list[str]]:
    return sorted(first_names()), sorted(surnames())


def contrasts(times: int, seed: int = 0) -> Iterator[Row]:
    """A row for each target of each sentence, which are filled so many ``times`` anew, drawn by ``seed``.

    Rows are ``{sentence, target_start, target_end, target_text, kind, shares}``.
    """
    stored = tomllib.loads(FILE.read_text(encoding="utf-8"))
    chance = np.random.default_rng(seed)
    for _ in range(times):
        for kind in stored["kind"]:
            for pattern in kind["sentences"]:
                sentence, spans = _filled(pattern, stored["draw"], chance)
                for name, shares in kind["toward"].items():
                    for start, end in spans.get(name, ()):
                        yield {
                            "sentence": sentence, "target_start": start, "target_end": end,
                            "target_text": sentence[start:end], "kind": kind["name"], "shares": shares,
                        }  # fmt: skip


def _name(words: dict[str, list[str]], chance: np.random.Generator) -> str:
    """Somebody: a person by full name or surname, a body or a country."""
    first, last = (some[chance.integers(len(some))] for some in _people())
    drawn = chance.random()
    if drawn < FULL + SURNAME:
        return f"{first} {last}" if drawn < FULL else last
    return str(chance.choice(words["body" if drawn < (1 + FULL + SURNAME) / 2 else "country"]))


def _filled(
    pattern: str, words: dict[str, list[str]], chance: np.random.Generator
) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """``pattern`` with its places filled, and where its targets stand."""
    result, done = "", 0
    spans: dict[str, list[tuple[int, int]]] = {}
    for place in _PLACE.finditer(pattern):
        result, done = result + pattern[done : place.start()], place.end()
        name = place[1]
        drawn = _name(words, chance) if name in _TARGETS else str(chance.choice(words[name]))
        # At the beginning, and of words that are said.
        if not result or result.endswith("“"):
            drawn = drawn[0].upper() + drawn[1:]
        if name in _TARGETS:
            spans.setdefault(name, []).append((len(result), len(result) + len(drawn)))
        result += drawn
    return result + pattern[done:], spans
