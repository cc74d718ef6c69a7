"""How well each analysis was measured to do: ``accuracy.json``, written by the evaluation, and its tables in the text.

A figure has ``name`` (the section of the methods it stands in), ``what`` was measured, which ``figure`` it is, its
``value`` from 0 to 1 (null: not measured yet), ``n`` labelled cases and the word for one ``case``, ``measured_by`` (on
what, in plain words), and where there is one the ``baseline`` from 0 to 1 and ``baseline_by``, what that is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE: Final = Path(__file__).with_name("accuracy.json")
METHODS: Final = Path(__file__).parent.parent / "docs" / "methods.md"
NOT_MEASURED: Final = "not measured yet"

_HEADS: Final = ("Measured", "Value", "For comparison", "On which texts")
_NONE: Final = "–"
_WRITE: Final = "python -m evaluation --write"
_OPEN, _CLOSE = "<!-- measured -->", "<!-- /measured -->"
_TABLE: Final = re.compile(f"\n*{_OPEN}.*?{_CLOSE}", re.DOTALL)
_HEADING: Final = re.compile(r"^## (?P<title>.+?) <!-- (?P<name>[a-z]+) -->$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, or one that waits for its measurement."""

    name: str
    what: str
    figure: str
    value: float | None
    n: int | None
    case: str
    measured_by: str
    baseline: float | None = None
    baseline_by: str = ""

    def cells(self) -> tuple[str, str, str, str]:
        """What a table says of it: what was measured, the value, the baseline, and on which texts."""
        if self.value is None:
            return self.what, NOT_MEASURED, _NONE, _NONE
        count = f"{self.n:,} {self.case}{'' if self.n == 1 else 's'}" if self.n else ""
        compared = _NONE if self.baseline is None else f"{self.baseline:.2f}: {self.baseline_by}"
        on = ", ".join(filter(None, (self.measured_by, count)))
        return self.what, f"{self.value:.2f} {self.figure}", compared, on


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the methods: its name, heading, and Markdown without the table of figures."""

    name: str
    title: str
    body: str


def figures(path: Path = FILE) -> list[Figure]:
    """All figures, in the order of the file. Raises ValueError, naming the file, when it is not in this format."""
    try:
        rows = [Figure(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
    except (TypeError, json.JSONDecodeError) as error:
        message = f"{path} does not hold a list of figures: {error}. Write it anew with: {_WRITE}"
        raise ValueError(message) from error
    for figure in rows:
        for value in (figure.value, figure.baseline):
            if value is not None and not 0 <= value <= 1:
                message = f"{path}: “{figure.what}” is {value}; a figure lies between 0 and 1."
                raise ValueError(message)
    return rows


def table(figures: Iterable[Figure]) -> list[tuple[str, ...]]:
    """Figures as rows of cells, the first of them the heads; a column that says nothing of any is left out."""
    columns = zip(_HEADS, *(figure.cells() for figure in figures), strict=True)
    return list(zip(*(column for column in columns if set(column[1:]) != {_NONE}), strict=True))


def sections(text: str) -> list[Section]:
    """The sections of the methods, in order; what stands before the first is left out."""
    heads = list(_HEADING.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [
        Section(head["name"], head["title"], _TABLE.sub("", text[head.end() : end]).strip())
        for head, end in zip(heads, ends, strict=False)
    ]


@cache
def section(name: str) -> Section:
    """A section of the methods. KeyError for one there is not."""
    return {part.name: part for part in sections(METHODS.read_text(encoding="utf-8"))}[name]


def with_tables(text: str, figures: Iterable[Figure]) -> str:
    """The methods with the table of each section that has figures written anew, at its end."""
    parts, all_figures = _HEADING.split(_TABLE.sub("", text)), list(figures)
    written = parts[0].rstrip("\n")
    for title, name, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        written += f"\n\n## {title} <!-- {name} -->\n{body.strip()}"
        if rows := [figure for figure in all_figures if figure.name == name]:
            heads, *cells = table(rows)
            lines = (f"| {' | '.join(line)} |\n" for line in (heads, ("---",) * len(heads), *cells))
            written += f"\n\n{_OPEN}\n{''.join(lines)}{_CLOSE}"
    return written + "\n"
