"""What the scorer of plain likeness learns from: roundups, and a corpus in which few events have a second report.

In roundups every event has several reports, so the nearest of an article often tell its event. ``lonely_pairs.csv``
names by id the pairs of another corpus that were joined by scorers which had seen roundups alone, and whether they tell
one event, as their headlines and days were read; where ``same`` is empty nobody looked. All other neighbours in that
corpus count as of two events: few are not.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.core.embedding import encoder
from pipeline.stories.clustering import MOST
from pipeline.stories.pair_features import Likeness, StoryText, compare_articles, embed

if TYPE_CHECKING:
    from collections.abc import Sequence

JUDGED: Final = Path(__file__).parent / "lonely_pairs.csv"
STRENGTH: Final = 0.1
FOLDS: Final = 5
# Logits above which plain likeness holds a pair together in a corpus of lonely reports: where two in three are right.
CUTS: Final = {"dated": -1.5, "undated": -1.0}


def compare(rows: Sequence[dict[str, Any]]) -> Likeness:
    """Articles, ``{id, title?, text, date?}``, compared with each other."""
    texts = [StoryText(row.get("title") or "", row["text"], day, day) for row in rows for day in [_day(row)]]
    return Likeness(texts, compare_articles(texts, embed(texts, encoder())))


def _day(row: dict[str, Any]) -> int | None:
    try:
        return date.fromisoformat(str(row.get("date") or "")[:10]).toordinal()
    except ValueError:
        return None


def answers(rows: Sequence[dict[str, Any]], likeness: Likeness) -> np.ndarray:
    """Of each pair 1 for one event, 0 for two, and -1 where nobody looked at what was joined."""
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        judged = {frozenset((row["article"], row["other_article"])): row["same"] for row in csv.DictReader(lines)}
    ids = [str(row["id"]) for row in rows]
    found = (judged.get(frozenset((ids[first], ids[second])), "0") for first, second in likeness.pairs)
    return np.array([int(same) if same else -1 for same in found])


def learn(labels: np.ndarray, features: np.ndarray, kind: str, news: Likeness, same: np.ndarray) -> dict[str, Any]:
    """Weights of the scorer for ``kind``, from pairs of roundups and of ``news``, and the cut for lonely reports.

    Prints how many of the joined pairs are right by scorers that saw no pair with the same first article.
    """
    rows = np.flatnonzero((news.dated if kind == "dated" else ~news.dated) & (same >= 0))
    seen = np.concatenate([Likeness.plain(features), Likeness.plain(news.features())[rows]])
    answer = np.concatenate([labels, same[rows]])
    own = np.arange(len(labels), len(answer))
    fold_of = news.pairs[rows, 0] % FOLDS
    held_out = np.zeros(len(rows))
    for fold in range(FOLDS):
        taught = np.concatenate([np.arange(len(labels)), own[fold_of != fold]])
        weights, bias = _fit(seen[taught], answer[taught])
        held_out[fold_of == fold] = np.clip(seen[own[fold_of == fold]] @ weights + bias, -MOST, MOST)
    print(f"{kind}: {len(rows):,} pairs of lonely reports")
    for cut in np.arange(-2.5, 1.5, 0.5):
        kept = held_out > cut
        right = int((same[rows][kept] == 1).sum())
        print(f"  cut {cut:5.2f}: {right} of {int(kept.sum())} right, of {int((same[rows] == 1).sum())} of one event")
    weights, bias = _fit(seen, answer)
    return {
        "plain": {"weights": [float(f"{weight:.6g}") for weight in weights], "bias": float(f"{bias:.6g}")},
        "plain_cut": CUTS[kind],
    }


def _fit(features: np.ndarray, answer: np.ndarray) -> tuple[np.ndarray, float]:
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((features - mean) / spread, answer)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ mean)
