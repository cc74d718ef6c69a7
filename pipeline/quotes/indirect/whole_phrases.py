"""Where what is said ends with the whole of a phrase that a first choice of its end cuts in two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.token_table import tokens_of
from pipeline.quotes.indirect.remarks import BEFORE, says

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_LONGEST_PHRASE: Final = 12
# Words of a phrase that the end of what is said cuts off, and back from it to what it goes with.
_LONGEST_REST: Final = 40
_NEAR: Final = 9
# Characters of one written word that are looked at.
_LONGEST_WORD: Final = 40
_YEAR: Final = 4
# Words of what joins two things: `as well as`.
_REACH: Final = 4
# Parts of a compound that lead one to the next.
_HYPHENS: Final = 3
# What a word is to one after it that it makes no sense without.
_LEADS: Final = frozenset(
    {"amod", "compound", "nummod", "det", "poss", "nmod", "quantmod", "nsubj", "nsubjpass", "aux"}
)
_PARTS: Final = frozenset({",", ";", ":", "—", "–", "--", "("})
_ENDS: Final = frozenset({".", ";", "?", "!", "—", "–", "--", "("})
_PRESENT: Final = frozenset({"VBZ", "VBP"})
_PAST: Final = frozenset({"VBD"})
# What goes with a word before it: its object, what it is said to be, a participle that tells more of it.
_TAKES: Final = frozenset({"prep", "pobj", "dobj"})
# What no verb that leads to it can stand without: `what makes | them safe`.
_MAKES: Final = frozenset({"ccomp", "xcomp", "dobj"})
_GOES_WITH: Final = frozenset({"acl", "dobj", "attr", "acomp", "oprd", "pobj", "xcomp"})
# Prepositions that go with a word right before them rather than with the cue, as those of time and place do.
_TAKEN: Final = frozenset({"to", "by", "with", "against", "of", "from", "for", "about", "between"})
_MODIFIES: Final = frozenset({"amod", "compound", "nmod"})
_LISTED: Final = frozenset({"appos", "conj", "dobj"})
_NOUNS: Final = frozenset({"NOUN", "PROPN", "NUM"})


def with_phrase(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is said ends with a phrase that goes with a word of it: `the birds nest | in the mill`."""
    doc = layout.doc
    if cue is None or cue.i >= first or last >= len(doc) or layout.inside[last] >= 0 or doc[last - 1].is_punct:
        return last
    word = doc[last]
    if word.lower_ == "according" or (word.lower_ in BEFORE and says(doc[min(last + 1, len(doc) - 1)])):
        return last
    end = int(word.right_edge.i) + 1
    if (
        word.dep_ != "prep"
        or not first <= word.head.i < last
        or end > sentence_of(word).stop
        or end - last > _LONGEST_PHRASE
    ):
        return last
    end = _after_time(layout, first, end)
    closes = end >= len(doc) or doc[end].is_punct or doc[end].is_space
    return end if closes and all(layout.inside[i] < 0 for i in range(last, end)) else last


def after_marks(layout: Layout, first: int, last: int) -> int:
    """Where a statement that ends in marks goes on with what their last words take: `would “stick” | with voters`."""
    doc = layout.doc
    if last + 1 >= len(doc) or layout.inside[last] >= 0 or layout.inside[last - 1] < 0:
        return last
    if not doc[last - 1].is_punct or not doc[last - 2].is_alpha:
        return last
    if doc[last - 2].dep_ in _MODIFIES and last <= doc[last - 2].head.i <= last + _REACH and not doc[last - 3].is_space:
        # "Enforcing its “zero-tolerance” | immigration policy".
        end = doc[last - 2].head.i + 1
        return end if not any(t.is_punct for t in tokens_of(doc)[last:end]) and _are_things(layout, last, end) else last
    word = doc[last]
    # "The “codes” | given to 73 sailors".
    told = word.dep_ == "acl" and word.tag_ == "VBN"
    if word.lower_ not in _TAKEN and not told:
        return last
    end = int(word.right_edge.i) + 1
    if (
        (word.dep_ not in {"prep", "agent", "dative"} and not told)
        or not first <= word.head.i < last
        or end - last > _LONGEST_PHRASE
    ):
        return last
    end = next((i for i in range(last, end) if doc[i].text in _PARTS), end)
    closes = end >= len(doc) or doc[end].is_punct or doc[end].is_space
    return end if closes and _are_things(layout, last, end) else last


def to_whole_phrase(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is said ends with the whole of a phrase that the end cuts in two.

    Before the noun or the verb that its last word goes with (`in western | and northern towns`, `the plan that Lee |,
    who is old, has for us`), before an infinitive (`gave a day | for it to close`), before what goes with a word of it
    (`the money | sought by Lee`, `buses | and boats`), or within a list of what is told in another tense than the cue's
    (`said it costs jobs |, takes years, and will fail`), between a clause and its main clause (`that if it rains |, the
    ferry stays`) or within a date or the name of a place (`on May 7 |, 1903`, `in Dover |, Delaware`).
    """
    doc = layout.doc
    if cue is None or cue.i >= first or last >= len(doc) or layout.inside[last] >= 0 or layout.inside[last - 1] >= 0:
        return last
    stop = min(doc[last - 1].sent.end, last + _LONGEST_REST)
    end = _to_main_clause(layout, first, last, stop)
    end = _to_date_or_state(layout, first, end, stop)
    for _ in range(_HYPHENS):
        # "For all middle | -class | earners".
        end = _to_head(layout, first, end, stop)
    end = _to_what_it_takes(layout, end, stop)
    end = _to_infinitive(layout, first, end, stop)
    end = _to_rest(layout, first, end, stop)
    end = _to_joined(layout, first, end, stop)
    end = _to_last_of_three(layout, cue, first, end, stop)
    end = _to_joined_verb(layout, cue, first, end, stop)
    return _to_same_opening(layout, first, _to_list(layout, cue, end, stop))


def _to_same_opening(layout: Layout, first: int, last: int) -> int:
    """Where a list of statements ends that begin alike: `said it should pay |, it should rest, and it should row`."""
    doc = layout.doc
    stop = doc[first].sent.end
    if last + _REACH >= stop or doc[last].text != ",":
        return last
    alike = 1 if doc[first].lower_ == "that" and doc[first].dep_ == "mark" else 2
    told = alike == 1 or (doc[first].tag_ == "PRP" and doc[first + 1].tag_ == "MD")
    begin = last + 1 + (doc[last + 1].pos_ == "CCONJ")
    told = told and (alike > 1 or doc[begin].dep_ == "mark")  # not "it would pay, and that message pleased drivers"
    if not told or any(doc[begin + n].lower_ != doc[first + n].lower_ for n in range(alike)):
        return last
    end = next((i for i in range(begin, stop) if doc[i].text in _ENDS), stop)
    return end if all(layout.inside[i] < 0 for i in range(last, end)) else last


def _to_main_clause(layout: Layout, first: int, last: int, stop: int) -> int:
    """Where the main clause ends after a comma, of which a statement has only the clause before: `if it rains |, …`."""
    doc = layout.doc
    opening = doc[first + (doc[first].lower_ == "that" and first + 1 < last)]
    verb = opening.head
    if doc[last].text != "," or opening.dep_ not in {"mark", "advmod"} or verb.dep_ != "advcl" or verb.i >= last:
        return last
    main = verb.head
    if verb.left_edge.i != opening.i or not last < main.i < stop or main.left_edge.i > opening.i:
        return last
    end = min(main.right_edge.i + 1, stop)
    end = next((i for i in range(main.i, end) if doc[i].text in _ENDS), end)
    return end if cue_of(main) is None and all(layout.inside[i] < 0 for i in range(last, end)) else last


def _to_date_or_state(layout: Layout, first: int, last: int, stop: int) -> int:
    """Where a date ends with its year, and a town with its state."""
    doc = layout.doc
    if last + 1 >= stop or doc[last].text != "," or last - 1 < first:
        return last
    before, after = doc[last - 1], doc[last + 1]
    year = before.is_digit and after.is_digit and len(after.text) == _YEAR and before.ent_type_ == "DATE"
    state = before.ent_type_ == after.ent_type_ == "GPE" and after.dep_ == "appos" and after.head.i == before.i
    end = (last + 2) if year else after.right_edge.i + 1 if state and after.right_edge.i - last < _REACH else last
    return end if end >= len(doc) or end == last or doc[end].is_punct or doc[end].is_space else last


def _to_last_of_three(layout: Layout, cue: Token, first: int, last: int, stop: int) -> int:
    """Where a list ends that the end cuts after its first: `wants a fare |, a new boat, and an end to strikes`."""
    doc = layout.doc
    if last + 1 >= stop or doc[last].text != ",":
        return last
    second = doc[last + 1]
    while last + 1 <= second.head.i < stop and second.head.i != second.i and second.dep_ not in _LISTED:
        second = second.head
    joint = next((t for t in rights(second) if t.dep_ == "cc" and t.nbor(-1).text == ","), None)
    third = next((t for t in rights(second) if t.dep_ == "conj" and joint is not None and t.i > joint.i), None)
    within = first <= second.head.i < last or (second.dep_ == "dobj" and second.head.i == cue.i)
    in_list = second.dep_ in _LISTED and second.left_edge.i == last + 1 and within
    if third is None or not in_list or not {second.pos_, third.pos_, doc[last - 1].pos_} <= _NOUNS:
        return last
    end = min(third.right_edge.i + 1, stop)
    closes = end >= len(doc) or doc[end].is_punct or doc[end].is_space
    return end if closes and _are_things(layout, last, end) else last


def _to_joined_verb(layout: Layout, cue: Token, first: int, last: int, stop: int) -> int:
    """Where a second verb in another tense than the cue's ends: `said it oversteps the law | and rejects the vote`."""
    doc = layout.doc
    tense = _PRESENT if cue.tag_ == "VBD" else _PAST if cue.tag_ in _PRESENT else frozenset()
    if last + 1 >= stop or doc[last].pos_ != "CCONJ":
        return last
    verb = next((t for t in tokens_of(doc)[last + 1 : stop] if t.pos_ in {"VERB", "AUX"}), doc[last])
    told = verb.head if verb.dep_ in {"aux", "auxpass"} else verb
    if verb.tag_ not in tense or told.dep_ != "conj" or not first <= told.head.i < last:
        return last
    if told.left_edge.i != last + 1 or any(child.dep_ in SUBJECTS for child in lefts(told)):
        return last
    end = min(told.right_edge.i + 1, stop)
    end = next((i for i in range(told.i, end) if doc[i].text in _PARTS), end)
    return end if all(layout.inside[i] < 0 for i in range(last, end)) else last


def _to_head(layout: Layout, first: int, last: int, stop: int) -> int:
    """Where the phrase ends that a modifier, or a subject without its verb, before ``last`` leads to."""
    end = last
    for token in layout.tokens[max(first, last - _NEAR) : last]:
        head = token.head
        if token.dep_ not in _LEADS or not last <= head.i < stop or head.left_edge.i < first:
            continue
        if token.dep_ in SUBJECTS and (token.dep_ == "nsubjpass" or cue_of(head) is None):
            end = max(end, min(head.right_edge.i + 1, stop))
        elif token.dep_ not in SUBJECTS and not any(t.text in _PARTS for t in layout.tokens[last : head.i]):
            end = max(end, head.i + 1)
    return end if all(layout.inside[i] < 0 for i in range(last, end)) else last


def _to_what_it_takes(layout: Layout, last: int, stop: int) -> int:
    """Where the words end that a verb or a preposition right before ``last`` leads to: `trips from | May`."""
    doc = layout.doc
    if last >= stop or doc[last - 1].pos_ not in {"VERB", "ADP"}:
        return last
    told = cue_of(doc[last - 1])
    says_on = told is not None and told.reports and not told.silent
    takes = _TAKES if doc[last - 1].tag_ in {"VBG", "IN"} else frozenset() if says_on else _MAKES
    word = next((t for t in rights(doc[last - 1]) if t.dep_ in takes and t.left_edge.i == last), None)
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
        for t in layout.tokens[first:last]
    )


def _to_joined(layout: Layout, first: int, last: int, stop: int) -> int:
    """Where a list of things ends that the end cuts before its last: `for trains, buses | and boats`."""
    doc = layout.doc
    joint = next((t for t in tokens_of(doc)[last : min(last + _REACH, stop)] if t.dep_ == "cc"), None)
    if joint is None or joint.left_edge.i > last + (doc[last].text == ",") or joint.lower_ == "but":
        return last
    before = joint.head
    after = next((t for t in rights(before) if t.dep_ == "conj" and t.i > joint.i), None)
    if after is None or not first <= before.i < last or after.left_edge.i <= joint.i:
        return last
    things = {before.pos_, after.pos_} <= _NOUNS or before.pos_ == after.pos_ == "ADJ"
    # "Either for the rich | or for everyone".
    things = things or (before.pos_ == after.pos_ == "ADP" and after.left_edge.i == joint.i + 1)
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


def with_but_also(layout: Layout, first: int, last: int) -> int:
    """Where what is said ends with the other half of "not only": `it not only leaks, | but it could also sink`."""
    doc, stop = layout.doc, layout.doc[first].sent.end
    only = next((i for i in range(first + 1, last) if doc[i].lower_ == "only" and doc[i - 1].lower_ == "not"), last)
    but = last + (last < len(doc) and doc[last].text == ",")
    if (
        only == last
        or but >= stop
        or doc[but].lower_ != "but"
        or any(t.lower_ == "but" for t in tokens_of(doc)[only:last])
    ):
        return last
    end = next((i for i in range(but + 1, stop) if doc[i].text in _ENDS), stop)
    return end if all(layout.inside[i] < 0 for i in range(last, end)) else last


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
