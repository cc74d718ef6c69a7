"""Where what is said ends before a clause of the outlet's: the main clause of its sentence, or what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.token_table import tokens_of
from pipeline.quotes.acts import listed

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_FEWEST_WORDS: Final = 3
_CLIMB: Final = 4
# By what a verb hangs on another of the same clause: `responded by telling`.
_SAME_CLAUSE: Final = frozenset({"pcomp", "prep", "xcomp", "conj", "ccomp"})
_OPENS: Final = frozenset({"mark", "advmod"})
# What parts a verb from one before it: another clause, or another of the same.
_JOINTS: Final = frozenset({"CC", "WDT", "WP", "WRB", "EX", "TO"})
_PAST: Final = frozenset({"VBD", "VBN"})
_NOW: Final = frozenset({"VBZ", "VBP"})
_DASHES: Final = frozenset({"—", "–", "--"})
_BREAKS: Final = frozenset({",", "-", "—", "–", "--"})
_OBJECTS: Final = frozenset({"dobj", "prep", "dative"})
# Tokens from a verb to what it brings about: `led to a quick and loud response`.
_NEAR: Final = 6
_LONGEST_SUBJECT: Final = 14
_LONGEST_CALLED: Final = 3
_DETERMINERS: Final = frozenset({"DT", "PRP$"})
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_BEFORE_VENUE: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PART", "VERB"})
_CLAUSES: Final = frozenset({"relcl", "acl"})
_BEFORE_SUBJECT: Final = frozenset({"ADV", "DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART", "CCONJ", "ADP"})


def before_outlet_clause(layout: Layout, cue: Token, first: int, last: int) -> int:
    """The end of ``first:last``, words that follow ``cue``, before what is no part of what is said."""
    last = _before_own_verb(layout, cue, first, _within_bracket(layout, first, last))
    last = _before_main_clause(layout, cue, first, last)
    last = _before_meanwhile(layout, cue, first, _before_venue(layout, cue, first, last))
    last = _before_gloss(layout, first, _before_outcome(layout, first, last))
    return _before_now(layout, cue, first, last)


def venue(layout: Layout, preposition: int, last: int) -> Token | None:
    """The noun after "in a" for what somebody speaks in, before token ``last``: `in her yearly speech`."""
    doc = layout.doc
    if preposition + 2 >= last or doc[preposition + 1].tag_ not in _DETERMINERS:
        return None
    for token in tokens_of(doc)[preposition + 2 : min(preposition + _NEAR, last)]:
        if token.pos_ not in _BEFORE_VENUE or layout.inside[token.i] >= 0:
            return None
        if token.pos_ == "NOUN" and token.nbor().pos_ not in _NOUNS:
            return token if token.lower_ in listed("venues") else None
    return None


def _before_venue(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what is said ends before in what it was said: `called it a “wreck” | in a speech to the crews`.

    After words in marks, or where the parse has that go with the cue.
    """
    doc = layout.doc
    for i in range(first + 1, last - 2):
        if doc[i].lower_ not in listed("in_venue") or layout.inside[i] >= 0:
            continue
        marked = layout.inside[i - 1] >= 0
        few = len(layout.text[doc[first].idx : doc[i].idx].split()) < _FEWEST_WORDS
        if not few and (marked or doc[i].head.i == cue.i) and venue(layout, i, last) is not None:
            return i
    return last


def _before_meanwhile(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what was asked or promised ends before what went on then: `urged them to pay | as the river rose`."""
    doc = layout.doc
    if cue.tag_ != "VBD":
        return last
    for i in range(first, last - 2):
        token = doc[i]
        if layout.inside[i] >= 0:
            continue
        if token.tag_ in {*FINITE, "MD", "WDT", "WP"}:
            return last
        verb = token.head
        when = (
            token.lower_ in listed("as_it_was") and token.dep_ == "mark" and verb.tag_ == "VBD" and verb.dep_ == "advcl"
        )
        if when and i >= first + _FEWEST_WORDS and any(c.dep_ in SUBJECTS and c.i > i for c in lefts(verb)):
            return i - (doc[i - 1].text == ",")
    return last


def _before_gloss(layout: Layout, first: int, last: int) -> int:
    """Where what is said ends before what the outlet calls it: `it would stay open |, a pledge she also made`."""
    doc = layout.doc
    for i in range(first + _FEWEST_WORDS, last - 3):
        if doc[i].text != "," or layout.inside[i] >= 0 or doc[i + 1].lower_ not in {"a", "an"}:
            continue
        noun = next((t for t in doc[i + 2 : i + 2 + _LONGEST_CALLED] if t.tag_ == "NN"), None)
        called = noun is not None and noun.lower_ in listed("words") | listed("pledges") and noun.i + 1 < last
        if noun is not None and called and doc[noun.i + 1].pos_ in {"PRON", "PROPN"}:
            return i
    return last


def _within_bracket(layout: Layout, first: int, last: int) -> int:
    """Where what is said in brackets ends with them: `the plan (or gamble, as Lee insisted | it be called) was …`."""
    opened = 0
    for i in range(first, last):
        if layout.inside[i] >= 0:
            continue
        opened += (layout.doc[i].text == "(") - (layout.doc[i].text == ")")
        if opened < 0:
            return i if i - first >= _FEWEST_WORDS else last
    return last


def _before_own_verb(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what is said of a noun ends before its own verb: `a ferry that drivers say | is too old | will sail`.

    Also after the comma that closes an aside: `The ferry, which drivers say | is old |, will sail`.
    """
    doc = layout.doc
    if doc[first].tag_ not in {*FINITE, "MD"}:
        return last
    for token in tokens_of(doc)[first + 2 : last]:
        closes = token.text == "," and cue.dep_ == "relcl" and token.i + 1 < last
        if closes and (doc[token.i + 1].tag_ in {*FINITE, "MD"} and not any(lefts(doc[token.i + 1]))):
            return int(token.i)
        if layout.inside[token.i] >= 0 or token.dep_ in SUBJECTS or token.tag_ in _JOINTS or token.text in _BREAKS:
            return last
        if token.tag_ in {*FINITE, "MD"}:
            return int(token.i)
    return last


def _before_main_clause(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where a statement in a clause that leads in to its sentence ends: `As Lee announced the plan |, drivers cheered`.

    By the parse, which may yet take both for one statement, as the sentence has no other main clause left.
    """
    doc = layout.doc
    if doc[first - 1].text == ",":  # "as Lee said, the ferry is old": the main clause is what is said
        return last
    verb = _led_in(layout, cue)
    if verb is None:
        return last
    main = verb.head
    if verb.dep_ == "advcl" and main.i > verb.i:
        subject = next((child for child in lefts(main) if child.dep_ in SUBJECTS and child.i > cue.i), None)
        if subject is not None and first + 1 < subject.left_edge.i < last:
            return _break_before(layout, first, subject.left_edge.i) or last
        if first < main.i:
            return last
    if any(t.dep_ in SUBJECTS and t.head.tag_ in FINITE for t in tokens_of(doc)[last : sentence_of(cue).stop]):
        return last
    breaks = [i for i in range(first + 1, last - 1) if doc[i].text in _BREAKS and layout.inside[i] < 0]
    opens = doc[first + (doc[first].lower_ == "that")].lower_ in listed("leads_in")
    return next((i for i in breaks[opens:] if _states_after(layout, i, last)), last)


def _led_in(layout: Layout, cue: Token) -> Token | None:
    """The verb of the clause that opens the sentence of a cue and holds it: `When the mill responded by saying …`."""
    verb = cue
    for _ in range(_CLIMB):
        for child in lefts(verb):
            if child.dep_ in _OPENS and child.lower_ in listed("leads_in"):
                before = layout.tokens[sentence_of(verb).start : child.i]
                others = (t for t in layout.tokens[child.i : cue.i] if t.tag_ in FINITE and t.dep_ != "aux")
                opens = not any(t.pos_ in {"VERB", "AUX"} or t.dep_ in SUBJECTS for t in before)
                alone = all(t.i == verb.i or t.dep_ == "relcl" for t in others) and _opens_with_subject(
                    layout, child, cue
                )
                return verb if opens and alone and layout.inside[child.i] < 0 else None
        if verb.dep_ not in _SAME_CLAUSE or verb.head.i >= verb.i:
            return None
        verb = verb.head
    return None


def _opens_with_subject(layout: Layout, opener: Token, cue: Token) -> bool:
    """Whether a subject comes before any comma after what opens a clause: not in `Once in office, he called for`."""
    before = layout.tokens[opener.i + 1 : cue.i]
    comma = next((t.i for t in before if t.text == ","), cue.i)
    return any(t.dep_ in SUBJECTS and t.i < comma for t in before)


def _break_before(layout: Layout, first: int, subject: int) -> int | None:
    """The last break before a subject, what leads in to it between them."""
    for i in range(subject - 1, first + 1, -1):
        if layout.inside[i] >= 0 or layout.doc[i].tag_ in FINITE:
            return None
        if layout.doc[i].text in _BREAKS and layout.doc[i].nbor().pos_ != "NUM":
            return i
    return None


def _states_after(layout: Layout, at: int, last: int) -> bool:
    """Whether a subject and its verb follow a break, and no word that would make a part of another clause of them."""
    doc = layout.doc
    for token in tokens_of(doc)[at + 1 : min(at + 1 + _LONGEST_SUBJECT, last)]:
        if token.tag_ in {*FINITE, "MD"}:
            return token.i > at + 1
        if layout.inside[token.i] >= 0 or token.pos_ not in _BEFORE_SUBJECT or token.tag_ in {"WDT", "WP", "WRB"}:
            return False
        if token.i == at + 1 and token.pos_ in {"CCONJ", "ADP", "ADV"}:
            return False
    return False


def _before_outcome(layout: Layout, first: int, last: int) -> int:
    """Where a statement ends before what it brought about: `it sank |, which led to laughter |, and that claim`."""
    doc = layout.doc
    for i in range(first + _FEWEST_WORDS, last - 1):
        if doc[i].text not in _BREAKS or layout.inside[i] >= 0 or layout.inside[i + 1] >= 0:
            continue
        following = doc[i + 1]
        if doc[i].text in _DASHES and _is_that(layout, i + 1, last):
            return i
        verb = doc[i + 2] if following.lower_ == "which" and i + 2 < last else following
        brought = verb.lower_ in listed("brings") and (verb.tag_ == "VBG" or verb.i > i + 1)
        if brought and any(
            t.lower_ in listed("reactions") for t in tokens_of(doc)[verb.i + 1 : min(verb.i + 1 + _NEAR, last)]
        ):
            return i
        if following.pos_ == "CCONJ" and _sums_up(layout, i + 2, last):
            return i
    return last


def _is_that(layout: Layout, at: int, last: int) -> bool:
    """Whether a remark on what stands before a dash follows to the end: `120 boats in May — that is well below 300`."""
    doc = layout.doc
    points = doc[at].lower_ in listed("such") and doc[at].dep_ in SUBJECTS and at + 1 < last
    closed = any(doc[i].text in _DASHES for i in range(at, last))
    return points and doc[at + 1].tag_ in FINITE and not closed


def _sums_up(layout: Layout, at: int, last: int) -> bool:
    """Whether what is said is itself the subject of the next clause: `and that message pleased drivers`."""
    doc = layout.doc
    if at + 2 >= last or doc[at].tag_ != "DT" or doc[at].lower_ not in listed("such"):
        return False
    noun = doc[at + 1]
    said = {noun.lower_, noun.lower_.removesuffix("s")} & (listed("words") | listed("comments"))
    return bool(said) and doc[at + 2].tag_ in {*FINITE, "MD"} and not any(c.dep_ in _CLAUSES for c in rights(noun))


def _before_now(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what was said ends before what has come since: `it would open in May |, though nobody has signed`."""
    doc = layout.doc
    stated = next((t for t in tokens_of(doc)[first:last] if t.tag_ in {*FINITE, "MD"} and layout.inside[t.i] < 0), None)
    if stated is None or cue.tag_ not in _PAST:
        return last
    for i in range(stated.i + 1, last - 2):
        opens = i + 1 + (doc[i + 1].lower_ in listed("even"))
        if doc[i].text != "," or layout.inside[i] >= 0 or doc[opens].lower_ not in listed("against"):
            continue
        clause = tokens_of(doc)[opens + 1 : min(opens + 1 + _LONGEST_SUBJECT, last)]
        verb = next((t for t in clause if t.tag_ in {*FINITE, "MD"}), None)
        has_come = verb is not None and verb.tag_ in _NOW and verb.dep_ == "aux" and verb.lower_ in listed("so_now")
        return i if verb is not None and has_come and layout.inside[verb.i] < 0 else last
    return last
