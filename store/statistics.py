"""The statistics behind figures: how sure a mean is, and which words set two groups apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from numpy.typing import ArrayLike

_DRAWS: Final = 2000
# Draws times clusters held at once: bounds memory to some tens of megabytes.
_AT_ONCE: Final = 2_000_000


class Mean(NamedTuple):
    """A mean with the interval it lies in. All NaN without values; low and high NaN with a single cluster."""

    mean: float
    low: float
    high: float
    values: int
    clusters: int


def mean_interval(
    values: ArrayLike, clusters: Sequence[Hashable] | None = None, level: float = 0.95, seed: int = 0
) -> Mean:
    """Mean of ``values`` with a bootstrap interval that draws whole clusters (articles), not single values.

    Sentences of one article are alike, so drawing them one by one would promise more than is known. Percentile
    interval of 2,000 draws; the same input and seed give the same interval. Values that are NaN are left out.
    Source: Davison & Hinkley (1997), Bootstrap Methods and their Application, section 3.8.
    """
    numbers = np.asarray(values, dtype=float)
    labels = list(range(numbers.size)) if clusters is None else list(clusters)
    kept = ~np.isnan(numbers)
    numbers = numbers[kept]
    labels = [label for label, keep in zip(labels, kept, strict=True) if keep]
    if not numbers.size:
        return Mean(np.nan, np.nan, np.nan, 0, 0)
    places: dict[Hashable, int] = {}
    of_cluster = np.array([places.setdefault(label, len(places)) for label in labels])
    sums = np.bincount(of_cluster, weights=numbers)
    sizes = np.bincount(of_cluster)
    mean = float(numbers.mean())
    if sums.size < 2:
        return Mean(mean, np.nan, np.nan, int(numbers.size), int(sums.size))
    random = np.random.default_rng(seed)
    means = np.empty(_DRAWS)
    step = max(1, _AT_ONCE // sums.size)
    for first in range(0, _DRAWS, step):
        drawn = random.integers(0, sums.size, size=(min(step, _DRAWS - first), sums.size))
        means[first : first + step] = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Mean(mean, float(low), float(high), int(numbers.size), int(sums.size))


class WordContrast(NamedTuple):
    """How a word sets one group apart: z above 0 leans to a, below 0 to b; 1.96 is the usual threshold."""

    word: str
    z: float
    log_odds: float
    count_a: int
    count_b: int


def log_odds(
    counts_a: Mapping[str, int],
    counts_b: Mapping[str, int],
    prior: Mapping[str, float] | None = None,
    prior_weight: float | None = None,
) -> list[WordContrast]:
    """Weighted log-odds-ratio of each word between two groups, with an informative Dirichlet prior.

    ``prior`` holds counts in a background (by default both groups together), scaled to ``prior_weight`` words in all
    (by default as many as it has). Most typical of a first, most typical of b last, ties by word.
    Source: Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16(4), equations 16, 20 and 22.
    """
    words = sorted(set(counts_a) | set(counts_b))
    if not words:
        return []
    a = np.array([counts_a.get(word, 0) for word in words], dtype=float)
    b = np.array([counts_b.get(word, 0) for word in words], dtype=float)
    background = a + b if prior is None else np.array([prior.get(word, 0) for word in words], dtype=float)
    # A word the background lacks would make the log of nothing.
    background = np.maximum(background, 0.01)
    if prior_weight is not None:
        background *= prior_weight / background.sum()
    mass = background.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        odds_a = np.log(a + background) - np.log(a.sum() + mass - a - background)
        odds_b = np.log(b + background) - np.log(b.sum() + mass - b - background)
        difference = odds_a - odds_b
        z = difference / np.sqrt(1 / (a + background) + 1 / (b + background))
    # A lone word has no odds against others.
    difference, z = np.nan_to_num(difference), np.nan_to_num(z)
    rows = [
        WordContrast(word, float(score), float(delta), int(in_a), int(in_b))
        for word, score, delta, in_a, in_b in zip(words, z, difference, a, b, strict=True)
    ]
    return sorted(rows, key=lambda row: (-row.z, row.word))
