"""Where the content of a cue ends before what the outlet, or the speaker's next deed, adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.token_table import tokens_of
from pipeline.quotes.acts import listed
from pipeline.quotes.indirect.outlet_clauses import before_outlet_clause
from pipeline.quotes.indirect.withheld import before_withheld

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_LONGEST_COMMENT: Final = 4
_LONGEST_ASIDE: Final = 10
_FEWEST_WORDS: Final = 3
_PARTS: Final = frozenset({",", ";", ":", "—", "–", "--", "("})
BEFORE: Final = frozenset({"before", "after", "while", "when"})
_DASHES: Final = frozenset({"—", "–", "--"})
_GLOSSES: Final = _DASHES | {"-"}
_CONTRASTS: Final = frozenset({"although", "amid", "despite", "though", "while"})
_PRESENT: Final = frozenset({"VBZ", "VBP"})


def before_remark(layout: Layout, cue: Token | None, first: int, last: int) -> int:
    """Where what is said ends before what the speaker then does: `she would pay but gave no details`."""
    if cue is None or cue.i >= first:
        return last
    last = _to_dash(layout, cue, first, _before_sentence_in_marks(layout, first, last))
    last = _before_gloss(layout, cue, first, last)
    last = _before_comment(layout, first, _before_manner(layout, first, _before_means(layout, cue, first, last)))
    last = _before_own_deed(layout, cue, first, _before_going_on(layout, cue, first, last))
    last = before_withheld(layout, cue, first, _before_own_clause(layout, cue, first, last))
    last = before_outlet_clause(layout, cue, first, last)
    if cue.tag_ == "VBG":
        return _before_next_deed(layout, cue, first, last)
    if not _has_tense(cue):
        return last
    if cue.dep_ == "relcl" and first < cue.right_edge.i < last:
        return int(cue.right_edge.i) + 1
    for token in layout.tokens[first:last]:
        if token.dep_ != "conj" or not _has_tense(token) or layout.inside[token.i] >= 0:
            continue
        if token.head.i != cue.i and not (token.tag_ == cue.tag_ and _is_not_joined(layout, token)):
            continue
        if any(child.dep_ in SUBJECTS for child in lefts(token)):
            continue
        joint = token.left_edge.i - 1
        then = layout.doc[joint].text == "," and layout.doc[joint + 1].lower_ == "then"
        if joint > first + 1 and (then or layout.doc[joint].pos_ == "CCONJ"):
            return before_joint(layout, first, joint + 1)
    return last


def _before_sentence_in_marks(layout: Layout, first: int, last: int) -> int:
    """Where a statement ends before a sentence in marks, which a full stop parts from it: `at 4 p.m. | “It rains,”`."""
    for i in range(first + 1, last):
        number = layout.inside[i]
        if number < 0 or layout.inside[i - 1] >= 0 or not layout.doc[i - 1].text.endswith("."):
            continue
        quotation = layout.quotations[number]
        if layout.text[quotation.inner_start].isupper():
            return i
    return last


def _has_tense(verb: Token) -> bool:
    """Whether a verb, or the auxiliary of a participle, has a tense: `told`, `have told`, `are calling`."""
    if verb.tag_ in FINITE:
        return True
    return verb.tag_ in {"VBN", "VBG"} and any(c.dep_ == "aux" and c.tag_ in FINITE for c in lefts(verb))


def _to_dash(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what is said in an aside ends with it: `The storm -- crews said it had weakened -- was moving north`."""
    doc = layout.doc
    before = {t.text for t in tokens_of(doc)[sentence_of(cue).start : cue.i] if layout.inside[t.i] < 0} & _DASHES
    closing = (i for i in range(first, last) if doc[i].text in before and layout.inside[i] < 0)
    at = next(closing, last) if before else last
    opened = sum(
        1 for t in tokens_of(doc)[sentence_of(cue).start : cue.i] if t.text in before and layout.inside[t.i] < 0
    )
    return at if opened == 1 and at + 1 < last and at - first >= _FEWEST_WORDS else last


def _before_comment(layout: Layout, first: int, last: int) -> int:
    """Where what is said ends before what the outlet says of it, or sets beside it.

    "She said it had sunk, a claim that others doubt"; "blamed the crew for it — while taking no blame herself".
    """
    doc = layout.doc
    stated = next((t.i for t in tokens_of(doc)[first:last] if t.tag_ in {*FINITE, "MD"}), last)
    for i in range(first + _FEWEST_WORDS, last - 1):
        closes = layout.inside[i] >= 0 > layout.inside[i + 1] and doc[i - 1].text == ","
        if not closes and (doc[i].text not in _PARTS or layout.inside[i] >= 0):
            continue
        if doc[i].text == "," and i > stated and (doc[i + 1].lower_, doc[min(i + 2, last)].lower_) == ("even", "as"):
            return i
        if _says_so(layout, i + 1, last) or (
            closes and doc[i + 1].lower_ == "among" and doc[min(i + 2, last)].lower_ == "other"
        ):
            return i + closes
        if i < stated and doc[i].text != "," and doc[i + 1].lower_ == "while" and doc[min(i + 2, last)].tag_ == "VBG":
            return i
        noun = next(
            (t for t in tokens_of(doc)[i + 1 : min(i + 1 + _LONGEST_COMMENT, last)] if t.pos_ in {"NOUN", "PRON"}), None
        )
        if noun is None or noun.left_edge.i != i + 1:
            continue
        several = noun.tag_ == "NNS" and noun.i == i + 1 and noun.lower_.removesuffix("s") in listed("words")
        sums_up = i > stated and (several or (noun.lower_ in listed("comments") and doc[i + 1].lower_ in {"a", "an"}))
        that = noun.i + 1 < last and doc[noun.i + 1].tag_ == "WDT"
        if sums_up and (that or any(c.dep_ in {"relcl", "acl", "prep"} for c in rights(noun))):
            return i + closes
        if noun.lower_ not in listed("words") | {"something"}:
            continue
        told = that or any(c.dep_ == "relcl" or (c.dep_ == "acl" and c.tag_ == "VBN") for c in rights(noun))
        if doc[i + 1].lower_ in {"a", "an", "another", "something"} and told:
            return i + closes
    joint = doc[last - 1].pos_ == "CCONJ" and doc[last - 2].text in _PARTS
    return before_joint(layout, first, last) if joint else last


def _before_gloss(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what ends in marks ends before what the outlet says of these: `called it “safe” — which it is not`.

    What is called so ends with the comma in its last marks: `called her work “admirable,” like a judge`.
    """
    doc, word = layout.doc, cue_of(cue)
    names = word is not None and word.lemma in listed("names")
    for i in range(first + 1, last - 1):
        if not layout.inside[i - 1] >= 0 > layout.inside[i]:
            continue
        if names and doc[i - 2].text == "," and all(layout.inside[n] < 0 for n in range(i, last)):
            return i
        following = doc[i + 1]
        if doc[i].text not in _GLOSSES or layout.inside[i + 1] >= 0:
            continue
        if following.tag_ == "WDT" or (following.dep_ == "poss" and _no_clause(layout, i + 1, last)):
            return i
    return last


def _no_clause(layout: Layout, first: int, last: int) -> bool:
    """Whether no subject of a clause stands in ``first:last`` before the next dash, but of one that tells of a noun."""
    end = next((i for i in range(first, last) if layout.doc[i].text in _GLOSSES), last)
    return all(t.dep_ not in SUBJECTS or t.head.dep_ == "relcl" for t in layout.tokens[first:end])


def _says_so(layout: Layout, first: int, last: int) -> bool:
    """Whether ``first:last`` are all of an aside on whom else it was said to, and when: `as she told the Gazette`."""
    doc = layout.doc
    if doc[first].lower_ != "as" or not 2 < last - first <= _LONGEST_ASIDE or not doc[first - 1].is_punct:
        return False
    verb = next((t for t in tokens_of(doc)[first + 1 : last] if t.tag_ in FINITE and cue_of(t) is not None), None)
    verb = verb or next(
        (t for t in tokens_of(doc)[first + 1 : last] if t.tag_ == "VBN" and cue_of(t) is not None), None
    )
    if verb is None or any(layout.inside[t.i] >= 0 or t.is_punct for t in tokens_of(doc)[first:last]):
        return False
    word = cue_of(verb)
    spoken = word is not None and word.reports and not word.silent
    somebody = doc[first + 1].pos_ in {"PRON", "PROPN"} and verb.i - first <= _LONGEST_COMMENT
    return spoken and somebody and not any(child.dep_ in {"ccomp", "xcomp"} for child in rights(verb))


def _before_going_on(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where a statement ends before what its speaker goes on to say: `said it is unsafe, pointing to its rust`."""
    doc = layout.doc
    if cue.pos_ != "VERB" or cue.lower_ == "according" or doc[first].lower_ in BEFORE:
        return last
    stated = next((t.i for t in tokens_of(doc)[first:last] if t.tag_ in {*FINITE, "MD"}), last)
    for token in tokens_of(doc)[stated + 1 : last - 1]:
        closes = layout.inside[token.i] < 0 <= layout.inside[token.i - 1] and doc[token.i - 2].text == ","
        after_comma = token.nbor(-1).text == "," and layout.inside[token.i] < 0 and layout.inside[token.i - 1] < 0
        before = int(token.i) - after_comma
        after_comma = after_comma or closes
        if after_comma and token.tag_ == "VBG" and token.lower_ in listed("while_saying"):
            return before
        word = cue_of(token) if after_comma and says(token) and token.dep_ not in {"csubj", "nsubj"} else None
        if word is not None and not word.silent and word.lemma not in listed("acts"):
            return before
    return last


def _before_means(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what is said ends before by what somebody says it: `suggested he is unfit | by accusing him of lying`."""
    for token in layout.tokens[first + _FEWEST_WORDS : last - 1]:
        goes_with = token.head.i == cue.i or (token.head.pos_ == "AUX" and token.head.i < token.i)
        if token.lower_ in {"by", "despite"} and layout.inside[token.i] < 0 and goes_with and says(token.nbor()):
            return int(token.i)
    return last


def _before_manner(layout: Layout, first: int, last: int) -> int:
    """Where what ends in marks ends before how it was said, or what next: `called it a “wreck” before adding …`."""
    doc = layout.doc
    for i in range(first + _FEWEST_WORDS, last - 1):
        following = doc[i + 1] if doc[i + 1].pos_ != "ADV" or i + 2 >= last else doc[i + 2]
        led = following.i + 2 < last and doc[following.i + 1].text in {",", ":"} and layout.inside[following.i + 2] >= 0
        if (led or following.i == last - 1) and doc[i].lower_ in BEFORE and says(following) and layout.inside[i] < 0:
            return i
        if following.tag_ == "VBG" and layout.inside[i] < 0 <= layout.inside[i - 1]:
            goes_on = doc[i].lower_ in BEFORE and any(says(t) for t in (following, *rights(following)))
            stated = any(t.tag_ in {*FINITE, "MD"} for t in tokens_of(doc)[first:i])
            if goes_on or doc[i].lower_ == "without" or (doc[i].lower_ in BEFORE and not stated):
                return i
    return last


def _before_own_deed(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what ends in marks and a comma ends before what the speaker does next: `called it “a farce,” then left`.

    Before another's deed as well, where a cue of naming tells no statement that might go on with it.
    """
    doc, word = layout.doc, cue_of(cue)
    for i in range(first + 1, last - 1):
        closes = layout.inside[i] >= 0 > layout.inside[i + 1] and doc[i - 1].text == ","
        if not closes and not (doc[i].text == "," and layout.inside[i] < 0 <= layout.inside[i - 1]):
            continue
        following = next((t for t in tokens_of(doc)[i + 1 : last] if t.pos_ not in {"CCONJ", "ADV"}), None)
        if following is None or layout.inside[following.i] >= 0:
            continue
        joined = following.i > i + 1
        listing = doc[i - 1 - closes].tag_ in FINITE
        verb = following.head if following.dep_ in {"aux", "auxpass"} else following
        deed = following.tag_ == cue.tag_ == "VBD" and not any(child.dep_ in SUBJECTS for child in lefts(verb))
        if deed and not listing:
            return i + closes
        subject = following
        while subject.dep_ not in SUBJECTS and subject.head.i > subject.i:
            subject = subject.head
        names = word is not None and word.lemma in listed("names")
        if names and joined and subject.dep_ in SUBJECTS and subject.left_edge.i > i and subject.head.tag_ in FINITE:
            return i + closes
    return last


def says(verb: Token) -> bool:
    """Whether a participle reports words: `before adding`."""
    cue = cue_of(verb)
    return verb.tag_ == "VBG" and cue is not None and cue.reports


def _before_next_deed(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what somebody tells in passing ends before what else they do: `calling it old, buying a new one and …`."""
    for token in layout.tokens[first + _FEWEST_WORDS - 1 : last]:
        deed = token.tag_ == "VBG" and token.dep_ in {"conj", "advcl"} and token.head.i == cue.i
        if deed and layout.inside[token.i] < 0 and token.left_edge.i == token.i and token.nbor(-1).text in {",", "and"}:
            return before_joint(layout, first, token.i)
    return last


def _before_own_clause(layout: Layout, cue: Token, first: int, last: int) -> int:
    """Where what somebody vows to do ends before the outlet's clause: `vowed to sue | but its plan met criticism`."""
    if layout.doc[first].tag_ != "TO":
        return last
    for token in layout.tokens[first + _FEWEST_WORDS - 1 : last]:
        own = token.dep_ == "conj" and token.tag_ in FINITE and token.head.i == cue.i and layout.inside[token.i] < 0
        subject = next((c for c in lefts(token) if c.dep_ in SUBJECTS), None) if own else None
        joint = token.left_edge.i - 1
        if subject is not None and joint > first + 1 and layout.doc[joint].lower_ == "but":
            return before_joint(layout, first, joint + 1)
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


def before_joint(layout: Layout, first: int, last: int) -> int:
    """``last``, or before the conjunctions and punctuation that stand there."""
    while last > first and (layout.doc[last - 1].pos_ == "CCONJ" or layout.doc[last - 1].is_punct):
        last -= 1
    return last
