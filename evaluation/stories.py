"""Stories in 732 excerpts of news that editors had put together by event (roundups of 2021, up to three outlets each).

Figures: B-cubed F1 in percent (Bagga & Baldwin 1998) over all articles clustered together, ``dated`` with the dates of
the set and ``undated`` without any. The scorers that Framelens uses learned from these very articles, so the figures are
of scorers made in the same way that did not see the stories they are asked about (five folds; the cut is the shipped one).
``small`` is the same over many small sets, each of a story and the one most like it, once as if both were of the same
days; ``invented`` over sets of two invented events of one kind on one day.
"""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from typing import Any, Final

import numpy as np

from evaluation.clusters import b_cubed
from evaluation.sets import folder, vectors_kept
from pipeline.stories.clustering import MOST, cut, join
from training import small_sets
from training.small_sets import invented_sets, roundup_sets
from training.stories import compare, cross_validated, vectors_of

NAME: Final = "stories"
# The small sets of every so many stories are asked: they take their time.
_EVERY: Final = 4
_FILE: Final = "stories/roundups_dev.jsonl.gz"


def available() -> bool:
    """Whether the labelled set is there."""
    return (folder() / _FILE).is_file()


def _rows() -> list[dict[str, Any]]:
    with gzip.open(folder() / _FILE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def cases() -> dict[str, int]:
    """Articles behind each figure."""
    return dict.fromkeys(("dated", "undated", "small"), len(_rows()))


@lru_cache(maxsize=1)
def measure() -> dict[str, float]:
    """B-cubed F1 with and without dates."""
    rows = _rows()
    gold = [row["story"] for row in rows]
    encodes = vectors_kept(NAME)
    figures, vectors = {}, vectors_of(rows, encodes)
    for name in ("dated", "undated"):
        likeness = compare(rows, vectors, dated=name == "dated")
        validated = cross_validated(rows, likeness)
        scores = np.clip(validated["scores"] - cut(name), -MOST, MOST)
        figures[name] = b_cubed(gold, join(likeness.size, likeness.pairs, scores))
    sampled = [
        small_set for place, small_set in enumerate(roundup_sets(rows, vectors, dated=True)) if place // 2 % _EVERY == 0
    ]
    sets = [*sampled, *invented_sets(dated=True, encodes=encodes)]
    figures["small"], figures["invented"] = small_sets.measure(sets, "dated")
    return figures
