"""Numbers by which trees rank the stretches that a log-linear model holds likely: each beside all others of an article.

What the first model cannot see is how proposals of several cues stand to one another: one statement holds another, two
overlap, a cue is itself within what somebody said.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from pipeline.quotes.indirect.features import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.boosted_trees import Numbers
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Grammar
    from pipeline.quotes.indirect.candidates import Edge, Side
    from pipeline.quotes.indirect.features import CueInContext

# The share of the words in either of two stretches from which on they are the same content.
MATCH: Final = 0.8
# Stretches of a side that are ranked, and the least likelihood that makes one worth it.
MOST: Final = 5
LEAST: Final = 0.08
# The likelihood from which on a cue's best stretch counts among those that others are seen beside.
_SEEN: Final = 0.05
# How little the likelihood itself counts among stretches that agree with as much.
_TIE: Final = 1e-3
_REST: Final = 60
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_OPENS: Final = frozenset({"that", "“", '"'})
_ASKS: Final = frozenset({"if", "whether", "how", "why", "what", "who", "when", "where"})
_DASHES: Final = frozenset({"—", "–", "-", "--"})
_TAGS: Final = ("VBD", "VBZ", "VBP", "VBG", "VBN", "VB", "NN", "NNS")
_DEPS: Final = (
    "ROOT", "conj", "ccomp", "xcomp", "advcl", "relcl", "acl", "pobj", "dobj", "nsubj", "prep", "parataxis", "pcomp",
)  # fmt: skip
_STARTS: Final = (
    "ccomp", "dobj", "prep", "xcomp", "sentence", "break", "of prep", "advcl", "nsubjpass", "pobj", "acl", "relcl",
    "attr", "oprd", "acomp", "agent", "of agent", "pcomp", "dep",
)  # fmt: skip
_ENDS: Final = (
    "sentence", "break", "advcl", "prep", "conj", "relcl", "acl", "cc", "appos", "npadvmod", "ccomp", "subject", "cue",
    "shared subject", "nsubjpass",
)  # fmt: skip


@dataclass(slots=True)
class Weighed:
    """One side of a cue with what the log-linear model says of it.

    ``pairs`` are its stretches as numbers of a start and an end, ``first`` and ``last`` their tokens; ``cue_weight``,
    ``starts``, ``ends`` and ``both`` are sums of weights; ``likelihood`` is of each against all others and none,
    ``total`` that of any. A stretch is as likely to be right but for a few words (``agreed``) as all together that
    share :data:`MATCH`.
    """

    cue: CueInContext
    side: Side
    pairs: list[tuple[int, int]]
    cue_weight: float
    starts: Sequence[float]
    ends: Sequence[float]
    both: Sequence[float]
    likelihood: list[float]
    total: float
    first: list[int]
    last: list[int]
    agreed: list[float]

    @classmethod
    def of(
        cls,
        cue: CueInContext,
        side: Side,
        pairs: list[tuple[int, int]],
        cue_weight: float,
        bias: float,
        weights: tuple[Sequence[float], Sequence[float], Sequence[float]],
    ) -> Weighed:
        """Turn weights of the starts, the ends and the pairs of ``side`` into likelihoods."""
        starts, ends, both = weights
        scores = [
            cue_weight + starts[s] + ends[e] + pair_weight + bias
            for (s, e), pair_weight in zip(pairs, both, strict=True)
        ]
        top = max(*scores, 0.0)
        powers = [math.exp(score - top) for score in scores]
        whole = math.fsum(powers) + math.exp(-top)
        likelihood = [power / whole for power in powers]
        total = math.fsum(likelihood)
        first = [side.starts[s].token for s, _ in pairs]
        last = [side.ends[e].token for _, e in pairs]
        agreed = _agreed(first, last, likelihood) if total >= _SEEN and len(pairs) > 1 else likelihood
        return cls(cue, side, pairs, cue_weight, starts, ends, both, likelihood, total, first, last, agreed)

    def best(self) -> int:
        """Number of the stretch that most likely is right but for a few words; of two alike, the likelier."""
        return max(range(len(self.pairs)), key=self._order)

    def ranked(self) -> list[int]:
        """Numbers of the stretches, the best first."""
        return sorted(range(len(self.pairs)), key=self._order, reverse=True)

    def _order(self, pair: int) -> float:
        return self.agreed[pair] + _TIE * self.likelihood[pair]


def _agreed(first: list[int], last: list[int], likelihood: list[float]) -> list[float]:
    begin, end = np.array(first), np.array(last)
    shared = np.minimum(end[:, None], end) - np.maximum(begin[:, None], begin)
    either = np.maximum(end[:, None], end) - np.minimum(begin[:, None], begin)
    agreed: list[float] = ((shared >= MATCH * either) @ np.array(likelihood)).tolist()
    return agreed


@dataclass(slots=True)
class Proposal:
    """A stretch of tokens that may be the content of a cue, and the likelihood that it is."""

    weighed: Weighed
    pair: int
    rank: int
    probability: float = 0.0

    @property
    def cue(self) -> int:
        """Number of the cue's token."""
        return self.weighed.cue.token

    @property
    def start(self) -> Edge:
        """Where it begins."""
        return self.weighed.side.starts[self.weighed.pairs[self.pair][0]]

    @property
    def end(self) -> Edge:
        """Where it ends."""
        return self.weighed.side.ends[self.weighed.pairs[self.pair][1]]


def proposals(weighed: Sequence[Weighed]) -> list[Proposal]:
    """The likeliest stretches of each side, likeliest first."""
    return [
        Proposal(side, pair, rank)
        for side in weighed
        if side.total >= LEAST
        for rank, pair in enumerate(side.ranked()[:MOST])
        if side.agreed[pair] >= LEAST
    ]


def numbers(grammar: Grammar, layout: Layout, weighed: Sequence[Weighed], proposed: Sequence[Proposal]) -> Numbers:
    """What is known of each of ``proposed``, a row each."""
    totals: dict[int, float] = {}
    seen: list[tuple[int, int, float, int]] = []
    for side in weighed:
        totals[side.cue.token] = totals.get(side.cue.token, 0.0) + side.total
        if side.total < _SEEN:
            continue
        best = side.best()
        if side.agreed[best] >= _SEEN:
            seen.append((side.first[best], side.last[best], side.agreed[best], side.cue.token))
    seen.sort()
    # Stretches are in order of their first token, and none is longer than the longest sentence read.
    lows = [stretch[0] for stretch in seen]
    longest = max((last - first for first, last, _, _ in seen), default=0)
    of_cue: dict[int, list[float]] = {}
    rows = []
    for proposal in proposed:
        if proposal.cue not in of_cue:
            of_cue[proposal.cue] = _of_cue(grammar, proposal.weighed.cue)
        first, last = proposal.start.token, proposal.end.token
        low, high = min(first, proposal.cue) - longest, max(last, proposal.cue + 1)
        near = seen[bisect_left(lows, low) : bisect_left(lows, high)]
        rows.append(
            [
                *_of_weights(proposal, totals),
                *_of_others(proposal, first, last, near),
                *_of_stretch(grammar, layout, proposal, first, last),
                *of_cue[proposal.cue],
            ]
        )
    return np.array(rows, dtype=np.float64)


def _of_weights(proposal: Proposal, totals: dict[int, float]) -> list[float]:
    """What the log-linear model says of it."""
    weighed, pair = proposal.weighed, proposal.pair
    s, e = weighed.pairs[pair]
    likelihood, first, last = weighed.likelihood, weighed.first[pair], weighed.last[pair]
    return [
        weighed.cue_weight,
        weighed.starts[s],
        weighed.ends[e],
        weighed.both[pair],
        likelihood[pair],
        weighed.agreed[pair],
        proposal.rank,
        weighed.total,
        totals[proposal.cue] - weighed.total,
        max(likelihood),
        max(weighed.agreed),
        sum(likely for likely, begin in zip(likelihood, weighed.first, strict=True) if begin == first),
        sum(likely for likely, end in zip(likelihood, weighed.last, strict=True) if end == last),
    ]


def _of_others(proposal: Proposal, first: int, last: int, near: Sequence[tuple[int, int, float, int]]) -> list[float]:
    """How likely the stretches of other cues are that hold it, are held by it, cross it or are the same."""
    outer = inner = cross = same = within = holds = 0.0
    count = 0
    cue = proposal.cue
    for low, high, likely, other in near:
        if other == cue:
            continue
        if low <= cue < high:
            within = max(within, likely)
        if first <= other < last:
            holds = max(holds, likely)
        if high <= first or low >= last:
            continue
        if min(last, high) - max(first, low) >= MATCH * (max(last, high) - min(first, low)):
            same = max(same, likely)
        elif low <= first and last <= high:
            outer = max(outer, likely)
        elif first <= low and high <= last:
            inner = max(inner, likely)
            count += 1
        else:
            cross = max(cross, likely)
    return [outer, inner, cross, same, within, holds, count]


def _of_stretch(grammar: Grammar, layout: Layout, proposal: Proposal, first: int, last: int) -> list[float]:
    """Its length, how it begins and ends, and what it holds."""
    words, tags, inside = grammar.words, grammar.tags, layout.inside
    cue, start, end = proposal.weighed.cue, proposal.start, proposal.end
    low, high = cue.sentence
    length = last - first
    rest = slice(last, min(high, last + _REST)) if last < high else slice(0, 0)
    mark = words[last - 1] if grammar.pos[last - 1] == "PUNCT" else ""
    after = tags[last] if last < high else "END"
    word, tag = words[first], tags[first]
    return [
        proposal.weighed.side.name == "R",
        length,
        abs(first - cue.token),
        high - last,
        words[first:last].count(","),
        sum(1 for i in range(first, last) if tags[i] in _FINITE and inside[i] < 0),
        grammar.deps[first:last].count("nsubj"),
        sum(1 for i in range(first, last) if inside[i] >= 0) / length,
        inside[first] >= 0,
        inside[last - 1] >= 0,
        words[rest].count(","),
        sum(1 for each in tags[rest] if each in _FINITE),
        word in _OPENS,
        word == "to",
        word in _ASKS,
        tag == "IN",
        word in {"the", "a", "an"},
        tag == "PRP",
        tag in {"NNP", "NNPS"},
        mark == ",",
        mark in _DASHES,
        mark in {".", "?", "!"},
        mark == ";",
        mark in {"(", ")"},
        after == "CC",
        after == "IN",
        after == "END",
        after in {"VBG", "VBN"},
        after in {"WDT", "WP", "WRB"},
        after in _FINITE,
        after in {",", ":"},
        after == "PRP",
        after == "NNP",
        first == low,
        last >= high - 1,
        *(start.kind == kind for kind in _STARTS),
        *(end.kind == kind for kind in _ENDS),
        *_of_start(grammar, start, first, last),
        *_of_end(grammar, end, last, cue),
    ]


def _of_start(grammar: Grammar, start: Edge, first: int, last: int) -> list[float]:
    root = start.root
    if root < 0:
        return [-99, -1, -1, -1, -99]
    return [
        grammar.highs[root] - last,
        grammar.pos[root] in _VERBS,
        grammar.tags[root] in _FINITE,
        root >= last,
        grammar.lows[root] - first,
    ]


def _of_end(grammar: Grammar, end: Edge, last: int, cue: CueInContext) -> list[float]:
    root = end.root
    if root < 0:
        return [-1] * 6
    return [
        place(grammar, root, cue.token),
        grammar.highs[root] - last,
        grammar.highs[root] >= cue.sentence[1] - 1,
        grammar.pos[root] in _VERBS,
        grammar.tags[root] in _FINITE,
        root - grammar.heads[root],
    ]


def _of_cue(grammar: Grammar, cue: CueInContext) -> list[float]:
    """What kind of word the cue is, whose it is, and where it stands."""
    token, subject = cue.token, cue.subject
    low, high = cue.sentence
    pos, tag, dep = grammar.pos[token], grammar.tags[token], grammar.deps[token]
    children = grammar.children(token)
    return [
        token - low,
        high - low,
        low == 0,
        pos in _VERBS,
        pos in {"NOUN", "PROPN"},
        grammar.words[token] == "according",
        cue.cue_class == "neutral",
        subject.startswith("nsubj:PERSON"),
        subject.startswith("nsubj:ORG"),
        subject.startswith("nsubjpass"),
        subject.startswith("poss"),
        subject == "none",
        subject in {"nsubj:he", "nsubj:she"},
        subject in {"nsubj:they", "nsubj:we", "nsubj:i"},
        subject in {"nsubj:it", "nsubj:that", "nsubj:this", "nsubj:you", "nsubj:which"},
        any(grammar.deps[child] == "neg" for child in children),
        any(grammar.tags[child] == "MD" for child in children),
        any(grammar.deps[child] == "prt" for child in children),
        len(cue.others),
        *(tag == each for each in _TAGS),
        *(dep == each for each in _DEPS),
    ]
