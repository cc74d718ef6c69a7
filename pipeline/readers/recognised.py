"""What a file or folder holds, before it is built: to be shown, and corrected, by whoever adds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import Article, Problem
from pipeline.readers.sources import read_files
from pipeline.readers.tally import OUTLET_DOUBTS, FileRead

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.readers.choices import Choices

_SHOWN: Final = 5
_READ: Final = 2_000


@dataclass(slots=True)
class Recognised:
    """What was recognised.

    ``kinds`` counts files of each kind; ``columns`` says what becomes of each column of the tables; ``first`` are the
    first articles as they are understood; ``left_out`` and ``doubts`` are the problems. ``complete`` is false when
    only the beginning was read, and the counts are of that beginning.
    """

    kinds: dict[str, int] = field(default_factory=dict)
    files: int = 0
    articles: int = 0
    outlets: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    undated: int = 0
    without_outlet: int = 0
    untitled: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    first: list[Article] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    complete: bool = True


def recognise(path: Path, choices: Choices | None = None, *, shown: int = _SHOWN, most: int = _READ) -> Recognised:
    """Read a file or folder, or its beginning, as a build would, and tell what is in it.

    Args:
        path: a file, a folder or an archive.
        choices: corrections of how it is read.
        shown: articles kept to be shown.
        most: articles read at most.
    """
    summary = Recognised()
    for item in read_files([path], choices):
        if isinstance(item, FileRead):
            summary.files += 1
            kind = item.kind or "not read"
            summary.kinds[kind] = summary.kinds.get(kind, 0) + 1
            summary.columns |= item.columns
        elif isinstance(item, Problem):
            (summary.doubts if item.used else summary.left_out).append(item)
        else:
            if summary.articles >= most:
                summary.complete = False
                break
            _count(summary, item, shown)
    return summary


def _count(summary: Recognised, article: Article, shown: int) -> None:
    summary.articles += 1
    summary.outlets[article.source] = summary.outlets.get(article.source, 0) + 1
    summary.languages[article.language] = summary.languages.get(article.language, 0) + 1
    summary.undated += not article.published
    summary.without_outlet += not OUTLET_DOUBTS.isdisjoint(article.doubts)
    summary.untitled += not article.title
    if len(summary.first) < shown:
        summary.first.append(article)
