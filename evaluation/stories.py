"""Which articles tell one event: excerpts put together by editors, and news in which few events are told twice.

``dated`` and ``undated``: B-cubed F1 in percent (Bagga & Baldwin 1998) over 732 excerpts of 253 roundups of 2021, up to
three outlets each, clustered together with the dates of the set and without any. The scorers that Framelens uses learned
from these very articles, so the figures are of scorers made in the same way that did not see the stories they are asked
about (five folds; the cuts are the shipped ones). ``small`` is the same over many small sets, each of a story and the one
most like it, once as if both were of the same days; ``invented`` over sets of two invented events of one kind on one day,
``written`` over 36 sets of two to twelve articles that a language model wrote one by one, of one event or of several alike,
``written_together`` over the same as one corpus.

``thin_right`` and ``thin_found`` are of 900 articles on any subject over nine years: of pairs that stand in one story the
share that tells one event, and the share that does so of all such pairs that were found by reading what any scorer had
joined or nearly joined (``training/lonely_pairs.csv``). No weight was learned from these articles, but the cut was chosen
on them. A pair that nobody read counts as wrong.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from evaluation.clusters import b_cubed
from evaluation.sets import corpus, corpus_rows, folder, vectors_kept
from pipeline.stories.clustering import MOST, cut, find_stories, join, plain_cut, tempered
from pipeline.stories.pair_features import embed
from training import lonely_news, small_sets
from training.small_sets import invented_sets, roundup_sets, written_sets
from training.stories import compare, cross_validated, vectors_of

if TYPE_CHECKING:
    from pipeline.core.embedding import Encodes

NAME: Final = "stories"
# The small sets of every so many stories are asked: they take their time.
_EVERY: Final = 4
_FILE: Final = "stories/roundups_dev.jsonl.gz"
_THIN: Final = "general"


def available() -> bool:
    """Whether the labelled set is there."""
    return (folder() / _FILE).is_file()


def _rows() -> list[dict[str, Any]]:
    with gzip.open(folder() / _FILE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def cases() -> dict[str, int]:
    """Articles, or pairs of articles, behind each figure."""
    number = dict.fromkeys(("dated", "undated", "small"), len(_rows()))
    thin = _thin()
    return number | {"thin_right": thin["joined"], "thin_found": thin["there"]} if thin else number


@lru_cache(maxsize=1)
def measure() -> dict[str, float]:
    """B-cubed F1 with and without dates, and shares of pairs in thin news; in percent."""
    rows = _rows()
    gold = [row["story"] for row in rows]
    encodes = vectors_kept(NAME)
    figures, vectors = {}, vectors_of(rows, encodes)
    for name in ("dated", "undated"):
        likeness = compare(rows, vectors, dated=name == "dated")
        validated = cross_validated(rows, likeness)
        plain = validated["plain"] - plain_cut(name)
        scores = tempered(np.clip(validated["scores"] - cut(name), -MOST, MOST), plain, likeness)
        figures[name] = b_cubed(gold, join(likeness.size, likeness.pairs, scores))
    sampled = [
        small_set for place, small_set in enumerate(roundup_sets(rows, vectors, dated=True)) if place // 2 % _EVERY == 0
    ]
    invented = [*invented_sets(dated=True, encodes=encodes), *written_sets(dated=True, encodes=encodes)]
    figures |= small_sets.measure([*sampled, *invented], "dated")
    thin = _thin(encodes)
    if thin:
        figures["thin_right"] = 100 * thin["right"] / thin["joined"]
        figures["thin_found"] = 100 * thin["right"] / thin["there"]
    return figures


@lru_cache(maxsize=1)
def _thin(encodes: Encodes | None = None) -> dict[str, int]:
    """Pairs of thin news that stand in one story, those of them that are right, and those there are; none without it."""
    if not corpus(_THIN).is_file():
        return {}
    by_id = corpus_rows(_THIN)
    texts = [lonely_news.text_of(row) for row in by_id.values()]
    same_by_pair = lonely_news.judged()
    members: defaultdict[int, list[str]] = defaultdict(list)
    stories = find_stories(texts, embed(texts, encodes or vectors_kept(NAME)))
    for article, story in zip(by_id, stories, strict=True):
        members[story].append(article)
    joined = [frozenset(pair) for articles in members.values() for pair in combinations(articles, 2)]
    return {
        "joined": len(joined),
        "right": sum(same_by_pair.get(pair, 0) for pair in joined),
        "there": sum(same for pair, same in same_by_pair.items() if pair <= by_id.keys()),
    }
