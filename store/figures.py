"""Figures in a text: how many, how much, what share. Dates, times and small counts are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCALES: Final = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SMALL: Final = {"a": 1} | {word: number for number, word in enumerate(_WORDS, 1)}
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_FIGURE = re.compile(
    rf"(?<![\w.,:/$#-])(?<!:)(?P<money>[$€£])?(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|\b(?P<word>{'|'.join(_SMALL)})(?=[ -](?:{'|'.join(_SCALES)})\b))"
    rf"(?:[ -](?P<scale>{'|'.join(_SCALES)})\b)?(?P<share>\s?%|[ -]per ?cent\b)?(?![\w/]|[:,.]\d|-\w)",
    re.IGNORECASE,
)
# Words that may follow a figure and still say what it counts: up to one that begins something else.
_ELSE: Final = "and|as|at|but|by|from|in|into|is|or|that|to|was|were|who|will|with|are|had|has|have"
_AFTER = re.compile(rf"(?: (?!(?:{_ELSE})\b)[^\W\d_][\w'’-]*){{1,3}}")
_LOOSE = re.compile(r"(?: (?:a|an|be|been|for|of|on|the|this))+$")
_HOUR = re.compile(r" [ap]\.?m\b")
_DAY_BEFORE = re.compile(rf"\b{_MONTH} $", re.IGNORECASE)
_DAY_AFTER = re.compile(rf" {_MONTH}(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d$")
# Below it a figure is as often a rank, a size of shoe or part of a name.
_LEAST: Final = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its value in one spelling ("$2,000,000", "40 %"), the words that give it, and where they stand."""

    value: str
    text: str
    start: int
    end: int


def find_figures(text: str) -> Iterator[Figure]:
    """The figures of ``text``, in order. Offsets are of the figure; ``text`` of each goes on for up to three words."""
    for match in _FIGURE.finditer(text):
        digits, money, share = match["digits"], match["money"] or "", match["share"]
        whole = not (match["scale"] or money or share)
        if whole and (_YEAR.match(digits) or _DAY_BEFORE.search(text[: match.start()])):
            continue
        if whole and (_DAY_AFTER.match(text, match.end()) or _HOUR.match(text, match.end())):
            continue
        if whole and float(digits.replace(",", "")) < _LEAST:
            continue
        number = float(digits.replace(",", "")) if digits else _SMALL[match["word"].lower()]
        number *= _SCALES.get((match["scale"] or "").lower(), 1)
        after = _AFTER.match(text, match.end())
        words = match[0] + (_LOOSE.sub("", after[0]) if after else "")
        value = f"{number:,.2f}".rstrip("0").rstrip(".")
        yield Figure(f"{money}{value}{' %' if share else ''}", words, match.start(), match.end())
