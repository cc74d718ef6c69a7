"""The ``references`` component: pronouns, roles and nouns of the narration that stand for whom and what is named."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from spacy.language import Language

from pipeline.core.annotations import Mention
from pipeline.core.cues import cue_of
from pipeline.core.dependencies import SUBJECTS, children, lefts
from pipeline.core.doc_cache import sentence_of, text_of
from pipeline.core.person_nouns import person_nouns, role_words
from pipeline.core.quote_layout import layout_of
from pipeline.core.resource_tables import toml
from pipeline.core.token_table import grammar_of, tokens_of
from pipeline.coreference.place_nouns import PlaceNouns
from pipeline.coreference.roles import Roles, head_of
from pipeline.coreference.salience import BY_THE_WAY, LastNamed
from store.terms import terms

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.core.token_table import Token, Tokens
    from pipeline.coreference.salience import LastReference

_GENDERS: Final = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_LISTS: Final = toml("coreference/role_words.toml")["lists"]
_REFLEXIVE: Final = frozenset(_LISTS["reflexive"])
# How much less a pronoun that speaks is somebody whom the words spoken name.
_SPOKEN_OF: Final = 0.3
# How much more "his" is whoever does something in its own clause, and how much less "him" is.
_OWN_CLAUSE: Final = 1.2
_ACTED_ON: Final = 0.05
# How much more a pronoun is whomever the relative clause tells of in which it stands.
_TOLD_OF: Final = 0.5
# How sure it is whom "and his" behind a name means.
_JOINED: Final = 0.9
_JOINS: Final = frozenset(_LISTS["joins"])
# Tokens before "his" in "Lee and his".
_SHORTEST_JOINED: Final = 2
# How sure it is whom a pronoun before the name means.
_AHEAD: Final = 0.75
_OBJECTS: Final = frozenset({"dobj", "dative"})
# "Lee's presidency" speaks of the man.
_OWNER: Final = re.compile(r"\w[’']s?(?: |$)")
_SAID: Final = frozenset({"ccomp", "parataxis"})
_SHARE_SUBJECT: Final = frozenset({"advcl", "conj"})
_RELATIVES: Final = frozenset(_LISTS["relative"])
# Words climbed from a pronoun to the verb of its clause.
_CLIMB: Final = 12
# Tokens between a pronoun and the quotation before or after it.
_MARKS: Final = 4
_TO_QUOTATION: Final = 12
# Tokens of what it says that are looked at.
_CLAUSE: Final = 40
# Words before "his" in the phrase that a sentence opens with: "In all of his letters".
_TO_OWNER: Final = 4
_AM: Final = frozenset({"am", "'m", "’m", "is"})
_ONE: Final = frozenset({"NN", "NNP"})


def _subject_before(token: Token) -> Token | None:
    """The subject that stands before a word in the clause it is of, or else in the clauses around that."""
    verb = token.head
    for _ in range(_CLIMB):
        if verb.pos_ in {"VERB", "AUX"}:
            subject = next((word for word in lefts(verb) if word.dep_ in SUBJECTS and word.i < token.i), None)
            if subject is not None:
                relative = verb.dep_ == "relcl" and subject.lower_ in _RELATIVES
                return verb.head if relative else subject
        if verb.head.i == verb.i:
            break
        verb = verb.head
    return None


def _either(token: Token) -> bool:
    """Whether a pronoun is one of "he or she": anybody."""
    doc, i = token.doc, token.i
    for first, conjunction, second in ((i, i + 1, i + 2), (i - 2, i - 1, i)):
        if first >= 0 and second < len(doc) and doc[conjunction].lower_ in {"or", "/", "and"}:
            pair = {_GENDERS.get(doc[first].lower_), _GENDERS.get(doc[second].lower_)}
            if pair == {"m", "f"}:
                return True
    return False


class _ReferenceFinder:
    """Reads an article token by token and keeps in mind who was named."""

    def __init__(self, doc: Tokens) -> None:
        self.doc = doc
        self.layout = layout_of(doc)
        self.taken: dict[int, Mention] = {}
        self.named = LastNamed(doc)
        self.references: list[Mention] = []
        self.named_in: dict[int, set[str]] = {}
        for mention in doc._.mentions:
            tokens = self.layout.tokens_of(mention.start, mention.end)
            for i in tokens:
                self.taken.setdefault(i, mention)
            # "I am Ann Lee," she said.
            introduced = tokens.start and doc[tokens.start - 1].lower_ in _AM
            if self.layout.inside[tokens.start] >= 0 and not introduced and doc[tokens.stop - 1].dep_ not in BY_THE_WAY:
                self.named_in.setdefault(self.layout.inside[tokens.start], set()).add(mention.entity_id)
        self.roles = Roles(doc, self.layout, self.taken, self.named)

    def find(self) -> list[Mention]:
        self.roles.learn()
        doc = self.doc
        paragraph_of = self._paragraphs()
        sentence = -1
        inside, people = self.layout.inside, person_nouns()
        for i, (word, begins_sentence) in enumerate(zip(grammar_of(doc).words, self.layout.begins, strict=True)):
            sentence += begins_sentence
            paragraph = paragraph_of[i]
            mention = self.taken.get(i)
            if mention is not None:
                begins = i == 0 or self.taken.get(i - 1) is not mention
                entity_id = self._person_named_by(mention) if begins else None
                if entity_id is not None:
                    quoted = inside[i] >= 0
                    person = self.named.person(entity_id)
                    head = head_of(doc, self.layout, mention) if mention.label == "PERSON" else doc[i]
                    self.named.remember(person, head, sentence, paragraph, quoted=quoted)
                continue
            if paragraph < 0 or inside[i] >= 0:
                continue
            if gender := _GENDERS.get(word):
                token = doc[i]
                if not _either(token):
                    self._resolve(token, gender, sentence, paragraph)
            elif word in people:
                token = doc[i]
                told = word in role_words() and token.tag_ in _ONE and self._resolve_role(token, sentence, paragraph)
                if token.tag_ in _ONE and not told:
                    self.named.remember_unnamed(token, sentence, paragraph)
        return self.references

    def _person_named_by(self, mention: Mention) -> str | None:
        """The id of whom a mention names: a person, or the president of "Lee's presidency"."""
        if mention.label == "PERSON":
            return mention.entity_id
        owned = mention.label == "ADMINISTRATION" and _OWNER.search(text_of(self.doc), mention.start, mention.end)
        presidents = (term.president for term in terms() if owned and term.entity_id == mention.entity_id)
        return next((president for president in presidents if president in self.doc._.entities), None)

    def _paragraphs(self) -> list[int]:
        numbers = [-1] * len(self.doc)
        for number, block in enumerate(self.layout.paragraphs):
            for i in range(self.layout.token_at(block.start), self.layout.token_at(block.end)):
                numbers[i] = number
        return numbers

    def _resolve(self, token: Token, gender: str, sentence: int, paragraph: int) -> None:
        beside = self._named_beside(token, gender)
        if beside is not None:
            self._refer(token, *beside)
            return
        opening = self._named_ahead(token, gender) if self._opens(token) else None
        if opening is not None:
            self._refer(token, opening, _AHEAD)
            return
        in_words, in_clause = self._named_in_words_of(token), self._named_in_clause_of(token)
        scored = sorted(
            (
                (self._in_clause(person, token, score * (_SPOKEN_OF if person.entity_id in in_words else 1.0)), person)
                for score, person in self.named.scores(token, gender, sentence, paragraph)
                if person.entity_id not in in_clause
            ),
            key=lambda pair: -pair[0],
        )
        ahead = self._named_ahead(token, gender) if not scored or not scored[0][1].entity_id else None
        if ahead is not None:
            self._refer(token, ahead, _AHEAD)
            return
        if not scored:
            return
        best = scored[0]
        if not best[1].entity_id:
            self.named.remember(best[1], token, sentence, paragraph, quoted=False)
            return
        margin = best[0] - (scored[1][0] if len(scored) > 1 else 0.0)
        confidence = round(min(0.95, 0.55 + 0.35 * margin), 2)
        if confidence < 0.55:
            return
        if not best[1].gender and token.dep_ == "poss" and self._is_own(best[1], token):
            # "Kim had shown through his actions": no "she" after that is Kim.
            best[1].gender = gender
        self._refer(token, best[1].entity_id, confidence)
        self.named.remember(best[1], token, sentence, paragraph, quoted=False)

    def _refer(self, token: Token, entity_id: str, confidence: float) -> None:
        mention = Mention(token.idx, token.idx + len(token), "PERSON", entity_id, "pronoun", confidence)
        self.references.append(mention)
        self.taken[token.i] = mention

    def _is_somebody(self, token: Token) -> bool:
        mention = self.taken.get(token.i)
        return mention is not None and mention.label == "PERSON"

    def _named_beside(self, token: Token, gender: str) -> tuple[str, float] | None:
        """Who is named right before, whoever else there is, and how sure: `Lee himself`, `Lee and his brothers`."""
        if token.lower_ in _REFLEXIVE and token.i and self._is_somebody(token.nbor(-1)):
            return self.taken[token.i - 1].entity_id, _AHEAD
        if token.dep_ != "poss" or token.i < _SHORTEST_JOINED or token.nbor(-1).lower_ not in _JOINS:
            return None
        before = token.nbor(-2)
        before = before.nbor(-1) if before.text == "," and before.i else before
        if not self._is_somebody(before):
            return None
        entity_id = self.taken[before.i].entity_id
        # Not "Lee's wife, Robin, and his daughter".
        may_be = self.named.person(entity_id).gender == gender or (
            not self.named.person(entity_id).gender and before.dep_ != "appos"
        )
        return (entity_id, _JOINED) if may_be else None

    def _opens(self, token: Token) -> bool:
        """Whether "his" is in the phrase that a sentence opens with: `In his talk with the Post, Lee noted`."""
        if token.dep_ != "poss":
            return False
        first = sentence_of(token).start
        opening = self.doc[first]
        return token.i - first <= _TO_OWNER and opening.tag_ == "IN" and opening.dep_ == "prep"

    def _named_ahead(self, token: Token, gender: str) -> str | None:
        """The id of whom the opening of a sentence speaks of before the name: `A day after his talk, Lee`."""
        word = token.head
        if token.dep_ not in SUBJECTS and token.dep_ != "poss":
            return None
        for _ in range(_CLIMB):
            subject = next((child for child in lefts(word) if child.dep_ in SUBJECTS and child.i > token.i), None)
            # What somebody says is no opening: "He won, Lee said".
            if subject is not None or word.head.i == word.i or word.dep_ in _SAID:
                break
            word = word.head
        mention = self.taken.get(subject.i) if subject is not None and word.i > subject.i else None
        if mention is None or mention.label != "PERSON":
            return None
        return mention.entity_id if self.named.person(mention.entity_id).gender == gender else None

    def _in_clause(self, person: LastReference, token: Token, score: float) -> float:
        """``score`` of a person for a pronoun, by what the grammar of its clause allows (Chomsky 1981, binding).

        "Lee said Kim lost his case" is Kim's; whom "Kim called him" means, Kim is not.
        """
        if token.dep_ in SUBJECTS and self._told_of_by_clause(person, token):
            return score + _TOLD_OF
        acted_on = token.dep_ in _OBJECTS and token.lower_ not in _REFLEXIVE
        if not acted_on and token.dep_ != "poss" and token.lower_ not in _REFLEXIVE:
            return score
        subject = _subject_before(token)
        if subject is None or not self._is(person, subject):
            return score
        if acted_on:
            # "Lee left, accusing him": who speaks is Lee. "Lee left, earning him praise": what earns is that he left.
            verb = token.head
            while verb.i != subject.head.i and verb.dep_ in _SHARE_SUBJECT and cue_of(token.head) is not None:
                verb = verb.head
            same = verb.i == subject.head.i
            return score * _ACTED_ON if same else score
        return score + _OWN_CLAUSE

    def _told_of_by_clause(self, person: LastReference, token: Token) -> bool:
        """Whether a pronoun is in a relative clause on a person: `Lee, who left amid claims that he had lied`."""
        verb = token.head
        for _ in range(_CLIMB):
            if verb.dep_ == "relcl":
                return any(word.lower_ in _RELATIVES for word in lefts(verb)) and self._is(person, verb.head)
            if verb.head.i == verb.i:
                break
            verb = verb.head
        return False

    def _is_own(self, person: LastReference, token: Token) -> bool:
        """Whether a possessive is of the person who is the subject of its clause."""
        subject = _subject_before(token)
        return subject is not None and self._is(person, subject)

    def _is(self, person: LastReference, token: Token) -> bool:
        """Whether a word names or stands for a person."""
        mention = self.taken.get(token.i)
        return person.token == token.i if mention is None else mention.entity_id == person.entity_id

    def _named_in_words_of(self, token: Token) -> set[str]:
        """The ids of those whom the quotations beside a pronoun name, if it speaks them: few speak of themselves so."""
        if token.dep_ not in SUBJECTS or cue_of(token.head) is None:
            return set()
        inside = self.layout.inside
        before = (inside[i] for i in range(token.i - 1, max(token.i - 1 - _MARKS, -1), -1))
        beyond = tokens_of(self.doc)[token.i + 1 : token.i + 1 + _TO_QUOTATION]
        line = itertools.takewhile(lambda following: "\n" not in following.text, beyond)
        after = (inside[following.i] for following in line)
        beside = {next((n for n in numbers if n >= 0), -1) for numbers in (before, after)} - {-1}
        told = {entity_id for number in beside for entity_id in self.named_in.get(number, ())}
        return told | self._told_of_before(token)

    def _told_of_before(self, token: Token) -> set[str]:
        """The ids of those named in a statement that a pronoun speaks after it: `Kim would win, she said`."""
        comma = token.i - 1 - (self.layout.inside[token.i - 1] >= 0)
        if comma < 1 or self.doc[comma].text != ",":
            return set()
        clauses = (c for c in lefts(token.head) if c.dep_ == "ccomp" and 0 < token.i - c.right_edge.i <= _MARKS)
        words = (i for c in clauses for i in range(max(c.left_edge.i, token.i - _CLAUSE), c.right_edge.i + 1))
        return {self.taken[i].entity_id for i in words if i in self.taken and self.layout.inside[i] < 0}

    def _named_in_clause_of(self, token: Token) -> set[str]:
        """The ids of those named in what a pronoun says without marks: "she suggested that Lee …" is not Lee."""
        verb = token.head
        if token.dep_ not in SUBJECTS or cue_of(verb) is None:
            return set()
        last = min(verb.right_edge.i, token.i + _CLAUSE)
        clauses = [child for child in children(verb) if child.dep_ == "ccomp" and token.i < child.left_edge.i]
        return {
            self.taken[i].entity_id
            for child in clauses
            for i in range(child.left_edge.i, min(child.right_edge.i, last) + 1)
            if i in self.taken and self.layout.inside[i] < 0
        }

    def _resolve_role(self, token: Token, sentence: int, paragraph: int) -> bool:
        """Whether a role is that of somebody named; "the director" becomes a mention of whom the article calls so."""
        mention, is_somebody = self.roles.resolve(token, sentence, paragraph)
        if mention is not None:
            self.references.append(mention)
            self.named.remember(self.named.person(mention.entity_id), token, sentence, paragraph, quoted=False)
        return is_somebody


def find_references(doc: Doc | Tokens) -> list[Mention]:
    """Mentions of people by pronoun or role that stand in the narration of ``doc``, in order; none overlaps another."""
    if not any(mention.label == "PERSON" for mention in doc._.mentions):
        return []
    references: list[Mention] = []
    for mention in sorted(_ReferenceFinder(tokens_of(doc)).find(), key=lambda mention: mention.start):
        if not references or mention.start >= references[-1].end:
            references.append(mention)
    return references


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
        references = find_references(doc)
        places = PlaceNouns(tokens_of(doc), [*doc._.mentions, *references]).find()
        if references or places:
            doc._.mentions = sorted([*doc._.mentions, *references, *places], key=lambda mention: mention.start)
        return doc
