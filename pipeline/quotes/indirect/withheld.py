"""Where what is said ends before what the outlet tells of its speaker's silence, or of others' doubts.

"Said it would close | but did not say when"; "…, without giving a reason"; "…, which the union denies".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import SUBJECTS, lefts, rights
from pipeline.core.token_table import tokens_of
from pipeline.quotes.acts import auxiliaries, listed
from pipeline.quotes.cue_subject import can_speak

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_FEWEST_WORDS: Final = 3
_CLIMB: Final = 6
# Words of an adverb or two, or of adjectives, between the parts of such a clause.
_NEAR: Final = 3


def before_withheld(layout: Layout, cue: Token, first: int, last: int) -> int:
    """The end of ``first:last``, words that follow ``cue``, before what nobody said."""
    doc = layout.doc
    for i in range(first + _FEWEST_WORDS, last - 1):
        if layout.inside[i] >= 0 or layout.inside[i + 1] >= 0:
            continue
        comma = doc[i - 1].text == "," and layout.inside[i - 1] < 0
        closes = comma or layout.inside[i - 1] >= 0
        ends = (
            _withholds(layout, cue, i, last, first)
            or (_without(doc[i], comma=closes) and (closes or not _told_of_people(layout, cue, doc[i], first)))
            or (doc[i].lower_ == "when" and doc[i + 1].lower_ in listed("when_asked"))
            or (closes and (_keeps_back(doc[i], last) or _names_source(doc[i])))
            or (comma and _is_doubted(doc[i], last))
        )
        if ends:
            return i - comma
    return last


def _withholds(layout: Layout, cue: Token, at: int, last: int, first: int) -> bool:
    """Whether a clause opens at a word in which the speaker does not tell something: `but did not say when`."""
    doc = layout.doc
    if doc[at].lower_ not in listed("turns"):
        return False
    following = at + 1
    while following < last - 1 and doc[following].pos_ == "ADV" and doc[following].dep_ != "neg":
        following += 1
    if doc[following].lower_ in listed("of_one"):
        return following + 1 < last and _is_silent(doc[following + 1], last)
    return _is_silent(doc[following], last) and not _told_of_people(layout, cue, doc[following], first)


def _is_silent(word: Token, last: int) -> bool:
    """Whether a verb with what follows says that something is not told: `did not say`, `gave no`, `declined to`."""
    doc = word.doc
    if word.lower_ in listed("declines"):
        return word.i + 1 < last and doc[word.i + 1].lower_ == "to"
    if word.lower_ in listed("gives_none"):
        return word.i + 1 < last and doc[word.i + 1].lower_ in listed("none")
    if word.lower_ not in listed("helps_deny"):
        return False
    rest = tokens_of(doc)[word.i + 1 : min(word.i + 1 + _NEAR, last)]
    negated = bool(rest) and (rest[0].dep_ == "neg" or rest[0].lower_ in listed("never"))
    verb = next((t for t in rest if t.pos_ == "VERB"), None)
    # "Did not give up" is no silence.
    return negated and verb is not None and verb.lower_ in listed("withheld") and not _has_particle(verb)


def _has_particle(verb: Token) -> bool:
    return any(child.dep_ == "prt" for child in rights(verb))


def _without(word: Token, *, comma: bool) -> bool:
    """Whether a phrase says without what something is told: `without saying when`; after a comma, `without proof`."""
    if word.lower_ != "without":
        return False
    rest = tokens_of(word.doc)[word.i + 1 : word.i + 1 + _NEAR]
    told = next((t for t in rest if t.pos_ != "ADV"), None)
    if told is not None and told.lower_ in listed("withholding"):
        return True
    return comma and any(t.lower_ in listed("proofs") for t in rest)


def _keeps_back(word: Token, last: int) -> bool:
    """Whether a participle says that something is not told: `offering no proof`, `while declining to say`."""
    verb = word.nbor() if word.lower_ == "while" and word.i + 1 < last else word
    return verb.tag_ == "VBG" and _is_silent(verb, last)


def _names_source(word: Token) -> bool:
    """Whether words after a break only tell who passes on what is said: `…, according to minutes of the meeting`."""
    return word.lower_ == "according" and word.nbor().lower_ == "to"


def _is_doubted(word: Token, last: int) -> bool:
    """Whether a clause says who doubts what is said, or that it is not so: `which the union denies`."""
    if word.lower_ != "which":
        return False
    verb = word.head
    if not word.i < verb.i < last:
        return False
    if word.dep_ in SUBJECTS:
        rest = tokens_of(word.doc)[verb.i + 1 : min(verb.i + 1 + _NEAR, last)]
        return verb.i == word.i + 1 and any(t.lower_ in listed("untrue") for t in rest) and verb.pos_ == "AUX"
    return verb.lower_ in listed("disputes") and any(child.dep_ in SUBJECTS for child in lefts(verb))


def _told_of_people(layout: Layout, cue: Token, word: Token, first: int) -> bool:
    """Whether somebody else who may keep silent is told of by the verb that a clause is joined to."""
    joined = word.i > first and word.nbor(-1).lower_ == "and"
    verb = word if word.pos_ in {"VERB", "AUX"} and word.dep_ not in {"aux", "auxpass"} else word.head
    for _ in range(_CLIMB):
        if verb.i == cue.i or verb.i < first:
            return False
        subject = next((child for child in lefts(verb) if child.dep_ in SUBJECTS and child.i >= first), None)
        if subject is not None:
            passive = subject.dep_ == "nsubjpass" and not joined and not auxiliaries(verb) & listed("might")
            return (
                subject.lower_ not in listed("of_one")
                and can_speak(subject)
                and not passive
                and layout.outside(subject)
            )
        if verb.head.i == verb.i:
            return False
        verb = verb.head
    return False
