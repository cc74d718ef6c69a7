"""Boosted regression trees, added up without any learning library (Friedman, Annals of Statistics 2001)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes of all trees in a row.

    Where ``feature`` is at most ``bound`` a node leads to ``left``, else to ``right``. A leaf has itself on both sides.
    ``roots`` are the first nodes of the trees; ``depth`` is that of the deepest.
    """

    feature: NDArray[np.int32]
    bound: Numbers
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Numbers
    roots: NDArray[np.int32]
    base: float
    depth: int

    @classmethod
    def read(cls, path: Path) -> Trees:
        """Read what :meth:`write` wrote."""
        with np.load(path) as arrays:
            return cls(
                arrays["feature"].astype(np.int32),
                arrays["bound"].astype(np.float64),
                arrays["left"].astype(np.int32),
                arrays["right"].astype(np.int32),
                arrays["value"].astype(np.float64),
                arrays["roots"].astype(np.int32),
                float(arrays["base"]),
                int(arrays["depth"]),
            )

    def write(self, path: Path) -> None:
        """Write the nodes, the same bytes for the same trees; numbers that need no more are kept short."""
        np.savez_compressed(
            path,
            feature=self.feature.astype(np.uint8),
            bound=self.bound.astype(np.float32),
            left=self.left,
            right=self.right,
            value=self.value.astype(np.float32),
            roots=self.roots,
            base=np.array(self.base),
            depth=np.array(self.depth),
        )

    def probabilities(self, rows: Numbers) -> Numbers:
        """The probability of each of ``rows``, an array (rows, features)."""
        if not len(rows):
            return np.zeros(0)
        flat, width = rows.ravel(), rows.shape[1]
        first = (np.arange(len(rows)) * width)[:, None]
        nodes = np.repeat(self.roots[None, :], len(rows), axis=0)
        for _ in range(self.depth):
            goes_left = flat[first + self.feature[nodes]] <= self.bound[nodes]
            nodes = np.where(goes_left, self.left[nodes], self.right[nodes])
        return 1 / (1 + np.exp(-(self.base + self.value[nodes].sum(axis=1))))
