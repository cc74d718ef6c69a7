"""How alike two articles are: what a scorer of same-event pairs looks at.

Only pairs that could be one event are looked at: for each article, its nearest by words and by meaning. Every value of
a pair is the same whichever of the two comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from pipeline.stories.article_words import weighed
from pipeline.stories.candidate_pairs import FADE, UNDATED
from pipeline.stories.comparison import Comparison, compare
from pipeline.stories.pair_evidence import Evidence
from pipeline.stories.shared_stems import Stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.core.embedding import Encodes

    Array = NDArray[np.float64]
    Pairs = NDArray[np.int64]
    Places = NDArray[np.int64]

# An event is told at the top of an article; what follows is background that many events share.
LEAD: Final = 1_500
_LEAD_WORDS_AS_TITLE: Final = 14
# The most days that a gap can tell.
_MOST_DAYS: Final = 30
# So many of the features tell of the dates.
TIMES: Final = 6
# Days after which a report on the same people and places tells of another event.
_ONE_STORY: Final = 60
# Pairs compared at once, and those whose neighbours are.
_AT_ONCE: Final = 1_000
_STANDING_AT_ONCE: Final = 8_000
_ALL: Final = slice(None)
# Likeness that an article of its own still finds somewhere: in a small corpus, the nearest article is not yet near.
_FLOOR: Final = 0.4
_TOP: Final = 3


@dataclass(frozen=True, slots=True)
class StoryText:
    """What is compared of an article: its headline, its text, and the first and last day, as ordinals, it can be of."""

    title: str
    text: str
    first: int | None = None
    last: int | None = None

    @property
    def day(self) -> int | None:
        """The day it appeared, where that is known."""
        return self.first if self.first == self.last else None

    @property
    def headline(self) -> str:
        """The headline, or the first words where there is none."""
        return self.title or " ".join(self.text.split()[:_LEAD_WORDS_AS_TITLE])

    @property
    def lead(self) -> str:
        """The opening of the text."""
        return self.text[:LEAD]


def embed(articles: Sequence[StoryText], encoder: Encodes) -> NDArray[np.float32]:
    """Vectors ``(articles, 2, 384)``: of headline with lead, and of the headline. Each depends on its article only."""
    whole, heads = zip(*map(texts_to_embed, articles), strict=True) if articles else ((), ())
    vectors = encoder.encode(whole)
    both = np.empty((len(vectors), 2, *vectors.shape[1:]), np.float32)
    both[:, 0] = vectors
    # One after the other: of many articles the vectors are most of what is held.
    del vectors
    both[:, 1] = encoder.encode(heads)
    return both


def texts_to_embed(article: StoryText) -> tuple[str, str]:
    """What the two vectors of an article are of."""
    return f"{article.headline}. {article.lead}", article.headline


def _mean_of_top(values: Array, starts: Places) -> Array:
    """The mean of the highest of each run of ``values``, as if there were as many in each; runs begin at ``starts``."""
    left, total = values.copy(), np.zeros(len(starts))
    for _ in range(_TOP):
        highest = np.maximum.reduceat(left, starts)
        total += np.maximum(highest, 0)
        # One of each run is taken out: sorting all would take several times as long.
        at = np.flatnonzero(left == np.repeat(highest, np.diff(starts, append=len(left))))
        run = np.searchsorted(starts, at, "right")
        left[at[np.diff(run, prepend=0) > 0]] = -np.inf
    return total / _TOP


def _bounds(articles: Sequence[StoryText]) -> Places:
    """The first and the last day that each article may be of, ``(articles, 2)``, ``UNDATED`` where one is not known."""
    return np.array(
        [
            (UNDATED, UNDATED) if article.first is None or article.last is None else (article.first, article.last)
            for article in articles
        ],
        np.int64,
    ).reshape(-1, 2)


def _days(bounds: Places) -> Places:
    """The day of each article, by its :func:`_bounds`."""
    first_days, last_days = bounds.T
    return np.where(first_days == last_days, first_days, UNDATED)


def compare_articles(
    articles: Sequence[StoryText], vectors: NDArray[np.float32], before: Comparison | None = None
) -> Comparison:
    """Compare ``articles``; ``vectors`` are those of :func:`embed`, ``before`` what an earlier comparison left."""
    return compare(articles, vectors.astype(np.float32, copy=False), _days(_bounds(articles)), before)


# Columns of features that set a pair against the nearest of its articles, behind seven of words, as many roots and five
# of meaning.
_AMONG_NEIGHBOURS: Final = range(19, 23)


class Likeness:
    """The pairs of articles that could be one event, and their features."""

    def __init__(self, articles: Sequence[StoryText], compared: Comparison) -> None:
        """Measure the pairs of ``articles`` that are ``compared``, by :func:`compare_articles`."""
        self._articles, self.size = articles, len(articles)
        self._bounds = _bounds(articles)
        self._days = _days(self._bounds)
        self.compared = compared
        # Pairs of articles, ``(pairs, 2)``, the lower number first, in order.
        self.pairs = self.compared.pairs
        # Whether both articles of a pair have a day.
        self.dated = np.logical_and(*(self._days[self.pairs.T] != UNDATED))
        self._by_words = self._likeness()
        self._tops = self._nearest()

    def _nearest(self) -> Array:
        """How near the nearest of each article are, ``(articles, 4)``: by words, by meaning, by both less the days."""
        firsts, seconds = self.pairs.T
        alike, meaning = self._by_words[:, 0], self.compared.meant[:, 0].astype(np.float64)
        fade = self._faded(firsts, seconds)
        kinds = (alike, meaning, alike * fade, meaning * fade)
        floors = (_FLOOR / 2, _FLOOR, 0.35 * _FLOOR, 0.7 * _FLOOR)
        owners = np.concatenate([firsts, seconds])
        order = np.argsort(owners, kind="stable")
        having, starts = np.unique(owners[order], return_index=True)
        means = np.zeros((self.size, len(kinds)))
        for column, kind in enumerate(kinds):
            means[having, column] = _mean_of_top(np.tile(kind, 2)[order], starts)
        return np.maximum(means, floors)

    def _likeness(self) -> Array:
        """How alike the two of each pair are by words, names and numbers, ``(pairs, 7)``."""
        said = self.compared.words
        stems = Stems(said.opening, said.named, said.numbers)
        named = weighed(said.named, said.rarity(said.named)).data
        numbers = weighed(said.numbers, said.rarity(said.numbers, among_news=False)).data
        laid = np.empty((stems.size, 3))
        for column, part in enumerate(said.openings(said.rarity(said.opening))):
            laid[:, column] = stems.laid(part.data, *(() if column else (named, numbers)))
        by_words = np.empty((len(self.pairs), 7))
        # So few at a time that they stay near the processor, which makes it several times faster.
        for first in range(0, len(self.pairs), _AT_ONCE):
            rows = slice(first, first + _AT_ONCE)
            pairs = self.pairs[rows]
            shared = stems.shared(pairs)
            (own, head, lead), (other_own, other_head, other_lead) = (worth.T for worth in shared.worth(laid))
            alike, *rest = shared.cosines(own, other_own)
            parts = shared.cosines(head, other_head)[0], shared.cosines(lead, other_lead)[0]
            across = shared.cosines(head, other_own)[0], shared.cosines(other_head, own)[0]
            by_words[rows] = np.stack([alike, *parts, np.maximum(*across), np.minimum(*across), *rest], axis=1)
        return by_words

    def _faded(self, firsts: Places, seconds: Places) -> Array:
        first_days, second_days = self._days[firsts], self._days[seconds]
        return self._fade(np.abs(first_days - second_days), first_days, second_days)

    @staticmethod
    def _fade(gap: NDArray[np.int64], first_days: NDArray[np.int64], second_days: NDArray[np.int64]) -> Array:
        dated = (first_days != UNDATED) & (second_days != UNDATED)
        return np.where(dated, np.exp(-gap / FADE), 1.0)

    @property
    def apart(self) -> NDArray[np.bool_]:
        """Whether the articles of a pair cannot have appeared within two months of each other."""
        firsts, seconds = self._bounds[self.pairs[:, 0]], self._bounds[self.pairs[:, 1]]
        dated = (firsts[:, 0] != UNDATED) & (seconds[:, 0] != UNDATED)
        gap = np.maximum(firsts[:, 0] - seconds[:, 1], seconds[:, 0] - firsts[:, 1])
        return np.asarray(dated & (gap > _ONE_STORY))

    def features(self, rows: slice = _ALL) -> Array:
        """What is seen of each pair, ``(pairs, features)``; the last tell of the dates, 0 where one is unknown.

        Of many pairs it is better asked for some ``rows`` at a time: of all it takes several times the memory of what
        it is made from.
        """
        firsts, seconds = self.pairs[rows].T
        by_words, by_meaning = self._by_words[rows], self.compared.meant[rows].astype(np.float64)
        alike, means = by_words[:, 0], by_meaning[:, 0]
        fade = self._faded(firsts, seconds)
        nearness = [
            kind / self._tops[firsts, column] + kind / self._tops[seconds, column]
            for column, kind in enumerate((alike, means, alike * fade, means * fade))
        ]
        timed = np.stack([*nearness[2:], *self._apart_in_time(rows)], axis=1) * self.dated[rows, None]
        across = by_meaning[:, 2:]
        meant = [means, by_meaning[:, 1], np.maximum(*across.T), np.minimum(*across.T), np.maximum(means, 0) ** 2]
        return np.column_stack([by_words, np.sqrt(by_words), *meant, *nearness[:2], timed])

    @staticmethod
    def plain(features: Array) -> Array:
        """Those of :meth:`features` that do not look at the neighbours of a pair: likeness, meaning and days apart."""
        return np.delete(features, _AMONG_NEIGHBOURS, axis=1)

    def evidence(self) -> Array:
        """What is seen of each pair without regard to other articles, ``(pairs, features)``; dates as in features.

        Meaning is left out: two fires mean much the same.
        """
        by_content = Evidence(self._articles, self.compared.words).features(self.pairs)
        timed = np.stack(self._apart_in_time(_ALL), axis=1) * self.dated[:, None]
        return np.column_stack([self._by_words, np.sqrt(self._by_words), by_content, timed])

    def _apart_in_time(self, rows: slice) -> list[Array]:
        firsts, seconds = self.pairs[rows].T
        gap = np.abs(self._days[firsts] - self._days[seconds]).astype(np.float64)
        return [np.minimum(gap, _MOST_DAYS), gap <= 6, np.log1p(gap), np.minimum(gap, 7), gap == 0, gap <= 3]

    def standing(self, scores: Array) -> Array:
        """How a pair stands among others of its articles, ``(pairs, features)``, from first ``scores`` in logits."""
        firsts, seconds = self.pairs.T
        sure = 1 / (1 + np.exp(-scores))
        matrix = sparse.csr_matrix((sure, (firsts, seconds)), shape=(self.size, self.size))
        matrix = sparse.csr_matrix(matrix + matrix.T)
        owners = np.repeat(np.arange(self.size), np.diff(matrix.indptr))
        mass = np.bincount(owners, matrix.data, self.size)
        order = np.lexsort((-matrix.data, owners))
        # Two more, for those with fewer than two.
        highest = np.concatenate([matrix.data[order], np.zeros(2)])
        degree, start = np.diff(matrix.indptr), matrix.indptr[:-1]
        best, second = np.where(degree > 0, highest[start], 0.0), np.where(degree > 1, highest[start + 1], 0.0)
        neighbours = Stems(matrix)
        mutual = neighbours.laid(matrix.data)
        starts = range(0, max(1, len(self.pairs)), _STANDING_AT_ONCE)
        found = (neighbours.shared(self.pairs[start : start + _STANDING_AT_ONCE]) for start in starts)
        shared = np.concatenate([each.cosines(*each.worth(mutual))[0] for each in found])
        columns = [scores, sure, shared]
        tops = (np.maximum(best, 0.05), np.maximum((best + second) / 2, 0.05))
        columns += [sure / top[firsts] + sure / top[seconds] for top in tops]
        for value in (best, second, np.log(mass + 0.01)):
            columns += [np.minimum(value[firsts], value[seconds]), np.maximum(value[firsts], value[seconds])]
        return np.stack(columns, axis=1)
