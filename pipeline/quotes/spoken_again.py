"""Whom an article speaks of again without the name: "the liberal Democrat", "the Norwegian", "the 34-year-old"."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import SUBJECTS, rights
from pipeline.core.person_nouns import person_nouns, role_words
from pipeline.core.resource_tables import toml
from pipeline.quotes.cue_subject import PLURAL, is_joint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.core.annotations import Entity, Mention
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

# How sure it is who is spoken of again, as of a pronoun.
AGAIN: Final = 0.65
# Words of the text, and of the narration in it, looked back over for whom is told of.
_REACH: Final = 150
_NARRATION_REACH: Final = 60
# What is of somebody, or called by somebody: no person that a sentence tells of.
_OF_THINGS: Final = frozenset({"poss", "compound", "case", "punct"})
_TELLS_MORE: Final = frozenset({"prep", "relcl", "appos", "acl"})
_AGED: Final = re.compile(toml("quotes/bodies.toml")["by_age"])
_HOW_OLD: Final = re.compile(toml("quotes/bodies.toml")["how_old"])
_ONE_OF_A_PEOPLE: Final = tuple(toml("quotes/bodies.toml")["one_of_a_people"])
# Characters on either side of a name in which an age is told, and tokens of the words for somebody by age.
_BESIDE: Final = 60
_LONGEST: Final = 8


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return frozenset(word for line in toml("quotes/bodies.toml")["again"] for word in line.split())


def is_one_of_a_people(mention: Mention, head: Token, first: int, entity: Entity | None) -> bool:
    """Whether a word taken for a country is one of its people: `the Norwegian said`."""
    if mention.label != "JURISDICTION" or entity is None or head.tag_ in PLURAL or head.i != first + 1:
        return False
    alone = mention.start == head.idx and mention.end == head.idx + len(head)
    people = head.text.endswith(_ONE_OF_A_PEOPLE) and head.text not in entity.name.split()
    return alone and people and head.doc[first].lower_ == "the"


def by_age(layout: Layout, cue: Token) -> tuple[Token, int] | None:
    """The last word for somebody by age right before or after ``cue``, and the first: `the 34-year-old said`."""
    after_marks = cue.i > 0 and layout.inside[cue.i - 1] >= 0
    for start in (cue.i - 6, cue.i + 1) if after_marks else (cue.i - 6,):
        window = layout.tokens[max(start, 0) : max(start, 0) + 6]
        begin = next((token.i for token in window if token.lower_ == "the"), None)
        if begin is None or (start > cue.i and begin != start):
            continue
        words = ""
        for token in layout.tokens[begin : begin + _LONGEST]:
            words += token.lower_
            aged = _AGED.fullmatch(words)
            if aged is not None and not aged["role"] and (start > cue.i or token.i == cue.i - 1):
                return token, begin
    return None


def of_age(layout: Layout, first: int, last: int) -> int | None:
    """By which age the tokens ``first:last`` speak of somebody, or None: 34 for `the 34-year-old singer`."""
    aged = _AGED.fullmatch("".join(token.lower_ for token in layout.tokens[first:last]))
    return int(aged["age"]) if aged is not None and (not aged["role"] or aged["role"] in role_words()) else None


def told_ages(layout: Layout, before: int) -> Iterator[tuple[Mention, int]]:
    """People of whom the text up to an offset tells how old they are, and that, in years: `Ann Lee, 34,`."""
    for mention in layout.doc._.mentions:
        if mention.end >= before:
            return
        if mention.label == "PERSON" and mention.resolution != "pronoun":
            lead = layout.text[max(0, mention.start - _BESIDE) : mention.start]
            aged = _HOW_OLD.search(f"{lead}@{layout.text[mention.end : mention.end + _BESIDE]}")
            if aged is not None:
                yield mention, int(aged["after"] or aged["before"] or aged["told"])


def aged_so(layout: Layout, age: int, before: int) -> tuple[Mention | None, frozenset[str]]:
    """The only one whom the text up to an offset tells to be so old, if any, and the ids of those of another age."""
    told = list(told_ages(layout, before))
    so = {mention.entity_id: mention for mention, years in told if years == age}
    others = frozenset(mention.entity_id for mention, _ in told) - so.keys()
    return next(iter(so.values())) if len(so) == 1 else None, others


def spoken_of_again(
    layout: Layout, mention_at: Mapping[int, Mention], head: Token, first: int, *, people: bool = False
) -> Mention | None:
    """Who "the liberal Democrat" is: the one person told of in the last sentence before that tells of any.

    Others may be named there as the owner or the name of something: `Lee agreed to Kim's request. The Democrat said`.
    ``people``: the noun is for one of a people, as no list has them.
    """
    if head.tag_ in PLURAL or layout.doc[first].lower_ != "the" or is_joint(head):
        return None
    if any(child.dep_ in _TELLS_MORE for child in rights(head)) or not (people or head.lower_ in _nouns()):
        return None
    told = _told_of_last(layout, mention_at, head, first)
    if told is None:
        return None
    entity = layout.doc._.entities.get(told.entity_id)
    gender = person_nouns().get(head.lower_, "")
    other = entity is not None and {gender, entity.gender} == {"m", "f"}
    return None if other or _was_another(layout, head) else told


def _was_another(layout: Layout, head: Token) -> bool:
    """Whether the noun brought in somebody else before, without a name: `A striker waved. … the striker said`."""
    return any(
        token.lower_ == head.lower_ and token.dep_ in SUBJECTS and layout.doc[token.left_edge.i].lower_ in {"a", "an"}
        for token in layout.tokens[max(0, head.i - _REACH) : head.i]
    )


def _told_of_last(layout: Layout, mention_at: Mapping[int, Mention], head: Token, first: int) -> Mention | None:
    doc = layout.doc
    told: Mention | None = None
    since = -1
    narration = (i for i in range(first - 1, max(first - _REACH, 0) - 1, -1) if layout.inside[i] < 0)
    for i in islice(narration, _NARRATION_REACH):
        if i < since:
            break
        mention = mention_at.get(i)
        if mention is None or mention.label != "PERSON":
            continue
        if i >= head.sent.start:
            # "Without taking Kim's advice, the candidate said": of two in one sentence either may be meant.
            return None
        if doc[i].dep_ in _OF_THINGS:
            continue
        if told is not None and mention.entity_id != told.entity_id:
            return None
        told = mention
        if doc[i].dep_ in SUBJECTS and since < 0:
            since = doc[i].sent.start
    return told if since >= 0 else None
