"""What came of each file: counts, and doubts about its articles told once a file and not once an article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import Article, Glance, Problem
from pipeline.readers.columns import normal
from pipeline.readers.source_file import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Doubt about an article: what is said of all of a file that share it.
DOUBTS: Final[dict[str, tuple[str, str]]] = {
    "no-date": ("have no date", "They are in no figure by time or administration; add a date, or correct the column."),
    "no-outlet": (
        "name no outlet",
        "The name of its file, sheet or folder was taken for it; add a column with the outlet, or name the right one.",
    ),
    "outlet-from-address": ("name no outlet but an address", "The site of the address was taken for the outlet."),
    "no-title": ("have no title", "The first words of the text name them."),
    "cut-text": ("are cut", "The service gave only the beginning of each text; add the whole texts."),
    "partial-text": ("have no text", "Only a summary or lead was there and was read; add the whole texts."),
    "masked-text": (
        "are masked",
        "Words were replaced by @ before the texts were published; figures miss those words.",
    ),
    "perhaps-several": (
        "may be several",
        (
            "The file holds several bylines, titles or notices, and nothing tells where an article begins. If it holds "
            "several, put each into a file of its own, or above each a line of ten equal signs and lines such as "
            "“Title: …” and “Date: …”."
        ),
    ),
    "several-articles": (
        "were parted",
        "The file does not say where each of its articles begins; check that they were parted right.",
    ),
    "date-from-name": ("have a date only in the file's name", "It was taken for the day of publication."),
}
# The outlet is what the file or its folder is called. Of plain texts in one folder it is told once.
OUTLET_FROM_FOLDER: Final = "outlet-from-folder"
OUTLET_DOUBTS: Final = frozenset({"no-outlet", OUTLET_FROM_FOLDER})
_ROWS_TOLD: Final = 8
# Of why a column is not used: see pipeline.readers.columns.
_LONG: Final = "its cells are longer than"
_NAMES_TOLD: Final = 40
# What columns of a file are taken for, and what is looked for among them, with the doubts about articles without it.
_OURS: Final = {
    "text": "the text", "title": "the title", "published": "the date", "source": "the outlet", "authors": "the author",
}  # fmt: skip
_LOOKED_FOR: Final[dict[str, tuple[str, ...]]] = {
    "source": ("no-outlet", "outlet-from-address"), "title": ("no-title",), "published": ("no-date",), "authors": (),
}  # fmt: skip


def outlets_from_folders(articles: Mapping[tuple[str, str], int]) -> Iterator[Problem]:
    """That a folder's name was taken for an outlet, once a folder.

    Args:
        articles: how many articles there are of each folder and outlet.
    """
    for (folder, outlet), count in articles.items():
        who = "The article of this folder names" if count == 1 else f"{count:,} articles of this folder name"
        reason = (
            f"{who} no outlet; {outlet}, the name of the folder, was taken for it. If it is none, write a line such as "
            "“Source: …” above each text, or put a table of the files beside them."
        )
        yield Problem(folder, 0, OUTLET_FROM_FOLDER, reason, used=True)


@dataclass(slots=True)
class FileRead:
    """One file: what it is and what came of it. ``rows`` counts articles and what was left out."""

    origin: str
    kind: str = ""
    rows: int = 0
    articles: int = 0
    undated: int = 0
    without_outlet: int = 0
    untitled: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


class Tally:
    """Counts what a reader yields for one file."""

    def __init__(self, origin: str) -> None:
        self.file = FileRead(origin)
        self._doubts: dict[str, list[int]] = {}
        self._counts: dict[str, int] = {}
        self._guessed: set[str] = set()

    def add(self, item: Article | Glance | Problem | Seen) -> None:
        """Count an item."""
        if isinstance(item, Seen):
            self.file.kind = item.kind or self.file.kind
            self.file.columns |= item.columns
            self._guessed |= set(item.guessed)
            self.file.rows += item.rows
        elif isinstance(item, Article | Glance):
            self.file.rows += 1
            self.file.articles += 1
            if not item.doubts:
                return
            for doubt in item.doubts:
                self._counts[doubt] = self._counts.get(doubt, 0) + 1
                rows = self._doubts.setdefault(doubt, [])
                if len(rows) < _ROWS_TOLD:
                    rows.append(item.origin_row)
            self.file.undated += "no-date" in item.doubts
            self.file.without_outlet += not OUTLET_DOUBTS.isdisjoint(item.doubts)
            self.file.untitled += "no-title" in item.doubts
        elif not item.used:
            self.file.rows += 1
            self.file.left_out[item.code] = self.file.left_out.get(item.code, 0) + 1

    def problems(self) -> Iterator[Problem]:
        """The doubts about the file's articles, and its columns that are not used."""
        for code, (what, do) in DOUBTS.items() if self._counts else ():
            count = self._counts.get(code, 0)
            if count and not (code == "no-title" and self._needs_no_title()):
                yield Problem(self.file.origin, 0, code, self._in_words(code, count, what, do), used=True)
        if self.file.columns:
            yield from self._of_columns()

    def _of_columns(self) -> Iterator[Problem]:
        """Columns taken for something by their cells, and those of which nothing is made."""
        columns = self.file.columns
        taken = [(role, name) for name, role in columns.items() if role in self._guessed]
        if taken:
            told = ", ".join(f"{name} for {_OURS[role]}" for role, name in taken)
            reason = (
                f"No name says which columns these are; by what stands in them were taken {told}. If that is wrong, "
                f"choose the right ones on Add articles, or name them to a build: `--column {taken[0][0]}=NAME`."
            )
            yield Problem(self.file.origin, 0, "columns-guessed", reason, used=True)
        missing = [role for role, doubts in _LOOKED_FOR.items() if self._lacks(role, doubts)]
        unused = [
            f"{name or '(no name)'} ({why.removeprefix('not used: ')})"
            for name, why in columns.items()
            if why.startswith("not used")
        ]
        kept = [name for name, why in columns.items() if why == "kept"] if missing else []
        parts = [f"Columns not used: {_shortly(unused)}."] if unused else []
        if any(_LONG in why for why in unused) and self.file.articles:
            parts.append("If one of them holds the text, choose it on Add articles or name it: `--column text=NAME`.")
        if not all(normal(name).endswith("id") for name in kept):  # what only numbers the articles is none of these
            *others, last = [_OURS[role] for role in missing]
            lacking = f"{', '.join(others)} or {last}" if others else last
            parts.append(
                f"No column was found for {lacking}. Kept beside each article, and used for nothing else: "
                f"{_shortly(kept)}. If one of them is it, choose it on Add articles, or name it to a build: "
                f"`--column {missing[0]}=NAME`."
            )
        if parts:
            yield Problem(self.file.origin, 0, "columns-not-used", " ".join(parts), used=True)

    def _lacks(self, role: str, doubts: tuple[str, ...]) -> bool:
        """Whether the file has articles and no column for a role, and nothing else told it of all of them."""
        if not self.file.articles or role in self.file.columns.values():
            return False
        return not doubts or any(map(self._counts.get, doubts))

    def _needs_no_title(self) -> bool:
        """Whether the file has no place for a title: a plain text, or a table without such a column."""
        columns = self.file.columns
        return self.file.kind.startswith(("text", "PDF")) or (bool(columns) and "title" not in columns.values())

    def _in_words(self, code: str, count: int, what: str, do: str) -> str:
        of = self.file.articles
        if of == 1:
            singular = {"have ": "has ", "are ": "is ", "were ": "was ", "name ": "names "}
            head = next((new + what[len(old) :] for old, new in singular.items() if what.startswith(old)), what)
            return f"The article {head}. {do.replace('They are', 'It is')}"
        rows = (
            ""
            if count == of
            else " (row " + ", ".join(map(str, self._doubts[code])) + (", …)" if count > _ROWS_TOLD else ")")
        )
        return f"{count:,} of {of:,} articles {what}{rows}. {do}"


def _shortly(names: Sequence[str]) -> str:
    more = len(names) - _NAMES_TOLD
    return ", ".join(names[:_NAMES_TOLD]) + (f" and {more:,} more" if more > 0 else "")
