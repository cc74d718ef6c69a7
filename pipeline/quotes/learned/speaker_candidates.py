"""Who may have said a quotation: noun phrases of the narration around it, each with the cue it is the subject of."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of, is_verb
from pipeline.core.dependencies import SUBJECTS, lefts, rights
from pipeline.core.token_table import grammar_of, tokens_of
from pipeline.quotes.attribution import Attribution, according_to, named, said_by
from pipeline.quotes.cue_subject import PAPERS, RELATIVE, can_speak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

# Candidates looked at before and after a quotation in its paragraph, and at the end of each paragraph before it.
_BEFORE: Final = 12
_AFTER: Final = 8
_EARLIER: Final = 5
_PARAGRAPHS: Final = 3
# The beginning of the next paragraph: a quotation with its speaker on a line below.
_LATER: Final = 2
_ACCORDING: Final = 40
_BESIDE_NAMES: Final = frozenset({"compound", "nmod", "amod", "flat"})
# Of other parts of speech no candidate and no cue is.
_SPEAKING: Final = frozenset({"VERB", "NOUN", "PROPN", "PRON"})
_PEOPLE: Final = frozenset({"PERSON", "ORG", "NORP"})
_THIRD: Final = frozenset({"he", "she", "they", "i", "we", "it", "him", "her", "them"})


@dataclass(frozen=True, slots=True)
class SpeakerCandidate:
    """A noun phrase that may name the speaker; ``kind`` says what it is to its cue, or what it is without one.

    ``head`` is the word that names the speaker, ``place`` the number of the first token of the speaker's words.
    """

    said: Attribution
    kind: str
    head: Token = field(init=False)
    place: int = field(init=False)

    def __post_init__(self) -> None:
        """Read head and place once: candidates are compared with one another many times."""
        head = self.said.head
        assert head is not None  # noqa: S101  made with one
        object.__setattr__(self, "head", head)
        object.__setattr__(self, "place", self.said.speaker[0] if self.said.speaker is not None else head.i)


class Candidates:
    """Finds the candidates of an article, once a paragraph; time is linear in its length."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._by_paragraph: dict[int, tuple[list[int], list[SpeakerCandidate]]] = {}
        # Names that the parse takes for something else, such as "Will wrote".
        self._named = {
            layout.token_at(mention.end) - 1
            for mention in layout.doc._.mentions
            if mention.label in {"PERSON", "ORG"} and mention.resolution != "pronoun"
        }

    def near(self, paragraph: int, start: int, end: int) -> list[SpeakerCandidate]:
        """Candidates around the stretch ``start:end`` of a paragraph, as offsets, in order of the text."""
        layout = self._layout
        nearby: list[SpeakerCandidate] = []
        for number in range(max(0, paragraph - _PARAGRAPHS), paragraph):
            nearby += self._of(number)[1][-_EARLIER:]
        places, in_paragraph = self._of(paragraph)
        low, high = bisect_left(places, layout.token_at(start)), bisect_left(places, layout.token_at(end))
        nearby += in_paragraph[max(0, low - _BEFORE) : high + _AFTER]
        if paragraph + 1 < len(layout.paragraphs):
            nearby += self._of(paragraph + 1)[1][:_LATER]
        return nearby

    def _of(self, paragraph: int) -> tuple[list[int], list[SpeakerCandidate]]:
        if paragraph not in self._by_paragraph:
            candidates = sorted(self._find(paragraph), key=lambda candidate: candidate.place)
            self._by_paragraph[paragraph] = ([candidate.place for candidate in candidates], candidates)
        return self._by_paragraph[paragraph]

    def _find(self, paragraph: int) -> Iterator[SpeakerCandidate]:
        layout = self._layout
        block = layout.paragraphs[paragraph]
        doc = layout.doc
        seen: set[int] = set()
        grammar = grammar_of(doc)
        places = [
            i
            for i in range(layout.token_at(block.start), layout.token_at(block.end))
            if layout.inside[i] < 0 and not layout.blank[i]
            if grammar.pos[i] in _SPEAKING or grammar.words[i] == "according" or i in self._named
        ]
        tokens = [token for token in map(doc.__getitem__, places) if not token.is_punct]
        for token in tokens:
            for candidate in self._by_cue(token):
                seen.add(candidate.head.i)
                yield candidate
        for token in tokens:
            if token.i in seen:
                continue
            kind = _kind(token) or ("name" if token.i in self._named else "")
            if kind:
                attribution = named(layout, "nearby", token, 0, len(doc))
                if attribution is not None:
                    yield SpeakerCandidate(attribution, kind)

    def _by_cue(self, token: Token) -> Iterator[SpeakerCandidate]:
        layout, doc = self._layout, self._layout.doc
        if token.lower_ == "according":
            attribution = according_to(layout, list(tokens_of(doc)[token.i : token.i + _ACCORDING]))
            if attribution is not None and attribution.head is not None:
                yield SpeakerCandidate(attribution, "according to")
        elif is_verb(token):
            attribution = said_by(layout, token)
            if attribution is not None and attribution.head is not None and attribution.speaker is not None:
                yield SpeakerCandidate(attribution, "subject" if cue_of(token) else "doer")
        elif token.pos_ == "NOUN" and (token.lower_ in PAPERS or cue_of(token)):
            owner = _owner(layout, token)
            if owner is not None:
                attribution = named(layout, "possessor", owner, 0, len(doc), token)
                if attribution is not None:
                    yield SpeakerCandidate(attribution, "owner")


def _owner(layout: Layout, noun: Token) -> Token | None:
    """Whose statement it is: `the mayor's claim`, `a letter from the mayor`."""
    for child in lefts(noun):
        if child.dep_ == "poss" and layout.outside(child):
            return child
    for child in rights(noun):
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}:
            return next((c for c in rights(child) if c.dep_ == "pobj" and layout.outside(c)), None)
    return None


def _kind(token: Token) -> str:
    """What a noun that no cue makes speak is: empty where it cannot be a speaker."""
    if token.pos_ not in {"NOUN", "PROPN", "PRON"} or token.lower_ in RELATIVE or token.dep_ in _BESIDE_NAMES:
        return ""
    if token.pos_ == "PRON" and token.lower_ not in _THIRD:
        return ""
    if token.dep_ in SUBJECTS:
        return "other subject"
    if token.ent_type_ in _PEOPLE or token.pos_ == "PRON":
        return "name"
    return "noun" if can_speak(token) else ""
