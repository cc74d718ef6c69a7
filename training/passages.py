"""Learn from judged pairs how alike two passages must be to tell the same fact.

    python -m training.passages STORE

``STORE`` is a data folder that holds the judged articles. ``passages.csv`` has the pairs, by article and offsets: drawn
at random within strata of likeness from the stories of a corpus, read, and judged to tell the same fact or not. A pair
``stands_for`` so many of its stratum. Writes ``pipeline/resources/stories/passages.json`` and prints how many joined
pairs are right, by scorers that saw no pair of the same story.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.build.cache import VectorCache
from pipeline.core.embedding import encoder, encoder_id
from pipeline.stories.facts import comparable
from pipeline.stories.passage_pairs import WEIGHTS, PassageLikeness
from pipeline.stories.write import passages_of, plain_text
from store.queries.stories import SURE
from store.snapshot.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

PAIRS: Final = Path(__file__).with_suffix(".csv")
ENDS: Final = ("article", "other_article")
FOLDS: Final = 8
ROUNDS: Final = 5
STRENGTH: Final = 0.01
# Likely pairs are judged far more often than they come; weights between the two keep the many unlikely ones in view.
POWER: Final = 0.25
# The share of joined pairs that must be right, as estimated for pairs that are not word for word the same.
RIGHT: Final = 0.8
# Judged pairs from one place to the next at which the share that is right is written down.
STEP: Final = 25
# Nothing is written of pairs much less likely than those that are joined.
LEAST: Final = -0.5


def read_pairs(data: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """What is seen of each judged pair, whether it tells the same, how many it stands for, and its story."""
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        judged = list(csv.DictReader(lines))
    wanted: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in judged:
        wanted[row["story"]].append(row)
    told = {story: sorted({row[key] for row in rows for key in ENDS}) for story, rows in sorted(wanted.items())}
    with Writer.open(data, versions={}) as writer:
        among = {article for articles in told.values() for article in articles}
        articles = writer.coming("articles", ("article_id", "text"), among=among).to_pylist()
        passages = passages_of(writer, {article["article_id"]: article["text"] for article in articles})
    vectors = VectorCache(data / "vectors.sqlite", encoder, encoder_id())
    seen, same, stands_for, stories = [], [], [], []
    for story, articles_of_it in told.items():
        rows = wanted[story]
        own = comparable([passage for article in articles_of_it for passage in passages[article]])
        likeness = PassageLikeness(own, vectors.encode([plain_text(passage) for passage in own]))
        place = {(passage.article, passage.start): number for number, passage in enumerate(own)}
        one = np.array([place[row["article"], int(row["start"])] for row in rows])
        other = np.array([place[row["other_article"], int(row["other_start"])] for row in rows])
        seen.append(likeness.features(one, other))
        same += [int(row["same"]) for row in rows]
        stands_for += [float(row["stands_for"]) for row in rows]
        stories += [story] * len(rows)
    vectors.close()
    return np.concatenate(seen), np.array(same), np.array(stands_for), np.array(stories)


def fit(seen: np.ndarray, same: np.ndarray, stands_for: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias for features as they are."""
    mean, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit((seen - mean) / spread, same, sample_weight=stands_for**POWER)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ mean)


def held_out(seen: np.ndarray, same: np.ndarray, stands_for: np.ndarray, stories: np.ndarray) -> np.ndarray:
    """Log odds of pairs by scorers that saw no pair of their story: the mean of several rounds."""
    odds, names = np.zeros(len(same)), np.unique(stories)
    for turn in range(ROUNDS):
        drawn = dict(zip(names, np.random.default_rng(turn).integers(0, FOLDS, len(names)), strict=True))
        folds = np.array([drawn[story] for story in stories])
        for fold in range(FOLDS):
            own = folds == fold
            weights, bias = fit(seen[~own], same[~own], stands_for[~own])
            odds[own] += (seen[own] @ weights + bias) / ROUNDS
    return odds


def shares_right(odds: np.ndarray, same: np.ndarray, stands_for: np.ndarray) -> list[tuple[float, float]]:
    """Log odds, lowest first, and of all pairs at least so likely the share that tells the same: at most that above."""
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum((stands_for * same)[order]) / np.cumsum(stands_for[order])
    ends = np.arange(STEP, len(odds) + 1, STEP) - 1
    return list(zip(odds[order][ends].tolist(), np.minimum.accumulate(right[ends]).tolist(), strict=True))[::-1]


def bound(shares: Sequence[tuple[float, float]], least: float) -> float:
    """The lowest log odds of those written down from which the share ``least`` is right."""
    return min(odds for odds, right in shares if right >= least)


def main() -> None:
    """Learn, judge, save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    seen, same, stands_for, stories = read_pairs(parser.parse_args().store)
    odds = held_out(seen, same, stands_for, stories)
    shares = shares_right(odds, same, stands_for)
    cut = bound(shares, RIGHT)
    print(f"{len(same)} pairs of {len(np.unique(stories))} stories")
    for least in (RIGHT, SURE):
        joined = odds >= bound(shares, least)
        right, whole = (stands_for * same)[joined].sum(), (stands_for * same).sum()
        print(
            f"from log odds of {bound(shares, least):.2f}: {joined.sum()} judged, "
            f"{right / stands_for[joined].sum():.1%} right; {right / whole:.1%} of those that tell the same"
        )
    weights, bias = fit(seen, same, stands_for)
    saved: dict[str, Any] = {
        "weights": [float(f"{weight:.6g}") for weight in weights],
        "bias": round(bias - cut, 6),
        "shares": [[round(one - cut, 4), round(right, 4)] for one, right in shares if one - cut >= LEAST],
    }
    WEIGHTS.write_text(json.dumps(saved, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
