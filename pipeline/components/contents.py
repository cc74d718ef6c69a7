"""Indirect contents: the words outside quotation marks that a cue attributes to somebody.

A linear model weighs each stretch that could be the content of a cue; ``training/contents.py`` made its weights.
"""

from __future__ import annotations

import csv
import gzip
import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.components.attributions import Said, according_to, named, said_by
from pipeline.components.content_candidates import (
    CueInContext,
    candidates,
    content_features,
    cue_features,
    trimmed,
)
from pipeline.components.cues import cue_of
from pipeline.components.tree import lefts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from pipeline.components.layout import Layout

_WEIGHTS: Final = Path(__file__).parent.parent / "resources" / "contents.csv.gz"
# The least probability at which a content is taken: best F1 on the development articles.
THRESHOLD: Final = 0.4
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


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    """The words that are ever cues."""
    return frozenset(feature.removeprefix("form=") for feature in weights() if feature.startswith("form="))


def cues_in(layout: Layout, *, everything: bool = False) -> Iterator[tuple[Token, Span]]:
    """Words of the narration that may be cues, each with its sentence; ``everything``: those that never are, too."""
    known = frozenset() if everything else _forms()
    for sentence in layout.doc.sents:
        for i in range(sentence.start, sentence.end):
            if layout.inside[i] >= 0 or not layout.searched[i]:
                continue
            token = layout.doc[i]
            word = token.lower_
            if (everything or word in known) and (token.pos_ in _CUE_POS or word == "according"):
                yield token, sentence


def _total(known: dict[str, float], features: list[str]) -> float:
    return sum(map(known.get, features, repeat(0.0)))


def indirect_contents(layout: Layout) -> list[Content]:
    """What the cues of the narration attribute, in order of the cues. Contents may overlap."""
    known = weights()
    found: list[Content] = []
    bias = known.get("bias", 0.0)
    limit = math.log(THRESHOLD / (1 - THRESHOLD))
    for token, sentence in cues_in(layout):
        listed = cue_of(token)
        if listed is None or not listed.reports:
            # The model knows acts and states of mind by other words too: too loosely for a table of who says what.
            continue
        cue = CueInContext.of(token, sentence)
        base = bias + _total(known, cue_features(cue))
        said: Said | None = None
        for candidate in candidates(token, sentence):
            score = base + _total(known, content_features(layout, cue, candidate))
            opening = layout.doc[candidate.first]
            if score < limit or (opening.tag_ in {"VBG", "VBD"} and opening.i != token.i and cue_of(opening)):
                # "…, adding that …" is the content of neither cue.
                continue
            start, end = trimmed(layout, candidate)
            if len(layout.text[start:end].split()) < _FEWEST_WORDS:
                continue
            said = said or _said(layout, token)
            if not _speaks(said):
                break
            clause = "ccomp" in candidate.kind or "sentence" in candidate.kind
            found.append(Content(said, start, end, 1 / (1 + math.exp(-score)), clause))
    return found


def _said(layout: Layout, cue: Token) -> Said:
    """The attribution of an indirect content; its speaker may stay unnamed."""
    said = None
    if cue.lower_ == "according":
        said = according_to(layout, list(layout.doc[cue.i : min(cue.right_edge.i + 1, cue.i + _LONGEST_NAME)]))
    elif cue.pos_ in {"VERB", "AUX"}:
        said = said_by(layout, cue)
    else:
        owner = next((child for child in lefts(cue) if child.dep_ == "poss" and layout.outside(child)), None)
        if owner is not None:
            said = named(layout, "possessor", owner, owner.left_edge.i, cue.i, cue)
    return said or Said("no speaker named", cue=cue)


def _speaks(said: Said) -> bool:
    """Whether an attribution is to somebody: not "this suggests", nor "it is wrong to say", nor "was expected"."""
    head, cue = said.head, said.cue
    if head is None or cue is None or head.lower_ in _NOBODY:
        return False
    return head.lower_ != "it" or head.head.i == cue.i
