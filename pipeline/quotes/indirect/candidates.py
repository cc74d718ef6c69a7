"""The stretches that may be the content of a cue: where one may begin and end, on either side of the cue."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.core.cues import cue_forms
from pipeline.core.dependencies import SUBJECTS
from pipeline.core.resource_tables import toml

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Grammar

_TRIMMED: Final = frozenset(",.;:—–- \n\t\"'“”‘’`")
# What a child of a cue is to it when it can never be its content.
_NEVER: Final = frozenset(
    {
        "aux", "auxpass", "neg", "det", "compound", "amod", "advmod", "prt", "cc", "nummod", "case", "mark", "punct",
        "predet", "nsubj", "expl", "poss", "preconj", "quantmod", "intj",
    }
)  # fmt: skip
# What may hang on a statement without being a part of what was said.
_LOOSE: Final = frozenset({"advcl", "prep", "npadvmod", "conj", "cc", "relcl", "acl", "appos", "ccomp", "parataxis"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_BREAKS: Final = frozenset(",;:—–-()")
_STRAY: Final = frozenset({"relcl", "acl"})
_ASIDE: Final = frozenset({"npadvmod", "pobj"})
_STRAY_REACH: Final = 20
# What a verb has after it that needs nothing from the noun it is hung on.
_COMPLETES: Final = frozenset({"dobj", "attr", "acomp", "ccomp"})
_LONGEST: Final = 120
_MOST_ENDS: Final = 14
_MOST_STARTS: Final = 6
_CLIMB: Final = 4


class Edge(NamedTuple):
    """A token at which a content may begin, or before which it may end; ``root``: head of what begins there, or -1."""

    token: int
    kind: str
    root: int = -1


@dataclass(slots=True)
class Side:
    """One side of a cue, ``L`` before it or ``R`` after it, with the places a content there may begin and end."""

    name: str
    starts: list[Edge] = field(default_factory=list)
    ends: list[Edge] = field(default_factory=list)

    def pairs(self) -> list[tuple[int, int]]:
        """Numbers of a start and an end that make a stretch of two words or more, none longer than a long sentence."""
        return [
            (s, e)
            for s, start in enumerate(self.starts)
            for e, end in enumerate(self.ends)
            if 1 < end.token - start.token <= _LONGEST
        ]


def sides(grammar: Grammar, layout: Layout, cue: int, sentence: tuple[int, int]) -> list[Side]:
    """The places where a content of ``cue`` may begin and end in ``sentence``, a range of tokens.

    A content is on one side of its cue, and holds a quotation in whole or not at all.
    """
    both_sides = [_before(grammar, cue, sentence), _after(grammar, cue, sentence)]
    for side in both_sides:
        side.starts = _whole(layout, side.starts, first=True)
        side.ends = _whole(layout, side.ends, first=False)
    return [side for side in both_sides if side.starts and side.ends]


def _whole(layout: Layout, edges: list[Edge], *, first: bool) -> list[Edge]:
    """``edges``, those within a quotation moved to where it begins or ends."""
    edge_at: dict[int, Edge] = {}
    for edge in edges:
        at = edge.token
        number = layout.inside[at if first else at - 1] if at < len(layout.inside) or not first else -1
        if number >= 0:
            quotation = layout.quotations[number]
            at = layout.token_at(quotation.start if first else quotation.end)
        edge_at.setdefault(at, edge if at == edge.token else edge._replace(token=at))
    return [edge_at[at] for at in sorted(edge_at)]


def _before(grammar: Grammar, cue: int, sentence: tuple[int, int]) -> Side:
    side = Side("L")
    first = sentence[0]
    if grammar.pos[cue] not in _VERBS and grammar.words[cue] != "according":
        return side
    children = [child for child in grammar.children(cue) if child < cue]
    subject = min((grammar.lows[c] for c in children if grammar.deps[c] in SUBJECTS), default=cue)
    last = max(subject, first)
    ends = {last: Edge(last, "subject")} if subject < cue else _before_shared_subject(grammar, cue, first)
    begins: dict[int, Edge] = {}
    for child in children:
        if grammar.deps[child] == "nsubjpass":
            begins[grammar.lows[child]] = Edge(grammar.lows[child], "nsubjpass", child)
            ends.setdefault(grammar.highs[child], Edge(grammar.highs[child], "nsubjpass", child))
        elif grammar.deps[child] not in _NEVER and grammar.pos[child] != "SPACE":
            begins[grammar.lows[child]] = Edge(grammar.lows[child], grammar.deps[child], child)
    begins.setdefault(first, Edge(first, "sentence"))
    low = max(first, last - _LONGEST)
    for i in range(last - 2, low, -1):
        if len(begins) >= _MOST_STARTS:
            break
        if grammar.words[i] in _BREAKS and i + 1 not in begins:
            begins[i + 1] = Edge(i + 1, "break")
    side.starts = [begins[i] for i in sorted(begins) if i < cue]
    side.ends = [ends[i] for i in sorted(ends) if i <= cue]
    return side


def _before_shared_subject(grammar: Grammar, cue: int, first: int) -> dict[int, Edge]:
    """Where a content may end before a cue without a subject: before the cue, or before the subject of its clause."""
    ends = {max(cue, first): Edge(max(cue, first), "cue")}
    verb = cue
    for _ in range(_CLIMB):
        if grammar.heads[verb] == verb or grammar.heads[verb] > cue:
            break
        verb = grammar.heads[verb]
        for child in grammar.children(verb):
            low = grammar.lows[child]
            if child < verb and grammar.deps[child] in SUBJECTS and low > first:
                ends.setdefault(low, Edge(low, "shared subject", verb))
    return ends


def _after(grammar: Grammar, cue: int, sentence: tuple[int, int]) -> Side:
    side = Side("R")
    begins: dict[int, Edge] = {}
    if grammar.words[cue] == "according":
        begins[grammar.highs[cue]] = Edge(grammar.highs[cue], "sentence")
    else:
        for child in grammar.children(cue):
            dep = grammar.deps[child]
            if child < cue or dep in _NEVER or grammar.pos[child] == "SPACE":
                continue
            low = grammar.lows[child]
            begins.setdefault(low, Edge(low, dep, child))
            if dep in {"prep", "agent"}:
                begins.setdefault(child + 1, Edge(child + 1, f"of {dep}", child))
        begins.setdefault(cue + 1, Edge(cue + 1, "sentence"))
        stray = _stray_clause(grammar, cue, sentence[1])
        if stray is not None:
            begins.setdefault(stray.token, stray)
        bare = _bare_clause(grammar, cue)
        if bare is not None:
            # Not with those who are told.
            begins = {at: edge for at, edge in begins.items() if at >= bare.token} | {bare.token: bare}
    side.starts = [begins[i] for i in sorted(begins) if cue < i < sentence[1]][:_MOST_STARTS]
    if side.starts:
        side.ends = _ends(grammar, side.starts[0].token, sentence[1])
    return side


def _stray_clause(grammar: Grammar, cue: int, stop: int) -> Edge | None:
    """A clause with "that" which the parse hung on a time or a place after the cue: `said twice this week that …`."""
    if grammar.pos[cue] not in _VERBS or any(grammar.deps[child] == "ccomp" for child in grammar.children(cue)):
        return None
    for i in range(cue + 1, min(stop, cue + _STRAY_REACH)):
        verb = grammar.heads[i]
        if grammar.words[i] == "that" and verb > i and (grammar.tags[i] == "IN" or grammar.deps[i] == "mark"):
            nouns = grammar.deps[verb] in _STRAY and cue < grammar.heads[verb] < i
            return Edge(i, "ccomp", verb) if nouns and grammar.deps[grammar.heads[verb]] in _ASIDE else None
        if grammar.pos[i] in _VERBS:
            return None
    return None


def _bare_clause(grammar: Grammar, cue: int) -> Edge | None:
    """What is told without "that", which the parse hung on those who are told: `told the players they had earned it`.

    It has an object of its own, as no clause that tells more of them has: not `told the women they met to go`.
    """
    if grammar.words[cue] not in _told():
        return None
    for noun in grammar.children(cue):
        if noun < cue or grammar.deps[noun] not in {"dobj", "dative"}:
            continue
        for verb in grammar.children(noun):
            if grammar.deps[verb] != "relcl" or grammar.lows[verb] != noun + 1 or grammar.tags[noun + 1] != "PRP":
                continue
            own = {grammar.deps[child] for child in grammar.children(verb) if child > verb}
            # A name has no clause that tells which one is meant: "told Quell they had slept".
            if grammar.deps[noun + 1] in SUBJECTS and (own & _COMPLETES or grammar.pos[noun] == "PROPN"):
                return Edge(noun + 1, "ccomp", verb)
    return None


@lru_cache(maxsize=1)
def _told() -> frozenset[str]:
    """Forms of the verbs after which stands who is told."""
    lemmas = {word for line in toml("quotes/unsaid.toml")["told_to"] for word in line.split()}
    return frozenset(form for form, cue in cue_forms().items() if cue.lemma in lemmas)


def _ends(grammar: Grammar, first: int, sentence_end: int) -> list[Edge]:
    """Where a content that begins at or after ``first`` may end: before what hangs loosely on it, and at breaks."""
    stop = min(sentence_end, first + _LONGEST)
    ends: dict[int, Edge] = {}
    words, deps, heads = grammar.words, grammar.deps, grammar.heads
    for i in range(first + 1, stop):
        if deps[i] in _LOOSE and heads[i] < i:
            edge = max(grammar.lows[i], first + 1)
            while edge > first + 1 and deps[edge - 1] == "cc":
                edge -= 1
            if edge > heads[i] and (deps[i] != "prep" or grammar.pos[heads[i]] in _VERBS):
                ends.setdefault(edge, Edge(edge, deps[i], i))
        if words[i] in _BREAKS and i + 1 < stop:
            ends.setdefault(i + 1, Edge(i + 1, "break"))
    return [*(ends[i] for i in sorted(ends)[: _MOST_ENDS - 1]), Edge(stop, "sentence")]


def trimmed(layout: Layout, first: int, last: int) -> tuple[int, int]:
    """The tokens ``first:last`` as offsets, punctuation at their ends and what is not searched left out."""
    while first < last and not layout.searched[first]:
        first += 1
    while last > first and not layout.searched[last - 1]:
        last -= 1
    if first == last:
        return 0, 0
    start = layout.starts[first]
    end = layout.starts[last - 1] + len(layout.doc[last - 1])
    while start < end and layout.text[start] in _TRIMMED:
        start += 1
    while end > start and layout.text[end - 1] in _TRIMMED:
        end -= 1
    return start, end


def subject_kind(grammar: Grammar, cue: int) -> str:
    """The kind of subject or possessor a cue has: its pronoun, entity type or part of speech."""
    for child in grammar.children(cue):
        if grammar.deps[child] in {"nsubj", "nsubjpass", "poss"}:
            pronoun = grammar.pos[child] == "PRON"
            kind = grammar.words[child] if pronoun else grammar.entities[child] or grammar.pos[child]
            return f"{grammar.deps[child]}:{kind}"
    return "none"
