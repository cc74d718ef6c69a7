"""The entity or the words that a speaker's noun phrase stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.components.bodies import Bodies
from pipeline.components.cues import cue_of
from pipeline.components.person_words import role_words
from pipeline.components.tree import children

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.annotations import Mention
    from pipeline.components.layout import Layout

# Words between a speaker without a name and a pronoun for them.
_REACH: Final = 150
_ANSWERS: Final = frozenset({"answer", "reply", "respond", "retort"})
_THIRD: Final = frozenset({"he", "she", "they"})


def _answers(head: Token) -> bool:
    """Whether a subject answers: then it is not the one who spoke before."""
    cue = cue_of(head.head)
    return cue is not None and cue.lemma in _ANSWERS


class Names:
    """Looks up who the words for a speaker stand for; ask in order of the text, as pronouns look back."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._mention_at: dict[int, Mention] = {}
        self._last_named: dict[str, int] = {}
        self._nameless = ""
        self._nameless_at = -1
        for mention in layout.doc._.mentions:
            for i in range(layout.token_at(mention.start), layout.token_at(mention.end)):
                self._mention_at[i] = mention
        self._bodies = Bodies(layout, self._mention_at)

    def of(self, head: Token, first: int, last: int) -> tuple[str, str, float]:
        """Entity id, name, and how sure, of the speaker whose words are the tokens ``first:last`` with ``head``."""
        doc = self._layout.doc
        text = self._layout.text[doc[first].idx : doc[last - 1].idx + len(doc[last - 1])]
        mention = self._mention_at.get(head.i) or self._apposed(head, first, last) or self._explained(head, first)
        if mention is not None and mention.label in {"ORG", "JURISDICTION"}:
            mention = self._titled(mention, last) or mention
        if mention is None or mention.label == "JURISDICTION":
            mention = self._glossed(first, last) or mention
        if mention is None:
            mention = self._bodies.of(head, first, last)
        pronoun = head.lower_ in _THIRD and last - first == 1
        if mention is not None and (entity := doc._.entities.get(mention.entity_id)) is not None:
            # "A spokesman said … he added": he is the spokesman, named or not.
            nameless = self._nameless_at > self._last_named.get(mention.entity_id, -1) and self._near(head)
            if not pronoun or not nameless or _answers(head):
                if not pronoun:
                    self._last_named[mention.entity_id] = head.i
                return mention.entity_id, entity.name, mention.confidence
            return "", self._nameless, 0.6
        if pronoun and self._nameless and self._near(head):
            self._nameless_at = head.i
            return "", self._nameless, 0.7
        text = self._bodies.fuller(head, first, last) or text
        if head.lower_ in role_words():
            self._nameless, self._nameless_at = text, head.i
        # "He", of whom nothing more is known, is no name: two articles' are not the same man.
        return "", "" if head.tag_ == "PRP" and last - first == 1 else text, 1.0

    def _near(self, head: Token) -> bool:
        return 0 <= head.i - self._nameless_at <= _REACH

    def _glossed(self, first: int, last: int) -> Mention | None:
        """The person a phrase begins with that says more of them after a comma: `Lee, D-Ill.`."""
        doc = self._layout.doc
        start = next((i for i in range(first, last) if i in self._mention_at), last)
        mention = self._mention_at.get(start)
        if mention is None or mention.label != "PERSON" or any(t.pos_ != "PROPN" for t in doc[first:start]):
            return None
        end = next((i for i in range(start, last) if self._mention_at.get(i) is not mention), last)
        return mention if end < last and doc[end].text in {",", "("} else None

    def _titled(self, body: Mention, last: int) -> Mention | None:
        """The person whose title begins with the name of a body or place: `Center for Law director Ann Lee`."""
        doc = self._layout.doc
        for i in range(self._layout.token_at(body.end), last):
            mention = self._mention_at.get(i)
            if mention is not None and mention.label == "PERSON":
                return mention
            if doc[i].pos_ not in {"NOUN", "PROPN", "ADJ"}:
                return None
        return None

    def _explained(self, head: Token, first: int) -> Mention | None:
        """The person named right before a role that tells who that is: `Ann Lee, the director, said`."""
        doc = self._layout.doc
        if first < 2 or head.lower_ not in role_words() or not doc[first].is_lower or doc[first - 1].text not in ",.(":
            return None
        mention = self._mention_at.get(first - 2)
        return mention if mention is not None and mention.label == "PERSON" else None

    def _apposed(self, head: Token, first: int, last: int) -> Mention | None:
        """The person a nominal phrase names beside its head: `a spokeswoman, Ann Lee`."""
        for child in children(head):
            if child.dep_ == "appos" and first <= child.i < last:
                mention = self._mention_at.get(child.i)
                if mention is not None and mention.label == "PERSON":
                    return mention
        return None
