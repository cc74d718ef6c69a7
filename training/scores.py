"""What the trainings share: reading rows, and how far from right probabilities are."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def calibration_error(p: Array, labels: NDArray[np.int64], bins: int = 10) -> float:
    """Expected calibration error of the most probable label, in ``bins`` bins of equal width."""
    sure, right = p.max(axis=1), p.argmax(axis=1) == labels
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(sure[which == number].mean() - right[which == number].mean()) * (which == number).mean()
            for number in set(which)
        )
    )
