"""The cue of a quotation: after it, before it, or in the noun phrase around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of, is_verb
from pipeline.core.dependencies import FINITE, lefts, rights
from pipeline.quotes.attribution import Attribution, according_to, named, said_by
from pipeline.quotes.cue_subject import PAPERS, RELATIVE, can_speak
from pipeline.quotes.issuing_bodies import body_nouns, utterances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.quotation_marks import Quotation
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_LEADS_ON: Final = frozenset(",?!—–-…")
_CLOSING: Final = " '’”\"])"
_CONTENT: Final = frozenset({"ccomp", "dobj", "oprd", "attr", "acomp", "xcomp", "appos", "dep"})
_NOUNS: Final = frozenset({"NOUN", "PROPN", "PRON"})
# Verbs whose clause says what its subject calls something.
_NAMING: Final = frozenset({"brand", "call", "characterize", "deem", "denounce", "describe", "dub", "label"})
# What a line is about, or shows: `Here is her statement:`.
_SUBJECT_MATTER: Final = frozenset({"ROOT", "nsubj", "attr"})
_ASIDE: Final = frozenset({"relcl", "acl"})
_WITHIN: Final = frozenset(
    {"ccomp", "xcomp", "conj", "advcl", "pcomp", "prep", "relcl", "acl", "dobj", "pobj", "nsubj"}
)
_PASSED_ON: Final = frozenset({"according", "per"})
_JUDGING: Final = frozenset({"attacking", "praising"})
_CLIMB: Final = 12
# "As she put it": the words of such an aside, and how far its verb may stand.
_FEWEST_OF_ASIDE: Final = 3
_NAME_REACH: Final = 12
_PUT: Final = frozenset({"it", "them", "this", "that", "him", "her"})
# Words of a long quotation looked at to find what it depends on.
_LOOKED_AT: Final = 40


def leads_on(layout: Layout, quotation: Quotation) -> bool:
    """Whether the punctuation at the end of a quotation says that its sentence goes on."""
    inner = layout.text[quotation.inner_start : quotation.inner_end].rstrip(_CLOSING)[-1:]
    return inner in _LEADS_ON or layout.text[quotation.end : quotation.end + 1] in {",", "—", "–"}


def cue_after(layout: Layout, number: int) -> Attribution | None:  # noqa: C901, PLR0911, PLR0912  one list of cases
    """The cue that follows a quotation in its sentence: `"…," said the mayor`."""
    quotation = layout.quotations[number]
    gap = layout.after(number)
    while gap and not gap[0].is_alpha:
        gap = gap[1:]
    if not gap:
        return None
    ends = layout.text[quotation.inner_start : quotation.inner_end].rstrip(_CLOSING)[-1:]
    on = leads_on(layout, quotation)
    # "…" of the plan, the mayor said: a comma parts the cue from what it follows.
    loose = not on and gap[0].is_lower and ends != "."
    if gap[0].lower_ in {"according", "per"}:
        return according_to(layout, gap)
    if ends == "." and gap[0].is_title and any(t.is_alpha for t in layout.before(number)):
        return None
    verbs = [t for t in gap if is_verb(t)]
    main = [t for t in verbs if t.dep_ not in _ASIDE]
    unlisted = None
    for token in verbs:
        if token.dep_ in _ASIDE and any(cue_of(t) for t in main if t.i > token.i):
            continue
        if not cue_of(token):
            unlisted = unlisted or (token if token.dep_ not in _ASIDE else None)
            continue
        if ends in ".?!" and gap[0].is_title and _says_something_else(token):
            return None
        attribution = said_by(layout, token, gap)
        if attribution is not None and _belongs(attribution, gap, token, on=on):
            return attribution
        if (
            attribution is not None
            and attribution.speaker is not None
            and loose
            and _after_comma(attribution.speaker[0], gap)
        ):
            return attribution
        if attribution is None and on and token.i == gap[0].i:
            return Attribution("no speaker named", cue=token)
        if not on and not loose:
            return None
    if on and unlisted is not None:
        attribution = said_by(layout, unlisted, gap)
        if attribution is not None and attribution.speaker is not None and attribution.speaker[0] >= gap[0].i:
            attribution.resolution = "subject of the verb"
            return attribution
    return according_to(layout, gap) if on else None


def cue_right_after(layout: Layout, number: int) -> Attribution | None:
    """The cue after a quotation with a comma at its end, parted by its subject at most: `…," she said`."""
    quotation = layout.quotations[number]
    if layout.text[quotation.inner_end - 1] != ",":
        return None
    gap = [t for t in layout.after(number) if not t.is_punct]
    attribution = cue_after(layout, number)
    if (
        attribution is None
        or attribution.speaker is None
        or attribution.cue is None
        or not gap
        or gap[0].pos_ == "CCONJ"
    ):
        return None
    starts = gap[0].i in {attribution.cue.i, attribution.speaker[0]}
    goes_on = any(child.dep_ in {"ccomp", "xcomp"} for child in rights(attribution.cue))
    return attribution if starts and not goes_on else None


def put_so(layout: Layout, number: int) -> Attribution | None:
    """Who puts a quotation so, right after it: `"…," as Ann Lee put it`, `"…" as the mayor claimed`."""
    gap = [t for t in layout.after(number) if not t.is_punct]
    if len(gap) < _FEWEST_OF_ASIDE or gap[0].lower_ != "as":
        return None
    verb = next((t for t in gap[1:_NAME_REACH] if is_verb(t) and cue_of(t)), None)
    if verb is None or not _ends_aside(layout, verb):
        return None
    attribution = said_by(layout, verb, gap[1:])
    return (
        attribution
        if attribution is not None and attribution.speaker is not None and attribution.speaker[0] == gap[1].i
        else None
    )


def _ends_aside(layout: Layout, verb: Token) -> bool:
    """Whether nothing but what it puts so follows a verb before the next break."""
    following = verb.i + 1
    if following < len(layout.doc) and layout.doc[following].lower_ in _PUT:
        following += 1
    return following >= len(layout.doc) or layout.doc[following].is_punct or layout.doc[following].is_space


def _belongs(attribution: Attribution, gap: Sequence[Token], cue: Token, *, on: bool) -> bool:
    """Whether the cue after a quotation speaks of it, by where its subject stands."""
    if attribution.speaker is None:
        return False
    if attribution.speaker[0] >= gap[0].i:
        return on or (gap[0].pos_ in {"PRON", "PROPN"} and attribution.speaker[0] == gap[0].i)
    return on and cue.tag_ in {"VBG", "VBD"}


def _after_comma(first: int, gap: Sequence[Token]) -> bool:
    """Whether the words from token ``first`` on stand in ``gap`` right after a comma."""
    return gap[0].i < first <= gap[-1].i and gap[0].nbor(first - 1 - gap[0].i).text == ","


def _says_something_else(cue: Token) -> bool:
    """Whether a cue has a clause of its own right after it: not beyond a comma, as in `she asked, adding that`."""
    if cue.i + 1 < len(cue.doc) and cue.nbor().is_punct:
        return False
    return any(child.dep_ == "ccomp" for child in rights(cue))


def _governing(layout: Layout, number: int) -> list[Token]:
    """Words of the narration that govern a quotation on the parse, nearest first."""
    quotation = layout.quotations[number]
    first = layout.token_at(quotation.start)
    last = min(layout.token_at(quotation.end), first + _LOOKED_AT)
    heads = (layout.doc[i].head for i in range(first, last))
    word = next((head for head in heads if layout.inside[head.i] != number), None)
    governors: list[Token] = []
    for _ in range(_CLIMB):
        if word is None:
            break
        if layout.outside(word):
            governors.append(word)
        word = word.head if word.head.i != word.i else None
    return governors


def retold(layout: Layout, number: int) -> Attribution | None:
    """Who says a quotation that others, named after or before, only pass on: `Lee said it is "a trap," aides say`."""
    before = layout.before(number)
    opening = next((token for token in before if token.is_alpha), None)
    if opening is None:
        return None
    after = next((token for token in layout.after(number) if token.is_alpha), None)
    until = after.i if after is not None and after.lower_ in _PASSED_ON else None
    if until is None and opening.lower_ in _PASSED_ON:
        comma = next((token for token in before if token.text == ","), None)
        if comma is not None and comma.nbor(-1).ent_type_ == "ORG":
            return None  # what a body itself reports of others is its own
        until, before = before[-1].i + 1, [t for t in before if comma is not None and t.i > comma.i]
    if until is None or not before:
        return None
    found = None
    for verb in _governing(layout, number):
        cue = cue_of(verb)
        if verb.i > until or cue is None or not cue.reports or cue.silent or not is_verb(verb):
            continue
        attribution = said_by(layout, verb, before)
        head = attribution.head if attribution is not None else None
        somebody = head is not None and (can_speak(head) or head.pos_ == "PROPN" or head.lower_ in body_nouns())
        if head is not None and somebody and before[0].i <= head.i < verb.i:
            found = attribution
            if head.pos_ != "PRON":
                break
    return found


def cue_before(layout: Layout, number: int) -> Attribution | None:
    """The cue that leads to a quotation in its sentence: `The mayor said, "…"`, `called it "…"`."""
    gap = layout.before(number)
    return cue_in(layout, gap, _governing(layout, number)) if any(t.is_alpha for t in gap) else None


def cue_in(layout: Layout, gap: Sequence[Token], governing: Sequence[Token] = ()) -> Attribution | None:
    """The cue in the words that lead to a quotation. ``governing`` are the words it depends on, nearest first."""
    near = gap[-1].text
    if near == ":" and any(t.dep_ == "expl" for t in gap) and not any(cue_of(t) for t in gap if is_verb(t)):
        return None  # "There is a word for that: “theft.”"
    for cue in _by_likelihood(gap, governing):
        attribution = said_by(layout, cue, gap)
        if attribution is not None and attribution.speaker is not None and attribution.speaker[0] >= gap[0].i:
            return attribution
    fallback = according_to(layout, gap)
    if fallback is None and near in {":", ","}:
        verbs = [t for t in gap if is_verb(t) and t.dep_ not in _ASIDE]
        for verb in verbs[::-1] if near == "," else verbs:
            fallback = said_by(layout, verb, gap)
            if fallback is not None and fallback.head is not None and near == ":" and not can_speak(fallback.head):
                # As in "the news did not surprise Ann Lee" before a colon.
                person = next((t for t in reversed(gap) if t.ent_type_ == "PERSON" and t.i > verb.i), None)
                fallback = named(layout, fallback.resolution, person, verb.i + 1, gap[-1].i + 1) if person else fallback
            if fallback is not None:
                fallback.resolution = "subject of the verb"
                return fallback
    if fallback is None and near == ":":
        noun = _before_colon(gap)
        if noun is not None:
            last = noun.i + 1 if noun.dep_ == "poss" else gap[-1].i
            return named(layout, "before a colon", noun, gap[0].i, last, gap[-1])
    return fallback


def _before_colon(gap: Sequence[Token]) -> Token | None:
    """Who speaks after a line without a verb of saying: `Ann Lee's answer to the doubters: "…"`, else its last noun."""
    subject = next((t for t in gap if t.dep_ == "nsubj" and t.ent_type_ == "PERSON"), None)
    return subject or whose_words(gap) or next((t for t in reversed(gap) if t.pos_ in {"PROPN", "NOUN"}), None)


def whose_words(gap: Sequence[Token]) -> Token | None:
    """Whose the words are that a line leads to and calls so: `Ann Lee's answer:`, `Here is her statement:`."""
    for token in gap:
        noun = token.head
        if token.dep_ != "poss" or token.lower_ == "its" or not (can_speak(token) or token.pos_ in {"PROPN", "PRON"}):
            continue
        shown = noun.dep_ == "ROOT" or (noun.head.i == gap[0].i and gap[0].lower_ == "from")
        is_thing = shown and not can_speak(noun)
        if is_thing or (noun.lower_ in PAPERS | utterances() and noun.dep_ in _SUBJECT_MATTER):
            return token
    return None


def _by_likelihood(gap: Sequence[Token], governing: Sequence[Token]) -> list[Token]:
    """Listed cues of ``gap``, the one that most likely introduces the quotation after it first."""
    listed = [t for t in gap if is_verb(t) and cue_of(t)][::-1]
    chain = [t for t in governing if is_verb(t) and cue_of(t) and gap[0].i <= t.i <= gap[-1].i]

    def main(tokens: Sequence[Token]) -> list[Token]:
        return [t for t in tokens if t.dep_ not in _ASIDE or t.tag_ == "VBG"]

    beside = sorted(main(listed), key=lambda t: t not in chain) if gap[-1].text in {",", ":"} else []
    if not beside and chain:
        chain = [_outermost(chain[0], gap[0].i), *chain]
    # "… including Ann Lee, who called it "a gift"": the cue that the quotation itself depends on, though in an aside.
    depended_on = chain[:1] if chain and governing and governing[0].i == chain[0].i else []
    led = [t for t in listed if leads_alone(t, gap) or (t is listed[0] and _names_next(t, gap))][:1]
    return [*led, *beside, *depended_on, *main(chain), *chain, *main(listed), *listed]


def _names_next(cue: Token, gap: Sequence[Token]) -> bool:
    """Whether a clause with "who" calls something by what follows ``gap``: `and Ann Lee, who called it "a gift"`."""
    who = any(child.lower_ in RELATIVE and child.dep_ == "nsubj" for child in lefts(cue))
    return who and cue.tag_ in FINITE and gap[-1].is_alpha and _leads_to(cue, gap[-1].i + 1)


def leads_alone(cue: Token, gap: Sequence[Token]) -> bool:
    """Whether a listed cue with a subject of its own is the last verb before the colon at the end of ``gap``.

    The parse often hangs a quotation after a colon on an earlier cue: `Lee said he would, and Roe wrote: "…"`.
    """
    if not gap or gap[-1].text != ":" or not cue_of(cue) or cue.dep_ in _ASIDE:
        return False
    left_deps = {child.dep_ for child in lefts(cue) if child.dep_ != "nsubj" or can_speak(child)}
    return (
        "nsubj" in left_deps and not left_deps & {"aux", "auxpass"} and not any(is_verb(t) for t in gap if t.i > cue.i)
    )


def _outermost(cue: Token, first: int) -> Token:
    """The cue whose content holds ``cue``: what "she said she hoped" attributes is what she said."""
    outermost = verb = cue
    for _ in range(_CLIMB):
        content = verb.dep_ == "ccomp"
        if verb.dep_ not in _WITHIN or verb.head.i < first:
            break
        verb = verb.head
        if content and is_verb(verb) and cue_of(verb):
            outermost = verb
    return outermost


def is_content(layout: Layout, number: int, attribution: Attribution) -> bool:
    """Whether a few quoted words are what a cue says, as in `called it "a gift"`, not of the outlet."""
    cue = attribution.cue
    quotation = layout.quotations[number]
    if layout.text[max(0, quotation.start - 4) : quotation.start].rstrip().endswith(":"):
        return True
    if cue is None:
        return False
    first, last = layout.token_at(quotation.start), layout.token_at(quotation.end)
    if cue.tag_ == "VBN" and cue.dep_ in _ASIDE and not any(t.pos_ in _NOUNS for t in layout.tokens[cue.i + 1 : first]):
        # "Those known as "dreamers"": nobody is said to call them so.
        return False
    inside = range(first, min(last, first + _LOOKED_AT))
    roots = [t for t in layout.tokens[inside.start : inside.stop] if t.head.i not in inside and not t.is_punct]
    if any(root.head.lower_ == "as" and root.head.head.i == cue.i for root in roots):
        return True
    listed = cue_of(cue)
    if listed is not None and not listed.reports:
        return False
    return _judges(layout, number, cue) or _leads_to(cue, first) or any(_says(cue, root) for root in roots)


def _judges(layout: Layout, number: int, cue: Token) -> bool:
    """Whether a cue judges something in the quoted words: `blasted the plan for its "outrageous" cost`."""
    listed = cue_of(cue)
    judging = listed is not None and listed.cue_class in _JUDGING and cue.tag_ in FINITE
    return judging and any(token.i == cue.i for token in _governing(layout, number))


def _leads_to(cue: Token, first: int) -> bool:
    """Whether ``cue`` stands right before token ``first``, or is one of naming, with only what it names between."""
    if cue.i >= first or first - cue.i > _LOOKED_AT:
        return False
    between = cue.doc[cue.i + 1 : first]
    listed = cue_of(cue)
    if listed is not None and listed.lemma in _NAMING:
        # A verb between, or "for", makes it another's word or a demand: "called for "calm"".
        return not any(token.pos_ in {"VERB", "AUX"} or token.lower_ == "for" for token in between)
    return not any(token.is_alpha for token in between)


def _says(cue: Token, root: Token) -> bool:
    """Whether ``cue`` governs ``root`` as its content: itself, as a predicate, or in a clause that follows it."""
    head = root.head
    if head.i == cue.i:
        return root.dep_ in _CONTENT or cue.i < root.i
    if root.dep_ in _CONTENT and head.head.i == cue.i and head.dep_ in _CONTENT and head.pos_ in {"VERB", "AUX"}:
        return True
    if cue_of(cue) is None or cue.i > root.i:
        return False
    for _ in range(_CLIMB):
        if head.head.i == cue.i:
            return bool(head.dep_ == "ccomp")
        if head.dep_ == "conj" or head.head.i == head.i:
            return False
        head = head.head
    return False


def possessor(layout: Layout, number: int) -> Attribution | None:
    """Whose words a noun phrase with a quotation in it says they are: `Ann Lee's "…" remark`."""
    quotation = layout.quotations[number]
    first = layout.token_at(quotation.start)
    last = min(layout.token_at(quotation.end), first + _LOOKED_AT)
    for i in range(first, last):
        for token in (layout.doc[i], layout.doc[i].head):
            for child in lefts(token):
                if child.dep_ == "poss" and layout.outside(child) and child.i < first:
                    return named(layout, "possessor", child, child.left_edge.i, child.i + 1)
    return None


def subject_of_sentence(layout: Layout, number: int) -> Attribution | None:
    """The subject of the nearest verb that governs a quotation, where no cue is found."""
    gap = layout.before(number) or layout.after(number)
    for token in _governing(layout, number):
        if token.pos_ in {"VERB", "AUX"}:
            attribution = said_by(layout, token, gap)
            if (
                attribution
                and attribution.head
                and (attribution.head.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"} or attribution.head.pos_ == "PRON")
            ):
                attribution.resolution = "subject of the sentence"
                return attribution
    return None
