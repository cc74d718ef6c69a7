"""Whom a clause tells of that the parse hung on a thing: `sails on Sundays, who said`, `notes from crews saying`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import FINITE, lefts, rights
from pipeline.core.person_nouns import person_nouns
from pipeline.quotes.cue_subject import NOMINAL, PAPERS, PLURAL, may_speak
from pipeline.quotes.issuing_bodies import body_nouns, claims, utterances, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_CLIMB: Final = 6
_VERBS: Final = frozenset({"VERB", "AUX"})
_BODIES: Final = frozenset({"ORG", "GPE", "NORP"})
_NAMED: Final = _BODIES | {"PERSON"}
_NO_PERSON: Final = frozenset({"which"})
_A_PERSON: Final = frozenset({"who"})
_RELATIVE: Final = frozenset({"WP", "WDT"})
_FROM: Final = frozenset({"from", "by"})
_JOINED: Final = frozenset({"conj", "nsubj"})
_TELLS_MORE: Final = frozenset({"appos", "prep", "compound"})
_TO: Final = frozenset({"to"})


def put_right(layout: Layout, cue: Token, head: Token | None) -> Token | None:
    """``head``, which the parse makes the subject of ``cue``, or whom the clause of ``cue`` tells of instead."""
    if cue.dep_ == "relcl":
        return _told_of(layout, cue, head)
    if cue.dep_ == "ccomp":
        return _who_was_told_of(layout, cue, head) or head
    if cue.tag_ == "VBG" and cue.i and cue.dep_ in {"acl", "advcl"}:
        return _written(cue) or _before_participle(layout, cue) or head
    return head


def speaks_itself(cue: Token, noun: Token) -> bool:
    """Whether a body or paper says what a relative clause tells: not where the sentence has somebody issue it.

    "Dropped the rule that said …"; but in "signed a letter that said …" those who signed it say so.
    """
    if not any(child.tag_ in _RELATIVE and child.dep_ == "nsubj" for child in lefts(cue)):
        return False
    tells = noun.lower_ in body_nouns() and any(child.dep_ == "ccomp" for child in rights(cue))
    return tells and not (noun.dep_ == "dobj" and noun.head.lower_ in words().issues)


def _told_of(layout: Layout, cue: Token, head: Token | None) -> Token | None:
    """Whom a relative pronoun stands for: a noun that it can, over those that the parse hung the clause on.

    "The captain, who sails on Sundays, who said …"; "ads in ten towns that warned …"; "a poll of crews, which found …".
    """
    if head is None or head.i != cue.head.i:
        return head
    pronoun = next((child for child in lefts(cue) if child.tag_ in _RELATIVE and child.dep_ == "nsubj"), None)
    if pronoun is None:
        return head
    fits = _fitting(pronoun)
    noun = cue.head
    if fits(noun) and layout.outside(noun):
        return head
    of_body = pronoun.lower_ in _NO_PERSON and pronoun.i > 1 and pronoun.nbor(-1).text == ","
    beside = layout.doc[pronoun.i - 2] if of_body else noun
    if beside.i > noun.i and beside.pos_ in NOMINAL and fits(beside) and layout.outside(beside):
        return beside  # "the head of Hale Foods, which said"
    for above in _above(noun):
        if layout.outside(above) and fits(above):
            return above
    return head


def _above(noun: Token) -> Iterator[Token]:
    """The nouns before one that it tells more of, the nearest first: also that of a clause in which it stands."""
    for _ in range(_CLIMB):
        above = noun.head.head if noun.dep_ == "pobj" else noun.head
        if above.pos_ in _VERBS:
            # "Who sails on Sundays, who said": both clauses are of one noun.
            above = above.head if above.dep_ == "relcl" else _object(above)
        if noun.dep_ in _JOINED or above.i >= noun.i or above.pos_ not in NOMINAL:
            return
        yield above
        noun = above


def _who_was_told_of(layout: Layout, cue: Token, head: Token | None) -> Token | None:
    """Who says what the parse has one say whom they see: `A boy who saw the captain told the Gazette it sank`."""
    clause, whom = cue.head, cue.head.head
    sentence = clause.dep_ == "relcl" and whom.dep_ == "ROOT" and whom.pos_ == "NOUN" and cue.tag_ in FINITE
    beside = head is not None and clause.i < head.left_edge.i == clause.i + 1 and head.right_edge.i == cue.i - 1
    if not sentence or not beside or not layout.outside(whom) or not may_speak(whom.lower_):
        return None
    return whom if any(child.lower_ in _A_PERSON for child in lefts(clause)) else None


def _object(verb: Token) -> Token:
    return next((child for child in rights(verb) if child.dep_ == "dobj"), verb)


def _thing_before(preposition: Token) -> Token:
    """What a preposition tells more of, also where the parse hung it on the verb of that: `sent notes | from crews`."""
    of = preposition.head
    return _object(of) if of.pos_ == "VERB" and _object(of).right_edge.i == preposition.i - 1 else of


def _fitting(pronoun: Token) -> Callable[[Token], bool]:
    if pronoun.lower_ in _A_PERSON:
        return _is_somebody
    return _is_body if pronoun.lower_ in _NO_PERSON else lambda noun: _is_somebody(noun) or _is_body(noun)


def _is_somebody(noun: Token) -> bool:
    return noun.ent_type_ in _NAMED or noun.pos_ in {"PROPN", "PRON"} or may_speak(noun.lower_) or _is_body(noun)


def _is_body(noun: Token) -> bool:
    """Whether a noun is for a body or a paper, and for no person."""
    if noun.ent_type_ in _BODIES or noun.pos_ == "PROPN":
        return noun.ent_type_ != "PERSON"
    if noun.lower_ in person_nouns():
        return False
    forms = {noun.lower_, noun.lower_.removesuffix("s")}
    return bool(forms & (body_nouns() | words().papers | utterances() | claims()))


def _before_participle(layout: Layout, cue: Token) -> Token | None:
    """Those right before a participle that the parse hung on a thing: `the rise, with drivers calling it a tax`.

    And those from whom a paper is: `filed notes from crews saying that the ferry is old`.
    """
    noun = cue.nbor(-1)
    sender = noun.ent_type_ in _NAMED and noun.head.lower_ in _FROM
    several = (noun.tag_ in PLURAL or noun.dep_ == "conj") and (may_speak(noun.lower_) or _is_body(noun))
    several = several or sender
    if noun.pos_ not in {"NOUN", "PROPN"} or not layout.outside(noun) or not several:
        return None
    first = noun
    while first.dep_ == "conj":
        first = first.head
    if first.dep_ != "pobj" or (cue.dep_ == "acl" and cue.head.i in {first.i, noun.i}):
        return None
    preposition, of = first.head, _thing_before(first.head)
    if cue.dep_ == "acl":
        thing = cue.head.i == of.i and not _is_somebody(of)
        return first if thing and layout.outside(first) else None
    from_them = preposition.lower_ in _FROM and of.pos_ == "NOUN" and not may_speak(of.lower_)
    return first if from_them and layout.outside(first) else None


def _written(cue: Token) -> Token | None:
    """Who writes to somebody what a participle tells, which the parse hung on these: `wrote to Lee warning that`."""
    to = cue.head.head
    if cue.dep_ != "acl" or cue.head.dep_ != "pobj" or to.lower_ not in _TO:
        return None
    verb = to.head
    if verb.pos_ != "VERB" or verb.lower_ not in words().issues or cue.head.lower_ in PAPERS:
        return None
    return next((child for child in lefts(verb) if child.dep_ == "nsubj"), None)


def from_whom(gap: Sequence[Token]) -> Token | None:
    """The last word for whom a paper is from that ends a line before a colon: `sent out a letter from Ann Lee:`."""
    last = next((token for token in reversed(gap) if not token.is_punct and not token.is_space), None)
    noun = last
    while noun is not None and noun.dep_ != "pobj" and noun.head.i < noun.i and noun.dep_ in _TELLS_MORE:
        noun = noun.head
    if noun is None or last is None or noun.dep_ != "pobj" or noun.head.lower_ not in _FROM or noun.i < gap[0].i:
        return None
    paper = _thing_before(noun.head)
    a_paper = paper.lower_ in words().papers | utterances() and paper.i >= gap[0].i
    return noun if a_paper and (noun.ent_type_ in _NAMED or may_speak(noun.lower_)) else None
