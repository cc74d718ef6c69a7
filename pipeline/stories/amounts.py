"""How much a passage says there is of what: "70,000 migrants", "$25 billion", "three ferries".

Two outlets can give one fact with two amounts. They do where each passage gives one amount of the same unit, one is no
rounding of the other, and neither article gives that of the other anywhere. Years, scores ("68-32") and amounts of
which one is several times the other are left out: they count other things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import floor, isclose, log10
from typing import TYPE_CHECKING, Final

from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.core import resource_tables
from pipeline.stories.passage_pairs import COUNTS, MONTHS, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Amounts further from each other than so many times are of two things.
_MOST_TIMES: Final = 2.5
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is of ``unit``, a stem or the sign of a currency or share, and how that much is ``written``."""

    value: float
    unit: str
    written: str


@cache
def _scales() -> dict[str, float]:
    return {row["word"]: float(row["times"]) for row in resource_tables.rows("stories/scales.csv")}


@cache
def _pattern() -> re.Pattern[str]:
    """A figure or a number in words, what it is multiplied by, and the word after it; no ranges, no scores."""
    counted, scaled = "|".join(COUNTS), "|".join(sorted(_scales(), key=len, reverse=True))
    number = rf"(?<![\w$.,–—-])(?P<sign>[$£€]?)(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|{counted})"
    rest = rf"(?P<scale>[\s-]?(?:{scaled}))?(?![\w–—-]|[.,]\d)(?P<share>%?)(?:\s(?P<unit>[a-z]+))?"
    return re.compile(number + rest, re.IGNORECASE)


def amounts(text: str) -> list[Amount]:
    """The amounts that ``text`` gives, in order."""
    found = []
    for match in _pattern().finditer(text):
        number, unit = match["number"].lower(), match["unit"]
        sign = match["sign"] or match["share"]
        plain = not sign and not match["scale"]
        counted = sign or (unit and unit.lower() not in STOP_WORDS and unit.lower() not in _scales())
        if not counted or (plain and (_YEAR.fullmatch(number) or _is_name(text[: match.start()], number))):
            continue
        scale = _scales()[match["scale"].strip().lstrip("-").lower()] if match["scale"] else 1.0
        value = float(COUNTS[number] if number in COUNTS else number.replace(",", "")) * scale
        end = match.start("unit") if unit else match.end()
        found.append(Amount(value, sign or stem(unit.lower()), " ".join(text[match.start() : end].lower().split())))
    return found


def _is_name(before: str, number: str) -> bool:
    """Whether a number after the words ``before`` belongs to a day or a name: "May 5", "Flight 93"."""
    last = before.split()[-1:]
    word = last[0].strip(".") if last else ""
    return len(number) < 3 and word[:1].isupper() and (word.lower() in MONTHS or word.lower() not in STOP_WORDS)


def other_amounts(own: Sequence[Amount], theirs: Sequence[Amount], own_article: Iterable[Amount],
                  their_article: Iterable[Amount]) -> list[tuple[Amount, Amount]]:  # fmt: skip
    """Pairs of amounts of one unit, ours first, that contradict each other.

    Args:
        own: the amounts of one passage.
        theirs: those of a passage of another article that tells the same fact.
        own_article: all amounts of the article of the first.
        their_article: all amounts of the other article.
    """
    pairs = []
    for unit in dict.fromkeys(amount.unit for amount in own):
        ours, others = ([amount for amount in given if amount.unit == unit] for given in (own, theirs))
        if len(ours) == len(others) == 1:
            (one,), (other,) = ours, others
            agree = any(_agree(one, amount) for amount in their_article if amount.unit == unit) or any(
                _agree(other, amount) for amount in own_article if amount.unit == unit
            )
            least, most = sorted((one.value, other.value))
            if not agree and 0 < most <= _MOST_TIMES * least:
                pairs.append((one, other))
    return pairs


def _agree(one: Amount, other: Amount) -> bool:
    """Whether two amounts are one, or one of them is the other in fewer digits."""
    digits = min(_digits(one.value), _digits(other.value))
    return isclose(_rounded(one.value, digits), _rounded(other.value, digits))


def _digits(value: float) -> int:
    return max(1, len(f"{value:.6f}".rstrip("0").rstrip(".").replace(".", "").strip("0")))


def _rounded(value: float, digits: int) -> float:
    return round(value, digits - 1 - floor(log10(value))) if value else 0.0
