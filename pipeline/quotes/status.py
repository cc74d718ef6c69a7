"""Whether somebody did say, think or want what is attributed: said, not said, imagined, or an act without words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal

from pipeline.core.cues import ASKED, cue_of
from pipeline.core.dependencies import SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.person_nouns import AUTHOR
from pipeline.core.token_table import tokens_of
from pipeline.quotes.acts import ABOUT, ACTS, Told, auxiliaries, gives, listed
from pipeline.quotes.indirect.bare_objects import inferred, judges, unbelieved, unwritten, whenever
from pipeline.quotes.learned.said import is_said
from pipeline.quotes.suppositions import (
    UP,
    conditional,
    let_us_say,
    made_to,
    must_think,
    only_imagined,
    said_by_anyone,
    seems,
    supposed,
    thing_seems,
    to_come,
)
from store.schema import SAID

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
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
_HELPS: Final = frozenset({"aux", "auxpass", "nsubj", "nsubjpass", "expl"})
_TELLS_MORE: Final = frozenset({"acl", "advcl"})
_FEWEST_WORDS: Final = 3
_NEAR: Final = 3


def status_of(layout: Layout, fragment: Fragment) -> QuoteStatus | Literal[""]:
    """The status of a fragment, of ``store.schema.QUOTE_STATUSES``; empty for a term.

    Marks are a proof that somebody says something, so what stands in them is unsaid only where the text denies it.
    """
    attribution = fragment.said
    if attribution is None:
        return ""
    if fragment.transcript:
        return SAID
    if attribution.head is not None and _anybody(attribution.head):
        return IMAGINED
    if attribution.cue is None or attribution.cue.lower_ == "according":
        return SAID
    first = layout.token_at(fragment.start)
    marked = bool(fragment.quoted) or (first < len(layout.inside) and layout.inside[first] >= 0)
    report = Told(layout, fragment, attribution.head, attribution.cue, marked)
    if attribution.cue.pos_ not in _VERBS:
        return SAID if marked else _of_noun(layout, attribution, first)
    checks = {**_EVER, **_UNMARKED} if not marked else {**_EVER, **_OF_A_TERM} if _holds_a_term(report) else _EVER
    ruled = next((status for check, status in checks.items() if check(report)), SAID)
    return ACT if ruled == SAID and not _weighed_said(report, attribution, first) else ruled


def _weighed_said(report: Told, attribution: Attribution, first: int) -> bool:
    """Whether a learned model, too, holds words without any marks for somebody's, and those around a mere term.

    It is not asked about others.
    """
    fragment, layout = report.fragment, report.layout
    # Whether "does not believe that" tells a thought is decided above.
    if fragment.content is None or _negated(report.cue):
        return True
    if any(layout.inside[i] >= 0 for i in range(first, layout.token_at(fragment.end))):
        return not _holds_a_term(report) or is_said(layout, attribution, fragment, around_term=True)
    return is_said(layout, attribution, fragment)


def _words_in_marks(layout: Layout, fragment: Fragment) -> int:
    return sum(len(layout.text[start:end].split()) for start, end in fragment.quoted)


def quotes_little(layout: Layout, fragment: Fragment) -> bool:
    """Whether no more than a word or two of a fragment stand in marks as somebody's."""
    return _words_in_marks(layout, fragment) < _FEWEST_WORDS


def _holds_a_term(report: Told) -> bool:
    """Whether no more than a word or two of a longer fragment stand in marks: a term as often as words of somebody."""
    quoted, words = _words_in_marks(report.layout, report.fragment), report.fragment
    return 0 < quoted < _FEWEST_WORDS and len(report.layout.text[words.start : words.end].split()) > 3 * quoted


def _of_noun(layout: Layout, attribution: Attribution, first: int) -> QuoteStatus:
    """The status of words without marks that a noun reports: nobody's, a mere topic, or said."""
    if attribution.head is None or attribution.cue is None:
        return NOT_SAID
    means_to = attribution.cue.lower_ in listed("intentions") and layout.doc[first].tag_ == "TO"
    return ACT if means_to or _is_topic(layout, attribution.cue, first) else SAID


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


def _as_if(report: Told) -> bool:
    """Whether somebody only seems to say something: `as if to say`."""
    cue = report.cue
    before = [cue.doc[i].lower_ for i in range(max(0, cue.i - _NEAR - 1), cue.i)]
    return "as" in before and bool({"if", "though"} & set(before)) and before[-1] == "to"


def _of_the_reader(report: Told) -> bool:
    """Whether an objection is put into the reader's mouth: `You say, "I paid for it."`."""
    head, word = report.head, cue_of(report.cue)
    yours = head is not None and head.lower_ == "you" and report.cue.tag_ in {"VBP", "VB"}
    return yours and report.marked and word is not None and word.reports and not word.silent


def _negated(verb: Token) -> bool:
    if verb.i and verb.nbor(-1).lower_ in {"neither", "nor"}:
        return True  # "would neither confirm nor deny"
    return any(child.dep_ == "neg" or child.lower_ in listed("never") for child in lefts(verb))


def _by_nobody(report: Told) -> bool:
    """Whether nobody says it: `no study has found`, `none of them said`."""
    head = report.head or _subject_above(report.cue)
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


def _denied(report: Told) -> bool:
    """Whether the text says that somebody does not say it: negated, refused, or without saying.

    Who does not think or want something has said so: a thought is denied by nobody but its thinker.
    """
    word = cue_of(report.cue)
    silent = word is not None and (word.silent or word.lemma in listed("attitudes"))
    silent = silent and word is not None and word.lemma not in listed("knowledge")
    if _negated(report.cue) and not silent:
        return True
    verb = report.cue
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


def _not_yet(report: Told) -> bool:
    """Whether somebody has not said it so far, or would not call it so: `has yet to explain`, `declined to call`."""
    cue, above, word = report.cue, report.cue.head, cue_of(report.cue)
    if cue.dep_ != "xcomp" or above.i >= cue.i or not any(child.tag_ == "TO" for child in lefts(cue)):
        return False
    if any(child.lower_ in listed("so_far") and child.i < cue.i for child in rights(above)):
        return True
    names = word is not None and word.lemma in listed("names")
    return names and above.lower_ in listed("refused") and not _negated(above)


def _impersonal(report: Told) -> bool:
    """Whether a cue without a speaker is the author's own: `it is worth noting`, `there is no denying`."""
    if report.head is not None:
        return False
    verb = report.cue
    for _ in range(_CLIMB):
        subjects = [child for child in lefts(verb) if child.dep_ in {"expl", "csubj", *SUBJECTS}]
        if any(child.dep_ == "csubj" and child.tag_ == "VB" for child in subjects) and verb.i < report.cue.i:
            return True  # "to stand by is to agree that"
        if verb.dep_ != "relcl" and any(child.dep_ == "expl" or child.lower_ in {"it", "that"} for child in subjects):
            # "It was announced that …" tells of words that somebody has said, "it is often said that …" of none.
            helped = lefts(report.cue)
            general = any(child.tag_ == "MD" or child.lower_ in listed("said_in_general") for child in helped)
            return verb.i != report.cue.i or report.cue.tag_ != "VBN" or general
        if verb.dep_ not in UP or verb.head.i == verb.i:
            break
        verb = verb.head
    before = {
        t.lower_ for t in report.layout.tokens[max(sentence_of(report.cue).start, report.cue.i - _NEAR) : report.cue.i]
    }
    return "to" in before and bool(listed("needless") & before)


def _by_the_author(report: Told) -> bool:
    """Whether a cue is what the author now thinks, and not what he once said."""
    if report.head is None or report.head.lower_ not in AUTHOR:
        return False
    word, helpers = cue_of(report.cue), auxiliaries(report.cue)
    if report.cue.tag_ == "VBN":
        # "We have seen him rise": what an author thinks to this day.
        return word is not None and word.silent and bool(helpers & {"have", "'ve", "’ve"})
    if report.cue.tag_ == "VBG":
        return bool(helpers & {"am", "are", "'m", "’m", "'re", "’re"})
    return report.cue.tag_ in {"VBP", "VB"} and not helpers & {"did", "had", "would"}


def _is_question(report: Told) -> bool:
    """Whether the sentence of a cue asks whether somebody says something: `Did the mayor promise …?`."""
    cue = report.cue
    if cue.dep_ not in {"ROOT", "conj"} or not report.layout.outside(cue):
        return False
    subject = next((child for child in lefts(cue) if child.dep_ in SUBJECTS), None)
    first = next((child for child in lefts(cue) if child.dep_ in {"aux", "auxpass"}), None)
    if subject is None or first is None or first.i > subject.i:
        return False
    return str(cue.sent.text).rstrip(' \n”"').endswith("?")


def _stops_short(report: Told) -> bool:
    """Whether somebody does something else than say it: `stopped short of saying`, `rather than announce it`."""
    of, cue = report.cue.head, report.cue
    instead = cue.i > 1 and {cue.nbor(-2).lower_, cue.nbor(-1).lower_} == listed("instead_of")
    short = of.lower_ == "of" and bool(of.i) and of.nbor(-1).lower_ in listed("short")
    kept = of.lower_ == "from" and of.head.lower_ in listed("kept_from")  # "prohibit doctors from talking about it"
    return instead or (cue.dep_ == "pcomp" and (short or kept))


def _calls_on_the_reader(report: Told) -> bool:
    """Whether it is the reader who is told to say something: `Say goodbye to the ferry`, `Just ask Ann Lee`."""
    cue = report.cue
    if report.head is not None or cue.tag_ not in {"VB", "VBP"} or any(child.dep_ in _HELPS for child in lefts(cue)):
        return False
    before = tokens_of(cue.doc)[sentence_of(cue).start : cue.i]
    return all(token.pos_ in {"ADV", "PUNCT", "SPACE"} or token.dep_ == "advmod" for token in before)


def _thought_by_all(report: Told) -> bool:
    """Whether the author puts a thought into everybody's head: `everyone knows that the ferry leaks`."""
    head, word = report.head, cue_of(report.cue)
    if head is None or word is None or not word.silent or head.lower_ not in listed("all"):
        return False
    return not any(child.lower_ in {"of", "who", "in"} for child in rights(head)) and not list(_determiners(head))


def _said_by_all(report: Told) -> bool:
    """Whether it is what people in general keep saying, and no report of anybody: `people often say that …`."""
    head, word = report.head, cue_of(report.cue)
    general = head is not None and word is not None and not word.silent and head.lower_ in listed("people")
    if not general or head is None:
        return False
    habit = any(child.lower_ in listed("habits") for child in lefts(report.cue))
    return habit and not list(lefts(head)) and not any(child.dep_ in {"prep", "relcl", "acl"} for child in rights(head))


def _determiners(head: Token) -> Iterator[Token]:
    return (child for child in lefts(head) if child.dep_ in {"det", "poss", "nummod"})


def _asked_to_reply(report: Told) -> bool:
    """Whether somebody is asked for no more than a reply: `when asked to comment on the plan`."""
    if report.cue.lower_ not in ASKED or report.head is not None:
        return False
    first = report.layout.token_at(report.fragment.start)
    helpers = {child.dep_ for child in lefts(report.cue)}
    passive = report.cue.tag_ == "VBN" and ("auxpass" in helpers or "aux" not in helpers)
    if passive and first > report.cue.i and report.cue.doc[first].lower_ in listed("asks"):
        return True  # "was also asked whether it would sail": nobody's words
    words = {token.lower_ for token in tokens_of(report.cue.doc)[first : first + _NEAR]}
    return bool({"to", "for"} & words) and bool(listed("replies") & words)


def _that_of_a_class(report: Told) -> bool:
    """Whether a thought makes a class of people, and is no report of any: `islanders who believe they are ill`."""
    cue, word = report.cue, cue_of(report.cue)
    if word is None or not word.silent or cue.dep_ != "relcl" or cue.tag_ != "VBP" or cue.head.tag_ != "NNS":
        return False
    return _is_class(cue)


def _is_class(cue: Token) -> bool:
    """Whether a clause of a cue, without a comma, says which of a kind of people are meant: `islanders who say`."""
    joined = cue.left_edge.nbor(-1).text != "," if cue.left_edge.i else False
    return joined and all(child.dep_ in {"amod", "compound"} for child in lefts(cue.head))


def _told_of_a_class(report: Told) -> bool:
    """Whether what a kind of people say makes them those of whom a rule is told: `Tenants who say so are fined`."""
    cue = report.cue
    if cue.dep_ != "relcl" or cue.tag_ != "VBP" or cue.head.tag_ != "NNS" or not _is_class(cue):
        return False
    verb = cue.head.head
    helpers = auxiliaries(verb)
    anyone = cue.head.lower_ in listed("anyone_who") and not list(lefts(cue.head))
    ruled = anyone and cue.head.tag_ == "NNS" and cue.head.dep_ in SUBJECTS
    ruled = (
        ruled
        or bool(helpers & listed("rules"))
        or (verb.tag_ == "VBN" and bool(helpers) and helpers <= listed("in_general"))
    )
    return cue.head.dep_ in SUBJECTS and ruled


def _unanswered(report: Told) -> bool:
    """Whether it is asked in what somebody got: `did not answer a letter asking how`, `ignored emails asking why`."""
    cue, noun = report.cue, report.cue.head
    if cue.lower_ not in listed("asking") or cue.i < 1 or report.layout.token_at(report.fragment.start) < cue.i:
        return False
    before = cue.nbor(-1)
    verb = before.head.head if before.dep_ == "pobj" else before.head
    got = before.pos_ == "NOUN" and before.lower_.removesuffix("s") in listed("asked_in") and cue.dep_ in _TELLS_MORE
    return got and noun.i in {before.i, verb.i} and verb.pos_ == "VERB" and verb.lower_ in listed("gets")


def _saying_it_is(report: Told) -> bool:
    """Whether it is the saying that is told of: `Saying that the ferry is safe costs nothing`."""
    cue = report.cue
    return report.head is None and cue.tag_ == "VBG" and (cue.dep_ in {"csubj", "nsubj"} or bool(cue.is_sent_start))


# In order: the first that holds gives the status. Those of ``_EVER`` hold for words in marks too.
_EVER: Final[Mapping[_Check, QuoteStatus]] = {
    _as_if: IMAGINED,
    thing_seems: IMAGINED,
    only_imagined: IMAGINED,
    _of_the_reader: IMAGINED,
    _by_nobody: NOT_SAID,
    _not_yet: NOT_SAID,
    conditional: NOT_SAID,
    said_by_anyone: IMAGINED,
}
_UNMARKED: Final[Mapping[_Check, QuoteStatus]] = {
    _denied: NOT_SAID,
    _impersonal: NOT_SAID,
    _by_the_author: NOT_SAID,
    _is_question: NOT_SAID,
    supposed: IMAGINED,
    must_think: NOT_SAID,
    let_us_say: IMAGINED,
    to_come: NOT_SAID,
    seems: IMAGINED,
    made_to: NOT_SAID,
    _stops_short: NOT_SAID,
    _calls_on_the_reader: NOT_SAID,
    _thought_by_all: IMAGINED,
    _said_by_all: IMAGINED,
    _asked_to_reply: NOT_SAID,
    _that_of_a_class: NOT_SAID,
    _told_of_a_class: NOT_SAID,
    _unanswered: NOT_SAID,
    _saying_it_is: NOT_SAID,
    whenever: NOT_SAID,
    unwritten: NOT_SAID,
    **dict.fromkeys((*ACTS, judges, inferred, unbelieved), ACT),
}
# Those that hold where the marks are about a word or two of what is told.
_OF_A_TERM: Final[Mapping[_Check, QuoteStatus]] = {_by_the_author: NOT_SAID, _is_question: NOT_SAID, gives: ACT}
