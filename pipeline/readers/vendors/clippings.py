"""Several articles in one text without a database's marks: parted where each names its outlet and day, or told."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.readers.columns import names, normal
from pipeline.readers.dates import parse_date
from pipeline.readers.vendors.labels import label_of, labels

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_WORDS: Final = 30
_LONGEST_TITLE: Final = 160
_HEAD_LINES: Final = 10
_NO_OUTLET = re.compile(
    r"^(?:by|von|par|por|photo|copyright|©|\(c\)|published|posted|updated|last|accessed|retrieved|section|page|on|in|at)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:by|von|par|por)\s+(?=[A-Z])(?P<names>.{3,70})$", re.IGNORECASE)
_TAIL: Final = frozenset({"record", "record number", "source citation", "document number", "gale document number"})
_ROLES: Final = ("title", "authors", "source", "published", "url")


@dataclass(slots=True)
class Clipping:
    """An article cut out of a text: the line it begins on, from 0, what its head says and the lines of its text."""

    start: int
    values: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


def outlet_and_day(line: str) -> tuple[str, str]:
    """The outlet and the day of a line that names both and nothing else; empty where it does not."""
    line = line.strip()
    day, bar, rest = line.partition(" | ")  # "February 15, 2020 | Harbor Ledger (CA) | Page A3"
    if bar and len(line) <= 200 and len(parse_date(day).edtf) == len("2020-02-15"):
        outlet = re.sub(r"\s*\([^)]{2,30}\)\s*$", "", rest.partition(" | ")[0].strip())
        return (outlet, day) if 2 <= len(outlet) <= 70 and outlet[0].isupper() else ("", "")
    if not 12 <= len(line) <= 130 or not re.search(r"\d{4}", line) or _NO_OUTLET.match(line) or parse_date(line).edtf:
        return "", ""
    # The outlet may hold a comma or a dash itself: the longest day that can be read is the day.
    for match in re.finditer(r"[-–—,|•·]\s*", line):
        outlet = re.sub(r"\s*\([^)]{2,30}\)\s*$", "", line[: match.start()].strip())
        day = line[match.end() :]
        if 2 <= len(outlet) <= 70 and outlet[0].isupper() and len(parse_date(day).edtf) == 10:
            return outlet, day
    return "", ""


def clippings(lines: Sequence[str]) -> list[Clipping]:
    """The articles of a text in which each has a line with its outlet and day; none where fewer than two have one."""
    heads = [n for n, line in enumerate(lines) if outlet_and_day(line)[0]]
    if len(heads) < 2:
        return []
    above = [_title_above(lines, n) for n in heads]
    titled = sum(n is not None for n in above) >= 0.6 * len(heads)
    starts = [n if title is None or not titled else title for n, title in zip(heads, above, strict=True)]
    bounds = [*starts, len(lines)]
    articles = [
        _clipping(lines, first, last, day) for (first, last), day in zip(itertools.pairwise(bounds), heads, strict=True)
    ]
    whole = all(sum(len(line.split()) for line in article.lines) >= _LEAST_WORDS for article in articles)
    before = sum(len(line.split()) for line in lines[: starts[0]])
    return articles if whole and before < _LEAST_WORDS else []


def _title_above(lines: Sequence[str], head: int) -> int | None:
    """The line of the title that stands above a line with outlet and day, over the outlet's name if that is between."""
    outlet, _ = outlet_and_day(lines[head])
    for number in range(head - 1, max(-1, head - 6), -1):
        line = lines[number].strip()
        if line and not re.fullmatch(rf"{re.escape(outlet)}(?: ?\([^)]*\))?", line):
            is_title = len(line) <= _LONGEST_TITLE and not line.endswith((".", ",", ":", ";", "”", '"'))
            return number if is_title and not label_of(line)[0] and not _is_tail(line) else None
    return None


def _clipping(lines: Sequence[str], first: int, last: int, head: int) -> Clipping:
    outlet, day = outlet_and_day(lines[head])
    article = Clipping(first, {"source": outlet, "published": day, "date_evidence": lines[head].strip()})
    if first < head:
        article.values["title"] = lines[first].strip()
    at = head + 1
    seen = 0
    while at < last and seen < _HEAD_LINES:
        line = lines[at].strip()
        label, value = label_of(line)
        role = next((role for role in _ROLES if label and normal(label) in names().columns[role]), "")
        if role and len(line) < _LONGEST_TITLE:
            article.values.setdefault(role, value)
        elif label and len(label) <= 20 and len(line) < 60 and value:
            pass  # an edition, a section, a page
        elif match := _BYLINE.match(line):
            article.values.setdefault("authors", match["names"])
        elif (
            line
            and "title" not in article.values
            and len(line) <= _LONGEST_TITLE
            and not line.endswith((".", "”", '"'))
        ):
            article.values["title"] = line
        elif line:
            break
        seen += bool(line)
        at += 1
    end = last
    while end > at and (not lines[end - 1].strip() or _is_tail(lines[end - 1])):
        end -= 1
    article.lines = list(lines[at:end])
    return article


def _is_tail(line: str) -> bool:
    """Whether a line below a text is a database's: its number, its notice of copyright."""
    line = line.strip().lower()
    label, _ = label_of(line)
    nexis_labels = labels("nexis")
    return len(line) < 200 and (
        label in _TAIL | nexis_labels["after"] or line in _TAIL or line.startswith(tuple(nexis_labels["copyright"]))
    )


def without_tail(lines: Sequence[str]) -> list[str]:
    """Lines of a labelled text without what a database puts below it."""
    rest = list(lines)
    while rest and (not rest[-1].strip() or _is_tail(rest[-1])):
        rest.pop()
    return rest


def may_be_several(lines: Sequence[str]) -> bool:
    """Whether a text looks like several articles whose bounds nothing tells: several bylines or notices, far apart."""
    for is_mark in (_is_byline, _is_notice, _is_headline):
        marks = [n for n, line in enumerate(lines) if is_mark(line.strip())]
        apart = [
            (first, last)
            for first, last in itertools.pairwise(marks)
            if sum(len(line.split()) for line in lines[first:last]) >= 2 * _LEAST_WORDS
        ]
        if apart:
            return True
    return False


def _is_byline(line: str) -> bool:
    match = _BYLINE.match(line) if len(line) < 60 and not line.endswith((".", ",", ":")) else None
    return bool(match) and all(word[:1].isupper() or word in {"and", "the", "of"} for word in match["names"].split())  # type: ignore[index]


def _is_notice(line: str) -> bool:
    return len(line) < 160 and line.lower().startswith(tuple(labels("nexis")["copyright"]))


def _is_headline(line: str) -> bool:
    return len(line) < _LONGEST_TITLE and label_of(line)[0] in {"title", "headline", "titel", "titre", "titular"}
