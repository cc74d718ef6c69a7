"""Claims that a noun reports with the name of whoever makes them: `the mayor's claim that the bridge is safe`.

Whatever the sentence goes on to say of such a claim, and whoever doubts or repeats it, its words are its maker's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.person_nouns import AUTHOR
from pipeline.core.token_table import grammar_of, tokens_of
from pipeline.quotes.cue_subject import can_speak
from pipeline.quotes.indirect.candidates import trimmed
from pipeline.quotes.indirect.noun_cues import said_in
from pipeline.quotes.issuing_bodies import body_nouns, claims

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution
    from pipeline.quotes.indirect.contents import Content

_FEWEST_WORDS: Final = 3
_BEFORE_VERB: Final = frozenset({"aux", "auxpass", "neg", "advmod"})
_PARTS: Final = frozenset({",", "—", "–", "--", "("})
_OBJECTS: Final = frozenset({"dobj", "pobj", "attr", "appos", "conj"})
_TIMES: Final = frozenset({"DATE", "TIME"})
_BESIDE: Final = frozenset({"after", "before", "during", "in", "at", "on"})


class _Claim(NamedTuple):
    """A claim by whom and by which noun, the offset where its noun phrase begins, and the tokens of its words.

    ``bounded``: the verb whose subject it is follows; ``cut_off``: the parse ends the words before a verb of theirs.
    """

    said: Attribution
    noun: Token
    opens: int
    first: int
    last: int
    bounded: bool
    cut_off: bool


def with_claims(
    layout: Layout, contents: Sequence[Content], told: Callable[[Attribution, int, int], Content]
) -> list[Content]:
    """``contents`` with the claims of the narration that have their maker beside them, in order of the text.

    What another cue makes of the same words is its maker's; what holds a claim and more is of whoever tells it all.
    ``told`` makes a content of an attribution and the offsets of its words.
    """
    result = list(contents)
    for claim in _made(layout):
        start, end = trimmed(layout, claim.first, claim.last)
        over = [content for content in result if content.start < end and start < content.end]
        if any(_holds(content, claim) for content in over):
            continue
        same = next((content for content in over if content.start <= claim.noun.idx or content.start == start), None)
        if same is not None and same.start == start and _stays(same, claim):
            continue
        end = start + len(layout.text[start : _end(layout, claim, end, same, over)].rstrip())
        if len(layout.text[start:end].split()) < _FEWEST_WORDS or (same is None and claim.cut_off):
            continue
        result = [
            content
            for content in result
            if content is not same
            and not (start < content.end <= end > content.start or _is_authors(content, start, end))
        ]
        result.append(
            told(claim.said, start, end) if same is None else replace(same, said=claim.said, start=start, end=end)
        )
    return sorted(result, key=lambda content: content.start)


def _holds(content: Content, claim: _Claim) -> bool:
    """Whether a content tells a claim and more: what somebody says of it."""
    if _is_authors(content, content.start, content.end):
        # "We know that the claim made by the mayor that it is “safe” is wrong".
        return False
    main = claim.noun.head.idx if claim.noun.dep_ in SUBJECTS else -1
    return content.start < claim.opens or (
        content.start <= claim.noun.idx and main in range(content.start, content.end)
    )


def _is_authors(content: Content, start: int, end: int) -> bool:
    """Whether a content that the author of the article tells is over ``start:end``."""
    head = content.said.head
    return head is not None and head.lower_ in AUTHOR and content.start < end and start < content.end


def _stays(content: Content, claim: _Claim) -> bool:
    """Whether the words of a claim stay with whom another cue gives them to.

    She repeats her own (`she stands by her claim that …`), or the noun goes with a time beside what she says (`she said
    after the mayor's remarks that …`).
    """
    cue, maker, prep = content.said.cue, claim.said.head, claim.noun.head
    if cue is None or maker is None or cue.i == claim.noun.i:
        return False
    beside = claim.noun.dep_ == "pobj" and prep.lower_ in _BESIDE and prep.head.i == cue.i
    return maker.pos_ == "PRON" or beside


def _end(layout: Layout, claim: _Claim, end: int, same: Content | None, over: Sequence[Content]) -> int:
    """Where the words of a claim end: before what others tell of them, or with the marks that they end in."""
    if same is not None and same.start >= claim.opens and not claim.bounded:
        marked = any(layout.inside[i] >= 0 for i in range(layout.token_at(end), layout.token_at(same.end)))
        parted = claim.last < len(layout.doc) and layout.doc[claim.last].is_punct
        return min(end, same.end) if parted and not marked and not claim.cut_off else same.end
    for content in over:
        cue = content.said.cue
        if content is same or cue is None or not claim.first < cue.i < claim.last:
            continue
        comma = next((i for i in range(cue.i, claim.first, -1) if layout.doc[i].text == ","), None)
        if comma is not None or cue.dep_ == "relcl":
            end = min(end, layout.doc[comma].idx if comma is not None else cue.left_edge.idx)
    return end


def _made(layout: Layout) -> Iterator[_Claim]:
    """Each claim whose maker stands beside it."""
    nouns = claims()
    for i, word in enumerate(grammar_of(layout.doc).words):
        if word not in nouns or layout.inside[i] >= 0 or not layout.searched[i]:
            continue
        noun = layout.doc[i]
        if noun.pos_ not in {"NOUN", "PROPN"} or noun.dep_ == "compound":
            continue
        said = said_in(layout, noun)
        if said is None or said.head is None or said.resolution != "possessor" or not _makes(said.head):
            continue
        claim = _claim(layout, noun, said)
        if claim is not None:
            yield claim


def _makes(head: Token) -> bool:
    somebody = can_speak(head) or head.pos_ in {"PROPN", "PRON"} or head.lower_ in body_nouns()
    return somebody and head.ent_type_ not in _TIMES and head.lower_ != "its"


def _claim(layout: Layout, noun: Token, said: Attribution) -> _Claim | None:
    """What a noun with its maker beside it tells in a clause with "that", up to the verb whose subject it is."""
    doc = layout.doc
    if said.head is None:
        return None
    first = noun.i + 1 if said.head.i < noun.i else said.head.right_edge.i + 1
    if first >= len(doc) or doc[first].lower_ != "that" or not _opens_clause(doc[first]):
        return None
    verb = doc[first].head
    if verb.i < first or sentence_of(verb).start != sentence_of(noun).start:
        return None
    last, main = int(verb.right_edge.i) + 1, noun.head
    bounded = noun.dep_ in SUBJECTS and main.i > verb.i
    if bounded:
        before = [child.i for child in lefts(main) if child.dep_ in _BEFORE_VERB and child.i > verb.i]
        last = min(last, *before, main.i)
    elif noun.dep_ == "ROOT" and noun.left_edge.i == sentence_of(noun).start:
        # The parse found no verb for the sentence: it stands among the words of the claim.
        return None
    last = _before_next_clause(layout, noun, first, min(last, sentence_of(noun).stop))
    while last > first and (doc[last - 1].text in _PARTS or doc[last - 1].is_space):
        last -= 1
    following = doc[last] if last < len(doc) else noun
    verb_follows = following.tag_ in {*FINITE, "MD"}
    bounded = bounded or (verb_follows and noun.dep_ not in _OBJECTS)
    cut_off = not bounded and (verb_follows or following.text == ")")
    return _Claim(said, noun, min(noun.left_edge.idx, noun.idx), first, last, bounded, cut_off)


def _opens_clause(that: Token) -> bool:
    """Whether a "that" opens a clause with a subject and an object of its own: not `the claim that they made`."""
    verb = that.head
    if that.dep_ == "mark" or verb.dep_ != "relcl" or that.dep_ != "dobj":
        return that.dep_ == "mark"
    return any(c.dep_ in SUBJECTS for c in lefts(verb)) and any(c.dep_ in {"dobj", "ccomp"} for c in rights(verb))


def _before_next_clause(layout: Layout, noun: Token, first: int, last: int) -> int:
    """Where a claim ends in a list of clauses that began before it: `that she denied his claim that …, and that …`."""
    doc = layout.doc
    listed = any(t.lower_ == "that" and t.dep_ == "mark" for t in tokens_of(doc)[sentence_of(noun).start : noun.i])
    joints = (i for i in range(first + 1, last - 2) if doc[i].text == "," and doc[i + 1].lower_ == "and")
    return next((i for i in joints if listed and doc[i + 2].lower_ == "that"), last)
