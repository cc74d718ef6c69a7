"""What a sentence says was done, and what it says was not: passages that contradict each other tell no one fact.

Looked at are main verbs: those of the sentence, of what somebody in it says, and of what is refused, denied or has yet
to be done. What is done if something else is, what may be done and what somebody wants is neither said nor denied.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import lists
from pipeline.core.verb_lemmas import verb as lemma
from pipeline.stories.passage_pairs import stem

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_LISTS: Final = {name: frozenset(words) for name, words in lists("stories/denials.toml").items()}
_LIGHT: Final = frozenset(lists("stories/title_words.toml")["light_verbs"])
_VERBS: Final = frozenset({"VERB", "AUX"})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
_HELPS: Final = frozenset({"aux", "auxpass"})
_DONE_TO: Final = frozenset({"nsubj", "nsubjpass", "dobj"})
_ACTED_ON: Final = frozenset({"dobj", "nsubjpass"})
_OWN: Final = frozenset({"nsubj", "nsubjpass", "expl"}) | _HELPS
# Verbs from one to the main one, at most.
_CLIMB: Final = 6


@dataclass(frozen=True, slots=True)
class Deeds:
    """Stems of the main verbs of a sentence: of what it says was done or is to come, and of what it says was not.

    A verb that it has more than once is among them where it stands alike each time. ``named`` has the stems of nouns
    for what is done, where it says so: "added a mandate".
    """

    said: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()

    def contradict(self, other: Deeds) -> bool:
        """Whether one says that something was done of which the other says that it was not."""
        return bool((self.said | self.named) & other.denied or self.denied & (other.said | other.named))


def deeds(sentence: Span) -> Deeds:
    """The deeds of a parsed ``sentence``; those of verbs that say next to nothing are left out."""
    standings: defaultdict[str, set[bool | None]] = defaultdict(set)
    if sentence.text.rstrip(" \n”\"'’").endswith("?"):
        return Deeds()
    for token in sentence:
        if token.pos_ == "VERB" and token.is_alpha and lemma(token.lower_) not in _LIGHT:
            standings[stem(token.lower_)].add(_is_said(token))
    named = (
        stem(token.lower_)
        for token in sentence
        if token.pos_ == "NOUN" and token.dep_ in _ACTED_ON and token.head.pos_ == "VERB" and _is_said(token.head)
    )
    return Deeds(
        frozenset(base for base, found in standings.items() if found == {True}),
        frozenset(base for base, found in standings.items() if found == {False}),
        frozenset(named) - standings.keys(),
    )


def stands_alone(verb: Token) -> bool:
    """Whether the clause of a verb says by itself what its sentence says.

    It does not where what it hangs on takes that back, or leaves it open: "reports that they agreed are premature", "it
    is unlikely that they agree", "nobody said that they agree", "if they agree".
    """
    for _ in range(_CLIMB):
        if verb.dep_ in {"ccomp", "csubj", "acl", "advcl"} and _is_taken_back(verb):
            return False
        if verb.dep_ == "ROOT":
            break
        verb = verb.head
    return True


def _is_taken_back(verb: Token) -> bool:
    marks = {child.lower_ for child in verb.lefts if child.dep_ == "mark"}
    if verb.dep_ == "advcl":
        return bool(marks & _LISTS["open"])
    if verb.dep_ == "acl":
        return bool(marks)
    head = verb.head
    opens = any(child.lower_ in _LISTS["open"] and child.dep_ == "aux" for child in head.lefts)
    return head.pos_ != "VERB" or bool(marks & _LISTS["open"]) or opens or _is_negated(head) or (
        lemma(head.lower_) in _LISTS["denies"]
    )  # fmt: skip


def _is_said(verb: Token) -> bool | None:
    """Whether a sentence says that this was done, or that it was not; None where it leaves that open."""
    is_said, token, counts = True, verb, True
    for _ in range(_CLIMB):
        if counts:
            if any(child.lower_ in _LISTS["open"] and child.dep_ in {"aux", "mark"} for child in token.lefts):
                return None
            is_said ^= _is_negated(token)
        if token.dep_ == "ROOT":
            return is_said
        above = _above(token)
        if above is None:
            return None
        token, flips, counts = above
        is_said ^= flips
    return None


def _above(verb: Token) -> tuple[Token, bool, bool] | None:
    """The verb a verb hangs on, whether that turns it round, and whether what holds of it holds of the other as well.

    None where what hangs so is said in passing, wanted or supposed.
    """
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in _VERBS:
        turns = any(child.dep_ == "cc" and child.lower_ in _LISTS["turns"] for child in head.children)
        return head, False, not turns and not any(child.dep_ in _OWN for child in verb.lefts)
    if verb.dep_ == "ccomp" and head.pos_ in _VERBS:
        is_clause = verb.tag_ in _FINITE or any(child.dep_ in _HELPS for child in verb.lefts)
        denies = lemma(head.lower_) in _LISTS["denies"]
        if not is_clause or (_is_negated(head) and not denies):
            return None
        return head, denies, True
    if verb.dep_ == "xcomp" and head.pos_ in _VERBS:
        is_not_yet = any(child.lower_ in _LISTS["yet"] for child in head.children)
        return (head, True, True) if is_not_yet or lemma(head.lower_) in _LISTS["refuses"] else None
    if verb.dep_ == "pcomp":
        governor = head.head
        is_kept = head.lower_ in _LISTS["away"] and (
            lemma(governor.lower_) in _LISTS["refuses"] or governor.lower_ in _LISTS["short"]
        )
        if is_kept or head.lower_ in _LISTS["without"]:
            return (governor if governor.pos_ in _VERBS else governor.head), True, True
    return None


def _is_negated(verb: Token) -> bool:
    for child in verb.children:
        is_before = child.i < verb.i
        if child.dep_ == "neg" or (is_before and child.lower_ in _LISTS["nots"] | _LISTS["no_longer"]):
            return True
        if child.dep_ in _DONE_TO and (
            child.lower_ in _LISTS["nobody"] or any(word.lower_ in _LISTS["nobody"] for word in child.lefts)
        ):
            return True
    return False
