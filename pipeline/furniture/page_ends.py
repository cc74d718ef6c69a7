"""What stands above and below an article: who wrote it, and a list of other pages."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.core.person_nouns import person_nouns
from pipeline.core.resource_tables import any_of, lists
from pipeline.core.word_lists import function_words
from pipeline.furniture.repeats import normal_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS: Final = "furniture/page_ends.toml"
# Callings besides the nouns for people.
_CALLINGS: Final = frozenset(lists(_WORDS)["callings"])
_LONGEST_NOTE: Final = 450
# Lines at the end among which a note on the author is looked for.
_LAST: Final = 3
_NAME: Final = r"(?P<first>[A-Z][\w.’'-]+)(?: [A-Z][\w.’'-]*){0,2} (?P<surname>[A-Z][\w’'-]+)"
_LONGEST_TITLE: Final = 220
_BULLET: Final = re.compile(r"\W")
_SENTENCE_END: Final = re.compile(r"[.!?]\W*$")


@cache
def _note() -> re.Pattern[str]:
    """A note on who wrote the article: "— Ann Poe is a staff writer at the Example."."""
    what = rf"is (?P<what>[^\"“”]+?)(?=[,.;(]| {any_of(_WORDS, 'after_role')}\b)|{any_of(_WORDS, 'does')} "
    return re.compile(rf"\W{{0,4}}{_NAME},?(?: \([^)]{{2,40}}\),?)? (?:{what})[^\"“”]*$")


@cache
def _other_pages() -> re.Pattern[str]:
    return re.compile(rf"(?i)\W*{any_of(_WORDS, 'other_pages')}\W*$")


def notes_on_authors(texts: Sequence[str]) -> Iterator[int]:
    """Numbers of lines that say who wrote the article: the first or one of the last, of somebody it does not name.

    ``texts`` are the lines of the article without its furniture.
    """
    places = [0, *range(max(1, len(texts) - _LAST), len(texts))] if len(texts) > _LAST else []
    for number in places:
        text = texts[number]
        note = _note().match(text) if len(text) <= _LONGEST_NOTE else None
        if note is None or note["first"] in function_words():
            continue
        if note["what"] is not None and not any(map(_tells_somebody, normal_words(note["what"]))):
            continue
        surname = re.compile(rf"\b{re.escape(note['surname'])}\b")
        if not any(surname.search(other) for place, other in enumerate(texts) if place != number):
            yield number


def _tells_somebody(word: str) -> bool:
    return word in person_nouns() or word in _CALLINGS


def other_pages(texts: Sequence[str]) -> Iterator[int]:
    """Numbers of the lines from "More stories from …" on, to the end, where all are titles or items of a list."""
    for number, text in enumerate(texts):
        if number and len(text) <= _LONGEST_TITLE and _other_pages().match(text):
            after = texts[number + 1 :]
            if all(len(line) <= _LONGEST_TITLE and _is_item(line) for line in after):
                yield from range(number, len(texts))
                return


def _is_item(line: str) -> bool:
    return _BULLET.match(line) is not None or _SENTENCE_END.search(line) is None
