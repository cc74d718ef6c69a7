"""How sure an analysis is, in words a reader can act on: one scale on every page and in every file."""

from __future__ import annotations

from typing import Final

# From this confidence on. Of attributions called sure hardly any have wrong words or a wrong speaker: the methods on
# quotes tell the share.
SURE, LIKELY = 0.85, 0.6
WORDS: Final = ("sure", "likely", "check by reading")


def how_sure(confidence: float | None) -> str:
    """``sure``, ``likely`` or ``check by reading``, for a confidence from 0 to 1."""
    value = float(confidence or 0)
    return WORDS[0] if value >= SURE else WORDS[1] if value >= LIKELY else WORDS[2]


def sql(column: str) -> str:
    """The same as SQL of a text."""
    return (
        f"CASE WHEN {column} >= CAST({SURE} AS REAL) THEN '{WORDS[0]}' "
        f"WHEN {column} >= CAST({LIKELY} AS REAL) THEN '{WORDS[1]}' ELSE '{WORDS[2]}' END"
    )
