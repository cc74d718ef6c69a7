"""The ``references`` component: pronouns and role phrases of the narration that stand for people the article names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spacy.language import Language

from pipeline.annotations import Mention
from pipeline.components.cues import cue_of
from pipeline.components.layout import layout_of
from pipeline.components.tree import children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

_RESOURCES: Final = Path(__file__).parent.parent / "resources"
_GENDERS: Final = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
# The subject of what somebody says, or of a clause that tells when or which, is less spoken of than who says it.
_WITHIN: Final = frozenset({"ccomp", "relcl", "advcl", "acl", "pcomp"})
# "the Trump administration" names the man without speaking of him.
_BY_THE_WAY: Final = frozenset({"compound", "nmod", "amod"})
# A pronoun looks back over this many paragraphs and sentences.
_PARAGRAPHS: Final = 3
_SENTENCES: Final = 8
# People looked at for one pronoun, last named first; keeps time linear where an article names hundreds.
_LAST_NAMED: Final = 12
_LONGEST_ROLE: Final = 12
# Words between a name and what explains it.
_LONGEST_ASIDE: Final = 5
_ONE: Final = frozenset({"NN", "NNP"})
# Beside another noun it says what that one is, and brings in nobody.
_OF_ANOTHER: Final = frozenset({"compound", "appos", "attr", "nmod", "poss"})
# Somebody brought in without a name is what is spoken of next, whatever their part in the sentence.
_BROUGHT_IN: Final = 1.1
_HONORIFICS: Final = {
    **dict.fromkeys(("mr.", "mr", "sir", "lord"), "m"),
    **dict.fromkeys(("mrs.", "mrs", "ms.", "ms", "miss", "lady", "dame"), "f"),
}
# They bring others to speak and are themselves passed by.
_WHO_ASK: Final = frozenset({"reporter", "journalist", "interviewer", "moderator", "anchor", "host"})
_A_NEW_ONE: Final = frozenset({"a", "an", "another", "one"})
_OF_A_TITLE: Final = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
_IN_A_TITLE: Final = frozenset({"of", "and", "the"})
# Of these places and times everybody's role may be.
_HERE: Final = frozenset({"states", "country", "nation", "state", "us", "u.s.", "committee", "house", "senate"})
_ANY_OTHER: Final = frozenset({"other", "another", "any", "typical", "average", "next", "every"})
# Words that make another role of a role.
_RANKS: Final = frozenset({"former", "vice", "deputy", "assistant"})


@dataclass(slots=True)
class _Person:
    """Where a person was last spoken of. Somebody the article does not name has no ``entity_id``."""

    entity_id: str
    gender: str
    token: int = -1
    sentence: int = -99
    paragraph: int = -99
    weight: float = 0.0
    times: int = 0
    roles: dict[str, set[str]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def role_words() -> frozenset[str]:
    """Nouns for what a person is or does, from ``resources/roles.txt``."""
    lines = (_RESOURCES / "roles.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def person_nouns() -> dict[str, str]:
    """Nouns for somebody who need not be named, with their gender: ``m``, ``f`` or empty for either."""
    found = dict.fromkeys(role_words(), "")
    for line in (_RESOURCES / "person_nouns.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            gender, _, nouns = line.partition(":")
            found.update(dict.fromkeys(nouns.split(), gender.replace("e", "")))
    return found


def _either(token: Token) -> bool:
    """Whether a pronoun is one of "he or she": anybody."""
    doc, i = token.doc, token.i
    for one, joint, two in ((i, i + 1, i + 2), (i - 2, i - 1, i)):
        if one >= 0 and two < len(doc) and doc[joint].lower_ in {"or", "/", "and"}:
            pair = {_GENDERS.get(doc[one].lower_), _GENDERS.get(doc[two].lower_)}
            if pair == {"m", "f"}:
                return True
    return False


def _prominence(head: Token, *, quoted: bool) -> float:
    """How much a mention of a person makes a later pronoun theirs."""
    if quoted:
        return 0.3
    if head.dep_ in _BY_THE_WAY:
        # "Lee bristles at …": the parse that takes a verb for a noun leaves the sentence none.
        return 1.3 if head.is_sent_start and head.head.dep_ == "ROOT" and head.head.tag_ == "NNS" else 0.1
    if head.dep_ == "appos" and head.head.dep_ in _SUBJECTS:
        # "The mayor, Ann Lee, said": the name is as much the subject as the role.
        head = head.head
    if head.dep_ in _SUBJECTS:
        verb = head.head
        leads = verb.dep_ == "ccomp" and verb.i < verb.head.i
        if verb.dep_ in _WITHIN and not leads and head.pos_ != "PRON":
            return 1.1
        return 1.6 if verb.pos_ == "VERB" and cue_of(verb) else 1.3
    if head.dep_ == "poss":
        return 0.8
    return {"appos": 0.9, "ROOT": 0.9, "conj": 0.6}.get(head.dep_, 0.6)


def _introduced(head: Token) -> bool:
    """Whether words after a name say who that is: `Ann Lee, president of the club`."""
    return any(child.dep_ == "appos" and child.lower_ in role_words() for child in children(head))


class _Reading:
    """Reads an article token by token and keeps in mind who was named."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.layout = layout_of(doc)
        self.taken: dict[int, Mention] = {}
        self.people: dict[str, _Person] = {}
        self.recent: list[_Person] = []
        self.by_role: dict[str, list[_Person]] = defaultdict(list)
        self.found: list[Mention] = []
        for mention in doc._.mentions:
            for i in self.layout.tokens_of(mention.start, mention.end):
                self.taken.setdefault(i, mention)

    def _head_of(self, mention: Mention) -> Token:
        inside = self.layout.tokens_of(mention.start, mention.end)
        tokens = self.doc[inside.start : inside.stop]
        return next((t for t in tokens if t.head.i not in inside), tokens[-1])

    def read(self) -> list[Mention]:
        self._learn_roles()
        doc = self.doc
        paragraph_of = self._paragraphs()
        sentence = -1
        for token in doc:
            if token.is_sent_start:
                sentence += 1
            paragraph = paragraph_of[token.i]
            mention = self.taken.get(token.i)
            if mention is not None:
                begins = token.i == 0 or self.taken.get(token.i - 1) is not mention
                if begins and mention.label == "PERSON":
                    quoted = self.layout.inside[token.i] >= 0
                    self._note(mention.entity_id, self._head_of(mention), sentence, paragraph, quoted=quoted)
                continue
            if paragraph < 0 or self.layout.inside[token.i] >= 0:
                continue
            word = token.lower_
            if gender := _GENDERS.get(word):
                if not _either(token):
                    self._resolve(token, gender, sentence, paragraph)
            elif (
                word in person_nouns()
                and token.tag_ in _ONE
                and not (word in role_words() and self._resolve_role(token, sentence, paragraph))
            ):
                self._note_unnamed(token, sentence, paragraph)
        return self.found

    def _paragraphs(self) -> list[int]:
        numbers = [-1] * len(self.doc)
        for number, block in enumerate(self.layout.paragraphs):
            for i in range(self.layout.token_at(block.start), self.layout.token_at(block.end)):
                numbers[i] = number
        return numbers

    def _person(self, entity_id: str) -> _Person:
        if entity_id not in self.people:
            entity = self.doc._.entities.get(entity_id)
            self.people[entity_id] = _Person(entity_id, entity.gender if entity else "")
        return self.people[entity_id]

    def _note(self, entity_id: str, head: Token, sentence: int, paragraph: int, *, quoted: bool) -> None:
        self._remember(self._person(entity_id), head, sentence, paragraph, quoted=quoted)

    def _remember(self, person: _Person, head: Token, sentence: int, paragraph: int, *, quoted: bool) -> None:
        weight = _prominence(head, quoted=quoted)
        if not person.entity_id or (not person.times and not quoted and _introduced(head)):
            weight = max(weight, _BROUGHT_IN)
        # A passing mention does not push an earlier, weightier one of the same sentence aside.
        if sentence != person.sentence or weight >= person.weight:
            person.token, person.sentence, person.paragraph, person.weight = head.i, sentence, paragraph, weight
        person.times += 1
        if person in self.recent[-_LAST_NAMED:]:
            self.recent.remove(person)
        self.recent.append(person)
        if len(self.recent) > 4 * _LAST_NAMED:
            del self.recent[: 2 * _LAST_NAMED]

    def _note_unnamed(self, noun: Token, sentence: int, paragraph: int) -> None:
        """Keep in mind somebody without a name: what the article says of them next, it does not say of those named."""
        first = self.doc[noun.left_edge.i].lower_
        if (
            noun.dep_ in _OF_ANOTHER
            or noun.lower_ in _WHO_ASK
            or not (first in _A_NEW_ONE or (first == "the" and noun.lower_ not in role_words()))
        ):
            return
        key = f"a {noun.lower_}"
        if key not in self.people:
            self.people[key] = _Person("", person_nouns()[noun.lower_])
        self._remember(self.people[key], noun, sentence, paragraph, quoted=False)

    def _resolve(self, token: Token, gender: str, sentence: int, paragraph: int) -> None:
        scored = sorted(self._scores(token, gender, sentence, paragraph), key=lambda pair: -pair[0])
        if not scored:
            return
        best = scored[0]
        if not best[1].entity_id:
            self._remember(best[1], token, sentence, paragraph, quoted=False)
            return
        margin = best[0] - (scored[1][0] if len(scored) > 1 else 0.0)
        confidence = round(min(0.95, 0.55 + 0.35 * margin), 2)
        if confidence < 0.55:
            return
        self._add(token.idx, token.idx + len(token), best[1].entity_id, "pronoun", confidence)
        self._note(best[1].entity_id, token, sentence, paragraph, quoted=False)

    def _scores(self, token: Token, gender: str, sentence: int, paragraph: int) -> Iterator[tuple[float, _Person]]:
        for person in self.recent[: -_LAST_NAMED - 1 : -1]:
            apart = sentence - person.sentence
            if paragraph - person.paragraph > _PARAGRAPHS or apart > _SENTENCES:
                continue
            if person.gender and person.gender != gender:
                continue
            score = person.weight * 0.65 ** max(apart, 0) * 0.8 ** max(paragraph - person.paragraph, 0)
            if not person.gender and person.entity_id:
                score *= 0.6
            # "Lee told Kim that she": the object of the verb whose subject the pronoun is, is somebody else.
            if apart == 0 and token.dep_ in _SUBJECTS and self.doc[person.token].head.i == token.head.i:
                score *= 0.1
            yield score + min(person.times, 5) * 0.02, person

    def _learn_roles(self) -> None:
        """Note what the article says its people are, beside their names."""
        for mention in self.doc._.mentions:
            if mention.label != "PERSON":
                continue
            head = self._head_of(mention)
            person = self._person(mention.entity_id)
            held = self.layout.tokens_of(mention.start, mention.end)
            if not person.gender and held.start:
                before = self.doc[held.start - 1 : held.start + 1]
                person.gender = next((_HONORIFICS[t.lower_] for t in before if t.lower_ in _HONORIFICS), "")
            self._learn(person, self._titles_before(held.start))
            beside = [child for child in children(head) if child.dep_ in {"appos", "attr"}]
            if head.dep_ in {"appos", "attr"}:
                beside.append(head.head)
            if self._glossed(held.stop):
                # `Lee, a judge ruled`: what has its own verb explains nobody.
                roles = [t for t in self.doc[held.stop + 2 : held.stop + 6] if t.lower_ in role_words()][:1]
                beside += [t for t in roles if t.i + 1 == len(self.doc) or t.nbor().pos_ not in {"VERB", "AUX"}]
            for noun in beside:
                if noun.lower_ in role_words():
                    self._learn(person, self._words_around(noun) | {noun.lower_})
            if head.dep_ == "compound" and head.head.lower_ == "administration":
                self._learn(person, {"president"})

    def _titles_before(self, first: int) -> set[str]:
        """The words of the title right before a name: `acting agency director`."""
        found: set[str] = set()
        for i in range(first - 1, max(first - 1 - _LONGEST_ROLE, -1), -1):
            token = self.doc[i]
            if "\n" in token.text or (token.pos_ not in _OF_A_TITLE and token.lower_ not in _IN_A_TITLE):
                break
            found |= self._words_of(token)
        return found

    def _words_of(self, token: Token) -> set[str]:
        """A word and, where it is part of a name, whose: "ICE" is one body with its long form."""
        mention = self.taken.get(token.i)
        return {token.lower_} if mention is None else {token.lower_, mention.entity_id}

    def _words_around(self, noun: Token) -> set[str]:
        lower, upper = max(noun.left_edge.i, noun.i - _LONGEST_ROLE), min(noun.right_edge.i + 1, noun.i + _LONGEST_ROLE)
        around = [t for t in self.doc[lower:upper] if t.lower_ not in role_words()]
        return {word for t in around for word in self._words_of(t) if word.isalpha() or ":" in word}

    def _learn(self, person: _Person, known: set[str]) -> None:
        for role in known & role_words():
            if role not in person.roles:
                self.by_role[role].append(person)
            person.roles.setdefault(role, set()).update(known)

    def _glossed(self, i: int) -> bool:
        """Whether a phrase that explains the name before it begins at token ``i``: `, the director`."""
        return (
            i + 1 < len(self.doc) and self.doc[i].text in {",", ".", "("} and self.doc[i + 1].text in {"the", "a", "an"}
        )

    def _resolve_role(self, token: Token, sentence: int, paragraph: int) -> bool:
        """Resolve "the director" to whom the article calls so; in a headline it needs no article."""
        if token.dep_ in {"compound", "appos", "attr"} and not self._after_name(token):
            return False
        first, last = max(token.left_edge.i, token.i - 6), token.i + 1
        phrase = self.doc[first:last]
        headline = self.layout.paragraphs[paragraph].kind == "headline" and token.is_title
        if (phrase[0].lower_ != "the" and not headline) or self._said_of_another(token):
            return False
        words = {t.lower_ for t in self.doc[first : min(token.right_edge.i + 1, token.i + 8)] if t.is_alpha} - {
            "the",
            "of",
        }
        choices = []
        bodies = self._bodies_of(token)
        for person in self.by_role.get(token.lower_, ())[:_LAST_NAMED]:
            known = person.roles[token.lower_]
            # Only a headline speaks of somebody before the article has named them.
            if (_RANKS & words) != (_RANKS & known) or (person.token < 0 and not headline):
                continue
            if not bodies <= known:
                continue
            near = 0 <= sentence - person.sentence <= _SENTENCES
            choices.append((len(words & known) + (0.9 if near else 0.0), person.token, person))
        if not choices:
            return False
        choices.sort(key=lambda choice: choice[:2], reverse=True)
        if self._beside_name(first, choices[0][2].entity_id):
            return True
        tied = len(choices) > 1 and choices[1][0] == choices[0][0]
        if any(i in self.taken for i in range(first, last)) and not headline:
            first = next((i + 1 for i in range(last - 1, first - 1, -1) if i in self.taken), first)
            first = next((i for i in range(first, last) if self.doc[i].is_alpha), first)
        span = range(first, last)
        if any(i in self.taken for i in span):
            first = token.i
        confidence = 0.6 if tied else 0.8
        start = self.doc[first].idx
        self._add(start, token.idx + len(token), choices[0][2].entity_id, "title", confidence)
        self._note(choices[0][2].entity_id, token, sentence, paragraph, quoted=False)
        return True

    def _said_of_another(self, token: Token) -> bool:
        """Whether a role is somebody else's: `the other agent`, `Lee's lawyer`, `the mayor, Ann Lee`."""
        if any(child.dep_ == "poss" or child.lower_ in _ANY_OTHER for child in token.children):
            return True
        last = max(token.i, min(token.right_edge.i, token.i + _LONGEST_ROLE))
        # What follows may be taken for an apposition, and so be part of the phrase.
        for i in range(token.i + 1, min(last + 3, len(self.doc))):
            mention = self.taken.get(i)
            if mention is not None and mention.label == "PERSON":
                between = self.doc[token.i + 1 : i]
                return all(
                    t.text in {",", "—", "–"} or t.pos_ in _OF_A_TITLE or t.lower_ in _IN_A_TITLE for t in between
                )
        return False

    def _bodies_of(self, token: Token) -> set[str]:
        """Words for the place or body whose role it is: `the Texas senator`, `the president of Nigeria`."""
        owners = [
            child for child in token.lefts if child.dep_ in {"compound", "amod", "nmod"} and child.i in self.taken
        ]
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ == "of":
                owners += [owner for owner in child.children if owner.dep_ == "pobj" and owner.lower_ not in _HERE]
        return {self.taken[owner.i].entity_id if owner.i in self.taken else owner.lower_ for owner in owners}

    def _beside_name(self, first: int, entity_id: str) -> bool:
        """Whether a phrase explains the name right before it, and so is no mention of its own: `Lee, the mayor`."""
        if not (self.doc[first].is_lower and first > 1 and self.doc[first - 1].text in {",", ".", "(", "—", "–"}):
            return False
        # "Ann Lee, right, the mayor", "Ann Lee of Ohio, the mayor".
        for i in range(first - 2, max(first - 2 - _LONGEST_ASIDE, -1), -1):
            before = self.taken.get(i)
            if before is not None and before.label == "PERSON":
                return before.entity_id == entity_id
            if self.doc[i].pos_ in {"VERB", "AUX"} or self.doc[i].is_sent_start:
                break
        return False

    def _after_name(self, token: Token) -> bool:
        before = token.left_edge.i - 1
        return before > 0 and before - 1 in self.taken

    def _add(self, start: int, end: int, entity_id: str, resolution: str, confidence: float) -> None:
        self.found.append(Mention(start, end, "PERSON", entity_id, resolution, confidence))


def find_references(doc: Doc) -> list[Mention]:
    """Mentions of people by pronoun or role that stand in the narration of ``doc``, in order; none overlaps another."""
    if not any(mention.label == "PERSON" for mention in doc._.mentions):
        return []
    found: list[Mention] = []
    for mention in sorted(_Reading(doc).read(), key=lambda mention: mention.start):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return found


@Language.factory(
    "references",
    assigns=["doc._.mentions"],
    requires=["doc._.blocks", "doc._.mentions", "doc._.entities", "token.dep", "token.head", "token.pos"],
)
class References:
    """Add to ``doc._.mentions`` those that pronouns and role phrases make, with resolution ``pronoun`` or ``title``."""

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002  the signature of a factory
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add the references of ``doc``."""
        found = find_references(doc)
        if found:
            doc._.mentions = sorted([*doc._.mentions, *found], key=lambda mention: mention.start)
        return doc
