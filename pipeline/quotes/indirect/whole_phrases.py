"""Where what is said ends with the whole of a phrase that a first choice of its end cuts in two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.quotes.indirect.bounds import BEFORE, says

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.core.quote_layout import Layout

_LONGEST_PHRASE: Final = 12
# Words of a phrase that the end of what is said cuts off, and back from it to what it goes with.
_LONGEST_REST: Final = 40
_NEAR: Final = 9
# Words of what joins two things: `as well as`.
_REACH: Final = 4
# What a word is to one after it that it makes no sense without.
_LEADS: Final = frozenset(
    {"amod", "compound", "nummod", "det", "poss", "nmod", "quantmod", "nsubj", "nsubjpass", "aux"}
)
_PARTS: Final = frozenset({",", ";", ":", "—", "–", "--", "("})
_ENDS: Final = frozenset({".", ";", "?", "!", "—", "–", "--", "("})
_PRESENT: Final = frozenset({"VBZ", "VBP"})
_PAST: Final = frozenset({"VBD"})
# What goes with a word before it: its object, what it is said to be, a participle that tells more of it.
_GOES_WITH: Final = frozenset({"acl", "dobj", "attr", "acomp", "oprd", "pobj", "xcomp"})
# Prepositions that go with a word right before them rather than with the cue, as those of time and place do.
_TAKEN: Final = frozenset({"to", "by", "with", "against", "of", "from", "for", "about", "between"})
_NOUNS: Final = frozenset({"NOUN", "PROPN", "NUM"})


def with_phrase(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is said ends with a phrase that goes with a word of it: `the birds nest | in the mill`."""
    doc = layout.doc
    if cue is None or cue.i >= first or last >= len(doc) or layout.inside[last] >= 0 or doc[last - 1].is_punct:
        return last
    word = doc[last]
    if word.lower_ in BEFORE and says(doc[min(last + 1, len(doc) - 1)]):
        return last
    end = int(word.right_edge.i) + 1
    if word.dep_ != "prep" or not first <= word.head.i < last or end > word.sent.end or end - last > _LONGEST_PHRASE:
        return last
    end = _after_time(layout, first, end)
    closes = end >= len(doc) or doc[end].is_punct or doc[end].is_space
    return end if closes and all(layout.inside[i] < 0 for i in range(last, end)) else last


def after_marks(layout: Layout, first: int, last: int) -> int:
    """Where a statement that ends in marks goes on with what their last words take: `would “stick” | with voters`."""
    doc = layout.doc
    if last + 1 >= len(doc) or layout.inside[last] >= 0 or layout.inside[last - 1] < 0:
        return last
    if not doc[last - 1].is_punct or not doc[last - 2].is_alpha or doc[last].lower_ not in _TAKEN:
        return last
    word = doc[last]
    end = int(word.right_edge.i) + 1
    if word.dep_ not in {"prep", "agent", "dative"} or not first <= word.head.i < last or end - last > _LONGEST_PHRASE:
        return last
    end = next((i for i in range(last, end) if doc[i].text in _PARTS), end)
    closes = end >= len(doc) or doc[end].is_punct or doc[end].is_space
    return end if closes and _are_things(layout, last, end) else last


def to_whole_phrase(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is said ends with the whole of a phrase that the end cuts in two.

    Before the noun or the verb that its last word goes with (`in western | and northern towns`, `the plan that Lee |,
    who is old, has for us`), before an infinitive (`gave a day | for it to close`), before what goes with a word of it
    (`the money | sought by Lee`, `buses | and boats`), or within a list of what is told in another tense than the cue's
    (`said it costs jobs |, takes years, and will fail`).
    """
    doc = layout.doc
    if cue is None or cue.i >= first or last >= len(doc) or layout.inside[last] >= 0 or layout.inside[last - 1] >= 0:
        return last
    stop = min(doc[last - 1].sent.end, last + _LONGEST_REST)
    end = _to_head(layout, first, last, stop)
    end = _to_what_it_takes(layout, end, stop)
    end = _to_infinitive(layout, first, end, stop)
    end = _to_rest(layout, first, end, stop)
    end = _to_joined(layout, first, end, stop)
    return _to_list(layout, cue, end, stop)


def _to_head(layout: Layout, first: int, last: int, stop: int) -> int:
    """Where the phrase ends that a modifier, or a subject without its verb, before ``last`` leads to."""
    end = last
    for token in layout.doc[max(first, last - _NEAR) : last]:
        head = token.head
        if token.dep_ not in _LEADS or not last <= head.i < stop or head.left_edge.i < first:
            continue
        if token.dep_ in SUBJECTS and (token.dep_ == "nsubjpass" or cue_of(head) is None):
            end = max(end, min(head.right_edge.i + 1, stop))
        elif token.dep_ not in SUBJECTS and not any(t.text in _PARTS for t in layout.doc[last : head.i]):
            end = max(end, head.i + 1)
    return end if all(layout.inside[i] < 0 for i in range(last, end)) else last


def _to_what_it_takes(layout: Layout, last: int, stop: int) -> int:
    """Where the words end that a participle or a preposition right before ``last`` leads to: `trips from | May`."""
    doc = layout.doc
    if last >= stop or doc[last - 1].tag_ not in {"VBG", "IN"} or doc[last - 1].pos_ not in {"VERB", "ADP"}:
        return last
    word = next(
        (t for t in rights(doc[last - 1]) if t.dep_ in {"prep", "pobj", "dobj"} and t.left_edge.i == last), None
    )
    end = min(word.right_edge.i + 1, stop) if word is not None else last
    return end if all(layout.inside[i] < 0 for i in range(last, end)) else last


def _to_infinitive(layout: Layout, first: int, last: int, stop: int) -> int:
    """Where an infinitive ends that goes with a word right before it."""
    doc = layout.doc
    if last >= stop or doc[last].lower_ not in {"to", "for"} or doc[last - 1].is_punct:
        return last
    verb = doc[last].head
    infinitive = any(child.tag_ == "TO" and child.dep_ == "aux" for child in lefts(verb))
    if not infinitive or verb.left_edge.i != last or not first <= verb.head.i < last:
        return last
    end = min(verb.right_edge.i + 1, stop)
    return end if all(layout.inside[i] < 0 for i in range(last, end)) else last


def _to_rest(layout: Layout, first: int, last: int, stop: int) -> int:
    """Where the words end that go with a word before them, and no comma parts from it: `the money | sought by Lee`."""
    doc = layout.doc
    if last >= stop or doc[last].is_punct or doc[last - 1].is_punct or doc[last].is_space:
        return last
    word = doc[last]
    while last <= word.head.i < stop and word.head.i != word.i:
        word = word.head
    if word.dep_ not in _GOES_WITH or word.left_edge.i != last or not first <= word.head.i < last:
        return last
    end = min(word.right_edge.i + 1, stop)
    end = next((i for i in range(last, end) if doc[i].text in _PARTS or doc[i].is_space), end)
    return end if _are_things(layout, last, end) else last


def _are_things(layout: Layout, first: int, last: int) -> bool:
    """Whether no words in marks, and no cue that tells of others' words, stand in ``first:last``."""
    return not any(
        layout.inside[t.i] >= 0 or (t.pos_ == "VERB" and (cue := cue_of(t)) is not None and cue.reports)
        for t in layout.doc[first:last]
    )


def _to_joined(layout: Layout, first: int, last: int, stop: int) -> int:
    """Where a list of things ends that the end cuts before its last: `for trains, buses | and boats`."""
    doc = layout.doc
    joint = next((t for t in doc[last : min(last + _REACH, stop)] if t.dep_ == "cc"), None)
    if joint is None or joint.left_edge.i > last + (doc[last].text == ",") or joint.lower_ == "but":
        return last
    before = joint.head
    after = next((t for t in rights(before) if t.dep_ == "conj" and t.i > joint.i), None)
    if after is None or not first <= before.i < last or after.left_edge.i <= joint.i:
        return last
    things = {before.pos_, after.pos_} <= _NOUNS or before.pos_ == after.pos_ == "ADJ"
    if not things or (doc[last].text == "," and before.dep_ != "conj"):
        return last
    end = next(
        (i for i in range(after.i, min(after.right_edge.i + 1, stop)) if doc[i].text in _PARTS), after.right_edge.i + 1
    )
    verb = end < len(doc) and doc[end].tag_ in {*FINITE, "MD"}
    return end if not verb and _are_things(layout, last, end) else last


def _to_list(layout: Layout, cue: Token, last: int, stop: int) -> int:
    """Where a list of verbs ends that goes on after a comma in another tense than the cue's."""
    doc = layout.doc
    tense = _PRESENT if cue.tag_ == "VBD" else _PAST if cue.tag_ in _PRESENT else frozenset()
    if last + 1 >= stop or doc[last].text != ",":
        return last
    following = last + 1
    joined = doc[following].pos_ == "CCONJ"
    following += joined
    if following >= stop or doc[following].tag_ not in tense or layout.inside[following] >= 0:
        return last
    verb = doc[following].head if doc[following].dep_ in {"aux", "auxpass"} else doc[following]
    if any(child.dep_ in SUBJECTS for child in lefts(verb)) or verb.i < following:
        return last
    ends = next((i for i in range(following, stop) if doc[i].text in _ENDS or layout.inside[i] >= 0), stop)
    if ends < stop and layout.inside[ends] >= 0:
        return last
    more = [i + 1 for i in range(following, ends - 1) if doc[i].text == "," and doc[i + 1].pos_ == "CCONJ"]
    same_tense = any(doc[i + 1].tag_ == cue.tag_ for i in more if i + 1 < ends)
    return ends if (joined or more) and not same_tense else last


def _after_time(layout: Layout, first: int, last: int) -> int:
    """Where a time ends that goes with a word of what is said: `in a ruling | earlier this week`."""
    doc = layout.doc
    time = doc[last] if last < len(doc) else None
    for _ in range(2):
        if time is not None and time.dep_ in {"advmod", "det", "amod"} and time.head.i > last:
            time = time.head
    if time is None or time.dep_ != "npadvmod" or time.left_edge.i != last or not first <= time.head.i < last:
        return last
    return int(time.right_edge.i) + 1


def with_clause(layout: Layout, first: int, last: int) -> int:
    """Where what is said ends with a clause that its last noun cannot do without: `the warmth | July brought`."""
    doc = layout.doc
    if last >= len(doc) or layout.inside[last] >= 0 or doc[last - 1].is_punct or doc[last].is_punct:
        return last
    word = doc[last]
    for _ in range(_NEAR):
        if word.dep_ == "relcl" and first <= word.head.i < last and word.left_edge.i == last:
            return min(word.right_edge.i + 1, doc[last].sent.end)
        if word.head.i == word.i or word.head.i < last:
            return last
        word = word.head
    return last
