"""What a build says at its end, line by line. Nothing is loaded for it: a build without news says the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

# Problems shown at once; `status` lists them all.
_SHOWN: Final = 10


def end_lines(counts: Mapping[str, int], problems: Iterable[Any]) -> Iterator[str]:
    """What a build met and what came of it, and why entries were left out; ``counts`` are :func:`file_counts`."""
    left_out = Counter(problem.code for problem in problems if not problem.used)
    rows = [
        *counts.items(),
        ("left out", left_out.total()),
        *((f"  {code.replace('-', ' ')}", count) for code, count in sorted(left_out.items())),
    ]
    longest = max(len(name) for name, _ in rows)
    widest = max(len(f"{count:,}") for _, count in rows)
    yield from (f" {name:{longest}}  {count:>{widest},} " for name, count in rows)


def file_counts(files: Iterable[Any], other_languages: int) -> dict[str, int]:
    """How many files were met, and how many of what in them."""
    all_files = list(files)
    return {
        "files met": len(all_files),
        "rows and entries": sum(file.rows for file in all_files),
        "articles": sum(file.articles for file in all_files),
        "  undated": sum(file.undated for file in all_files),
        "  without an outlet of their own": sum(file.without_outlet for file in all_files),
        "  in other languages, not analysed": other_languages,
    }


def found_line(articles: int, data: Path, change: str, snapshot: int) -> str:
    """How many articles there are now."""
    return f"{articles:,} articles in {data} ({change}; snapshot {snapshot})."


def problem_lines(problems: Sequence[Any], most: int = _SHOWN) -> Iterator[str]:
    """The first problems, a line each."""
    for problem in problems[:most]:
        row = f":{problem.origin_row}" if problem.origin_row else ""
        mark = "used with a doubt" if problem.used else "not used"
        yield f"  {problem.origin}{row} [{problem.code}, {mark}] {problem.reason}"
    if len(problems) > most:
        yield f"  and {len(problems) - most} more: python -m pipeline status lists them all."
