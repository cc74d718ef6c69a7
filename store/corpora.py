"""The corpora of this data folder: the one that lies in it, and others that readers made, each with a name.

A corpus is a data folder of its own. The first is the served folder itself; those made on the page *Add articles* lie
in its folder ``corpora``, each with its name in ``corpus.json``. Which one is open holds for all who use this server.
``home`` is that folder wherever it is not the one of :func:`served`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ROOM: Final = "corpora"
_NAMED: Final = "corpus.json"
_OPEN: Final = "open.json"
_LONGEST: Final = 80
FIRST: Final = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus: its key (a folder's name, empty for the served folder), its name and where it lies."""

    key: str
    name: str
    folder: Path


def served() -> Path:
    """The folder this server was started on: FRAMELENS_DATA, or .framelens in the working directory."""
    return Path(os.environ.get("FRAMELENS_DATA") or ".framelens")


def listed(home: Path | None = None) -> list[Corpus]:
    """Every corpus, the served folder first, the others by name."""
    home = home or served()
    room = home / _ROOM
    others = [_corpus(path.parent, home) for path in sorted(room.glob(f"*/{_NAMED}"))] if room.is_dir() else []
    return [_corpus(home, home), *sorted(others, key=lambda corpus: (corpus.name.casefold(), corpus.key))]


def current(home: Path | None = None) -> Corpus:
    """The corpus that is open; the served folder where none was chosen or the chosen one is gone."""
    home = home or served()
    key = str(_read(home / _ROOM / _OPEN).get("open", FIRST))
    return next((corpus for corpus in listed(home) if corpus.key == key), _corpus(home, home))


def choose(key: str, home: Path | None = None) -> None:
    """Open a corpus for everybody who uses this server."""
    _write((home or served()) / _ROOM / _OPEN, {"open": key})


def called(name: str, home: Path | None = None) -> Corpus:
    """The corpus of a name or a key.

    Raises:
        ValueError: there is none.
    """
    every = listed(home)
    for corpus in every:
        if name in {corpus.name, corpus.key}:
            return corpus
    message = f"There is no corpus “{name}”. There are: {', '.join(corpus.name for corpus in every)}."
    raise ValueError(message)


def make(name: str, home: Path | None = None) -> Corpus:
    """A new, empty corpus.

    Raises:
        ValueError: the name is empty, too long or taken.
    """
    home = home or served()
    name = _good(name, home)
    key = _key(name)
    folder = home / _ROOM / key
    number = 2
    while folder.exists():
        folder = home / _ROOM / f"{key}-{number}"
        number += 1
    _write(folder / _NAMED, {"name": name})
    return _corpus(folder, home)


def rename(corpus: Corpus, name: str, home: Path | None = None) -> None:
    """Give a corpus another name; its folder and its address stay.

    Raises:
        ValueError: the name is empty, too long or taken.
    """
    if name.strip() != corpus.name:
        _write(corpus.folder / _NAMED, {"name": _good(name, home or served())})


def remove(corpus: Corpus, home: Path | None = None) -> None:
    """Remove a corpus made here with all it holds, its corrections and checks too.

    Raises:
        ValueError: it is the served folder, which is not ours to remove.
    """
    if not corpus.key:
        message = "This corpus is the folder that Framelens was started on; remove it outside of Framelens."
        raise ValueError(message)
    if current(home).key == corpus.key:
        choose(FIRST, home)
    shutil.rmtree(corpus.folder)


def _good(name: str, home: Path) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        message = f"Give the corpus a name of 1 to {_LONGEST} characters."
        raise ValueError(message)
    if any(corpus.name.casefold() == name.casefold() for corpus in listed(home)):
        message = f"There is a corpus called “{name}” already. Choose another name."
        raise ValueError(message)
    return name


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "corpus"


def _corpus(folder: Path, home: Path) -> Corpus:
    key = "" if folder == home else folder.name
    default = folder.name if key else "Demonstration articles" if folder.name == ".framelens" else folder.resolve().name
    return Corpus(key, str(_read(folder / _NAMED).get("name") or default), folder)


def _read(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(path: Path, content: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(content, ensure_ascii=False) + "\n", "utf-8")
    part.replace(path)
