"""The scorer of plain likeness: it learns from roundups, and is judged on news in which few events are told twice.

In roundups every event has several reports, so the nearest of an article often tell its event; in other news they
mostly tell another of its subject. A scorer that looks at no neighbour means the same in both. ``lonely_pairs.csv``
names by id pairs of two such corpora and whether they tell one event, as headlines and first sentences were read.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from pipeline.core.embedding import encoder
from pipeline.stories.clustering import weigh
from pipeline.stories.pair_features import Likeness, StoryText, compare_articles, embed
from training.scores import fit, written

if TYPE_CHECKING:
    from collections.abc import Sequence

JUDGED: Final = Path(__file__).parent / "lonely_pairs.csv"
STRENGTH: Final = 0.1
# Logits above which plain likeness holds a pair together: with days where three in four are right.
CUTS: Final = {"dated": -1.0, "undated": 0.0}


def compare(rows: Sequence[dict[str, Any]]) -> Likeness:
    """Articles, ``{id, title?, text, date?}``, compared with each other."""
    texts = [text_of(row) for row in rows]
    return Likeness(texts, compare_articles(texts, embed(texts, encoder())))


def text_of(row: dict[str, Any]) -> StoryText:
    """What is compared of a row."""
    day = _day(row)
    return StoryText(row.get("title") or "", row["text"], day, day)


def _day(row: dict[str, Any]) -> int | None:
    try:
        return date.fromisoformat(str(row.get("date") or "")[:10]).toordinal()
    except ValueError:
        return None


def judged() -> dict[frozenset[str], int]:
    """The pairs that were read, by the ids of their articles: 1 for one event, 0 for two."""
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        return {frozenset((row["article"], row["other_article"])): int(row["same"]) for row in csv.DictReader(lines)}


def learn(labels: np.ndarray, features: np.ndarray, kind: str) -> dict[str, Any]:
    """Weights of the scorer for ``kind``, from pairs of roundups, and the cut."""
    return {"plain": written(*fit(Likeness.plain(features), labels, STRENGTH)), "plain_cut": CUTS[kind]}


def report(rows: Sequence[dict[str, Any]], likeness: Likeness, learned: dict[str, Any], kind: str) -> None:
    """Print, for each cut, how many pairs above it are right of those of ``rows`` that were read."""
    same_by_pair, ids = judged(), [str(row["id"]) for row in rows]
    found = [same_by_pair.get(frozenset((ids[first], ids[second])), -1) for first, second in likeness.pairs]
    same = np.array(found)
    of_kind = (same >= 0) & (likeness.dated if kind == "dated" else ~likeness.dated)
    scores = weigh(Likeness.plain(likeness.features()), **learned["plain"])
    for cut in np.arange(-2.5, 2.0, 0.5):
        kept = of_kind & (scores > cut)
        right, whole = int(same[kept].sum()), int(same[of_kind].sum())
        print(f"{kind}, cut {cut:5.2f}: {right} of {int(kept.sum())} pairs right, of {whole} of one event")
