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
    found = Recognised()
    for item in read_files([path], choices):
        if isinstance(item, FileRead):
            found.files += 1
            kind = item.kind or "not read"
            found.kinds[kind] = found.kinds.get(kind, 0) + 1
            found.columns |= item.columns
        elif isinstance(item, Problem):
            (found.doubts if item.used else found.left_out).append(item)
        else:
            if found.articles >= most:
                found.complete = False
                break
            _count(found, item, shown)
    return found


def _count(found: Recognised, article: Article, shown: int) -> None:
    found.articles += 1
    found.outlets[article.source] = found.outlets.get(article.source, 0) + 1
    found.languages[article.language] = found.languages.get(article.language, 0) + 1
    found.undated += not article.published
    found.without_outlet += not OUTLET_DOUBTS.isdisjoint(article.doubts)
    found.untitled += not article.title
    if len(found.first) < shown:
        found.first.append(article)
