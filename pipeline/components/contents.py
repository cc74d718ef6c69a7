"""Indirect contents: the words outside quotation marks that a cue attributes to somebody.

A log-linear model weighs each stretch on one side of a cue that could be its content against there being none;
``training/contents.py`` made its weights. What is taken is the stretch that most likely is right but for a few words.
"""

from __future__ import annotations

import csv
import gzip
import math
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from pipeline.components.attributions import Said, according_to, named, said_by
from pipeline.components.content_candidates import sides, trimmed
from pipeline.components.content_features import (
    CueInContext,
    cue_features,
    end_features,
    pair_features,
    start_features,
)
from pipeline.components.cues import cue_of
from pipeline.components.tree import lefts, rights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from pipeline.components.content_candidates import Edge, Side
    from pipeline.components.layout import Layout

_WEIGHTS: Final = Path(__file__).parent.parent / "resources" / "contents.csv.gz"
# The least probability at which a content is taken: best F1 on training articles held out.
THRESHOLD: Final = 0.28
# The share of the words in either of two stretches from which on they are the same content.
MATCH: Final = 0.8
# Cues that report words only by a clause.
_SHOWN: Final = frozenset({"indicate", "signal"})
_NEARLY: Final = 0.9
_STATEMENTS: Final = frozenset({"ccomp", "sentence", "break"})
_CUE_POS: Final = frozenset({"VERB", "NOUN", "AUX", "ADJ"})
_FEWEST_WORDS: Final = 3
_LONGEST_NAME: Final = 60
_NOBODY: Final = frozenset({"this", "that", "these", "those", "there", "what", "you", "one"})


@dataclass(slots=True)
class Content:
    """A stretch of text that a cue attributes, as offsets, and how sure that is; ``clause``: a whole statement."""

    said: Said
    start: int
    end: int
    probability: float
    clause: bool


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weight of each feature."""
    with gzip.open(_WEIGHTS, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        return {feature: float(weight) for feature, weight in rows}


def cues_in(layout: Layout) -> Iterator[tuple[Token, Span]]:
    """Words of the narration that the list knows to report words or thoughts, each with its sentence."""
    for sentence in layout.doc.sents:
        for i in range(sentence.start, sentence.end):
            if layout.inside[i] >= 0 or not layout.searched[i]:
                continue
            token = layout.doc[i]
            listed = cue_of(token)
            if listed is not None and listed.reports and (token.pos_ in _CUE_POS or token.lower_ == "according"):
                yield token, sentence


def _total(known: dict[str, float], features: list[str]) -> float:
    return sum(map(known.get, features, repeat(0.0)))


class Chosen(NamedTuple):
    """A stretch of tokens, how likely it is the content of its cue give or take a few words, and where it begins."""

    first: int
    last: int
    probability: float
    start: Edge


def choose(layout: Layout, cue: CueInContext, side: Side, base: float, known: dict[str, float]) -> Chosen | None:
    """The likeliest content of ``cue`` on one side, or None where there most likely is none.

    ``base`` is the weight of the cue itself. Each stretch is as likely as all together that it agrees with: those that
    share :data:`MATCH` of the words in either.
    """
    pairs = side.pairs()
    if not pairs:
        return None
    starts = [base + _total(known, start_features(layout, cue, side, edge)) for edge in side.starts]
    ends = [_total(known, end_features(layout, cue, side, edge)) for edge in side.ends]
    scores = np.array(
        [
            starts[s] + ends[e] + _total(known, pair_features(layout, cue, side, side.starts[s], side.ends[e]))
            for s, e in pairs
        ]
    )
    likelihood = np.exp(scores - max(scores.max(), 0.0))
    none = math.exp(-max(scores.max(), 0.0))
    likelihood /= likelihood.sum() + none
    if likelihood.sum() < THRESHOLD:
        return None
    first = np.array([side.starts[s].token for s, _ in pairs])
    last = np.array([side.ends[e].token for _, e in pairs])
    shared = np.minimum.outer(last, last) - np.maximum.outer(first, first)
    either = np.maximum.outer(last, last) - np.minimum.outer(first, first)
    agreed = (shared >= MATCH * either) @ likelihood
    # Of those that are as likely to be right but for a few words, the one that most likely is right to the word.
    best = int(np.argmax(np.where(agreed >= _NEARLY * agreed.max(), likelihood, -1.0)))
    if agreed[best] < THRESHOLD:
        return None
    return Chosen(int(first[best]), int(last[best]), float(agreed[best]), side.starts[pairs[best][0]])


def indirect_contents(layout: Layout) -> list[Content]:
    """What the cues of the narration attribute, in order of the cues. Contents may overlap."""
    known = weights()
    found: list[Content] = []
    for token, sentence in cues_in(layout):
        cue = CueInContext.of(token, sentence)
        base = known.get("bias", 0.0) + _total(known, cue_features(cue))
        said: Said | None = None
        for side in sides(token, sentence):
            chosen = choose(layout, cue, side, base, known)
            if chosen is None:
                continue
            opening = layout.doc[chosen.first]
            if opening.tag_ in {"VBG", "VBD"} and opening.i != token.i and cue_of(opening):
                # "…, adding that …" is the content of neither cue.
                continue
            start, end = trimmed(layout, chosen.first, chosen.last)
            if len(layout.text[start:end].split()) < _FEWEST_WORDS:
                continue
            said = said or _said(layout, token)
            if not _speaks(said):
                break
            if _shows(token, chosen.start.kind):
                continue
            found.append(Content(said, start, end, chosen.probability, chosen.start.kind in _STATEMENTS))
    return [_before_next(layout, content, found) for content in found]


def _before_next(layout: Layout, content: Content, every: Sequence[Content]) -> Content:
    """``content``, shortened to end before a cue that goes on with what was said: `…, adding that …`."""
    for other in every:
        cue = other.said.cue
        if cue is None or other is content or not content.start < cue.idx < content.end <= other.end:
            continue
        if cue.tag_ == "VBG" and cue.i and cue.nbor(-1).text == ",":
            start, end = trimmed(layout, layout.token_at(content.start), cue.i)
            if len(layout.text[start:end].split()) >= _FEWEST_WORDS:
                return replace(content, end=end)
    return content


def _said(layout: Layout, cue: Token) -> Said:
    """The attribution of an indirect content; its speaker may stay unnamed."""
    said = None
    if cue.lower_ == "according":
        said = according_to(layout, list(layout.doc[cue.i : min(cue.right_edge.i + 1, cue.i + _LONGEST_NAME)]))
    elif cue.pos_ in {"VERB", "AUX"}:
        said = said_by(layout, cue)
    else:
        owner = _owner(layout, cue)
        if owner is not None:
            before = owner.i < cue.i
            span = (owner.left_edge.i, cue.i) if before else (owner.left_edge.i, owner.right_edge.i + 1)
            said = named(layout, "possessor", owner, *span, cue)
    return said or Said("no speaker named", cue=cue)


def _shows(cue: Token, start: str) -> bool:
    """Whether a cue shows a thing and reports no words: "points to the law", "the figures indicate a shift"."""
    listed = cue_of(cue)
    lemma = listed.lemma if listed else ""
    if lemma == "point":
        return not any(child.lower_ == "out" for child in rights(cue))
    return lemma in _SHOWN and start not in _STATEMENTS


def _owner(layout: Layout, noun: Token) -> Token | None:
    """Whose claim, statement or fear it is: `the mayor's claim`, `a claim by the mayor`."""
    for child in lefts(noun):
        if child.dep_ == "poss" and layout.outside(child):
            return child
    for child in rights(noun):
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "among"}:
            return next((c for c in rights(child) if c.dep_ == "pobj" and layout.outside(c)), None)
    return None


def _speaks(said: Said) -> bool:
    """Whether an attribution is to somebody: not "this suggests", nor "it is wrong to say", nor "was expected"."""
    head, cue = said.head, said.cue
    if head is None or cue is None or head.lower_ in _NOBODY:
        return False
    return head.lower_ != "it" or head.head.i == cue.i
