"""From what the network says to how often it is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# So that logits all alike are not divided by nothing.
SMALL: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Tempering:
    """Logits, less their mean, are divided by the root of their length; each label has a factor and a shift.

    The network learned shares and not labels: it is less sure of neutral than it is right, and toned passages that are
    far from neutral are hardly more often right than those that are near.
    """

    factors: Array
    shifts: Array

    def of(self, logits: Array) -> Array:
        """Logits of the probabilities, (rows, 3)."""
        centred = logits - logits.mean(axis=1, keepdims=True)
        length = np.sqrt((centred**2).sum(axis=1, keepdims=True))
        return centred / np.sqrt(length + SMALL) * self.factors + self.shifts


def tempering(logits: Array, labels: NDArray[np.int64]) -> Tempering:
    """The one by which held-out logits become the likeliest probabilities."""

    def loss(values: Array) -> float:
        said = log_softmax(Tempering(values[:3], values[3:]).of(logits), axis=1)
        return float(-said[np.arange(len(labels)), labels].mean())

    found = minimize(loss, np.repeat([1.0, 0.0], 3), method="L-BFGS-B").x
    return Tempering(found[:3], found[3:] - found[3:].mean())
