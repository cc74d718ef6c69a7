"""Component ``labels``: the words attached to somebody, and who does what to whom.

For each entity named, and each group of people spoken of (``people_groups.csv``), it follows the parse: adjectives and
nouns before the name, appositives and what somebody is said to be, the verbs somebody is agent or patient of, and
passives that name no agent. Relations are the English dependencies of spaCy's models
(labels of ClearNLP: Choi & Palmer 2012, Guidelines for the Clear Style Constituent to Dependency Conversion).
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from spacy.language import Language

from pipeline.core import resource_tables, verb_lemmas
from pipeline.core.annotations import Label
from pipeline.core.dependencies import SUBJECTS
from store import people_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from pipeline.core.annotations import Passage

_LINKING: Final = frozenset({"be", "become", "remain", "seem"})
# Verbs that tell little of who does what, or only that somebody speaks: those are counted with the quotes.
_EMPTY: Final = frozenset({"be", "have", "do", "say"})
_RELATIVE: Final = frozenset({"who", "that", "which"})
# What stands before a noun and describes it, by how it hangs on it.
_BEFORE: Final = {"amod": "adjective", "compound": "noun"}
_LONGEST_LABEL: Final = 6


class _Target(NamedTuple):
    """Somebody labels are looked for: its token, its id, the number of its mention (None for a group), its span."""

    head: Token
    entity_id: str
    mention: int | None
    start: int
    end: int


class _Label(NamedTuple):
    relation: str
    word: str
    start: int
    end: int


@cache
def _plain() -> frozenset[str]:
    return resource_tables.words("language/plain_labels.txt")


class Labels:
    """Fills ``doc._.labels``, in order of the text."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the labels of ``doc``."""
        passages: list[Passage] = doc._.passages
        starts = [passage.start for passage in passages]
        labels = []
        for target in _targets(doc):
            place = bisect_right(starts, target.start) - 1
            passage = passages[place] if place >= 0 else None
            if passage is None or passage.voice == "furniture":
                continue
            # What stands outside the passage is said by somebody else.
            labels += [
                Label(
                    label.start,
                    label.end,
                    label.relation,
                    label.word,
                    target.entity_id,
                    target.mention,
                    target.start,
                    target.end,
                    passage.sentence,
                    passage.voice,
                    passage.speaker_id,
                )
                for label in dict.fromkeys(_labels(target))
                if passage.start <= label.start and label.end <= passage.end
            ]
        doc._.labels = sorted(
            labels, key=lambda label: (label.start, label.target_start, label.relation, label.entity_id)
        )
        return doc


def _targets(doc: Doc) -> Iterator[_Target]:
    taken: set[int] = set()
    for number, mention in enumerate(doc._.mentions):
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        taken.update(range(span.start, span.end))
        if not mention.metonym or mention.label == "JURISDICTION":
            yield _Target(span.root, mention.entity_id, number, mention.start, mention.end)
    nouns = people_groups.nouns()
    for token in doc:
        if token.i not in taken and (group := nouns.get(token.lower_)) and token.pos_ in {"NOUN", "PROPN"}:
            yield _Target(token, group, None, token.idx, token.idx + len(token))


def _labels(target: _Target) -> Iterator[_Label]:
    head = target.head
    if head.dep_ in {"compound", "poss", "amod", "nmod"}:
        return  # "ICE agents" tells of agents, "Texas’s governor" of the governor
    inside = range(target.start, target.end)
    for child in head.children:
        if child.idx in inside:
            continue
        if child.dep_ in _BEFORE and len(_bare(child)) > 1 and _bare(child).isalpha():
            yield from _before(_BEFORE[child.dep_], child)
        elif child.dep_ == "appos" and child.pos_ == "NOUN":
            yield from _chunk("appositive", child)
        elif child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"}:
            yield from _clause(child)
        elif child.dep_ == "relcl":
            yield from _relative(child)
    if head.dep_ == "appos" and head.head.pos_ == "NOUN" and head.head.idx not in inside:
        yield from _chunk("appositive", head.head)
    yield from _roles(head)


def _before(relation: str, token: Token) -> Iterator[_Label]:
    """A describing word with what belongs to it: "Republican-led", "Central American"."""
    if token.lower_ in _plain():
        return
    first = token
    while first.i > token.left_edge.i and token.i - first.i < _LONGEST_LABEL:
        before = first.nbor(-1)
        if _within_name(before) and before.i > token.left_edge.i:
            first = before.nbor(-1)
            continue
        if (
            not (before.is_alpha or before.text == "-")
            or before.dep_ in {"det", "poss", "prep", "cc"}
            or before.lower_ in _plain()
        ):
            break
        first = before
    yield from _span(relation, first if first.is_alpha else token, token)


def _within_name(token: Token) -> bool:
    """Whether an "and" joins two parts of one name: "Customs and Border Protection director"."""
    joined = token.dep_ == "cc" and token.lower_ == "and" and 0 < token.i < len(token.doc) - 1
    return joined and token.nbor(-1).pos_ == token.nbor().pos_ == "PROPN"


def _roles(head: Token) -> Iterator[_Label]:
    """What a name is to its verb; one of several names has the place of the first."""
    while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        head = head.head
    verb = head.head
    if head.dep_ in SUBJECTS and verb.pos_ in {"VERB", "AUX"}:
        if head.dep_ == "nsubj" and verb_lemmas.verb(verb.text) in _LINKING:
            yield from _predicates(verb)
        else:
            yield from _verb(verb, passive=head.dep_ == "nsubjpass")
    elif head.dep_ in {"dobj", "obj"} and verb.pos_ == "VERB":
        yield from _act("patient", verb)
    elif head.dep_ == "pobj" and verb.dep_ == "agent":
        yield from _act("agent", verb.head)


def _predicates(verb: Token) -> Iterator[_Label]:
    if any(child.dep_ == "neg" for child in verb.children):
        return
    for child in verb.children:
        if child.dep_ == "acomp" and child.pos_ == "ADJ":
            yield from _span("predicate", child, child)
        elif child.dep_ == "attr" and child.pos_ == "NOUN":
            yield from _chunk("predicate", child)


def _verb(verb: Token, *, passive: bool) -> Iterator[_Label]:
    if not passive:
        yield from _act("agent", verb)
    elif any(child.dep_ == "agent" for child in verb.children):
        yield from _act("patient", verb)
    else:
        yield from _act("patient, no agent", verb)


def _clause(verb: Token) -> Iterator[_Label]:
    """A participle after a noun: "people arrested by ICE", "people crossing"."""
    yield from _verb(verb, passive=verb.tag_ == "VBN")


def _relative(verb: Token) -> Iterator[_Label]:
    for child in verb.children:
        if child.dep_ in SUBJECTS and child.lower_ in _RELATIVE:
            if child.dep_ == "nsubj" and verb_lemmas.verb(verb.text) in _LINKING:
                yield from _predicates(verb)
            else:
                yield from _verb(verb, passive=child.dep_ == "nsubjpass")


def _act(relation: str, verb: Token) -> Iterator[_Label]:
    base = verb_lemmas.verb(verb.text)
    if base in _EMPTY or not verb.is_alpha or _before_hyphen(verb):
        return
    particle = next((f" {child.lower_}" for child in verb.children if child.dep_ == "prt"), "")
    denied = "not " if any(child.dep_ == "neg" for child in verb.children) else ""
    yield _Label(relation, f"{denied}{base}{particle}", verb.idx, verb.idx + len(verb))


def _before_hyphen(word: Token) -> bool:
    """Whether a hyphen follows without a space: "made-up". Asking the text for it would build the text each time."""
    return not word.whitespace_ and word.i + 1 < len(word.doc) and word.nbor().text.startswith("-")


def _chunk(relation: str, head: Token) -> Iterator[_Label]:
    """A noun with the words before it that describe it: "acting director"."""
    first = head
    for word in reversed(list(head.lefts)):
        if word.dep_ not in _BEFORE or word.i != first.i - 1 or head.i - word.i >= _LONGEST_LABEL:
            break
        first = word
    yield from _span(relation, first, head)


def _bare(token: Token) -> str:
    """A word in lower case; abbreviated titles ("Sen.") without their full stop."""
    return token.lower_.rstrip(".") or token.lower_


def _span(relation: str, first: Token, last: Token) -> Iterator[_Label]:
    words = " ".join(_bare(token) for token in first.doc[first.i : last.i + 1]).replace(" - ", "-")
    if words not in _plain():
        yield _Label(relation, words, first.idx, last.idx + len(last))


@Language.factory(
    "labels",
    assigns=["doc._.labels"],
    requires=["doc._.mentions", "doc._.passages", "token.dep", "token.head", "token.pos", "token.tag"],
)
def make_labels(nlp: Language, name: str) -> Labels:  # noqa: ARG001 - spaCy passes both
    """Make the component."""
    return Labels()
