"""Letters in brackets that stand for the name before them: "Customs and Border Protection (CBP)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.core.text_index import TextIndex

_LETTERS: Final = re.compile(r"\b[A-Z]{3,6}\b")
# The letters after a name, its end being where the match starts: "(CBP)", ", or CBP,".
DEFINED: Final = re.compile(r"(?:[ ]\(|, or )(?:the )?([A-Z][A-Z&.-]{1,9})[),]")


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


def stand_for_words(text: str, letters: str) -> bool:
    """Whether a text says that letters stand for common nouns: "CBD (cannabidiol)", "body mass index (BMI)".

    Then they name no organisation.
    """
    if not letters.isupper():
        return False
    if re.search(rf"\b{re.escape(letters)} \([a-z]+(?:[ -][a-z]+)*\)", text):
        return True
    before = re.finditer(rf"((?:\b[a-z]+[ -]){{1,{len(letters)}}})\({re.escape(letters)}\)", text)
    return any(spells(letters, match[1]) for match in before)


def _holds(letters: str, initials: str) -> bool:
    """Whether all ``initials`` stand among ``letters``, in order and the first first."""
    rest = iter(letters)
    return letters[0] == initials[0] and all(initial in rest for initial in initials)


def initials(name: str) -> str:
    """The capitals that begin the words of a name of three words or more, else nothing."""
    words = [word for word in re.split(r"[ -]", name) if word[:1].isupper()]
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def letters_for(reading: TextIndex, names: Iterable[tuple[str, str]], known_letters: Iterable[str]) -> dict[str, str]:
    """Initials of the article that one of ``names`` (name, id) alone has, without brackets to say so, with its id."""
    keys_by_letters: dict[str, set[str]] = {}
    for name, key in names:
        if letters := initials(name):
            keys_by_letters.setdefault(letters, set()).add(key)
    if not keys_by_letters:
        return {}
    letters_in_text = {
        match.group()
        for match in _LETTERS.finditer(reading.text)
        if match.group() in keys_by_letters
        and "ORG" in reading.labels(*match.span())
        and not reading.heading(match.start())
    }
    return {
        letters: next(iter(keys_by_letters[letters]))
        for letters in letters_in_text - set(known_letters)
        if len(keys_by_letters[letters]) == 1
    }
