"""What somebody may, must or has yet to say, or seems to, and what the author only supposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.person_nouns import AUTHOR, person_nouns
from pipeline.core.token_table import tokens_of
from pipeline.quotes.acts import auxiliaries, listed
from pipeline.quotes.cue_subject import can_speak

if TYPE_CHECKING:
    from pipeline.core.token_table import Token
    from pipeline.quotes.acts import Told

_CLIMB: Final = 6
_NEAR: Final = 3
# By what a verb hangs on what tells that it is imagined, and on what it is nobody's.
UP: Final = frozenset(
    {
        "conj",
        "xcomp",
        "ccomp",
        "advcl",
        "relcl",
        "acl",
        "pcomp",
        "prep",
        "dep",
        "attr",
        "acomp",
        "amod",
        "pobj",
        "csubj",
    }
)
_ARTICLES: Final = frozenset({"a", "an"})


def only_imagined(report: Told) -> bool:
    """Whether somebody is only imagined, or wished for, to say something: `Imagine the mayor saying, "…"`."""
    verb = report.cue
    if _is_almost(verb) or (verb.lower_ in listed("imagined") and verb.tag_ == "VB"):
        return True
    thought_of = listed("imagined") | (listed("wished") if verb.dep_ == "relcl" and verb.tag_ == "VBZ" else frozenset())
    if _would_be(verb):
        return True
    for _ in range(_CLIMB):
        # "Imagine a judge who tells you": whom one imagines is the object.
        if verb.dep_ not in {*UP, "dobj"} or verb.head.i == verb.i or verb.head.i > report.cue.i:
            return False
        verb = verb.head
        if report.layout.outside(verb) and (verb.lower_ in thought_of or _is_almost(verb)):
            return True
    return False


def _would_be(verb: Token) -> bool:
    """Whether somebody has to be who is not there yet, or could say so as well: `a minister who would say`.

    "The sign might as well say".
    """
    if auxiliaries(verb) & listed("might") and {"as", "well"} <= {child.lower_ for child in _around(verb)}:
        return True
    if verb.dep_ != "relcl" or not auxiliaries(verb) & listed("might"):
        return False
    anyone = any(child.lower_ in _ARTICLES for child in lefts(verb.head))
    return anyone and not any(child.dep_ == "advmod" for child in (*lefts(verb), *rights(verb)))


def _around(verb: Token) -> list[Token]:
    """The words before a verb that go with it, and those that go with them."""
    near = list(lefts(verb))
    return [*near, *(word for child in near for word in lefts(child))]


def _is_almost(verb: Token) -> bool:
    """Whether a verb is one of what is all but heard or said: `you can almost hear her say`, `all but accused him`.

    A thing that says nothing "practically shouts"; somebody who does has said it.
    """
    before = [token.lower_ for token in tokens_of(verb.doc)[max(sentence_of(verb).start, verb.i - 2) : verb.i]]
    almost = bool(listed("almost") & set(before))
    if almost and verb.lower_ in listed("heard"):
        return True
    subject = next((child for child in lefts(verb) if child.dep_ in SUBJECTS), None)
    if cue_of(verb) is None or subject is None:
        return False
    somebody = subject.pos_ != "NOUN" or can_speak(subject)
    return before == ["all", "but"] if somebody else almost


def conditional(report: Told) -> bool:
    """Whether a cue stands in a clause after "if" or "unless", which the text does not hold for done."""
    verb = report.cue
    for _ in range(_CLIMB):
        words = {child.lower_ for child in lefts(verb) if child.dep_ in {"mark", "advmod"}}
        if words & listed("if") and verb.dep_ in {"advcl", "ccomp", "pcomp", "dep"} and report.layout.outside(verb):
            return not words & {"even", "as"}
        if verb.dep_ == "ROOT" and words & listed("if") and _asks_what_if(verb):
            return True
        if verb.dep_ == "advcl" and _is_inverted(verb):
            return True
        goes_with = verb.dep_ in {"conj", "xcomp"} or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
        goes_with = goes_with or (verb.dep_ == "pcomp" and verb.head.lower_ == "by") or verb.lower_ == "by"
        if not goes_with or verb.head.i == verb.i:
            return False
        verb = verb.head
    return False


def _asks_what_if(verb: Token) -> bool:
    """Whether a sentence opens with "What if"."""
    opening = [
        token.lower_
        for token in tokens_of(verb.doc)[sentence_of(verb).start : sentence_of(verb).start + _NEAR]
        if token.is_alpha
    ]
    return opening[:1] == ["what"] and opening[1:2] == ["if"]


def _is_inverted(verb: Token) -> bool:
    """Whether a clause opens with the auxiliary of what would have been: `Had the mayor said so, we would know`."""
    first = next(iter(lefts(verb)), verb)
    supposes = first.lower_ in listed("had_it_been") and first.dep_ == "aux"
    return supposes and any(child.dep_ in SUBJECTS and child.i > first.i for child in lefts(verb))


def supposed(report: Told) -> bool:
    """Whether somebody might say something: `critics might argue`, `she probably knows that`."""
    supposed = any(child.dep_ == "advmod" and child.lower_ in listed("perhaps") for child in lefts(report.cue))
    return supposed or bool(auxiliaries(report.cue) & listed("might"))


def said_by_anyone(report: Told) -> bool:
    """Whether it is nobody in particular who might or will say something: `some will say “It is old,”`."""
    head = report.head
    anyone = head is not None and head.lower_ in listed("anyone") and not any(rights(head)) and not any(lefts(head))
    return anyone and bool(auxiliaries(report.cue) & (listed("might") | listed("future")))


def must_think(report: Told) -> bool:
    """Whether somebody is yet to decide something, or must be thinking it: `the justices must decide whether …`."""
    word, head = cue_of(report.cue), report.head
    silent = word is not None and word.silent and head is not None and head.lower_ not in AUTHOR
    return silent and "must" in auxiliaries(report.cue)


def let_us_say(report: Told) -> bool:
    """Whether the author proposes to take something for said: `Let's say the ferry sinks`."""
    let = report.cue.head
    if report.cue.dep_ != "ccomp" or let.lower_ not in listed("let") or report.cue.i - let.i > _NEAR:
        return False
    return bool(
        {"us", "'s", "’s", "me"} & {token.lower_ for token in tokens_of(report.cue.doc)[let.i + 1 : report.cue.i]}
    )


def to_come(report: Told) -> bool:
    """Whether somebody has yet to say something: `will argue`, `is expected to plead guilty`, `is set to announce`."""
    verb = report.cue
    if auxiliaries(verb) & listed("future"):
        return True
    if not any(child.tag_ == "TO" for child in lefts(verb)) or verb.dep_ not in {"xcomp", "ccomp", "advcl", "acl"}:
        return False
    return verb.head.i < verb.i and verb.head.lower_ in listed("to_come") and verb.head.tag_ != "VBD"


def seems(report: Told) -> bool:
    """Whether somebody only seems to say something: `seemed to acknowledge that the ferry leaks`."""
    return report.cue.tag_ == "VB" and report.cue.dep_ == "xcomp" and report.cue.head.lower_ in listed("seems")


def thing_seems(report: Told) -> bool:
    """Whether a thing seems to speak, in marks or not: `the empty shelves seem to shout, "Nobody cares"`."""
    head = report.head
    seeming = seems(report) or report.cue.lower_ in listed("seems")
    return seeming and head is not None and head.pos_ == "NOUN" and (not can_speak(head) or _is_place(head))


def _is_place(noun: Token) -> bool:
    """Whether a noun that may speak is no person but a house or a body: `the library seems to whisper`."""
    return noun.lower_ not in person_nouns() and noun.tag_ == "NN"


def made_to(report: Told) -> bool:
    """Whether somebody may, or must, say something: `allows pilots to explain how`, `a chance to talk about fares`."""
    cue = report.cue
    word = cue_of(cue)
    lets = cue.dep_ == "ccomp" and cue.head.lower_ in listed("let") and cue.head.i < cue.i
    if lets and cue.tag_ in {"VB", "VBP"} and word is not None and word.lemma not in listed("sees"):
        return True  # "lets officials know if it works"
    if cue.tag_ != "VB" or not any(child.tag_ == "TO" for child in lefts(cue)):
        return False
    if any(child.dep_ == "dobj" and child.lower_ in listed("author") and child.i < cue.i for child in rights(cue.head)):
        return True  # "has led me to conclude that …"
    if cue.dep_ in {"acl", "relcl"}:
        speaks = can_speak(cue.head) or any(child.lower_ in listed("firsts") for child in lefts(cue.head))
        return cue.head.pos_ == "NOUN" and cue.head.i < cue.i and not speaks
    led = cue.dep_ in {"xcomp", "ccomp"} and cue.head.i < cue.i and cue.head.lower_ in listed("led_to")
    return (led and report.layout.outside(cue.head)) or (cue.dep_ == "csubj" and report.head is None)
