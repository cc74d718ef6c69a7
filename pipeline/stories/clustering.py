"""Which articles tell the same event: likely pairs are scored, and articles joined while their mean score holds.

The scorers are logistic regressions over :mod:`pipeline.stories.pair_features`, one for pairs that have both dates
and one for the others, each with a second look that sees how a pair stands among its neighbours.
``training/stories.py`` made them. In a small corpus, where neighbours tell little, a scorer that sees the two articles
alone can hold a pair apart (:mod:`pipeline.stories.pair_evidence`).
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from pipeline.core.resource_tables import RESOURCES
from pipeline.stories.comparison import Comparison
from pipeline.stories.pair_evidence import trust
from pipeline.stories.pair_features import TIMES, Likeness, compare_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.stories.comparison import Memory
    from pipeline.stories.pair_features import Array, Pairs, StoryText

WEIGHTS: Final = RESOURCES / "stories/stories.json"

# Scores, in logits, are kept within these bounds; a pair that was not looked at has the lowest.
MOST: Final = 12.0
# Pairs below it cannot hold a story together, so parts of the corpus that they alone join are clustered apart.
_LOOSEST: Final = -3.0
# How much clearer two articles must speak against one event where the corpus shows how usual a likeness is. At 4, 60 to
# 400 excerpts are put together better by 0.5 to 1.5 of B-cubed F1, but of 60 written sets in one corpus 18, not 9, have
# two events in one story, which misleads more than one event in two.
_LENIENT: Final = 2.0
# The same of what is plain to see, where articles have company: with days, and without. It costs the labelled roundups,
# all of which have company, 0.2 of B-cubed F1.
_LENIENT_IN_COMPANY: Final = 3.0, 8.0
# Shares of articles that look like another, in corpora with one report of most events and with several. Of news on one
# subject a good third of the articles do.
_ALONE: Final = 0.3
_TOGETHER: Final = 0.7
# Of so few articles the share tells nothing of what company they have; from so many on it does.
_TOO_FEW: Final = 8
_ENOUGH: Final = 40
# Average linkage needs every distance of a part at once: 2,000 articles are 16 MB.
_LARGEST: Final = 2_000
_SCORED_AT_ONCE: Final = 20_000
# Parts of so many are clustered here, which takes no time to load.
_FEW: Final = 100
# Of two it takes no clustering to tell.
_TWO: Final = 2


@lru_cache(maxsize=1)
def _weights() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return stored


def weigh(features: Array, weights: Sequence[float], bias: float) -> Array:
    """Scores in logits, within their bounds."""
    return np.clip(features @ np.asarray(weights, np.float64) + bias, -MOST, MOST)


def cut(kind: str) -> float:
    """The logits, for ``dated`` or ``undated`` pairs, above which they hold a story together best."""
    return float(_weights()[kind]["cut"])


def lone_cut(kind: str) -> float:
    """The same for pairs that are scored without regard to other articles."""
    return float(_weights()[kind]["alone_cut"])


def plain_cut(kind: str) -> float:
    """The same for pairs that are scored by likeness and days alone."""
    return float(_weights()[kind]["plain_cut"])


def pair_scores(likeness: Likeness) -> Array:
    """How likely each pair of ``likeness`` tells one event, in logits above the cut."""
    scores, plain = looked_at(likeness)
    if len(scores) and trust(likeness.size) < 1:
        scores = held_apart(scores, lone_scores(likeness), likeness.size)
    return tempered(scores, plain, likeness)


def tempered(scores: Array, plain: Array, likeness: Likeness) -> Array:
    """Scores, within their bounds, that exceed what is ``plain`` to see the less, the fewer reports events have."""
    if len(scores):
        enough = float(np.clip((likeness.size - _TOO_FEW) / (_ENOUGH - _TOO_FEW), 0, 1))
        lonely = enough * (1 - company(likeness, plain))
        lenient = np.where(likeness.dated, *_LENIENT_IN_COMPANY)
        scores = np.minimum(scores, plain + lenient * (1 - lonely))
    return np.clip(np.where(likeness.apart, -MOST, scores), -MOST, MOST)


def company(likeness: Likeness, plain: Array) -> float:
    """How far a corpus has several reports of an event, from 0 to 1, by the share of articles that look like another.

    Where an event has one report, the nearest of an article tell other events of its subject, however near they stand.
    """
    alike = np.unique(likeness.pairs[plain > 0])
    return float(np.clip((len(alike) / likeness.size - _ALONE) / (_TOGETHER - _ALONE), 0, 1))


def looked_at(likeness: Likeness) -> tuple[Array, Array]:
    """Scores above the cuts, as the articles and those around them tell it, and as likeness and days alone do."""
    first, second, plain = (np.zeros(len(likeness.pairs)) for _ in range(3))
    kinds = {"dated": likeness.dated, "undated": ~likeness.dated}
    for start in range(0, len(first), _SCORED_AT_ONCE):
        part = slice(start, start + _SCORED_AT_ONCE)
        features = likeness.features(part)
        for kind, rows in kinds.items():
            first[part][rows[part]] = weigh(features[rows[part]], **_weights()[kind]["first"])
            alike = weigh(likeness.plain(features[rows[part]]), **_weights()[kind]["plain"])
            plain[part][rows[part]] = alike - plain_cut(kind)
    standing = likeness.standing(first)
    for kind, rows in kinds.items():
        second[rows] = weigh(standing[rows], **_weights()[kind]["second"]) - cut(kind)
    return second, plain


def lone_scores(likeness: Likeness) -> Array:
    """How likely each pair tells one event, by the two articles alone, in logits above where they are held apart."""
    evidence = likeness.evidence()
    scores = np.zeros(len(evidence))
    for kind, rows in (("dated", likeness.dated), ("undated", ~likeness.dated)):
        columns = evidence[rows] if kind == "dated" else evidence[rows, :-TIMES]
        scores[rows] = weigh(columns, **_weights()[kind]["alone"]) - lone_cut(kind)
    return scores


def held_apart(scores: Array, alone: Array, size: int) -> Array:
    """Scores in a corpus of ``size`` articles, where two that speak against one event by themselves are held apart."""
    return np.minimum(scores, alone + _LENIENT * trust(size))


def join(size: int, pairs: Pairs, scores: Array) -> list[int]:
    """Numbers of the stories of ``size`` articles, from 0 in the order of their first article.

    Args:
        size: how many articles there are.
        pairs: those that were scored, ``(pairs, 2)``, the lower number first.
        scores: in logits; a story holds together while its mean is above 0.
    """
    parts = _parts(size, pairs, scores)
    place = np.zeros(size, np.int64)
    members: list[list[int]] = [[] for _ in range(int(parts.max(initial=-1)) + 1)]
    for article, part in enumerate(parts.tolist()):
        place[article] = len(members[part])
        members[part].append(article)
    within = parts[pairs[:, 0]] == parts[pairs[:, 1]]
    pairs, scores = pairs[within], scores[within]
    order = np.argsort(parts[pairs[:, 0]], kind="stable")
    pairs, scores = pairs[order], scores[order]
    bounds = np.searchsorted(parts[pairs[:, 0]], np.arange(len(members) + 1))
    cluster_of = [(0, 0)] * size
    for part, articles in enumerate(members):
        if len(articles) == 1:
            cluster_of[articles[0]] = (part, 0)
            continue
        pairs_of_part = slice(bounds[part], bounds[part + 1])
        if len(articles) == _TWO:
            apart = bool((scores[pairs_of_part] < 0).any())
            cluster_of[articles[0]], cluster_of[articles[1]] = (part, 0), (part, int(apart))
            continue
        firsts, seconds = place[pairs[pairs_of_part]].T
        distance = np.full((len(articles), len(articles)), 2 * MOST)
        distance[firsts, seconds] = distance[seconds, firsts] = MOST - scores[pairs_of_part]
        np.fill_diagonal(distance, 0)
        clusters = _clusters(distance)
        for article, cluster in zip(articles, clusters.tolist(), strict=True):
            cluster_of[article] = (part, cluster)
    number = {story: place for place, story in enumerate(dict.fromkeys(cluster_of))}
    return [number[story] for story in cluster_of]


def _clusters(distance: Array) -> NDArray[np.int32]:
    """The cluster of each of some articles, by the mean of their distances; ``distance`` is used up."""
    if len(distance) <= _FEW:
        return _clusters_of_few(distance)
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415  takes half a second, which few spare
    from scipy.spatial.distance import squareform  # noqa: PLC0415

    clusters: NDArray[np.int32] = fcluster(linkage(squareform(distance), "average"), MOST, "distance")
    return clusters


def _clusters_of_few(distance: Array) -> NDArray[np.int32]:
    """The same, two nearest after two nearest: most parts are of three to ten, of which scipy would check more."""
    size = len(distance)
    cluster_of, sizes = np.arange(size, dtype=np.int32), np.ones(size)
    np.fill_diagonal(distance, np.inf)
    while True:
        one, other = divmod(int(distance.argmin()), size)
        if distance[one, other] > MOST:
            return cluster_of
        both = sizes[one] + sizes[other]
        means = (sizes[one] * distance[one] + sizes[other] * distance[other]) / both
        means[one] = np.inf
        distance[one] = distance[:, one] = means
        distance[other] = distance[:, other] = np.inf
        cluster_of[cluster_of == other] = one
        sizes[one] = both


def _parts(size: int, pairs: Pairs, scores: Array) -> NDArray[np.int64]:
    """A part for each article, such that no story spans two. Large parts are held together by high scores alone."""
    bound = np.full(size, _LOOSEST)
    firsts, seconds = pairs.T
    while True:
        strong = pairs[scores >= np.maximum(bound[firsts], bound[seconds])]
        graph = sparse.coo_matrix((np.ones(len(strong)), (strong[:, 0], strong[:, 1])), shape=(size, size))
        parts = connected_components(graph, directed=False)[1].astype(np.int64)
        large = np.bincount(parts, minlength=1)[parts] > _LARGEST
        if not (large & (bound <= MOST)).any():
            return parts
        bound[large] += 1


def find_stories(
    articles: Sequence[StoryText], vectors: NDArray[np.float32], memory: Memory | None = None
) -> list[int]:
    """The story of each article, numbered from 0 in the order of their first article. Their order changes no story.

    Args:
        articles: what is compared.
        vectors: those of :func:`pipeline.stories.pair_features.embed`.
        memory: where what is found of each article for itself is kept, and taken from. It changes no story.
    """
    if not articles:
        return []
    kept = memory.get() if memory else None
    compared = compare_articles(articles, vectors, Comparison.of_arrays(kept) if kept else None)
    # Of many articles they are most of what is held, and nothing looks at them again.
    del vectors
    if memory:
        memory.put(compared.arrays())
    likeness = Likeness(articles, compared)
    return join(likeness.size, likeness.pairs, pair_scores(likeness))
