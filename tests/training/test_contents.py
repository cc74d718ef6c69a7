"""The trees that rank indirect contents answer as the learner does that grew them."""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.core.boosted_trees import Trees
from training.contents import nodes_of


def test_trees_answer_as_their_learner(tmp_path):
    rows = np.random.default_rng(0).normal(size=(400, 5)).astype(np.float32).astype(np.float64)
    right = rows[:, 0] * rows[:, 1] > 0.2
    learner = HistGradientBoostingClassifier(max_iter=20, max_depth=4, random_state=0).fit(rows, right)
    trees = nodes_of(learner)
    assert trees.probabilities(rows) == pytest.approx(learner.predict_proba(rows)[:, 1])
    trees.write(tmp_path / "trees.npz")
    kept = Trees.read(tmp_path / "trees.npz").probabilities(rows)
    # Bounds are kept short: a row right at one may fall to its other side.
    assert np.mean(np.abs(kept - trees.probabilities(rows)) < 1e-4) > 0.98
    assert trees.probabilities(rows[:0]).tolist() == []
