"""Nouns of the narration that stand for a place the article has named: "the state", "the county", "the city"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import NOUN_FOR_PLACE, Entity, Mention
from pipeline.core.dependencies import SUBJECTS, children
from pipeline.core.quote_layout import layout_of
from pipeline.core.resource_tables import toml
from pipeline.core.token_table import grammar_of
from pipeline.coreference.salience import BY_THE_WAY
from pipeline.places.place_usage import decides

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.core.token_table import Token, Tokens

_NOUNS: Final[dict[str, str]] = toml("core/place_nouns.toml")["kinds"]
_HOME: Final = "place:us"
_CONFIDENCE: Final = 0.8
# How much of what a place weighs is left a sentence, and a paragraph, later.
_A_SENTENCE_LATER: Final = 0.8
_A_PARAGRAPH_LATER: Final = 0.85
# A place where a sentence begins ("In Reno, …"), one that a sentence tells of, one where something is done.
_SCENE: Final = 2.0
_TOLD_OF: Final = 1.6
_SET_IN: Final = 1.2
_NAMED: Final = 1.0
# A place that another brings along, as Toledo does Ohio; one that only says of what kind something is: "Russian oil".
_IMPLIED: Final = 0.6
_OF_A_KIND: Final = 0.4
# Each time a place was named before adds this much, up to so many times.
_EACH_TIME: Final = 0.15
_TIMES: Final = 5
# The place meant outweighs every other of its kind so many times over.
_CLEARLY: Final = 1.3
# What is left of a place after so long that the noun may stand for any, or for none: "give their trade to the state".
_FAINT: Final = 0.05
# What "the state" may be besides a state of a federation: "Venezuela … the state owns the mines".
_RIVALS: Final = {"state": frozenset({"state", "country"})}
_PART_OF_A_NAME: Final = frozenset({"compound", "nmod", "amod", "appos", "attr", "npadvmod"})
_NAMES_GO_ON: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
# What follows may make another place of it: "the city where", "the state with the most", "the city of tents".
_CLAUSES: Final = frozenset({"relcl", "acl"})
_BESIDE: Final = frozenset({"prep", "appos"})


class _Presence:
    """How present each place of an article is to whoever has read so far."""

    def __init__(self) -> None:
        self._weights: dict[str, float] = {}
        self._times: dict[str, int] = {}

    def fade(self, share: float) -> None:
        for entity_id in self._weights:
            self._weights[entity_id] *= share

    def name(self, entity_id: str, weight: float) -> None:
        self._weights[entity_id] = max(self._weights.get(entity_id, 0.0), weight)
        self._times[entity_id] = self._times.get(entity_id, 0) + 1

    def places(self) -> list[str]:
        return list(self._weights)

    def is_faint(self, entity_id: str) -> bool:
        return self._weights[entity_id] < _FAINT

    def of(self, entity_id: str) -> float:
        return self._weights[entity_id] + _EACH_TIME * min(self._times[entity_id], _TIMES)


class PlaceNouns:
    """Finds for which place of ``doc`` a noun such as "the city" stands, by the ``mentions`` that name places."""

    def __init__(self, doc: Tokens, mentions: Iterable[Mention]) -> None:
        self._doc = doc
        self._layout = layout_of(doc)
        self._taken = {i: mention for mention in mentions for i in self._layout.tokens_of(mention.start, mention.end)}
        self._entities: dict[str, Entity] = doc._.entities
        self._presence = _Presence()

    def find(self) -> list[Mention]:
        """Mentions in order of the text, with resolution ``NOUN_FOR_PLACE``: they name nothing."""
        found = []
        blocks = iter(self._layout.paragraphs)
        block = next(blocks, None)
        words, begins, taken = grammar_of(self._doc).words, self._layout.begins, self._taken
        for i, start in enumerate(self._layout.starts):
            while block is not None and start >= block.end:
                block = next(blocks, None)
                self._presence.fade(_A_PARAGRAPH_LATER)
            if begins[i]:
                self._presence.fade(_A_SENTENCE_LATER)
            mention = taken.get(i)
            if mention is not None:
                if mention.label == "JURISDICTION" and taken.get(i - 1) is not mention:
                    self._remember(mention)
            elif words[i] in _NOUNS and block is not None and start >= block.start:
                token = self._doc[i]
                entity_id = self._meant(_NOUNS[words[i]]) if self._stands_for_a_place(token) else ""
                if entity_id:
                    found.append(self._mention(token, entity_id))
                    self._presence.name(entity_id, _NAMED)
        return found

    def _mention(self, noun: Token, entity_id: str) -> Mention:
        start, end = self._doc[noun.i - 1].idx, noun.idx + len(noun)
        return Mention(start, end, "JURISDICTION", entity_id, NOUN_FOR_PLACE, _CONFIDENCE, metonym=decides(noun))

    def _remember(self, mention: Mention) -> None:
        self._presence.name(mention.entity_id, self._weight(mention))
        entity = self._entities.get(mention.entity_id)
        if entity is not None and entity.state:
            self._presence.name(_HOME, _IMPLIED)
            if entity.kind != "state":
                self._presence.name(f"{_HOME}-{entity.state.lower()}", _IMPLIED)

    def _weight(self, mention: Mention) -> float:
        """What part a place has in its sentence."""
        head = self._doc[self._layout.tokens_of(mention.start, mention.end).stop - 1]
        around = self._taken.get(head.head.i)
        if head.dep_ in BY_THE_WAY and around is not None and around.label == "JURISDICTION":
            head = head.head  # "Reno, Nevada" has one part between the two
        if head.dep_ in BY_THE_WAY:
            return _OF_A_KIND
        if any(child.dep_ == "conj" for child in children(head)):
            return _NAMED  # of "Peru and Chile" neither is the one told of
        if head.dep_ in SUBJECTS and head.head.dep_ in {"ROOT", "conj"}:
            return _TOLD_OF
        if head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head.pos_ in {"VERB", "AUX"}:
            return _SCENE if head.head.is_sent_start else _SET_IN
        return _NAMED

    def _stands_for_a_place(self, token: Token) -> bool:
        """Whether a token is the noun of "the city", with nothing that tells which city."""
        i = token.i
        if token.lower_ not in _NOUNS or not token.is_lower or not i or self._doc[i - 1].lower_ != "the":
            return False
        if not self._layout.outside(token) or token.tag_ != "NN" or token.dep_ in _PART_OF_A_NAME:
            return False
        if i + 1 < len(self._doc) and self._doc[i + 1].pos_ in _NAMES_GO_ON:
            return False
        return not any(
            child.dep_ in _CLAUSES or (child.dep_ in _BESIDE and child.i == i + 1) for child in children(token)
        )

    def _meant(self, kind: str) -> str:
        """The id of the place of a kind that outweighs the others and is named; empty where none does."""
        kinds = _RIVALS.get(kind, frozenset({kind}))
        fits = [place for place in self._presence.places() if self._kind_of(place) in kinds]
        if kind != "country" and _HOME in fits:
            fits.remove(_HOME)  # every state of an article on America lies in it
        ranked = sorted(fits, key=self._presence.of, reverse=True)
        if not ranked or ranked[0] not in self._entities or self._entities[ranked[0]].kind != kind:
            return ""
        best, *others = map(self._presence.of, ranked[:2])
        clear = not others or best >= _CLEARLY * others[0]
        return ranked[0] if clear and not self._presence.is_faint(ranked[0]) else ""

    def _kind_of(self, entity_id: str) -> str:
        """The kind of a place, also of a state or country that is only implied."""
        entity = self._entities.get(entity_id)
        if entity is not None:
            return entity.kind
        return "country" if entity_id == _HOME else "state"
