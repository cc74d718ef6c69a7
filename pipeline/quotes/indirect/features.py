"""The features by which a learned model weighs the stretches that may be the content of a cue.

A stretch is weighed by its cue, by where it begins, by where it ends and by the two together.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.core.cues import cue_forms
from pipeline.quotes.indirect.candidates import subject_kind

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Grammar
    from pipeline.quotes.indirect.candidates import Edge, Side

_CLIMB: Final = 8
_NEAR: Final = 60
_SOON: Final = 3
_BESIDE: Final = frozenset({"ccomp", "xcomp", "dobj", "prep", "advcl", "npadvmod", "dative", "agent", "oprd", "acl"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_PUNCTUATION: Final = frozenset({"PUNCT", "SYM"})


@dataclass(slots=True)
class CueInContext:
    """A listed word that may be a cue, with what the features of all its candidates share.

    ``sentence`` is a range of tokens; ``others`` are the other verbs near it that report words or thoughts.
    """

    token: int
    sentence: tuple[int, int]
    lemma: str
    cue_class: str
    subject: str
    branches: str
    others: list[int]

    @classmethod
    def of(cls, grammar: Grammar, token: int, sentence: tuple[int, int], reports: list[int]) -> CueInContext:
        """Look at ``token`` in its sentence; ``reports`` are all verbs of the document that report."""
        cue = cue_forms()[grammar.words[token]]
        deps = grammar.deps
        branches = " ".join(
            sorted({deps[child] for child in grammar.children(token) if child > token and deps[child] in _BESIDE})
        )
        low, high = max(sentence[0], token - _NEAR), min(sentence[1], token + _NEAR)
        others = [i for i in reports[bisect_left(reports, low) : bisect_left(reports, high)] if i != token]
        return cls(
            token,
            sentence,
            cue.lemma,
            cue.cue_class,
            subject_kind(grammar, token),
            branches,
            others,
        )


def cue_features(grammar: Grammar, cue: CueInContext) -> list[str]:
    """What the weight of every candidate of ``cue`` rests on."""
    token = cue.token
    words, deps, tags = grammar.words, grammar.deps, grammar.tags
    before = [child for child in grammar.children(token) if child < token]
    auxiliary = next((words[child] for child in before if deps[child] in {"aux", "auxpass", "mark"}), "none")
    negated = any(deps[child] == "neg" for child in before)
    above = grammar.heads[token]
    head = words[above] if deps[token] in {"xcomp", "prep", "pobj"} else ""
    following = words[token + 1] if token + 1 < cue.sentence[1] else "end"
    preceding = words[token - 1] if token > cue.sentence[0] else "begin"
    lemma = f"lemma={cue.lemma}"
    subject = cue.subject[:9]
    return [
        f"form={words[token]}",
        lemma,
        f"tag={tags[token]}",
        f"dep={deps[token]}",
        f"subject={cue.subject}",
        f"auxiliary={auxiliary}",
        f"negated={negated}",
        f"class={cue.cue_class}",
        f"{lemma} subject={subject}",
        f"{lemma} auxiliary={auxiliary}",
        f"{lemma} pos={grammar.pos[token]}",
        f"tag={tags[token]} dep={deps[token]}",
        f"class={cue.cue_class} subject={subject}",
        f"class={cue.cue_class} branches={cue.branches}",
        f"{lemma} branches={cue.branches}",
        f"head={head}",
        f"{lemma} following={following}",
        f"following={following}",
        f"preceding={preceding}",
        f"dep={deps[token]} above={grammar.tags[above]}",
        f"dep={deps[token]} above={words[above]}",
        f"others={min(len(cue.others), 3)} class={cue.cue_class}",
    ]


def start_features(grammar: Grammar, layout: Layout, cue: CueInContext, side: Side, edge: Edge) -> list[str]:
    """What the weight of a content rests on for beginning at ``edge``."""
    first, kind, root = edge
    words, tags = grammar.words, grammar.tags
    word = words[first]
    before = words[first - 1] if first else ""
    k, lemma = f"{side.name} from={kind}", f"lemma={cue.lemma}"
    token = cue.token
    following = words[first + 1] if first + 1 < len(words) else ""
    next_tag = tags[first + 1] if first + 1 < len(words) else ""
    near = first == token + 1
    features = [
        k,
        f"{k} {lemma}",
        f"{k} tag={tags[token]}",
        f"{k} dep={grammar.deps[token]}",
        f"{k} class={cue.cue_class}",
        f"{k} opening={tags[first]}",
        f"{k} opening={tags[first]} {next_tag}",
        f"{k} word={word}",
        f"{k} word={word} before={before}",
        f"{k} before={before}",
        f"{k} near={near}",
        f"{k} subject={cue.subject[:9]}",
        f"{k} in marks={layout.inside[first] >= 0}",
        f"{k} beside={cue.branches}",
        f"{k} {lemma} beside={cue.branches}",
        f"{side.name} {lemma} word={word}",
        f"{side.name} {lemma} opening={grammar.pos[first]} entity={grammar.entities[first]}",
        f"{side.name} words={word} {following}",
        f"{side.name} sentence start={first == cue.sentence[0]}",
    ]
    if root >= 0:
        pos = grammar.pos[root]
        features += [
            f"{k} root={pos}:{tags[root]}",
            f"{k} of={words[root]}",
            f"{k} entity={grammar.entities[root]}",
            f"{lemma} of={words[root]}",
            f"{lemma} root={tags[root]}",
            f"{k} root={tags[root]} word={word}",
            f"{k} class={cue.cue_class} root={tags[root]}",
        ]
        if pos in _VERBS:
            features.append(f"{k} own subject={subject_kind(grammar, root)[:9]} class={cue.cue_class}")
    return features


def end_features(grammar: Grammar, layout: Layout, cue: CueInContext, side: Side, edge: Edge) -> list[str]:
    """What the weight of a content rests on for ending before ``edge``."""
    last, kind, root = edge
    words, tags = grammar.words, grammar.tags
    k, lemma = f"{side.name} to={kind}", f"lemma={cue.lemma}"
    stop = cue.sentence[1]
    inside = layout.inside[last - 1]
    word = words[last] if last < stop else "end"
    mark = words[last - 1] if grammar.pos[last - 1] in _PUNCTUATION else ""
    marks = "none" if inside < 0 else "closed"
    rest = max(stop - last, 0).bit_length()
    features = [
        k,
        f"{k} {lemma}",
        f"{k} mark={mark}",
        f"{k} marks={marks}",
        f"{k} word={word}",
        f"{k} word={word} mark={mark}",
        f"{k} rest={rest}",
        f"{k} final={tags[last - 1]}",
        f"{side.name} word={word}",
    ]
    if last < stop:
        then = words[last + 1] if last + 1 < len(words) else ""
        then_tag = tags[last + 1] if last + 1 < len(words) else ""
        features += [
            f"{k} next={tags[last]} mark={mark}",
            f"{k} entity={grammar.entities[last]}",
            f"{k} then={then_tag} word={word}",
            f"{k} words={word} {then}",
            f"{k} mark={mark} next={tags[last]} {then_tag}",
        ]
    if root >= 0:
        depth = place(grammar, root, cue.token)
        above = grammar.heads[root]
        features += [
            f"{k} at={depth}",
            f"{k} at={depth} mark={mark}",
            f"{k} at={depth} word={word}",
            f"{k} at={depth} {lemma}",
            f"{k} at={depth} root={tags[root]} mark={mark}",
            f"{k} of={words[root]}",
            f"{k} head={grammar.pos[above]} mark={mark}",
            f"{k} head={words[above]} word={word}",
            f"{k} to end={grammar.highs[root] >= stop - 1}",
            f"{k} breadth={(grammar.highs[root] - last).bit_length()}",
            *_clause_features(grammar, k, depth, root, cue),
        ]
    return features


def _clause_features(grammar: Grammar, k: str, depth: int, root: int, cue: CueInContext) -> list[str]:
    """What tells a clause that goes on with what was said from one that goes on with the story."""
    if grammar.pos[root] not in _VERBS:
        return []
    subject = subject_kind(grammar, root)
    says = grammar.words[root] in cue_forms()
    same = grammar.tags[root] == grammar.tags[cue.token]
    return [
        f"{k} own subject={subject}",
        f"{k} says={says} own subject={subject != 'none'} same={same}",
        f"{k} says={says} tag={grammar.tags[root]}",
        f"{k} tag={grammar.tags[root]} head={grammar.tags[grammar.heads[root]]} at={depth}",
        f"{k} tag={grammar.tags[root]} cue={grammar.tags[cue.token]} at={depth}",
    ]


def place(grammar: Grammar, token: int, cue: int) -> int:
    """How far up the parse the cue is from ``token``: 1 for what hangs on the cue itself, 9 for what does not."""
    for steps in range(1, _CLIMB):
        token = grammar.heads[token]
        if token == cue:
            return min(steps, 4)
    return 9


class Pair(NamedTuple):
    """What the weight of a content rests on for both of its ends, but for its cue; that of many pairs is the same.

    ``marks`` tell whether its beginning and its end stand in marks, and in the same. ``within`` and ``later`` are tags
    of other reports within it, and after it; ``fit`` tells how it lies to the branch that begins with it. Empty: none.
    """

    side: str
    start: str
    end: str
    length: int
    marks: tuple[bool, bool, bool]
    holds: int
    within: str
    later: str
    soon: bool
    cue_tag: str
    fit: str
    before_root: bool
    roots: tuple[str, str]


def pair_of(grammar: Grammar, layout: Layout, cue: CueInContext, side: Side, start: Edge, end: Edge) -> Pair:
    """What is to be known of a content that begins at ``start`` and ends before ``end``."""
    first, last, tags, others = start.token, end.token, grammar.tags, cue.others
    mark, last_mark = layout.inside[first], layout.inside[last - 1]
    within = later = fit = ""
    soon = before_root = False
    holds = 0
    if others:
        low, high = bisect_left(others, first), bisect_left(others, last)
        holds = high - low
        within = tags[others[high - 1]] if holds else ""
        if high < len(others):
            later, soon = tags[others[high]], others[high] - last < _SOON
    roots = ("", "")
    if start.root >= 0 and side.name == "R":
        whole = grammar.highs[start.root]
        fit = "whole" if _same_place(grammar, whole, last) else "part" if last < whole else "more"
        before_root = fit == "part" and last <= start.root
        if end.root >= 0:
            roots = tags[start.root], tags[end.root]
    return Pair(
        side.name, start.kind, end.kind, (last - first).bit_length(), (mark >= 0, last_mark >= 0, mark == last_mark),
        min(holds, 2), within, later, soon, within and tags[cue.token], fit, before_root, roots,
    )  # fmt: skip


def features_with_cue(pair: Pair, lemma: str) -> list[str]:
    """What the weight of a content rests on for both of its ends and for the ``lemma`` of its cue."""
    length = f"{pair.side} lemma={lemma} length={pair.length}"
    return [length, f"{pair.side} from={pair.start} fit={pair.fit} lemma={lemma}"] if pair.fit else [length]


def pair_features(pair: Pair) -> list[str]:
    """What the weight of a content rests on for both of its ends, whatever its cue."""
    name, to = pair.side, pair.end
    k, side_to = f"{name} from={pair.start}", f"{name} to={to}"
    first, last, same = pair.marks
    features = [
        f"{k} to={to}",
        f"{k} length={pair.length}",
        f"{name} marks={first}{last}{same}",
        # Other reports within the content, or after it: two statements, or one in the other.
        f"{side_to} holds={pair.holds}",
        f"{name} holds={bool(pair.within)} later={bool(pair.later)}",
    ]
    if pair.within:
        features += [f"{side_to} holds={pair.within}", f"{k} holds={pair.within} of={pair.cue_tag}"]
    if pair.later:
        features += [f"{side_to} later={pair.later}", f"{side_to} later={pair.soon}"]
    if pair.fit:
        features += [f"{k} fit={pair.fit}", f"{k} fit={pair.fit} to={to}"]
        if pair.before_root:
            features.append(f"{k} before root")
        if pair.roots[0]:
            features.append(f"{k} root={pair.roots[0]} to={to}:{pair.roots[1]}")
    return features


def _same_place(grammar: Grammar, first: int, second: int) -> bool:
    """Whether nothing but punctuation stands between two places."""
    low, high = sorted((first, second))
    return high - low <= 2 and all(grammar.pos[i] in {"PUNCT", "SPACE"} for i in range(low, high))
