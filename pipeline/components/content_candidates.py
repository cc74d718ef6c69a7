"""The stretches that may be the content of a cue: where one may begin and end, on either side of the cue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.components.tree import children, lefts, rights

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from pipeline.components.layout import Layout

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
_BREAKS: Final = frozenset(",;:—–-()")
_LONGEST: Final = 120
_MOST_ENDS: Final = 14
_MOST_STARTS: Final = 6


class Edge(NamedTuple):
    """A token at which a content may begin, or before which it may end; ``root``: head of what begins there."""

    token: int
    kind: str
    root: Token | None


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


def sides(cue: Token, sentence: Span) -> list[Side]:
    """The places where a content of ``cue`` may begin and end in ``sentence``; a content is on one side of its cue."""
    found = [_before(cue, sentence), _after(cue, sentence)]
    return [side for side in found if side.starts and side.ends]


def _before(cue: Token, sentence: Span) -> Side:
    side = Side("L")
    branches = [child for child in lefts(cue) if child.dep_ not in _NEVER and not child.is_space]
    if cue.pos_ not in {"VERB", "AUX"} and cue.lower_ != "according":
        return side
    subject = min((c.left_edge.i for c in lefts(cue) if c.dep_ in {"nsubj", "nsubjpass"}), default=cue.i)
    last = max(subject, sentence.start)
    side.ends.append(Edge(last, "subject" if subject < cue.i else "cue", None))
    begins = {branch.left_edge.i: Edge(branch.left_edge.i, branch.dep_, branch) for branch in branches}
    begins.setdefault(sentence.start, Edge(sentence.start, "sentence", None))
    low = max(sentence.start, last - _LONGEST)
    for i in range(last - 2, low, -1):
        if sentence.doc[i].text in _BREAKS and i + 1 not in begins and len(begins) < _MOST_STARTS:
            begins[i + 1] = Edge(i + 1, "break", None)
    side.starts = [begins[i] for i in sorted(begins) if i < last]
    return side


def _after(cue: Token, sentence: Span) -> Side:
    side = Side("R")
    begins: dict[int, Edge] = {}
    if cue.lower_ == "according":
        begins[cue.right_edge.i + 1] = Edge(cue.right_edge.i + 1, "sentence", None)
    else:
        for child in rights(cue):
            if child.dep_ in _NEVER or child.is_space:
                continue
            begins.setdefault(child.left_edge.i, Edge(child.left_edge.i, child.dep_, child))
            if child.dep_ in {"prep", "agent"}:
                begins.setdefault(child.i + 1, Edge(child.i + 1, f"of {child.dep_}", child))
        begins.setdefault(cue.i + 1, Edge(cue.i + 1, "sentence", None))
    side.starts = [begins[i] for i in sorted(begins) if cue.i < i < sentence.end][:_MOST_STARTS]
    if side.starts:
        side.ends = _ends(sentence, side.starts[0].token)
    return side


def _ends(sentence: Span, first: int) -> list[Edge]:
    """Where a content that begins at or after ``first`` may end: before what hangs loosely on it, and at breaks."""
    doc = sentence.doc
    stop = min(sentence.end, first + _LONGEST)
    ends: dict[int, Edge] = {}
    for token in doc[first + 1 : stop]:
        if token.dep_ in _LOOSE and token.head.i < token.i:
            edge = max(token.left_edge.i, first + 1)
            while edge > first + 1 and doc[edge - 1].dep_ == "cc":
                edge -= 1
            if edge > token.head.i and (token.dep_ != "prep" or token.head.pos_ in {"VERB", "AUX"}):
                ends.setdefault(edge, Edge(edge, token.dep_, token))
        if token.text in _BREAKS and token.i + 1 < stop:
            ends.setdefault(token.i + 1, Edge(token.i + 1, "break", None))
    return [*(ends[i] for i in sorted(ends)[: _MOST_ENDS - 1]), Edge(stop, "sentence", None)]


def trimmed(layout: Layout, first: int, last: int) -> tuple[int, int]:
    """The tokens ``first:last`` as offsets, punctuation at their ends and what is not searched left out."""
    while first < last and not layout.searched[first]:
        first += 1
    while last > first and not layout.searched[last - 1]:
        last -= 1
    if first == last:
        return 0, 0
    final = layout.doc[last - 1]
    start, end = layout.doc[first].idx, final.idx + len(final)
    while start < end and layout.text[start] in _TRIMMED:
        start += 1
    while end > start and layout.text[end - 1] in _TRIMMED:
        end -= 1
    return start, end


def subject_kind(cue: Token) -> str:
    """The kind of subject or possessor a cue has: its pronoun, entity type or part of speech."""
    for child in children(cue):
        if child.dep_ in {"nsubj", "nsubjpass", "poss"}:
            kind = child.lower_ if child.pos_ == "PRON" else child.ent_type_ or child.pos_
            return f"{child.dep_}:{kind}"
    return "none"
