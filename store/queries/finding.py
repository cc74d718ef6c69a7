"""Names found by what somebody types: by the name itself, by what else it is called, by the beginnings of its words."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from store.filter import Clause

_APART: Final = re.compile(r"[\W_]+")
# A name as it is compared: small letters without accents, one space between words.
_PLAIN: Final = "trim(regexp_replace(strip_accents(lower({})), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g'))"
# How well a name fits, best first; the last stands only where nothing fits better: "ice" is no part of "police".
EXACT, BEGINS, WORDS, OTHER_NAMES, INSIDE = range(5)


def plain(text: str) -> str:
    """``text`` as names are compared: small letters without accents, one space between words."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(sign))
    return _APART.sub(" ", bare).strip()


def fit(search: str, name: str, aliases: str) -> Clause:
    """SQL of how well a name fits what was typed: 0 is best, null is not at all, and 0 for all where nothing was typed.

    ``name`` and ``aliases`` are SQL of a text and of a list of texts.
    """
    wanted = plain(search)
    if not wanted:
        return Clause("0" if not search.strip() else "CAST(NULL AS INTEGER)", {})
    called, others = _PLAIN.format(name), _PLAIN.format("x")
    every = f"' ' || {_PLAIN.format(f'{name} || chr(10) || array_to_string({aliases}, chr(10))')}"
    words = {f"s_{place}": f" {word}" for place, word in enumerate(wanted.split()[:8])}
    in_name = " AND ".join(f"contains(' ' || {called}, ${word})" for word in words)
    in_any = " AND ".join(f"contains({every}, ${word})" for word in words)
    sql = (
        f"CASE WHEN {called} = $s OR list_contains(list_transform({aliases}, lambda x: {others}), $s) THEN {EXACT} "
        f"WHEN starts_with({called}, $s) THEN {BEGINS} WHEN {in_name} THEN {WORDS} WHEN {in_any} THEN {OTHER_NAMES} "
        f"WHEN contains({called}, $s) THEN {INSIDE} END"
    )
    return Clause(sql, words | {"s": wanted})


# Of rows with a column ``fit``, those to be shown.
WORTH: Final = f"fit IS NOT NULL AND (fit < {INSIDE} OR min(fit) OVER () = {INSIDE})"
