"""Whose words a noun reports: `the mayor's claim`, `the mayor made the claim`, `the mayor replied with the claim`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import lefts, rights
from pipeline.core.resource_tables import toml
from pipeline.core.token_table import tokens_of
from pipeline.quotes.attribution import named, said_by
from pipeline.quotes.cue_subject import can_speak
from pipeline.quotes.issuing_bodies import body_nouns

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution

_BY: Final = frozenset({"by", "from", "among"})
_THAT: Final = frozenset({"that"})
_ABOUT: Final = frozenset({"about", "over"})
_NEAR: Final = 3
_TIMES: Final = frozenset({"DATE", "TIME"})
_THEIRS: Final = frozenset({"their"})
_CLIMB: Final = 4
_GOVERNED: Final = frozenset({"xcomp", "acomp", "conj", "advcl"})
_AUTHORLESS: Final = frozenset({"nsubjpass", "auxpass", "expl", "neg"})


@lru_cache(maxsize=8)
def _listed(name: str) -> frozenset[str]:
    return frozenset(word for line in toml("quotes/bodies.toml")[name] for word in line.split())


def said_in(layout: Layout, noun: Token) -> Attribution | None:
    """The attribution that a noun makes to whose claim it is, or who makes it."""
    owner = _owner(layout, noun)
    if owner is not None and owner.lower_ in _THEIRS and (doer := _does(layout, noun)) is not None:
        return named(layout, "possessor", doer, doer.left_edge.i, min(int(doer.right_edge.i) + 1, noun.i), noun)
    if owner is not None:
        before = owner.i < noun.i
        span = (owner.left_edge.i, _to_its_mark(owner, noun) if before else owner.right_edge.i + 1)
        return named(layout, "possessor", owner, *span, noun)
    verb = None if any(child.lower_ == "no" for child in lefts(noun)) else _verb_of(noun)
    if verb is None or not layout.outside(verb) or any(child.dep_ in _AUTHORLESS for child in lefts(verb)):
        return None
    attribution = said_by(layout, verb)
    if attribution is None or attribution.head is None or not _may_claim(attribution.head):
        return None
    attribution.cue = noun
    return attribution


def _does(layout: Layout, noun: Token) -> Token | None:
    """Who does something with a claim of "theirs": `Islanders pressed their demands that …`."""
    verb = noun.head if noun.dep_ == "dobj" else noun
    for _ in range(_CLIMB):
        subject = next((child for child in lefts(verb) if child.dep_ == "nsubj"), None)
        if subject is not None:
            several = subject.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in rights(subject))
            return subject if several and can_speak(subject) and layout.outside(subject) else None
        if verb.dep_ not in _GOVERNED or verb.head.i >= verb.i:
            return None
        verb = verb.head
    return None


def _to_its_mark(owner: Token, noun: Token) -> int:
    """Where the words for an owner end, before the `'s` that makes them one."""
    last = min(int(owner.right_edge.i), noun.i - 1)
    return last if last > owner.i and owner.doc[last].tag_ == "POS" else last + 1


def _may_claim(head: Token) -> bool:
    return can_speak(head) or head.pos_ == "PROPN" or head.lower_ in body_nouns()


def _owner(layout: Layout, noun: Token) -> Token | None:
    """Whose claim, statement or fear it is: `the mayor's claim`, `a claim by the mayor`."""
    for child in lefts(noun):
        # "Last month's talks" are nobody's.
        if child.dep_ == "poss" and layout.outside(child) and child.ent_type_ not in _TIMES:
            return child
    for child in rights(noun):
        # "A claim made by the mayor".
        made = child.dep_ == "acl" and child.tag_ == "VBN" and child.lower_ in _listed("made") | _listed("voices")
        by = (
            child
            if child.dep_ == "prep"
            else next((c for c in rights(child) if c.dep_ == "agent"), None)
            if made
            else None
        )
        if by is not None and by.lower_ in _BY:
            return next((c for c in rights(by) if c.dep_ == "pobj" and layout.outside(c)), None)
    return None


def _verb_of(noun: Token) -> Token | None:
    """The verb by whose subject the words of a noun go out: `made the claim`, `responded to it with claims`."""
    verb = noun.head
    if noun.dep_ == "dobj":
        about = verb.lower_ in _listed("voices_about") and _follows(noun, _ABOUT)
        claims = verb.lower_ in _listed("voices") | _listed("voices_about") and _follows(noun, _THAT)
        return verb if verb.pos_ == "VERB" and (about or claims) else None
    if noun.dep_ != "pobj" or verb.lower_ != "with" or verb.dep_ != "prep":
        return None
    answered = verb.head
    if answered.pos_ in {"NOUN", "PROPN"} and answered.dep_ == "pobj":
        # "Responded to the plan with claims": the parse may give "with" to the plan.
        answered = answered.head.head
    return (
        answered
        if _follows(noun, _THAT) and answered.pos_ == "VERB" and answered.lower_ in _listed("answers")
        else None
    )


def _follows(noun: Token, words: frozenset[str]) -> bool:
    """Whether one of ``words`` stands right after a noun, or after a word or two that go with it."""
    return any(token.lower_ in words for token in tokens_of(noun.doc)[noun.i + 1 : noun.i + 1 + _NEAR])
