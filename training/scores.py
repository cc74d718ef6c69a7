"""What the trainings share: reading rows, fitting a regression, and how far from right probabilities are."""

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


def fit(
    features: Array, answers: NDArray[Any], strength: float, counts: Array | None = None, steps: int = 5000
) -> tuple[Array, float]:
    """Weights ``(features,)`` and bias of a logistic regression, for features as they are.

    Args:
        features: ``(rows, features)``.
        answers: 1 or 0 for each row.
        strength: how little weights are held back, once features have been brought to one spread.
        counts: how much each row counts; all alike unless given.
        steps: after so many the fit is taken as it is.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  not all trainings need it

    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(C=strength, max_iter=steps)
    model.fit((features - mean) / spread, answers, sample_weight=counts)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ mean)


def written(weights: Array, bias: float) -> dict[str, Any]:
    """Weights and bias as they are kept, in six digits."""
    return {"weights": [float(f"{weight:.6g}") for weight in weights], "bias": float(f"{bias:.6g}")}


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
