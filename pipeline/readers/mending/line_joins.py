"""Lines broken at a fixed width: joined again into the paragraphs they were."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import toml
from pipeline.core.word_lists import common_words, function_words, known_first_name, known_surname

if TYPE_CHECKING:
    from pipeline.readers.mending.traced import Edit, Traced

# Fewer lines tell no width; a column narrower than this is a list, one wider a paragraph a line.
_LEAST_LINES: Final = 4
_NARROWEST: Final = 38
_WIDEST: Final = 130
_ENDS_SENTENCE = re.compile(r"[.!?:][\"'”’)\]]*$")
_HYPHEN = re.compile(r"[a-z]-$")
# A line that ends within a sentence, and has more words than an item of a list.
_UNFINISHED = re.compile(r"[a-z],?$")
_FEWEST_WORDS: Final = 3
# A line of prose has so many words, and so large a share of them with small letters.
_PROSE: Final = 5
# A line of so many words that ends with a comma goes on; a shorter one can be part of an address.
_LONG: Final = 8
_SHARE_OF_SMALL: Final = 0.5
_FIRST_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# "pre- and postwar" is no broken word.
_GOES_ON = re.compile(r"(?!and\b|or\b|to\b)[a-z]")
_LEAST_BROKEN: Final = 2
_OFTEN: Final = 10


def join_lines(traced: Traced, *, wrapped: bool = False) -> tuple[bool, bool]:
    """Join hard-wrapped lines, and words broken at line ends; whether there were any of each.

    Texts are hard-wrapped when most lines, but for the last of each paragraph, come near to one width and end in
    mid-sentence, or when words are broken at the ends of several. A paragraph ends at a blank line, an indented line,
    or a short line that ends a sentence.
    """
    lines = _lines(traced.text)
    wrapped = wrapped or _broken_often([line for line, _, _ in lines])
    width = (
        max((len(line.rstrip()) for line, _, _ in lines), default=0) if wrapped else _width([x for x, _, _ in lines])
    )
    if not width:
        return traced.edit(_mid_sentence(traced.text, lines)), False
    edits: list[Edit] = []
    hyphens = False
    for (line, _, end), (after, next_start, _) in itertools.pairwise(lines):
        if not line.strip() or not after.strip() or not _goes_on(line, after, width):
            continue
        text = line.rstrip()
        stripped_end = end - (len(line) - len(text))
        next_word = next_start + (len(after) - len(after.lstrip()))
        if _HYPHEN.search(text) and after.lstrip()[:1].islower():
            # "immi-\ngration" is one word; "well-\nknown" cannot be told from it without a dictionary of the text.
            whole = re.search(r"[A-Za-z]+-$", text)
            rest = re.match(r"[A-Za-z]+", after.lstrip())
            joined = (whole[0][:-1] + rest[0]).lower() if whole and rest else ""
            keep = whole is not None and rest is not None and _is_compound(traced.text, whole[0] + rest[0], joined)
            edits.append((stripped_end if keep else stripped_end - 1, next_word, ""))
            hyphens = True
        else:
            edits.append((stripped_end, next_word, " "))
    any_joined = traced.edit(edits)
    return traced.edit(_mid_sentence(traced.text, _lines(traced.text))) or any_joined, hyphens


def _mid_sentence(text: str, lines: list[tuple[str, int, int]]) -> list[Edit]:
    """What joins lines that break off within a sentence, the next going on in small letters or within a name."""
    edits: list[Edit] = []
    before: list[str] = []
    for (line, _, end), (after, next_start, _) in itertools.pairwise(lines):
        words = [*before, *line.split()]
        small = _UNFINISHED.search(line) and after[:1].islower() and len(words) >= _FEWEST_WORDS
        joined = small or (after[:1].isupper() and _breaks_phrase(text, words, after))
        if joined:
            edits.append((end, next_start, " "))
        before = words[-_LONG:] if joined else []
    return edits


def _breaks_phrase(text: str, words: list[str], after: str) -> bool:
    """Whether ``words`` of prose, with a capital after them, end within a phrase or a name: "the leader, Ann | Lee".

    A name by what the text has on one line elsewhere, or by a first name before what is no ordinary word.
    """
    words = words[-_LONG:]
    if len(words) < _PROSE or sum(word[:1].islower() for word in words) < _SHARE_OF_SMALL * len(words):
        return False
    last, first = words[-1], _FIRST_WORD.match(after)
    if last in _line_ends()["within_phrase"] or last in _line_ends()["before_name"]:
        return True
    if last.endswith(",") and len(words) >= _LONG:
        return True
    if first is None or not last[:1].isupper() or not last[-1].isalpha():
        return False
    name = first[0].removesuffix("'s").removesuffix("’s")
    if f"{last} {name}" in text:
        return True
    return known_first_name(last) and (known_surname(name) or name.lower() not in common_words() | function_words())


@cache
def _line_ends() -> dict[str, frozenset[str]]:
    return {name: frozenset(listed) for name, listed in toml("readers/line_ends.toml").items()}


def _broken_often(lines: list[str]) -> bool:
    """Whether several lines, and one in ten, end within a word that the next line goes on with."""
    broken = sum(
        bool(_HYPHEN.search(line.rstrip())) and bool(_GOES_ON.match(after)) for line, after in itertools.pairwise(lines)
    )
    return broken >= _LEAST_BROKEN and _OFTEN * broken >= sum(bool(line.strip()) for line in lines)


def _is_compound(text: str, hyphened: str, joined: str) -> bool:
    lower = text.lower()
    return hyphened.lower() in lower and joined not in lower


def _lines(text: str) -> list[tuple[str, int, int]]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((line, start, start + len(line)))
        start += len(line) + 1
    return lines


def _width(lines: list[str]) -> int:
    """The width that lines were broken at; 0 when they were not."""
    filled = [len(line.rstrip()) for line in lines if line.strip()]
    if len(filled) < _LEAST_LINES:
        return 0
    widest = sorted(filled)[-max(1, len(filled) // 20)]
    if not _NARROWEST <= widest <= _WIDEST or max(filled) > widest * 1.35:
        return 0
    inner = [
        line.rstrip()
        for line, after in itertools.pairwise(lines)
        if line.strip() and after.strip() and not after.startswith((" ", "\t"))
    ]
    if len(inner) < _LEAST_LINES - 1:
        return 0
    # A line was broken where the next one's first word had no room left.
    full = sum(len(line) >= widest * 0.72 for line in inner)
    unfinished = sum(not _ENDS_SENTENCE.search(line) for line in inner)
    return widest if full >= 0.6 * len(inner) and unfinished >= 0.6 * len(inner) else 0


def _goes_on(line: str, after: str, width: int) -> bool:
    if after[:1] in " \t" and line[:1] not in " \t":
        return False
    text = line.rstrip()
    first_word = after.split(maxsplit=1)[0]
    if _HYPHEN.search(text) and first_word[:1].islower():
        return True
    # A line was broken where the next word had no room left; one that had ends its paragraph.
    had_room = len(text) + 1 + len(first_word) <= width * 0.95
    return not (had_room and (_ENDS_SENTENCE.search(text) or len(text) < width * 0.5))
