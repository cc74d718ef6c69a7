"""The entity or the words that a speaker's noun phrase stands for."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import NOUN_FOR_PLACE
from pipeline.core.cues import cue_of
from pipeline.core.dependencies import SUBJECTS, children
from pipeline.core.doc_cache import sentence_of
from pipeline.core.person_nouns import role_words
from pipeline.core.resource_tables import toml
from pipeline.core.token_table import tokens_of
from pipeline.quotes.cue_subject import (
    PLURAL,
    SOME,
    can_speak,
    is_joint,
    is_several,
    name_span,
)
from pipeline.quotes.implied_names import (
    Families,
    ToldOf,
    answers,
    are_people,
    bare_name,
    gendered_since,
    holder,
    is_another,
    is_surname,
    named_beside,
    relative,
    surnamed,
)
from pipeline.quotes.issuing_bodies import Bodies, body_nouns
from pipeline.quotes.spoken_again import AGAIN, is_one_of_a_people, spoken_of_again

if TYPE_CHECKING:
    from pipeline.core.annotations import Mention
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

# Words between a speaker without a name and a pronoun for them.
_REACH: Final = 150
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
# The letter of a party before the state, and how far a name may stand before it.
_PARTIES: Final = frozenset({"D", "R", "I", "L"})
_PARTY_REACH: Final = 5
_VERBS: Final = frozenset({"VERB", "AUX"})
# How sure it is whom "they" stands for.
_UNSURE: Final = 0.6
# Who leads a body, besides those of roles.
_LEADS: Final = frozenset({"head", "heads"})
# Words that say by what name a group goes.
_CALLED: Final = frozenset({"called", "named", "dubbed"})
# They bring others to speak: "asked by a reporter, he said".
_WHO_ASK: Final = frozenset(toml("coreference/role_words.toml")["lists"]["who_ask"])
_THIRD: Final = frozenset({"he", "she", "they"})


class Names:
    """Looks up who the words for a speaker stand for; ask in order of the text, as pronouns look back."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._mention_at: dict[int, Mention] = {}
        self._last_named: dict[str, int] = {}
        self._nameless = ""
        self._nameless_at = -1
        self._nameless_several = False
        self._several_said: tuple[str, str, float] = ("", "", _UNSURE)
        self._last_person = ""
        self._last_person_at = -1
        self._meant: dict[int, tuple[tuple[str, str], ...]] = {}
        for mention in (m for m in layout.doc._.mentions if m.resolution != NOUN_FOR_PLACE):
            for i in range(layout.token_at(mention.start), layout.token_at(mention.end)):
                self._mention_at[i] = mention
        self._told_of = ToldOf(layout, self._mention_at)
        self._bodies, self._families = Bodies(layout, self._mention_at), Families(layout)

    def of(self, head: Token, first: int, last: int) -> tuple[str, str, float]:
        """Entity id, name, and how sure, of the speaker whose words are the tokens ``first:last`` with ``head``."""
        doc, mention = self._layout.doc, self._families.meant(self._mention_of(head, first, last), head)
        if mention is not None and is_surname(mention, head, first, last, doc._.entities.values()):
            person = surnamed(head, doc._.entities.values())
            return self._of_entity(person.entity_id, _UNSURE) if person else ("", self._words(first, last), _UNSURE)
        if mention is not None and self._is_some_of(mention, head, first, last):
            return "", self._words(first, last), 1.0
        people = mention is not None and is_one_of_a_people(mention, head, first, doc._.entities.get(mention.entity_id))
        mention = None if people else mention
        pronoun = head.lower_ in _THIRD and last - first == 1
        if mention is None and head.pos_ == "NOUN" and is_several(head):
            self._several_said = "", self._in_words(head, first, last), _UNSURE
        if mention is not None and mention.entity_id in doc._.entities:
            return self._of_mention(mention, head, pronoun=pronoun)
        if pronoun and (by_pronoun := self._of_pronoun(head)) is not None:
            return by_pronoun
        if pronoun or (head.lower_ == "it" and last - first == 1):
            return self._looked_back_to(head)
        named, sure = self._named_after(head, first), _UNSURE
        if named is None:
            named, sure = spoken_of_again(self._layout, self._mention_at, head, first, people=people), AGAIN
        return self._of_entity(named.entity_id, sure) if named else self._of_words(head, first, last)

    def _of_entity(self, entity_id: str, sure: float) -> tuple[str, str, float]:
        return entity_id, self._layout.doc._.entities[entity_id].name, sure

    def _of_words(self, head: Token, first: int, last: int) -> tuple[str, str, float]:
        """As :meth:`of`, for words that are no mention."""
        text = self._in_words(head, first, last)
        if head.lower_ in role_words() and head.lower_ not in _WHO_ASK:
            self._nameless, self._nameless_at = text, head.i
            self._nameless_several = head.tag_ in PLURAL
        # "He", of whom nothing more is known, is no name: two articles' are not the same man.
        return "", "" if head.tag_.startswith("PRP") and last - first == 1 else text, 1.0

    def _of_mention(self, mention: Mention, head: Token, *, pronoun: bool) -> tuple[str, str, float]:
        """As :meth:`of`, for a mention: in "A spokesman said … he added" he is the spokesman, named or not."""
        named_at = max(self._last_named.get(mention.entity_id, -1), self._last_person_at)
        nameless = self._nameless_at > named_at and self._near(head) and not self._told_of_since(mention, head)
        if pronoun and nameless and not answers(head):
            return "", self._nameless, 0.6
        if not pronoun:
            self._last_named[mention.entity_id] = head.i
            if mention.label == "PERSON":
                self._last_person, self._last_person_at = mention.entity_id, head.i
        return self._of_entity(mention.entity_id, mention.confidence)

    def _told_of_since(self, mention: Mention, head: Token) -> bool:
        """Whether a sentence after somebody without a name, and before ``head``, tells of ``mention`` by name."""
        mentions, doc = self._layout.doc._.mentions, self._layout.doc
        after = bisect_left(mentions, doc[self._nameless_at].idx, key=lambda m: m.start)
        before = bisect_left(mentions, head.idx, key=lambda m: m.start)
        return any(
            later.entity_id == mention.entity_id
            and (last := doc[self._layout.token_at(later.end) - 1]).dep_ in SUBJECTS
            and last.pos_ in _NOUNS
            and last.head.dep_ in {"ROOT", "conj"}
            and self._layout.outside(last)
            for later in mentions[after:before]
        )

    def _of_pronoun(self, head: Token) -> tuple[str, str, float] | None:
        """As :meth:`of`, for a pronoun that the references leave open: whoever spoke last, named or not."""
        if head.lower_ != "they" and self._last_person_at > self._nameless_at and self._fits(head):
            return self._of_entity(self._last_person, _UNSURE)
        if not self._nameless or not self._near(head) or not self._may_be_nameless(head):
            return None
        other = gendered_since(self._layout, self._nameless, self._nameless_at, head)
        if other is not None:
            self._nameless = self._words(other.left_edge.i, other.i + 1)
        self._nameless_at = head.i
        return "", self._nameless, 0.7

    def _may_be_nameless(self, head: Token) -> bool:
        """Whether a pronoun may stand for the last one without a name; "they" for one only if no others came since."""
        if self._nameless_several or head.lower_ != "they":
            return self._nameless_several == (head.lower_ == "they")
        since = self._layout.tokens[self._nameless_at + 1 : head.i]
        return not any(
            t.dep_ in SUBJECTS and t.pos_ in _NOUNS and self._layout.outside(t) and is_several(t) for t in since
        )

    def together(self, head: Token, first: int, last: int) -> tuple[tuple[str, str], ...]:
        """Entity id or "" and name of each of several whom a phrase joins; nothing for one alone."""
        if head.i in self._meant:
            return self._meant[head.i]
        heads = self._joined_with(head, last)
        if len(heads) < 2 or head.pos_ not in _NOUNS or (head.dep_ in SUBJECTS and head.head.tag_ == "VBZ"):
            # "Harbor chief and candidate for mayor says": one who is both.
            return ()
        speakers = []
        begin = first
        for noun, following in zip(heads, [*heads[1:], None], strict=True):
            end = following.left_edge.i if following is not None and following.left_edge.i > noun.i else last
            while end > noun.i + 1 and (self._layout.doc[end - 1].pos_ in {"CCONJ", "PUNCT", "SPACE"}):
                end -= 1
            mention = self._mention_of(noun, begin, end if following is None else min(end, following.i))
            entity = self._layout.doc._.entities.get(mention.entity_id) if mention is not None else None
            if entity is None and not can_speak(noun):
                return ()
            stop = max(noun.i + 1, min(end, last))
            speakers.append((entity.entity_id, entity.name) if entity else ("", self._words(min(begin, noun.i), stop)))
            begin = end
            while begin < last and self._layout.doc[begin].pos_ in {"CCONJ", "PUNCT", "SPACE"}:
                begin += 1
        return tuple(speakers) if len({name for _, name in speakers}) == len(speakers) else ()

    def _joined_with(self, head: Token, last: int) -> list[Token]:
        """The heads of a phrase: `Ann Lee, Bo Kim and the mayor`."""
        heads = [head]
        for token in self._layout.tokens[head.i + 1 : last]:
            if token.dep_ == "conj" and token.head.i == heads[-1].i:
                heads.append(token)
        return heads if any(t.pos_ == "CCONJ" or t.text == "&" for t in self._layout.tokens[head.i : last]) else [head]

    def _words(self, first: int, last: int) -> str:
        doc = self._layout.doc
        last -= last - first > 1 and doc[last - 1].tag_ == "POS"  # "The mayor's reply was short"
        return self._layout.text[doc[first].idx : doc[last - 1].idx + len(doc[last - 1])]

    def _in_words(self, head: Token, first: int, last: int) -> str:
        """What somebody without a name is called: more fully elsewhere, or without an aside, or as it stands."""
        # "Vashti Okonjo, a lawyer from Lagos" without what explains it.
        name = bare_name(head, first, last)
        return self._words(*name) if name else self._bodies.fuller(head, first, last) or self._words(first, last)

    def _mention_of(self, head: Token, first: int, last: int) -> Mention | None:
        """The mention that a phrase holds of whom it stands for."""
        last = self._before_brackets(head, last)
        own = self._mention_at.get(head.i)
        if own is not None and is_another(own, head, first):
            return None
        mention = (
            own
            or self._apposed(head, first, last)
            or self._explained(head, first)
            or self._named_last(head, first, last)
            or named_beside(self._layout, self._mention_at, head, last)
        )
        if mention is not None and mention.label in {"ORG", "JURISDICTION"}:
            of_office = holder(self._layout, self._mention_at, head, last)
            mention = of_office or self._titled(mention, last) or mention
        if mention is None or mention.label == "JURISDICTION":
            mention = self._glossed(first, last) or self._of_party(mention, first) or mention
        if mention is None:
            mention = self._titled_last(head, first, last) or relative(self._layout, self._mention_at, head, first)
        return mention or self._bodies.of(head, first, last)

    def _before_brackets(self, head: Token, last: int) -> int:
        """Where a phrase ends before brackets that close it: `Representative Ann Lee (R., Ohio)`."""
        doc = self._layout.doc
        if doc[last - 1].text != ")":
            return last
        opening = next((i for i in range(last - 1, head.i, -1) if doc[i].text == "("), last)
        return opening if opening > head.i + 1 else last

    def _is_some_of(self, mention: Mention, head: Token, first: int, last: int) -> bool:
        """Whether a phrase is for some members of a party, or for them and others: `Many Whigs in the House`."""
        entity = self._layout.doc._.entities.get(mention.entity_id)
        if entity is not None and are_people(mention, head, first, entity.name):
            return True
        if entity is None or entity.kind != "party" or head.tag_ not in PLURAL:
            return False
        mention_tokens = self._layout.tokens_of(mention.start, mention.end)
        return any(not self._layout.doc[i].is_stop for i in range(first, last) if i not in mention_tokens) or any(
            self._layout.doc[i].lower_ in SOME for i in range(first, mention_tokens.start)
        )

    def _looked_back_to(self, pronoun: Token) -> tuple[str, str, float]:
        """Whom a pronoun stands for, as :meth:`of`: the last subject of the narration that can, and can speak."""
        token = self._told_of.last(pronoun)
        if (
            pronoun.lower_ == "they"
            and self._several_said[1]
            and (token is None or not self._told_of.is_near(token, pronoun))
        ):
            return self._several_said
        if token is None:
            return "", "", _UNSURE
        first, last = name_span(token, sentence_of(token).start, min(sentence_of(token).stop, pronoun.i))
        if is_joint(token) and pronoun.lower_ != "it":
            return self._all_together(pronoun, token, first, last)
        mention = self._mention_of(token, first, last)
        if mention is None or self._is_some_of(mention, token, first, last):
            return "", self._in_words(token, first, last), _UNSURE
        return self._of_entity(mention.entity_id, _UNSURE)

    def _all_together(self, pronoun: Token, head: Token, first: int, last: int) -> tuple[str, str, float]:
        """As :meth:`of`, for "they" of several who were told of together: the first of them, with the others beside."""
        several = self.together(head, first, last)
        if not several or not all(entity_id for entity_id, _ in several):
            return "", self._all_of(head, first, last), _UNSURE
        self._meant[pronoun.i] = several
        return *several[0], _UNSURE

    def _all_of(self, head: Token, first: int, last: int) -> str:
        """The names of those a phrase joins, else its words."""
        doc = self._layout.doc
        heads = [head, *(t for t in tokens_of(doc)[head.i + 1 : last] if t.dep_ == "conj" and t.head.i >= head.i)]
        mentions = [self._mention_at.get(noun.i) for noun in heads]
        names = [doc._.entities[m.entity_id].name for m in mentions if m is not None and m.entity_id in doc._.entities]
        if len(names) == len(heads):
            return " and ".join(names)
        return self._words(first, last)

    def _named_after(self, head: Token, first: int) -> Mention | None:
        """Who "the director" is, where the next sentence opens with a name that is new: `Ann Lee spoke at noon`."""
        doc, mentions = self._layout.doc, self._layout.doc._.mentions
        if head.lower_ not in role_words() or head.tag_ in PLURAL or doc[first].lower_ != "the":
            return None
        start = sentence_of(head).stop
        while start < len(doc) and (doc[start].is_space or doc[start].is_quote):
            start += 1
        mention = self._mention_at.get(start)
        if mention is None or mention.label != "PERSON" or mention.entity_id not in doc._.entities:
            return None
        after = self._layout.token_at(mention.end)
        if after - start < 2 or after >= len(doc) or doc[after].pos_ not in _VERBS:
            return None
        cue = cue_of(doc[after])
        if cue is not None and cue.reports:
            return None
        before = mentions[: bisect_left(mentions, mention.start, key=lambda m: m.start)]
        return None if any(earlier.entity_id == mention.entity_id for earlier in before) else mention

    def _fits(self, pronoun: Token) -> bool:
        """Whether a pronoun that the references leave open may stand for the named person who spoke last."""
        gender = self._layout.doc._.entities[self._last_person].gender
        near = pronoun.i - self._last_person_at <= _REACH
        return near and gender in {"", {"he": "m", "she": "f"}[pronoun.lower_]}

    def _near(self, head: Token) -> bool:
        return 0 <= head.i - self._nameless_at <= _REACH

    def _glossed(self, first: int, last: int) -> Mention | None:
        """The person a phrase begins with that says more of them after a comma: `Lee, D-Ill.`."""
        doc = self._layout.doc
        start = next((i for i in range(first, last) if i in self._mention_at), last)
        mention = self._mention_at.get(start)
        if mention is None or mention.label != "PERSON" or any(t.pos_ != "PROPN" for t in tokens_of(doc)[first:start]):
            return None
        end = next((i for i in range(start, last) if self._mention_at.get(i) is not mention), last)
        return mention if end < last and doc[end].text in {",", "("} else None

    def _of_party(self, state: Mention | None, first: int) -> Mention | None:
        """The person whose party and state the parse took for who speaks: `Lee, D-Ohio, who said`."""
        doc = self._layout.doc
        if state is None:
            return None
        before = tokens_of(doc)[max(0, first - _PARTY_REACH) : self._layout.token_at(state.start)]
        comma = next((token.i for token in before if token.text in {",", "("}), None)
        marked = any(token.text.rstrip("-–") in _PARTIES for token in before)
        mention = self._mention_at.get(comma - 1) if comma else None
        return mention if marked and mention is not None and mention.label == "PERSON" else None

    def _titled_last(self, head: Token, first: int, last: int) -> Mention | None:
        """The person whom a phrase ends with, after the title that it is: `Doctors for Peace adviser Ann Lee`."""
        mention = self._mention_at.get(last - 1)
        if mention is None or mention.label != "PERSON":
            return None
        start = self._layout.tokens_of(mention.start, mention.end).start
        if head.i < start and (head.lower_ in role_words() or (head.tag_ == "NN" and can_speak(head))):
            # "A spokesman for Speaker Ann Lee" is not the Speaker, nor is "the uncle of Speaker Ann Lee".
            return None
        titled = start > first and self._layout.doc[start - 1].lower_ in role_words()
        return mention if titled and not any(t.text == "," for t in self._layout.tokens[first:start]) else None

    def _titled(self, body: Mention, last: int) -> Mention | None:
        """The person whose title begins with the name of a body or place: `Center for Law director Ann Lee`."""
        doc = self._layout.doc
        for i in range(self._layout.token_at(body.end), last):
            mention = self._mention_at.get(i)
            if mention is not None and mention.label == "PERSON":
                return mention
            place = mention is not None or (doc[i].lower_ == "of" and i + 1 < last and doc[i + 1].pos_ == "PROPN")
            if doc[i].pos_ not in {"NOUN", "PROPN", "ADJ"} and not place:
                return None
        return None

    def _explained(self, head: Token, first: int) -> Mention | None:
        """The person named right before a role that tells who that is: `Ann Lee, the director, said`."""
        doc = self._layout.doc
        explained = self._mention_at.get(head.head.i) if head.dep_ == "appos" and head.tag_ not in PLURAL else None
        if explained is not None and explained.label == "PERSON" and self._mention_at.get(head.i) is None:
            return explained
        if first < 2 or head.lower_ not in role_words() or not doc[first].is_lower or doc[first - 1].text not in ",.(":
            return None
        mention = self._mention_at.get(first - 2)
        return mention if mention is not None and mention.label == "PERSON" else None

    def _named_last(self, head: Token, first: int, last: int) -> Mention | None:
        """Who a phrase for a role or a group ends with: `The head of the caucus, Rep. Ann Lee`; `a group called Us`."""
        doc = self._layout.doc
        mention = self._mention_at.get(last - 1)
        if mention is None or mention.label not in {"PERSON", "ORG"}:
            return None
        start = self._layout.tokens_of(mention.start, mention.end).start
        if start > first and doc[start - 1].lower_ in _CALLED:
            return mention
        somebody = head.tag_ == "NN" and doc[first].lower_ in {"a", "an"} and head.lower_ not in body_nouns()
        if mention.label == "ORG" or not (somebody or head.lower_ in _LEADS | role_words()):
            return None
        while start > head.i + 1 and doc[start - 1].pos_ in {"PROPN", "ADJ", "NOUN"}:
            start -= 1
        return mention if doc[start - 1].text == "," and start - 1 > head.i else None

    def _apposed(self, head: Token, first: int, last: int) -> Mention | None:
        """The person a nominal phrase names beside its head: `a spokeswoman, Ann Lee`."""
        for child in children(head):
            if child.dep_ == "appos" and first <= child.i < last:
                mention = self._mention_at.get(child.i)
                if mention is not None and mention.label == "PERSON":
                    return mention
        return None
