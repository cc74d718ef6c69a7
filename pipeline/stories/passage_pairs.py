"""How alike two passages are: by shared words, names and figures, quoted words, what surrounds them, and by meaning.

A logistic regression over these gives the odds that both tell the same. ``training/passages.py`` made it from pairs
that were read and judged. Meaning costs a hundred times what words do, so a first look at the words alone foretells
the odds: passages that come near no other by these are given no meaning, and tell what no other does.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from calendar import month_name
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import log
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import sparse
from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.core import resource_tables
from pipeline.core.resource_tables import RESOURCES
from pipeline.core.verb_lemmas import verb
from pipeline.stories.passage_context import beside, centred, closeness, places, standing_out, tops

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Places = NDArray[np.int64]
    # Vectors of meaning, ``(passages, width)``, of the passages with some numbers.
    Meanings = Callable[[Places], NDArray[np.float32]]

WEIGHTS: Final = RESOURCES / "stories/passages.json"

# So many words quoted alike in a row are the same quote; fewer are a phrase.
QUOTED_RUN: Final = 6
# Log odds are kept within these bounds; a pair that was not looked at has the lowest.
MOST: Final = 4.0
# A passage is compared with so many of another article: the nearest by meaning, and by words.
_NEAREST: Final = 3
_FIGURE: Final = 1.5
_FEWEST_WORDS: Final = 0.05
_FEWEST_MEANING: Final = 0.3
# So many of the first columns of what is seen by words tell most.
_TELLING_MOST: Final = 3

_WORDS = re.compile(r"\$?\d+(?:[.,]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_HUNDRED = re.compile(r"\b(?:one|a) hundred\b", re.IGNORECASE)
_SMALL: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS: Final = {word: number for number, word in enumerate(_SMALL, 2)}
# "May" is a month, "may" is not.
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
_NUMBER = re.compile(r"\$?\d")
MONTHS: Final = frozenset(month.lower() for month in month_name if month)
_FIGURES = re.compile(r"\$?\d[\d.,%]")
_LINK = re.compile(r"\S+\.(?:com|org|net|gov|ly)\S*")
_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article: where it stands, its words, whom it names, and what it quotes.

    ``names`` maps ids of the entities to their label and full name, ``written`` to what they are called here;
    ``quoted`` holds the words inside quotation marks.
    """

    article: str
    sentence: int
    start: int
    end: int
    voice: str
    text: str
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)
    written: Mapping[str, str] = field(default_factory=dict, hash=False)
    quoted: str = ""
    speaker: str = ""


def plain_words(text: str) -> list[str]:
    """Words and numbers of ``text``, lower-cased."""
    return [word.replace("’", "'").removesuffix("'s") for word in _WORDS.findall(text.lower())]


@cache
def _callings() -> frozenset[str]:
    """Words that say who somebody is or that he spoke: "acting director", "said in a statement"."""
    rows = resource_tables.rows("entities/titles.csv")
    titles = {word for row in rows for word in plain_words(next(iter(row.values())))}
    return frozenset(titles | {*resource_tables.lists("stories/title_words.toml")["callings"]})


def terms(passage: Passage) -> frozenset[str]:
    """What a passage is compared by: base forms of its words, numbers in figures, and ids in the place of names."""
    text = _LINK.sub(" ", _HUNDRED.sub("100", passage.text))
    named = {word for _, name in passage.names.values() for word in plain_words(name)}
    proper = {word.lower() for word in _CAPITAL.findall(text)}
    words = {str(COUNTS.get(word, word)) for word in plain_words(text)}
    plain = {word for word in words - named - _callings() if word not in STOP_WORDS or word in proper}
    return frozenset({stem(word) for word in plain if len(word) > 2 or word[0].isdecimal()} | set(passage.names))


def stem(word: str) -> str:
    """The base form; a noun of doing is counted as its verb: "deployments" with "deploy"."""
    base = verb(word)
    return base.removesuffix("ment") if len(base) > 8 else base


def _tells(term: str) -> bool:
    """Whether sharing a term says that the same is told: people do many things, and so do countries."""
    return ":" not in term or (term.startswith("place:") and "-" in term)


def telling(passage_terms: Iterable[str]) -> int:
    """How many terms tell something."""
    return sum(_tells(term) for term in passage_terms)


def is_exact(term: str) -> bool:
    """Whether a term is a figure of two digits or more, or a month."""
    return bool(_FIGURES.match(term)) or term in MONTHS


def weights_of(term_lists: Sequence[Iterable[str]]) -> dict[str, float]:
    """How rare each term is among some passages; a figure that two have is seldom chance, though a year often is."""
    times = Counter(term for passage_terms in term_lists for term in passage_terms)
    return {
        term: log(1 + len(term_lists) / times[term]) * (_FIGURE if _NUMBER.match(term) and not _YEAR.match(term) else 1)
        for term in sorted(times)
    }


def _people(passage: Passage) -> frozenset[str]:
    return frozenset(entity for entity in passage.names if entity.startswith("person:"))


def _matrix(term_lists: Sequence[Iterable[str]], weigh: Callable[[str], float]) -> sparse.csr_matrix:
    """One row for each of ``term_lists``, one column for each term."""
    places = {
        term: place for place, term in enumerate(sorted({term for row_terms in term_lists for term in row_terms}))
    }
    cells = [(row, places[term], weigh(term)) for row, row_terms in enumerate(term_lists) for term in sorted(row_terms)]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(term_lists), max(1, len(places))), dtype=np.float64)


def _product(matrix: sparse.csr_matrix) -> Array:
    return np.asarray((matrix @ matrix.T).todense(), np.float64)


class PassageLikeness:
    """How alike the passages of one story are: matrices ``(passages, passages)``."""

    def __init__(self, passages: Sequence[Passage], meanings: Meanings, *, all_open: bool = False) -> None:
        """Compare ``passages``; ``meanings`` gives vectors of those by number of which words leave it open.

        ``all_open`` asks for the meanings of all, whatever their words say.
        """
        self.terms = [terms(passage) for passage in passages]
        self.weight = weights_of(self.terms)
        self.quoted = [plain_words(passage.quoted) for passage in passages]
        articles = np.unique([passage.article for passage in passages], return_inverse=True)[1]
        self._articles = articles.astype(np.int64)
        self.across = articles[:, None] != articles[None]
        self._compare_words(passages)
        self._set_in_context([_people(passage) for passage in passages])
        # The log odds as the words foretell them.
        self.foretold = np.full(self.words.shape, -MOST)
        self.open = np.arange(len(passages)) if all_open else self._left_open()
        count = int(self._articles.max(initial=-1)) + 1
        self.meaning, self._apart, self._stands_out = (np.zeros(self.words.shape) for _ in range(3))
        self._close_in_meaning = np.zeros((count, count))
        if len(self.open):
            self._compare_meanings(meanings(self.open))
        self._beside_meaning = beside(self.meaning, self._articles)
        self._tops_in_meaning = tops(self.meaning, self._articles)

    def _compare_words(self, passages: Sequence[Passage]) -> None:
        shared = _product(_matrix(self.terms, self.weight.__getitem__))
        norm = np.sqrt(np.maximum(shared.diagonal(), 1e-9))
        self.words = shared / np.outer(norm, norm)
        self._contained = shared / np.minimum.outer(norm, norm) ** 2
        self._telling = _product(_matrix(self.terms, lambda term: np.sqrt(self.weight[term] * _tells(term))))
        figures = [[term for term in passage_terms if is_exact(term)] for passage_terms in self.terms]
        self.figures = _product(_matrix(figures, lambda _: 1.0))
        has = np.array([bool(passage_figures) for passage_figures in figures], bool)
        self._figures_differ = np.logical_and.outer(has, has) & (self.figures == 0)
        names = _product(_matrix([sorted(passage.names) for passage in passages], self.weight.__getitem__))
        longest = np.sqrt(np.maximum(names.diagonal(), 1e-9))
        self._names = names / np.outer(longest, longest)
        runs = [
            {" ".join(words[at : at + QUOTED_RUN]) for at in range(len(words) - QUOTED_RUN + 1)}
            for words in self.quoted
        ]
        self.same_quote = _product(_matrix(runs, lambda _: 1.0)) > 0
        speakers = np.array([passage.speaker for passage in passages], object)
        has_speaker = speakers != ""
        self._other_speaker = np.logical_and.outer(has_speaker, has_speaker) & (speakers[:, None] != speakers[None])
        quotes = np.array([bool(words) for words in self.quoted], bool)
        self._one_quotes = np.logical_xor.outer(quotes, quotes)
        self._length = np.log([max(1, len(passage_terms)) for passage_terms in self.terms])

    def _set_in_context(self, people: Sequence[frozenset[str]]) -> None:
        self._beside_words = beside(self.words, self._articles)
        self._close_in_words = closeness(self.words, self._articles)
        self._tops_in_words = tops(self.words, self._articles)
        self._place = places(self._articles)
        self._people = _product(_matrix(people, lambda _: 1.0))
        has_people = np.array([bool(passage_people) for passage_people in people], bool)
        self._other_people = np.logical_and.outer(has_people, has_people) & (self._people == 0)

    def _left_open(self) -> Places:
        """Passages that could tell what another article's does, as far as words say."""
        stored = _weights()["first"]
        firsts, seconds = self.candidates_by_words()
        if len(firsts):
            values = self.first_look(firsts, seconds) @ np.array(stored["weights"]) + stored["bias"]
            self.foretold[firsts, seconds] = self.foretold[seconds, firsts] = np.clip(values, -MOST, MOST)
        return np.flatnonzero(self.foretold.max(axis=1, initial=-MOST) >= stored["open"])

    def _compare_meanings(self, vectors: NDArray[np.float32]) -> None:
        """Likeness in meaning of the open passages; that of others stays 0."""
        block = np.ix_(self.open, self.open)
        open_articles, articles = np.unique(self._articles[self.open], return_inverse=True)
        meaning, apart = (vectors @ vectors.T).astype(np.float64), centred(vectors)
        self.meaning[block], self._apart[block] = meaning, apart
        self._stands_out[block] = standing_out(apart, articles)
        self._close_in_meaning[np.ix_(open_articles, open_articles)] = closeness(meaning, articles)

    def candidates_by_words(self) -> tuple[Places, Places]:
        """Pairs of different articles near enough by words for a first look, the lower number first, in order."""
        return self._pairs(self.same_quote & self.across | self._nearest(self.words, _FEWEST_WORDS))

    def candidates(self) -> tuple[Places, Places]:
        """Pairs of open passages of different articles worth a closer look, the lower number first, in order."""
        looked_at = self._nearest(self.words, _FEWEST_WORDS) | self._nearest(self.meaning, _FEWEST_MEANING)
        is_open = np.zeros(len(self.terms), bool)
        is_open[self.open] = True
        return self._pairs((looked_at | self.same_quote & self.across) & np.logical_and.outer(is_open, is_open))

    @staticmethod
    def _pairs(looked_at: NDArray[np.bool_]) -> tuple[Places, Places]:
        rows, columns = np.nonzero(looked_at | looked_at.T)
        first = rows < columns
        return rows[first], columns[first]

    def _nearest(self, values: Array, least: float) -> NDArray[np.bool_]:
        """Of each passage the nearest few of every other article."""
        is_near = np.zeros(values.shape, bool)
        for article in range(int(self._articles.max(initial=-1)) + 1):
            columns = np.flatnonzero(self._articles == article)
            part = np.where(self.across[:, columns], values[:, columns], -1.0)
            nearest = np.argsort(-part, axis=1, kind="stable")[:, :_NEAREST]
            rows = np.repeat(np.arange(len(values)), nearest.shape[1])
            good = part[rows, nearest.ravel()] >= least
            is_near[rows[good], columns[nearest.ravel()][good]] = True
        return is_near

    def by_words(self, firsts: Places, seconds: Places) -> Array:
        """What is seen of pairs without their meaning, ``(pairs, features)``; the same whichever comes first."""
        first, second = self._place[firsts], self._place[seconds]
        columns = [
            self.words[firsts, seconds],
            self._contained[firsts, seconds],
            self._standing(self.words, self._tops_in_words, firsts, seconds),
            np.log1p(self._telling[firsts, seconds]),
            np.minimum(self.figures[firsts, seconds], 2),
            self._figures_differ[firsts, seconds],
            self._names[firsts, seconds],
            self.same_quote[firsts, seconds],
            self._other_speaker[firsts, seconds],
            self._one_quotes[firsts, seconds],
            np.minimum(self._length[firsts], self._length[seconds]),
            np.abs(self._length[firsts] - self._length[seconds]),
            self._beside_words[firsts, seconds],
            np.minimum(first, second),
            np.abs(first - second),
            (first == 0).astype(np.float64) + (second == 0),
            self._close_in_words[self._articles[firsts], self._articles[seconds]],
            np.full(len(firsts), np.log(max(1, len(self.terms)))),
            self._people[firsts, seconds],
            self._other_people[firsts, seconds],
        ]
        return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)

    def first_look(self, firsts: Places, seconds: Places) -> Array:
        """The same, with powers of what tells most."""
        seen = self.by_words(firsts, seconds)
        return np.column_stack([seen, seen[:, :_TELLING_MOST] ** 2, np.sqrt(seen[:, 0])])

    def features(self, firsts: Places, seconds: Places) -> Array:
        """What is seen of pairs of open passages, ``(pairs, features)``; the same whichever of the two comes first."""
        meaning = self.meaning[firsts, seconds]
        columns = [
            meaning,
            np.maximum(meaning, 0) ** 2,
            self._standing(self.meaning, self._tops_in_meaning, firsts, seconds),
            self._apart[firsts, seconds],
            self._stands_out[firsts, seconds],
            self._beside_meaning[firsts, seconds],
            self._close_in_meaning[self._articles[firsts], self._articles[seconds]],
        ]
        return np.column_stack([self.by_words(firsts, seconds), *columns])

    def _standing(self, values: Array, best: Array, firsts: Places, seconds: Places) -> Array:
        """How near a pair comes to the nearest that either has in the other's article."""
        best_of_firsts, best_of_seconds = best[firsts, self._articles[seconds]], best[seconds, self._articles[firsts]]
        return np.asarray(values[firsts, seconds] / np.maximum(np.maximum(best_of_firsts, best_of_seconds), 1e-3))

    def odds(self) -> Array:
        """The log odds that two passages tell the same, ``(passages, passages)``."""
        odds = np.full(self.meaning.shape, -MOST)
        firsts, seconds = self.candidates()
        if len(firsts):
            stored = _weights()
            values = self.features(firsts, seconds) @ np.array(stored["weights"]) + stored["bias"]
            odds[firsts, seconds] = odds[seconds, firsts] = np.clip(values, -MOST, MOST)
        return odds


def share_right(odds: float) -> float:
    """Of pairs at least so likely by their log odds, the share that tell the same, as estimated from judged pairs."""
    places, shares = zip(*_weights()["shares"], strict=True)
    return float(shares[max(0, bisect_right(places, odds) - 1)])


def share_alike(odds: float) -> float:
    """Of pairs about so likely by their log odds, or by those that words foretell, the share that tell the same."""
    places, shares = zip(*_weights()["alike"], strict=True)
    return float(np.interp(odds, places, shares))


@lru_cache(maxsize=1)
def _weights() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return stored


def forget_weights() -> None:
    """Read the weights again when they are next asked for."""
    _weights.cache_clear()
