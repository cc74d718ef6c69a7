"""An attribution in the making: a cue, and the noun phrase in the narration that it makes the speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, lefts, rights
from pipeline.core.resource_tables import toml
from pipeline.core.token_table import tokens_of
from pipeline.quotes.cue_subject import NOMINAL, RELATIVE, can_speak, name_span, subject_of
from pipeline.quotes.interrupted_subjects import before_participle, name_cut_off, parted_from
from pipeline.quotes.issuing_bodies import body_nouns
from pipeline.quotes.spoken_again import by_age
from pipeline.quotes.subjects.hung_wrong import put_right, speaks_itself

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_NOT_BEFORE_NOUN: Final = frozenset({"ADP", "VERB", "SCONJ", "AUX", "CCONJ"})
_CALLS_FOR_NOUN: Final = frozenset({"DET", "ADP", "ADJ", "NUM"})
_NAME_REACH: Final = 8
_NEAR: Final = 60
# Tokens from a first name to the surname after a nickname in marks.
_NICKNAME: Final = 5
_INITIALISM: Final = re.compile(r"(?:[A-Z]\.){2,}")
_CLIMB: Final = 8
_NAMED: Final = frozenset({"NOUN", "PROPN"})
_TIMES: Final = frozenset({"DATE", "TIME"})
_PLURAL: Final = frozenset({"NNS", "NNPS"})
_HELD: Final = frozenset({"aux", "nsubj", "nsubjpass", "expl"})
# As what a clause goes on with the sentence, not inside what is said in it.
_GOES_ON: Final = frozenset({"ROOT", "advcl", "conj"})


@dataclass(slots=True)
class Attribution:
    """The cue and speaker of an attribution.

    ``speaker`` is the token span of the words that stand for the speaker; ``head`` the word that names them: another
    than in ``speaker`` only where that is a relative pronoun, and then ``name`` is the token span of its noun phrase.
    """

    resolution: str
    head: Token | None = None
    speaker: tuple[int, int] | None = None
    cue: Token | None = None
    name: tuple[int, int] | None = None


def said_by(layout: Layout, cue: Token, gap: Sequence[Token] = ()) -> Attribution | None:
    """The attribution that ``cue`` makes: to its subject, or to the noun beside it in ``gap`` if it has none."""
    cut_off = name_cut_off(layout, cue)
    while cut_off is not None and cut_off.dep_ == "conj" and cut_off.head.pos_ == "PROPN":
        cut_off = cut_off.head  # "Ann Lee and Bo Kim [READ MORE] said"
    if cut_off is not None:
        return named(layout, "subject of the cue", cut_off, 0, cue.i, cue)
    aged = by_age(layout, cue)
    if aged is not None:
        return Attribution("subject of the cue", aged[0], (aged[1], aged[0].i + 1), cue)
    return _by_subject(layout, cue, gap)


def _by_subject(layout: Layout, cue: Token, gap: Sequence[Token]) -> Attribution | None:
    """The attribution to what the parse, or the words beside it, make the subject of ``cue``."""
    parsed = before_participle(layout, cue) or subject_of(cue, layout.outside)
    head = put_right(layout, cue, parsed)
    moved = head is not None and (parsed is None or head.i != parsed.i)
    if head is None and any(child.dep_ == "auxpass" for child in lefts(cue)):
        # "Lee was asked, "Why?"": the one beside it is spoken to or of.
        return None
    timed = _before_time(head, cue)
    head = timed or _named_after(head, cue) or _by_doing(layout, cue)
    beside = _noun_beside(cue, gap)
    told_of = head is not None and cue.dep_ == "relcl" and head.i == cue.head.i
    told_of = told_of and head is not None and (head.tag_ in _PLURAL or speaks_itself(cue, head))
    run_on = timed is None and not moved and head is not None and head.i < cue.i - 1 and head.head.i != cue.i
    if run_on and cue.tag_ in FINITE and not (told_of and head is not None and head.tag_ not in _PLURAL):
        head = _run_on(cue) or head
    if head is not None and layout.block_of(head) is None:
        head = _other_subject(layout, head) or _run_on(cue)
    away = timed is None and not moved and head is not None and head.i < cue.i and head.head.i != cue.i and not told_of
    thing = head is not None and (not can_speak(head) or (head.lower_ == "it" and cue.tag_ == "VBG"))
    if head is not None and away and thing:
        head = _whocan_speak(layout, cue, head) or _nearer(layout, cue, head) or head
    head = head or beside or _unattached(layout, cue) or parted_from(layout, cue) or _of_list(layout, cue)
    head = head or _of_what_governs(layout, cue)
    if head is None or (head.i > cue.i and head.dep_ not in {"nsubj", "pobj"}):
        head = beside or head
    elif beside is not None and head.i < beside.i < cue.i and _stray(head, beside):
        head = beside
    if head is None or head.tag_ == "EX":
        # "There is a word for that": nobody.
        return None
    lower, upper = (_own_sentence(head), cue.i) if head.i < cue.i else (cue.i + 1, len(layout.doc))
    attribution = named(layout, "subject of the cue", head, lower, upper, cue)
    if attribution is not None and cue.dep_ == "relcl" and head.i < cue.i:
        pronoun = next((c for c in lefts(cue) if c.dep_ == "nsubj" and c.lower_ in RELATIVE), None)
        if pronoun is not None and attribution.speaker is not None and attribution.speaker[0] < pronoun.i:
            first, last = attribution.speaker
            attribution.name, attribution.speaker = (first, min(last, pronoun.i)), (pronoun.i, pronoun.i + 1)
    return attribution


def _named_after(head: Token | None, cue: Token) -> Token | None:
    """``head``, or the name after it where the parse has both for subjects: `A lifelong sailor, Lee said`."""
    if head is None or head.pos_ != "NOUN" or head.head.i != cue.i or head.i > cue.i:
        return head
    named = (t for t in lefts(cue) if t.dep_ == "nsubj" and t.pos_ == "PROPN" and t.i > head.i)
    return next((t for t in named if t.left_edge.i and t.left_edge.nbor(-1).text == ","), head)


def _before_time(time: Token | None, cue: Token) -> Token | None:
    """The noun right before a time that the parse took for the subject: `officials last week said`."""
    if time is None or time.ent_type_ not in _TIMES or time.i > cue.i:
        return None
    first = time.left_edge.i
    while first and time.doc[first - 1].ent_type_ in _TIMES:
        first -= 1
    before = time.doc[first - 1] if first else time
    if before.pos_ in {"NOUN", "PROPN"} and before.ent_type_ not in _TIMES and can_speak(before):
        return before
    who = cue.dep_ == "relcl" and any(child.lower_ == "who" for child in lefts(cue))
    return _told_then(time, before) if who else None


def _told_then(time: Token, before: Token) -> Token | None:
    """Whom a clause after a time tells of: `the paper quoted an aide on Tuesday night who called it bad`."""
    if before.dep_ != "prep" or time.head.i != before.i:
        return None
    if before.head.pos_ in {"NOUN", "PROPN"}:
        return before.head if can_speak(before.head) else None
    return next(
        (t for t in reversed(rights(before.head)) if t.dep_ == "dobj" and t.i < before.i and can_speak(t)), None
    )


def _by_doing(layout: Layout, cue: Token) -> Token | None:
    """Who does something "by" saying: the subject of the sentence, where the parse hung that on words in between."""
    if cue.tag_ != "VBG" or cue.dep_ != "pcomp" or cue.head.lower_ != "by":
        return None
    verb = cue.head
    for _ in range(_CLIMB):
        if verb.head.i == verb.i or verb.head.i > cue.i:
            return None
        verb = verb.head
        subject = next((t for t in lefts(verb) if t.dep_ == "nsubj" and layout.outside(t)), None)
        if subject is not None and verb.pos_ in {"VERB", "AUX"}:
            return subject if can_speak(subject) or subject.pos_ == "PROPN" else None
    return None


def _whocan_speak(layout: Layout, cue: Token, thing: Token) -> Token | None:
    """The subject of a verb that governs ``cue``, where ``thing``, the nearest such subject, cannot be what speaks.

    "Lee denied that a change is coming, explaining …": two verbs to hang on, and the parse often takes the wrong one.
    """
    verb = cue
    for _ in range(_CLIMB):
        if verb.head.i == verb.i:
            return None
        verb = verb.head
        for subject in lefts(verb):
            if (
                subject.dep_ in {"nsubj", "nsubjpass"}
                and subject.i != thing.i
                and layout.outside(subject)
                and (can_speak(subject) or (thing.lower_ == "it" and subject.lower_ in body_nouns()))
            ):
                return subject
    return None


def _nearer(layout: Layout, cue: Token, thing: Token) -> Token | None:
    """The last subject that can speak between ``thing`` and a participle after a comma, that the parse hung on another.

    "The talks went on as Lee tried to stop them, accusing the mayor …": the participle goes with the nearest clause.
    """
    if cue.tag_ != "VBG" or not cue.i or cue.nbor(-1).text != ",":
        return None
    for token in reversed(layout.tokens[max(thing.i + 1, cue.i - _NEAR) : cue.i]):
        if token.dep_ == "nsubj" and token.head.dep_ in _GOES_ON and layout.outside(token) and can_speak(token):
            return token
    return None


def _unattached(layout: Layout, cue: Token) -> Token | None:
    """The nouns right before a cue that the parse gave to a preposition: "At the Post, Lee and Roe said …"."""
    has_subject = any(child.dep_ in _HELD for child in lefts(cue))
    noun = None if has_subject or cue.tag_ not in FINITE or cue.dep_ == "relcl" else _run_on(cue)
    if noun is None or not layout.outside(noun):
        return None
    if noun.dep_ == "appos" and noun.ent_type_ == "PERSON" and noun.head.dep_ == "pobj":
        # "In a note to the council, Mayor Ann Lee asked": the parse takes her for the council.
        return noun if noun.left_edge.i and noun.left_edge.nbor(-1).text == "," else None
    if noun.dep_ == "ROOT" or noun.lower_ == "others":
        # "Republicans allege", "some oppose the law and others say": the parse made a sentence, or a thing, of it.
        return noun if can_speak(noun) or noun.lower_ == "others" else None
    for _ in range(_CLIMB):
        noun = noun.head if noun.dep_ == "conj" and noun.head.dep_ == "conj" else noun
    return noun if noun.dep_ == "conj" and can_speak(noun) else None


def _other_subject(layout: Layout, subject: Token) -> Token | None:
    """Another subject of the verb of one that is furniture, as a dateline is: `(News Wire) – Ann Lee laid out …`."""
    others = (t for t in lefts(subject.head) if t.dep_ == "nsubj" and t.i > subject.i and layout.outside(t))
    return next((t for t in others if layout.block_of(t) is not None and can_speak(t)), None)


def _of_what_governs(layout: Layout, cue: Token) -> Token | None:
    """Who does what a cue without a subject goes with: `was quick to slam`, `…, calling for`."""
    verb = cue.head
    if cue.tag_ == "VBG" and cue.dep_ == "advcl" and cue.i and cue.nbor(-1).text == "," and verb.i < cue.i:
        if verb.pos_ == "PROPN" and layout.outside(verb):
            return verb if can_speak(verb) else None
        return _unattached(layout, verb)
    led = cue.tag_ == "VB" and any(child.tag_ == "TO" for child in lefts(cue)) and verb.pos_ in {"ADJ", "ADV"}
    if not led or verb.head.pos_ not in {"VERB", "AUX"} or verb.i > cue.i:
        return None
    subject = next((t for t in lefts(verb.head) if t.dep_ == "nsubj" and layout.outside(t)), None)
    return (
        subject
        if subject is not None and subject.i < verb.i and can_speak(subject) and subject.lower_ != "it"
        else None
    )


def _of_list(layout: Layout, cue: Token) -> Token | None:
    """Who says the first of a list of statements: `Lee said that it rained, said that it blew, and said that …`."""
    verb = cue.head if cue.dep_ == "conj" and cue.head.tag_ == cue.tag_ else cue
    for clause in lefts(verb) if verb.tag_ in FINITE else ():
        if clause.dep_ == "ccomp" and clause.tag_ == verb.tag_ and cue_of(clause) is not None:
            subject = next((t for t in lefts(clause) if t.dep_ == "nsubj" and layout.outside(t)), None)
            comma = verb.nbor(-1).text == "," or verb.nbor(-1).pos_ == "CCONJ"
            return subject if subject is not None and comma and can_speak(subject) else None
    return None


def named(
    layout: Layout, resolution: str, head: Token, lower: int, upper: int, cue: Token | None = None
) -> Attribution | None:
    """The attribution to the noun phrase of ``head`` within the tokens ``lower:upper``, narration only."""
    block = layout.block_of(head)
    if block is None:
        return None
    start, end = name_span(head, max(lower, layout.token_at(block.start)), min(upper, layout.token_at(block.end)))
    first = last = head.i
    while first > start and layout.inside[first - 1] < 0:
        first -= 1
    while last + 1 < end and layout.inside[last + 1] < 0:
        last += 1
    last = _to_noun(layout, last, end)
    return Attribution(resolution, head, (first, last + 1), cue) if layout.inside[head.i] < 0 else None


def _to_noun(layout: Layout, last: int, end: int) -> int:
    """Where a name goes on over marked words that its article or preposition calls for: `members of the "Big Six"`."""
    number = layout.inside[last + 1] if last + 1 < end else -1
    if number >= 0 and layout.doc[last].pos_ == "PROPN":
        return _over_nickname(layout, number, last, end)
    if number < 0 or layout.doc[last].pos_ not in _CALLS_FOR_NOUN:
        return last
    stop = layout.token_at(layout.quotations[number].end)
    return stop - 1 if stop <= last + _NAME_REACH else last


def _over_nickname(layout: Layout, number: int, last: int, end: int) -> int:
    """Where a name goes on after another in marks within it: `Howard "Buck" Lee`."""
    after = layout.token_at(layout.quotations[number].end)
    if after - last > _NICKNAME or after >= end or layout.doc[after].pos_ != "PROPN":
        return last
    while after + 1 < end and layout.inside[after + 1] < 0:
        after += 1
    return after


def _run_on(cue: Token) -> Token | None:
    """The noun right before a finite cue that the parse gave no subject, as where it ran two sentences into one.

    A time is nobody: before it, and its "on", stands who is meant: `Ann Lee on Saturday told …`.
    """
    before = cue.nbor(-1) if cue.i else cue
    timed = before.ent_type_ in _TIMES
    while before.i and before.ent_type_ in _TIMES:
        before = before.nbor(-1)
    before = before.nbor(-1) if timed and before.i and before.lower_ == "on" else before
    if before.dep_ == "pobj" and before.head.head.i == cue.i and any(t.lower_ in RELATIVE for t in lefts(cue)):
        # "Ann Lee, who at one point said".
        return None
    named = before.pos_ in _NAMED and before.dep_ not in {"dobj", "poss"} and before.ent_type_ not in _TIMES
    return before if named and (not timed or can_speak(before)) else None


def _own_sentence(subject: Token) -> int:
    """First token of the noun phrase of a subject; after an initialism where a preposition stands before the phrase.

    "Across the U.S. Immigration officials said": what follows a preposition is no subject, so a sentence ends there.
    """
    doc, first = subject.doc, subject.left_edge.i
    if not first or doc[first - 1].pos_ != "ADP" or subject.i - first > _NAME_REACH:
        return 0
    stop = next((i for i in range(subject.i - 1, first - 1, -1) if _INITIALISM.fullmatch(doc[i].text)), None)
    return stop + 1 if stop is not None and doc[stop + 1].is_title else 0


def _stray(head: Token, beside: Token) -> bool:
    """Whether the parse took a word as subject that a comma parts from the name right before the verb."""
    if head.pos_ not in NOMINAL or head.pos_ == "ADJ":
        return True
    if beside.ent_type_ != "PERSON" and beside.pos_ != "PRON":
        return False
    inside = head.left_edge.i <= beside.i <= head.right_edge.i
    return not inside and any(t.text == "," for t in tokens_of(head.doc)[head.i + 1 : beside.i])


def _noun_beside(cue: Token, gap: Sequence[Token]) -> Token | None:
    """The noun after an inverted cue ("said Ann Lee"), else the one right before it, else the last subject."""
    place = next((n for n, token in enumerate(gap) if token.i == cue.i), None)
    if place is None:
        return None
    if not any(token.is_alpha for token in gap[:place]):
        after = gap[place + 1 : place + 1 + _NAME_REACH]
        if after and after[0].lower_ in _speaks_with().get(cue.lower_, ()):
            after = after[1:]  # "chimed in Ann Lee"
        for n, token in enumerate(after):
            if token.is_punct or token.pos_ in _NOT_BEFORE_NOUN:
                break
            if token.pos_ in NOMINAL - {"DET", "ADJ"} and (
                n + 1 >= len(after) or after[n + 1].pos_ not in {"PROPN", "NOUN"}
            ):
                return token
    before = [token for token in gap[:place] if token.pos_ != "ADV"]
    if (
        before
        and before[-1].pos_ in {"PROPN", "PRON"}
        and before[-1].lower_ not in RELATIVE
        and before[-1].dep_ != "poss"
    ):
        return before[-1]
    subjects = [token for token in before if token.dep_ == "nsubj" and token.lower_ not in RELATIVE]
    if subjects:
        return subjects[0] if cue.tag_ == "VBG" else subjects[-1]
    return next((t for t in reversed(before) if t.pos_ in {"PROPN", "PRON", "NOUN"} and t.lower_ not in RELATIVE), None)


@lru_cache(maxsize=1)
def _speaks_with() -> dict[str, frozenset[str]]:
    """The words with which forms of verbs tell that somebody speaks: `in` with `chimed`."""
    lines = (line.split() for line in toml("quotes/bodies.toml")["speaks_with"])
    with_words: dict[str, set[str]] = {}
    for *forms, particle in lines:
        for form in forms:
            with_words.setdefault(form, set()).add(particle)
    return {form: frozenset(particles) for form, particles in with_words.items()}


def according_to(layout: Layout, gap: Sequence[Token]) -> Attribution | None:
    """The speaker of "according to …", or of "per …" before a name, in ``gap``."""
    for n, token in enumerate(gap[:-1]):
        following = gap[n + 1]
        if token.lower_ == "according" and following.lower_ == "to":
            rest = gap[n + 2 :]
        elif token.lower_ == "per" and (n == 0 or following.pos_ == "PROPN"):
            rest = gap[n + 1 :]
        else:
            continue
        head = next((t for t in rest if t.dep_ == "pobj" and t.head.i in {token.i, token.i + 1}), None)
        head = head or next((t for t in rest if t.pos_ in {"PROPN", "NOUN", "PRON"}), None)
        return named(layout, "according to", head, rest[0].i, gap[-1].i + 1, token) if head is not None else None
    return None
