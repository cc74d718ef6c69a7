"""Downloads of ProQuest, as lines: records parted by rules, each with labels and ``Full text:``."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from pipeline.readers.vendors.labels import RULE, label_of, labels
from pipeline.readers.vendors.lines import TextLine, text_of
from pipeline.readers.vendors.nexis import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"^\s*(?:document )?\d+ of \d+\s*$", re.IGNORECASE)
_LINK: Final = (
    "proquest document link",
    "link to proquest document",
    "http",
    "links:",
    "find it",
    "check for full text",
)


def entries(lines: Sequence[TextLine], *, paragraphs: bool) -> Iterator[Entry]:
    """Articles of the records; lists of contents and notices of copyright between rules are none."""
    starts = [n + 1 for n, line in enumerate(lines) if RULE.match(line.text) or _NUMBER.match(line.text)]
    bounds = [0, *starts, len(lines) + 1]
    for first, following in itertools.pairwise(bounds):
        last = min(following - 1, len(lines))
        entry = _entry(lines, first, last, paragraphs=paragraphs)
        if entry:
            yield entry


def _role(line: str) -> tuple[str, str]:
    """What a label marks, and its value; ``other`` for a label that only ends what was before."""
    proquest_labels = labels("proquest")
    label, value = label_of(line)
    plain = line.strip().lower().rstrip(":")
    if plain in proquest_labels["text"] | proquest_labels["abstract"] | {"details"}:  # headings of the newer layout
        label, value = plain, ""
    for role in ("text", "abstract", "title", "authors", "source", "published", "url", "section", "language", "others"):
        if label and label in proquest_labels[role]:
            return role, value
    return "", ""


def _entry(lines: Sequence[TextLine], first: int, last: int, *, paragraphs: bool) -> Entry | None:  # noqa: C901  one line after another
    while first < last and not lines[first].text.strip():
        first += 1
    entry = Entry(first + 1)
    parts: dict[str, list[str]] = {}
    role = "head"
    blank = True
    for number in range(first, last):
        text = lines[number].text
        marked, value = _role(text)
        # Within the text a label begins after a blank line, or in files that hold a paragraph a line.
        if (
            marked
            and (role != "text" or blank or paragraphs)
            and not (role == "text" and marked in {"title", "authors"} and not blank)
        ):
            role = marked
            if role in parts and role != "text":
                role = "other"
            parts.setdefault(role, []).append(value)
        elif role in {"text", "abstract"} or text.strip():
            parts.setdefault(role, []).append(text)
        blank = not text.strip()
    if "text" not in parts and not ({"source", "published"} & parts.keys()):
        return None
    for name in ("title", "authors", "source", "published", "url"):
        if name in parts:
            entry.values[name] = " ".join(" ".join(parts[name]).split())
    _from_head([line.strip() for line in parts.get("head", []) if line.strip()], entry)
    for name in ("section", "language"):
        if value := " ".join(" ".join(parts.get(name, [])).split()):
            entry.own[name] = value
    entry.values["source"] = re.sub(r"\s*;\s.*$|\s*\[.*$|,?\s*\(.*\)$", "", entry.values.get("source", ""))
    entry.values["text"] = text_of(parts.get("text", []), paragraphs=paragraphs)
    if not entry.values["text"].strip():
        entry.fault = "the record has no full text"
    return entry


def _from_head(head: list[str], entry: Entry) -> None:
    """Above its labels a record says its title, then in one line authors, publication, place and day."""
    plain = [line for line in head if not line.lower().startswith(_LINK)]
    if plain:
        entry.values.setdefault("title", plain[0])
    for line in plain[1:]:
        match = re.match(
            r"^(?:(?P<authors>[^.]{3,200})\.\s+)?(?P<source>[^;.]+); .*?\.?\s(?P<day>\d{1,2} \w{3,9} \d{4})\b", line
        )
        if match:
            entry.values.setdefault("source", match["source"].strip())
            entry.values.setdefault("published", match["day"])
            if match["authors"]:
                entry.values.setdefault("authors", match["authors"].strip())
