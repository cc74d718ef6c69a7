"""The files a reader dropped in, kept in a folder of their own until they are built or taken back."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from store import corpora

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    class Uploaded(Protocol):
        """A file as Streamlit hands it over."""

        name: str

        def getbuffer(self) -> memoryview:
            """Its bytes."""
            ...


_ROOM: Final = "incoming"
_TOKEN: Final = re.compile(r"[0-9a-f]{16}")
# What nobody built nor took back is thrown away after a day.
_KEPT_SECONDS: Final = 24 * 3600
_LONGEST_NAME: Final = 120


def new() -> str:
    """A new, empty set of files; old ones that were forgotten are removed."""
    room = corpora.served() / _ROOM
    if room.is_dir():
        for path in room.iterdir():
            if _TOKEN.fullmatch(path.name) and path.stat().st_mtime < time.time() - _KEPT_SECONDS:
                shutil.rmtree(path, ignore_errors=True)
    token = secrets.token_hex(8)
    (room / token).mkdir(parents=True)
    return token


def folder(token: str) -> Path | None:
    """Where a set lies; None when there is none of this name."""
    path = corpora.served() / _ROOM / token
    return path if _TOKEN.fullmatch(token) and path.is_dir() else None


def names(token: str) -> list[str]:
    """The files of a set, below its folder, in order."""
    upload = folder(token)
    return sorted(path.relative_to(upload).as_posix() for path in upload.rglob("*") if path.is_file()) if upload else []


def safe_name(name: str) -> str:
    """A file's name as it is kept: its last folders stay, nothing leads out of the set, nothing is hidden."""
    parts = [
        re.sub(r"[\x00-\x1f\x7f:*?\"<>|]", "_", part).strip() for part in PurePosixPath(name.replace("\\", "/")).parts
    ]
    safe_parts = [part.lstrip(".")[:_LONGEST_NAME] for part in parts if part.strip("/. ")]
    return "/".join(part for part in safe_parts if part) or "file"


def keep(token: str, files: Iterable[Uploaded]) -> None:
    """Put files into a set; one of the same name takes the place of the other."""
    upload = folder(token)
    for file in files:
        if upload is not None:
            path = upload / safe_name(file.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as out:
                out.write(file.getbuffer())


def paste(token: str, text: str) -> None:
    """Keep a pasted text as a file of the set."""
    upload = folder(token)
    if upload is not None and text.strip():
        number = 1 + sum(name.startswith("pasted") for name in names(token))
        (upload / f"pasted {number}.txt").write_text(text, "utf-8")


def take_back(token: str) -> None:
    """Throw a set away."""
    if upload := folder(token):
        shutil.rmtree(upload, ignore_errors=True)


def hand_over(token: str, corpus: corpora.Corpus) -> tuple[Path, Path]:
    """Move the files of a set to the sources of a corpus: that folder, and the set's own in it; no copy is left."""
    sources = corpus.folder / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    target = sources / time.strftime("%Y-%m-%d %H%M%S")
    number = 1
    while target.exists():
        number += 1
        target = sources / f"{time.strftime('%Y-%m-%d %H%M%S')} {number}"
    if upload := folder(token):
        upload.rename(target)
    return sources, target
