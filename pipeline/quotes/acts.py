"""What a cue tells that is an act, a view or an effect, in no words of anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.resource_tables import toml
from pipeline.core.token_table import tokens_of
from pipeline.quotes.cue_subject import RELATIVE, can_speak
from pipeline.quotes.issuing_bodies import body_nouns

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.fragments import Fragment

PASSIVE: Final = frozenset({"was", "were", "is", "are", "be", "been", "being"})
ABOUT: Final = frozenset({"about", "on", "of"})
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_VERBS: Final = frozenset({"VERB", "AUX"})
# Cues that tell an act with these prepositions: "charged him with", "responded to a request", "decided against".
_WITH: Final = {"charge": {"with"}, "respond": {"to", "by"}, "decide": {"against", "on"}, "agree": {"to", "on"}}
_ASKS: Final = frozenset({"that", "how", "why", "what", "whether", "who", "where", "when", "if"})
_BE: Final = frozenset({"am", "is", "are", "was", "were", "be", "been", "'m", "’m", "'re", "’re", "'s", "’s"})
_HAVE: Final = frozenset({"has", "have", "had", "'ve", "’ve"})
_OBJECTS: Final = frozenset({"dobj", "attr", "pobj"})
_FEWEST_WORDS: Final = 3
_NEAR: Final = 6


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list of ``resources/quotes/unsaid.toml``."""
    return frozenset(word for line in toml("quotes/unsaid.toml")[name] for word in line.split())


@lru_cache(maxsize=1)
def papers_and_figures() -> frozenset[str]:
    """Nouns for what shows something that somebody found: papers, and figures, records and the like."""
    return listed("evidence") | {word for line in toml("quotes/bodies.toml")["papers"] for word in line.split()}


@dataclass(frozen=True, slots=True)
class Told:
    """A fragment with its cue, and whether it is, or begins with, words in marks."""

    layout: Layout
    fragment: Fragment
    head: Token | None
    cue: Token
    marked: bool


def auxiliaries(verb: Token) -> set[str]:
    """The auxiliaries of a verb, in lower case."""
    return {child.lower_ for child in lefts(verb) if child.dep_ in {"aux", "auxpass"}}


def supposes(cue: Token) -> bool:
    """Whether the author supposes what follows: `Assuming the ferry sails, it will be full`."""
    if cue.lower_ not in listed("supposing") or cue.tag_ != "VBG" or cue.dep_ not in {"advcl", "prep", "csubj"}:
        return False
    return not any(child.dep_ in SUBJECTS for child in lefts(cue))


def _explains(report: Told) -> bool:
    """Whether the outlet explains what it tells: `"They came," he said, referring to the gulls`, `this is telling`."""
    cue = report.cue
    if report.fragment.start < cue.idx:
        return False
    if cue.lower_ == "telling":
        return not any(child.dep_ in {"dobj", "dative", "ccomp"} for child in rights(cue))
    return cue.lower_ == "referring" and cue.dep_ == "advcl" and cue_of(cue.head) is not None


def _means(report: Told) -> bool:
    """Whether it is told what a word stands for, or whom somebody meant: `“skippers” refers to owners`."""
    cue, word = report.cue, cue_of(report.cue)
    first = report.layout.token_at(report.fragment.start)
    if word is None or word.lemma != "refer" or first <= cue.i or cue.doc[first].lower_ == "as":
        return False
    return cue.tag_ == "VBG" or report.head is None or _is_thing(report.head)


def _was_told_of(report: Told) -> bool:
    """Whether a passive of nobody tells of a mere thing: `the plan was announced`, `rain is forecast for May`."""
    cue = report.cue
    if report.head is not None or cue.tag_ != "VBN" or not auxiliaries(cue) & PASSIVE:
        return False
    layout, fragment = report.layout, report.fragment
    if fragment.start > cue.idx:
        after = layout.token_at(fragment.start) == cue.i + 1 and cue.nbor().lower_ == "for"
        return after and cue.lower_ in listed("foreseen")
    content = layout.tokens[layout.token_at(fragment.start) : layout.token_at(fragment.end)]
    return not any(token.pos_ in _VERBS and token.dep_ != "amod" for token in content)


def _for_a_purpose(report: Told) -> bool:
    """Whether a cue tells what for and not what: `writes to remind us`, `was called to testify`."""
    cue, word = report.cue, cue_of(report.cue)
    first = report.layout.token_at(report.fragment.start)
    if word is None or first != cue.i + 1 or cue.doc[first].tag_ != "TO":
        return False
    if any(child.dep_ == "ccomp" for child in rights(cue.doc[first].head)):
        # "Wrote to remind the mayor that …": what he reminds her of is what he wrote.
        return False
    return word.lemma in listed("writes") or (word.lemma == "call" and bool(auxiliaries(cue) & PASSIVE))


def _brings_about(report: Told) -> bool:
    """Whether a thing is the cause of what a cue would have it say: `the vote assures that the ferry sails`."""
    word = cue_of(report.cue)
    if report.cue.head.lower_ in listed("helps") and report.cue.dep_ in {"xcomp", "ccomp"}:
        return report.head is None or _is_thing(report.head)
    assures = word is not None and word.lemma in listed("assures") and report.fragment.start > report.cue.idx
    if assures and word is not None and word.lemma in listed("makes_sure"):
        # "Assured its place in history": a thing with its article or owner, and no clause.
        thing = next((child for child in rights(report.cue) if child.dep_ == "dobj"), None)
        clause = any(child.dep_ in {"ccomp", "xcomp", "dative", "prep"} for child in rights(report.cue))
        if thing is not None and not clause and _is_thing(thing):
            return True
    return assures and report.head is not None and _is_thing(report.head)


def _tells_no_words(report: Told) -> bool:
    """Whether a cue tells what was told of or written, but no words of it: `discussed the plan`, `wrote a book`."""
    cue, word = report.cue, cue_of(report.cue)
    first = report.layout.token_at(report.fragment.start)
    if word is None or first < cue.i:
        return False
    if word.lemma in listed("always_topics"):
        return True
    if any(child.dep_ in {"ccomp", "xcomp"} for child in rights(cue)):
        return False
    if cue.nbor().lower_ in ABOUT and first <= cue.i + 2:
        return word.lemma in listed("writes")
    thing = next(
        (child for child in rights(cue) if child.dep_ == "dobj" and child.left_edge.i <= first <= child.i), None
    )
    if thing is None or thing.pos_ not in _NOUNS:
        return False
    cited = _is_cited(word.lemma, thing) or (word.lemma in listed("accounts") and _is_bare(report, thing))
    # "Repeated the same claim", "saw a rise in sales".
    again = word.lemma in listed("repeats") and bool(_forms(thing) & listed("words")) and _is_bare(report, thing)
    cited = cited or again or (word.lemma in listed("sees") and bool(_forms(thing) & listed("changes")))
    wrote = word.lemma in listed("writes") and bool({thing.lower_, thing.lower_.removesuffix("s")} & listed("works"))
    told_a_story = word.lemma == "tell" and thing.lower_ in listed("stories")
    told_how_much = any(token.like_num for token in tokens_of(cue.doc)[thing.left_edge.i : thing.right_edge.i + 1])
    untold = word.lemma in listed("discloses") and thing.lower_ in listed("untold") and not told_how_much
    return word.lemma in listed("topics") or cited or wrote or told_a_story or untold


def _is_cited(lemma: str, thing: Token) -> bool:
    """Whether a thing is where something is from, and no words are told of it: `citing two officials`."""
    if lemma not in listed("cites") or any(t.tag_ == "IN" and t.lower_ == "as" for t in rights(thing.head)):
        return False
    tells = any(child.dep_ in {"relcl", "acl"} and cue_of(child) is not None for child in rights(thing))
    return not tells and bool(_forms(thing) & (papers_and_figures() | listed("sources")))


def _is_bare(report: Told, thing: Token) -> bool:
    """Whether no clause tells what somebody says of a thing, nor what they call it: `described the scene`."""
    last = report.layout.token_at(report.fragment.end)
    if any(child.lower_ in {"as", "how"} for child in rights(report.cue)) or thing.left_edge.i != report.cue.i + 1:
        return False
    clauses = {"relcl", "acl", "ccomp", "xcomp", "advcl"}
    return not any(token.dep_ in clauses for token in tokens_of(report.cue.doc)[report.cue.i + 1 : last])


def _is_thing(head: Token) -> bool:
    """Whether a noun is for nobody who could say something."""
    return head.pos_ == "NOUN" and not can_speak(head) and head.lower_ not in body_nouns()


def _is_act(report: Told) -> bool:
    """Whether a cue with a thing for its object tells what is done or shown, in no words: `dismissed a keeper`."""
    cue, word = report.cue, cue_of(report.cue)
    if word is None or report.fragment.content is None or report.fragment.start < cue.idx:
        return False
    first = report.layout.token_at(report.fragment.start)
    if word.lemma in listed("depicts"):
        return _depicts(cue, first)
    if cue.doc[first].lower_ in _ASKS or cue.doc[first].lower_ == "to":
        return False
    if word.lemma in _WITH:
        return any(child.dep_ == "prep" and child.lower_ in _WITH[word.lemma] for child in rights(cue))
    return (word.lemma in listed("acts") and _acts_on(report)) or _performs(cue, word.lemma) or _comes_on(report)


def _comes_on(report: Told) -> bool:
    """Whether somebody comes on a thing, or a thing works on them: `often find their seats lost`, `worried voters`."""
    cue, word = report.cue, cue_of(report.cue)
    subject = _own_subject(cue)
    if word is None or subject is None:
        return False
    if word.lemma in listed("comes_on"):
        small = any(child.dep_ == "ccomp" and not _has_tense(child) for child in rights(cue))
        marked = any(child.dep_ == "mark" for clause in rights(cue) for child in lefts(clause))
        people = can_speak(subject) and not _forms(subject) & (papers_and_figures() | listed("voting"))
        return small and people and not marked and cue.tag_ in {"VBP", "VBZ"}
    thing = next((child for child in rights(cue) if child.dep_ == "dobj"), None)
    affected = word.lemma in listed("affects") and thing is not None and can_speak(thing)
    return affected and _is_thing(subject) and not any(child.dep_ == "ccomp" for child in rights(cue))


def _performs(cue: Token, lemma: str) -> bool:
    """Whether somebody does a thing by saying so: `declared a state of emergency`."""
    thing = next((child for child in rights(cue) if child.dep_ == "dobj"), None)
    if thing is None or lemma not in listed("declares") or any(c.dep_ in {"ccomp", "oprd"} for c in rights(cue)):
        return False
    of = (noun for prep in rights(thing) if prep.lower_ == "of" for noun in rights(prep))
    return thing.lower_ in listed("declared") or any(noun.lower_ in listed("declared") for noun in of)


def _depicts(cue: Token, first: int) -> bool:
    """Whether a cue that may show a thing does, or shows somebody "himself": no words that begin at ``first``."""
    if cue.doc[first - 1].lower_ in listed("selves"):
        return True
    if cue.doc[first].lower_ in _ASKS or cue.doc[first].lower_ == "to":
        return False
    clause = any(t.dep_ == "mark" for t in tokens_of(cue.doc)[first : first + _FEWEST_WORDS])
    may = any(child.tag_ == "MD" for child in lefts(cue))
    clause = clause or (not may and any(child.dep_ == "ccomp" and _has_tense(child) for child in rights(cue)))
    return not clause and (_of_a_thing(cue) or _displays(cue))


def _has_tense(verb: Token) -> bool:
    helped = any(c.tag_ in {*FINITE, "MD"} for c in lefts(verb) if c.dep_ in {"aux", "auxpass"})
    return verb.tag_ in FINITE or helped


def _acts_on(report: Told) -> bool:
    """Whether a cue of an act has a thing for its object, and no words but some that are voted, or ruled, on."""
    cue = report.cue
    # "Proposed raising fares": it is what somebody proposes.
    proposed = cue.tag_ == "VBG" and cue.dep_ in {"xcomp", "ccomp", "pcomp"} and cue_of(cue.head) is not None
    clause = any(child.dep_ in {"ccomp", "xcomp"} for child in rights(cue))
    thing = next((child for child in rights(cue) if child.dep_ in {"dobj", "dative"}), None)
    if thing is None or clause or proposed:
        return False
    votes = report.head is not None and bool(_forms(report.head) & listed("voting"))
    return not _forms(thing) & listed("words") or (votes and thing.lower_ in listed("voted_on"))


def gives(report: Told) -> bool:
    """Whether a cue has somebody given, sent or called to a thing: `denies drivers a raise`, `called a strike`."""
    cue, word = report.cue, cue_of(report.cue)
    if word is None or report.fragment.start < cue.idx or any(child.dep_ in {"ccomp", "oprd"} for child in rights(cue)):
        return False
    things = [child for child in rights(cue) if child.dep_ in {"dobj", "dative"} and child.pos_ in _NOUNS]
    if word.lemma in listed("gives"):
        told = bool(things) and bool(_forms(things[0]) & listed("words"))
        to = (child for noun in [cue, *things] for child in rights(noun) if child.dep_ == "prep")
        return len(things) > 1 or (bool(things) and not told and any(child.lower_ == "to" for child in to))
    if word.lemma in listed("sends"):
        return not any(child.lower_ == "to" and child.i == cue.i + 1 for child in rights(cue))
    if word.lemma in listed("greets"):
        return bool(things) and (can_speak(things[0]) or things[0].lower_ in listed("greeted"))
    # "Called lawmakers into a session", "the problem calls for ideas".
    into = any(child.lower_ == "into" for child in rights(cue))
    asks = report.head is not None and bool(_forms(report.head) & listed("needs")) and cue.nbor().lower_ == "for"
    called = bool(things) and things[0].lower_ in listed("called")
    return word.lemma in listed("calls") and (called or into or asks)


def _is_done(report: Told) -> bool:
    """Whether a cue tells what is done, to what stands before it: `the plan is supported by some drivers`."""
    cue, word = report.cue, cue_of(report.cue)
    if word is None or report.fragment.content is None or report.fragment.start > cue.idx:
        return False
    return word.lemma in listed("acts") and cue.tag_ == "VBN" and bool(auxiliaries(cue) & PASSIVE)


def _of_a_thing(cue: Token) -> bool:
    """Whether the subject of a cue is no person."""
    subject = _own_subject(cue)
    return subject is None or (subject.pos_ in _NOUNS and subject.ent_type_ != "PERSON")


def _displays(cue: Token) -> bool:
    """Whether somebody shows a thing, as a feeling, and no more: `showed little remorse`."""
    word = cue_of(cue)
    return word is not None and word.lemma == "show" and not any(child.dep_ == "ccomp" for child in rights(cue))


def _own_subject(cue: Token) -> Token | None:
    """The subject of a cue on the parse; for a relative pronoun what it stands for."""
    subject = next((child for child in lefts(cue) if child.dep_ in SUBJECTS), None)
    if subject is not None and subject.lower_ in RELATIVE and cue.dep_ == "relcl":
        return cue.head
    return subject


def _implies(report: Told) -> bool:
    """Whether a thing that is no evidence has the author see something in it: `the small crowd suggests that …`."""
    word, subject = cue_of(report.cue), _own_subject(report.cue)
    if word is None or word.lemma not in listed("implies") or report.fragment.start < report.cue.idx:
        return False
    if subject is None:
        return _follows_from(report.cue)
    return all(
        noun.ent_type_ == ""
        and (_is_thing(noun) or noun.lower_ in listed("deeds"))
        and not _forms(noun) & (papers_and_figures() | listed("groups"))
        for noun in (subject, *(child for child in rights(subject) if child.dep_ == "conj"))
    )


def _follows_from(cue: Token) -> bool:
    """Whether a thing that happens shows the author something: `Fares rose twice, suggesting that …`."""
    verb = cue.head
    if cue.tag_ != "VBG" or cue.dep_ != "advcl" or verb.i > cue.i or cue.nbor(-1).text != ",":
        return False
    subject = next((child for child in lefts(verb) if child.dep_ in SUBJECTS), None)
    thing = subject is not None and (_is_thing(subject) or subject.pos_ == "NUM")
    return thing and subject is not None and not _forms(subject) & papers_and_figures()


def _forms(noun: Token) -> set[str]:
    word = noun.lower_
    return {word, word.removesuffix("s"), word.removesuffix("es"), f"{word[:-3]}y" if word.endswith("ies") else word}


def _lives_to_see(report: Told) -> bool:
    """Whether somebody only lives, or wants, to see something: `are seeing fares rise`, `is keen to see talks`."""
    word, helpers = cue_of(report.cue), auxiliaries(report.cue)
    if word is None or word.lemma != "see":
        return False
    if report.cue.tag_ == "VB" and report.cue.head.i < report.cue.i:
        above = report.cue.head.lower_
        to_see = any(child.tag_ == "TO" for child in lefts(report.cue)) and above not in listed("comes")
        return to_see or (report.cue.dep_ == "ccomp" and above in listed("let"))
    return (report.cue.tag_ == "VBG" and bool(helpers & _BE)) or (report.cue.tag_ == "VBN" and bool(helpers & _HAVE))


def _decides(report: Told) -> bool:
    """Whether somebody decides what to do, and is not told to say so: `decided not to sail`."""
    word, first = cue_of(report.cue), report.layout.token_at(report.fragment.start)
    if word is None or word.lemma not in listed("decides") or first < report.cue.i:
        return False
    return any(token.tag_ == "TO" for token in tokens_of(report.cue.doc)[first : first + 2])


def _what_is_said(report: Told) -> bool:
    """Whether the cue stands in what stands for its words: `what they say about the ferry`, `what she wanted to do`."""
    cue, word = report.cue, cue_of(report.cue)
    first = cue.doc[report.layout.token_at(report.fragment.start)]
    if word is None or word.lemma in listed("names") or cue.dep_ == "csubj" or first.i < cue.i:
        return False
    if first.tag_ in {*FINITE, "MD"}:
        # "In what they called a rescue", "in what they said was a rescue": words for what is told.
        return False
    verbs = {cue.i, *(child.i for child in rights(cue) if child.dep_ == "xcomp")}
    sentence = tokens_of(cue.doc)[max(sentence_of(cue).start, cue.i - _NEAR) : cue.i]
    return any(t.lower_ == "what" and t.dep_ in _OBJECTS and t.head.i in verbs for t in sentence)


def _does_next(report: Told) -> bool:
    """Whether words after a cue tell what its subject does next: `“It is a farce,” she said, then left`."""
    cue, opening = report.cue, report.cue.doc[report.layout.token_at(report.fragment.start)]
    if opening.i > cue.i and opening.dep_ == "conj" and opening.head.i == cue.i and opening.tag_ == cue.tag_:
        return True
    after = cue.i + 1 < opening.i < len(cue.doc) - 1 and opening.nbor(-1).text == ","
    return after and opening.pos_ == "ADV" and opening.nbor().tag_ == cue.tag_ == "VBD"


# Ways in which a cue tells no words, the first that holds counts.
ACTS: Final[tuple[Callable[[Told], bool], ...]] = (
    _explains,
    _means,
    _was_told_of,
    _for_a_purpose,
    _brings_about,
    _tells_no_words,
    _is_act,
    gives,
    _is_done,
    _implies,
    _lives_to_see,
    _decides,
    _what_is_said,
    _does_next,
)
