"""Who speaks: the subject of a cue on the dependency parse, and the words that name them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import FINITE, children, cut_at_hyphen, lefts, phrase_start, rights
from pipeline.core.person_nouns import person_nouns
from pipeline.core.resource_tables import toml, words
from pipeline.core.token_table import tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.core.token_table import Token

NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
RELATIVE: Final = frozenset({"who", "which", "that", "whom", "whose"})
_SUBJECTS: Final = frozenset({"nsubj", "csubj"})
_PASSIVE: Final = frozenset({"nsubjpass", "auxpass"})
_VERBS: Final = frozenset({"VERB", "AUX"})
# A clause of these kinds without a subject of its own has the subject of the clause it hangs on.
_SHARED_SUBJECT: Final = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "dep", "parataxis", "aux", "ccomp"})
# Things that speak for whoever issued them.
PAPERS: Final = frozenset(toml("quotes/bodies.toml")["speaking_papers"])
_COPIES: Final = frozenset(toml("quotes/bodies.toml")["copies"])
_CLAUSES: Final = frozenset({"relcl", "advcl", "acl", "cc", "parataxis", "ccomp"})
_SET_OFF: Final = frozenset({",", "-", "--", "—", "–", "("})
_SPEAK: Final = frozenset({"PERSON", "ORG", "NORP", "GPE"})
_PRONOUNS: Final = frozenset({"he", "she", "they", "we", "i", "you", "it"})
_TIMES: Final = frozenset({"DATE", "TIME"})
SOME: Final = frozenset({"others", "some", "many", "most", "few", "several", "both"})
PLURAL: Final = frozenset({"NNS", "NNPS"})
# Clauses that tell more of a word, or of when and why, and not what their sentence tells.
_NESTED: Final = frozenset({"relcl", "acl", "advcl", "pcomp", "prep"})
_NAMED: Final = frozenset({"DET", "PROPN"})
_STRESSES: Final = frozenset(toml("quotes/bodies.toml")["stresses"])
_CLIMB: Final = 6
_LONGEST_NAME: Final = 40


def can_speak(noun: Token) -> bool:
    """Whether a noun is for people, bodies or papers, as far as can be told from the word."""
    if noun.ent_type_ in _SPEAK or noun.lower_ in _PRONOUNS or may_speak(noun.lower_):
        return True
    return any(child.dep_ == "relcl" and any(t.lower_ == "who" for t in lefts(child)) for child in rights(noun))


@lru_cache(maxsize=8192)
def may_speak(noun: str) -> bool:
    """Whether a noun, in lower case, is for people or for papers that speak."""
    return any(form in person_nouns() or form in _who_speaks() or form in PAPERS for form in _singular(noun))


@lru_cache(maxsize=1)
def _who_speaks() -> frozenset[str]:
    """Nouns for people who may say something, of whom no pronoun is looked for."""
    return words("quotes/who_speaks.txt")


def _singular(noun: str) -> tuple[str, ...]:
    """A noun, and what it may be the plural of."""
    if noun.endswith("ies"):
        return noun, f"{noun[:-3]}y"
    if noun.endswith("men"):
        return noun, f"{noun[:-3]}man"
    return noun, noun.removesuffix("s"), noun.removesuffix("es")


def is_joint(noun: Token) -> bool:
    """Whether other nouns are joined to one: `Lee and Roe`."""
    return any(child.dep_ == "conj" for child in children(noun))


def is_several(noun: Token) -> bool:
    """Whether a noun is for several who can speak, other than those of the ones meant: "their clients"."""
    if noun.lower_ in SOME:
        return True
    theirs = noun.doc[noun.left_edge.i].lower_ == "their"
    paper = noun.lower_.removesuffix("s") in PAPERS
    return not theirs and not paper and (noun.tag_ in PLURAL or is_joint(noun)) and can_speak(noun)


def in_main_clause(subject: Token) -> bool:
    """Whether a subject is that of no clause within another: not `in hopes that more islanders would vote`."""
    verb = subject.head
    for _ in range(_CLIMB):
        if verb.dep_ in _NESTED:
            return False
        if verb.dep_ not in {"conj", "xcomp", "ccomp"} or verb.head.i == verb.i:
            return True
        verb = verb.head
    return True


def is_cited(noun: Token) -> bool:
    """Whether something is told according to what a noun is for."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "to" and noun.head.head.lower_ == "according"


def subject_of(cue: Token, outside: Callable[[Token], bool]) -> Token | None:
    """The head word of whoever a verb makes speak, or None. ``outside`` tells the tokens that stand in no quotation.

    Relative pronouns give way to what they refer to, passives to their agent, a statement to whoever issued it, and
    clauses without a subject to the subject of the clause they depend on.
    """
    verb = cue
    for _ in range(_CLIMB):
        quoted = quoted_by(verb, outside) if verb is cue else None
        subject = quoted or _own_subject(verb, outside)
        if subject is None and verb is cue:
            subject = _made_to(verb, outside) or _led_in_to(verb, outside)
        if subject is not None:
            return subject
        if any(child.dep_ in _PASSIVE for child in children(verb)) or (
            verb.dep_ in {"acl", "advcl"} and (verb.tag_ == "VBN" or _when(verb))
        ):
            # "Was held there and told to sing": the one who is told.
            joined = cue.dep_ == "conj" and cue.tag_ == "VBN" and cue.head.i == verb.i
            told = verb is cue or (joined and not any(child.dep_ == "aux" for child in lefts(cue)))
            return _agent(verb) or (None if told else _passive_subject(verb, outside))
        if verb.dep_ in {"acl", "relcl"}:
            return _author(verb.head, outside) if verb.head.pos_ in NOMINAL and outside(verb.head) else None
        if verb.dep_ not in _SHARED_SUBJECT or verb.head is verb:
            return None
        above = _joined_before(verb, outside)
        # "Is fond of saying".
        verb = above.head if verb.lower_ == "of" and above.dep_ == "acomp" and above.pos_ == "ADJ" else above
        if verb.pos_ not in {"VERB", "AUX", "ADP", "SCONJ"}:
            return None
    return None


def _made_to(verb: Token, outside: Callable[[Token], bool]) -> Token | None:
    """Whom another verb makes do something: `the storm led drivers to call for help`, `sent Lee out to announce`."""
    led = verb.head
    if verb.tag_ != "VB" or verb.dep_ not in {"xcomp", "advcl"} or led.i > verb.i or led.lower_ not in _causes():
        return None
    if not any(child.tag_ == "TO" for child in lefts(verb)):
        return None
    return next(
        (
            child
            for child in rights(led)
            if child.dep_ == "dobj" and child.i < verb.i and outside(child) and are_people(child)
        ),
        None,
    )


def _led_in_to(verb: Token, outside: Callable[[Token], bool]) -> Token | None:
    """Whom the parse takes for what a phrase in front is of: `In a talk with News Tonight, Ann Lee, a baker, said`."""
    if verb.tag_ not in FINITE or verb.dep_ == "conj":
        return None
    for phrase in lefts(verb):
        if phrase.dep_ != "prep" or phrase.right_edge.i < verb.i - 2:
            continue
        for noun in tokens_of(verb.doc)[phrase.i : verb.i]:
            # "At a talk in Dover, Ann Lee said": the parse joins town and person.
            joined = noun.dep_ == "appos" or (noun.dep_ == "conj" and noun.head.ent_type_ == "GPE")
            named = joined and noun.ent_type_ == "PERSON" and noun.head.ent_type_ != "PERSON"
            if named and _after_comma(noun) and noun.right_edge.i == phrase.right_edge.i and outside(noun):
                return noun
    return None


def quoted_by(verb: Token, outside: Callable[[Token], bool]) -> Token | None:
    """Whom somebody quotes as saying something, by either verb: `the paper quoted an official as saying`."""
    quotes, of = verb, verb.head
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and of.lower_ == "as":
        quotes = of.head
    elif not any(prep.lower_ == "as" and any(t.tag_ == "VBG" for t in rights(prep)) for prep in rights(verb)):
        return None
    if quotes.lower_ not in quoting():
        return None
    return next(
        (t for t in rights(quotes) if t.dep_ == "dobj" and (t.i < verb.i or quotes is verb) and outside(t)), None
    )


@lru_cache(maxsize=1)
def quoting() -> frozenset[str]:
    """Verbs, in all forms, by which somebody quotes another."""
    return frozenset(word for line in toml("quotes/bodies.toml")["quotes"] for word in line.split())


def are_people(noun: Token) -> bool:
    """Whether a noun is for people, or for a number of them: no paper."""
    of = (child for child in rights(noun) if child.lower_ == "of")
    several = any(can_speak(people) for each in of for people in rights(each) if people.tag_ in PLURAL)
    return several or (can_speak(noun) and not _is_paper(noun))


@lru_cache(maxsize=1)
def _causes() -> frozenset[str]:
    return frozenset(word for line in toml("quotes/bodies.toml")["causes"] for word in line.split())


@lru_cache(maxsize=1)
def _receives() -> frozenset[str]:
    return frozenset(word for line in toml("quotes/bodies.toml")["receives"] for word in line.split())


def _joined_before(verb: Token, outside: Callable[[Token], bool]) -> Token:
    """The verb that one without a subject hangs on, or is joined to nearer: `Lee spoke, Roe rose and said`."""
    if verb.dep_ == "conj":
        for child in reversed(rights(verb.head)):
            if child.dep_ == "conj" and child.i < verb.i and _own_subject(child, outside) is not None:
                return child
    return verb.head


def _own_subject(verb: Token, outside: Callable[[Token], bool]) -> Token | None:
    """The subject of a verb, of several the first that can speak: "For all its charm, mayors fear it". No clause is.

    Somebody between a comma and the verb comes before a body that the sentence leads in with: `In a talk with News
    Tonight, Lee said`.
    """
    subject = None
    for child in children(verb):
        if child.dep_ not in _SUBJECTS or not outside(child):
            continue
        if child.lower_ == "whom":  # "Lee, whom he said …": told of, whatever the parse makes of it
            continue
        if child.dep_ == "csubj" and child.pos_ in _VERBS:
            subject = subject or _participant(child, outside)
            continue
        if subject is not None and cut_at_hyphen(child):
            subject = child  # the parse cuts "His ex-wife" in two
            continue
        if child.lower_ not in RELATIVE or child.pos_ in {"DET", "PROPN"}:  # "the WHO said"
            if can_speak(child):
                return _beside(verb, child, outside) or child
            if subject is None or _after_comma(child):
                subject = child
        elif verb.dep_ == "relcl" and outside(verb.head):
            return subject or verb.head
    return subject


def _beside(verb: Token, subject: Token, outside: Callable[[Token], bool]) -> Token | None:
    """Somebody between a comma and the verb, where another was taken for the subject of what leads in to them.

    A body before somebody named, or one whom more is told of: `Ann Lee, whose boat sank, the Center for Ferries said`.
    """
    for child in children(verb):
        if child.dep_ not in _SUBJECTS or child.i <= subject.i or not outside(child) or not _after_comma(child):
            continue
        if child.ent_type_ == "PERSON" and child.i == verb.i - 1:
            return child if subject.ent_type_ == "ORG" else None
        if child.right_edge.i == verb.i - 1 and child.pos_ == "PROPN" and _told_more_of(subject):
            return child
    return None


def _told_more_of(noun: Token) -> bool:
    return any(child.dep_ == "relcl" and child.left_edge.nbor(-1).text == "," for child in rights(noun))


def _participant(clause: Token, outside: Callable[[Token], bool]) -> Token | None:
    """Who does what the participle of a subject clause says: `Drivers hoping for a bridge support it`."""
    if clause.tag_ != "VBG":
        return None
    return next((t for t in lefts(clause) if t.dep_ == "nsubj" and outside(t) and can_speak(t)), None)


def _after_comma(noun: Token) -> bool:
    """Whether a noun phrase begins after a comma, and not with "whose"."""
    first = noun.left_edge
    return first.i > 0 and first.lower_ not in RELATIVE and first.nbor(-1).text == ","


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
    """Whoever issued ``noun``, or the paper that went to them, if the verb that governs that has a subject.

    Else the paper, or ``noun``: "sent an email to the crew saying", "released a copy of Lee's letter saying".
    """
    paper = _copied(noun) or _sent_to(noun) or noun
    if not _is_paper(paper):
        return noun
    if any(child.dep_ == "poss" for child in lefts(paper)):
        return paper if paper.i != noun.i else _issuer(paper, outside) or noun
    return _issuer(paper, outside) or paper


def _issuer(paper: Token, outside: Callable[[Token], bool]) -> Token | None:
    """The subject of the verb that governs a paper, or whom another verb makes do it: `led Lee to write a letter`."""
    verb = paper.head.head if paper.dep_ == "pobj" else paper.head
    if paper.dep_ not in {"dobj", "pobj"} or verb.pos_ != "VERB" or verb.lower_ in _receives():
        return None
    subject = _own_subject(verb, outside)
    if subject is not None or verb.dep_ != "xcomp" or verb.head.pos_ != "VERB":
        return subject
    led = next(
        (t for t in rights(verb.head) if t.dep_ == "dobj" and t.i < verb.i and can_speak(t) and outside(t)), None
    )
    return led or _own_subject(verb.head, outside)


def _is_paper(noun: Token) -> bool:
    return noun.lower_ in PAPERS or noun.lower_.removesuffix("s") in PAPERS


def _copied(noun: Token) -> Token | None:
    """The paper that there is a copy of."""
    if noun.lower_ not in _COPIES:
        return None
    of = next((child for child in rights(noun) if child.dep_ == "prep" and child.lower_ == "of"), None)
    return next((child for child in rights(of) if child.dep_ == "pobj" and _is_paper(child)), None) if of else None


def _sent_to(noun: Token) -> Token | None:
    """The paper that went to those whom ``noun`` is for."""
    to = noun.head
    if noun.dep_ != "pobj" or to.lower_ != "to":
        return None
    if _is_paper(to.head):
        return to.head
    return next((child for child in rights(to.head) if child.dep_ == "dobj" and _is_paper(child)), None)


def name_span(head: Token, lower: int, upper: int) -> tuple[int, int]:
    """Token span of the noun phrase of ``head`` in ``lower:upper``, without clauses that marks set off."""
    doc = head.doc
    start = max(phrase_start(head), lower, head.i - _LONGEST_NAME)
    end = min(head.right_edge.i + 1, upper, head.i + _LONGEST_NAME)
    for child in rights(head):
        if child.dep_ not in _CLAUSES:
            continue
        edge = child.left_edge.i
        set_off = doc[edge - 1].text in _SET_OFF
        if head.i < edge < end and (child.dep_ in {"parataxis", "ccomp"} or (child.dep_ != "cc" and set_off)):
            end = edge
    while start < head.i and (doc[start].is_punct or doc[start].is_space or _stresses(doc[start], head)):
        start += 1
    for i in range(head.i + 1, end):
        if "\n" in doc[i].text:
            end = i
            break
    for i in range(head.i - 1, start - 1, -1):
        if "\n" in doc[i].text:
            start = i + 1
            break
    end = _before_time(head, end)
    while end > head.i + 1 and (
        doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text not in {")", "]"})
    ):
        end -= 1
    return start, end


def _stresses(word: Token, head: Token) -> bool:
    """Whether an adverb before an article or a name only stresses who it is: `even the moderator`."""
    return word.lower_ in _STRESSES and word.head.i == head.i and word.nbor().pos_ in _NAMED


def _before_time(head: Token, end: int) -> int:
    """Where the words for somebody end before a time, or a side, that goes with the verb: `mayors on Monday`.

    A paper's time is part of its name: `a letter on Monday`.
    """
    if head.tag_ == "PRP" and head.i + 1 < end and head.nbor().tag_ in {*FINITE, "MD"}:
        return int(head.i) + 1  # "they’d ask"
    if head.lower_ in PAPERS or not can_speak(head):
        return end
    for child in reversed(rights(head)):
        if head.i < child.i < end and child.right_edge.i >= end - 1 and _is_time(child):
            return int(child.left_edge.i)
    return end


def _is_time(child: Token) -> bool:
    """Whether a child of a noun is a time, by itself or as in "for weeks", or one of two sides: `on the other`."""
    if child.dep_ == "npadvmod":
        return child.ent_type_ in _TIMES
    if child.dep_ != "prep" or child.lower_ == "of":
        return False
    sides = (word for noun in rights(child) if noun.lower_ == "side" for word in lefts(noun))
    side = any(word.lower_ in {"one", "other"} for word in (*sides, *rights(child)))
    return any(noun.ent_type_ in _TIMES for noun in rights(child)) or (child.lower_ == "on" and side)
