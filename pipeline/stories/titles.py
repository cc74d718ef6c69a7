"""A neutral name for a story: who does what, where and when, of words that several of its articles share.

No outlet's headline is taken: a verb, what it acts on and who acts come into the name only where the openings of two
articles or more have them.
"""

from __future__ import annotations

from calendar import day_name, month_name
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.core.resource_tables import lists
from pipeline.stories.passage_pairs import plain_words, stem
from pipeline.stories.story_words import rarity
from pipeline.stories.story_words import stem as root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from spacy.tokens import Doc, Token

    from pipeline.stories.passage_pairs import Passage

# An event is told at the top: so many passages of an article are its opening.
_OPENING: Final = 6
_MOST_WORDS: Final = 5
_LISTS: Final = lists("stories/title_words.toml")
_LIGHT: Final = frozenset(_LISTS["light_verbs"])
# Before what an act is about, and not where or when it is done.
_OF_WHAT: Final = frozenset({"about", "against", "for", "from", "of", "over", "to", "with"})
_EMPTY: Final = (
    STOP_WORDS | {name.lower() for name in (*day_name, *month_name)} | {*_LISTS["times"], *_LISTS["empty_nouns"]}
)
_SHORT: Final = 3
_TOPICS: Final = 3
_SUBJECTS: Final = frozenset({"nsubj", "agent"})
_ACTED_ON: Final = frozenset({"dobj", "nsubjpass", "attr", "pobj"})
_WHO: Final = ("PERSON", "ORG")


@dataclass(frozen=True, slots=True)
class Opening:
    """The top of an article: its passages, the words of them and of its headline, and its parse."""

    passages: Sequence[Passage]
    headline: str
    doc: Doc | None

    @property
    def stems(self) -> frozenset[str]:
        """Base forms of all its words."""
        texts = [self.headline, *(passage.text for passage in self.passages)]
        return frozenset(stem(word) for text in texts for word in plain_words(text))


def opening(passages: Sequence[Passage], headline: str, doc: Doc | None) -> Opening:
    """The opening of an article that has these ``passages``."""
    return Opening([passage for passage in passages if passage.voice != "caption"][:_OPENING], headline, doc)


def title(openings: Sequence[Opening], first: date | None, last: date | None) -> str:
    """The name of a story, such as "Harbour Board: close ferry piers · Harwick · 3 to 4 May 2023"."""
    counts = Counter(word for opening in openings for word in opening.stems)
    names = Counter(entity for opening in openings for entity in {e for p in opening.passages for e in p.names})
    name_of = {entity: name for opening in openings for p in opening.passages for entity, name in p.names.items()}
    shared = {entity: times for entity, times in names.items() if times > 1}
    who, deed = _deed(openings, counts, shared, name_of)
    about = ""
    if not who:
        # Somebody named in several openings is not therefore who did it: the name stands apart from the deed.
        ranked = sorted((e for e in shared if name_of[e][0] in _WHO), key=lambda e: (-shared[e], e))
        about = name_of[ranked[0]][1] if ranked else ""
    if not deed:
        deed = ", ".join(_topics(openings, counts, {word for name in (who, about) for word in plain_words(name)}))
    places = sorted((e for e in shared if name_of[e][0] == "JURISDICTION"), key=lambda e: (-shared[e], -len(e), e))
    where = next(
        (name_of[e][1] for e in places if name_of[e][1] not in (who or about) and name_of[e][1].lower() not in deed), ""
    )
    what = f"{who}: {deed}" if who and deed else who or deed[:1].upper() + deed[1:]
    return " · ".join(
        part for part in (what or about or "An event", about if what else "", where, days(first, last)) if part
    )


def days(first: date | None, last: date | None) -> str:
    """Days as "14 to 15 February 2020"; empty where they are not known."""
    if first is None or last is None:
        return ""
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    return f"{first.day} {first:%B}{'' if first.year == last.year else f' {first.year}'} to {end}"


def _deed(
    openings: Sequence[Opening],
    counts: Counter[str],
    shared: Mapping[str, int],
    name_of: Mapping[str, tuple[str, str]],
) -> tuple[str, str]:
    """Who does what: the verb and what it acts on that most articles share, and the name that acts if they share it."""
    best: tuple[float, str, str] = (0.0, "", "")
    for opening in openings:
        for verb, passage in _verbs(opening):
            base = stem(verb.lower_)
            if counts[base] < 2 or base in _LIGHT:
                continue
            words = _object(verb, passage, counts)
            if not words:
                continue
            who = _actor(verb, passage, shared, name_of)
            worth = counts[base] * _worth(base) + sum(counts[stem(word)] * _worth(word) for word in words)
            worth = worth / (1 + 0.25 * max(0, len(words) - 2)) * (1.3 if who else 1.0)
            deed = f"{base} {' '.join(words)}"
            best = max(best, (worth, who, deed))
    return best[1], best[2]


def _worth(word: str) -> float:
    return rarity(root(word))


def _tokens(opening: Opening) -> Iterator[tuple[Token, Passage]]:
    """Tokens of the passages of an opening, each with its passage."""
    if opening.doc is None:
        return
    for passage in opening.passages:
        span = opening.doc.char_span(passage.start, passage.end, alignment_mode="expand")
        for token in span or ():
            yield token, passage


def _verbs(opening: Opening) -> Iterator[tuple[Token, Passage]]:
    for token, passage in _tokens(opening):
        if token.pos_ == "VERB" and passage.voice != "quote":
            yield token, passage


def _object(verb: Token, passage: Passage, counts: Counter[str]) -> list[str]:
    """The words of what a verb acts on that two openings have, as written; empty where its last noun is not shared.

    A day or place is when and where something is done and not what it is done to, and a person's name would blame.
    """
    names = {
        word
        for entity, written in passage.written.items()
        if passage.names[entity][0] in {"JURISDICTION", "PERSON"}
        for word in plain_words(written)
    }
    for child in verb.children:
        is_argument = child.dep_ == "prep" and child.lower_ in _OF_WHAT
        prepositional = is_argument and next((c for c in child.children if c.dep_ == "pobj" and c.pos_ == "NOUN"), None)
        noun = child if child.dep_ in {"dobj", "nsubjpass"} else prepositional
        if not noun or noun.pos_ not in {"NOUN", "PROPN"} or counts[stem(noun.lower_)] < 2:
            continue
        if noun.lower_ in names or noun.lower_ in _EMPTY:
            continue
        before = [t for t in noun.lefts if t.dep_ in {"compound", "amod", "nummod"} and t.is_alpha]
        words = [_spelled(t) for t in before if counts[stem(t.lower_)] > 1]
        phrase = [*words, _spelled(noun)]
        return ([child.lower_, *phrase] if prepositional and child is not noun else phrase)[:_MOST_WORDS]
    return []


def _actor(verb: Token, passage: Passage, shared: Mapping[str, int], name_of: Mapping[str, tuple[str, str]]) -> str:
    """The shared name of who acts; empty where it is nobody several openings name."""
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if subject is None:
        return ""
    words = {word for t in subject.subtree for word in plain_words(t.text)}
    for entity, written in passage.written.items():
        if entity in shared and words and set(plain_words(written)) <= words and name_of[entity][0] != "ADMINISTRATION":
            return name_of[entity][1]
    return ""


def _topics(openings: Sequence[Opening], counts: Counter[str], but: set[str]) -> list[str]:
    """The nouns that tell most of what several openings are about, as the first has them; those in headlines first."""
    spelled: dict[str, str] = {}
    for opening in openings:
        for token, passage in _tokens(opening):
            tells = token.pos_ == "NOUN" and token.is_alpha and len(token) > _SHORT and passage.voice != "quote"
            if tells and token.lower_ not in but and token.lower_ not in _EMPTY:
                spelled.setdefault(stem(token.lower_), _spelled(token))
    headed = Counter(word for opening in openings for word in {stem(word) for word in plain_words(opening.headline)})
    ranked = sorted(
        (s for s in spelled if counts[s] > 1), key=lambda s: (-counts[s] * (1 + headed[s]) * _worth(spelled[s]), s)
    )
    return [spelled[s] for s in ranked[:_TOPICS]]


def _spelled(token: Token) -> str:
    """A word as it stands within a sentence: names and initials as written."""
    return token.text if token.pos_ == "PROPN" or token.is_upper else token.lower_
