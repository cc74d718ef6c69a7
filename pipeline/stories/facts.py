"""Which passages of a story's articles tell the same fact.

A passage is a sentence that counts. Passages are joined, most alike first, while the mean odds between articles hold
(average linkage). A sentence can tell two facts: one that stayed out of a group but tells what all of it tells is set
beside it as well.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.stories.amounts import amounts, bare_numbers, gives, other_amounts
from pipeline.stories.denials import Deeds
from pipeline.stories.nearest import Near, nearest, nearness
from pipeline.stories.passage_pairs import (
    MOST,
    QUOTED_RUN,
    PassageLikeness,
    plain_words,
    share_alike,
    share_right,
    stem,
    telling,
    terms,
)
from store.snapshot.views import LIKE_TOLD, SURE_TOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from pipeline.stories.amounts import Amount
    from pipeline.stories.extracts import Extract
    from pipeline.stories.passage_pairs import Array, Meanings, Passage, Places

    # The words of a passage that tell what has some terms, of so much weight each and so much in all.
    Phrase = Callable[[Passage, Mapping[str, float], float], Extract | None]
    # What a passage says was done, and was not.
    DeedsOf = Callable[[Passage], Deeds]

# Articles of one story that are aligned; the cost grows with the square of their sentences.
ARTICLES_MOST: Final = 24
# And so many passages: 900 take a second and 200 MB.
PASSAGES_MOST: Final = 900
# Words and figures a passage needs to tell anything; names and callings are none.
_FEWEST: Final = 2
_MARKS: Final = 3
# A cut quote lacks so many words of the longer one.
_CUT: Final = 4

_NUMBER = re.compile(r"\$?\d")
# An embedded post signs itself with handle and day.
_SIGNATURE = re.compile(r"\(@\w{1,30}\) [A-Z][a-z]+ \d{1,2}, \d{4}\W*$")
_KINDS: Final = {"PERSON": "person", "JURISDICTION": "place", "ORG": "organisation"}


@dataclass(frozen=True, slots=True)
class FactPassage:
    """A passage that tells a fact: the number of the fact, and how this passage tells it.

    ``kind`` and ``shared`` are of the fact, ``cut`` says whether another has its quote and more of it, ``lacks`` which
    figures and names of others it has not, and what amount it gives in their place, ``likeness`` is the share that
    tells the same of all pairs at least as alike as it and the most alike passage that another article has of the fact
    (0 where none has one), ``phrase`` its words that tell the fact. ``near`` marks a passage that does *not* tell it,
    but comes nearest in an article without a match; ``shared`` is then what it has in common with the fact, and
    ``likeness`` the share that tells the same of pairs about as alike.
    """

    fact: int
    passage: Passage
    kind: str
    shared: tuple[str, ...]
    cut: bool
    likeness: float
    phrase: Extract | None
    lacks: tuple[str, ...] = ()
    near: bool = False


def comparable(passages: Sequence[Passage]) -> list[Passage]:
    """Passages that tell something: no caption, no signature of a post, nothing that only says who spoke."""
    return [
        passage
        for passage in passages
        if passage.voice != "caption" and not _SIGNATURE.search(passage.text) and telling(terms(passage)) >= _FEWEST
    ]


def _no_phrase(_passage: Passage, _weights: Mapping[str, float], _whole: float) -> None:
    return None


def _no_deeds(_passage: Passage) -> Deeds:
    return Deeds()


def align(
    passages: Sequence[Passage], meanings: Meanings, phrase: Phrase = _no_phrase, deeds_of: DeedsOf = _no_deeds
) -> list[FactPassage]:
    """The facts of a story, numbered as its articles tell them, with the passages that tell each.

    Args:
        passages: those of all its articles that are :func:`comparable`, the first article first, in order of the text.
        meanings: gives vectors of the passages by number of which words alone leave it open what they tell.
        phrase: finds the words of a passage that tell what it shares with others.
        deeds_of: tells what a passage says was done and was not; where two contradict each other they are not joined.

    Returns:
        One or more for each passage; a fact only one passage tells is among them. After the passages of a fact come,
        for articles that have none, those nearest to it.
    """
    if not passages:
        return []
    likeness = PassageLikeness(passages, meanings)
    odds, across = likeness.odds(), likeness.across
    _part_denials(odds, passages, deeds_of)
    articles = [passage.article for passage in passages]
    near = nearness(likeness, odds)
    likely = np.where(odds > -MOST, odds, likeness.foretold)
    numbers_of = {article: np.flatnonzero(np.array(articles) == article) for article in dict.fromkeys(articles)}
    given = _Given(passages)
    fact_passages = []
    for fact, members in enumerate(grouped(across, odds)):
        passages_of_fact = [passages[number] for number in members]
        kind, shared = _marks(passages_of_fact, [likeness.terms[number] for number in members], likeness)
        weights = _told_by_several(members, passages, likeness)
        for number in members:
            passage = passages[number]
            spelled = _spelled_out(passage, {term: weights[term] for term in likeness.terms[number] & weights.keys()})
            words = phrase(passage, spelled, sum(weights.values())) if spelled else None
            cut = _is_cut(number, members, passages, likeness)
            others = [float(odds[number, other]) for other in members if across[number, other]]
            alike = round(share_right(max(others)), 4) if others else 0.0
            sure = [
                other for other in members if across[number, other] and share_right(odds[number, other]) >= SURE_TOLD
            ]
            lacks = given.lacks(number, members, sure)
            fact_passages.append(FactPassage(fact, passage, kind, shared, cut, alike, words, lacks))
        for near_passage in _nearest(members, articles, near, likely, numbers_of):
            common = _common(near_passage, passages, likeness)
            alike = round(share_alike(float(likely[near_passage.passage, near_passage.to])), 4)
            fact_passages.append(
                FactPassage(
                    fact,
                    passages[near_passage.passage],
                    kind,
                    common,
                    cut=False,
                    likeness=alike,
                    phrase=None,
                    near=True,
                )
            )
    return fact_passages


def _nearest(
    members: Sequence[int], articles: Sequence[str], near: Array, likely: Array, numbers_of: Mapping[str, Places]
) -> Iterator[Near]:
    """The passages nearest to a fact; where one of the article is likely enough to tell it after all, that one."""
    of_members = likely[list(members)]
    best, to = of_members.max(axis=0), of_members.argmax(axis=0)
    for found in nearest(members, articles, near):
        numbers = numbers_of[articles[found.passage]]
        likeliest = int(numbers[best[numbers].argmax()])
        is_like = share_alike(float(best[likeliest])) >= LIKE_TOLD
        yield Near(likeliest, members[int(to[likeliest])]) if is_like else found


def _part_denials(odds: Array, passages: Sequence[Passage], deeds_of: DeedsOf) -> None:
    """Give the lowest odds to pairs that would be joined, of which one denies what the other says."""
    firsts, seconds = (numbers.tolist() for numbers in np.nonzero(np.triu(odds > 0)))
    deeds = {number: deeds_of(passages[number]) for number in sorted({*firsts, *seconds})}
    for first, second in zip(firsts, seconds, strict=True):
        if deeds[first].contradict(deeds[second]):
            odds[first, second] = odds[second, first] = -MOST


class _Given:
    """What passages give that another can lack: amounts, and the words by which somebody is known."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._amounts = [amounts(passage.text) for passage in passages]
        self._of_article: dict[str, list[Amount]] = {}
        self._words: dict[str, set[str]] = {}
        for passage, found in zip(passages, self._amounts, strict=True):
            # What an article gives it may say of nothing in particular: "848 have been asked".
            self._of_article.setdefault(passage.article, []).extend([*found, *bare_numbers(passage.text)])
            self._words.setdefault(passage.article, set()).update(plain_words(passage.text))

    def lacks(self, number: int, members: Sequence[int], sure: Sequence[int]) -> tuple[str, ...]:
        """What passage ``number`` of a fact's ``members`` lacks that its article nowhere gives, the surest first.

        That are amounts that passages which are ``sure`` to tell the same give in the place of its own, their other
        figures that count something, and names that two other articles give.
        """
        article = self._passages[number].article
        differing: dict[str, str] = {}
        figures: list[str] = []
        for other in sure:
            pairs = other_amounts(
                self._amounts[number],
                self._amounts[other],
                self._of_article[article],
                self._of_article[self._passages[other].article],
            )
            for own, theirs in pairs:
                differing.setdefault(theirs.written, f"{theirs.written} ({own.written} here)")
            figures += [
                amount.written
                for amount in self._amounts[other]
                if amount.is_figure and not gives(self._of_article[article], amount)
            ]
        names = self._names_lacking(article, members)
        lacking = [term for term in dict.fromkeys([*figures, *names]) if term not in differing]
        return tuple([*differing.values(), *lacking][:_MARKS])

    def _names_lacking(self, article: str, members: Sequence[int]) -> Iterator[str]:
        """Names that passages of two other articles give, and of which no word or initials stand in ``article``."""
        articles_by_name: dict[str, set[str]] = {}
        for other in members:
            passage = self._passages[other]
            for entity, (label, name) in passage.names.items():
                # A country is told by its people as well: "American".
                if label in _KINDS and (label != "JURISDICTION" or "-" in entity):
                    articles_by_name.setdefault(name, set()).add(passage.article)
        for name, articles in sorted(articles_by_name.items()):
            words = plain_words(name)
            known_by = {*words} - STOP_WORDS | {"".join(word[0] for word in words)}
            if article not in articles and len(articles) > 1 and not known_by & self._words[article]:
                yield name


def _common(near_passage: Near, passages: Sequence[Passage], likeness: PassageLikeness) -> tuple[str, ...]:
    """What a passage that comes near a fact has in common with it, what is rarest first."""
    nearest_of_fact, passage = passages[near_passage.to], passages[near_passage.passage]
    shared = sorted(
        likeness.terms[near_passage.to] & likeness.terms[near_passage.passage], key=lambda t: (-likeness.weight[t], t)
    )
    names = {**passage.names, **nearest_of_fact.names}
    spelled = {stem(word): word for word in reversed(plain_words(passage.text))}
    return tuple(names[term][1] if term in names else spelled.get(term, term) for term in shared)[:_MARKS]


def grouped(across: NDArray[np.bool_], odds: Array) -> list[list[int]]:
    """The passages of each fact, by number; the facts in order of their first passage.

    Args:
        across: whether two passages are of different articles, ``(passages, passages)``.
        odds: log odds that two tell the same; above 0 they are joined.
    """
    groups = _groups(across, odds)
    for number, group in enumerate(groups):
        outside = [guest for guest in np.flatnonzero(odds[group].max(axis=0) > 0).tolist() if guest not in group]
        guests = [guest for guest in outside if across[guest, group].all() and odds[guest, group].mean() > 0]
        groups[number] = sorted([*group, *guests])
    return _merged(groups, across, odds)


def _merged(groups: Sequence[Sequence[int]], across: NDArray[np.bool_], odds: Array) -> list[list[int]]:
    """Facts that share a passage are one where all their passages together still tell the same, on the mean."""
    facts = [set(members) for members in groups]
    first = 0
    while first < len(facts):
        for later in range(first + 1, len(facts)):
            union = sorted(facts[first] | facts[later])
            if facts[first] & facts[later]:
                block = np.ix_(union, union)
                if facts[later] <= facts[first] or odds[block][across[block]].mean() > 0:
                    facts[first] = set(union)
                    del facts[later]
                    break
        else:
            first += 1
    return sorted(sorted(members) for members in facts)


def _groups(across: NDArray[np.bool_], odds: Array) -> list[list[int]]:
    firsts, seconds = np.nonzero(np.triu((odds > 0) & across))
    order = np.lexsort((seconds, firsts, -odds[firsts, seconds]))
    group_of = list(range(len(odds)))
    groups = {number: [number] for number in group_of}
    for a, b in zip(firsts[order].tolist(), seconds[order].tolist(), strict=True):
        first, second = sorted((group_of[a], group_of[b]))
        if first == second:
            continue
        block = np.ix_(groups[first], groups[second])
        if odds[block][across[block]].mean() <= 0:
            continue
        groups[first] += groups.pop(second)
        for number in groups[first]:
            group_of[number] = first
    return [sorted(members) for _, members in sorted(groups.items())]


def _told_by_several(
    members: Sequence[int], passages: Sequence[Passage], likeness: PassageLikeness
) -> dict[str, float]:
    """The terms that passages of several articles share, by how rare they are and how many articles have them."""
    articles_by_term: dict[str, set[str]] = {}
    for number in members:
        for term in likeness.terms[number]:
            articles_by_term.setdefault(term, set()).add(passages[number].article)
    whole = len({passages[number].article for number in members})
    return {
        term: likeness.weight[term] * (len(articles) - 1) / (whole - 1)
        for term, articles in sorted(articles_by_term.items())
        if len(articles) > 1
    }


def _spelled_out(passage: Passage, weights: Mapping[str, float]) -> dict[str, float]:
    """Weights of words in the place of those of names."""
    spelled: dict[str, float] = {}
    for term, weight in sorted(weights.items()):
        words = plain_words(passage.written.get(term, "")) or [term]
        for word in words:
            key = stem(word)
            spelled[key] = max(spelled.get(key, 0.0), weight / len(words))
    return spelled


def _marks(
    passages: Sequence[Passage], terms: Sequence[frozenset[str]], likeness: PassageLikeness
) -> tuple[str, tuple[str, ...]]:
    """What kind of fact a group tells, and the names, numbers and words that most of its passages share."""
    half = max(2, (len(passages) + 1) // 2) if len(passages) > 1 else 1
    counts = Counter(term for passage_terms in terms for term in passage_terms)
    names = {entity: name for passage in passages for entity, name in passage.names.items()}
    common = [term for term, times in counts.items() if times >= half]
    common.sort(key=lambda term: (-counts[term] * likeness.weight[term], term))
    numbers = [term for term in common if _NUMBER.match(term)]
    entities = [term for term in common if term in names]
    name_words = {stem(word) for entity in entities for word in plain_words(names[entity][1])}
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
            spelling.setdefault(stem(word), word)
    return [spelling[term] for term in terms if term in spelling][:_MARKS]


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


def _shares_quote(passages: Sequence[Passage]) -> bool:
    quoted = [plain_words(passage.quoted) for passage in passages if passage.quoted]
    if len(passages) == 1:
        return len(quoted[0]) >= QUOTED_RUN
    return any(longest_run(a, b) >= QUOTED_RUN for a, b in combinations(quoted, 2))


def _is_cut(number: int, members: Sequence[int], passages: Sequence[Passage], likeness: PassageLikeness) -> bool:
    """Whether another article quotes all that this passage quotes, and more."""
    words = likeness.quoted[number]
    if len(words) < QUOTED_RUN:
        return False
    return any(
        passages[other].article != passages[number].article
        and len(likeness.quoted[other]) >= len(words) + _CUT
        and longest_run(words, likeness.quoted[other]) >= len(words) - 1
        for other in members
    )
