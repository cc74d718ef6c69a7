"""What finding stories found of each article for itself (:mod:`pipeline.stories.comparison`), kept for the next build.

One file, replaced whole. It may be thrown away at any time: one that is damaged, or of another version, is as none.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

FILE: Final = "neighbours.npz"
_VERSION: Final = "version"
_NAMES: Final = "names"


class ComparisonFile:
    """Arrays on disk under a version. One process writes."""

    def __init__(self, data: Path, version: str) -> None:
        """Keep in the folder ``data``; ``version`` changes when other arrays would be found."""
        self._file, self._version = data / FILE, version

    def get(self) -> dict[str, NDArray[Any]] | None:
        """What was put last, or None."""
        # The sums of the parts are checked as they are read; a file that is damaged fails in many ways.
        with suppress(Exception), np.load(self._file, allow_pickle=False) as kept:
            if str(kept[_VERSION]) == self._version:
                return {name: kept[name] for name in kept[_NAMES].tolist()}
        return None

    def put(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep ``arrays`` and nothing else."""
        part = self._file.with_name(f"{FILE}.part")
        with part.open("wb") as whole:
            told = {_VERSION: np.array(self._version), _NAMES: np.array(list(arrays))}
            np.savez(whole, allow_pickle=False, **told, **arrays)
        part.replace(self._file)
