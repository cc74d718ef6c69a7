"""What says that two articles tell one event, or two, whatever other articles there are.

In a small corpus nothing shows how usual a likeness is: two shootings of one day are each other's nearest. So the
names, places, people and figures of both are set against each other: what both give speaks for one event, what only
contradicts speaks for two.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from pipeline.core.word_lists import common_words, first_names, surnames
from pipeline.places.gazetteer import KNOWN_CITY, forms
from pipeline.stories.article_words import held
from pipeline.stories.story_words import COMMON, NUMBER, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.stories.article_words import ArticleWords
    from pipeline.stories.pair_features import StoryText

    Array = NDArray[np.float64]
    Pairs = NDArray[np.int64]

# From so many articles on a corpus shows by itself how usual a likeness is; up to so many it shows nothing.
LARGE: Final = 700
SMALL: Final = 40
_LONGEST_PLACE: Final = 3
_MOST_SHARED: Final = 3
_SEVERAL: Final = 2
_RUN: Final = re.compile(r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*")


def trust(size: int) -> float:
    """How much a corpus of ``size`` articles tells of how usual a likeness is: from 0 to 1."""
    if size <= SMALL:
        return 0.0
    return min(1.0, math.log(size / SMALL) / math.log(LARGE / SMALL))


@lru_cache(maxsize=65_536)
def _place(name: str) -> tuple[str, str]:
    """The town and the state or country that ``name`` can be; empty where it is none."""
    places = [
        form.place
        for form in forms().get(name, ())
        if (form.sense != "abbreviation" or len(name) > _LONGEST_PLACE)
        and (form.place.kind in {"city", "county"} or not form.weak)
        and (form.place.kind != "city" or form.place.population >= KNOWN_CITY)
    ]
    if not places:
        return "", ""
    place = max(places, key=lambda place: (place.population, place.entity_id))
    if place.kind in {"country", "state"}:
        return "", place.state or place.entity_id
    # Towns of one name lie in many states: of which, the name alone does not tell.
    return name, place.state if len({place.state for place in places}) == 1 else ""


def _within_a_name(words: Sequence[str], at: int) -> bool:
    """Whether a town's name that is also a word or a person's is no town among these capitalised words: "Bo Ray"."""
    if not (_names_person(words[at]) or words[at].lower() in common_words()):
        return False
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    return (bool(before) and before.lower() not in COMMON) or _names_person(after)


def _names_person(word: str) -> bool:
    return word in first_names() or word in surnames()


def _named(text: str) -> tuple[set[str], set[str], set[str]]:
    """Towns, states and countries, and surnames of people named in full."""
    towns: set[str] = set()
    states: set[str] = set()
    people: set[str] = set()
    for run in _RUN.findall(text):
        words = [word.strip(".,’'") for word in run.replace("’s", "").replace("'s", "").split()]
        name_words: list[str] = []
        at = 0
        while at < len(words):
            for length in range(_LONGEST_PLACE, 0, -1):
                town, state = _place(" ".join(words[at : at + length]))
                if (town or state) and at + length <= len(words) and not (length == 1 and _within_a_name(words, at)):
                    towns |= {town} - {""}
                    states |= {state} - {""}
                    at += length
                    break
            else:
                name_words.append(words[at])
                at += 1
        name_words = [word for word in name_words if word.lower() not in COMMON]
        if len(name_words) > 1:
            people.add(stem(name_words[-1]))
    return towns, states, people


class Evidence:
    """What each of some articles names and counts, and how that of two of them agrees."""

    def __init__(self, articles: Sequence[StoryText], words: ArticleWords) -> None:
        """Read ``articles``, which have these ``words``."""
        named = [_named(article.lead) for article in articles]
        figures = [
            {number.strip(".,") for number in NUMBER.findall(f"{article.headline}. {article.lead}")} - {""}
            for article in articles
        ]
        self._sets = [_matrix([by_kind[kind] for by_kind in named]) for kind in range(3)] + [_matrix(figures)]
        rarity = words.rarity_in_news()
        self._rare = [held(said, rarity) for said in (words.opening, words.named)]
        self._length = np.log1p(np.diff(words.opening.indptr))

    def features(self, pairs: Pairs) -> Array:
        """What speaks for one event or for two, ``(pairs, features)``: the same whichever of two comes first."""
        firsts, seconds = pairs.T
        columns = [np.minimum(self._length[firsts], self._length[seconds])]
        for rare in self._rare:
            shared = np.asarray(rare[firsts].minimum(rare[seconds]).sum(axis=1)).ravel()
            whole = np.asarray(rare.sum(axis=1)).ravel()
            columns += [np.log1p(shared), shared / np.maximum(np.minimum(whole[firsts], whole[seconds]), 1e-9)]
        for least, both in self._named_by_both(pairs):
            columns += [
                np.minimum(both, _MOST_SHARED),
                least > 0,
                (least > 0) & (both == 0),
                (least >= _SEVERAL) & (both == 0),
            ]
        return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)

    def _named_by_both(self, pairs: Pairs) -> list[tuple[Array, Array]]:
        """Of each kind of things how many both name, and how many of them are the same."""
        firsts, seconds = pairs.T
        named = []
        for things in self._sets:
            count = _sum(things)
            both = _sum(things[firsts].multiply(things[seconds]))
            named.append((np.minimum(count[firsts], count[seconds]), both))
        (towns, same_towns), (states, same_states) = named[:2]
        # Towns of one name in two states are two.
        named[0] = towns, np.where((states > 0) & (same_states == 0), 0.0, same_towns)
        return named


def _sum(matrix: sparse.csr_matrix) -> Array:
    return np.asarray(matrix.sum(axis=1), np.float64).ravel()


def _matrix(texts: Sequence[set[str]]) -> sparse.csr_matrix:
    """One row for each of ``texts``, one column for each thing in any of them: 1 where it has it."""
    places: dict[str, int] = {}
    columns = [places.setdefault(thing, len(places)) for things in texts for thing in sorted(things)]
    starts = np.cumsum([0, *map(len, texts)])
    shape = (len(texts), max(1, len(places)))
    return sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=shape)
