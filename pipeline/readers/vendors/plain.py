"""One article as the lines of a file: with labels above it, a date on a line of its own, or neither."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from pipeline.readers.columns import names, normal, says_nothing
from pipeline.readers.dates import parse_date
from pipeline.readers.reading import read_article
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.tally import OUTLET_FROM_FOLDER
from pipeline.readers.vendors.clippings import clippings, may_be_several, without_tail
from pipeline.readers.vendors.labels import label_of
from pipeline.readers.vendors.lines import Lines, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.readers.tables.records import Item

_TOP: Final = 8
_ROLES: Final = ("source", "title", "authors", "published", "url", "text")
_SEPARATOR = re.compile(r"^\s*(?:([=_*#~-])\1{9,}|(?:[*#=-] ?){5,})\s*$")
_LEAST_WORDS: Final = 20
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


def one_article(lines: Lines, file: SourceFile, kind: str) -> Iterator[Item]:
    """The article of a file, or those between lines of signs."""
    texts = [line.text for line in lines.lines]
    parts = list(_parts(texts)) if not lines.paragraphs else [(0, texts)]
    yield Seen(kind if len(parts) == 1 else f"{kind}, several articles")
    if file.manifest_values:  # its manifest says what it is: all of it is the article's text
        text = lines.raw or text_of(texts, paragraphs=lines.paragraphs)
        values = file.with_manifest_values({"text": text})
        yield from read_article(values, file.origin, own=file.own, choices=file.choices, place=file.folder_outlet())
        return
    if len(parts) == 1 and (cut_out := clippings(texts)):
        yield Seen(f"{kind}, several articles")
        for clipping in cut_out:
            text = text_of(clipping.lines, paragraphs=lines.paragraphs)
            yield from read_article(
                {**clipping.values, "text": text},
                file.origin,
                clipping.start + 1,
                choices=file.choices,
                doubts=("several-articles",),
                wrapped=lines.wrapped,
            )
        return
    several = len(parts) == 1 and may_be_several(texts)
    for start, part in parts:
        values, rest = labelled(part)
        rest = without_tail(rest) if values else rest
        doubts: tuple[str, ...] = ("several-articles",) if len(parts) > 1 and not values else ()
        doubts = ("perhaps-several",) if several else doubts
        if not values:
            values, rest = dated(part), part
        if (lines.wrapped or lines.paragraphs) and "title" not in values:
            head, rest = printed_head([line for line in rest if line.strip()], lines.title)
            values |= head
        elif lines.title:
            values.setdefault("title", lines.title)
        if "published" not in values and (day := day_in_name(file.stem)):
            values |= {
                "published": day,
                "date_precision": "inferred",
                "date_evidence": f"the file's name, {file.name}",
            }
            doubts = (*doubts, "date-from-name")
        # Folders of plain texts are how people sort them by outlet.
        if not values.get("source") and not says_nothing(file.folder_outlet()):
            values |= {"source": file.folder_outlet()}
            doubts = (*doubts, OUTLET_FROM_FOLDER)
        text = lines.raw if rest is texts and lines.raw else text_of(rest, paragraphs=lines.paragraphs)
        yield from read_article(
            {**values, "text": values.get("text", "") + text},
            file.origin,
            start + 1,
            choices=file.choices,
            place=file.folder_outlet(),
            doubts=doubts,
            wrapped=lines.wrapped,
        )


def labelled(lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:  # noqa: C901  one line after another
    """What labels above the text say (``Title: …``, ``Date: …``), and the text below them; at least two labels."""
    values: dict[str, str] = {}
    at = 0
    lines = _without_fences(lines)
    for number, line in enumerate(lines[:40]):
        if not line.strip():
            if len(values) >= 2:
                at = number
                break
            continue
        label, value = label_of(line)
        role = next((role for role in _ROLES if label and normal(label) in names().columns[role]), "")
        if not role and not (label and values and len(label) <= 20 and len(line) < 120):
            at = number
            break
        at = number + 1
        if role == "text":
            values["text"] = value + "\n" if value else ""
            break
        if role:
            values.setdefault(role, value)
    if len([role for role in values if role != "text"]) < 2:
        return {}, list(lines)
    rest = list(lines[at:])
    while rest and not rest[0].strip():
        rest.pop(0)
    # "Text:" may stand below a blank line.
    if rest and "text" not in values:
        label, value = label_of(rest[0])
        if label and normal(label) in names().columns["text"]:
            rest[0] = value
    return values, rest


def _without_fences(lines: Sequence[str]) -> Sequence[str]:
    """Lines without the rules around what stands above a text, as notes and static sites write them."""
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if not lines or lines[first].strip() != "---":
        return lines
    last = next((n for n, line in enumerate(lines[first + 1 : 40], first + 1) if line.strip() == "---"), 0)
    return [*lines[first + 1 : last], "", *lines[last + 1 :]] if last else lines


def dated(lines: Sequence[str]) -> dict[str, str]:
    """The day that stands on a line of its own near the top."""
    for line in [line.strip() for line in lines if line.strip()][:_TOP]:
        if len(line) <= 60 and re.search(r"\d{4}", line):
            day = parse_date(line)
            if len(day.edtf) == 10 and not line.isdecimal():
                return {"published": line, "date_evidence": line}
    return {}


def printed_head(lines: list[str], title: str) -> tuple[dict[str, str], list[str]]:
    """Title, author and day that stand above a printed column, and the column: what is set narrower is its head."""
    values: dict[str, str] = {}
    widest = max(map(len, lines), default=0)
    at = 0
    titles: list[str] = []
    for line in lines[:_TOP]:
        day = parse_date(line) if len(line) <= 60 and re.search(r"\d{4}", line) and not line.isdecimal() else None
        if day and len(day.edtf) == 10:
            values |= {"published": line, "date_evidence": line}
        elif re.match(r"^by [A-Z]", line, re.IGNORECASE) and len(line) < 80:
            values["authors"] = line
        elif (
            not values
            and len(titles) < 2
            and len(line) <= 160
            and len(line) < 0.9 * widest
            and not line.rstrip().endswith((".", ","))
        ):
            titles.append(line)
        elif not (line.startswith("http") and len(line) < widest):
            break
        at += 1
    if values or len(titles) <= 2:
        values["title"] = title if title and title.lower() in " ".join(titles).lower() else " ".join(titles)
        return values, lines[at:]
    return {}, lines


def day_in_name(stem: str) -> str:
    """A day in the name of a file, such as ``2020-02-15_roof``."""
    match = _DAY_IN_NAME.search(stem)
    day = f"{match[1]}-{match[2]}-{match[3]}" if match else ""
    return day if day and parse_date(day).edtf else ""


def _parts(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The articles between lines of signs, each with the number of its first line; all of it when it is one."""
    at = [n for n, line in enumerate(lines) if _SEPARATOR.match(line)]
    bounds = [-1, *at, len(lines)]
    parts = [(first + 1, lines[first + 1 : last]) for first, last in itertools.pairwise(bounds)]
    long = [(start, part) for start, part in parts if sum(len(line.split()) for line in part) >= _LEAST_WORDS]
    heads = sum(bool(labelled(part)[0] or dated(part)) for _, part in long)
    # Asterisks and dashes also part the sections of one article: only parts that name themselves are articles.
    if len(long) > 1 and heads >= len(long) * 0.6:
        yield from long
    else:
        yield 0, lines
