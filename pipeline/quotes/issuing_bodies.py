"""For whom a speaker without a name speaks: the body that issued a paper, is "the agency", or has a spokesperson."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import NOUN_FOR_PLACE
from pipeline.core.cues import cue_of
from pipeline.core.dependencies import SUBJECTS, children, lefts, rights
from pipeline.core.person_nouns import role_words
from pipeline.core.resource_tables import toml
from pipeline.quotes.bodies.described import Descriptions
from pipeline.quotes.cue_subject import name_span, subject_of
from pipeline.quotes.spoken_again import aged_so, of_age

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from pipeline.core.annotations import Entity, Mention
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

# Words of the text looked back over for the body that is spoken of again, and for the fuller words for a speaker.
_REACH: Final = 250
# The last bodies named that may be the one spoken of again; keeps time linear where an article names hundreds.
_LAST_NAMED: Final = 12
# Sentences before a spokesperson in which the subject may be who they speak for.
_SENTENCES: Final = 2
_LONGEST: Final = 12
_ISSUE: Final = frozenset({"ORG", "PERSON"})
_BY: Final = frozenset({"by", "from"})
_IN: Final = frozenset({"in"})
_TWO: Final = 2
_MADE: Final = frozenset({"acl", "relcl"})
_IN_A_NAME: Final = frozenset({"NOUN", "PROPN", "ADJ", "PART", "PUNCT"})
_ARTICLES: Final = frozenset({"a", "an", "the", "one"})


@dataclass(frozen=True, slots=True)
class Words:
    """The nouns of ``quotes/bodies.toml``, and the verbs by which one ``issues`` a paper.

    ``kinds`` are the kinds of organisation that each may stand for.
    """

    papers: frozenset[str]
    copies: frozenset[str]
    issues: frozenset[str]
    made: frozenset[str]
    speak_for: frozenset[str]
    firms: frozenset[str]
    kinds: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def words() -> Words:
    """The nouns by which bodies speak without their names."""
    tables = toml("quotes/bodies.toml")

    def listed(name: str) -> frozenset[str]:
        return frozenset(word for line in tables[name] for word in line.split())

    return Words(
        listed("papers"),
        listed("renderings"),
        listed("issues"),
        listed("made"),
        listed("speak_for"),
        listed("firms"),
        {noun: frozenset(kinds) for noun, kinds in tables["bodies"].items()},
    )


@lru_cache(maxsize=1)
def utterances() -> frozenset[str]:
    """What somebody says, as a noun: "the mayor's reply"."""
    return frozenset(word for line in toml("quotes/bodies.toml")["utterances"] for word in line.split())


@lru_cache(maxsize=1)
def claims() -> frozenset[str]:
    """What somebody claims or finds, as a noun: "the finding"."""
    return frozenset(word for line in toml("quotes/bodies.toml")["claims"] for word in line.split())


def is_unknown_body(noun: Token) -> bool:
    """Whether a name that no list knows is of a body that says something: "the Port of Elmsford said"."""
    return (
        noun.pos_ == "PROPN"
        and noun.lower_ not in role_words()
        and any(child.lower_ == "the" for child in lefts(noun))
        and cue_of(noun.head) is not None
    )


@lru_cache(maxsize=1)
def body_nouns() -> frozenset[str]:
    """Nouns for bodies and papers for which "it" may speak."""
    return (
        frozenset(word for line in toml("quotes/bodies.toml")["it"] for word in line.split())
        | words().papers
        | set(words().kinds)
        | set(toml("core/place_nouns.toml")["kinds"])
    )


class Bodies:
    """For whom a speaker without a name speaks, in one article; ``mention_at`` is the mention of each token."""

    def __init__(self, layout: Layout, mention_at: Mapping[int, Mention]) -> None:
        self._layout = layout
        self._mention_at = mention_at
        self._places = {m.end: m for m in layout.doc._.mentions if m.resolution == NOUN_FOR_PLACE}
        self._named = [m for m in layout.doc._.mentions if m.label == "ORG"]
        self._starts = [m.start for m in self._named]
        self._descriptions = Descriptions(layout, self._named)

    def of(self, head: Token, first: int, last: int) -> Mention | None:
        """The body or person that the words ``first:last`` with ``head`` speak for, if it is named."""
        noun = head.lower_
        age = of_age(self._layout, first, last)
        if age is not None:
            so, others = aged_so(self._layout, age, head.idx)
            return so or self._subject_before(head, lambda m: m.label == "PERSON" and m.entity_id not in others)
        if noun in utterances():
            return self._issuer(head, first, last)
        if noun in words().papers:
            return self._issuer(head, first, last) or self._issued_before(head, first)
        if self._layout.doc[first].lower_ != "the" or not 1 <= head.i - first <= _TWO:
            return None
        alone = first == head.i - 1
        if not alone and last != head.i + 1:
            return None  # "the news site Dune Watch"
        return self._again(head, words().kinds.get(noun), alone=alone)

    def _again(self, head: Token, kinds: frozenset[str] | None, *, alone: bool) -> Mention | None:
        """The body or place that "the agency", or with one word before the noun "the watchdog group", is."""
        if kinds is None:
            return self._places.get(head.idx + len(head)) if alone else None
        if not alone:
            return self._descriptions.called_so(head, self._last(head)) or self._only_one(head, kinds)
        return self._named_before(head, kinds) or (self._told_of_before(head, {""}) if kinds else None)

    def _issuer(self, paper: Token, first: int, last: int) -> Mention | None:
        """Whose a paper is: `an agency statement`, `the mayor's letter`, `a report released by the center`."""
        doc = self._layout.doc
        owner = next((c.i for c in lefts(paper) if c.dep_ == "poss"), -1)
        before = [owner] if owner >= 0 else range(paper.i - 1, first - 1, -1)
        for i in before:
            mention = self._mention_at.get(i)
            if mention is not None:
                return mention if mention.label in _ISSUE else None
            if doc[i].pos_ not in _IN_A_NAME:
                break
        for child in rights(paper):
            issued = child.dep_ in _MADE and child.lower_ in words().made
            by = [child] if child.dep_ == "prep" else list(rights(child)) if issued else []
            for preposition in by:
                if preposition.lower_ in _BY:
                    names = [c for c in children(preposition) if c.dep_ == "pobj" and c.i < last]
                    mention = self._mention_at.get(names[0].i) if names else None
                    if mention is not None and mention.label in _ISSUE:
                        return mention
        return None

    def _issued_before(self, paper: Token, first: int) -> Mention | None:
        """Whose "the report" is, where the article has told whose one is: the last paper of that kind."""
        doc, layout = self._layout.doc, self._layout
        if first != paper.i - 1 or doc[first].lower_ != "the":
            return None
        for i in range(first - 1, max(first - 1 - _REACH, -1), -1):
            if doc[i].lower_ == paper.lower_ and doc[i].pos_ == "NOUN" and layout.outside(doc[i]):
                begin, end = name_span(doc[i], doc[i].sent.start, doc[i].sent.end)
                return self._issuer(doc[i], begin, end) or self._issued_by(doc[i])
        return None

    def _issued_by(self, paper: Token) -> Mention | None:
        """Who issues a paper, as the subject of the verb that it is the object of: `Lee circulated a letter`."""
        verb = paper.head
        said_in = paper.dep_ == "pobj" and verb.lower_ in _IN and cue_of(verb.head) is not None
        if said_in:
            verb = verb.head  # "Lee said in a statement"
        elif paper.dep_ != "dobj" or verb.lower_ not in words().issues:
            return None
        subject = subject_of(verb, self._layout.outside)
        mention = self._mention_at.get(subject.i) if subject is not None else None
        return mention if mention is not None and mention.label in _ISSUE else None

    def _named_before(self, noun: Token, kinds: frozenset[str]) -> Mention | None:
        """The body last named that a noun may stand for: by its kind, or because its name holds the noun."""
        others = False
        for mention, entity in self._last(noun):
            name = entity.name.lower().rstrip(".").split()
            if entity.kind in kinds or noun.lower_ in name or ("company" in kinds and name[-1] in words().firms):
                return mention
            described = self._descriptions.kinds(mention, noun.i)
            if kinds & described and not others:
                return mention
            others = others or not (entity.kind or described)  # of which the article does not say what it is
        return None

    def _only_one(self, noun: Token, kinds: frozenset[str]) -> Mention | None:
        """The body that "the watchdog group" is, where no other of its kind is named in the text before."""
        modifier = noun.nbor(-1)
        if modifier.dep_ != "compound" or modifier.pos_ != "NOUN" or modifier.ent_type_:
            return None
        near = [(mention, entity) for mention, entity in self._last(noun) if entity.kind in kinds]
        place = bisect_left(self._starts, noun.idx)
        ids = {mention.entity_id for mention in self._named[:place]}
        entities = self._layout.doc._.entities
        of_kind = {i for i in ids if i in entities and entities[i].kind in kinds}
        return near[0][0] if near and len(of_kind) == 1 else None

    def _last(self, noun: Token) -> Iterator[tuple[Mention, Entity]]:
        """The bodies that are named before a noun and near, the last first, that it may stand for."""
        entities = self._layout.doc._.entities
        place = bisect_left(self._starts, noun.idx)
        for mention in self._named[max(0, place - _LAST_NAMED) : place][::-1]:
            if noun.i - self._layout.token_at(mention.start) > _REACH:
                return
            entity = entities.get(mention.entity_id)
            if entity is not None and not self._is_title(mention) and not self._in_its_own_words(mention, noun):
                yield mention, entity

    def _in_its_own_words(self, mention: Mention, noun: Token) -> bool:
        """Whether a body is named in marks right before who says them: `“Ask the office,” the agency said`."""
        number = self._layout.inside[self._layout.token_at(mention.start)]
        if number < 0:
            return False
        end = self._layout.quotations[number].end
        return end <= noun.idx and not any(char in "\n.?!" for char in self._layout.text[end : noun.idx])

    def _kind_of(self, mention: Mention) -> str | None:
        entity = self._layout.doc._.entities.get(mention.entity_id)
        return entity.kind if entity is not None else None

    def _told_of_before(self, noun: Token, kinds: Collection[str]) -> Mention | None:
        """Of one of ``kinds``, the body or place that the sentence of ``noun``, or one right before it, tells of."""
        return self._subject_before(noun, lambda mention: self._kind_of(mention) in kinds and self._is_one(mention))

    def _is_one(self, mention: Mention) -> bool:
        """Whether a mention is of one body or place, and no part of a title: not `Mexico and Canada`."""
        if mention.label not in {"ORG", "JURISDICTION"} or self._is_title(mention):
            return False
        last = self._layout.doc[self._layout.token_at(mention.end) - 1]
        return last.dep_ != "conj" and all(child.dep_ != "conj" for child in children(last))

    def _is_title(self, mention: Mention) -> bool:
        """Whether a body is named as part of somebody's title: `District Court Judge Ann Lee`."""
        after = self._layout.token_at(mention.end)
        return after < len(self._layout.doc) and self._layout.doc[after].lower_ in role_words()

    def fuller(self, head: Token, first: int, last: int) -> str:
        """Words that say more than "the official": those used of them before, or for whom they speak; else none."""
        doc = self._layout.doc
        if last - first > 2 or (first < head.i and doc[first].lower_ not in _ARTICLES):
            return ""
        if doc[first].lower_ == "the":
            return self._before(head) if head.lower_ in role_words() | words().papers else ""
        if head.lower_ not in words().speak_for:
            return ""
        speaks_for = self._subject_before(head, lambda mention: mention.label in _ISSUE)
        if speaks_for is None:
            return ""
        name = doc._.entities[speaks_for.entity_id].name
        article = "an" if name[0] in "AEIOU" else "a"
        return f"{article} {name} {head.lower_}"

    def _before(self, head: Token) -> str:
        """The last longer phrase of the narration with the same noun: `a senior agency official`."""
        doc, layout = self._layout.doc, self._layout
        for i in range(head.i - 2, max(head.i - 1 - _REACH, -1), -1):
            token = doc[i]
            if token.lower_ != head.lower_ or layout.inside[i] >= 0 or token.pos_ not in {"NOUN", "PROPN"}:
                continue
            block = layout.block_of(token)
            if block is None:
                continue
            first, last = name_span(token, layout.token_at(block.start), layout.token_at(block.end))
            if doc[first].lower_ not in _ARTICLES or any(layout.inside[n] >= 0 for n in range(first, last)):
                continue
            if i - first > 1 and last - first <= _LONGEST:
                return layout.text[doc[first].idx : doc[last - 1].idx + len(doc[last - 1])]
        return ""

    def _is_told_of(self, token: Token) -> bool:
        """Whether a word is what its sentence tells of: subject of no clause that hangs on another word before it."""
        verb = token.head
        leads = verb.dep_ in {"ROOT", "conj"} or verb.i < verb.head.i
        return token.dep_ in SUBJECTS and leads and self._layout.outside(token)

    def _subject_before(self, head: Token, fits: Callable[[Mention], bool]) -> Mention | None:
        """Whom that ``fits`` the sentence of ``head``, or one right before it, tells of."""
        doc, sentences = self._layout.doc, 0
        for i in range(head.i - 1, max(head.i - _REACH, -1), -1):
            token, mention = doc[i], self._mention_at.get(i)
            if (
                mention is not None
                and mention.entity_id in doc._.entities
                and fits(mention)
                and self._is_told_of(token)
            ):
                return mention
            sentences += bool(token.is_sent_start) and self._layout.outside(token)
            if sentences > _SENTENCES:
                return None
        return None
