"""Cues set apart from what they attribute: `The lanes, Lee charged, endanger …`, `As Lee told us, the river is …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of, is_verb
from pipeline.core.dependencies import FINITE, lefts, rights
from pipeline.core.person_nouns import AUTHOR
from pipeline.quotes.cue_subject import can_speak
from pipeline.quotes.scare_quotes import verbs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from pipeline.core.quote_layout import Layout

Stretch = tuple[int, int]
_COMMAS: Final = frozenset({",", "—", "–", "--"})
_CONTENTS: Final = frozenset({"ccomp", "xcomp", "oprd", "attr", "acomp"})
_LONGEST_SUBJECT: Final = 8
_OTHERS: Final = frozenset({"you", "one", "it", "this", "that", *AUTHOR})


def told_aside(layout: Layout) -> Iterator[tuple[Token, list[Stretch]]]:
    """Each cue of saying that stands between commas or in a clause with "as", with the tokens that it attributes."""
    for token in layout.doc:
        if token.tag_ not in FINITE or layout.inside[token.i] >= 0 or not layout.searched[token.i]:
            continue
        cue = cue_of(token)
        if cue is None or not cue.reports or cue.silent or not is_verb(token):
            continue
        subject = next((child for child in lefts(token) if child.dep_ == "nsubj"), None)
        if subject is None or subject.lower_ in _OTHERS or not (can_speak(subject) or subject.pos_ == "PROPN"):
            continue
        stretches = _around_inserted(layout, token, subject) or _beside_as(token, subject)
        if stretches:
            yield token, stretches


def _around_inserted(layout: Layout, cue: Token, subject: Token) -> list[Stretch]:
    """The words on both sides of `, Lee charged,`: no list of verbs, and something to go on with."""
    doc, sentence = layout.doc, cue.sent
    first = subject.left_edge.i
    if not sentence.start < first - 1 or cue.i + 2 >= sentence.end or cue.i - first > _LONGEST_SUBJECT:
        return []
    if doc[first - 1].text not in _COMMAS or doc[cue.i + 1].text not in _COMMAS or subject.i != cue.i - 1:
        return []
    after = doc[cue.i + 2]
    own = any(t.tag_ in {*FINITE, "MD"} or t.dep_ == "conj" for t in doc[cue.i + 2 : sentence.end])
    if (
        not own
        or after.pos_ == "CCONJ"
        or after.tag_ in {"VBG", "WP", "WDT"}
        or any(layout.inside[i] >= 0 for i in (first - 2, cue.i + 2))
    ):
        return []
    return [(sentence.start, first - 1), (cue.i + 2, sentence.end)]


def _beside_as(cue: Token, subject: Token) -> list[Stretch]:
    """The main clause beside `as Lee told us`, which says no more than that somebody says it."""
    mark = next((child for child in lefts(cue) if child.lower_ == "as"), None)
    if mark is None or mark.i > subject.i or cue.dep_ != "advcl" or not _says_so(cue):
        return []
    low, high, sentence = cue.left_edge.i, cue.right_edge.i + 1, cue.sent
    if mark.i != low or any(child.dep_ in _CONTENTS for child in rights(cue)):
        return []
    if low == sentence.start:
        comma = high < sentence.end and cue.doc[high].text in _COMMAS
        return [(high + 1, sentence.end)] if comma else []
    before = cue.doc[low - 1].text in _COMMAS
    return [(sentence.start, low - 1)] if before and high >= sentence.end - 1 else []


def _says_so(cue: Token) -> bool:
    """Whether a cue of saying has nobody but who is told for its object."""
    word = cue_of(cue)
    if word is None or word.lemma not in verbs("words_follow") | verbs("as_told"):
        return False
    things = [child for child in rights(cue) if child.dep_ in {"dobj", "dative"}]
    return all(thing.pos_ == "PRON" or can_speak(thing) for thing in things)
