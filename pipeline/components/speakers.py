"""Who speaks: the subject of a cue on the dependency parse, and the words that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.components.tree import children, rights

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
RELATIVE: Final = frozenset({"who", "which", "that", "whom", "whose"})
_SUBJECTS: Final = frozenset({"nsubj", "csubj"})
_PASSIVE: Final = frozenset({"nsubjpass", "auxpass"})
# A clause of these kinds without a subject of its own has the subject of the clause it hangs on.
_SHARED_SUBJECT: Final = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "dep", "parataxis", "aux", "ccomp"})
# Things that speak for whoever issued them.
PAPERS: Final = frozenset({"statement", "letter", "email", "e-mail", "tweet", "memo", "post", "message", "release"})
_CLAUSES: Final = frozenset({"relcl", "advcl", "acl", "cc", "parataxis", "ccomp"})
_SET_OFF: Final = frozenset({",", "-", "--", "—", "–", "("})
_CLIMB: Final = 6
_LONGEST_NAME: Final = 40


def subject_of(cue: Token, outside: Callable[[Token], bool]) -> Token | None:
    """The head word of whoever a verb makes speak, or None. ``outside`` tells the tokens that stand in no quotation.

    Relative pronouns give way to what they refer to, passives to their agent, a statement to whoever issued it, and
    clauses without a subject to the subject of the clause they depend on.
    """
    verb = cue
    for _ in range(_CLIMB):
        subject = _own_subject(verb, outside)
        if subject is not None:
            return subject
        if any(child.dep_ in _PASSIVE for child in children(verb)) or (
            verb.dep_ in {"acl", "advcl"} and (verb.tag_ == "VBN" or _when(verb))
        ):
            return _agent(verb) or (_passive_subject(verb, outside) if verb is not cue else None)
        if verb.dep_ in {"acl", "relcl"}:
            return _author(verb.head, outside) if verb.head.pos_ in NOMINAL and outside(verb.head) else None
        if verb.dep_ not in _SHARED_SUBJECT or verb.head is verb:
            return None
        verb = verb.head
        if verb.pos_ not in {"VERB", "AUX", "ADP", "SCONJ"}:
            return None
    return None


def _own_subject(verb: Token, outside: Callable[[Token], bool]) -> Token | None:
    for child in children(verb):
        if child.dep_ not in _SUBJECTS or not outside(child):
            continue
        if child.lower_ not in RELATIVE or child.pos_ == "DET":
            return child
        if verb.dep_ == "relcl" and outside(verb.head):
            return verb.head
    return None


def _passive_subject(verb: Token, outside: Callable[[Token], bool]) -> Token | None:
    """Who "was quoted as saying": the subject of a passive that governs the cue."""
    return next((child for child in children(verb) if child.dep_ == "nsubjpass" and outside(child)), None)


def _when(verb: Token) -> bool:
    """Whether a verb without a subject stands after "when" and is passive for it: `when asked`."""
    return verb.tag_ == "VBD" and any(child.lower_ in {"when", "if", "once", "as", "until"} for child in children(verb))


def _agent(verb: Token) -> Token | None:
    for child in children(verb):
        if child.dep_ == "agent":
            return next((noun for noun in children(child) if noun.dep_ == "pobj"), None)
    return None


def _author(noun: Token, outside: Callable[[Token], bool]) -> Token:
    """Whoever issued ``noun``, if it is a paper and the verb that governs it has a subject; else ``noun``."""
    if noun.lower_ not in PAPERS:
        return noun
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ not in {"dobj", "pobj"} or verb.pos_ != "VERB":
        return noun
    return _own_subject(verb, outside) or noun


def name_span(head: Token, lower: int, upper: int) -> tuple[int, int]:
    """Token span of the noun phrase of ``head`` in ``lower:upper``, without clauses that marks set off."""
    doc = head.doc
    start = max(head.left_edge.i, lower, head.i - _LONGEST_NAME)
    end = min(head.right_edge.i + 1, upper, head.i + _LONGEST_NAME)
    for child in rights(head):
        if child.dep_ not in _CLAUSES:
            continue
        edge = child.left_edge.i
        set_off = doc[edge - 1].text in _SET_OFF
        if head.i < edge < end and (child.dep_ in {"parataxis", "ccomp"} or (child.dep_ != "cc" and set_off)):
            end = edge
    while start < head.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    for i in range(head.i + 1, end):
        if "\n" in doc[i].text:
            end = i
            break
    for i in range(head.i - 1, start - 1, -1):
        if "\n" in doc[i].text:
            start = i + 1
            break
    while end > head.i + 1 and (
        doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text not in {")", "]"})
    ):
        end -= 1
    return start, end
