"""Lines that say again what the text says elsewhere: doubled headlines, doubled paragraphs, pull quotes."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from pipeline.core.resource_tables import any_of

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Quotation marks and the end of a sentence cut a line into the units that a pull quote repeats.
_CUTS = re.compile(r"[\"“”«»]|[.!?…]+(?=[\s\"“”‘’'«»)]|$)")
# An embedded post signs itself: "— Ann Poe (@annpoe) May 1, 2020".
_SIGNATURE = re.compile(r"\W*\b[^()—–]{2,60} \(@\w{1,30}\) [A-Z][a-z]+ \d{1,2}, \d{4}\W*$")
# So does a pull quote: `“…” — Ranger Ann Poe`.
_DASHED = re.compile(
    r"(?<=[\"”»])\s*(?:—|–|--?)\s*(?:[A-Z][\w.’'-]*,? ?){1,7}(?:(?<=, )(?:an?|the) [^.!?\"“”]{2,140})?\.?$"
)
# Where a post's picture or page is.
_ADDRESS = re.compile(rf"\b{any_of('furniture/page_ends.toml', 'addresses')}\S+")
# Single marks are not among them: headlines within a text are set in those, and often repeat what somebody said.
_OPENERS: Final = '"“«'
_CLOSERS: Final = '"”»'
_CUT_SHORT = re.compile(r"[‘'](?:(?:…|\.\.\.).*|.*(?:…|\.\.\.))[’']")

# Fewer words are said twice by chance.
_APART: Final = 3
_PARAGRAPH: Final = 10
_PULLED_QUOTE: Final = 5
_PULLED_SENTENCE: Final = 8
_LONGEST_PULL: Final = 60
_LONGEST_NAME: Final = 230
_UNIT: Final = 3
# So many lines hold one unit at most in the index: a text that says one thing a thousand times stays linear.
_PLACES: Final = 8


def normal_words(text: str) -> list[str]:
    """Words of ``text`` without case, punctuation or the form of its apostrophes."""
    return _WORDS.findall(text.casefold().replace("’", "'"))


def find_repeats(lines: list[tuple[str, list[str], bool]]) -> dict[int, str]:
    """Which lines repeat others.

    Args:
        lines: for each line its text, its :func:`normal_words`, and whether it is a headline or caption.

    Returns:
        The numbers of those lines, with ``repeat`` (the same line again) or ``pull_quote`` (part of a longer line).
    """
    repeats: dict[int, str] = {}
    seen: dict[int, bool] = {}
    places: defaultdict[int, list[int]] = defaultdict(list)
    for number, (text, words, apart) in enumerate(lines):
        whole = hash(tuple(words))
        least = _APART if apart or seen.get(whole) else _PARAGRAPH
        if whole in seen and len(words) >= least:
            repeats[number] = "repeat"
            continue
        seen.setdefault(whole, apart)
        if not apart:
            for unit in {hash(tuple(unit)) for unit in _units(text) if len(unit) >= _UNIT}:
                if len(places[unit]) < _PLACES:
                    places[unit].append(number)
    for number, (_, _, apart) in enumerate(lines):
        if apart or number in repeats:
            continue
        if _is_pulled(number, lines, places):
            repeats[number] = "repeat" if _body(lines[number][0])[1] else "pull_quote"
    return repeats


def _body(text: str) -> tuple[str, bool]:
    signature = _SIGNATURE.search(text, max(0, len(text) - 120)) if " (@" in text else None
    return (_ADDRESS.sub("", text[: signature.start()]), True) if signature else (text, False)


def _units(text: str) -> list[list[str]]:
    return [words for part in _CUTS.split(_unsigned(_body(text)[0])) if (words := normal_words(part))]


def _unsigned(text: str) -> str:
    """A quotation without the name behind a dash."""
    signature = _DASHED.search(text, max(0, len(text) - _LONGEST_NAME)) if text[:1] in _OPENERS else None
    return text[: signature.start()] if signature is not None else text


def is_quotation(text: str) -> bool:
    """Whether ``text`` is all in quotation marks; in single ones only where an ellipsis says that it was cut short."""
    return (text[:1] in _OPENERS and text.rstrip(" .…")[-1:] in _CLOSERS) or _CUT_SHORT.fullmatch(text) is not None


def _is_pulled(number: int, lines: list[tuple[str, list[str], bool]], places: dict[int, list[int]]) -> bool:
    line, words, _ = lines[number]
    text = _unsigned(line)
    words = words if text == line else normal_words(text)
    post = _body(text)[1]
    least = _PULLED_QUOTE if post or is_quotation(text) else _PULLED_SENTENCE
    if not least <= len(words) <= _LONGEST_PULL:
        return False
    units = _units(text)
    if not units or any(len(unit) < _UNIT for unit in units):
        return False  # "he said" between the marks: the paragraph tells who spoke, and is no pull quote
    common = set.intersection(*(set(places.get(hash(tuple(unit)), ())) for unit in units)) - {number}
    # Of an embedded post and the paragraph that quotes it, the post is the one that repeats.
    return any(post or (len(lines[longer][1]) > len(words) and not _body(lines[longer][0])[1]) for longer in common)
