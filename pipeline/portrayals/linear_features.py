"""What a sentence says of one of its words, as features for a linear model: words near it, arcs to it, valences.

Names and the gender of pronouns are masked, so that two sentences which differ only in who they speak of look the same.
"""

from __future__ import annotations

import math
import tomllib
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zlib import crc32

from pipeline.core.resource_tables import RESOURCES
from pipeline.language.vader import STRAIGHT, valences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Span, Token

# Raise when the same sentence can get other features: weights learned from another version are refused.
FEATURES_VERSION: Final = 1

Features = dict[int, float]

# A sentence longer than this is read around each target, so that time stays linear in its length.
_LONGEST: Final = 120

# crc32 goes on from these: the same as hashing prefix and word together, in a third of the time.
_ANYWHERE, _INSIDE, _OUTSIDE = crc32(b"u:"), crc32(b"in:"), crc32(b"out:")

_REACH: Final = 5
_DEPTH: Final = 4
_NAME, _NUMBER = "@name", "@number"
_NAMED: Final = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_NAMING: Final = frozenset({"PROPN", "NOUN", "ADJ"})
_CLAUSES: Final = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis"})
# A target inside a name or a list has the part in the sentence that the whole has.
_WITHIN: Final = frozenset({"compound", "poss", "conj", "appos", "nmod", "amod"})
_COMPANIONS: Final = frozenset(
    {"dobj", "attr", "acomp", "prep", "xcomp", "oprd", "advmod", "prt", "ccomp", "nsubj", "nsubjpass", "advcl"}
)
_NEGATION_REACH: Final = 3
_NEGATED: Final = -0.7
_STRONG: Final = 1.8

_WORDS: Final = tomllib.loads((RESOURCES / "portrayal.toml").read_text("utf-8"))
_NEGATIONS: Final = frozenset(_WORDS["negations"])
_ENDINGS: Final = tuple((ending, left) for ending, left in _WORDS["endings"])
_PERSONS: Final = {word: f"@{mask}" for mask, words in _WORDS["pronouns"].items() for word in words}


@lru_cache(maxsize=1 << 16)
def _stem(lower: str) -> str:
    if lower in _PERSONS:
        return _PERSONS[lower]
    if len(lower) > 4:
        for ending, left in _ENDINGS:
            if lower.endswith(ending) and len(lower) - len(ending) >= left:
                return lower[: -len(ending)]
    return lower


@lru_cache(maxsize=1 << 16)
def _straight(lower: str) -> str:
    return lower.translate(STRAIGHT)


@lru_cache(maxsize=1 << 16)
def _valence(lower: str) -> float:
    return valences().get(lower, 0.0)


def _degree(valence: float) -> str:
    if not valence:
        return ""
    side = "bad" if valence < 0 else "good"
    return side + "!" if abs(valence) >= _STRONG else side


def _compound(total: float) -> float:
    """VADER's map of a sum of valences to -1..1."""
    return total / math.sqrt(total * total + 15)


def _hashed(names: Iterable[str]) -> list[int]:
    return [crc32(name.encode("utf-8", "surrogatepass")) for name in names]


class _Reading:
    """What the features of every target in a run of tokens share. Tokens are numbered from its first."""

    def __init__(self, tokens: list[Token]) -> None:
        places = {token.i: place for place, token in enumerate(tokens)}
        self.starts = [token.idx for token in tokens]
        self.ends = [token.idx + len(token) for token in tokens]
        self.deps = [token.dep_ for token in tokens]
        self.tags = [token.pos_ for token in tokens]
        self.lower = [_straight(token.lower_) for token in tokens]
        self.heads = [places.get(token.head.i, place) for place, token in enumerate(tokens)]
        self.children: list[list[int]] = [[] for _ in tokens]
        for place, head in enumerate(self.heads):
            if head != place:
                self.children[head].append(place)
        self.words = list(map(self._written, tokens, self.lower, self.tags))
        self.valences = [
            0.0 if word.startswith("@") else _valence(low) for word, low in zip(self.words, self.lower, strict=True)
        ]
        for place in self._negated():
            self.valences[place] *= _NEGATED
        self.degrees = [_degree(valence) for valence in self.valences]
        self.negative_verbs = {self.heads[place] for place, dep in enumerate(self.deps) if dep == "neg"}
        self.clauses = self._clause_heads()
        self._by_clause: dict[int, list[int]] = {}
        self._totals: dict[int, float] = {}
        self.total = sum(self.valences)
        self.codes = [word.encode("utf-8", "surrogatepass") for word in self.words]
        self.shared = self._of_sentence()

    @staticmethod
    def _written(token: Token, lower: str, tag: str) -> str:
        if tag == "PROPN" or (tag in _NAMING and token.ent_type_ in _NAMED and token.text[:1].isupper()):
            return _NAME
        return _NUMBER if token.like_num else _stem(lower)

    def _negated(self) -> set[int]:
        places: set[int] = set()
        for place, (word, dep) in enumerate(zip(self.lower, self.deps, strict=True)):
            if dep == "neg":
                places.add(self.heads[place])
            if dep == "neg" or word in _NEGATIONS:
                places.update(range(place + 1, min(len(self.lower), place + 1 + _NEGATION_REACH)))
        return places

    def _clause_heads(self) -> list[int]:
        found = [-1] * len(self.heads)
        for place in range(len(found)):
            path, at = [], place
            while found[at] < 0:
                path.append(at)
                if self.heads[at] == at or self.deps[at] in _CLAUSES or len(path) > len(found):
                    found[at] = at
                    break
                at = self.heads[at]
            for step in path:
                found[step] = found[at]
        return found

    def _of_sentence(self) -> list[int]:
        tone = f"tone:{round(_compound(self.total) * 3)}"
        return [*(crc32(code, _ANYWHERE) for code in self.codes), *_hashed([tone])]

    def of_clause(self, clause: int) -> list[int]:
        """Features of the words in one clause, and of those outside it."""
        if clause not in self._by_clause:
            within = [own == clause for own in self.clauses]
            sides = zip(self.codes, within, strict=True)
            self._by_clause[clause] = [
                *(crc32(code, _INSIDE if inside else _OUTSIDE) for code, inside in sides),
                *_hashed(self._more_of_clause(clause, within)),
            ]
        return self._by_clause[clause]

    def _more_of_clause(self, clause: int, within: list[bool]) -> Iterator[str]:
        for degree, inside in zip(self.degrees, within, strict=True):
            if degree:
                yield f"{'in' if inside else 'out'}v:{degree}"
        for place, (word, following) in enumerate(pairwise(self.words)):
            if within[place] and within[place + 1]:
                yield f"inb:{word} {following}"
        yield f"intone:{round(_compound(self.clause_total(clause)) * 3)}"

    def clause_total(self, clause: int) -> float:
        """Sum of valences in one clause."""
        if clause not in self._totals:
            pairs = zip(self.valences, self.clauses, strict=True)
            self._totals[clause] = sum(valence for valence, own in pairs if own == clause)
        return self._totals[clause]

    def places_of(self, start: int, end: int) -> tuple[int, int]:
        """First and last token of the target; the nearest token for a target that holds none."""
        places = [place for place in range(len(self.starts)) if self.starts[place] < end and self.ends[place] > start]
        if places:
            return places[0], places[-1]
        nearest = min(range(len(self.starts)), key=lambda place: abs(self.starts[place] - start))
        return nearest, nearest


def _root(reading: _Reading, first: int, last: int) -> int:
    """The token of the target that the others hang from."""
    for place in range(first, last + 1):
        if not first <= reading.heads[place] <= last or reading.heads[place] == place:
            return place
    return last


def _near(reading: _Reading, first: int, last: int) -> Iterator[str]:
    words, size = reading.words, len(reading.words)
    for distance in range(1, _REACH + 1):
        for side, place in (("l", first - distance), ("r", last + distance)):
            if 0 <= place < size:
                yield f"n{side}{(distance + 1) // 2}:{words[place]}"
                yield f"n{side}:{words[place]}"
                if reading.degrees[place]:
                    yield f"nv{side}:{reading.degrees[place]}"
    for length in (2, 3):
        if first >= length:
            yield f"nl-{length}:{' '.join(words[first - length : first])}"
        if last + length < size:
            yield f"nr-{length}:{' '.join(words[last + 1 : last + 1 + length])}"


def _arcs(reading: _Reading, root: int, first: int, last: int) -> Iterator[str]:
    """Words up to four arcs away, with the path that leads to them."""
    seen = {root}
    front = [(root, "")]
    for depth in range(_DEPTH):
        reached: list[tuple[int, str]] = []
        for place, path in front:
            steps = [(child, f"{path}>{reading.deps[child]}") for child in reading.children[place]]
            if reading.heads[place] != place:
                steps.append((reading.heads[place], f"{path}<{reading.deps[place]}"))
            for other, longer in steps:
                if other in seen or first <= other <= last:
                    continue
                seen.add(other)
                reached.append((other, longer))
                if reading.tags[other] == "PUNCT":
                    continue
                word, degree = reading.words[other], reading.degrees[other]
                if depth < _DEPTH - 1:
                    yield f"a:{longer}:{word}"
                yield f"d{depth}:{word}"
                if degree:
                    yield f"av:{longer}:{degree}"
                    yield f"dv{depth}:{degree}"
                    yield f"upv:{longer.partition('>')[0]}:{degree}"
        front = reached


def _part(reading: _Reading, root: int, first: int, last: int) -> Iterator[str]:
    """Whether the target does what the verb says, or has it done to it, and with whom and what."""
    whole = root
    for _ in reading.heads:
        if reading.deps[whole] not in _WITHIN or reading.heads[whole] == whole:
            break
        whole = reading.heads[whole]
    role, verb = reading.deps[whole], reading.heads[whole]
    if role == "pobj":
        role, verb = f"pobj-{reading.lower[verb]}", reading.heads[verb]
    negated = "not " if verb in reading.negative_verbs else ""
    does = f"{role}:{negated}{reading.words[verb]}"
    yield f"role:{role}"
    yield f"does:{does}"
    for child in reading.children[verb]:
        if first <= child <= last or reading.deps[child] not in _COMPANIONS:
            continue
        with_, word = reading.deps[child], reading.words[child]
        yield f"with:{does}:{with_}:{word}"
        yield f"beside:{role}:{with_}:{word}"
        if reading.degrees[child]:
            yield f"besidev:{role}:{with_}:{negated}{reading.degrees[child]}"
        if with_ in {"prep", "xcomp"}:
            for object_ in reading.children[child]:
                if reading.deps[object_] in {"pobj", "dobj"}:
                    yield f"to:{role}:{word}:{reading.words[object_]}"


def _amounts(reading: _Reading, clause: int, first: int, last: int) -> Iterator[tuple[str, float]]:
    """Valence of the sentence, of the clause, and of the words near the target: positive and negative apart."""
    nearness = sum(
        valence / (1 + min(abs(place - first), abs(place - last)) / 3)
        for place, valence in enumerate(reading.valences)
        if valence
    )
    for name, amount in (
        ("sentence", 2 * _compound(reading.total)),
        ("clause", 2 * _compound(reading.clause_total(clause))),
        ("near", nearness),
    ):
        if amount:
            yield f"{'+' if amount > 0 else '-'}{name}", abs(amount)


def _of_target(reading: _Reading, start: int, end: int) -> Features:
    first, last = reading.places_of(start, end)
    root = _root(reading, first, last)
    clause = reading.clauses[root]
    features = dict.fromkeys(reading.shared, 1.0)
    features.update(dict.fromkeys(reading.of_clause(clause), 1.0))
    own = [*_near(reading, first, last), *_arcs(reading, root, first, last), *_part(reading, root, first, last)]
    own.append(f"target:{reading.words[root] if reading.tags[root] == 'PRON' else reading.tags[root]}")
    features.update(dict.fromkeys(_hashed(own), 1.0))
    for name, amount in _amounts(reading, clause, first, last):
        features[crc32(name.encode())] = amount
    return features


class SentenceReader:
    """Features of the targets of one sentence, which share the work on the sentence itself."""

    def __init__(self, sentence: Doc | Span) -> None:
        """Read ``sentence``: a whole document, or a span of one."""
        self._tokens = [token for token in sentence if not token.is_space]
        self._readings: dict[int, _Reading] = {}

    def _around(self, start: int) -> _Reading:
        tile = 0
        tokens = self._tokens
        if len(tokens) > _LONGEST:
            step = _LONGEST // 3
            at = next((place for place, token in enumerate(tokens) if token.idx + len(token) > start), len(tokens) - 1)
            tile = max(0, at // step - 1)
            tokens = tokens[tile * step : tile * step + _LONGEST]
        if tile not in self._readings:
            self._readings[tile] = _Reading(tokens)
        return self._readings[tile]

    def features(self, start: int, end: int) -> Features:
        """Features of the target at ``start:end`` (offsets into the document): hash of the feature to its amount.

        A sentence without a word has none.
        """
        return _of_target(self._around(start), start, end) if self._tokens else {}
