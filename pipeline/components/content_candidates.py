"""The stretches that may be the content of a cue, and the features a learned model weighs them by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.components.cues import cue_of
from pipeline.components.tree import children, lefts, rights

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_TRAILING: Final = frozenset({"advcl", "prep", "npadvmod", "conj", "relcl", "acl"})
_CLAUSES: Final = frozenset({"ccomp", "xcomp", "dobj"})
_ENDINGS: Final = ("ing", "ed", "es", "s", "e")
_LONGEST: Final = 120


class Candidate(NamedTuple):
    """A stretch of tokens that may be the content of a cue, and its place in the parse."""

    first: int
    last: int
    kind: str
    root: Token


@dataclass(slots=True)
class CueInContext:
    """A word that may be a cue, with what the features of all its candidates share."""

    token: Token
    sentence: Span
    lemma: str
    listed: bool
    cue_class: str
    subject: str
    branches: str

    @classmethod
    def of(cls, token: Token, sentence: Span) -> CueInContext:
        """Look at ``token`` in its sentence."""
        cue = cue_of(token)
        branches = " ".join(sorted({child.dep_ for child in rights(token) if child.dep_ not in _NEVER}))
        return cls(
            token,
            sentence,
            cue.lemma if cue else _stem(token.lower_),
            cue is not None,
            cue.cue_class if cue else "",
            _subject_kind(token),
            branches,
        )


def _stem(form: str) -> str:
    """A rough stem of a word that no list holds."""
    for ending in _ENDINGS:
        if form.endswith(ending) and len(form) > len(ending) + 3:
            return form.removesuffix(ending)
    return form


def _subject_kind(cue: Token) -> str:
    for child in children(cue):
        if child.dep_ in {"nsubj", "nsubjpass", "poss"}:
            kind = child.lower_ if child.pos_ == "PRON" else child.ent_type_ or child.pos_
            return f"{child.dep_}:{kind}"
    return "none"


def candidates(cue: Token, sentence: Span) -> Iterator[Candidate]:
    """The stretches of a sentence that may be the content of ``cue``, none longer than a long sentence."""
    found = _of_according(cue, sentence) if cue.lower_ == "according" else _of_cue(cue, sentence)
    return (candidate for candidate in found if 0 < candidate.last - candidate.first <= _LONGEST)


def _of_according(cue: Token, sentence: Span) -> Iterator[Candidate]:
    yield Candidate(sentence.start, cue.i, "L:sentence", cue)
    yield Candidate(cue.right_edge.i + 1, sentence.end, "R:sentence", cue)


def _of_cue(cue: Token, sentence: Span) -> Iterator[Candidate]:
    branches = [child for child in children(cue) if child.dep_ not in _NEVER and not child.is_space]
    furthest = branches[-1].right_edge.i + 1 if branches and branches[-1].i > cue.i else 0
    for child in branches:
        if child.i < cue.i:
            yield Candidate(child.left_edge.i, min(child.right_edge.i + 1, cue.i), f"L:{child.dep_}", child)
        else:
            yield from _of_branch(cue, child, furthest)
    if cue.pos_ == "VERB":
        subject = min((c.left_edge.i for c in lefts(cue) if c.dep_ in {"nsubj", "nsubjpass"}), default=cue.i)
        yield Candidate(sentence.start, subject, "L:sentence", cue)
        yield Candidate(cue.i + 1, sentence.end, "R:sentence", cue)
    elif cue.pos_ == "NOUN" and sentence.start == cue.left_edge.i:
        yield Candidate(cue.right_edge.i + 1, sentence.end, "R:sentence", cue)


def _of_branch(cue: Token, child: Token, furthest: int) -> Iterator[Candidate]:
    dep = child.dep_
    first, last = max(child.left_edge.i, cue.i + 1), child.right_edge.i + 1
    yield Candidate(first, last, dep, child)
    if last < furthest:
        yield Candidate(first, furthest, f"{dep}+", child)
    if dep == "prep":
        yield Candidate(child.i + 1, last, "of", child)
        if last < furthest:
            yield Candidate(child.i + 1, furthest, "of+", child)
    elif dep in _CLAUSES:
        yield Candidate(first, _without_last_branch(child, first), f"{dep}-", child)


def _without_last_branch(root: Token, first: int) -> int:
    """Where the branch of ``root`` begins that closes it, if that is a loose one, or 0."""
    branches = rights(root)
    if not branches or branches[-1].dep_ not in _TRAILING:
        return 0
    end = int(branches[-1].left_edge.i)
    while end > first + 1 and (root.doc[end - 1].is_punct or root.doc[end - 1].dep_ == "cc"):
        end -= 1
    return end


def cue_features(cue: CueInContext) -> list[str]:
    """What the weight of every candidate of ``cue`` rests on."""
    token = cue.token
    before = lefts(token)
    auxiliary = next((child.lower_ for child in before if child.dep_ in {"aux", "auxpass", "mark"}), "none")
    negated = any(child.dep_ == "neg" for child in before)
    head = token.head.lower_ if token.dep_ in {"xcomp", "prep", "pobj"} else ""
    return [
        f"form={token.lower_}",
        f"lemma={cue.lemma}",
        f"tag={token.tag_}",
        f"dep={token.dep_}",
        f"subject={cue.subject}",
        f"auxiliary={auxiliary}",
        f"negated={negated}",
        f"class={cue.cue_class}",
        f"lemma={cue.lemma} subject={cue.subject[:9]}",
        f"lemma={cue.lemma} auxiliary={auxiliary}",
        f"tag={token.tag_} dep={token.dep_}",
        f"head={head}",
    ]


def content_features(layout: Layout, cue: CueInContext, candidate: Candidate) -> list[str]:
    """What the weight of one candidate rests on besides its cue."""
    doc = layout.doc
    first, last, kind, root = candidate
    token = cue.token
    opening = doc[first]
    word = opening.lower_
    before = doc[first - 1].lower_ if first else ""
    after = doc[last] if last < len(doc) else None
    quoted = layout.inside[first] >= 0 or layout.inside[last - 1] >= 0
    near = first == token.i + 1 or last == token.i
    follows = after.pos_ if after is not None and last < cue.sentence.end else "end"
    k, lemma = f"kind={kind}", f"lemma={cue.lemma}"
    return [
        k,
        f"{k} {lemma}",
        f"{k} tag={token.tag_}",
        f"{k} dep={token.dep_}",
        f"{k} listed={cue.listed}",
        f"{k} length={(last - first).bit_length()}",
        f"{k} opening={opening.pos_}",
        f"{k} word={word}",
        f"{k} root={root.pos_}:{root.tag_}",
        f"{k} branches={min(root.n_rights, 4)}",
        f"{k} follows={follows}",
        f"{k} near={near}",
        f"{k} before={before}",
        f"{k} subject={cue.subject[:9]}",
        f"{k} quoted={quoted}",
        f"{k} {root.lower_}",
        f"{k} entity={root.ent_type_}",
        f"{k} beside={cue.branches}",
        f"{k} {lemma} beside={cue.branches}",
        f"word={word}",
        f"root={root.lower_}",
        f"last={doc[last - 1].pos_}",
        f"after={after.lower_ if after is not None else ''}",
        f"{lemma} word={word}",
        f"{lemma} root={root.tag_}",
        f"{lemma} {root.lower_}",
    ]


def trimmed(layout: Layout, candidate: Candidate) -> tuple[int, int]:
    """The candidate as offsets, punctuation at its ends and what is not searched left out."""
    first, last = candidate.first, candidate.last
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
