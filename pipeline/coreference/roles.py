"""What an article says its people are, and whom it means by "the director"."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import Mention
from pipeline.core.dependencies import children, lefts, rights
from pipeline.core.person_nouns import person_nouns, role_words
from pipeline.core.resource_tables import key_of_each, toml
from pipeline.core.token_table import tokens_of
from pipeline.coreference.home_states import HomeStates
from pipeline.coreference.salience import MOST, SENTENCES, LastNamed, LastReference

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token, Tokens

_LONGEST_ROLE: Final = 12
# Sentences before "the former coach" that name who that is.
_JUST_BEFORE: Final = 2
# Words between a name and what explains it.
_LONGEST_ASIDE: Final = 5
_WORDS: Final = toml("coreference/role_words.toml")
_HONORIFICS: Final = key_of_each(_WORDS["genders"])
_SHORT: Final[dict[str, str]] = _WORDS["short"]
_OFFICES: Final[dict[str, list[str]]] = _WORDS["offices"]
_OF_A_TITLE: Final = frozenset({"NOUN", "PROPN", "ADJ"})
# "Acting director", "elected sheriff"; but "the judge said Mr. Obama" gives him no title.
_VERBS_OF_A_TITLE: Final = frozenset({"VBG", "VBN"})
_IN_A_TITLE: Final = frozenset({"of", "and", "the"})
_IN_A_GLOSS: Final = _IN_A_TITLE | {"at", "in", "for", "'s", "’s"}
# Words after a name among which a role is its own, whatever stands between.
_NEAR_NAME: Final = 4
# Of these places and times everybody's role may be.
_HERE: Final = frozenset(_WORDS["lists"]["here"])
_ANY_OTHER: Final = frozenset(_WORDS["lists"]["any_other"])
# Words that make another role of a role.
_APPOINTS: Final = frozenset(_WORDS["lists"]["appoints"])
_NO_MORE: Final = frozenset(_WORDS["lists"]["no_more"])
_AS: Final = frozenset(_WORDS["lists"]["as_what"])
_OF_ANOTHER: Final = frozenset({"poss", "compound", "pobj", "agent"})
_NAMED: Final = frozenset({"PERSON", "ORG", "NORP"})
_RANKS: Final = frozenset(_WORDS["lists"]["ranks"])


def head_of(doc: Tokens, layout: Layout, mention: Mention) -> Token:
    """The token of a mention on which its others depend."""
    inside = layout.tokens_of(mention.start, mention.end)
    tokens = tokens_of(doc)[inside.start : inside.stop]
    return next((t for t in tokens if t.head.i not in inside), tokens[-1])


def _nearness(person: LastReference, sentence: int) -> float:
    return 0.9 if 0 <= sentence - person.sentence <= SENTENCES else 0.0


def _denied(noun: Token) -> bool:
    """Whether an article says who somebody is not: "Lee, not the defendant, asked"."""
    first = noun.left_edge.i
    return "not" in {token.lower_ for token in tokens_of(noun.doc)[max(0, first - 1) : first + 1]}


class Roles:
    """Knows what the article calls each of its people, and finds them again by it."""

    def __init__(self, doc: Tokens, layout: Layout, taken: dict[int, Mention], named: LastNamed) -> None:
        self._doc = doc
        self._layout = layout
        self._taken = taken
        self._named = named
        self._by_role: dict[str, list[LastReference]] = defaultdict(list)
        self._titled: dict[str, list[LastReference]] = defaultdict(list)
        self._by_title: set[tuple[str, str]] = set()
        self._homes = HomeStates(doc, layout, taken)

    def learn(self) -> None:
        """Note what the article says its people are, beside their names."""
        for mention in self._doc._.mentions:
            if mention.label != "PERSON":
                continue
            head = head_of(self._doc, self._layout, mention)
            person = self._named.person(mention.entity_id)
            self._homes.learn(mention)
            tokens = self._layout.tokens_of(mention.start, mention.end)
            if not person.gender and tokens.start:
                before = tokens_of(self._doc)[tokens.start - 1 : tokens.start + 1]
                person.gender = next((_HONORIFICS[t.lower_] for t in before if t.lower_ in _HONORIFICS), "")
            self._learn(person, self._titles_before(tokens.start))
            self._titled[self._title_right_before(tokens.start)].append(person)
            beside = [child for child in children(head) if child.dep_ in {"appos", "attr"}]
            if head.dep_ in {"appos", "attr"}:
                beside.append(head.head)
            if self._glossed(tokens.stop):
                beside += self._gloss(tokens.stop + 2)
            beside += self._made(mention, head)
            for noun in beside:
                if noun.lower_ in role_words() and not _denied(noun):
                    self._learn(person, self._words_around(noun) | {noun.lower_})
            if head.dep_ == "compound" and head.head.lower_ == "administration":
                self._learn(person, {"president"})
        self._learn_offices()

    def _made(self, mention: Mention, head: Token) -> list[Token]:
        """What somebody is made to be: `Ann Lee was named fire commissioner`, `The board elected Ann Lee treasurer`."""
        if head.head.dep_ == "oprd" and head.head.lower_ in role_words() and head.head.head.lower_ in _APPOINTS:
            return [head.head]  # "Named Ann Lee chief engineer": the parse takes it all for one noun
        verb, after = head.head, self._layout.token_at(mention.end)
        if verb.lower_ not in _APPOINTS or head.dep_ in _OF_ANOTHER or verb.tag_ == "VB":
            return []
        first = verb.i + 1 if verb.i > head.i else after
        for token in tokens_of(self._doc)[first : first + _LONGEST_ASIDE]:
            if token.lower_ in role_words() and token.tag_ == "NN" and token.head.i != token.i + 1:
                return [token]
            if token.is_punct or (token.pos_ not in _OF_A_TITLE | {"DET"} and token.lower_ not in _AS):
                break
        return []

    def _learn_offices(self) -> None:
        """Let the title of the only bearer of an office tell who is meant by it: "Sen. Lee … the senator".

        Not where somebody else of the article is called by the office, or by its title. Others may hold it of whom the
        article does not say so: it is the bearer's only right after the bearer was told of.
        """
        for office, words in _OFFICES.items():
            bearers = {p.entity_id: p for word in (office, *words) for p in self._by_role.get(word, ())}
            bearers |= {p.entity_id: p for word in words for p in self._titled.get(word, ())}
            if len(bearers) == 1:
                roles = {word for word in (office, *words) if word in role_words()}
                for person in bearers.values():
                    self._by_title |= {(role, person.entity_id) for role in roles - person.roles.keys()}
                    self._learn(person, roles)

    def _titles_before(self, first: int) -> set[str]:
        """The words of the title right before a name: `acting agency director`."""
        words: set[str] = set()
        for i in range(first - 1, max(first - 1 - _LONGEST_ROLE, -1), -1):
            token = self._doc[i]
            titled = token.pos_ in _OF_A_TITLE or token.tag_ in _VERBS_OF_A_TITLE or token.lower_ in _IN_A_TITLE
            # "Finance Minister Ann Lee and Health Minister Bo Kim": each has his own.
            other = self._taken.get(i)
            if "\n" in token.text or not titled or (other is not None and other.label == "PERSON"):
                break
            words |= self._words_of(token)
        return words

    def _words_of(self, token: Token) -> set[str]:
        """A word and, where it is part of a name, whose: "ICE" is one body with its long form."""
        mention = self._taken.get(token.i)
        word = _SHORT.get(token.lower_, token.lower_)
        return {word} if mention is None else {word, mention.entity_id}

    def _title_right_before(self, first: int) -> str:
        """The word right before a name: "Sen."."""
        return str(self._doc[first - 1].lower_) if first else ""

    def _words_around(self, noun: Token) -> set[str]:
        lower, upper = max(noun.left_edge.i, noun.i - _LONGEST_ROLE), min(noun.right_edge.i + 1, noun.i + _LONGEST_ROLE)
        around = [t for t in tokens_of(self._doc)[lower:upper] if t.lower_ not in role_words()]
        return {word for t in around for word in self._words_of(t) if word.isalpha() or ":" in word}

    def _learn(self, person: LastReference, words: set[str]) -> None:
        for role in words & role_words():
            if role not in person.roles:
                self._by_role[role].append(person)
            person.roles.setdefault(role, set()).update(words)

    def _glossed(self, i: int) -> bool:
        """Whether a phrase that explains the name before it begins at token ``i``: `, the director`."""
        return (
            i + 1 < len(self._doc)
            and self._doc[i].text in {",", ".", "("}
            and self._doc[i + 1].text in {"the", "a", "an"}
        )

    def _gloss(self, first: int) -> list[Token]:
        """The role in a phrase that begins at token ``first``: "Ohio State University law professor"."""
        within = itertools.takewhile(
            lambda t: t.pos_ in _OF_A_TITLE or t.lower_ in _IN_A_GLOSS,
            tokens_of(self._doc)[first : first + _LONGEST_ROLE],
        )
        near = tokens_of(self._doc)[first : first + _NEAR_NAME]
        role = next((t for t in near if t.lower_ in role_words()), None)
        if role is None:
            somebody = next((t for t in within if t.lower_ in person_nouns()), None)  # "a friend of the mayor" is none
            role = somebody if somebody is not None and somebody.lower_ in role_words() else None
        # `Lee, a judge ruled`: what has its own verb explains nobody.
        ruled = role is not None and role.i + 1 < len(self._doc) and role.nbor().pos_ in {"VERB", "AUX"}
        return [] if role is None or ruled else [role]

    def resolve(self, token: Token, sentence: int, paragraph: int) -> tuple[Mention | None, bool]:
        """The mention that "the director" makes of whom the article calls so, and whether the role is anybody's.

        In a headline it needs no article.
        """
        if token.dep_ in {"compound", "appos", "attr"} and not self._after_name(token):
            return None, False
        first, last = max(token.left_edge.i, token.i - 6), token.i + 1
        phrase = tokens_of(self._doc)[first:last]
        headline = self._layout.paragraphs[paragraph].kind == "headline" and token.is_title
        if (phrase[0].lower_ != "the" and not headline) or self._said_of_another(token):
            return None, False
        words = {
            t.lower_ for t in tokens_of(self._doc)[first : min(token.right_edge.i + 1, token.i + 8)] if t.is_alpha
        } - {
            "the",
            "of",
        }
        choices = self._of_a_state(token, first, sentence, headline=headline) or self._with_role(
            token, words, sentence, headline=headline
        )
        if not choices and words & _NO_MORE and not any(t.ent_type_ in _NAMED for t in phrase):
            choices = self._just_named(sentence)
        # "Lee and the governor" are two.
        joined = self._taken.get(token.head.i) if token.dep_ == "conj" else None
        choices = [choice for choice in choices if joined is None or choice[2].entity_id != joined.entity_id]
        if not choices:
            return None, False
        choices.sort(key=lambda choice: choice[:2], reverse=True)
        if self._beside_name(first, choices[0][2].entity_id):
            return None, True
        tied = len(choices) > 1 and choices[1][0] == choices[0][0]
        if any(i in self._taken for i in range(first, last)) and not headline:
            first = next((i + 1 for i in range(last - 1, first - 1, -1) if i in self._taken), first)
            first = next((i for i in range(first, last) if self._doc[i].is_alpha), first)
        span = range(first, last)
        if any(i in self._taken for i in span):
            first = token.i
        confidence = 0.6 if tied else 0.8
        start = self._doc[first].idx
        end = token.idx + len(token)
        return Mention(start, end, "PERSON", choices[0][2].entity_id, "title", confidence), True

    def _with_role(
        self, token: Token, words: set[str], sentence: int, *, headline: bool
    ) -> list[tuple[float, int, LastReference]]:
        """Those whom the article calls by a role, in ``words`` that are said beside it."""
        choices = []
        bodies = self._bodies_of(token)
        for person in self._called(token.lower_, sentence)[:MOST]:
            role_of_person = person.roles[token.lower_]
            # Only a headline speaks of somebody before the article has named them.
            if (_RANKS & words) != (_RANKS & role_of_person) or (person.token < 0 and not headline):
                continue
            if bodies <= role_of_person and self._same_general(token, role_of_person):
                choices.append((len(words & role_of_person) + _nearness(person, sentence), person.token, person))
        return choices

    def _just_named(self, sentence: int) -> list[tuple[float, int, LastReference]]:
        """The only person that the sentences before name, whom "the former coach" speaks of again."""
        near = [p for p in self._named.people() if p.token >= 0 and sentence - p.sentence <= _JUST_BEFORE]
        return [(0.0, near[0].token, near[0])] if len(near) == 1 else []

    def _called(self, role: str, sentence: int) -> list[LastReference]:
        """Whom the article calls by a role; by a title alone, only where it told of them right before."""
        return [
            person
            for person in self._by_role.get(role, ())
            if (role, person.entity_id) not in self._by_title or 0 <= sentence - person.sentence <= 1
        ]

    def _same_general(self, token: Token, role_of_person: set[str]) -> bool:
        """Whether "the inspector general" may be somebody who is known as a general of some kind: not an attorney."""
        return token.lower_ != "general" or not token.i or self._doc[token.i - 1].lower_ in role_of_person | {"the"}

    def _of_a_state(
        self, token: Token, first: int, sentence: int, *, headline: bool
    ) -> list[tuple[float, int, LastReference]]:
        """Who "the Ohio senator" may be."""
        phrase = self._homes.phrase_of(token, first)
        if phrase is None:
            return []
        people = {person.entity_id: person for person in self._named.people() if person.token >= 0 or headline}
        genders = {entity_id: person.gender for entity_id, person in people.items()}
        fitting = [people[entity_id] for entity_id in self._homes.fitting(phrase, genders)]
        return [(_nearness(person, sentence), person.token, person) for person in fitting]

    def _said_of_another(self, token: Token) -> bool:
        """Whether a role is somebody else's: `the other agent`, `Lee's lawyer`, `the mayor, Ann Lee`."""
        owners = [owner for child in rights(token) if child.lower_ == "of" for owner in children(child)]
        beside = [child for word in (token, *owners) for child in children(word)]
        if any(child.dep_ == "poss" and child.head.i == token.i for child in beside):
            return True
        if any(child.lower_ in _ANY_OTHER for child in beside):  # "the governor of the neighboring state"
            return True
        last = max(token.i, min(token.right_edge.i, token.i + _LONGEST_ROLE))
        # What follows may be taken for an apposition, and so be part of the phrase.
        for i in range(token.i + 1, min(last + 3, len(self._doc))):
            mention = self._taken.get(i)
            if mention is not None and mention.label == "PERSON":
                between = tokens_of(self._doc)[token.i + 1 : i]
                return all(
                    t.text in {",", "—", "–"} or t.pos_ in _OF_A_TITLE or t.lower_ in _IN_A_TITLE for t in between
                )
        return False

    def _bodies_of(self, token: Token) -> set[str]:
        """Words for the place or body whose role it is: `the Texas senator`, `the president of Nigeria`."""
        owners = [
            child for child in lefts(token) if child.dep_ in {"compound", "amod", "nmod"} and child.i in self._taken
        ]
        for child in rights(token):
            if child.dep_ == "prep" and child.lower_ == "of":
                owners += [owner for owner in children(child) if owner.dep_ == "pobj" and owner.lower_ not in _HERE]
        return {self._taken[owner.i].entity_id if owner.i in self._taken else owner.lower_ for owner in owners}

    def _beside_name(self, first: int, entity_id: str) -> bool:
        """Whether a phrase explains the name right before it, and so is no mention of its own: `Lee, the mayor`."""
        if not (self._doc[first].is_lower and first > 1 and self._doc[first - 1].text in {",", ".", "(", "—", "–"}):
            return False
        # "Ann Lee, right, the mayor", "Ann Lee of Ohio, the mayor".
        for i in range(first - 2, max(first - 2 - _LONGEST_ASIDE, -1), -1):
            before = self._taken.get(i)
            if before is not None and before.label == "PERSON":
                return before.entity_id == entity_id
            if self._doc[i].pos_ in {"VERB", "AUX"} or self._doc[i].is_sent_start:
                break
        return False

    def _after_name(self, token: Token) -> bool:
        before = token.left_edge.i - 1
        return before > 0 and before - 1 in self._taken and self._doc[before].lower_ not in _APPOINTS
