"""One name for each outlet: the user's table of names, and suggestions for it by likeness."""

from __future__ import annotations

import csv
import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# In a data folder: a row for each name that files write, with the outlet that it stands for.
FILE: Final = "outlets.csv"
# The same as the last build was done with.
BUILT: Final = "outlets.built.csv"
_HEADER: Final = ("name", "outlet")
_ENDS = re.compile(r"\.(?:com|org|net|co\.uk|news|gov|edu|us)\b")
_FILLERS: Final = frozenset({"the", "online", "digital", "web", "website", "com", "www", "edition", "print", "us"})
_ALIKE: Final = 0.9


def load(data: Path, name: str = FILE) -> dict[str, str]:
    """The table of a data folder, or the one of its last build: the outlet of each name, in small letters.

    Raises:
        ValueError: it has not the columns name and outlet.
    """
    path = data / name
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not set(_HEADER) <= set(rows.fieldnames or ()):
            message = f"{path} needs the columns name and outlet in its first line. Mend it or remove it."
            raise ValueError(message)
        return {
            row["name"].strip().lower(): row["outlet"].strip()
            for row in rows
            if (row["name"] or "").strip() and (row["outlet"] or "").strip()
        }


def changed(table: Mapping[str, str], name: str, outlet: str) -> dict[str, str]:
    """The table with ``name`` read as ``outlet``; a name that is read as itself is taken out of it."""
    rest = {written: best for written, best in table.items() if written != name.strip().lower()}
    return rest if name.strip() == outlet.strip() else rest | {name.strip().lower(): outlet.strip()}


def save(data: Path, table: Mapping[str, str], name: str = FILE) -> None:
    """Write the table of a data folder; an empty one leaves no file."""
    path = data / name
    if not table:
        path.unlink(missing_ok=True)
        return
    data.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        writer.writerows(sorted(table.items()))
    partial.replace(path)


def suggest(articles: Mapping[str, int]) -> list[tuple[str, str]]:
    """Names that look like another way to write an outlet's, each with the name to use: the one of most articles.

    ``articles`` counts the articles of each name. Nothing is changed: the user decides.
    """
    ranked = sorted(articles, key=lambda name: (-articles[name], name))
    names_by_letters: dict[str, str] = {}
    suggestions = []
    for name in ranked:
        plain = _plain(name)
        like = next((letters for letters in names_by_letters if letters == plain or _alike(letters, plain)), None)
        if like is None:
            names_by_letters[plain] = name
        else:
            suggestions.append((name, names_by_letters[like]))
    return sorted(suggestions)


def _plain(name: str) -> str:
    words = re.findall(r"[^\W_]+", _ENDS.sub("", name.lower()))
    return "".join(word for word in words if word not in _FILLERS) or name.lower()


def _alike(first: str, second: str) -> bool:
    longest = max(len(first), len(second))
    if longest < 6 or abs(len(first) - len(second)) > 2:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
