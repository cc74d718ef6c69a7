"""Downloads of Nexis Uni, Lexis+ and the LexisNexis before them, as lines."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.readers.dates import parse_date
from pipeline.readers.vendors.labels import NUMBERED, label_of, labels
from pipeline.readers.vendors.lines import TextLine, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Between an article's first line and its date stand its title and outlet, however they are wrapped.
_HEAD_LINES: Final = 40
_LINE_OF_DATE: Final = 90
_TITLE_LINES: Final = 4
_LISTED = re.compile(r"^\s*\d{1,3}\. \S")
_PAGE = re.compile(r"^(?:page|seite|pg\.?) \d+|^\d+$|^link (?:zum|to).{0,30}pdf|^pdf\b.{0,30}$", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """An article of a database's file: what it says of itself, by role, what to keep, and the line it begins on."""

    row: int
    values: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    fault: str = ""


def entries(lines: Sequence[TextLine], *, paragraphs: bool) -> Iterator[Entry]:
    """Articles that each end with ``End of Document``; the cover before the first is left out."""
    ends = labels("nexis")["end"]
    start = 0
    for number, line in enumerate(lines):
        if line.text.strip().lower().rstrip(".") in ends:
            yield from _with_text(lines, start, number, paragraphs=paragraphs)
            start = number + 1
    yield from _with_text(lines, start, len(lines), paragraphs=paragraphs)


def _with_text(lines: Sequence[TextLine], start: int, end: int, *, paragraphs: bool) -> Iterator[Entry]:
    marks = [n for n in range(start, end) if lines[n].begins]
    # A mark at each title: what stands before the first is the cover.
    bounds = [*(marks or [start]), end]
    for first, last in itertools.pairwise(bounds):
        if not any(line.text.strip() for line in lines[first:last]):
            continue
        entry = _entry(lines, first, last, paragraphs=paragraphs, marked=bool(marks))
        # After the last article a list or a notice may stand; before the first, the cover.
        if entry:
            yield entry


def _entry(lines: Sequence[TextLine], first: int, last: int, *, paragraphs: bool, marked: bool) -> Entry | None:
    nexis_labels = labels("nexis")
    body = next((n for n in range(first, last) if _is_label(lines[n].text, nexis_labels["body"])), None)
    limit = body if body is not None else last
    day = _date_line(lines, first, limit)
    if body is None and day is None:
        long = sum(len(line.text) for line in lines[first:last])
        if long < 400 or not marked:
            return None
        return Entry(first + 1, fault="no date and no line “Body” tell where its text begins")
    entry = Entry(first + 1)
    if day is not None:
        entry.values["published"] = _date(lines, day)
        entry.row = _title_and_outlet(entry, lines, first, day, paragraphs=paragraphs, marked=marked) + 1
    head_end = limit
    texts_from = (body + 1) if body is not None else None
    at = (day + 1) if day is not None else first
    while at < head_end:
        label, value = label_of(lines[at].text)
        role = next(
            (
                role
                for role in ("byline", "section", "length", "dateline", "edition", "language", "headline")
                if label in nexis_labels[role]
            ),
            "",
        )
        if role:
            more = at + 1
            while not paragraphs and more < head_end and lines[more].text.strip() and not label_of(lines[more].text)[0]:
                value += " " + lines[more].text.strip()
                more += 1
            _take(entry, role, value)
            if texts_from is None and role == "length":
                texts_from = more
                break
        at += 1
    if texts_from is None:
        texts_from = (day or first) + 1
    body_lines = [value] if body is not None and (value := label_of(lines[body].text)[1]) else []
    body_lines += [line.text for line in lines[texts_from : _text_end(lines, texts_from, last)]]
    entry.values["text"] = text_of(body_lines, paragraphs=paragraphs)
    return entry


def _is_label(line: str, names: frozenset[str]) -> bool:
    plain = line.strip().lower()
    return plain.rstrip(":").strip() in names if len(plain) < 30 else label_of(line)[0] in names - {"text"}


def _date_line(lines: Sequence[TextLine], first: int, last: int) -> int | None:
    seen = 0
    for number in range(first, last):
        text = lines[number].text.strip()
        if not text:
            continue
        seen += 1
        if seen > _HEAD_LINES and not any(_is_cover(line.text) for line in lines[first:number]):
            return None
        if len(text) <= _LINE_OF_DATE and re.search(r"\d{4}", text) and not label_of(text)[0] and _is_day(text):
            return number
    return None


def _is_day(text: str) -> bool:
    day = parse_date(text)
    return bool(day.edtf) and not text.isdecimal() and len(day.edtf) >= 7


def _date(lines: Sequence[TextLine], number: int) -> str:
    return lines[number].text.strip()


def _is_cover(line: str) -> bool:
    label, _ = label_of(line)
    return label in labels("nexis")["cover"] or bool(
        re.match(r"^\s*(?:documents|dokumente|documentos) \(\d+\)", line, re.IGNORECASE)
    )


def _title_and_outlet(
    entry: Entry, lines: Sequence[TextLine], first: int, day: int, *, paragraphs: bool, marked: bool
) -> int:
    """Title and outlet stand above the date; the line of the title."""
    above = [
        n
        for n in range(first, day)
        if lines[n].text.strip() and not _is_copyright(lines[n].text) and not _PAGE.match(lines[n].text.strip())
    ]
    # The cover says who downloaded the file: nothing of it is kept.
    cover = max((n for n in above if _is_cover(lines[n].text) or _LISTED.match(lines[n].text)), default=-1)
    above = [n for n in above if n > cover]
    if not above:
        return first
    entry.values["source"] = lines[above[-1]].text.strip()
    rest = above[:-1]
    if not rest:
        return above[-1]
    if marked:
        title = rest
    elif paragraphs:
        title = rest[-1:]
    else:  # a title wrapped over lines
        title = rest[-1:]
        while len(title) < min(len(rest), _TITLE_LINES) and rest[-len(title) - 1] == title[0] - 1:
            title.insert(0, rest[-len(title) - 1])
    entry.values["title"] = " ".join(lines[n].text.strip() for n in title)
    return title[0]


def _is_copyright(line: str) -> bool:
    plain = line.strip().lower()
    return plain.startswith(tuple(labels("nexis")["copyright"])) or plain.endswith(
        ("all rights reserved", "all rights reserved.")
    )


def _take(entry: Entry, role: str, value: str) -> None:
    if role == "byline":
        entry.values.setdefault("authors", value)
    elif role == "headline":
        entry.values.setdefault("title", value)
    elif role != "length" and value:
        entry.own.setdefault(role, " ".join(value.split()))


def _text_end(lines: Sequence[TextLine], start: int, last: int) -> int:
    after = labels("nexis")["after"]
    blank = True
    for number in range(start, last):
        text = lines[number].text.strip()
        label, _ = label_of(text)
        # In running text such a label is a word like any other: "Notes: the mayor …" in the midst of a paragraph.
        alone = text.lower().rstrip(":") in after and len(text) < 25 and not text.endswith(".")
        if (label in after and (blank or text[: len(label)].isupper() or "-" in label)) or (
            alone and (blank or _labelled_next(lines, number + 1, last, after))
        ):
            return number
        if _is_copyright(text) and not any(
            line.text.strip() and label_of(line.text)[0] not in after for line in lines[number + 1 : last]
        ):
            return number
        blank = not text or number == start
    return last


def _labelled_next(lines: Sequence[TextLine], start: int, last: int, after: frozenset[str]) -> bool:
    """Whether the next line that says something begins with a label that stands below texts."""
    following = next((lines[n].text for n in range(start, last) if lines[n].text.strip()), "")
    return label_of(following)[0] in after


def old_entries(lines: Sequence[TextLine]) -> Iterator[Entry]:
    """Articles below lines such as ``1 of 10 DOCUMENTS``."""
    starts = [n for n, line in enumerate(lines) if NUMBERED.match(line.text)]
    for first, last in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _old_entry(lines, first + 1, last)


def _old_entry(lines: Sequence[TextLine], first: int, last: int) -> Entry:  # noqa: C901, PLR0912  one kind of block after another
    nexis_labels = labels("nexis")
    entry = Entry(first)
    heads = (
        nexis_labels["byline"]
        | nexis_labels["section"]
        | nexis_labels["length"]
        | nexis_labels["dateline"]
        | nexis_labels["highlight"]
        | nexis_labels["headline"]
        | nexis_labels["edition"]
    )
    blocks = list(_blocks(lines, first, last))
    text: list[tuple[int, int]] = []
    title = ""
    dated = in_body = False
    for start, end in blocks:
        words = " ".join(lines[n].text.strip() for n in range(start, end))
        label, value = label_of(words)
        if in_body or (text and label not in heads):
            if _ends(words, label):
                break
            text.append((start, end))
        elif label in nexis_labels["body"]:
            in_body = True
            if value:
                text.append((start, end))
        elif label in heads:
            role = next(
                r
                for r in ("byline", "section", "length", "dateline", "highlight", "headline", "edition")
                if label in nexis_labels[r]
            )
            if role == "highlight":
                continue
            _take(entry, role, value)
        elif not dated and _is_copyright(words):
            continue
        elif not dated and (day := _first_day(lines, start, end)) is not None:
            dated = True
            entry.values["published"] = lines[day].text.strip()
            if day > start and "source" not in entry.values:
                entry.values["source"] = " ".join(
                    lines[n].text.strip() for n in range(start, day) if not _is_copyright(lines[n].text)
                )
        elif not dated and "source" not in entry.values:
            entry.values["source"] = words
        elif dated and not title and "title" not in entry.values:
            title = words
        elif _ends(words, label):
            break
        else:
            text.append((start, end))
    if title:
        entry.values.setdefault("title", title)
    parts = ["\n".join(lines[n].text for n in range(start, end)) for start, end in text]
    if parts and label_of(parts[0])[0] in nexis_labels["body"]:
        parts[0] = re.sub(r"^\s*[^:]*:\s*", "", parts[0])
    entry.values["text"] = "\n\n".join(parts)
    return entry


def _ends(words: str, label: str) -> bool:
    if label in labels("nexis")["after"]:
        return True
    return _is_copyright(words) and len(words) < 250


def _first_day(lines: Sequence[TextLine], start: int, end: int) -> int | None:
    for number in range(start, end):
        text = lines[number].text.strip()
        if len(text) <= _LINE_OF_DATE and re.search(r"\d{4}", text) and not label_of(text)[0] and _is_day(text):
            return number
    return None


def _blocks(lines: Sequence[TextLine], first: int, last: int) -> Iterator[tuple[int, int]]:
    start = None
    for number in range(first, last):
        if lines[number].text.strip():
            start = number if start is None else start
        elif start is not None:
            yield start, number
            start = None
    if start is not None:
        yield start, last
