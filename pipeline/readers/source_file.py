"""A file to read, with what its place and its user say of it, and what a reader tells besides articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.readers.choices import Choices
from pipeline.readers.columns import says_nothing
from pipeline.readers.decoding import PACKED_ENDS

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from pipeline.readers.manifest import Manifest


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file: where its bytes lie, what it is called in every message, and the folders around it.

    ``folders`` are names of folders, the nearest first. Files of an archive lie elsewhere than they are called.
    ``manifest`` is the table that describes the files of its folder, and ``manifest_values`` and ``own`` what that
    says of this one; ``depth`` how many archives it lies in. ``wanted`` are ids of articles that are asked for: of
    others, a glance will do. None asks for all.
    """

    path: Path
    origin: str
    folders: tuple[str, ...] = ()
    choices: Choices = field(default_factory=Choices)
    manifest: Manifest | None = None
    manifest_values: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    depth: int = 0
    wanted: Collection[str] | None = None

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.origin.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """The file's name without what says its format."""
        name = self.name
        for end in (*PACKED_ENDS, ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".tab", ".tar"):
            if name.lower().endswith(end):
                name = name[: -len(end)]
        end = name.rpartition(".")[2]
        return name.rpartition(".")[0] or name if "." in name and len(end) <= 7 else name

    def folder_outlet(self) -> str:
        """The nearest folder whose name may be an outlet's: not a year, ``articles`` or ``politics``."""
        return next((name for name in self.folders if not says_nothing(name)), self.folders[0] if self.folders else "")

    def place_outlet(self) -> str:
        """The outlet that a file of many articles is named for, or else its folder."""
        if not says_nothing(self.stem):
            return self.stem
        return next((name for name in self.folders if not says_nothing(name)), self.stem)

    def with_manifest_values(self, values: dict[str, str]) -> dict[str, str]:
        """What was read of the file's one article, and over it what its manifest says."""
        return values | {
            role: value for role, value in self.manifest_values.items() if value.strip() and role != "text"
        }


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader made of a file: its kind in words, what became of each column, and rows that hold no article.

    ``guessed`` are the roles whose column was told by its cells and by no name.
    """

    kind: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    guessed: tuple[str, ...] = ()
