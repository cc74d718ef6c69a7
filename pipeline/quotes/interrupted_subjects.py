"""Subjects cut off from their verb, by furniture within the line or by an aside: `Mayor Ann Lee [READ MORE] said`."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.quotes.cue_subject import can_speak

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

# Words between the furniture and the verb: a place in brackets, a day, an aside.
_REACH: Final = 30
_SPEAK: Final = frozenset({"PERSON", "ORG"})
_PRONOUNS: Final = frozenset({"he", "she", "they", "who", "it", "i", "we", "you"})
_WHEN: Final = frozenset({"DATE", "TIME"})
_AUXILIARY: Final = frozenset({"aux", "auxpass"})
_ENDS: Final = frozenset(".?!;")
_HELD: Final = frozenset({"aux", "nsubj", "nsubjpass", "expl"})
_NEAR: Final = 60
# What the parse takes an aside for whose verb it gave the subject of the sentence.
_ASIDES: Final = frozenset({"ccomp", "advcl"})


def name_cut_off(layout: Layout, verb: Token) -> Token | None:
    """The last word of the name right before furniture in the line of ``verb``, if nothing else can be its subject."""
    place = bisect_right(layout.paragraphs, verb.idx, key=lambda block: block.start) - 1
    if place < 1 or verb.dep_ == "relcl" or not _finite(verb):
        return None
    block, before = layout.paragraphs[place], layout.paragraphs[place - 1]
    first = layout.token_at(block.start)
    if before.paragraph != block.paragraph or before.end >= block.start or verb.i - first > _REACH:
        return None
    if not layout.text[before.end : block.start].strip() or _has_subject(layout, first, verb.i):
        return None
    if _named_beside(layout, first, verb):
        return None
    last = layout.token_at(before.end) - 1
    while last >= 0 and layout.doc[last].is_space:
        last -= 1
    if last < 0 or layout.inside[last] >= 0 or layout.doc[last].dep_ == "pobj":
        return None
    at = layout.doc[last].idx
    mentions = layout.doc._.mentions
    number = bisect_right(mentions, at, key=lambda mention: mention.start) - 1
    ends = number >= 0 and mentions[number].label in _SPEAK and at < mentions[number].end
    begins = layout.token_at(mentions[number].start) if ends else 0
    # "On Facebook [FB, -2.47%], one post claimed": a place, whatever the parse makes of it.
    placed = begins > 0 and layout.doc[begins - 1].tag_ == "IN"
    return layout.doc[last] if ends and not placed else None


def _named_beside(layout: Layout, first: int, verb: Token) -> bool:
    """Whether somebody is named between token ``first`` and ``verb``, right before it: `spokesman Ann Lee said`."""
    mentions = layout.doc._.mentions
    number = bisect_right(mentions, layout.doc[verb.i - 1].idx, key=lambda mention: mention.start) - 1
    mention = mentions[number] if number >= 0 else None
    beside = mention is not None and mention.label == "PERSON" and mention.end > layout.doc[verb.i - 1].idx
    return beside and mention is not None and mention.start >= layout.doc[first].idx


def _finite(verb: Token) -> bool:
    """Whether a verb has a tense, by itself or by `had`."""
    return verb.tag_ in FINITE or any(child.dep_ == "aux" and child.tag_ in FINITE for child in lefts(verb))


def _has_subject(layout: Layout, first: int, last: int) -> bool:
    """Whether a subject or the end of a sentence stands in the tokens ``first:last``, brackets left out."""
    bracket = False
    for token in layout.tokens[first:last]:
        if token.text in {"(", ")"}:
            bracket = token.text == "("
        elif not bracket and (
            token.lower_ in _PRONOUNS
            or token.text in _ENDS
            or layout.inside[token.i] >= 0
            or (token.tag_ in FINITE and token.dep_ not in _AUXILIARY)
            or (token.dep_ in SUBJECTS and token.ent_type_ not in _WHEN)
        ):
            return True
    return False


def before_participle(layout: Layout, cue: Token) -> Token | None:
    """Who speaks before a participle between commas, where the parse finds none: `Lee, following the storm, said`."""
    if cue.tag_ not in {*FINITE, "VBN"} or not cue.i or cue.nbor(-1).text != ",":
        return None
    if any(child.dep_ in _HELD for child in (*lefts(cue), *rights(cue))):
        return None
    for i in range(cue.i - 2, max(cue.i - _NEAR, sentence_of(cue).start + 1), -1):
        comma = layout.doc[i - 1]
        if layout.inside[i] >= 0 or layout.doc[i].text == ",":
            return None
        if comma.text == "," and layout.doc[i].tag_ == "VBG":
            noun = layout.doc[i - 2]
            if any(token.tag_ in FINITE for token in layout.tokens[sentence_of(cue).start : noun.i]):
                return None
            return noun if layout.inside[noun.i] < 0 and (can_speak(noun) or noun.ent_type_ == "PERSON") else None
    return None


def parted_from(layout: Layout, cue: Token) -> Token | None:
    """The name before an aside that the parse took for a statement: `Lee, who was kept by rain trying to, said …`."""
    has_statement = any(child.dep_ == "ccomp" for child in rights(cue))
    if (
        cue.tag_ == "VBN"
        and cue.dep_ == "acl"
        and cue.head.dep_ == "ROOT"
        and cue.nbor(-1).text == ","
        and has_statement
    ):
        # "Lee, whom the town elected in May, denied that …": the parse takes the verb for a passive.
        return cue.head if layout.outside(cue.head) and can_speak(cue.head) else None
    if cue.tag_ not in FINITE or not cue.i or cue.nbor(-1).text != ",":
        return None
    for clause in lefts(cue):
        for noun in lefts(clause) if clause.dep_ in _ASIDES else ():
            parted = noun.dep_ == "nsubj" and noun.nbor().text == "," and noun.i + 2 <= clause.i
            if parted and layout.outside(noun) and can_speak(noun):
                return noun
    return None
