"""How two passages stand in their articles and in their story: what surrounds them, and what is usual there.

The articles of a story speak of the same things throughout. So a likeness tells more where it stands out from those
around it, where the passages before or after are alike as well, and where both stand at a like place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Places = NDArray[np.int64]

# So many of the nearest passages of an article say how near its passages usually come.
_USUAL: Final = 4


def centred(vectors: NDArray[np.float32]) -> Array:
    """Cosines of vectors ``(passages, width)`` less their mean: what a story speaks of throughout tells nothing."""
    directions = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True) + 1e-9
    return directions @ directions.T


def standing_out(values: Array, articles: Places) -> Array:
    """How far likenesses ``(passages, passages)`` exceed what is usual for both passages.

    Twice the likeness less the mean of the highest few that each has in the other's article, as in the cross-domain
    similarity local scaling of Conneau et al. (2018).
    """
    usual = np.zeros((len(values), int(articles.max(initial=-1)) + 1))
    for article in range(usual.shape[1]):
        usual[:, article] = np.sort(values[:, articles == article], axis=1)[:, -_USUAL:].mean(axis=1)
    return 2 * values - usual[:, articles] - usual[:, articles].T


def tops(values: Array, articles: Places) -> Array:
    """The highest of ``values`` that each passage has in each other article, ``(passages, articles)``; at least 0."""
    highest = np.zeros((len(values), int(articles.max(initial=-1)) + 1))
    for article in range(highest.shape[1]):
        of_article = articles == article
        highest[~of_article, article] = np.maximum(
            values[np.ix_(~of_article, of_article)].max(axis=1, initial=0.0), 0.0
        )
    return highest


def beside(values: Array, articles: Places) -> Array:
    """For two passages the likeness of those before them or of those after them, whichever is more; 0 without any."""
    size = len(values)
    likeness = np.zeros((size, size))
    if size > 1:
        follows = articles[1:] == articles[:-1]
        both = np.logical_and.outer(follows, follows)
        likeness[1:, 1:] = np.where(both, values[:-1, :-1], 0.0)
        likeness[:-1, :-1] = np.maximum(likeness[:-1, :-1], np.where(both, values[1:, 1:], 0.0))
    return likeness


def places(articles: Places) -> Array:
    """How far down its article each passage stands, from 0 to 1; those of an article stand together, in order."""
    shares = np.zeros(len(articles))
    for article in range(int(articles.max(initial=-1)) + 1):
        numbers = np.flatnonzero(articles == article)
        shares[numbers] = np.arange(len(numbers)) / max(1, len(numbers) - 1)
    return shares


def closeness(values: Array, articles: Places) -> Array:
    """How alike two articles are, ``(articles, articles)``: the mean of the best likeness of each of their passages."""
    rows_by_article = [np.flatnonzero(articles == article) for article in range(int(articles.max(initial=-1)) + 1)]
    likeness = np.zeros((len(rows_by_article), len(rows_by_article)))
    for first, rows in enumerate(rows_by_article):
        for second in range(first):
            part = values[np.ix_(rows, rows_by_article[second])]
            likeness[first, second] = likeness[second, first] = np.concatenate(
                [part.max(axis=1), part.max(axis=0)]
            ).mean()
    return likeness
