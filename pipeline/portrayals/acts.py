"""Tone that rests on an act: what a target says of others, or what others say of it or do to it.

"Roe accused the mayor" and "Critics attacked Roe" hold hard words, and the outlet does not speak of Roe by them. So a
toned reading is taken again: of the sentence in which the target's judging verb only says that it spoke, or of the
target's own phrase, as if it were only named. What an outlet says of somebody itself ("the disgraced Roe") stands in
both, and stays.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from spacy.tokens import Doc, Span

from pipeline.core import resource_tables, verb_lemmas
from pipeline.core.cues import cue_of
from pipeline.core.dependencies import children
from pipeline.core.token_table import tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.core.token_table import Token
    from pipeline.portrayals.model import PortrayalModel, Target

# From this probability on of negative or positive a reading is taken again.
_TONED: Final = 0.65
# How much of the new reading counts. People who label the whole sentence hear blame of others as tone toward whom they
# blame, so there the first reading prevails, and is only less sure; they do not hear it of a victim.
_OF_OWN_ACT: Final = 1.0
_OF_HARM: Final = 1.0
_OF_DONE: Final = 0.4
_JUDGING: Final = frozenset({"attacking", "praising"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_DONE_TO: Final = frozenset({"dobj", "obj", "dative", "nsubjpass", "oprd"})
_OBJECTS: Final = frozenset({"dobj", "obj"})


def rated(model: PortrayalModel, targets: Sequence[Target]) -> NDArray[np.float64]:
    """Probabilities of negative, neutral and positive, a row a target, of ``model``, less what rests on an act.

    Rows sum to 1.
    """
    p = model.probabilities(targets)
    again = []
    for row, target in enumerate(targets):
        other = _without_act(target) if max(p[row, 0], p[row, 2]) >= _TONED else None
        if other is not None:
            again.append((row, *other))
    if again:
        anew = model.probabilities([target for _, target, _ in again])
        for (row, _, share), other_p in zip(again, anew, strict=True):
            p[row] = (1 - share) * p[row] + share * other_p
    return p


def _without_act(target: Target) -> tuple[Target, float] | None:
    """The target in other words, and how much of their reading counts; None where no act is told."""
    passage, start, end = target
    doc = passage.doc if isinstance(passage, Span) else passage
    mention = doc.char_span(start, end, alignment_mode="expand")
    if mention is None or not mention:
        return None
    text, first = passage.text, passage.start_char if isinstance(passage, Span) else 0
    last = first + len(text)
    head = _first_of(tokens_of(doc)[mention.root.i])
    if verbs := [verb for verb in _judging_verbs(head) if first <= verb.idx < last]:
        return _only_spoke(text, first, target, verbs), _OF_OWN_ACT
    act = _done_to(head)
    if act is None or not first <= act.idx < last:
        return None
    left = max(first, min(mention.root.left_edge.idx, start))
    right = min(last, max(mention.root.right_edge.idx + len(mention.root.right_edge), end))
    return _only_named(text[left - first : right - first], start - left, end - left, doc), (
        _OF_HARM if _harms(act) else _OF_DONE
    )


def _first_of(word: Token) -> Token:
    """The word whose place in the sentence ``word`` shares: the first of several names, what a name stands beside."""
    while word.dep_ in {"conj", "appos"} and word.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        word = word.head
    return word


def _judging_verbs(head: Token) -> list[Token]:
    """Verbs by which ``head`` itself attacks or praises somebody: it is their subject, or they were said "by" it."""
    verb = head.head
    if head.dep_ == "pobj" and verb.dep_ == "agent":
        return [verb.head] if _judges(verb.head) else []
    if head.dep_ != "nsubj" or verb.pos_ not in {"VERB", "AUX"}:
        return []
    shared = [verb]
    for other in shared:
        shared += [
            child
            for child in children(other)
            if child.dep_ in {"conj", "advcl"} and child.pos_ == "VERB" and not _has_subject(child)
        ]
    return [verb for verb in shared if _judges(verb)]


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in children(verb))


def _judges(word: Token) -> bool:
    """Whether a word is a verb of blame or praise. One that takes another ("threatened to leave") tells an act."""
    cue = cue_of(word)
    if cue is None or word.pos_ != "VERB" or not cue.reports or cue.cue_class not in _JUDGING:
        return False
    return all(child.dep_ != "xcomp" for child in children(word))


def _done_to(head: Token) -> Token | None:
    """The verb, or the noun for an act, whose object ``head`` is."""
    above = head.head
    if head.dep_ in _DONE_TO and above.pos_ in {"VERB", "AUX"}:
        return above
    if head.dep_ != "pobj" or above.dep_ not in {"prep", "dative"}:
        return None
    act = above.head
    if act.pos_ == "VERB":
        return act
    cue = cue_of(act)
    judges = cue is not None and cue.cue_class in _JUDGING
    return act if act.pos_ == "NOUN" and (judges or above.lower_ in _words()["toward"]) else None


def _harms(act: Token) -> bool:
    return act.pos_ == "VERB" and verb_lemmas.verb(act.text) in _words()["harms"]


def _only_spoke(text: str, first: int, target: Target, verbs: list[Token]) -> Target:
    """The target in its passage, ``text`` from ``first`` on, where each of ``verbs`` only says that somebody spoke."""
    start, end = target[1] - first, target[2] - first
    for verb in sorted(verbs, key=lambda word: word.idx, reverse=True):
        at, forms = verb.idx - first, _words()["spoke"].get(verb.tag_, _words()["spoke"]["VBD"])
        form = forms[any(child.dep_ in _OBJECTS for child in children(verb))]
        text = text[:at] + form + text[at + len(verb) :]
        if at < start:
            start, end = (place + len(form) - len(verb) for place in (start, end))
    return _as_target(text, start, end, verbs[0].doc.source)


def _only_named(phrase: str, start: int, end: int, doc: Doc) -> Target:
    """The target in its own phrase, as if it were only named."""
    before = f"{_words()['named'][0]} "
    kept = phrase.rstrip(" .,;:") if len(phrase.rstrip(" .,;:")) >= end else phrase
    return _as_target(f"{before}{kept}.", len(before) + start, len(before) + end, doc)


def _as_target(text: str, start: int, end: int, doc: Doc) -> Target:
    return Doc(doc.vocab, words=[text], spaces=[False]), start, end


@cache
def _words() -> dict[str, Any]:
    return resource_tables.toml("portrayals/acts.toml")
