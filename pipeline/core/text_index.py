"""What the finders of names need to know of a text beyond its words: lines, tokens, model entities, blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pipeline.core.annotations import Entity, Mention, lines
from pipeline.core.doc_cache import once_for_blocks
from pipeline.core.resource_tables import any_of
from pipeline.core.spans import Cover, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    import spacy.tokens

    from pipeline.core.annotations import Block
    from pipeline.core.token_table import Token, Tokens


_Value = TypeVar("_Value")

# One character for one character, so that offsets stand: a name is the same name whatever apostrophe or space sets it.
ALIKE: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "‐": "-", "‑": "-"})
WORD: Final = re.compile(r"\w+")

# Equal spans go to the earlier label: a name that was resolved outweighs a word that a table knows.
_PRIORITY: Final = {"ADMINISTRATION": 0, "PERSON": 1, "JURISDICTION": 2, "ORG": 3}

# Lines by which outlets name their own staff, from the start of the sentence.
_LINES: Final = "core/staff_lines.toml"
_STAFF: Final = re.compile(
    rf"\b(?:Write to [^\n@]{{3,80}}? at \S+@|contributed to th(?:is|e) {any_of(_LINES, 'contributed_to')}\b"
    rf"|[Ff]ollow (?:him|her|them|me) (?:on {any_of(_LINES, 'networks')}|@|at @)"
    rf"|can be {any_of(_LINES, 'can_be')} (?:at|on|by|via)\b)[^\n]*"
)

_LONGEST_NOTE: Final = 200

# Furniture in which names are the outlet's staff or agencies, or those of other pages, not people of the story.
_CREDITS: Final = frozenset({"byline", "credit", "link"})


@dataclass(slots=True)
class TextIndex:
    """A parse made ready to search; ``text`` has the offsets of ``doc.text``, apostrophes and spaces made plain."""

    doc: Tokens
    text: str
    words: list[tuple[int, str]]
    _token_starts: list[int]
    _lines: list[Span]
    _line_starts: list[int]
    _styles: list[str]
    _entities: list[tuple[int, int, str]]
    _entity_starts: list[int]
    _blocks: list[Block]
    _block_starts: list[int]
    _asides: list[Span] = field(default_factory=list)
    _sentences: list[int] = field(default_factory=list)
    _cache: dict[Hashable, Any] = field(default_factory=dict)

    def cached(self, key: Hashable, find: Callable[[], _Value]) -> _Value:
        """What ``find`` gives, found one time for all who ask under ``key``."""
        if key not in self._cache:
            self._cache[key] = find()
        value: _Value = self._cache[key]
        return value

    def matches(self, pattern: re.Pattern[str], opening: frozenset[str]) -> Iterator[re.Match[str]]:
        """What ``pattern.finditer`` gives of the text, every match of which opens with one of the words ``opening``.

        These are in lower case, and may be more than the pattern takes; where there are none it may open with any. Most
        articles hold few of them, and a look at where these stand takes a part of what a search from every letter does.
        """
        if not opening:
            yield from pattern.finditer(self.text)
        places = self.cached(WORD, self._places)
        starts = sorted(start for word in places.keys() & opening for start in places[word])
        free = 0
        for start in starts:
            match = pattern.match(self.text, start) if start >= free else None
            if match is not None:
                free = match.end()
                yield match

    def _places(self) -> dict[str, list[int]]:
        """Where each word stands, by the word in lower case."""
        places: dict[str, list[int]] = {}
        for start, word in self.words:
            places.setdefault(word.lower(), []).append(start)
        return places

    def line(self, position: int) -> int:
        """Number of the line at ``position``."""
        return max(0, bisect_right(self._line_starts, position) - 1)

    def line_span(self, position: int) -> Span:
        """Start and end of the line at ``position``."""
        return self._lines[self.line(position)] if self._lines else (0, len(self.text))

    def style(self, position: int) -> str:
        """``caps``, ``title`` (each word capitalised) or ``text``: how the line at ``position`` is set."""
        return self._styles[self.line(position)] if self._styles else "text"

    def capitals(self, position: int, name: str) -> bool:
        """Whether a name in capitals says no more than its line, or opens it as a dateline does."""
        number = self.line(position)
        if not self._styles:
            return False
        return self._styles[number] == "caps" or (len(name) > 3 and position - self._line_starts[number] < 30)

    def sentence(self, position: int) -> int:
        """Number of the parser's sentence at ``position``."""
        if not self._sentences:
            self._sentences = [sentence.start_char for sentence in self.doc.sents] or [0]
        return max(0, bisect_right(self._sentences, position) - 1)

    def sentence_span(self, position: int) -> Span:
        """Start and end of the sentence at ``position``."""
        number = self.sentence(position)
        end = self._sentences[number + 1] if number + 1 < len(self._sentences) else len(self.text)
        return self._sentences[number], end

    def token(self, position: int) -> Token | None:
        """The token that holds the character at ``position``."""
        number = bisect_right(self._token_starts, position) - 1
        return self.doc[number] if number >= 0 else None

    def tag(self, position: int) -> str:
        """The tag of the token at ``position``, or empty."""
        token = self.token(position)
        return token.tag_ if token is not None else ""

    @property
    def organisations(self) -> list[Span]:
        """The model's organisations."""
        return [(start, end) for start, end, label in self._entities if label == "ORG"]

    def model_entities(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The model's entities that overlap ``start:end``, as (start, end, label)."""
        number = max(0, bisect_right(self._entity_starts, start) - 1)
        overlapping = []
        while number < len(self._entities) and self._entities[number][0] < end:
            if self._entities[number][1] > start:
                overlapping.append(self._entities[number])
            number += 1
        return overlapping

    def labels(self, start: int, end: int) -> set[str]:
        """Labels the model gave to anything in ``start:end``."""
        return {label for _, _, label in self.model_entities(start, end)}

    def dated(self, start: int, end: int) -> bool:
        """Whether the model sees a day or a time in these characters: "Monday"."""
        return not self.labels(start, end).isdisjoint({"DATE", "TIME"})

    def _block(self, position: int) -> Block | None:
        number = bisect_right(self._block_starts, position) - 1
        if number >= 0 and position < self._blocks[number].end:
            return self._blocks[number]
        return None

    def furniture(self, position: int) -> bool:
        """Whether ``position`` lies in furniture."""
        block = self._block(position)
        return block is not None and block.kind == "furniture"

    def credit(self, position: int) -> bool:
        """Whether ``position`` lies in a byline, a picture credit, a note on the outlet's staff, or in links."""
        if any(start <= position < end for start, end in self._asides):
            return True
        block = self._block(position)
        return block is not None and block.kind == "furniture" and block.reason in _CREDITS

    def heading(self, position: int) -> bool:
        """Whether capitals say nothing at ``position``: a headline, or a line set in capitals or title case."""
        if self.style(position) != "text":
            return True
        block = self._block(position)
        return block is not None and block.kind == "headline" and self._styles[self.line(position)] != "text"


def opening_words(phrases: Iterable[str]) -> frozenset[str]:
    """The first word of each of ``phrases``, and its plural, in lower case; words of a phrase may be joined by "_".

    Raises ``ValueError`` where a phrase opens with no letter or figure.
    """
    opening: set[str] = set()
    for phrase in phrases:
        first = WORD.match(phrase.lower().partition("_")[0])
        if first is None:
            raise ValueError(phrase)
        opening |= {first[0], f"{first[0]}s"}
    return frozenset(opening)


def _style(line: str) -> str:
    words = WORD.findall(line[:400])
    letters = [word for word in words if word.isalpha() and len(word) > 1]
    if not letters:
        return "text"
    upper = sum(map(str.isupper, letters))
    if upper >= 2 and upper >= 0.8 * len(letters):
        return "caps"
    long = [word for word in letters if len(word) > 3]
    if len(line) < 250 and len(long) >= 3 and not line.endswith((".", ".”", '."')):
        capitalised = sum(word[0].isupper() for word in long)
        if capitalised >= 0.75 * len(long):
            return "title"
    return "text"


def _asides(text: str) -> list[Span]:
    """Spans of ``text`` that name an outlet's staff."""
    spans: list[Span] = []
    if "@" in text or "contributed to" in text or "ollow " in text or "can be " in text:
        for match in _STAFF.finditer(text):
            line = text.rfind("\n", 0, match.start()) + 1
            start = max(line, match.start() - _LONGEST_NOTE, text.rfind("•", line, match.start()))
            # "Follow him" speaks of the sentence before.
            before = text.rfind(
                ". ", start, match.start() - 2 if match.group()[1:].startswith("ollow") else match.start()
            )
            spans.append((max(start, before + 1), match.end()))
    return spans


@once_for_blocks
def index_text(doc: Tokens) -> TextIndex:
    """Make ``doc`` ready to search. Time is linear in the length of the text."""
    text = doc.text.translate(ALIKE)
    spans = lines(text)
    entities = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.source.ents]
    blocks = sorted(doc._.blocks, key=lambda block: block.start)
    return TextIndex(
        doc=doc,
        text=text,
        words=[(word.start(), word.group()) for word in WORD.finditer(text)],
        _token_starts=doc.starts,
        _lines=spans,
        _line_starts=[start for start, _ in spans],
        _styles=[_style(text[start:end]) for start, end in spans],
        _entities=entities,
        _entity_starts=[start for start, _, _ in entities],
        _blocks=blocks,
        _block_starts=[block.start for block in blocks],
        _asides=_asides(text),
    )


def add_mentions(doc: spacy.tokens.Doc, mentions: Iterable[Mention], entities: Iterable[Entity]) -> None:
    """Add to ``doc._.mentions`` and ``doc._.entities``; where mentions overlap the longest stays, then by label."""
    cover = Cover()
    length = doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0
    rivals = sorted(
        {*doc._.mentions, *(mention for mention in mentions if 0 <= mention.start < mention.end <= length)},
        key=lambda mention: (
            mention.start - mention.end,
            _PRIORITY[mention.label],
            -mention.confidence,
            mention.start,
            mention.entity_id,
            mention.resolution,
        ),
    )
    staying = [mention for mention in rivals if cover.add(mention.start, mention.end)]
    named = {mention.entity_id for mention in staying}
    entities_by_id = {**{entity.entity_id: entity for entity in entities}, **doc._.entities}
    doc._.mentions = sorted(staying, key=lambda mention: mention.start)
    doc._.entities = {key: entity for key, entity in sorted(entities_by_id.items()) if key in named}
