"""Letters in brackets that stand for the name before them: "Customs and Border Protection (CBP)"."""

from __future__ import annotations

import re
from typing import Final

# The letters after a name, its end being where the match starts.
DEFINED: Final = re.compile(r"[ ]\((?:the )?([A-Z][A-Z&.-]{1,9})\)")


def spells(letters: str, name: str) -> bool:
    """Whether ``letters`` are the initials of a name, small words counted or not.

    A word may lend more than its first letter: NWIRP is the Northwest Immigrant Rights Project.
    """
    words = [word for word in re.split(r"[ -]", name) if word]
    full = "".join(word[0] for word in words).upper()
    capitals = "".join(word[0] for word in words if word[0].isupper())
    if letters in {full, capitals} or full.endswith(letters) or capitals.endswith(letters):
        return True
    rest = iter(name.upper())
    return len(letters) > len(capitals) > 2 and _holds(letters, capitals) and all(letter in rest for letter in letters)


def _holds(letters: str, initials: str) -> bool:
    """Whether all ``initials`` stand among ``letters``, in order and the first first."""
    rest = iter(letters)
    return letters[0] == initials[0] and all(initial in rest for initial in initials)
