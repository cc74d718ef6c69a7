"""Whether somebody did say, think or want what is attributed: said, not said, imagined, or an act without words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal

from pipeline.core.cues import ASKED, cue_of
from pipeline.core.dependencies import SUBJECTS, lefts, rights
from pipeline.core.person_nouns import AUTHOR
from pipeline.quotes.acts import ABOUT, ACTS, Told, auxiliaries, listed
from pipeline.quotes.cue_subject import can_speak
from store.schema import SAID

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.core.quote_layout import Layout
    from pipeline.quotes.attribution import Attribution
    from pipeline.quotes.fragments import Fragment
    from store.schema import QuoteStatus

_Check = Callable[[Told], bool]
NOT_SAID: Final[QuoteStatus] = "not said"
IMAGINED: Final[QuoteStatus] = "imagined"
ACT: Final[QuoteStatus] = "act"

_CLIMB: Final = 6
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_UP: Final = frozenset(
    {
        "conj",
        "xcomp",
        "ccomp",
        "advcl",
        "relcl",
        "acl",
        "pcomp",
        "prep",
        "dep",
        "attr",
        "acomp",
        "amod",
        "pobj",
        "csubj",
    }
)
_HELPS: Final = frozenset({"aux", "auxpass", "nsubj", "nsubjpass", "expl"})
_FEWEST_WORDS: Final = 3
_NEAR: Final = 3


def status_of(layout: Layout, fragment: Fragment) -> QuoteStatus | Literal[""]:
    """The status of a fragment, of ``store.schema.QUOTE_STATUSES``; empty for a term.

    Marks are a proof that somebody says something, so what stands in them is unsaid only where the text denies it.
    """
    said = fragment.said
    if said is None:
        return ""
    if fragment.transcript:
        return SAID
    if said.head is not None and _anybody(said.head):
        return IMAGINED
    if said.cue is None or said.cue.lower_ == "according":
        return SAID
    first = layout.token_at(fragment.start)
    marked = bool(fragment.quoted) or (first < len(layout.inside) and layout.inside[first] >= 0)
    told = Told(layout, fragment, said.head, said.cue, marked)
    if said.cue.pos_ not in _VERBS:
        return SAID if marked else _of_noun(layout, said, first)
    checks = {**_EVER, **_UNMARKED} if not marked else {**_EVER, **_OF_A_TERM} if _holds_a_term(told) else _EVER
    return next((status for check, status in checks.items() if check(told)), SAID)


def _holds_a_term(told: Told) -> bool:
    """Whether no more than a word or two of a longer fragment stand in marks: a term as often as words of somebody."""
    text = told.layout.text
    quoted = sum(len(text[start:end].split()) for start, end in told.fragment.quoted)
    return 0 < quoted < _FEWEST_WORDS and len(text[told.fragment.start : told.fragment.end].split()) > 3 * quoted


def _of_noun(layout: Layout, said: Attribution, first: int) -> QuoteStatus:
    """The status of words without marks that a noun reports: nobody's, a mere topic, or said."""
    if said.head is None or said.cue is None:
        return NOT_SAID
    return ACT if _is_topic(layout, said.cue, first) else SAID


def _is_topic(layout: Layout, noun: Token, first: int) -> bool:
    """Whether words are no more than what somebody's remarks are about: `his comments about justice`."""
    word = cue_of(noun)
    about = layout.doc[first].lower_ in ABOUT or (first > 0 and layout.doc[first - 1].lower_ in ABOUT)
    return about and word is not None and word.lemma in listed("remarks")


def _anybody(head: Token) -> bool:
    """Whether a speaker is nobody in particular: `every litterer`, `anybody`."""
    if head.lower_ in listed("anybody"):
        return True
    return any(child.dep_ == "det" and child.lower_ in listed("any") for child in lefts(head))


def _as_if(told: Told) -> bool:
    """Whether somebody only seems to say something: `as if to say`."""
    cue = told.cue
    before = [cue.doc[i].lower_ for i in range(max(0, cue.i - _NEAR - 1), cue.i)]
    return "as" in before and bool({"if", "though"} & set(before)) and before[-1] == "to"


def _only_imagined(told: Told) -> bool:
    """Whether somebody is only imagined to say something: `Imagine the mayor saying, "…"`."""
    verb = told.cue
    for _ in range(_CLIMB):
        if verb.dep_ not in _UP or verb.head.i == verb.i or verb.head.i > told.cue.i:
            return False
        verb = verb.head
        if verb.lower_ in listed("imagined") and told.layout.outside(verb):
            return True
    return False


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in listed("never") for child in lefts(verb))


def _by_nobody(told: Told) -> bool:
    """Whether nobody says it: `no study has found`, `none of them said`."""
    head = told.head or _subject_above(told.cue)
    if head is None:
        return False
    if any(child.dep_ == "preconj" and child.lower_ in listed("no") for child in lefts(head)):
        return True
    if head.lower_ in listed("nobody") or (head.lower_ == "one" and head.i and head.nbor(-1).lower_ == "not"):
        return True
    return any(child.dep_ == "det" and child.lower_ in listed("no") for child in lefts(head))


def _subject_above(cue: Token) -> Token | None:
    """Who is willing, or ready, to say something: `no one was willing to say`."""
    verb = cue
    for _ in range(2):
        if verb.dep_ not in {"xcomp", "acomp"} or verb.head.i >= verb.i:
            return None
        verb = verb.head
        subject = next((child for child in lefts(verb) if child.dep_ in SUBJECTS), None)
        if subject is not None:
            return subject
    return None


def _denied(told: Told) -> bool:
    """Whether the text says that somebody does not say it: negated, refused, or without saying.

    Who does not think or want something has said so: a thought is denied by nobody but its thinker.
    """
    word = cue_of(told.cue)
    silent = word is not None and (word.silent or word.lemma in listed("attitudes"))
    silent = silent and word is not None and word.lemma not in listed("knowledge")
    if _negated(told.cue) and not silent:
        return True
    verb = told.cue
    for _ in range(2):
        above = verb.head
        if verb.dep_ not in {"xcomp", "pcomp", "acl"} or above.i == verb.i:
            return False
        if (above.lower_ in listed("refused") and not _negated(above)) or above.lower_ == "without":
            return True
        if verb.dep_ == "xcomp" and _negated(above) and above.pos_ in _VERBS:
            return True
        verb = above
    return False


def _conditional(told: Told) -> bool:
    """Whether a cue stands in a clause after "if" or "unless", which the text does not hold for done."""
    verb = told.cue
    for _ in range(_CLIMB):
        words = {child.lower_ for child in lefts(verb) if child.dep_ in {"mark", "advmod"}}
        if words & listed("if") and verb.dep_ in {"advcl", "ccomp", "pcomp", "dep"} and told.layout.outside(verb):
            return not words & {"even", "as"}
        goes_with = verb.dep_ in {"conj", "xcomp"} or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
        if not goes_with or verb.head.i == verb.i:
            return False
        verb = verb.head
    return False


def _impersonal(told: Told) -> bool:
    """Whether a cue without a speaker is the author's own: `it is worth noting`, `there is no denying`."""
    if told.head is not None:
        return False
    verb = told.cue
    for _ in range(_CLIMB):
        subjects = [child for child in lefts(verb) if child.dep_ == "expl" or child.dep_ in SUBJECTS]
        if verb.dep_ != "relcl" and any(child.dep_ == "expl" or child.lower_ in {"it", "that"} for child in subjects):
            # "It was announced that …" tells of words that somebody has said.
            return verb.i != told.cue.i or told.cue.tag_ != "VBN"
        if verb.dep_ not in _UP or verb.head.i == verb.i:
            break
        verb = verb.head
    before = {t.lower_ for t in told.layout.doc[max(told.cue.sent.start, told.cue.i - _NEAR) : told.cue.i]}
    return "to" in before and bool(listed("needless") & before)


def _by_the_author(told: Told) -> bool:
    """Whether a cue is what the author now thinks, and not what he once said."""
    if told.head is None or told.head.lower_ not in AUTHOR:
        return False
    word, helpers = cue_of(told.cue), auxiliaries(told.cue)
    if told.cue.tag_ == "VBN":
        # "We have seen him rise": what an author thinks to this day.
        return word is not None and word.silent and bool(helpers & {"have", "'ve", "’ve"})
    if told.cue.tag_ == "VBG":
        return bool(helpers & {"am", "are", "'m", "’m", "'re", "’re"})
    return told.cue.tag_ in {"VBP", "VB"} and not helpers & {"did", "had", "would"}


def _asked(told: Told) -> bool:
    """Whether the sentence of a cue asks whether somebody says something: `Did the mayor promise …?`."""
    cue = told.cue
    if cue.dep_ not in {"ROOT", "conj"} or not told.layout.outside(cue):
        return False
    subject = next((child for child in lefts(cue) if child.dep_ in SUBJECTS), None)
    first = next((child for child in lefts(cue) if child.dep_ in {"aux", "auxpass"}), None)
    if subject is None or first is None or first.i > subject.i:
        return False
    return str(cue.sent.text).rstrip(' \n”"').endswith("?")


def _supposed(told: Told) -> bool:
    """Whether somebody might say something: `critics might argue`."""
    return bool(auxiliaries(told.cue) & listed("might"))


def _let_us_say(told: Told) -> bool:
    """Whether the author proposes to take something for said: `Let's say the ferry sinks`."""
    let = told.cue.head
    if told.cue.dep_ != "ccomp" or let.lower_ not in listed("let") or told.cue.i - let.i > _NEAR:
        return False
    return bool({"us", "'s", "’s", "me"} & {token.lower_ for token in told.cue.doc[let.i + 1 : told.cue.i]})


def _to_come(told: Told) -> bool:
    """Whether somebody has yet to say something: `will argue`, `is expected to plead guilty`, `is set to announce`."""
    verb = told.cue
    if auxiliaries(verb) & listed("future"):
        return True
    if not any(child.tag_ == "TO" for child in lefts(verb)) or verb.dep_ not in {"xcomp", "ccomp", "advcl", "acl"}:
        return False
    return verb.head.i < verb.i and verb.head.lower_ in listed("to_come") and verb.head.tag_ != "VBD"


def _seems(told: Told) -> bool:
    """Whether somebody only seems to say something: `seemed to acknowledge that the ferry leaks`."""
    return told.cue.tag_ == "VB" and told.cue.dep_ == "xcomp" and told.cue.head.lower_ in listed("seems")


def _made_to(told: Told) -> bool:
    """Whether somebody may, or must, say something: `allows pilots to explain how`, `a chance to talk about fares`."""
    cue = told.cue
    if cue.tag_ != "VB" or not any(child.tag_ == "TO" for child in lefts(cue)):
        return False
    if cue.dep_ in {"acl", "relcl"}:
        said = can_speak(cue.head) or any(child.lower_ in listed("firsts") for child in lefts(cue.head))
        return cue.head.pos_ == "NOUN" and cue.head.i < cue.i and not said
    led = cue.dep_ in {"xcomp", "ccomp"} and cue.head.i < cue.i and cue.head.lower_ in listed("led_to")
    return (led and told.layout.outside(cue.head)) or (cue.dep_ == "csubj" and told.head is None)


def _stops_short(told: Told) -> bool:
    """Whether somebody does something else than say it: `stopped short of saying`, `instead of arguing`."""
    of = told.cue.head
    return told.cue.dep_ == "pcomp" and of.lower_ == "of" and bool(of.i) and of.nbor(-1).lower_ in listed("short")


def _calls_on_the_reader(told: Told) -> bool:
    """Whether it is the reader who is told to say something: `Say goodbye to the ferry`, `Just ask Ann Lee`."""
    cue = told.cue
    if told.head is not None or cue.tag_ not in {"VB", "VBP"} or any(child.dep_ in _HELPS for child in lefts(cue)):
        return False
    before = cue.doc[cue.sent.start : cue.i]
    return all(token.pos_ in {"ADV", "PUNCT", "SPACE"} or token.dep_ == "advmod" for token in before)


def _thought_by_all(told: Told) -> bool:
    """Whether the author puts a thought into everybody's head: `everyone knows that the ferry leaks`."""
    head, word = told.head, cue_of(told.cue)
    if head is None or word is None or not word.silent or head.lower_ not in listed("all"):
        return False
    return not any(child.lower_ in {"of", "who", "in"} for child in rights(head)) and not list(_determiners(head))


def _determiners(head: Token) -> Iterator[Token]:
    return (child for child in lefts(head) if child.dep_ in {"det", "poss", "nummod"})


def _asked_to_reply(told: Told) -> bool:
    """Whether somebody is asked for no more than a reply: `when asked to comment on the plan`."""
    if told.cue.lower_ not in ASKED or told.head is not None:
        return False
    first = told.layout.token_at(told.fragment.start)
    words = {token.lower_ for token in told.cue.doc[first : first + _NEAR]}
    return bool({"to", "for"} & words) and bool(listed("replies") & words)


def _that_of_a_class(told: Told) -> bool:
    """Whether a thought makes a class of people, and is no report of any: `islanders who believe they are ill`."""
    cue, word = told.cue, cue_of(told.cue)
    if word is None or not word.silent or cue.dep_ != "relcl" or cue.tag_ != "VBP" or cue.head.tag_ != "NNS":
        return False
    joined = cue.left_edge.nbor(-1).text != "," if cue.left_edge.i else False
    return joined and all(child.dep_ in {"amod", "compound"} for child in lefts(cue.head))


def _saying_it_is(told: Told) -> bool:
    """Whether it is the saying that is told of: `Saying that the ferry is safe costs nothing`."""
    cue = told.cue
    return told.head is None and cue.tag_ == "VBG" and (cue.dep_ in {"csubj", "nsubj"} or bool(cue.is_sent_start))


# In order: the first that holds gives the status. Those of ``_EVER`` hold for words in marks too.
_EVER: Final[Mapping[_Check, QuoteStatus]] = {
    _as_if: IMAGINED,
    _only_imagined: IMAGINED,
    _by_nobody: NOT_SAID,
    _conditional: NOT_SAID,
}
_UNMARKED: Final[Mapping[_Check, QuoteStatus]] = {
    _denied: NOT_SAID,
    _impersonal: NOT_SAID,
    _by_the_author: NOT_SAID,
    _asked: NOT_SAID,
    _supposed: IMAGINED,
    _let_us_say: IMAGINED,
    _to_come: NOT_SAID,
    _seems: IMAGINED,
    _made_to: NOT_SAID,
    _stops_short: NOT_SAID,
    _calls_on_the_reader: NOT_SAID,
    _thought_by_all: IMAGINED,
    _asked_to_reply: NOT_SAID,
    _that_of_a_class: NOT_SAID,
    _saying_it_is: NOT_SAID,
    **dict.fromkeys(ACTS, ACT),
}
# Those that hold where the marks are about a word or two of what is told.
_OF_A_TERM: Final[Mapping[_Check, QuoteStatus]] = {_by_the_author: NOT_SAID, _asked: NOT_SAID}
