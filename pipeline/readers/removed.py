"""Articles that a user removed: no build reads them again, and nothing of them is kept but marks to know them by."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.readers.article import Article

# In a data folder: a line for each article, with hashes alone.
FILE: Final = "removed.jsonl"
_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Removed:
    """Marks of removed articles: their ids, and hashes of their letters with their file.

    By the latter an article is known again when its outlet got another name, or its text is mended in another way.
    """

    ids: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    def holds(self, article: Article) -> bool:
        """Whether an article is one of them."""
        return bool(self.ids) and (
            article.article_id in self.ids or place_of(article.origin, article.text) in self.places
        )


def place_of(origin: str, text: str) -> str:
    """The mark of a text in a file: a hash of the text's letters and the file's name."""
    letters = _NOT_A_LETTER.sub("", text).casefold()
    return hashlib.sha256(f"{origin}\0{letters}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def load(data: Path) -> Removed:
    """The marks of a data folder.

    Raises:
        ValueError: the file cannot be read, so that a build could bring back what was removed.
    """
    rows = _rows(data)
    return Removed(frozenset(row["article"] for row in rows), frozenset(row["place"] for row in rows))


def listed(data: Path) -> list[tuple[str, str]]:
    """Id and time of each removal, in order."""
    return [(row["article"], row.get("at", "")) for row in _rows(data)]


def add(data: Path, articles: Iterable[tuple[str, str]]) -> None:
    """Remember removals, each as its article's id and :func:`place_of`; they are on the disk on return."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    removed = load(data)
    rows = [
        {"article": article_id, "place": place, "at": at}
        for article_id, place in articles
        if article_id not in removed.ids
    ]
    with (data / FILE).open("a", encoding="ascii") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()
        os.fsync(file.fileno())


def take_back(data: Path, article: str) -> bool:
    """Let builds read an article again, from the user's own files; whether it was among the removed."""
    rows = _rows(data)
    rows_kept = [row for row in rows if row["article"] != article]
    if len(rows_kept) == len(rows):
        return False
    partial = data / f"{FILE}.part"
    partial.write_text("".join(json.dumps(row) + "\n" for row in rows_kept), "ascii")
    partial.replace(data / FILE)
    return True


def _rows(data: Path) -> list[dict[str, str]]:
    path = data / FILE
    if not path.is_file():
        return []
    try:
        rows = [json.loads(line) for line in path.read_text("ascii").splitlines() if line.strip()]
        return [
            {name: str(row[name]) for name in ("article", "place")} | {"at": str(row.get("at", ""))} for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path} says which articles were removed and cannot be read ({error}). Mend it or take it out."
        raise ValueError(message) from error
