"""What somebody is sure, or afraid, of: `The mayor is confident that the ferry will sail`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import FINITE, SUBJECTS, children, lefts
from pipeline.core.person_nouns import AUTHOR
from pipeline.core.token_table import grammar_of
from pipeline.quotes.attribution import named
from pipeline.quotes.cue_subject import RELATIVE, can_speak
from pipeline.quotes.indirect.candidates import trimmed
from pipeline.quotes.indirect.made_known import listed, stands_within
from pipeline.quotes.issuing_bodies import body_nouns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution
    from pipeline.quotes.indirect.contents import Content

_NOBODY: Final = frozenset({"it", "there", "this", "that", "you", "one", *AUTHOR})
_SUBJECT_WORDS: Final = frozenset({"PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM"})
# Words between what somebody is and of what: a day, a place.
_LONGEST_ASIDE: Final = 6
_FEWEST_WORDS: Final = 3


def with_convictions(
    layout: Layout, contents: Sequence[Content], told: Callable[[Attribution, int, int], Content]
) -> list[Content]:
    """``contents`` with what somebody named is sure of, in order of the text, where nothing else tells these words.

    ``told`` makes a content of an attribution and the offsets of its words.
    """
    result = list(contents)
    for i, word in enumerate(grammar_of(layout.doc).words):
        if word not in listed("convictions") or layout.inside[i] >= 0 or not layout.searched[i]:
            continue
        adjective = layout.doc[i]
        verb = _is(adjective)
        subject = _who(layout, verb) if verb is not None else None
        clause = _clause(layout, adjective, verb) if verb is not None and subject is not None else None
        if subject is None or clause is None:
            continue
        until = verb.left_edge.i if verb is not None and verb.left_edge.i > subject.i else i
        attribution = named(layout, "subject of the cue", subject, subject.left_edge.i, until, adjective)
        if attribution is None:
            continue
        content = told(attribution, *trimmed(layout, *clause))
        over = [other for other in result if other.start < content.end and content.start < other.end]
        if len(layout.text[content.start : content.end].split()) >= _FEWEST_WORDS and all(
            stands_within(other, content) or _is_of(other, adjective) for other in over
        ):
            result = [*(other for other in result if other not in over), content]
    return sorted(result, key=lambda content: content.start)


def _is_of(content: Content, adjective: Token) -> bool:
    return content.said.cue is not None and content.said.cue.i == adjective.i


def _is(adjective: Token) -> Token | None:
    """The verb by which somebody is, or has been, so: nobody who may be, or would be if."""
    if adjective.dep_ != "acomp" and adjective.tag_ == "VBN":
        verb = adjective
        helpers = [child for child in lefts(verb) if child.dep_ in {"aux", "auxpass"}]
    else:
        verb = adjective.head
        if adjective.dep_ != "acomp" or verb.lower_ not in listed("being") or verb.i > adjective.i:
            return None
        helpers = [child for child in lefts(verb) if child.dep_ == "aux"]
    tense = any(helper.tag_ in FINITE for helper in helpers) or (verb.tag_ in FINITE and verb is not adjective)
    supposed = any(child.dep_ == "mark" and child.lower_ in listed("if_so") for child in lefts(verb))
    return verb if tense and not supposed and not any(helper.tag_ == "MD" for helper in helpers) else None


def _who(layout: Layout, verb: Token) -> Token | None:
    """Who is sure of something: the subject of the verb, or whom its relative pronoun stands for."""
    subject = next((child for child in lefts(verb) if child.dep_ in SUBJECTS), None)
    if subject is None and verb.dep_ == "conj":
        subject = next((child for child in lefts(verb.head) if child.dep_ in SUBJECTS), None)
    if subject is not None and subject.lower_ in RELATIVE and verb.dep_ == "relcl":
        subject = verb.head
    if subject is None or not layout.outside(subject) or subject.lower_ in _NOBODY or subject.i > verb.i:
        return None
    return subject if can_speak(subject) or subject.pos_ == "PROPN" or subject.lower_ in body_nouns() else None


def _clause(layout: Layout, adjective: Token, verb: Token) -> tuple[int, int] | None:
    """The tokens of the clause that tells of what, right after the adjective or after a day or a place."""
    words = [adjective] if verb is adjective else [adjective, verb]
    for clause in (child for word in words for child in children(word) if child.dep_ == "ccomp"):
        first = clause.left_edge
        if not adjective.i < first.i <= adjective.i + 1 + _LONGEST_ASIDE or first.i > clause.i:
            continue
        between = layout.tokens[adjective.i + 1 : first.i]
        begins = first.lower_ == "that" or (not len(between) and first.pos_ in _SUBJECT_WORDS)
        if begins and not any(token.is_punct for token in between):
            return int(first.i), int(clause.right_edge.i) + 1
    return None
