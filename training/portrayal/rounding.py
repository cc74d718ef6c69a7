"""Weights as whole numbers, each column rounded so that it makes good what those before it lost.

After Frantar, Ashkboos, Hoefler and Alistarh, GPTQ (ICLR 2023): what counts is not how far a weight is moved but how
far that moves what the part gives for the states that it reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Sums of two products fit sixteen bits so: 2 x 255 x 64 < 2 ** 15. With more, processors would differ.
HIGHEST: Final = 64
# Each row's highest weight becomes this. Not 64: that is the grid on which the network that teaches lies, and what was
# learned since is less than half of its steps.
BOUND: Final = 60
# Added to the products of each number with itself, a share of their mean: they need an inverse.
DAMPED: Final = 0.01


def rounded(weight: Array, products: Array) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """``weight``, (out, in), as whole numbers, and the scale of each row.

    ``products`` are sums of the products of each two numbers that it reads, (in, in).
    """
    scale = np.abs(weight).max(axis=1) / BOUND
    left = weight.astype(np.float64) / scale[:, None]
    damped = products + DAMPED * np.diag(products).mean() * np.eye(len(products))
    passed_on = np.linalg.cholesky(np.linalg.inv(damped)).T
    whole = np.empty_like(left)
    for column in range(left.shape[1]):
        whole[:, column] = np.clip(np.rint(left[:, column]), -HIGHEST, HIGHEST)
        lost = (left[:, column] - whole[:, column]) / passed_on[column, column]
        left[:, column + 1 :] -= np.outer(lost, passed_on[column, column + 1 :])
    return whole.astype(np.int8), scale.astype(np.float32)
