"""All repairs of a text in their order, and what each is called."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

import ftfy

from pipeline.readers.mending.html_text import entities_to_text, has_tags, tags_to_text
from pipeline.readers.mending.line_joins import join_lines
from pipeline.readers.mending.traced import Traced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.readers.mending.traced import Edit

# What a text's mending can be called, as ``text_changes`` says it.
HTML: Final = "HTML tags taken out"
ENTITIES: Final = "HTML entities written out"
LINES: Final = "hard-wrapped lines joined"
HYPHENS: Final = "words broken at line ends joined"
ENCODING: Final = "garbled letters repaired"
COMPOSED: Final = "accents composed (Unicode NFC)"
INVISIBLE: Final = "invisible characters taken out"
SPACES: Final = "spaces made single and plain"
MARKS: Final = "rare quotation marks made plain"
GLUED: Final = "spaces put in after closing marks"
BREAKS: Final = "line breaks made plain"
ESCAPED: Final = "written-out line breaks made real"

_CRLF = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# Zero-width characters, soft hyphens, direction marks and the like; joiners stay where emoji or scripts need them.
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u180e]"
    "|(?<![\u0600-\u0dff\u2600-\u27bf\U0001f000-\U0001faff\ufe0f])[\u200c\u200d]"
)
# "\\n" as a database writes a break into a line: only where no real one stands, and before what begins a paragraph.
_ESCAPED_BREAK = re.compile(r"(?<=[^\\\s:]) ?(?:(?:\\r)?\\n)+ ?(?=[^\Wa-z_]|[\"'“‘(\[—–-]|\Z)")
_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
_MANY_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
# Letters that come of UTF-8 read as something else; without one of them ftfy finds nothing.
_SUSPECT = re.compile(
    "[\u00c2\u00c3\u00e2\u00d0\u00d1\u00c5\u00c4\u0192\u00f0\u00ef\u201a\u0420\u0421][^\x00-\x7f]|\u00c3 "
)

# A closing mark with a new sentence right behind it.
_GLUED: Final = re.compile('[.!?,]["”](?=[A-Z][a-z])')
# A closing mark that has lost its last byte, as where a program throws away what Windows has no sign for.
_CUT_MARK: Final = re.compile("\u00e2\u20ac(?=[\\s.,;:!?)\\]]|$)")
_CLOSING: Final = "\u00e2\u20ac\u009d"

# Quotation marks that few set, by those that all do. Two primes after a figure are inches.
_RARE_MARKS: Final = {"＂": '"', "″": '"', "❝": "“", "❞": "”", "〝": "“", "〞": "”"}
_RARE_MARK: Final = re.compile(r"[＂❝❞〝〞]|(?<!\d)″")
# Marks of Windows' character set read as bytes: "\x93" for “. Unicode has only control characters there.
_WINDOWS_MARK: Final = re.compile("[\x80-\x84\x86-\x9f]")
_WINDOWS_MARKS: Final = re.compile("[\x80-\x9f]")


def mend(text: str, *, joined: bool = True, wrapped: bool = False) -> tuple[Traced, tuple[str, ...]]:
    """Repair a text.

    Args:
        text: as a file holds it.
        joined: whether lines of one width are joined: not for texts whose lines are known to be paragraphs.
        wrapped: whether they are known to be lines of a printed column, however few.

    Returns:
        The text with the way back, and what was done to it, empty for a text in order.
    """
    traced = Traced(text)
    changes: list[str] = []

    def did(name: str, happened: object) -> None:
        if happened and name not in changes:
            changes.append(name)

    if _WINDOWS_MARK.search(text):
        did(ENCODING, _windows_marks(traced))
    did(BREAKS, traced.substitute(_CRLF, "\n"))
    if "\\n" in traced.text and "\n" not in traced.text.strip():
        did(ESCAPED, traced.substitute(_ESCAPED_BREAK, "\n"))
    if "<" in traced.text or "&lt;" in traced.text:
        did(HTML, tags_to_text(traced))
    if "&" in traced.text:
        did(ENTITIES, entities_to_text(traced))
        if HTML not in changes and has_tags(traced.text):
            did(HTML, tags_to_text(traced))
    if not traced.text.isascii():
        did(ENCODING, _repair(traced))
        did(COMPOSED, _compose(traced))
        did(MARKS, traced.edit([(*found.span(), _RARE_MARKS[found[0]]) for found in _RARE_MARK.finditer(traced.text)]))
        did(INVISIBLE, traced.substitute(_INVISIBLE, ""))
    did(SPACES, traced.substitute(_ODD_SPACE, " "))
    glued = [*_glued(traced.text)]
    did(GLUED, glued and traced.edit(glued))
    if joined:
        lines, hyphens = join_lines(traced, wrapped=wrapped)
        did(LINES, lines)
        did(HYPHENS, hyphens)
    did(SPACES, traced.substitute(_MANY_SPACES, " "))
    return traced, tuple(changes)


def mend_line(value: str) -> str:
    """A title, name or label in order, on one line."""
    if not value:
        return ""
    return " ".join(mend(value, joined=False)[0].text.split())


def _glued(text: str) -> Iterator[Edit]:
    """Where the next sentence is glued to a closing mark: `… at best."Lee said`, by the marks of the line if plain."""
    for match in _GLUED.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if match[0][-1] == "”" or text.count('"', line, match.end()) % 2 == 0:
            yield match.end(), match.end(), " "


def _windows_marks(traced: Traced) -> bool:
    """Characters 0x80 to 0x9f as Windows has them; five of these stand for nothing there either, and stay."""
    edits: list[Edit] = []
    for match in _WINDOWS_MARKS.finditer(traced.text):
        mark = match[0].encode("latin-1").decode("cp1252", "replace")
        if mark != "\ufffd":
            edits.append((match.start(), match.end(), mark))
    return traced.edit(edits)


def _repair(traced: Traced) -> bool:
    """Mojibake, line by line: a page may be right in one and wrong in the next."""
    edits: list[Edit] = []
    start = 0
    for line in traced.text.split("\n"):
        if _SUSPECT.search(line) and (fixed := ftfy.fix_encoding(_CUT_MARK.sub(_CLOSING, line))) != line:
            edits.extend((start + a, start + b, new) for a, b, new in _differences(line, fixed))
        start += len(line) + 1
    return traced.edit(edits)


def _compose(traced: Traced) -> bool:
    if unicodedata.is_normalized("NFC", traced.text):
        return False
    edits: list[Edit] = []
    # A character with the marks that follow it is composed by itself.
    for match in re.finditer(
        r"\S[\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u1160-\u11ff\u3099\u309a]+|[^\x00-\x7f]", traced.text
    ):
        composed = unicodedata.normalize("NFC", match[0])
        if composed != match[0]:
            edits.append((match.start(), match.end(), composed))
    return traced.edit(edits)


def _differences(old: str, new: str) -> list[Edit]:
    """Edits from ``old`` to ``new``."""
    # Most of a long line is the same at both ends; only what lies between is compared.
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(inner_old) > 4_000:
        return [(head, head + len(inner_old), inner_new)]
    matcher = SequenceMatcher(None, inner_old, inner_new, autojunk=False)
    return [(head + a, head + b, inner_new[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
