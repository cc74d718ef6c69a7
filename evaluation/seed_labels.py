"""The labels of ``seeds.json`` as spans of the five demonstration articles.

What counts as what is said in the file itself, under ``about``. Every label is looked up in its line and found there,
or reading raises ValueError with the file, line and words.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pipeline.core.word_counts import word_offsets
from pipeline.readers import read_sources
from pipeline.readers.article import Article

FILE: Final = Path(__file__).with_name("seeds.json")
SEEDS: Final = Path(__file__).parents[1] / "seeds"

Span = tuple[int, int]

MARKED: Final = re.compile(r'["“][^"”]*["”]')
# Words set off within a sentence: a mark touches them on both sides, and no letter touches the marks.
TERM: Final = re.compile(r'(?<!\w)["“](?=\S)[^"”\n]{1,60}(?<=\S)["”](?!\w)')
SPOKEN: Final = ("direct", "mixed")


@dataclass(frozen=True, slots=True)
class Named:
    """A labelled mention. ``names`` are the full names that may be given for it."""

    start: int
    end: int
    label: str
    names: tuple[str, ...]
    kind: str = ""
    state: str = ""
    fips: str = ""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A labelled fragment of a quote. ``speakers`` are the names, or words, that may be given for who said it."""

    start: int
    end: int
    kind: str
    speakers: tuple[str, ...]
    quoted: tuple[Span, ...] = ()


@dataclass(slots=True)
class Labels:
    """An article and what a reader found in it.

    ``unlabelled`` are the stretches whose names are not labelled, furniture and words that may be named or not.
    """

    article: Article
    mentions: list[Named] = field(default_factory=list)
    fragments: list[Fragment] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    special: dict[Span, str] = field(default_factory=dict)
    unlabelled: list[Span] = field(default_factory=list)

    def voices(self) -> dict[int, str]:
        """The voice of each word, by the offset of its first letter or digit.

        Words in quotation marks are quoted, what else a fragment holds is reported, in headlines and captions too.
        """
        terms = [match.span() for match in TERM.finditer(self.article.text)]
        kinds = (
            ([span for span, voice in self.special.items() if voice == "furniture"], "furniture"),
            ([span for part in self.fragments if part.kind in SPOKEN for span in part.quoted], "quote"),
            (terms, "quote"),
            ([(part.start, part.end) for part in self.fragments], "reported"),
            *(([span], voice) for span, voice in self.special.items()),
        )
        return {
            at: next((voice for spans, voice in kinds if any(s <= at < e for s, e in spans)), "narration")
            for at in word_offsets(self.article.text)
        }


class _Line:
    """A line of an article, in which words are looked up from left to right."""

    def __init__(self, text: str, span: Span, where: str) -> None:
        self._text, self.span, self._where = text, span, where

    def find(self, words: str, after: int | None = None) -> Span:
        """Where ``words`` stand first in the line at or after ``after``, not within longer words."""
        whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        match = whole.search(self._text, self.span[0] if after is None else after, self.span[1])
        if match is None:
            message = f"{self._where} does not hold {words!r} where it should; mend {FILE.name}."
            raise ValueError(message)
        return match.span()


def _mentions(line: _Line, rows: list[list[str]], entities: dict[str, Any]) -> list[Named]:
    mentions, at = [], None
    for words, name in rows:
        start, end = line.find(words, at)
        about = entities[name]
        place = {key: about.get(key, "") for key in ("kind", "state", "fips")}
        mentions.append(Named(start, end, about["label"], (name, *about.get("also", ())), **place))
        at = end
    return mentions


def _fragments(line: _Line, rows: list[list[str]], text: str, also: dict[str, list[str]]) -> list[Fragment]:
    fragments, at = [], None
    for kind, first, last, speaker, words, cue in rows:
        start, first_end = line.find(first, at)
        end = first_end if last == first else line.find(last, start)[1]
        at = start
        for part in (words, cue):
            if part:
                line.find(part)
        quoted = () if kind == "indirect" else tuple(m.span() for m in MARKED.finditer(text, start, end))
        fragments.append(Fragment(start, end, kind, (speaker, *also.get(speaker, ())), quoted))
    return fragments


def _line_spans(text: str) -> list[Span]:
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _read(article: Article, rows: list[dict[str, Any]], document: dict[str, Any]) -> Labels:
    labels, text, entities = Labels(article), article.text, document["entities"]
    also = document["speakers_without_a_name"] | {name: about.get("also", []) for name, about in entities.items()}
    spans = _line_spans(text)
    for row in rows:
        span = spans[row["line"] - 1]
        line = _Line(text, span, f"Line {row['line']} of {Path(article.origin).name}")
        kind = row.get("is", "body")
        if kind != "body":
            labels.special[span] = kind
        if kind == "furniture":
            labels.furniture.append(span)
        if part := row.get("furniture_part"):
            labels.furniture.append(line.find(part))
            labels.special[labels.furniture[-1]] = "furniture"
        if credit := row.get("credit"):
            labels.unlabelled.append(line.find(credit))
        at = None
        for words in row.get("free", []):
            labels.unlabelled.append(line.find(words, at))
            at = labels.unlabelled[-1][1]
        labels.mentions += _mentions(line, row.get("mentions", []), entities)
        labels.fragments += _fragments(line, row.get("quotes", []), text, also)
    labels.unlabelled += labels.furniture
    return labels


@lru_cache(maxsize=1)
def labelled() -> list[Labels]:
    """The five articles with their labels, in order of their files' names."""
    document = json.loads(FILE.read_text(encoding="utf-8"))
    articles = {Path(item.origin).name: item for item in read_sources([SEEDS]) if isinstance(item, Article)}
    return [_read(articles[name], rows, document) for name, rows in sorted(document["articles"].items())]
