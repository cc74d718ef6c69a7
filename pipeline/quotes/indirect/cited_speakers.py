"""Who is behind what a cue of the narration attributes without marks; they may stay unnamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, children, lefts, rights
from pipeline.quotes.acts import listed
from pipeline.quotes.attribution import Attribution, according_to, said_by
from pipeline.quotes.indirect.noun_cues import said_in
from pipeline.quotes.indirect.questions import is_asked

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_LONGEST_NAME: Final = 60
_PLURAL: Final = frozenset({"they", "we", "you", "i"})
_NOBODY: Final = frozenset({"this", "that", "these", "those", "there", "what", "you", "one"})


def attribution_of(layout: Layout, cue: Token) -> Attribution:
    """The attribution of an indirect content; its speaker may stay unnamed."""
    attribution = None
    if is_asked(cue):
        return Attribution("no speaker named", cue=cue)
    if cue.lower_ == "according":
        attribution = according_to(
            layout, list(layout.tokens[cue.i : min(cue.right_edge.i + 1, cue.i + _LONGEST_NAME)])
        )
    elif cue.pos_ in {"VERB", "AUX"} or _is_verb_after_all(cue):
        attribution = said_by(layout, cue)
    else:
        attribution = said_in(layout, cue)
    return attribution or Attribution("no speaker named", cue=cue)


def _is_verb_after_all(cue: Token) -> bool:
    """Whether the parse took for a noun a verb that has its subject and a clause: `The office estimates it costs`."""
    clause = any(child.dep_ == "ccomp" for child in rights(cue))
    subject = next((child for child in lefts(cue) if child.dep_ == "nsubj"), None)
    plural = subject is not None and subject.tag_ in {"NNS", "NNPS"}
    return clause and subject is not None and (cue.tag_ == "NNS" or (cue.tag_ == "NN" and plural))


def disagrees(attribution: Attribution) -> bool:
    """Whether a cue does not agree with its subject, as a noun taken for a verb: `they … -- requests that`."""
    cue, head = attribution.cue, attribution.head
    return cue is not None and head is not None and cue.tag_ == "VBZ" and head.lower_ in _PLURAL


def speaks(attribution: Attribution) -> bool:
    """Whether an attribution is to somebody, named or not: not "this suggests", nor "it is wrong to say".

    What is said needs no name ("was accused of …"); a thought that nobody is named for is the writer's own.
    """
    head, cue = attribution.head, attribution.cue
    if cue is None:
        return False
    if head is None:
        listed = cue_of(cue)
        return listed is not None and not listed.silent
    if head.lower_ == "those" and any(child.dep_ == "amod" or child.lower_ == "with" for child in rights(head)):
        # "Those familiar with the plan said".
        return True
    if head.lower_ == "one" and any(child.lower_ == "of" or child.dep_ == "appos" for child in rights(head)):
        return True
    return head.lower_ not in _NOBODY and (head.lower_ != "it" or _does_it(head.head, cue))


def _does_it(verb: Token, cue: Token) -> bool:
    """Whether a cue is the verb of "it", or joined to one by which "it" does something: `It apologised and says …`."""
    if verb.i == cue.i:
        return True
    word = cue_of(cue)
    joined = cue.dep_ == "conj" and cue.head.i == verb.i and verb.dep_ == "ROOT" and cue.tag_ in FINITE
    says = word is not None and not word.silent and word.lemma not in listed("implies")
    does = verb.pos_ == "VERB" and not any(child.dep_ in {"ccomp", "auxpass"} for child in children(verb))
    return joined and says and does
