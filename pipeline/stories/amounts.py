"""How much a passage says there is of what: "70,000 migrants", "$25 billion", "three ferries".

Two outlets can give one fact with two amounts. They do where each passage gives one amount of the same unit, one is no
rounding of the other, and neither article gives that of the other anywhere. "About 40" and "more than 40" agree with
42. Days, hours, years, ages, scores ("68-32") and numbers in names count nothing; amounts of which one is several times
the other count other things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import floor, isclose, log10
from typing import TYPE_CHECKING, Final

from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.core import resource_tables
from pipeline.core.resource_tables import lists
from pipeline.stories.passage_pairs import MONTHS, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Amounts further from each other than so many times are of two things.
_MOST_TIMES: Final = 2.5
# What is told in fewer digits is within so much of it.
_ROUNDED: Final = 0.12
# Smaller numbers are told by the way.
_FIGURE_LEAST: Final = 10
_TENS: Final = 20
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_LISTS: Final = {name: frozenset(words) for name, words in lists("stories/amounts.toml").items()}


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is of ``unit``, a stem or the sign of a currency or share, and how that much is ``written``.

    It can be from ``least`` to ``most``: more than one value where the text tells it as "about" or "more than" so much.
    """

    value: float
    unit: str
    written: str
    least: float
    most: float

    @property
    def is_figure(self) -> bool:
        """Whether it is of ten or more, a sum or a share."""
        return self.value >= _FIGURE_LEAST or not self.unit[:1].isalpha()


@cache
def _scales() -> dict[str, float]:
    return {row["word"]: float(row["times"]) for row in resource_tables.rows("stories/scales.csv")}


@cache
def _words() -> dict[str, float]:
    """Numbers by the words for them, "forty-two" among them."""
    small = {row["word"]: float(row["number"]) for row in resource_tables.rows("stories/number_words.csv")}
    tens = {word: number for word, number in small.items() if number >= _TENS}
    units = {word: number for word, number in small.items() if number < _FIGURE_LEAST} | {"one": 1.0}
    return small | {f"{ten}-{unit}": tens[ten] + units[unit] for ten in tens for unit in units}


@cache
def _pattern() -> re.Pattern[str]:
    """A figure or a number in words, what it is multiplied by, and the words after it; no ranges, no scores."""
    counted = "|".join(sorted(_words(), key=len, reverse=True))
    scaled = "|".join(sorted(_scales(), key=len, reverse=True))
    shares = "|".join(sorted(_LISTS["shares"]))
    single = rf"(?:{'|'.join(sorted(_LISTS['single']))})(?=[\s-](?:{scaled})\b)"
    number = rf"(?<![\w$.,:/–—-])(?P<sign>[$£€]?)(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|(?:{counted}|{single})(?![\w-]))"
    rest = rf"(?P<scale>[\s-]?(?:{scaled}))?(?![\w–—-]|[.,:/]\d)(?P<share>\s?(?:{shares}))?"
    return re.compile(rf"{number}{rest}(?:\s(?P<unit>[a-z]+))?(?:\s(?P<after>[a-z]+))?", re.IGNORECASE)


@cache
def _hedges() -> dict[str, tuple[float, float]]:
    """Words before a number that is not exact: from how many times it to how many times it is meant."""
    rows = resource_tables.rows("stories/hedges.csv")
    return {row["words"]: (float(row["least"]), float(row["most"])) for row in rows}


@cache
def _hedged() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(_hedges(), key=len, reverse=True))})\s(?:an?\s)?$", re.IGNORECASE)


def amounts(text: str) -> list[Amount]:
    """The amounts that ``text`` gives, in order."""
    found = []
    for match in _pattern().finditer(text):
        number, unit, before = match["number"].lower(), (match["unit"] or "").lower(), text[: match.start()]
        sign = match["sign"] or ("%" if match["share"] else "")
        plain = not sign and not match["scale"]
        counted = sign or (unit and unit not in STOP_WORDS and unit not in _scales() and unit not in MONTHS)
        if not counted or (plain and _counts_nothing(number, before, unit, (match["after"] or "").lower())):
            continue
        scale = _scales()[match["scale"].strip().lstrip("-").lower()] if match["scale"] else 1.0
        value = (_words().get(number) or (1.0 if number.isalpha() else float(number.replace(",", "")))) * scale
        end = match.start("unit") if match["unit"] else match.start("after") if match["after"] else match.end()
        written = " ".join(text[match.start() : end].lower().split())
        found.append(Amount(value, sign or stem(unit), written, *_bounds(value, before)))
    return found


def bare_numbers(text: str) -> list[Amount]:
    """The numbers in figures that ``text`` gives, whatever they count: amounts without a unit."""
    numbers = (float(found[0].replace(",", "")) for found in _FIGURE.finditer(text))
    return [Amount(number, "", f"{number:g}", number, number) for number in numbers]


def _counts_nothing(number: str, before: str, unit: str, after: str) -> bool:
    """Whether a plain number is a year, a day, an hour, an age or part of a name: "May 5", "Flight 93"."""
    last = before.split()[-1:]
    word = last[0].strip(".") if last else ""
    is_named = len(number) < 3 and word[:1].isupper() and (word.lower() in MONTHS or word.lower() not in STOP_WORDS)
    is_age = word.lower() in _LISTS["ages"] or after in _LISTS["old"]
    return bool(_YEAR.fullmatch(number)) or is_named or is_age or unit in _LISTS["hours"]


def _bounds(value: float, before: str) -> tuple[float, float]:
    """From how much to how much a number can be, by the words before it."""
    hedge = _hedged().search(before)
    least, most = _hedges()[hedge[1].lower()] if hedge else (1.0, 1.0)
    return value * least, value * most


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
            least, most = sorted((one.value, other.value))
            agree = gives((amount for amount in their_article if amount.unit == unit), one) or gives(
                (amount for amount in own_article if amount.unit == unit), other
            )
            if not agree and 0 < most <= _MOST_TIMES * least:
                pairs.append((one, other))
    return pairs


def gives(article: Iterable[Amount], amount: Amount) -> bool:
    """Whether an article with these amounts gives ``amount``, of whatever it says so much: one word fits another."""
    return any(_agree(amount, other) for other in article)


def _agree(one: Amount, other: Amount) -> bool:
    """Whether two amounts are one, or one of them is the other in fewer digits, or can be; 160 is not told as 200."""
    if one.least <= other.most and other.least <= one.most:
        return True
    if not isclose(one.value, other.value, rel_tol=_ROUNDED):
        return False
    digits = min(_digits(one.value), _digits(other.value))
    return isclose(_rounded(one.value, digits), _rounded(other.value, digits))


def _digits(value: float) -> int:
    return max(1, len(f"{value:.6f}".rstrip("0").rstrip(".").replace(".", "").strip("0")))


def _rounded(value: float, digits: int) -> float:
    return round(value, digits - 1 - floor(log10(value))) if value else 0.0
