"""Who was spoken of last, and how weightily: what a pronoun or a role looks back to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import SUBJECTS, children
from pipeline.core.person_nouns import person_nouns, role_words
from pipeline.core.quote_layout import layout_of
from pipeline.core.resource_tables import toml
from pipeline.core.token_table import grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.token_table import Token, Tokens

# People looked at for one pronoun, last named first; keeps time linear where an article names hundreds.
MOST: Final = 12
# The subject of what somebody says, or of a clause that tells when or which, is less spoken of than who says it.
_WITHIN: Final = frozenset({"ccomp", "relcl", "advcl", "acl", "pcomp"})
# "the Trump administration" names the man without speaking of him.
BY_THE_WAY: Final = frozenset({"compound", "nmod", "amod"})
_SUBJECT: Final = 1.3
# A pronoun looks back over this many paragraphs and sentences.
_PARAGRAPHS: Final = 3
SENTENCES: Final = 8
# Somebody spoken of so few sentences ago is spoken of still.
_LATELY: Final = 2
# Words of a bracket that are looked at.
_BRACKET: Final = 25
# Beside another noun it says what that one is, and brings in nobody.
_OF_ANOTHER: Final = frozenset({"compound", "appos", "attr", "nmod", "poss"})
# Somebody brought in without a name is what is spoken of next, whatever their part in the sentence.
_BROUGHT_IN: Final = 1.1
# They bring others to speak and are themselves passed by.
_WHO_ASK: Final = frozenset(toml("coreference/role_words.toml")["lists"]["who_ask"])
_A_NEW_ONE: Final = frozenset({"a", "an", "another", "one"})


@dataclass(slots=True)
class LastReference:
    """Where a person was last spoken of. Somebody the article does not name has no ``entity_id``."""

    entity_id: str
    gender: str
    token: int = -1
    sentence: int = -99
    paragraph: int = -99
    weight: float = 0.0
    times: int = 0
    roles: dict[str, set[str]] = field(default_factory=dict)


def _in_brackets(head: Token) -> bool:
    """Whether a bracket is open before a word in its sentence: what stands in one is said by the way."""
    words, begins = grammar_of(head.doc).words, layout_of(head.doc).begins
    for i in range(head.i - 1, max(head.i - _BRACKET, -1), -1):
        if words[i] == ")" or begins[i + 1]:
            return False
        if words[i] == "(":
            return True
    return False


def prominence(head: Token, *, quoted: bool) -> float:
    """How much a mention of a person makes a later pronoun theirs."""
    if quoted:
        return 0.3
    if head.dep_ in BY_THE_WAY:
        # "Lee bristles at …": the parse that takes a verb for a noun leaves the sentence none.
        return 1.3 if head.is_sent_start and head.head.dep_ == "ROOT" and head.head.tag_ == "NNS" else 0.1
    if head.dep_ == "appos" and head.head.dep_ in SUBJECTS:
        # "The mayor, Ann Lee, said": the name is as much the subject as the role.
        head = head.head
    verb = head.head
    if head.dep_ in SUBJECTS:
        leads = verb.dep_ == "ccomp" and verb.i < verb.head.i
        if verb.dep_ in _WITHIN and not leads and head.pos_ != "PRON":
            return 1.1
        return 1.6 if verb.pos_ == "VERB" and cue_of(verb) else _SUBJECT
    # "Also running is Ann Lee."
    inverted = head.dep_ == "attr" and not any(word.dep_ == "nsubj" for word in children(verb))
    return _SUBJECT if inverted else {"poss": 0.8, "appos": 0.9, "ROOT": 0.9}.get(head.dep_, 0.6)


def _introduced(head: Token) -> bool:
    """Whether words after a name say who that is: `Ann Lee, president of the club`."""
    return any(child.dep_ == "appos" and child.lower_ in role_words() for child in children(head))


class LastNamed:
    """Keeps in mind whom an article has spoken of, as it is read word by word."""

    def __init__(self, doc: Tokens) -> None:
        self._doc = doc
        self._people: dict[str, LastReference] = {}
        self._recent: list[LastReference] = []

    def person(self, entity_id: str) -> LastReference:
        """Somebody of the article, whether spoken of yet or not."""
        if entity_id not in self._people:
            entity = self._doc._.entities.get(entity_id)
            self._people[entity_id] = LastReference(entity_id, entity.gender if entity else "")
        return self._people[entity_id]

    def people(self) -> list[LastReference]:
        """Everybody named in the article."""
        return [person for person in self._people.values() if person.entity_id]

    def remember(self, person: LastReference, head: Token, sentence: int, paragraph: int, *, quoted: bool) -> None:
        """Keep in mind that a person is spoken of at ``head``."""
        weight = prominence(head, quoted=quoted)
        if not person.entity_id or (not person.times and not quoted and _introduced(head)):
            weight = max(weight, _BROUGHT_IN)
        # A passing mention, or one in brackets, does not push an earlier, weightier one of the same sentence aside.
        aside = person.times and sentence - person.sentence <= _LATELY and _in_brackets(head)
        if not aside and (sentence != person.sentence or weight >= person.weight):
            person.token, person.sentence, person.paragraph, person.weight = head.i, sentence, paragraph, weight
        person.times += 1
        if person in self._recent[-MOST:]:
            self._recent.remove(person)
        self._recent.append(person)
        if len(self._recent) > 4 * MOST:
            del self._recent[: 2 * MOST]

    def remember_unnamed(self, noun: Token, sentence: int, paragraph: int) -> None:
        """Keep in mind somebody without a name: what the article says of them next, it does not say of those named."""
        first = self._doc[noun.left_edge.i].lower_
        if (
            noun.dep_ in _OF_ANOTHER
            or noun.lower_ in _WHO_ASK
            or not (first in _A_NEW_ONE or (first == "the" and noun.lower_ not in role_words()))
        ):
            return
        key = f"a {noun.lower_}"
        if key not in self._people:
            self._people[key] = LastReference("", person_nouns()[noun.lower_])
        self.remember(self._people[key], noun, sentence, paragraph, quoted=False)

    def scores(self, token: Token, gender: str, sentence: int, paragraph: int) -> Iterator[tuple[float, LastReference]]:
        """How well each of those last spoken of fits a pronoun."""
        for person in self._recent[: -MOST - 1 : -1]:
            apart = sentence - person.sentence
            if paragraph - person.paragraph > _PARAGRAPHS or apart > SENTENCES:
                continue
            if person.gender and person.gender != gender:
                continue
            score = person.weight * 0.65 ** max(apart, 0) * 0.8 ** max(paragraph - person.paragraph, 0)
            if not person.gender and person.entity_id:
                score *= 0.6
            if _in_brackets(self._doc[person.token]) and not _in_brackets(token):
                score *= 0.3
            # "Lee told Kim that she": the object of the verb whose subject the pronoun is, is somebody else.
            if apart == 0 and token.dep_ in SUBJECTS and self._doc[person.token].head.i == token.head.i:
                score *= 0.1
            yield score + min(person.times, 5) * 0.02, person
