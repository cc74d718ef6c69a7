"""Who is meant by less than a name: somebody called French or Holland, "most Americans", "her husband"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import SUBJECTS, children, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.person_nouns import person_nouns, role_words
from pipeline.core.resource_tables import toml
from pipeline.core.token_table import tokens_of
from pipeline.core.word_lists import common_words
from pipeline.entities.bearers import GENDERS
from pipeline.entities.person_words import callings, title_of
from pipeline.quotes.cue_subject import PAPERS, PLURAL, in_main_clause, is_cited, is_joint, is_several
from pipeline.quotes.issuing_bodies import body_nouns, is_unknown_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pipeline.core.annotations import Entity, Mention
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_OF_A_PEOPLE: Final = tuple(toml("quotes/bodies.toml")["of_a_people"])
_ANSWERS: Final = frozenset({"answer", "reply", "respond", "retort"})
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
# Words of the text, and of the narration in it, that a pronoun looks back over for whom is told of.
_REACH: Final = 150
_NARRATION_REACH: Final = 60
_GENDER_OF: Final = {"he": "m", "she": "f"}
_BODIES: Final = frozenset({"ORG", "FAC"})
_FOR_ONE: Final = frozenset({"VBZ", "VBD", "VBG"})


class ToldOf:
    """Finds the noun of the narration that a pronoun stands for; ``mention_at`` is the mention of each token."""

    def __init__(self, layout: Layout, mention_at: Mapping[int, Mention]) -> None:
        self._layout = layout
        self._mention_at = mention_at

    def last(self, pronoun: Token) -> Token | None:
        """The last subject before ``pronoun`` that it may stand for: of the surest kind that one is of."""
        layout, doc = self._layout, self._layout.doc
        if pronoun.lower_ == "it" and pronoun.head.pos_ == "AUX":
            # "It is wrong to claim so": nobody does.
            return None
        narration = (i for i in range(pronoun.i - 1, max(pronoun.i - _REACH, 0) - 1, -1) if layout.inside[i] < 0)
        nouns = [doc[i] for i in islice(narration, _NARRATION_REACH) if doc[i].pos_ in _NOUNS]
        for fits in self._kinds(pronoun):
            told_of = [noun for noun in nouns if self._is_told_of(noun, fits) and not _said_of(noun, pronoun)]
            if fits == self._is_group:
                told_of = [noun for noun in told_of if not self._others_since(noun, pronoun)]
            if told_of:
                return next((t for t in told_of if in_main_clause(t) or t.i >= sentence_of(pronoun).start), told_of[0])
        if pronoun.lower_ == "it":
            # "She got a letter. “Come home,” it said."
            return next((t for t in nouns if t.lower_ in PAPERS and t.dep_ == "dobj" and layout.outside(t)), None)
        return None

    def is_near(self, noun: Token, pronoun: Token) -> bool:
        """Whether a noun is for several, or stands in the sentence of a pronoun: an earlier group is less sure."""
        return self._are_several(noun) or noun.i >= sentence_of(pronoun).start

    def _others_since(self, group: Token, pronoun: Token) -> bool:
        """Whether others are named, as what part of a sentence ever, between a group and "they"."""
        between = self._layout.tokens[group.i + 1 : pronoun.i]
        return any(
            t.pos_ == "NOUN" and t.i > group.right_edge.i and self._are_several(t) and self._layout.outside(t)
            for t in between
        )

    def _kinds(self, pronoun: Token) -> tuple[Callable[[Token], bool], ...]:
        if pronoun.lower_ == "it":
            return (self._is_body,)
        if pronoun.lower_ == "they":
            return self._are_several, self._is_group
        gender = frozenset({"m" if pronoun.lower_ == "he" else "f"})
        return partial(self._is_one, genders=gender), partial(self._is_one, genders=frozenset({""}))

    def _is_told_of(self, noun: Token, fits: Callable[[Token], bool]) -> bool:
        """Whether a noun is for whom a clause of the narration tells of, or cites, and fits."""
        is_topic = (noun.dep_ in SUBJECTS or is_cited(noun)) and self._layout.outside(noun)
        return is_topic and fits(noun) and not self._told_by_others(noun, fits)

    def _told_by_others(self, subject: Token, fits: Callable[[Token], bool]) -> bool:
        """Whether a subject is told of by others who may be meant: `Drivers said the towns paid. They added …`."""
        cue = subject.head.head
        if subject.head.dep_ != "ccomp" or cue_of(cue) is None or not self._layout.outside(cue):
            return False
        return any(child.dep_ == "nsubj" and child.pos_ in _NOUNS and fits(child) for child in children(cue))

    def _label(self, noun: Token) -> str:
        mention = self._mention_at.get(noun.i)
        return mention.label if mention is not None else ""

    def _is_body(self, noun: Token) -> bool:
        label = self._label(noun)
        unknown = is_unknown_body(noun) or (noun.pos_ == "PROPN" and noun.ent_type_ in _BODIES)
        if label == "ORG" or (not label and unknown):
            # "Hill Foods" and "Lee & Sons" are one each.
            return self._is_one_name(noun)
        named = label == "JURISDICTION"
        return noun.tag_ not in PLURAL and not is_joint(noun) and (named or noun.lower_ in PAPERS | body_nouns())

    def _is_one_name(self, noun: Token) -> bool:
        """Whether a name, of a body, is joined to no other: all that is joined to it is part of it."""
        mention = self._mention_at.get(noun.i)
        others = [child for child in children(noun) if child.dep_ == "conj"]
        return all(mention is not None and self._mention_at.get(child.i) is mention for child in others)

    def _are_several(self, noun: Token) -> bool:
        return is_several(noun) or (noun.pos_ == "PROPN" and is_joint(noun) and self._label(noun) in {"", "PERSON"})

    def _is_group(self, noun: Token) -> bool:
        return noun.tag_ not in PLURAL and (self._label(noun) == "ORG" or noun.lower_ in _listed("groups"))

    def _is_one(self, noun: Token, genders: frozenset[str]) -> bool:
        """Whether a noun is for one person of one of ``genders``, which are empty where that is not known."""
        if noun.tag_ in PLURAL or is_joint(noun):
            return False
        apposed = (child for child in rights(noun) if child.dep_ == "appos" and child.nbor(-1).i > noun.i)
        mention = self._mention_at.get(noun.i) or next((m for c in apposed if (m := self._mention_at.get(c.i))), None)
        if mention is None:
            gender = person_nouns().get(noun.lower_, "" if noun.lower_ in callings() else None)
            return gender in genders or ("" in genders and noun.pos_ == "PROPN" and noun.head.pos_ == "VERB")
        entity = self._layout.doc._.entities.get(mention.entity_id)
        return entity is not None and entity.label == "PERSON" and entity.gender in genders


def _said_of(noun: Token, pronoun: Token) -> bool:
    """Whether a noun is the subject of what a pronoun set into it tells: `Captains, they added, must show papers`."""
    inserted = pronoun.head.i == pronoun.i + 1 and pronoun.i > 0 and pronoun.nbor(-1).text == ","
    return inserted and noun.dep_ in SUBJECTS and noun.i < pronoun.i < pronoun.head.i < noun.head.i


def named_beside(layout: Layout, mention_at: Mapping[int, Mention], head: Token, last: int) -> Mention | None:
    """Who "one of the authors, Ann Lee, a professor" is, or "a passer-by, identified as Ann Lee"."""
    for clause in (child for child in rights(head) if child.lower_ in _listed("identified")):
        names = (noun for word in rights(clause) if word.dep_ == "prep" for noun in rights(word))
        mention = next((mention_at.get(noun.i) for noun in names if noun.dep_ == "pobj"), None)
        if mention is not None and mention.label == "PERSON":
            return mention
    if head.lower_ not in {"one", "another"}:
        return None
    for comma in (t for t in layout.tokens[head.i + 1 : last] if t.text == ","):
        mention = mention_at.get(comma.i + 1)
        if mention is not None and mention.label == "PERSON" and layout.token_at(mention.start) == comma.i + 1:
            after = layout.token_at(mention.end)
            return mention if after >= last or layout.doc[after].text == "," else None
    return None


def holder(layout: Layout, mention_at: Mapping[int, Mention], head: Token, last: int) -> Mention | None:
    """Who holds an office that is taken for a body, named at the end: `the UN High Commissioner for Ports, Ann Lee`."""
    mention = mention_at.get(last - 1)
    if mention is None or mention.label != "PERSON" or head.lower_ not in role_words() or head.tag_ in PLURAL:
        return None
    start = layout.token_at(mention.start)
    return mention if start > head.i + 1 and layout.doc[start - 1].text == "," else None


def answers(head: Token) -> bool:
    """Whether a subject answers: then it is not the one who spoke before."""
    return (cue := cue_of(head.head)) is not None and cue.lemma in _ANSWERS


class Families:
    """Tells who of several of one surname is meant by it: the one named first, who spoke last.

    Ask in order of the text. `“It was bad,” Ann Lee said of her uncle, Bo Lee. He died in May. “I miss him,” Lee said.`
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._spoke: dict[str, tuple[Mention, int]] = {}
        people = {e.entity_id: _last_name(e) for e in layout.doc._.entities.values() if e.label == "PERSON"}
        self._shared = {surname for surname, number in Counter(people.values()).items() if number > 1}
        self._first: dict[str, str] = {}
        for mention in layout.doc._.mentions if self._shared else ():
            if layout.inside[layout.token_at(mention.start)] < 0 and mention.entity_id in people:
                self._first.setdefault(people[mention.entity_id], mention.entity_id)

    def meant(self, mention: Mention | None, head: Token) -> Mention | None:
        """The mention of whoever is meant by ``head``, which the references take for ``mention``."""
        if mention is None or not self._shared or mention.label != "PERSON":
            return mention
        entity = self._layout.doc._.entities.get(mention.entity_id)
        surname = _last_name(entity) if entity is not None else ""
        if surname not in self._shared:
            return mention
        if mention.resolution == "surname" and surname in self._spoke:
            spoke, at = self._spoke[surname]
            first = spoke.entity_id == self._first.get(surname) != mention.entity_id
            if first and not self._of_other_sex(spoke, mention) and not self._told_of(mention, at, head.i):
                mention = spoke
        self._spoke[surname] = mention, head.i
        return mention

    def _of_other_sex(self, spoke: Mention, mention: Mention) -> bool:
        """Whether what stands before ``mention`` rules out who ``spoke``: "Mrs. Lee" after Mr. Lee."""
        before = self._layout.token_at(mention.start) - 1
        gender = GENDERS.get(self._layout.doc[before].lower_.rstrip("."), "") if before >= 0 else ""
        return {gender, self._layout.doc._.entities[spoke.entity_id].gender} == {"m", "f"}

    def _told_of(self, mention: Mention, first: int, last: int) -> bool:
        """Whether the narration between two tokens tells of ``mention`` by more than the surname."""
        layout, mentions = self._layout, self._layout.doc._.mentions
        place = bisect_left(mentions, layout.doc[first].idx, key=lambda m: m.start)
        while place < len(mentions) and mentions[place].start < layout.doc[last].idx:
            other = mentions[place]
            token = layout.doc[layout.token_at(other.end) - 1]
            named = other.entity_id == mention.entity_id and other.resolution not in {"surname", "pronoun"}
            if named and token.dep_ in SUBJECTS and layout.inside[token.i] < 0:
                return True
            place += 1
        return False


def gendered_since(layout: Layout, speaker: str, at: int, pronoun: Token) -> Token | None:
    """The last one told of since somebody spoke, at token ``at``, whom a pronoun fits better: `The woman left. She`.

    None where the speaker's own words tell a man or a woman.
    """
    if pronoun.lower_ not in _GENDER_OF or any(person_nouns().get(word.lower()) for word in speaker.split()):
        return None
    told_of = (token for token in reversed(pronoun.doc[at + 1 : pronoun.i]) if layout.outside(token))
    fitting = (token for token in told_of if person_nouns().get(token.lower_) == _GENDER_OF[pronoun.lower_])
    return next((token for token in fitting if token.dep_ in SUBJECTS), None)


def _last_name(entity: Entity) -> str:
    return entity.name.rsplit(maxsplit=1)[-1]


def is_another(mention: Mention, head: Token, first: int) -> bool:
    """Whether a surname stands behind a first name that is not of whom the references take it for: `Bo Lee`."""
    before = head.nbor(-1) if head.i > first else None
    alone = mention.resolution == "surname" and mention.start == head.idx and before is not None
    if not alone or before is None or before.pos_ != "PROPN" or before.head.i != head.i or not before.text.istitle():
        return False
    entity = head.doc._.entities.get(mention.entity_id)
    name = entity.name.split() if entity is not None else []
    told = title_of(before.text) or before.lower_ in callings() or before.lower_ in common_words()
    return len(name) > 1 and before.text not in name and not told and before.ent_type_ in {"PERSON", "ORG"}


def bare_name(head: Token, first: int, last: int) -> tuple[int, int] | None:
    """The tokens of a name that no list knows, without what somebody is: `goalkeeper Bo Lee`, `The driver, Bo Lee`."""
    doc = head.doc
    if head.pos_ == "NOUN" and head.lower_ in callings():
        name = next((c for c in rights(head) if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i < last), None)
        begin = head.i + 2
        named = name is not None and head.nbor().text == "," and begin < name.i
        return _name_between(head, begin, name.i + 1) if named and name is not None else _named_at_end(head, last)
    if head.pos_ != "PROPN":
        return None
    end = next((i for i in range(head.i, last) if doc[i].pos_ != "PROPN"), last)
    start = head.i
    while start > first and doc[start - 1].text.istitle() and doc[start - 1].lower_ not in callings():
        start -= 1
    told = start == first or doc[start - 1].lower_ in callings()
    return _name_between(head, start, end) if told and (end == last or doc[end].text == ",") else None


def _named_at_end(head: Token, last: int) -> tuple[int, int] | None:
    """The tokens of a name after the last comma of a phrase: `A spokeswoman for the zoo, Bo Lee`."""
    start = last
    while start > head.i + 1 and head.doc[start - 1].pos_ == "PROPN":
        start -= 1
    led = head.doc[start - 1].text == "," and head.nbor().lower_ in {"for", "of", "at", "with"}
    return _name_between(head, start, last) if led else None


def _name_between(head: Token, start: int, end: int) -> tuple[int, int] | None:
    """The tokens ``start:end`` if they are two or more and all of a name."""
    several = end - start >= 2
    return (
        (start, end)
        if several and all(t.is_alpha and t.text[0].isupper() for t in tokens_of(head.doc)[start:end])
        else None
    )


def is_surname(mention: Mention, head: Token, first: int, last: int, entities: Iterable[Entity]) -> bool:
    """Whether a word taken for a country is one person's: for its people, or of somebody named in full."""
    alone = last - first == 1 and mention.label == "JURISDICTION" and mention.start == head.idx
    if not alone or head.head.tag_ not in _FOR_ONE or mention.end != head.idx + len(head):
        return False
    return head.text.endswith(_OF_A_PEOPLE) or surnamed(head, entities) is not None


def are_people(mention: Mention, head: Token, first: int, name: str) -> bool:
    """Whether words taken for a country called ``name`` are some of its people: `most Americans`."""
    whole = head.doc[first].lower_ == "the" and head.i == first + 1
    return (
        not whole and mention.label == "JURISDICTION" and head.tag_ in {"NNPS", "NNS"} and head.text not in name.split()
    )


def surnamed(head: Token, entities: Iterable[Entity]) -> Entity | None:
    """The only person with the surname ``head`` whom an article names in full."""
    named = [entity for entity in entities if entity.label == "PERSON" and entity.name.endswith(f" {head.text}")]
    return named[0] if len(named) == 1 else None


@lru_cache(maxsize=4)
def _listed(name: str) -> frozenset[str]:
    return frozenset(word for line in toml("quotes/bodies.toml")[name] for word in line.split())


def relative(layout: Layout, mention_at: Mapping[int, Mention], head: Token, first: int) -> Mention | None:
    """Who "her husband" is: the only person whom the article named so before, or the other of one couple.

    `Her husband, Bo Kim, drove`; `Ann and Bo Kim moved here in May`: a couple are two of one surname, joined.
    """
    if head.lower_ not in _listed("kin") or layout.doc[first].tag_ != "PRP$" or head.i != first + 1 or is_joint(head):
        return None
    own = mention_at.get(first)
    named = {m.entity_id: m for m in _named_so(layout, mention_at, head) if own is None or m.entity_id != own.entity_id}
    if not named and head.lower_ in _listed("spouses"):
        named = _of_couples(layout, mention_at, head)
    return next(iter(named.values())) if len(named) == 1 else None


def _named_so(layout: Layout, mention_at: Mapping[int, Mention], head: Token) -> Iterator[Mention]:
    """People named beside the same noun: `her husband, Bo Kim`, `her husband Bo`, `Bo Kim, her husband`."""
    doc = layout.doc
    for i in (i for i in range(head.i) if doc[i].lower_ == head.lower_):
        after = i + 1 + (i + 1 < head.i and doc[i + 1].text == ",")
        beside = mention_at.get(after) if doc[after].pos_ == "PROPN" else None
        apposed = next((mention_at.get(child.i) for child in rights(doc[i]) if child.dep_ == "appos"), None)
        explained = mention_at.get(doc[i].head.i) if doc[i].dep_ == "appos" else None
        for mention in (apposed, explained, beside):
            if mention is not None and mention.label == "PERSON" and mention.resolution != "pronoun":
                yield mention
                break


def _of_couples(layout: Layout, mention_at: Mapping[int, Mention], head: Token) -> dict[str, Mention]:
    """Those of one gender in the couples named before: the husbands, or the wives."""
    doc, entities = layout.doc, layout.doc._.entities
    found: dict[str, Mention] = {}
    for i in range(1, head.i - 1):
        if doc[i].lower_ not in {"and", "&"}:
            continue
        pair = (mention_at.get(i - 1), mention_at.get(i + 1))
        both = [(m, entities.get(m.entity_id)) for m in pair if m is not None and m.label == "PERSON"]
        # "Mary and John Kim": she may be named by no more than her first name.
        surnamed_so = (e for m, e in both if e is not None and (" " in e.name or m.resolution != "alone"))
        names = {entity.name.rsplit(maxsplit=1)[-1] for entity in surnamed_so}
        if len(both) < len(pair) or len(names) > 1 or len({m.entity_id for m, _ in both}) < len(pair):
            continue
        gender = person_nouns().get(head.lower_, "")
        found |= {m.entity_id: m for m, entity in both if entity is not None and gender and entity.gender == gender}
    return found
