"""Learn the scorers of same-event pairs from labelled roundups, and score the clustering on stories held out.

    python -m training.stories ROUNDUPS.jsonl.gz NEWS.jsonl.gz [NEWS.jsonl.gz …] [--lonely LONELY.jsonl.gz]

``ROUNDUPS`` has rows ``{story, source, date, title, text}``; ``NEWS`` are articles ``{title?, text}`` in which stems
are counted, to know which are rare; ``LONELY`` is a corpus that :mod:`training.lonely_news` has judged pairs of. Writes
``story_words.csv.gz`` and ``stories.json`` to ``pipeline/resources/stories`` and prints B-cubed figures: pairs are
scored by models that did not see them, and all articles are clustered together.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from evaluation.clusters import b_cubed
from pipeline.core.embedding import encoder
from pipeline.stories.clustering import MOST, WEIGHTS, join
from pipeline.stories.pair_features import Likeness, StoryText, compare_articles, embed
from pipeline.stories.story_words import WORDS, words
from training import lonely_news, small_sets
from training.scores import fit, read, written

if TYPE_CHECKING:
    from pipeline.core.embedding import Encodes

FOLDS: Final = 5
DRAWS: Final = 4
STRENGTH: Final = 5.0
# Rarer stems are as rare as unseen ones, and would only make the file large.
SEEN_AT_LEAST: Final = 5
CUTS: Final = [step / 4 for step in range(-8, 5)]
LOOKS: Final = ("first", "second")


def count_words(paths: list[Path]) -> None:
    """Write in how many articles each stem stands; the row without a stem says how many articles there were."""
    seen: Counter[str] = Counter()
    articles = 0
    for path in paths:
        for row in read(path):
            text = StoryText(row.get("title") or "", row["text"])
            seen.update(set(words(text.headline)) | set(words(text.lead)))
            articles += 1
    stems = sorted((word, times) for word, times in seen.items() if times >= SEEN_AT_LEAST)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([("stem", "articles"), ("", articles), *stems])
    # A fixed time in the header: equal counts give equal bytes.
    WORDS.write_bytes(gzip.compress(buffer.getvalue().encode(), 9, mtime=0))
    print(f"{len(stems):,} stems in {articles:,} articles; {WORDS.stat().st_size / 1e3:.0f} kB")


def held_out(features: np.ndarray, labels: np.ndarray, folds: np.ndarray, strength: float = STRENGTH) -> np.ndarray:
    """Scores of pairs by models that saw neither of their stories; ``folds`` are of both articles, ``(pairs, 2)``."""
    total, times = np.zeros(len(labels)), np.zeros(len(labels))
    for fold in range(FOLDS):
        in_fold = (folds == fold).any(axis=1)
        weights, bias = fit(features[~in_fold], labels[~in_fold], strength)
        # A pair between two folds is asked twice; each model saw one of its stories, but not the pair.
        total[in_fold] += np.clip(features[in_fold] @ weights + bias, -MOST, MOST)
        times[in_fold] += 1
    return total / times


def compare(rows: list[dict[str, Any]], vectors: np.ndarray, *, dated: bool) -> Likeness:
    """The labelled articles, compared with their dates or without."""
    days = [date.fromisoformat(row["date"]).toordinal() if dated else None for row in rows]
    texts = [_text(row, day) for row, day in zip(rows, days, strict=True)]
    return Likeness(texts, compare_articles(texts, vectors))


def vectors_of(rows: list[dict[str, Any]], encodes: Encodes | None = None) -> np.ndarray:
    """The vectors of the labelled articles, made by ``encodes`` if given."""
    return embed([_text(row, None) for row in rows], encodes or encoder())


def _text(row: dict[str, Any], day: int | None) -> StoryText:
    return StoryText(row["title"], row["text"], day, day)


def cross_validated(rows: list[dict[str, Any]], likeness: Likeness, draw: int = 0) -> dict[str, np.ndarray]:
    """What scorers learn from: labels of the pairs, and features of the first and of the second look.

    The second look is made from held-out scores of the first; ``scores`` are its own held-out scores, ``plain``
    those of likeness without regard to neighbours. Another ``draw`` puts the stories into other folds.
    """
    gold = np.array([row["story"] for row in rows])
    stories = np.unique(gold)
    drawn = np.random.default_rng(draw).integers(0, FOLDS, len(stories))
    fold_of = dict(zip(stories.tolist(), drawn.tolist(), strict=True))
    labels = (gold[likeness.pairs[:, 0]] == gold[likeness.pairs[:, 1]]).astype(int)
    folds = np.array([fold_of[story] for story in gold.tolist()])[likeness.pairs]
    features = likeness.features()
    standing = likeness.standing(held_out(features, labels, folds))
    scores = held_out(standing, labels, folds)
    plain = held_out(Likeness.plain(features), labels, folds, lonely_news.STRENGTH)
    return {"labels": labels, "first": features, "second": standing, "scores": scores, "plain": plain}


def learn(rows: list[dict[str, Any]], likeness: Likeness) -> dict[str, Any]:
    """Weights of both looks, and the cut that clusters best on the mean of several draws of the folds."""
    gold = [row["story"] for row in rows]
    drawn = [cross_validated(rows, likeness, draw) for draw in range(DRAWS)]
    labels = drawn[0]["labels"]
    print(f"{len(labels):,} pairs, {labels.sum()} of one story")
    figures = np.array(
        [
            [
                b_cubed(gold, join(likeness.size, likeness.pairs, np.clip(draw_scores["scores"] - cut, -MOST, MOST)))
                for cut in CUTS
            ]
            for draw_scores in drawn
        ]
    )
    for cut, figure in zip(CUTS, figures.mean(axis=0), strict=True):
        print(f"  cut {cut:5.2f}: B-cubed F1 {figure:.2f}")
    looks: dict[str, Any] = {name: written(*fit(drawn[0][name], labels, STRENGTH)) for name in LOOKS}
    return looks | {"cut": CUTS[int(np.argmax(figures.mean(axis=0)))]}


def main() -> None:
    """Count, learn, score, save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roundups", type=Path)
    parser.add_argument("news", type=Path, nargs="+")
    parser.add_argument("--lonely", type=Path)
    chosen = parser.parse_args()
    count_words(chosen.news)
    rows = read(chosen.roundups)
    vectors = vectors_of(rows)
    lonely = read(chosen.lonely) if chosen.lonely else []
    lonely_pairs = lonely_news.compare(lonely) if lonely else None
    saved = {}
    for kind in ("dated", "undated"):
        dated = kind == "dated"
        invented = [*small_sets.invented_sets(dated=dated), *small_sets.written_sets(dated=dated)]
        sets = [*small_sets.roundup_sets(rows, vectors, dated=dated), *invented]
        likeness = compare(rows, vectors, dated=dated)
        gold = np.array([row["story"] for row in rows])[likeness.pairs]
        labels = (gold[:, 0] == gold[:, 1]).astype(int)
        plain = lonely_news.learn(labels, likeness.features(), kind)
        if lonely_pairs:
            lonely_news.report(lonely, lonely_pairs, plain, kind)
        saved[kind] = learn(rows, likeness) | small_sets.learn(sets) | plain
    WEIGHTS.write_text(json.dumps(saved, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
