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
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.metrics import average_precision_score

from pipeline.build.cache import VectorCache
from pipeline.core.embedding import encoder, encoder_id
from pipeline.stories import passage_pairs
from pipeline.stories.facts import comparable, grouped
from pipeline.stories.passage_pairs import MOST, WEIGHTS, PassageLikeness
from pipeline.stories.story_facts import passages_of, plain_text
from store.queries.stories import SURE
from store.snapshot.writer import Writer
from training.scores import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.stories.passage_pairs import Passage

PAIRS: Final = Path(__file__).with_suffix(".csv")
ENDS: Final = ("article", "other_article")
FOLDS: Final = 8
ROUNDS: Final = 5
STRENGTH: Final = 0.01
# Likely pairs are judged far more often than they come; weights between the two keep the many unlikely ones in view.
POWER: Final = 0.25
# The share of joined pairs that must be right, as estimated for pairs that are not word for word the same.
RIGHT: Final = 0.85
# Passages are given a meaning as though this share were enough: what is almost joined is shown as what comes nearest.
ALMOST: Final = 0.8
# Judged pairs from one place to the next at which the share that is right is written down.
STEP: Final = 25
# Bands of log odds, less the cut, for which the share that tells the same is written down by itself.
STRIDE: Final = 0.5
BANDS: Final = np.arange(-3.5, 1.01, STRIDE)
# Nothing is written of pairs much less likely than those that are joined.
LEAST: Final = -0.5
# The share of passages that would be joined which the first look may give up, and how much more it learns from likely
# pairs, of which there are few.
LOST: Final = 0.01
LIKELY: Final = 4.0


@dataclass(frozen=True, slots=True)
class Judged:
    """Judged pairs of one story: its passages, the two of each pair, whether they tell the same, and for how many."""

    story: str
    passages: list[Passage]
    firsts: np.ndarray
    seconds: np.ndarray
    same: np.ndarray
    stands_for: np.ndarray


def read_pairs(data: Path) -> list[Judged]:
    """The judged pairs, by story, as far as ``data`` holds both passages; says how many it does not."""
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        judged = list(csv.DictReader(lines))
    wanted: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in judged:
        wanted[row["story"]].append(row)
    articles_of = {story: sorted({row[key] for row in rows for key in ENDS}) for story, rows in sorted(wanted.items())}
    with Writer.open(data, versions={}) as writer:
        among = {article for articles in articles_of.values() for article in articles}
        articles = writer.coming("articles", ("article_id", "text"), among=among).to_pylist()
        passages = passages_of(writer, {article["article_id"]: article["text"] for article in articles})
    judged_pairs, lost = [], 0
    for story, articles_of_it in articles_of.items():
        story_passages = comparable([passage for article in articles_of_it for passage in passages.get(article, ())])
        place = {(passage.article, passage.start): number for number, passage in enumerate(story_passages)}
        ends = [
            [(row["article"], int(row["start"])), (row["other_article"], int(row["other_start"]))]
            for row in wanted[story]
        ]
        held = [number for number, pair in enumerate(ends) if all(end in place for end in pair)]
        lost += len(ends) - len(held)
        if not held:
            continue
        firsts, seconds = np.array([[place[end] for end in ends[number]] for number in held]).T
        rows = [wanted[story][number] for number in held]
        same, stands_for = (np.array([float(row[key]) for row in rows]) for key in ("same", "stands_for"))
        judged_pairs.append(Judged(story, story_passages, firsts, seconds, same, stands_for))
    print(f"{lost} judged pairs are not in {data} as they were read")
    return judged_pairs


def compare(judged: Judged, vectors: VectorCache, *, all_open: bool) -> PassageLikeness:
    """The passages of a story, compared as a build does, or with the meanings of all."""

    def meanings(numbers: np.ndarray) -> np.ndarray:
        return vectors.encode([plain_text(judged.passages[number]) for number in numbers])

    return PassageLikeness(judged.passages, meanings, all_open=all_open)


def features_of(compared: Sequence[PassageLikeness], pairs: Sequence[Judged]) -> np.ndarray:
    """What is seen of each judged pair."""
    return np.concatenate(
        [likeness.features(judged.firsts, judged.seconds) for likeness, judged in zip(compared, pairs, strict=True)]
    )


def learn_first_look(
    compared: Sequence[PassageLikeness], weights: np.ndarray, bias: float, almost: float
) -> dict[str, Any]:
    """Foretell the odds, of which 0 is where pairs are joined, from words alone.

    Passages stay open from so low that no more than :data:`LOST` of those of odds above ``almost`` are given up.
    """
    pairs = [likeness.candidates_by_words() for likeness in compared]
    seen = [likeness.first_look(*ends_of_pairs) for likeness, ends_of_pairs in zip(compared, pairs, strict=True)]
    odds = [
        np.clip(likeness.features(*ends_of_pairs) @ weights + bias, -MOST, MOST)
        for likeness, ends_of_pairs in zip(compared, pairs, strict=True)
    ]
    columns, goals = np.concatenate(seen), np.concatenate(odds)
    mean, spread = columns.mean(axis=0), columns.std(axis=0) + 1e-9
    model = Ridge(alpha=1.0).fit((columns - mean) / spread, goals, sample_weight=1 + LIKELY * (goals > -MOST / 2))
    first = model.coef_ / spread
    first_bias = float(model.intercept_ - first @ mean)
    best = []
    for ends_of_pairs, columns_of_it, odds_of_it in zip(pairs, seen, odds, strict=True):
        for ends in ends_of_pairs:
            joined = odds_of_it > almost
            foretold: dict[int, float] = {}
            for number, value in zip(ends[joined], (columns_of_it @ first + first_bias)[joined], strict=True):
                foretold[int(number)] = max(value, foretold.get(int(number), -MOST))
            best += foretold.values()
    least = float(np.quantile(best, LOST))
    return {
        "weights": [float(f"{weight:.6g}") for weight in first],
        "bias": round(first_bias, 6),
        "open": round(least, 4),
    }


def fit_to(seen: np.ndarray, same: np.ndarray, stands_for: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias for features as they are, from pairs that stand for so many."""
    return fit(seen, same, STRENGTH, stands_for**POWER)


def held_out(seen: np.ndarray, same: np.ndarray, stands_for: np.ndarray, stories: np.ndarray) -> np.ndarray:
    """Log odds of pairs by scorers that saw no pair of their story: the mean of several rounds."""
    odds, names = np.zeros(len(same)), np.unique(stories)
    for turn in range(ROUNDS):
        drawn = dict(zip(names, np.random.default_rng(turn).integers(0, FOLDS, len(names)), strict=True))
        folds = np.array([drawn[story] for story in stories])
        for fold in range(FOLDS):
            in_fold = folds == fold
            weights, bias = fit_to(seen[~in_fold], same[~in_fold], stands_for[~in_fold])
            odds[in_fold] += (seen[in_fold] @ weights + bias) / ROUNDS
    return odds


def shares_right(odds: np.ndarray, same: np.ndarray, stands_for: np.ndarray) -> list[tuple[float, float]]:
    """Log odds, lowest first, and of all pairs at least so likely the share that tells the same: at most that above."""
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum((stands_for * same)[order]) / np.cumsum(stands_for[order])
    ends = np.arange(STEP, len(odds) + 1, STEP) - 1
    return list(zip(odds[order][ends].tolist(), np.minimum.accumulate(right[ends]).tolist(), strict=True))[::-1]


def shares_about(odds: np.ndarray, same: np.ndarray, stands_for: np.ndarray) -> list[tuple[float, float]]:
    """Middles of bands of log odds, lowest first, and the share of pairs in each that tells the same; never falling."""
    edges = np.concatenate([[-np.inf], BANDS, [np.inf]])
    middles = [BANDS[0] - STRIDE, *((BANDS[:-1] + BANDS[1:]) / 2), BANDS[-1] + STRIDE]
    shares = []
    for first, last in pairwise(edges):
        of_band = (odds > first) & (odds <= last)
        shares.append((stands_for * same)[of_band].sum() / max(stands_for[of_band].sum(), 1e-9))
    return list(zip(map(float, middles), np.maximum.accumulate(shares).tolist(), strict=True))


def bound(shares: Sequence[tuple[float, float]], least: float) -> float:
    """The lowest log odds of those written down from which the share ``least`` is right."""
    return min(odds for odds, right in shares if right >= least)


def report(name: str, odds: np.ndarray, same: np.ndarray, stands_for: np.ndarray) -> None:
    """Print how many joined pairs are right, and how many of those that tell the same are joined."""
    shares = shares_right(odds, same, stands_for)
    precision = average_precision_score(same, odds, sample_weight=stands_for)
    print(
        f"{name}: average precision {precision:.3f} as they stand for others, {average_precision_score(same, odds):.3f}"
    )
    for least in (RIGHT, SURE):
        joined = odds >= bound(shares, least)
        right, whole = (stands_for * same)[joined].sum(), (stands_for * same).sum()
        print(
            f"  from log odds of {bound(shares, least):.2f}: {joined.sum()} judged, "
            f"{right / stands_for[joined].sum():.1%} right; {right / whole:.1%} of those that tell the same"
        )


def report_rows(
    compared: Sequence[PassageLikeness], pairs: Sequence[Judged], seen: np.ndarray, is_open: np.ndarray, cut: float
) -> None:
    """Print how many pairs that tell the same stand in a row, by scorers that saw no pair of their story."""
    same, stands_for = (np.concatenate([getattr(judged, key) for judged in pairs]) for key in ("same", "stands_for"))
    folds = np.random.default_rng(0).integers(0, FOLDS, len(pairs))
    fold_of = np.repeat(folds, [len(judged.same) for judged in pairs])
    scorers = [
        fit_to(seen[learned], same[learned], stands_for[learned])
        for learned in (is_open & (fold_of != fold) for fold in range(FOLDS))
    ]
    together, beside = [], []
    for likeness, judged, fold in zip(compared, pairs, folds, strict=True):
        weights, bias = scorers[fold]
        odds = np.full(likeness.words.shape, -MOST)
        firsts, seconds = likeness.candidates()
        if len(firsts):
            values = np.clip(likeness.features(firsts, seconds) @ weights + bias - cut, -MOST, MOST)
            odds[firsts, seconds] = odds[seconds, firsts] = values
        articles = [passage.article for passage in judged.passages]
        rows = [(set(members), {articles[number] for number in members}) for members in grouped(likeness.across, odds)]
        for ends in zip(judged.firsts.tolist(), judged.seconds.tolist(), strict=True):
            together.append(any(members.issuperset(ends) for members, _ in rows))
            turned = (ends, ends[::-1])
            beside.append(
                any(one in members and articles[other] in told for members, told in rows for one, other in turned)
            )
    mass = stands_for * same
    print(
        f"  of those that tell the same {mass[together].sum() / mass.sum():.1%} are in one row, "
        f"{mass[together].sum() / stands_for[together].sum():.1%} of the pairs in one row tell the same; of "
        f"{mass[beside].sum() / mass.sum():.1%} one stands beside the other's article"
    )


def main() -> None:
    """Learn, judge, save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    data = parser.parse_args().store
    pairs = read_pairs(data)
    vectors = VectorCache(data / "vectors.sqlite", encoder, encoder_id())
    same, stands_for = (np.concatenate([getattr(judged, key) for judged in pairs]) for key in ("same", "stands_for"))
    stories = np.concatenate([[judged.story] * len(judged.same) for judged in pairs])
    print(f"{len(same)} pairs of {len(np.unique(stories))} stories")

    compared = [compare(judged, vectors, all_open=True) for judged in pairs]
    seen = np.concatenate(
        [likeness.features(judged.firsts, judged.seconds) for likeness, judged in zip(compared, pairs, strict=True)]
    )
    odds = held_out(seen, same, stands_for, stories)
    report("meanings of all", odds, same, stands_for)
    weights, bias = fit_to(seen, same, stands_for)
    shares = shares_right(odds, same, stands_for)
    cut = bound(shares, RIGHT)
    first = learn_first_look(compared, weights, bias - cut, bound(shares, ALMOST) - cut)
    WEIGHTS.write_text(json.dumps({"first": first}), encoding="utf-8")
    passage_pairs.forget_weights()

    compared = [compare(judged, vectors, all_open=False) for judged in pairs]
    vectors.close()
    is_open = np.concatenate(
        [
            np.isin(judged.firsts, seen.open) & np.isin(judged.seconds, seen.open)
            for seen, judged in zip(compared, pairs, strict=True)
        ]
    )
    count = sum(len(judged.passages) for judged in pairs)
    print(
        f"{sum(len(likeness.open) for likeness in compared) / count:.1%} of {count:,} passages are open, and "
        f"{(stands_for * same)[is_open].sum() / (stands_for * same).sum():.1%} of the pairs that tell the same"
    )
    seen = np.concatenate(
        [likeness.features(judged.firsts, judged.seconds) for likeness, judged in zip(compared, pairs, strict=True)]
    )
    odds = np.full(len(same), -2 * MOST)
    odds[is_open] = held_out(seen[is_open], same[is_open], stands_for[is_open], stories[is_open])
    report("meanings of open ones", odds, same, stands_for)
    shares = shares_right(odds, same, stands_for)
    cut = bound(shares, RIGHT)
    report_rows(compared, pairs, seen, is_open, cut)
    weights, bias = fit_to(seen[is_open], same[is_open], stands_for[is_open])
    foretold = np.concatenate(
        [seen_story.foretold[judged.firsts, judged.seconds] for seen_story, judged in zip(compared, pairs, strict=True)]
    )
    about = shares_about(np.where(is_open, np.clip(odds - cut, -MOST, MOST), foretold), same, stands_for)
    saved: dict[str, Any] = {
        "first": first,
        "weights": [float(f"{weight:.6g}") for weight in weights],
        "bias": round(bias - cut, 6),
        "alike": [[middle, round(right, 4)] for middle, right in about],
        "shares": [[round(judged - cut, 4), round(right, 4)] for judged, right in shares if judged - cut >= LEAST],
    }
    WEIGHTS.write_text(json.dumps(saved, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
