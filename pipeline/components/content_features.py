"""The features by which a learned model weighs the stretches that may be the content of a cue.

A stretch is weighed by its cue, by where it begins, by where it ends and by the two together.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.components.content_candidates import subject_kind
from pipeline.components.cues import cue_of
from pipeline.components.tree import lefts, rights

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from pipeline.components.content_candidates import Edge, Side
    from pipeline.components.layout import Layout

_ENDINGS: Final = ("ing", "ed", "es", "s", "e")
_CLIMB: Final = 8
_NEAR: Final = 60
_SOON: Final = 3
_BESIDE: Final = frozenset({"ccomp", "xcomp", "dobj", "prep", "advcl", "npadvmod", "dative", "agent", "oprd", "acl"})


@dataclass(slots=True)
class CueInContext:
    """A word that may be a cue, with what the features of all its candidates share."""

    token: Token
    sentence: Span
    lemma: str
    cue_class: str
    subject: str
    branches: str
    others: list[int]

    @classmethod
    def of(cls, token: Token, sentence: Span) -> CueInContext:
        """Look at ``token`` in its sentence."""
        cue = cue_of(token)
        branches = " ".join(sorted({child.dep_ for child in rights(token) if child.dep_ in _BESIDE}))
        return cls(
            token,
            sentence,
            cue.lemma if cue else _stem(token.lower_),
            cue.cue_class if cue else "unlisted",
            subject_kind(token),
            branches,
            _reports_near(token, sentence),
        )


def _reports_near(token: Token, sentence: Span) -> list[int]:
    """Numbers of the other verbs near ``token`` in its sentence that report words or thoughts."""
    low, high = max(sentence.start, token.i - _NEAR), min(sentence.end, token.i + _NEAR)
    near = (token.doc[i] for i in range(low, high) if i != token.i)
    return [other.i for other in near if (cue := cue_of(other)) and cue.reports and other.pos_ == "VERB"]


def _stem(form: str) -> str:
    """A rough stem of a word that no list holds."""
    for ending in _ENDINGS:
        if form.endswith(ending) and len(form) > len(ending) + 3:
            return form.removesuffix(ending)
    return form


def cue_features(cue: CueInContext) -> list[str]:
    """What the weight of every candidate of ``cue`` rests on."""
    token = cue.token
    before = lefts(token)
    auxiliary = next((child.lower_ for child in before if child.dep_ in {"aux", "auxpass", "mark"}), "none")
    negated = any(child.dep_ == "neg" for child in before)
    head = token.head.lower_ if token.dep_ in {"xcomp", "prep", "pobj"} else ""
    lemma = f"lemma={cue.lemma}"
    return [
        f"form={token.lower_}",
        lemma,
        f"tag={token.tag_}",
        f"dep={token.dep_}",
        f"subject={cue.subject}",
        f"auxiliary={auxiliary}",
        f"negated={negated}",
        f"class={cue.cue_class}",
        f"{lemma} subject={cue.subject[:9]}",
        f"{lemma} auxiliary={auxiliary}",
        f"{lemma} pos={token.pos_}",
        f"tag={token.tag_} dep={token.dep_}",
        f"head={head}",
    ]


def start_features(layout: Layout, cue: CueInContext, side: Side, edge: Edge) -> list[str]:
    """What the weight of a content rests on for beginning at ``edge``."""
    doc = layout.doc
    first, kind, root = edge
    opening = doc[first]
    word = opening.lower_
    before = doc[first - 1].lower_ if first else ""
    k, lemma = f"{side.name} from={kind}", f"lemma={cue.lemma}"
    token = cue.token
    following = doc[first + 1].lower_ if first + 1 < len(doc) else ""
    near = first == token.i + 1
    found = [
        k,
        f"{k} {lemma}",
        f"{k} tag={token.tag_}",
        f"{k} dep={token.dep_}",
        f"{k} class={cue.cue_class}",
        f"{k} opening={opening.tag_}",
        f"{k} word={word}",
        f"{k} before={before}",
        f"{k} near={near}",
        f"{k} subject={cue.subject[:9]}",
        f"{k} in marks={layout.inside[first] >= 0}",
        f"{k} beside={cue.branches}",
        f"{k} {lemma} beside={cue.branches}",
        f"{side.name} {lemma} word={word}",
        f"{side.name} {lemma} opening={opening.pos_} entity={opening.ent_type_}",
        f"{side.name} words={word} {following}",
    ]
    if root is not None:
        found += [
            f"{k} root={root.pos_}:{root.tag_}",
            f"{k} of={root.lower_}",
            f"{k} entity={root.ent_type_}",
            f"{lemma} of={root.lower_}",
            f"{lemma} root={root.tag_}",
        ]
    return found


def end_features(layout: Layout, cue: CueInContext, side: Side, edge: Edge) -> list[str]:
    """What the weight of a content rests on for ending before ``edge``."""
    doc = layout.doc
    last, kind, root = edge
    k, lemma = f"{side.name} to={kind}", f"lemma={cue.lemma}"
    after = doc[last] if last < cue.sentence.end else None
    word = after.lower_ if after is not None else "end"
    final = doc[last - 1]
    mark = final.text if final.is_punct else ""
    inside = layout.inside[last - 1]
    marks = "none" if inside < 0 else "cut" if after is not None and layout.inside[last] == inside else "closed"
    rest = (cue.sentence.end - last).bit_length()
    found = [
        k,
        f"{k} {lemma}",
        f"{k} mark={mark}",
        f"{k} marks={marks}",
        f"{k} word={word}",
        f"{k} word={word} mark={mark}",
        f"{k} rest={rest}",
        f"{k} final={final.pos_}",
        f"{side.name} word={word}",
    ]
    if after is not None:
        found += [
            f"{k} next={after.tag_} mark={mark}",
            f"{k} entity={after.ent_type_}",
            f"{k} then={doc[last + 1].tag_ if last + 1 < len(doc) else ''} word={word}",
        ]
    if root is not None:
        place = _place(root, cue.token)
        found += [
            f"{k} at={place}",
            f"{k} at={place} mark={mark}",
            f"{k} at={place} word={word}",
            f"{k} at={place} {lemma}",
            f"{k} at={place} root={root.tag_} mark={mark}",
            f"{k} of={root.lower_}",
            f"{k} head={root.head.pos_} mark={mark}",
            f"{k} to end={root.right_edge.i >= cue.sentence.end - 2}",
            f"{k} breadth={(root.right_edge.i + 1 - last).bit_length()}",
            *_clause_features(k, place, root, cue),
        ]
    return found


def _clause_features(k: str, place: int, root: Token, cue: CueInContext) -> list[str]:
    """What tells a clause that goes on with what was said from one that goes on with the story."""
    if root.pos_ not in {"VERB", "AUX"}:
        return []
    subject = subject_kind(root)
    says = cue_of(root) is not None
    same = root.tag_ == cue.token.tag_
    return [
        f"{k} own subject={subject}",
        f"{k} says={says} own subject={subject != 'none'} same={same}",
        f"{k} says={says} tag={root.tag_}",
        f"{k} tag={root.tag_} head={root.head.tag_} at={place}",
    ]


def _place(token: Token, cue: Token) -> int:
    """How far up the parse the cue is from ``token``: 1 for what hangs on the cue itself, 9 for what does not."""
    for steps in range(1, _CLIMB):
        token = token.head
        if token.i == cue.i:
            return min(steps, 4)
    return 9


def pair_features(layout: Layout, cue: CueInContext, side: Side, start: Edge, end: Edge) -> list[str]:
    """What the weight of a content rests on for both of its ends."""
    length = (end.token - start.token).bit_length()
    k = f"{side.name} from={start.kind}"
    first, last = layout.inside[start.token], layout.inside[end.token - 1]
    found = [
        f"{k} to={end.kind}",
        f"{k} length={length}",
        f"{side.name} lemma={cue.lemma} length={length}",
        f"{side.name} marks={first >= 0}{last >= 0}{first == last}",
    ]
    # Other reports within the content, or after it: two statements, or one in the other.
    low, high = bisect_left(cue.others, start.token), bisect_left(cue.others, end.token)
    held = cue.others[high - 1] if high > low else None
    later = cue.others[high] if high < len(cue.others) else None
    side_to = f"{side.name} to={end.kind}"
    found += [
        f"{side_to} holds={min(high - low, 2)}",
        f"{side.name} holds={held is not None} later={later is not None}",
    ]
    if held is not None:
        tag = layout.doc[held].tag_
        found += [f"{side_to} holds={tag}", f"{k} holds={tag} of={cue.token.tag_}"]
    if later is not None:
        found += [f"{side_to} later={layout.doc[later].tag_}", f"{side_to} later={later - end.token < _SOON}"]
    if start.root is not None and side.name == "R":
        whole = start.root.right_edge.i + 1
        fit = "whole" if _same_place(layout, whole, end.token) else "part" if end.token < whole else "more"
        found += [f"{k} fit={fit}", f"{k} fit={fit} to={end.kind}", f"{k} fit={fit} lemma={cue.lemma}"]
        if fit == "part" and end.token <= start.root.i:
            found.append(f"{k} before root")
        if end.root is not None:
            found.append(f"{k} root={start.root.tag_} to={end.kind}:{end.root.tag_}")
    return found


def _same_place(layout: Layout, one: int, other: int) -> bool:
    """Whether nothing but punctuation stands between two places."""
    low, high = sorted((one, other))
    return high - low <= 2 and all(layout.doc[i].is_punct or layout.doc[i].is_space for i in range(low, high))
