"""What a text must hold for a regular expression to match in it: to look for that first takes a tenth of the time."""

from __future__ import annotations

from functools import cache
from re import _constants as kinds  # type: ignore[attr-defined]  # the standard library's own reader of patterns
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

_ASCII: Final = 128


def folded(text: str) -> str:
    """``text`` in small letters, as :func:`needed_words` are looked for in it."""
    # What matches "i" where case does not count.
    return text.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")


@cache
def needed_words(pattern: str) -> str:
    """The longest run of letters that whatever ``pattern`` matches holds when it is folded; empty if none is sure.

    Letters outside of ASCII, of which capitals and small letters are not always one for one, end a run.
    """
    return max(_runs(parser.parse(pattern)), key=len, default="")


def _runs(parsed: Any) -> list[str]:  # noqa: ANN401  the standard library gives it no name
    runs: list[str] = []
    run = ""
    for kind, value in parsed:
        if kind is kinds.LITERAL and value < _ASCII:
            run += chr(value).lower()
            continue
        if kind is kinds.AT:  # stands between letters and takes none
            continue
        runs.append(run)
        run = ""
        if kind is kinds.SUBPATTERN or (kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT} and value[0]):
            runs += _runs(value[-1])
    return [*runs, run]
