"""Where the content of a cue, once it is chosen, begins: without what is no part of it, with all that is."""

from __future__ import annotations

from bisect import bisect_left
from calendar import day_name
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.token_table import tokens_of
from pipeline.quotes.acts import listed
from pipeline.quotes.indirect.outlet_clauses import venue
from pipeline.quotes.indirect.remarks import BEFORE, before_joint, says

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution

_NAMED: Final = frozenset({"ORG", "PERSON"})
_MANNER: Final = frozenset({"advmod", "npadvmod", "prep"})
_SET_OFF: Final = frozenset({",", "—", "–", "--"})
_TIMES: Final = frozenset({"DATE", "TIME"})
_DAYS: Final = frozenset({*map(str.lower, day_name), "today", "yesterday", "tonight"})
# Words between a cue and the "that" of what is said: a day, a place, who is told.
_LONGEST_ASIDE: Final = 9
_LONGEST_SET_OFF: Final = 24
# Words of what is hoped or estimated that the parse takes for a thing of it.
_LONGEST_NOUNS: Final = 5
# What a noun phrase goes on after.
_IN_NOUNS: Final = frozenset({"POS", "DT", "PRP$", "HYPH"})
_OF_NOUNS: Final = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART", "NUM", "PRON"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_ASKS: Final = frozenset({"WRB", "WP"})
_TO_WHOM: Final = frozenset({"prep", "dative"})
_CLAUSE_WORDS: Final = frozenset({"PRON", "DET", "PROPN", "NOUN"})


def without_speakers(layout: Layout, attribution: Attribution, first: int, last: int) -> tuple[int, int]:
    """The tokens ``first:last`` without the speaker they begin with, and the next cue and its subject they end with."""
    doc = layout.doc
    by = attribution.cue
    if (
        attribution.speaker is not None
        and by is not None
        and by.pos_ == "VERB"
        and by.i < attribution.speaker[0] == first
    ):
        first = min(attribution.speaker[1], last)
    cue = doc[last - 1]
    if cue.tag_ == "VBG" and cue_of(cue) and last - 2 > first and doc[last - 2].text == ",":
        # A transcript of the words follows.
        return first, before_joint(layout, first, last - 1)
    if cue.tag_ == "VBG" and cue_of(cue) and last - 3 > first and layout.inside[cue.i - 1] >= 0 > layout.inside[cue.i]:
        # "A “trap,” | arguing that it is old".
        return first, last - (doc[last - 3].text == ",")
    if cue.dep_ == "conj" and by is not None and cue.head.i == by.i and cue_of(cue) and doc[last - 2].pos_ == "CCONJ":
        # "They say it is old, and say …".
        return first, before_joint(layout, first, last - 1)
    if cue.dep_ == "conj" and cue.tag_ in FINITE and cue_of(cue) and layout.inside[cue.i] < 0:
        subject = next((child for child in lefts(cue) if child.dep_ == "nsubj"), None)
        if subject is not None and first < subject.left_edge.i:
            last = before_joint(layout, first, subject.left_edge.i)
    return first, last


def after_aside(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is said begins after a day, a place or who is told: `Thursday that …`, `reporters in May that …`."""
    if cue is None or cue.pos_ not in _VERBS or cue.i >= first:
        return first
    doc = layout.doc
    if doc[first].lower_ in BEFORE and first + 3 < last and says(doc[first + 1]) and doc[first + 2].dep_ == "mark":
        return first + 2  # "she said, before adding | that it rained"
    first = _after_venue(layout, cue, _from_cut_subject(layout, cue, first, last), last)
    begin = _after_told(layout, cue, first, last)
    begin = _after_named(layout, cue, begin, last) if begin == first == cue.i + 1 else begin
    begin = _after_manner(cue, begin, last) if begin == first == cue.i + 1 else begin
    particle = doc[begin].dep_ == "prt" and doc[begin].head.i == cue.i and begin + 2 < last
    if not particle:
        return begin
    timed = _after_day(layout, cue, begin + 1, last)  # "pointed out last week, | the ferry is old"
    return timed + (timed + 1 < last and doc[timed].text == ",")


def _after_venue(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where a clause begins after in what it was said: `said in a statement | it would leave`."""
    doc = layout.doc
    if first > cue.i + 2 or doc[cue.i + 1].lower_ not in listed("in_venue"):
        return first
    noun = venue(layout, cue.i + 1, last)
    if noun is None or noun.i + 2 >= last:
        return first
    begin = int(noun.i) + 1 + (noun.nbor().text == ",")
    opens = doc[begin].pos_ in _CLAUSE_WORDS and (doc[begin].tag_ == "PRP" or _subject_within(layout, begin, last))
    return begin if opens or (doc[begin].lower_ == "that" and doc[begin].dep_ == "mark") else first


def _from_cut_subject(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where a clause begins whose subject a first choice cuts: `said | the plan | to sell it would fail`.

    And before a preposition that "that" goes with: `said | rowing with | that many crews is hard`.
    """
    doc = layout.doc
    if not 1 < first - cue.i <= _LONGEST_ASIDE or any(t.is_punct for t in layout.tokens[cue.i + 1 : first]):
        return first
    if doc[first].lower_ == "that" and doc[first - 1].tag_ == "IN" and doc[first - 1].head.i > cue.i:
        return cue.i + 1
    if doc[first].tag_ != "TO":
        return first
    for verb in layout.tokens[first:last]:
        begins = next((c.left_edge.i for c in lefts(verb) if c.dep_ in SUBJECTS), first)
        if cue.i < begins < first and any(t.tag_ in {*FINITE, "MD"} for t in (verb, *lefts(verb))):
            return int(begins)
    return first


def _after_manner(cue: Token, first: int, last: int) -> int:
    """Where a thing begins after how, when or where it is told of: `dismissed out of hand | the idea of a bridge`."""
    beside = [child for child in rights(cue) if child.dep_ != "punct"]
    for manner, thing in pairwise(beside):
        if manner.left_edge.i != first:
            continue
        parted = manner.dep_ in _MANNER and thing.dep_ == "dobj" and thing.left_edge.i == manner.right_edge.i + 1
        return int(thing.left_edge.i) if parted and thing.i < last else first
    return first


def _after_named(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where a statement begins after the paper or person it is told to: `told Island News | Lee was leaving`."""
    word, doc = cue_of(cue), layout.doc
    if word is None or word.lemma not in listed("told_to") or doc[first].pos_ != "PROPN":
        return first
    at = bisect_left(doc._.mentions, doc[first].idx, key=lambda mention: mention.start)
    named = doc._.mentions[at] if at < len(doc._.mentions) else None
    if named is None or named.start != doc[first].idx or named.label not in _NAMED:
        return first
    begin = layout.token_at(named.end)
    opens = begin + 1 < last and doc[begin].pos_ in _CLAUSE_WORDS and doc[begin].tag_ != "POS"
    return begin if opens and any(t.tag_ in {*FINITE, "MD"} for t in tokens_of(doc)[begin + 1 : last]) else first


def _after_told(layout: Layout, cue: Token, first: int, last: int) -> int:
    doc = layout.doc
    if first > cue.i + 2 or doc[first - 1].text in _SET_OFF:
        find = _after_circumstance if first > cue.i + 2 and doc[first - 1].text not in _SET_OFF else _after_set_off
        return find(layout, cue, first, last)
    for i in range(first, min(first + _LONGEST_ASIDE, last)):
        token = doc[i]
        that = token.lower_ == "that" and token.dep_ == "mark" and i > first and _is_aside(doc[i - 1], cue)
        if that or (token.tag_ in _ASKS and i > first and _asks_after(token, cue)):
            return i
        if token.pos_ in _VERBS or layout.inside[i] >= 0 or (token.dep_ in SUBJECTS and token.lower_ not in _DAYS):
            break
    addressee = next((c for c in rights(cue) if c.dep_ in {"dobj", "dative"} and c.left_edge.i == first), None)
    if addressee is not None and any(
        c.dep_ == "ccomp" and c.left_edge.i == addressee.right_edge.i + 1 < last for c in rights(cue)
    ):
        return int(addressee.right_edge.i) + 1
    opening = doc[first]
    if opening.lower_ in _DAYS and first + 1 < last and opening.dep_ == "npadvmod" and opening.head.i == cue.i:
        return first + 1
    return _after_day(layout, cue, first, last)


def _asks_after(word: Token, cue: Token) -> bool:
    """Whether a clause of a cue begins with "how", after to whom it is told: `explained to us | how it fell`."""
    if word.head.head.i != cue.i or word.head.i <= word.i:
        return False
    return any(c.dep_ in _TO_WHOM and c.right_edge.i == word.i - 1 for c in rights(cue))


def _after_circumstance(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where the clause with "that" begins after when or where it was said: `told us at the time | that it fell`."""
    opening = layout.doc[first]
    if opening.pos_ != "ADP" and (opening.lower_ not in _DAYS or layout.doc[first - 1].pos_ != "ADP"):
        return first
    for token in layout.tokens[first + 1 : min(first + _LONGEST_ASIDE, last)]:
        if token.lower_ == "that" and token.dep_ == "mark" and token.head.i > token.i:
            return int(token.i) if token.head.head.i == cue.i or _is_aside(token.nbor(-1), cue) else first
        if token.pos_ in _VERBS or layout.inside[token.i] >= 0 or token.is_punct:
            return first
    return first


def _after_set_off(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where the clause with "that" begins after what commas set off: `warned, as others did, | that it would fall`."""
    for token in layout.tokens[first + 1 : min(first + _LONGEST_SET_OFF, last)]:
        of_cue = token.dep_ == "mark" and token.head.head.i == cue.i
        if token.lower_ == "that" and of_cue and token.nbor(-1).text in _SET_OFF and layout.inside[token.i] < 0:
            return int(token.i)
    return first


def _after_day(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where a clause begins after the time of its cue: `said on Monday it would leave`, `said last week it would`."""
    doc, clause = layout.doc, first
    if doc[first].pos_ == "ADV" and first > cue.i + 1 and first + 2 < last and doc[first - 1].pos_ in _NOUNS:
        # "Told reporters recently | she would leave".
        return first + 1 if doc[first + 1].pos_ in _CLAUSE_WORDS and _subject_within(layout, first + 1, last) else first
    named = first + 2 < last and doc[first].lower_ in _DAYS and doc[first - 1].lower_ == "on"
    if named and doc[first + 1].pos_ == "PROPN" and doc[first + 2].tag_ in {*FINITE, "MD"}:
        # "Said on Friday Lee was late": the parse takes both for one name.
        return first + 1
    while clause < last and doc[clause].ent_type_ in _TIMES and layout.inside[clause] < 0:
        clause += 1
    if doc[first].lower_ == "on" and first + 1 < last and doc[first + 1].lower_ in _DAYS:
        clause = first + 2
    if clause == first or clause + 1 >= last:
        return first
    subject = layout.doc[clause]
    begins = subject.pos_ in _CLAUSE_WORDS and layout.inside[clause] < 0
    return clause if begins and _subject_within(layout, clause, last) else first


def _subject_within(layout: Layout, first: int, last: int) -> bool:
    """Whether a noun phrase that begins at token ``first`` is the subject of a verb in ``first:last``."""
    for token in layout.tokens[first : min(first + _LONGEST_ASIDE, last)]:
        if token.dep_ in SUBJECTS:
            return bool(token.left_edge.i == first and first < token.head.i < last)
    return False


def _is_aside(word: Token, cue: Token) -> bool:
    """Whether the word before "that" belongs to the cue and not to what is said."""
    for _ in range(_LONGEST_ASIDE):
        if word.head.i == cue.i:
            return True
        if word.head.i <= cue.i or word.head.i == word.i:
            return False
        word = word.head
    return False


def from_subject(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where a statement before its cue begins with the subject that a break parts from its verb.

    "The Gazette, a local paper, | published the list, according to Lee."
    """
    if cue is None or cue.i < last or layout.inside[first] >= 0:
        return first
    start = first
    for token in layout.tokens[first:last]:
        if token.pos_ not in _VERBS or (token.dep_ != "ROOT" and first <= token.head.i < last):
            continue
        for child in lefts(token):
            begin = child.left_edge.i
            if (
                child.dep_ in SUBJECTS
                and begin < start
                and layout.doc[first - 1].text == ","
                and begin >= sentence_of(token).start
            ):
                start = begin
    start = _from_list(layout, start)
    return start if all(layout.inside[i] < 0 for i in range(start, first)) else first


def _from_list(layout: Layout, first: int) -> int:
    """Where a sentence begins whose first list a first choice cuts: `As people buy bread, | rope or oil, Lee said`."""
    token, sentence = layout.doc[first], layout.doc[first].sent
    within = sentence.start <= token.head.i < first and token.head.pos_ in _NOUNS
    # "In Dover, | Kent, the rain fell": a town and where that is.
    cut = within and (token.dep_ == "conj" or (token.dep_ == "appos" and token.ent_type_ == "GPE"))
    if not cut or layout.doc[first - 1].text != "," or token.pos_ not in _NOUNS:
        return first
    before = layout.tokens[sentence.start : first]
    told = any(t.tag_ in FINITE and (cue := cue_of(t)) is not None and cue.reports for t in before)
    return first if told else int(sentence.start)


def to_whole_subject(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where a statement before its cue begins whose first noun phrase a first choice cuts: `The group's | chief left`.

    With what leads in to it, where that is no more than a time or a place: `Last week, the group's | chief left`.
    """
    doc = layout.doc
    if cue is not None and 1 < first - cue.i <= _LONGEST_NOUNS and doc[first].tag_ in {*FINITE, "MD"}:
        # "Hopes six months | is enough": the parse takes them for what is hoped.
        nouns = all(t.pos_ in _OF_NOUNS and layout.inside[t.i] < 0 for t in tokens_of(doc)[cue.i + 1 : first])
        return cue.i + 1 if nouns and doc[first - 1].pos_ in {"NOUN", "PROPN"} else first
    if (
        cue is None
        or cue.i < last
        or not first
        or doc[first - 1].tag_ not in _IN_NOUNS
        or layout.inside[first - 1] >= 0
    ):
        return first
    start, opens = first, doc[first].sent.start
    while (
        start > opens
        and layout.inside[start - 1] < 0
        and (doc[start - 1].pos_ in _OF_NOUNS or doc[start - 1].text == "-")
    ):
        start -= 1
    lead = tokens_of(doc)[opens:start]
    if any(token.pos_ in _VERBS or token.dep_ in SUBJECTS or layout.inside[token.i] >= 0 for token in lead):
        return start
    return opens
