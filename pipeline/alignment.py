"""Which passages of a story's articles tell the same fact.

A passage is a sentence that counts. Two are alike by the words, names and numbers they share, weighed by how rare each
is within the story, or because they quote the same words. Likeness is two parts cosine of TF-IDF (Salton & Buckley
1988) and one part how much of the shorter passage the longer one holds. Passages are joined, most alike first, while
the average likeness between articles stays above a bound (average linkage).
"""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from math import log, sqrt
from typing import TYPE_CHECKING, Final

from spacy.lang.en.stop_words import STOP_WORDS

from pipeline import tables
from pipeline.base_forms import verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Likeness from which two passages tell the same, and what a group's average may fall to.
ALIKE: Final = 0.3
TOGETHER: Final = 0.2
# The fewer terms two passages share that tell what is said, the more alike must they be: terms, likeness.
ENOUGH: Final = ((5, ALIKE), (4, 0.36), (3, 0.4))
# Fewer are enough where one is a figure, a month or a town.
ENOUGH_IF_EXACT: Final = ((4, ALIKE), (2, 0.5))
QUOTED_TERMS: Final = 3
# So many words quoted alike in a row are the same quote; fewer are a phrase.
QUOTED_RUN: Final = 6
# Articles of one story that are aligned; the cost grows with the square of their sentences.
ARTICLES_MOST: Final = 24
_SHORTEST: Final = 4
_MARKS: Final = 3
# A cut quote lacks so many words of the longer one.
_CUT: Final = 4

_WORDS = re.compile(r"\$?\d+(?:[.,]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_HUNDRED = re.compile(r"\b(?:one|a) hundred\b", re.IGNORECASE)
_SMALL: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS: Final = {word: number for number, word in enumerate(_SMALL, 2)}
# "May" is a month, "may" is not.
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
_NUMBER = re.compile(r"\$?\d")
_MONTHS: Final = frozenset(month.lower() for month in month_name if month)
_FIGURES = re.compile(r"\$?\d[\d.,%]")
_LINK = re.compile(r"\S+\.(?:com|org|net|gov|ly)\S*")
# An embedded post signs itself with handle and day.
_SIGNATURE = re.compile(r"\(@\w{1,30}\) [A-Z][a-z]+ \d{1,2}, \d{4}\W*$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_FIGURE: Final = 1.5
_KINDS: Final = {"PERSON": "person", "JURISDICTION": "place", "ORG": "organisation"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article: where it stands, its words, whom it names, and what it quotes.

    ``names`` maps ids of the entities to their label and full name; ``quoted`` holds the words inside quotation marks.
    """

    article: str
    sentence: int
    start: int
    end: int
    voice: str
    text: str
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)
    quoted: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A passage that tells a fact: the number of the fact, what it shares with others, and whether its quote is cut."""

    fact: int
    passage: Passage
    kind: str
    shared: tuple[str, ...]
    cut: bool
    likeness: float


def plain_words(text: str) -> list[str]:
    """Words and numbers of ``text``, lower-cased."""
    return [word.replace("’", "'").removesuffix("'s") for word in _WORDS.findall(text.lower())]


@cache
def _callings() -> frozenset[str]:
    """Words that say who somebody is or that he spoke: "acting director", "said in a statement"."""
    titles = {word for row in tables.rows("titles.csv") for word in plain_words(next(iter(row.values())))}
    return frozenset(titles | {"statement", "acting", "official", "officials", "said", "told", "according", "spoke"})


def _terms(passage: Passage) -> frozenset[str]:
    """What a passage is compared by: base forms of its words, numbers in figures, and ids in the place of names."""
    text = _LINK.sub(" ", _HUNDRED.sub("100", passage.text))
    named = {word for _, name in passage.names.values() for word in plain_words(name)}
    proper = {word.lower() for word in _CAPITAL.findall(text)}
    words = {str(_COUNTS.get(word, word)) for word in plain_words(text)}
    kept = {word for word in words - named - _callings() if word not in STOP_WORDS or word in proper}
    return frozenset({_stem(word) for word in kept if len(word) > 2 or word[0].isdecimal()} | set(passage.names))


def _tells(term: str) -> bool:
    """Whether sharing a term says that the same is told: people do many things, and so do countries."""
    return ":" not in term or (term.startswith("place:") and "-" in term)


def _is_exact(term: str) -> bool:
    """Whether a term is a figure of two digits or more, a month, or a place below a country."""
    return bool(_FIGURES.match(term)) or term in _MONTHS or (term.startswith("place:") and "-" in term)


def _stem(word: str) -> str:
    """The base form; a noun of doing is counted as its verb: "deployments" with "deploy"."""
    base = verb(word)
    return base.removesuffix("ment") if len(base) > 8 else base


def longest_run(first: Sequence[str], second: Sequence[str]) -> int:
    """Words of the longest run that two lists of words share."""
    best, before = 0, dict[int, int]()
    places: dict[str, list[int]] = {}
    for number, word in enumerate(second):
        places.setdefault(word, []).append(number)
    for word in first:
        now = {place: before.get(place - 1, 0) + 1 for place in places.get(word, ())}
        best = max(best, *now.values()) if now else best
        before = now
    return best


class _Likeness:
    """How alike the passages of one story are."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.terms = [_terms(passage) for passage in passages]
        held = Counter(term for terms in self.terms for term in terms)
        # Sorted: sums of floats must not depend on the order of a set.
        # A figure both have is seldom chance; a year often is.
        self.weight = {
            term: log(1 + len(passages) / held[term])
            * (_FIGURE if _NUMBER.match(term) and not _YEAR.match(term) else 1)
            for term in sorted(held)
        }
        self.norm = [sqrt(self._square(terms)) or 1.0 for terms in self.terms]
        self.quoted = [plain_words(passage.quoted) for passage in passages]
        self._speakers = [passage.speaker for passage in passages]
        self._articles = [passage.article for passage in passages]
        self.holders: dict[str, list[int]] = {}
        for number, terms in enumerate(self.terms):
            for term in sorted(terms):
                self.holders.setdefault(term, []).append(number)

    def _square(self, terms: Iterable[str]) -> float:
        return sum(self.weight[term] ** 2 for term in sorted(terms))

    def same_quote(self, a: int, b: int) -> bool:
        """Whether two passages quote the same words in a row."""
        return longest_run(self.quoted[a], self.quoted[b]) >= QUOTED_RUN

    def of(self, a: int, b: int) -> float:
        """How alike two passages are, from 0 to 1; at least 0.9 where they quote the same."""
        shared = self.terms[a] & self.terms[b]
        weight = self._square(shared)
        cosine = weight / (self.norm[a] * self.norm[b])
        like = (2 * cosine + weight / min(self.norm[a], self.norm[b]) ** 2) / 3
        telling = sum(_tells(term) for term in shared)
        if telling >= QUOTED_TERMS and self.same_quote(a, b):
            return max(like, 0.9)
        if len({self._speakers[a], self._speakers[b]} - {""}) > 1:
            return min(like, TOGETHER)  # two people say alike things, each for himself
        bounds = ENOUGH_IF_EXACT + ENOUGH if any(_is_exact(term) for term in shared) else ENOUGH
        if any(telling >= least and like >= bound for least, bound in bounds):
            return like
        return min(like, TOGETHER)

    def pairs(self) -> list[tuple[float, int, int]]:
        """Pairs of passages of different articles that are alike enough, most alike first."""
        tried = {
            (a, b)
            for holders in self.holders.values()
            for a, b in combinations(holders, 2)
            if self._articles[a] != self._articles[b]
        }
        found = [(self.of(a, b), a, b) for a, b in tried]
        return sorted((pair for pair in found if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1], pair[2]))


def align(passages: Sequence[Passage]) -> list[Told]:
    """The facts of a story, numbered as its articles tell them, with the passages that tell each.

    Args:
        passages: those of all its articles, the first article first, each in order of its text.

    Returns:
        One for each passage of at least four words that is no signature of a post; a fact only one passage tells is
        among them.
    """
    kept = [
        passage
        for passage in passages
        if len(plain_words(passage.text)) >= _SHORTEST and not _SIGNATURE.search(passage.text)
    ]
    likeness = _Likeness(kept)
    pairs = likeness.pairs()
    best = [0.0] * len(kept)
    for like, a, b in pairs:
        best[a], best[b] = max(best[a], like), max(best[b], like)
    told = []
    for fact, members in enumerate(_groups(kept, likeness, pairs)):
        kind, shared = _marks([kept[number] for number in members], [likeness.terms[n] for n in members], likeness)
        told += [
            Told(fact, kept[number], kind, shared, _is_cut(number, members, kept, likeness), round(best[number], 4))
            for number in members
        ]
    return told


def _groups(
    passages: Sequence[Passage], likeness: _Likeness, pairs: Sequence[tuple[float, int, int]]
) -> list[list[int]]:
    group_of = list(range(len(passages)))
    groups = {number: [number] for number in group_of}
    for _, a, b in pairs:
        first, second = sorted((group_of[a], group_of[b]))
        if first == second:
            continue
        across = [
            likeness.of(x, y)
            for x in groups[first]
            for y in groups[second]
            if passages[x].article != passages[y].article
        ]
        if sum(across) / len(across) < TOGETHER:
            continue
        groups[first] += groups.pop(second)
        for number in groups[first]:
            group_of[number] = first
    return [sorted(members) for _, members in sorted(groups.items())]


def _marks(
    passages: Sequence[Passage], terms: Sequence[frozenset[str]], likeness: _Likeness
) -> tuple[str, tuple[str, ...]]:
    """What kind of fact a group tells, and the names, numbers and words that most of its passages share."""
    half = max(2, (len(passages) + 1) // 2) if len(passages) > 1 else 1
    held = Counter(term for own in terms for term in own)
    names = {entity: name for passage in passages for entity, name in passage.names.items()}
    common = [term for term, times in held.items() if times >= half]
    common.sort(key=lambda term: (-held[term] * likeness.weight[term], term))
    numbers = [term for term in common if _NUMBER.match(term)]
    entities = [term for term in common if term in names]
    name_words = {_stem(word) for entity in entities for word in plain_words(names[entity][1])}
    plain = [term for term in common if term not in names and term not in name_words and term not in numbers]
    if sum(bool(passage.quoted) for passage in passages) >= half and _shares_quote(passages):
        kind = "quote"
    elif numbers:
        kind = "number"
    else:
        kind = next((_KINDS[names[entity][0]] for entity in entities if names[entity][0] in _KINDS), "words")
    marks = [names[entity][1] for entity in entities[:2]] + numbers[:1]
    return kind, tuple(dict.fromkeys([*marks, *_spelled(plain, passages)]))[: _MARKS + 1]


def _spelled(terms: Sequence[str], passages: Sequence[Passage]) -> list[str]:
    """Words as the first passage that has them spells them: base forms alone read oddly."""
    spelling: dict[str, str] = {}
    for passage in passages:
        for word in plain_words(passage.text):
            spelling.setdefault(_stem(word), word)
    return [spelling[term] for term in terms if term in spelling][:_MARKS]


def _shares_quote(passages: Sequence[Passage]) -> bool:
    quoted = [plain_words(passage.quoted) for passage in passages if passage.quoted]
    if len(passages) == 1:
        return len(quoted[0]) >= QUOTED_RUN
    return any(longest_run(a, b) >= QUOTED_RUN for a, b in combinations(quoted, 2))


def _is_cut(number: int, members: Sequence[int], passages: Sequence[Passage], likeness: _Likeness) -> bool:
    """Whether another article quotes all that this passage quotes, and more."""
    own = likeness.quoted[number]
    if len(own) < QUOTED_RUN:
        return False
    return any(
        passages[other].article != passages[number].article
        and len(likeness.quoted[other]) >= len(own) + _CUT
        and longest_run(own, likeness.quoted[other]) >= len(own) - 1
        for other in members
    )
