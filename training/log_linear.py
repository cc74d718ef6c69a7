"""Fitting the log-linear models of indirect contents: weights of features, by L-BFGS with an L2 penalty."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import minimize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from training.content_rows import Lesson

    Numbers = NDArray[np.float64]

PENALTY: Final = 12.0
STEPS: Final = 60


@dataclass(slots=True)
class Questions:
    """The rows of a lesson as matrices, and for each pair the rows it is made of.

    ``matrices``: of cues, starts, ends, pairs. ``group``: number of the side a pair is of; ``parts``: its rows.
    """

    names: list[list[str]]
    matrices: list[csr_matrix]
    parts: list[NDArray[np.int64]]
    group: NDArray[np.int64]
    right: NDArray[np.bool_]
    article: NDArray[np.int64]

    @classmethod
    def of(cls, lesson: Lesson) -> Questions:
        """Lay out ``lesson``."""
        matrices = [rows.matrix() for rows in lesson.rows]
        parts: list[list[int]] = [[], [], [], []]
        group, right = [], []
        for number, side in enumerate(lesson.sides):
            cue, starts, ends, pairs = side.rows
            for n, (s, e) in enumerate(side.pairs):
                for part, row in zip(parts, (cue, starts + s, ends + e, pairs + n), strict=True):
                    part.append(row)
            group += [number] * len(side.pairs)
            right += side.right
        return cls(
            [names for names, _ in matrices],
            [matrix for _, matrix in matrices],
            [np.array(part) for part in parts],
            np.array(group),
            np.array(right),
            np.array([side.article for side in lesson.sides]),
        )

    def fit(self, learned_from: NDArray[np.bool_] | None = None) -> list[Numbers]:
        """Weights of the features of cues, starts, ends and pairs, and last the bias.

        What is made least is the surprise at the right pairs of a side taken together, or at none where none is right.
        ``learned_from`` tells the sides that are learned from: all unless given.
        """
        sizes = np.cumsum([0, *(matrix.shape[1] for matrix in self.matrices)])
        across = [matrix.T.tocsr() for matrix in self.matrices]
        first = np.searchsorted(self.group, np.arange(len(self.article)))
        answered = np.logical_or.reduceat(self.right, first)
        counted = np.ones(len(self.article)) if learned_from is None else learned_from.astype(np.float64)

        def loss(values: Numbers) -> tuple[float, Numbers]:
            scores = self.scores([values[a:b] for a, b in pairwise(sizes)], values[-1])
            top = np.maximum(np.maximum.reduceat(scores, first), 0.0)
            power = np.exp(scores - top[self.group])
            none = np.exp(-top)
            whole = np.add.reduceat(power, first) + none
            won = np.maximum(np.where(answered, np.add.reduceat(power * self.right, first), none), 1e-300)
            surprise = (np.log(whole) - np.log(won)) * counted
            pull = power / whole[self.group] - np.where(self.right, power / won[self.group], 0.0)
            pull *= counted[self.group]
            gradient = [
                matrix @ np.bincount(part, pull, matrix.shape[1]).astype(np.float32)
                for matrix, part in zip(across, self.parts, strict=True)
            ]
            penalised = np.concatenate(gradient).astype(np.float64) + PENALTY * values[:-1]
            return float(surprise.sum() + PENALTY / 2 * (values[:-1] ** 2).sum()), np.append(penalised, pull.sum())

        start = np.zeros(sizes[-1] + 1)
        weights = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
        return [*(weights[a:b] for a, b in pairwise(sizes)), weights[-1:]]

    def row_scores(self, weights: Sequence[Numbers]) -> list[Numbers]:
        """The weight of each row of cues, starts, ends and pairs."""
        return [
            (matrix @ part_weights.astype(np.float32)).astype(np.float64)
            for matrix, part_weights in zip(self.matrices, weights, strict=False)
        ]

    def scores(self, weights: Sequence[Numbers], bias: float) -> Numbers:
        """The score of each pair against none."""
        rows = self.row_scores(weights)
        return np.sum([row[part] for row, part in zip(rows, self.parts, strict=True)], axis=0) + bias
