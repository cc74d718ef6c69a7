"""Where the content of a cue, once it is chosen, begins and ends: without what is no part of it, with all that is."""

from __future__ import annotations

from calendar import day_name
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.quotes.acts import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.core.quote_layout import Layout
    from pipeline.quotes.attribution import Attribution

_TIMES: Final = frozenset({"DATE", "TIME"})
_DAYS: Final = frozenset({*map(str.lower, day_name), "today", "yesterday", "tonight"})
# Words between a cue and the "that" of what is said: a day, a place, who is told.
_LONGEST_ASIDE: Final = 9
_LONGEST_PHRASE: Final = 12
_LONGEST_COMMENT: Final = 4
_LONGEST_SET_OFF: Final = 24
# Characters of one written word that are looked at.
_LONGEST_WORD: Final = 40
_FEWEST_WORDS: Final = 3
# Words of a phrase that the end of what is said cuts off.
_LONGEST_REST: Final = 40
# What a word is to one after it that it makes no sense without.
_LEADS: Final = frozenset(
    {"amod", "compound", "nummod", "det", "poss", "nmod", "quantmod", "nsubj", "nsubjpass", "aux"}
)
_PARTS: Final = frozenset({",", ";", ":", "—", "–", "--", "("})
_ENDS: Final = frozenset({".", ";", "?", "!", "—", "–", "--", "("})
_BEFORE: Final = frozenset({"before", "after", "while", "when"})
_CONTRASTS: Final = frozenset({"although", "amid", "despite", "though", "while"})
_PRESENT: Final = frozenset({"VBZ", "VBP"})
_PAST: Final = frozenset({"VBD"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_CLAUSE_WORDS: Final = frozenset({"PRON", "DET", "PROPN", "NOUN"})


def without_speakers(layout: Layout, said: Attribution, first: int, last: int) -> tuple[int, int]:
    """The tokens ``first:last`` without the speaker they begin with, and the next cue and its subject they end with."""
    doc = layout.doc
    by = said.cue
    if said.speaker is not None and by is not None and by.pos_ == "VERB" and by.i < said.speaker[0] == first:
        first = min(said.speaker[1], last)
    cue = doc[last - 1]
    if cue.tag_ == "VBG" and cue_of(cue) and last - 2 > first and doc[last - 2].text == ",":
        # A transcript of the words follows.
        return first, _before_joint(layout, first, last - 1)
    if cue.dep_ == "conj" and cue.tag_ in FINITE and cue_of(cue) and layout.inside[cue.i] < 0:
        subject = next((child for child in lefts(cue) if child.dep_ == "nsubj"), None)
        if subject is not None and first < subject.left_edge.i:
            last = _before_joint(layout, first, subject.left_edge.i)
    return first, last


def after_aside(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is said begins after a day, a place or who is told: `Thursday that …`, `reporters in May that …`."""
    doc = layout.doc
    if cue is None or cue.pos_ not in _VERBS or not cue.i < first <= cue.i + 2:
        return first
    if doc[first - 1].text == ",":
        return _after_set_off(layout, cue, first, last)
    for i in range(first, min(first + _LONGEST_ASIDE, last)):
        token = doc[i]
        if token.lower_ == "that" and token.dep_ == "mark" and i > first and _is_aside(doc[i - 1], cue):
            return i
        if token.pos_ in _VERBS or layout.inside[i] >= 0 or (token.dep_ in SUBJECTS and token.lower_ not in _DAYS):
            break
    told = next((c for c in rights(cue) if c.dep_ in {"dobj", "dative"} and c.left_edge.i == first), None)
    if told is not None and any(
        c.dep_ == "ccomp" and c.left_edge.i == told.right_edge.i + 1 < last for c in rights(cue)
    ):
        return int(told.right_edge.i) + 1
    opening = doc[first]
    if opening.lower_ in _DAYS and first + 1 < last and opening.dep_ == "npadvmod" and opening.head.i == cue.i:
        return first + 1
    return _after_day(layout, first, last)


def _after_set_off(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where the clause with "that" begins after what commas set off: `warned, as others did, | that it would fall`."""
    for token in layout.doc[first + 1 : min(first + _LONGEST_SET_OFF, last)]:
        of_cue = token.dep_ == "mark" and token.head.head.i == cue.i
        if token.lower_ == "that" and of_cue and token.nbor(-1).text == "," and layout.inside[token.i] < 0:
            return int(token.i)
    return first


def _after_day(layout: Layout, first: int, last: int) -> int:
    """Where a clause begins after the time of its cue: `said on Monday it would leave`, `said last week it would`."""
    doc, clause = layout.doc, first
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
    for token in layout.doc[first : min(first + _LONGEST_ASIDE, last)]:
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


def before_remark(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is said ends before what the speaker then does: `she would pay but gave no details`."""
    if cue is None or cue.i >= first:
        return last
    last = _before_comment(layout, first, _before_manner(layout, first, last))
    if cue.tag_ == "VBG":
        return _before_next_deed(layout, cue, first, last)
    if cue.tag_ not in FINITE:
        return last
    if cue.dep_ == "relcl" and first < cue.right_edge.i < last:
        return int(cue.right_edge.i) + 1
    for token in layout.doc[first:last]:
        if token.dep_ != "conj" or token.tag_ not in FINITE or layout.inside[token.i] >= 0:
            continue
        if token.head.i != cue.i and not (token.tag_ == cue.tag_ and _is_not_joined(layout, token)):
            continue
        if any(child.dep_ in SUBJECTS for child in lefts(token)):
            continue
        joint = token.left_edge.i - 1
        if joint > first + 1 and layout.doc[joint].pos_ == "CCONJ":
            return _before_joint(layout, first, joint + 1)
    return last


def _before_comment(layout: Layout, first: int, last: int) -> int:
    """Where what is said ends before what the outlet says of it, or sets beside it.

    "She said it had sunk, a claim that others doubt"; "blamed the crew for it — while taking no blame herself".
    """
    doc = layout.doc
    stated = next((t.i for t in doc[first:last] if t.tag_ in {*FINITE, "MD"}), last)
    for i in range(first + _FEWEST_WORDS, last - 1):
        closes = layout.inside[i] >= 0 > layout.inside[i + 1] and doc[i - 1].text == ","
        if not closes and (doc[i].text not in _PARTS or layout.inside[i] >= 0):
            continue
        if i < stated and doc[i].text != "," and doc[i + 1].lower_ == "while" and doc[min(i + 2, last)].tag_ == "VBG":
            return i
        noun = next((t for t in doc[i + 1 : min(i + 1 + _LONGEST_COMMENT, last)] if t.pos_ in {"NOUN", "PRON"}), None)
        if noun is None or noun.lower_ not in listed("words") | {"something"} or noun.left_edge.i != i + 1:
            continue
        if doc[i + 1].lower_ in {"a", "an", "another", "something"} and any(c.dep_ == "relcl" for c in rights(noun)):
            return i + closes
    joint = doc[last - 1].pos_ == "CCONJ" and doc[last - 2].text in _PARTS
    return _before_joint(layout, first, last) if joint else last


def _before_manner(layout: Layout, first: int, last: int) -> int:
    """Where what ends in marks ends before how it was said, or what next: `called it a “wreck” before adding …`."""
    doc = layout.doc
    for i in range(first + _FEWEST_WORDS, last - 1):
        following = doc[i + 1] if doc[i + 1].pos_ != "ADV" or i + 2 >= last else doc[i + 2]
        led = following.i + 2 < last and doc[following.i + 1].text in {",", ":"} and layout.inside[following.i + 2] >= 0
        if (led or following.i == last - 1) and doc[i].lower_ in _BEFORE and _says(following) and layout.inside[i] < 0:
            return i
        if following.tag_ == "VBG" and layout.inside[i] < 0 <= layout.inside[i - 1]:
            goes_on = doc[i].lower_ in _BEFORE and any(_says(t) for t in (following, *rights(following)))
            if goes_on or doc[i].lower_ == "without":
                return i
    return last


def _says(verb: Token) -> bool:
    cue = cue_of(verb)
    return verb.tag_ == "VBG" and cue is not None and cue.reports


def _before_next_deed(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what somebody tells in passing ends before what else they do: `calling it old, buying a new one and …`."""
    for token in layout.doc[first + _FEWEST_WORDS - 1 : last]:
        deed = token.tag_ == "VBG" and token.dep_ in {"conj", "advcl"} and token.head.i == cue.i
        if deed and layout.inside[token.i] < 0 and token.left_edge.i == token.i and token.nbor(-1).text in {",", "and"}:
            return _before_joint(layout, first, token.i)
    return last


def _is_not_joined(layout: Layout, verb: Token) -> bool:
    """Whether a verb after "and" goes with no verb of what is said: by its tense, or after marks that close."""
    before = verb.left_edge.i - 2
    marked = before >= 0 and layout.inside[before] >= 0
    several = {verb.tag_, verb.head.tag_} == _PRESENT and layout.inside[verb.head.i] < 0
    return _would(verb.head) or several or (marked and (layout.inside[verb.head.i] >= 0 or verb.head.tag_ in _PRESENT))


def before_contrast(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is asked for or called something ends before what the outlet sets beside it.

    Not for a whole statement, which may set its own: `called for calm, even as the river rose`.
    """
    if cue is None or cue.i >= first:
        return last
    doc = layout.doc
    for i in range(first + _FEWEST_WORDS, last - 1):
        if doc[i].text != "," or layout.inside[i] >= 0:
            continue
        pair = (doc[i + 1].lower_, doc[i + 2].lower_ if i + 2 < last else "")
        if pair[0] in _CONTRASTS or (pair[0] in {"even", "just"} and pair[1] in {"as", "though"}):
            return i
    return last


def _would(verb: Token) -> bool:
    """Whether a verb has a modal, and so goes with no other that has a tense: `would buy it but gave no price`."""
    return any(child.tag_ == "MD" for child in lefts(verb))


def _before_joint(layout: Layout, first: int, last: int) -> int:
    """``last``, or before the conjunctions and punctuation that stand there."""
    while last > first and (layout.doc[last - 1].pos_ == "CCONJ" or layout.doc[last - 1].is_punct):
        last -= 1
    return last


def with_phrase(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is said ends with a phrase that goes with a word of it: `the birds nest | in the mill`."""
    doc = layout.doc
    if cue is None or cue.i >= first or last >= len(doc) or layout.inside[last] >= 0 or doc[last - 1].is_punct:
        return last
    word = doc[last]
    if word.lower_ in _BEFORE and _says(doc[min(last + 1, len(doc) - 1)]):
        return last
    end = int(word.right_edge.i) + 1
    if word.dep_ != "prep" or not first <= word.head.i < last or end > word.sent.end or end - last > _LONGEST_PHRASE:
        return last
    end = _after_time(layout, first, end)
    closes = end >= len(doc) or doc[end].is_punct or doc[end].is_space
    return end if closes and all(layout.inside[i] < 0 for i in range(last, end)) else last


def to_whole_phrase(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is said ends with the whole of a phrase that the end cuts in two.

    Before the noun or the verb that its last word goes with (`in western | and northern towns`, `the plan that Lee |,
    who is old, has for us`), before an infinitive (`gave a day | for it to close`), or within a list of what is told in
    another tense than the cue's (`said it costs jobs |, takes years, and will fail`).
    """
    doc = layout.doc
    if cue is None or cue.i >= first or last >= len(doc) or layout.inside[last] >= 0 or layout.inside[last - 1] >= 0:
        return last
    stop = min(doc[last - 1].sent.end, last + _LONGEST_REST)
    end = _to_head(layout, first, last, stop)
    end = _to_what_it_takes(layout, end, stop)
    end = _to_infinitive(layout, first, end, stop)
    return _to_list(layout, cue, end, stop)


def _to_head(layout: Layout, first: int, last: int, stop: int) -> int:
    """Where the phrase ends that a modifier, or a subject without its verb, before ``last`` leads to."""
    end = last
    for token in layout.doc[max(first, last - _LONGEST_ASIDE) : last]:
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
    told = any(doc[i + 1].tag_ == cue.tag_ for i in more if i + 1 < ends)
    return ends if (joined or more) and not told else last


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
    for _ in range(_LONGEST_ASIDE):
        if word.dep_ == "relcl" and first <= word.head.i < last and word.left_edge.i == last:
            return min(word.right_edge.i + 1, doc[last].sent.end)
        if word.head.i == word.i or word.head.i < last:
            return last
        word = word.head
    return last


def from_subject(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where a statement before its cue begins with the subject that a break parts from its verb.

    "The Gazette, a local paper, | published the list, according to Lee."
    """
    if cue is None or cue.i < last or layout.inside[first] >= 0:
        return first
    start = first
    for token in layout.doc[first:last]:
        if token.pos_ not in _VERBS or (token.dep_ != "ROOT" and token.head.i >= first):
            continue
        for child in lefts(token):
            begin = child.left_edge.i
            if (
                child.dep_ in SUBJECTS
                and begin < start
                and layout.doc[first - 1].text == ","
                and begin >= token.sent.start
            ):
                start = begin
    return start if all(layout.inside[i] < 0 for i in range(start, first)) else first


def edge_of_word(text: str, at: int, step: int) -> int:
    """The place ``at``, or where the word with a hyphen that it stands in begins (``step`` -1) or ends (1)."""
    edge = at
    if 0 < at < len(text) and "-" in text[at - 1 : at + 1] and "--" not in text[max(0, at - 2) : at + 2]:
        while 0 < edge < len(text) and abs(edge - at) < _LONGEST_WORD and _in_word(text, edge):
            edge += step
    return edge


def _in_word(text: str, at: int) -> bool:
    """Whether the characters on both sides of a place belong to one written word."""
    return all(character.isalnum() or character == "-" for character in text[at - 1 : at + 1])
