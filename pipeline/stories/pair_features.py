"""How alike two articles are: what a scorer of same-event pairs looks at.

Only pairs that could be one event are looked at: for each article, its nearest by words and by meaning. Every value of
a pair is the same whichever of the two comes first.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from pipeline.stories.candidate_pairs import near_pairs
from pipeline.stories.pair_evidence import Evidence
from pipeline.stories.story_words import NUMBER, names, news, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pipeline.core.embedding import Encodes

    Array = NDArray[np.float64]
    Pairs = NDArray[np.int64]
    Places = NDArray[np.int64]

# An event is told at the top of an article; what follows is background that many events share.
LEAD: Final = 1_500
_LEAD_WORDS_AS_TITLE: Final = 14
_NEAREST: Final = 40
# Days over which two reports of one event become unlikely, and the most that a gap can tell.
_FADE: Final = 4.0
_MOST_DAYS: Final = 30
_UNDATED: Final = -1
# So many of the features tell of the dates.
TIMES: Final = 6
# Days after which a report on the same people and places tells of another event.
_ONE_STORY: Final = 60
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
    return np.stack([encoder.encode(whole), encoder.encode(heads)], axis=1)


def texts_to_embed(article: StoryText) -> tuple[str, str]:
    """What the two vectors of an article are of."""
    return f"{article.headline}. {article.lead}", article.headline


def _weigh(
    lists: Sequence[Sequence[str]], *, among_news: bool = True
) -> Callable[[Sequence[Sequence[str]]], sparse.csr_matrix]:
    """Rows of TF-IDF of length 1. A word is rare when it is so both in ``lists`` and in news at large."""
    counted, news_articles = news() if among_news else (0, {})
    seen = Counter(chain.from_iterable(map(set, lists)))
    places = {word: place for place, word in enumerate(seen)}
    total = 1 + len(lists) + counted
    rarity = np.array([math.log(total / (times + news_articles.get(word, 0))) for word, times in seen.items()])

    def rows(texts: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        word_places = np.fromiter(map(places.__getitem__, chain.from_iterable(texts)), np.int64, int(lengths.sum()))
        keys, times = np.unique_counts(np.repeat(np.arange(len(texts)) * len(places), lengths) + word_places)
        owners, columns = np.divmod(keys, max(1, len(places)))
        values = (1 + np.log(times)) * rarity[columns]
        norms = np.sqrt(np.bincount(owners, values**2, len(texts)))
        starts = np.searchsorted(owners, np.arange(len(texts) + 1))
        shape = len(texts), len(places)
        return sparse.csr_matrix((values / np.maximum(norms, 1e-9)[owners], columns, starts), shape=shape)

    return rows


def _ranks(owners: Places, values: Array) -> Places:
    """The rank of each value among those of its owner, from 0 for the highest. Owners come in order."""
    order = np.lexsort((-values, owners))
    ranks = np.empty(len(owners), np.int64)
    ranks[order] = np.arange(len(owners)) - np.searchsorted(owners, owners)
    return ranks


class Likeness:
    """The pairs of articles that could be one event, and their features."""

    def __init__(self, articles: Sequence[StoryText], vectors: NDArray[np.float32]) -> None:
        """Compare ``articles``; ``vectors`` are those of :func:`embed`."""
        heads = [words(article.headline) for article in articles]
        leads = [words(article.lead) for article in articles]
        both = [2 * head + lead for head, lead in zip(heads, leads, strict=True)]
        rows = _weigh(both)
        self._whole, self._heads, self._leads = rows(both), rows(heads), rows(leads)
        named = [names(article.headline) + names(article.lead) for article in articles]
        self._named = _weigh(named)(named)
        numbers = [NUMBER.findall(article.headline) + NUMBER.findall(article.lead) for article in articles]
        self._numbers = _weigh(numbers, among_news=False)(numbers)
        self._articles, self._stems = articles, both
        self._vectors = vectors.astype(np.float32)
        self._days = np.array([_UNDATED if article.day is None else article.day for article in articles], np.int64)
        self._bounds = np.array(
            [
                (_UNDATED, _UNDATED) if None in {article.first, article.last} else (article.first, article.last)
                for article in articles
            ],
            np.int64,
        ).reshape(-1, 2)
        self.size = len(articles)
        self.pairs = self._candidates()

    def _candidates(self) -> Pairs:
        """Pairs ``(pairs, 2)``, the lower number first, in order; and for each article how near its nearest are."""
        rows, columns = near_pairs(self._whole, self._vectors[:, 0], self._faded)
        # Each pair comes in both directions, and is as alike in one as in the other.
        least, most = np.minimum(rows, columns), np.maximum(rows, columns)
        keys, back = np.unique(least * max(self.size, 1) + most, return_inverse=True)
        firsts, seconds = np.divmod(keys, max(self.size, 1))
        alike = self._cosine(self._whole, self._whole, firsts, seconds)[back]
        meaning = self._meaning(0, 0, firsts, seconds)[back]
        fade = self._faded(rows, columns)
        kinds = (alike, meaning, alike * fade, meaning * fade)
        floors = (_FLOOR / 2, _FLOOR, 0.35 * _FLOOR, 0.7 * _FLOOR)
        self._tops = np.zeros((self.size, 4))
        for column, (kind, floor) in enumerate(zip(kinds, floors, strict=True)):
            first = _ranks(rows, kind) < _TOP
            mean = np.bincount(rows[first], kind[first], minlength=self.size) / _TOP
            self._tops[:, column] = np.maximum(mean, floor)
        near = _ranks(rows, (alike + meaning) * fade) < _NEAREST
        pairs = np.sort(np.stack([rows[near], columns[near]], axis=1), axis=1)
        return np.unique(pairs, axis=0)

    @staticmethod
    def _cosine(left: sparse.csr_matrix, right: sparse.csr_matrix, firsts: Places, seconds: Places) -> Array:
        return np.asarray(left[firsts].multiply(right[seconds]).sum(axis=1)).ravel()

    def _meaning(self, left: int, right: int, firsts: Places, seconds: Places) -> Array:
        product = np.einsum("ij,ij->i", self._vectors[firsts, left], self._vectors[seconds, right])
        return np.asarray(product, np.float64)

    def _faded(self, firsts: Places, seconds: Places) -> Array:
        first_days, second_days = self._days[firsts], self._days[seconds]
        return self._fade(np.abs(first_days - second_days), first_days, second_days)

    @staticmethod
    def _fade(gap: NDArray[np.int64], first_days: NDArray[np.int64], second_days: NDArray[np.int64]) -> Array:
        dated = (first_days != _UNDATED) & (second_days != _UNDATED)
        return np.where(dated, np.exp(-gap / _FADE), 1.0)

    @property
    def dated(self) -> NDArray[np.bool_]:
        """Whether both articles of a pair have a day."""
        return np.asarray((self._days[self.pairs] != _UNDATED).all(axis=1))

    @property
    def apart(self) -> NDArray[np.bool_]:
        """Whether the articles of a pair cannot have appeared within two months of each other."""
        firsts, seconds = self._bounds[self.pairs[:, 0]], self._bounds[self.pairs[:, 1]]
        dated = (firsts[:, 0] != _UNDATED) & (seconds[:, 0] != _UNDATED)
        gap = np.maximum(firsts[:, 0] - seconds[:, 1], seconds[:, 0] - firsts[:, 1])
        return np.asarray(dated & (gap > _ONE_STORY))

    def features(self) -> Array:
        """What is seen of each pair, ``(pairs, features)``; the last tell of the dates, 0 where one is unknown."""
        firsts, seconds = self.pairs.T
        alike, means = self._cosine(self._whole, self._whole, firsts, seconds), self._meaning(0, 0, firsts, seconds)
        fade = self._faded(firsts, seconds)
        nearness = [
            kind / self._tops[firsts, column] + kind / self._tops[seconds, column]
            for column, kind in enumerate((alike, means, alike * fade, means * fade))
        ]
        timed = np.stack([*nearness[2:], *self._apart_in_time()], axis=1) * self.dated[:, None]
        return np.column_stack([*self._alike(), *nearness[:2], timed])

    def evidence(self) -> Array:
        """What is seen of each pair without regard to other articles, ``(pairs, features)``; dates as in features.

        Meaning is left out: two fires mean much the same.
        """
        by_content = Evidence(self._articles, self._stems).features(self.pairs)
        timed = np.stack(self._apart_in_time(), axis=1) * self.dated[:, None]
        return np.column_stack([*self._words_alike(), by_content, timed])

    def _words_alike(self) -> list[Array]:
        """How alike the articles of each pair are, by words, names and numbers."""
        firsts, seconds = self.pairs.T

        def cosine(left: sparse.csr_matrix, right: sparse.csr_matrix) -> Array:
            return self._cosine(left, right, firsts, seconds)

        across = cosine(self._heads, self._whole), cosine(self._whole, self._heads)
        by_words = [
            cosine(self._whole, self._whole),
            cosine(self._heads, self._heads),
            cosine(self._leads, self._leads),
            np.maximum(*across),
            np.minimum(*across),
            cosine(self._named, self._named),
            cosine(self._numbers, self._numbers),
        ]
        return [*by_words, *map(np.sqrt, by_words)]

    def _alike(self) -> list[Array]:
        """The same, and how alike they are in meaning."""
        firsts, seconds = self.pairs.T

        def meaning(left: int, right: int) -> Array:
            return self._meaning(left, right, firsts, seconds)

        means = meaning(0, 0)
        crossed = meaning(0, 1), meaning(1, 0)
        by_meaning = [means, meaning(1, 1), np.maximum(*crossed), np.minimum(*crossed), np.maximum(means, 0) ** 2]
        return [*self._words_alike(), *by_meaning]

    def _apart_in_time(self) -> list[Array]:
        gap = np.abs(self._days[self.pairs[:, 0]] - self._days[self.pairs[:, 1]]).astype(np.float64)
        return [np.minimum(gap, _MOST_DAYS), gap <= 6, np.log1p(gap), np.minimum(gap, 7), gap == 0, gap <= 3]

    def standing(self, scores: Array) -> Array:
        """How a pair stands among others of its articles, ``(pairs, features)``, from first ``scores`` in logits."""
        firsts, seconds = self.pairs.T
        sure = 1 / (1 + np.exp(-scores))
        matrix = sparse.csr_matrix((sure, (firsts, seconds)), shape=(self.size, self.size))
        matrix = sparse.csr_matrix(matrix + matrix.T)
        best, second, mass = np.zeros(self.size), np.zeros(self.size), np.zeros(self.size)
        for row in range(self.size):
            values = np.sort(matrix.data[matrix.indptr[row] : matrix.indptr[row + 1]])[::-1]
            best[row] = values[0] if len(values) else 0.0
            second[row] = values[1] if len(values) > 1 else 0.0
            mass[row] = values.sum()
        shared = np.asarray(matrix[firsts].multiply(matrix[seconds]).sum(axis=1)).ravel()
        columns = [scores, sure, shared]
        tops = (np.maximum(best, 0.05), np.maximum((best + second) / 2, 0.05))
        columns += [sure / top[firsts] + sure / top[seconds] for top in tops]
        for value in (best, second, np.log(mass + 0.01)):
            columns += [np.minimum(value[firsts], value[seconds]), np.maximum(value[firsts], value[seconds])]
        return np.stack(columns, axis=1)
