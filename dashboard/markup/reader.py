"""How the reader's browser wants things written: "40%" or "40 %", and American or British spelling."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st

_TABLE: Final = Path(__file__).with_name("american_spelling.csv")
# Languages that set a space before the sign for per cent (Unicode CLDR 45, percent formats).
_SPACED: Final = frozenset(
    "fr de es ca gl sv nb nn no da fi is et lv lt cs sk sl hr bs sr mk bg ro ru uk be kk".split()  # noqa: SIM905
)
# Regions where English is spelt the British way; everywhere else it is the American way, as it is for "en" alone.
_BRITISH: Final = frozenset("GB IE AU NZ ZA IN CA HK SG MT ZW NG KE GH JM PK".split())  # noqa: SIM905


def language() -> tuple[str, str]:
    """Language and region of the reader's browser, such as ``("en", "US")``; British English where it does not say."""
    parts = str(st.context.locale or "en-GB").replace("_", "-").split("-")
    return parts[0].lower(), next((part.upper() for part in parts[1:] if len(part) == 2), "")


def per_cent(number: str) -> str:
    """A number with its sign: ``40%``, or with a narrow space where the reader's language has one."""
    return f"{number}\N{NARROW NO-BREAK SPACE}%" if language()[0] in _SPACED else f"{number}%"


@lru_cache(maxsize=1)
def american() -> dict[str, str]:
    """Words of ours that are spelt otherwise in America: British to American."""
    lines = [line for line in _TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return {row["british"]: row["american"] for row in csv.DictReader(lines)}


def spelt(text: str) -> str:
    """Words of ours in the reader's spelling. Never for what an article says: that stays as it was written."""
    tongue, region = language()
    if tongue != "en" or region in _BRITISH:
        return text
    return _british().sub(lambda match: _like(match.group(), american()[match.group().lower()]), text)


@lru_cache(maxsize=1)
def _british() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, american())) + r")\b", re.IGNORECASE)


def _like(model: str, word: str) -> str:
    return word.capitalize() if model[0].isupper() else word


def worded(text: str) -> str:
    """A text of ours as the reader wants it: spelling, and the sign for per cent behind its numbers."""
    return _PER_CENT.sub(lambda match: per_cent(match[1]), spelt(text))


_PER_CENT: Final = re.compile(r"(\d)[ \u202f]%")
