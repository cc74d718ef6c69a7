"""What the trainings share: reading rows, calibrating on rows kept from learning, and the error that is left."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def temper(logits: Array, labels: NDArray[np.int64]) -> Array:
    """Factor and offsets by which held-out logits become the likeliest probabilities."""

    def loss(values: Array) -> float:
        tempered = logits * values[0] + values[1:]
        tempered = tempered - tempered.max(axis=1, keepdims=True)
        chosen = tempered[np.arange(len(labels)), labels]
        return float(np.mean(np.log(np.exp(tempered).sum(axis=1)) - chosen))

    values = minimize(loss, np.array([1.0, 0.0, 0.0, 0.0]), method="L-BFGS-B").x
    values[1:] -= values[1:].mean()
    return values


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
