"""Who an attribution is addressed to: `told reporters`, `in a letter to the governor`, `testified before the panel`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import children, lefts, rights
from pipeline.core.person_nouns import person_nouns
from pipeline.core.resource_tables import toml

if TYPE_CHECKING:
    from pipeline.core.annotations import Mention
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_PERSONAL: Final = frozenset({"me", "us", "him", "her", "them", "you"})
_SPOKEN_TO: Final = frozenset({"PERSON", "ORG"})
_BEFORE: Final = frozenset({"testify", "speak", "appear", "say", "argue", "tell", "address"})
_CLAUSES: Final = frozenset({"ccomp", "xcomp"})
_PART_OF_NAME: Final = frozenset({"prep", "conj", "cc", "nummod", "case", "compound"})
_LONGEST: Final = 12


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in toml("quotes/addressees.toml").items()}


class Addressees:
    """Looks up who is spoken to by a cue, by the mentions of the article."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._mention_at: dict[int, Mention] = {}
        for mention in layout.doc._.mentions:
            for i in layout.tokens_of(mention.start, mention.end):
                self._mention_at.setdefault(i, mention)

    def of(self, cue: Token, speaker: Token | None) -> tuple[int, int, str] | None:
        """First and last character of the words for who ``cue`` is addressed to, with their entity id or ""."""
        head = self._head(cue)
        if head is None or head is speaker or not self._layout.outside(head):
            return None
        first, last = self._phrase(head, cue)
        doc = self._layout.doc
        mention = self._mention_at.get(head.i) or self._mention_at.get(last - 1)
        entity = mention.entity_id if mention is not None else ""
        return doc[first].idx, doc[last - 1].idx + len(doc[last - 1]), entity

    def _head(self, cue: Token) -> Token | None:
        listed = cue_of(cue)
        if listed is None or cue.pos_ not in {"VERB", "AUX"} or cue.lower_ == "according":
            return None
        if listed.lemma in _lists()["object"]:
            addressee = self._object(cue)
            if addressee is not None:
                return addressee
        return self._of_preposition(cue, listed.lemma)

    def _object(self, cue: Token) -> Token | None:
        """Who is told: the object, the subject of the passive, or the subject of `urged the mayor to resign`."""
        passive = next((child for child in lefts(cue) if child.dep_ == "nsubjpass"), None)
        if passive is not None:
            return passive if self._somebody(passive) else None
        for child in rights(cue):
            if child.dep_ in {"dobj", "dative", "oprd", "npadvmod", "appos"} and child.pos_ != "ADP":
                if self._somebody(child) or (
                    child.dep_ == "dobj" and child.pos_ == "NOUN" and self._bidden(cue, child)
                ):
                    return child
            elif child.dep_ in _CLAUSES:
                # The parse often makes who is asked the subject of what is asked.
                subject = next((c for c in lefts(child) if c.dep_ == "nsubj"), None)
                wish = any(c.dep_ == "aux" and c.lower_ == "to" for c in lefts(child))
                if subject is not None and subject.left_edge.i == cue.i + 1 and wish and self._somebody(subject):
                    return subject
                break
        return None

    @staticmethod
    def _bidden(cue: Token, noun: Token) -> bool:
        """Whether a clause says what the object is to do: `urged the clinic to stay open`."""
        after = (child for child in rights(cue) if child.i > noun.i and child.dep_ == "xcomp")
        return any(c.dep_ == "aux" and c.lower_ == "to" for child in after for c in lefts(child))

    def _of_preposition(self, cue: Token, lemma: str) -> Token | None:
        for child in children(cue):
            word = child.lower_
            if child.dep_ not in {"prep", "dative"}:
                continue
            noun = next((c for c in rights(child) if c.dep_ == "pobj"), None)
            if noun is None:
                continue
            addressed = word == "to" and lemma not in _lists()["not_to"]
            addressed = (
                addressed or (word == "before" and lemma in _BEFORE) or (word == "at" and lemma in _lists()["at"])
            )
            if (addressed or (word == "on" and self._called_upon(cue, lemma))) and self._somebody(noun):
                return noun
            if word in {"in", "during", "at", "on"} and noun.lower_ in _lists()["channels"]:
                receiver = self._receiver(noun)
                if receiver is not None:
                    return receiver
        return None

    @staticmethod
    def _called_upon(cue: Token, lemma: str) -> bool:
        """Whether somebody is called on to do something."""
        return lemma == "call" and any(child.dep_ in _CLAUSES | {"advcl"} for child in rights(cue))

    def _receiver(self, channel: Token) -> Token | None:
        """Who a letter is to, or an interview with."""
        for child in rights(channel):
            if child.dep_ in {"prep", "dative"} and child.lower_ in {"to", "with", "before"}:
                noun = next((c for c in rights(child) if c.dep_ == "pobj"), None)
                return noun if noun is not None and self._somebody(noun) else None
        return None

    def _somebody(self, noun: Token) -> bool:
        """Whether ``noun`` stands for people, or for a body of people."""
        if noun.pos_ == "PRON":
            return noun.lower_ in _PERSONAL
        mention = self._mention_at.get(noun.i)
        if mention is not None:
            return mention.label in _SPOKEN_TO
        word = noun.lower_
        if word in person_nouns() or word in _lists()["audience"]:
            return True
        plural = word.removesuffix("s")
        return plural in person_nouns() or (noun.pos_ == "PROPN" and not noun.ent_type_.startswith(("DATE", "TIME")))

    def _phrase(self, head: Token, cue: Token) -> tuple[int, int]:
        """The tokens of the noun phrase of ``head``, without clauses and what depends on it loosely."""
        doc = self._layout.doc
        low = cue.i + 1 if head.i > cue.i else 0
        first = max(head.left_edge.i, head.i - _LONGEST, low)
        last = head.i + 1
        for child in rights(head):
            near = child.left_edge.i == last
            if not near or child.dep_ not in _PART_OF_NAME or (child.dep_ == "prep" and child.lower_ != "of"):
                break
            last = child.right_edge.i + 1 if child.dep_ != "cc" else child.i + 1
        while last > head.i + 1 and (doc[last - 1].dep_ == "cc" or doc[last - 1].is_punct or doc[last - 1].is_space):
            last -= 1
        last = min(last, head.i + 1 + _LONGEST)
        mention = self._mention_at.get(head.i)
        if mention is not None:
            mention_tokens = self._layout.tokens_of(mention.start, mention.end)
            first, last = max(low, min(first, mention_tokens[0])), max(last, mention_tokens[-1] + 1)
        while first < head.i and (doc[first].is_punct or doc[first].is_space):
            first += 1
        return first, last
