"""What was recognised in files, kept in their stead: articles, problems and what came of each file, a line each.

So nothing of an upload stays but its articles: no cover of a news database, with the name of who downloaded it, and no
article that was removed.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pipeline.readers.article import Article, Problem
from pipeline.readers.tally import OUTLET_DOUBTS, FileRead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pipeline.readers.choices import Choices
    from pipeline.readers.source_file import SourceFile

END: Final = ".framelens.jsonl"
_FIELDS: Final = tuple(field.name for field in fields(Article) if field.init)
_DAYS: Final = ("published_from", "published_to")
_PARTS: Final = {Article: "article", Problem: "problem", FileRead: "file"}


def write(path: Path, items: Iterable[Article | Problem | FileRead], leave_out: Callable[[Article], bool]) -> int:
    """Keep items in a file, but for the articles to ``leave_out`` and what is told of them; how many articles stay."""
    articles = 0
    gone: Counter[str] = Counter()
    lacking: Counter[tuple[str, str]] = Counter()
    rows: set[tuple[str, int]] = set()
    # Outside of the folder, which is being read.
    partial = path.parent.parent / f".{path.name}.part"
    with partial.open("w", encoding="utf-8") as file:
        for item in items:
            if isinstance(item, Article) and leave_out(item):
                gone[item.origin] += 1
                rows.add((item.origin, item.origin_row))
                lacking[item.origin, "undated"] += "no-date" in item.doubts
                lacking[item.origin, "without_outlet"] += not OUTLET_DOUBTS.isdisjoint(item.doubts)
                lacking[item.origin, "untitled"] += "no-title" in item.doubts
                continue
            if isinstance(item, Problem) and (item.origin, item.origin_row) in rows:
                continue
            if isinstance(item, FileRead) and gone[item.origin]:
                if gone[item.origin] == item.rows:
                    continue
                item = _without(item, gone[item.origin], lacking)  # noqa: PLW2901  the same file with fewer articles
            articles += isinstance(item, Article)
            file.write(json.dumps(_row(item), ensure_ascii=False, default=str) + "\n")
    partial.replace(path)
    return articles


def _without(file: FileRead, gone: int, lacking: Counter[tuple[str, str]]) -> FileRead:
    less = {
        name: getattr(file, name) - lacking[file.origin, name] for name in ("undated", "without_outlet", "untitled")
    }
    return replace(file, rows=file.rows - gone, articles=file.articles - gone, **less)


def _row(item: Article | Problem | FileRead) -> dict[str, Any]:
    values = asdict(item)
    return {"what": _PARTS[type(item)], **{name: values[name] for name in (_FIELDS if "text" in values else values)}}


def read(file: SourceFile) -> Iterator[Article | Problem | FileRead]:
    """The items of a kept file, outlets under the names that the user gives them now."""
    with file.path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield _item(json.loads(line), file.choices)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                reason = "The line is not what Framelens kept here; add the article again."
                yield Problem(file.origin, number, "bad-json", reason, used=False)


def _item(row: dict[str, Any], choices: Choices) -> Article | Problem | FileRead:
    what = row.pop("what")
    if what == "problem":
        return Problem(
            str(row["origin"]), int(row["origin_row"]), str(row["code"]), str(row["reason"]), bool(row["used"])
        )
    if what == "file":
        left_out = {str(code): int(many) for code, many in row["left_out"].items()}
        columns = {str(name): str(use) for name, use in row["columns"].items()}
        return FileRead(
            origin=str(row["origin"]),
            kind=str(row["kind"]),
            rows=int(row["rows"]),
            articles=int(row["articles"]),
            undated=int(row["undated"]),
            without_outlet=int(row["without_outlet"]),
            untitled=int(row["untitled"]),
            left_out=left_out,
            columns=columns,
        )
    first, last = (date.fromisoformat(row[name]) if row[name] else None for name in _DAYS)
    return Article(
        source=choices.outlet(str(row["source"])),
        text=str(row["text"]),
        title=str(row["title"]),
        authors=str(row["authors"]),
        published=str(row["published"]),
        published_from=first,
        published_to=last,
        before_noon=bool(row["before_noon"]),
        date_precision=str(row["date_precision"]),
        date_evidence=str(row["date_evidence"]),
        url=str(row["url"]),
        origin=str(row["origin"]),
        origin_row=int(row["origin_row"]),
        language=str(row["language"]),
        text_changes=tuple(map(str, row["text_changes"])),
        own=tuple((str(name), str(value)) for name, value in row["own"]),
        doubts=tuple(map(str, row["doubts"])),
    )
