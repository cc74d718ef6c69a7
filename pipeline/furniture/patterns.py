"""Which lines, and beginnings of paragraphs, of a news page are furniture or captions, by their wording alone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import RESOURCES
from pipeline.furniture.needed_words import folded, needed_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


# A dateline or byline that opens a paragraph is shorter than this.
_LONGEST_START: Final = 120

# A name, the words of other pages, and MORE: no page puts more between.
_LONGEST_CLUSTER: Final = 900
_NEAR: Final = 90

_MORE = re.compile(r"\bMORE\b")
# A capitalised word, and the places where a small letter in it runs into a capital: `SmithSenate`, `McPoeSenate`.
_CAPITALISED = re.compile(r"(?<![\w’'-])[A-Z][\w.’'-]*[a-z][A-Z0-9‘“\"'\[]")
_GLUE = re.compile(r"(?<=[a-z])(?=[A-Z0-9‘“\"'\[])")
_NAME_RUN = re.compile(r"(?:(?:[A-Z][\w.’'-]*|\([A-Z][\w.’' -]*\))\s+){1,6}$")
_REST_OF_WORD = re.compile(r"(?:[’']s\b)?\s*")
_CAMEL_PREFIXES: Final = frozenset({"Mc", "Mac", "De", "Du", "Di", "La", "Le", "Van", "Von", "Fitz"})


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of ``resources/furniture/furniture.toml``, compiled; ``longest`` is in characters.

    ``whole`` has, for each reason, words that a line must hold, in small letters, and what looks through it then.
    """

    longest: int
    gallery: tuple[re.Pattern[str], ...]
    whole: tuple[tuple[str, tuple[tuple[str, Callable[[str], re.Match[str] | None]], ...]], ...]
    start: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]
    caption_start: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]


@cache
def load_patterns() -> Patterns:
    """Read the patterns of furniture once."""
    data = tomllib.loads((RESOURCES / "furniture/furniture.toml").read_text(encoding="utf-8"))

    def compiled(name: str) -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
        return tuple((group["reason"], tuple(map(re.compile, group["patterns"]))) for group in data[name])

    gallery = tuple(map(re.compile, data["gallery"]))
    whole = tuple(
        (reason, tuple((needed_words(pattern.pattern), finder(pattern)) for pattern in group))
        for reason, group in compiled("whole")
    )
    return Patterns(data["longest"], gallery, whole, compiled("start"), compiled("caption_start"))


def finder(pattern: re.Pattern[str]) -> Callable[[str], re.Match[str] | None]:
    """What looks for ``pattern``: one that holds at the start of a line alone is not tried at all its other places."""
    return pattern.match if pattern.pattern.removeprefix("(?i)").startswith("^") else pattern.search


@cache
def _dateline() -> re.Pattern[str]:
    rows = (RESOURCES / "furniture/datelines.txt").read_text(encoding="utf-8").splitlines()
    cities = "|".join(re.escape(row) for row in rows if row and not row.startswith("#"))
    return re.compile(rf"(?:{cities})(?:/(?:{cities}))*\s?(?:[-–—]{{1,2}}(?=\s)|—)")


def line_reason(line: str) -> str:
    """Reason why a whole line is furniture or a ``caption``; empty when its wording does not tell."""
    patterns = load_patterns()
    if any(pattern.match(line) for pattern in patterns.gallery):
        return "caption"
    if len(line) > patterns.longest:
        return ""
    if not any(map(str.isalnum, line)):
        return "page_code"
    small = folded(line)
    for reason, group in patterns.whole:
        if any(needed in small and look(line) for needed, look in group):
            return reason
    return ""


def opening(line: str) -> tuple[int, str]:
    """Length and reason of the byline or dateline with which a paragraph begins; ``(0, "")`` when it has none."""
    head = line[:_LONGEST_START]
    size, reason = _starts(head, load_patterns().start)
    if size:
        return size, reason
    if match := _dateline().match(head):
        return match.end(), "dateline"
    return 0, ""


def caption_opening(line: str) -> tuple[int, str]:
    """Length and reason of the buttons and labels with which a caption begins; ``(0, "")`` when it has none."""
    return _starts(line[:_LONGEST_START], load_patterns().caption_start)


def _starts(head: str, groups: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]) -> tuple[int, str]:
    for reason, group in groups:
        for pattern in group:
            if match := pattern.match(head):
                return match.end(), reason
    return 0, ""


def is_all_caps(line: str) -> bool:
    """Whether nearly every letter of ``line`` is a capital."""
    capitals = sum(map(str.isupper, line))
    small = sum(map(str.islower, line))
    return capitals >= 4 and small * 12 <= capitals


def link_clusters(line: str) -> Iterator[tuple[int, int]]:
    """Spans of run-in links: a full name, headlines of other pages glued to it, and the word MORE.

    The name before a cluster is the article's own, and the cluster repeats it in full:
    ``Rep. Ann Poe Ann Lee PoePoe says no MORE``.
    """
    floor = 0
    for more in _MORE.finditer(line):
        low = max(floor, more.start() - _LONGEST_CLUSTER)
        start = _cluster_start(line, low, more.start())
        if start is not None:
            yield start, more.end()
        floor = more.end()


def _cluster_start(line: str, low: int, high: int) -> int | None:
    for word in _CAPITALISED.finditer(line, low, high):
        at = word.start()
        for glue in _GLUE.finditer(line, at, word.end()):
            surname = line[at : glue.start()]
            if len(surname) < 3 or surname in _CAMEL_PREFIXES:
                continue
            start = _start_of_name(line, surname, at, low, high)
            if start is not None:
                return start
    return None


def _start_of_name(line: str, surname: str, at: int, low: int, high: int) -> int | None:
    """Where a cluster begins whose glued ``surname`` is at ``at``; ``None`` when it is none."""
    near = max(low, at - _NEAR)
    earlier = line.rfind(surname, near, at)
    if earlier >= 0 and (rest := _REST_OF_WORD.match(line, earlier + len(surname), at)):
        return rest.end()
    end = at + len(surname)
    again = line.find(surname, end, min(high, end + _NEAR))
    if again >= 0 and line[again + len(surname) : again + len(surname) + 1].isupper():
        return end  # "Ann PoeAnn Lee PoeSenate": the article's own name is glued on as well
    run = _NAME_RUN.search(line[near:at])
    if run and len(run[0].split()) >= 2 and len(surname) >= 4:
        return near + run.start()
    return None
