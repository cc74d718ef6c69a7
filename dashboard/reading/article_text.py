"""The text of an article as HTML: whose words stand where, who is named, and the passage a reader came to see.

Everything here is pure: rows in, HTML out. The text is cut at the article's own offsets and every piece of it is
escaped, so what an outlet wrote can never become markup.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from math import isnan
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.markup.html import Html, raw
from dashboard.markup.phrasing import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Row = dict[str, Any]

LAYERS: Final[dict[str, str]] = {
    "quotes": "Quotes and speakers",
    "people": "People",
    "places": "Places",
    "organisations": "Organisations",
    "terms": "Words set apart",
    "tone": "Tone",
    "furniture": "Furniture",
}
SHOWN_AT_FIRST: Final = tuple(layer for layer in LAYERS if layer != "tone")

FURNITURE: Final = {
    "link": "link",
    "call": "request to readers",
    "byline": "byline",
    "credit": "credit",
    "related": "link to another article",
    "page_code": "page code",
    "repeat": "repeated line",
    "pull_quote": "repeated quote",
    "other_language": "another language",
    "dateline": "dateline",
}
_MENTION_CLASS: Final = {"PERSON": "fl-person", "JURISDICTION": "fl-place", "ORG": "fl-org", "ADMINISTRATION": "fl-org"}
_SIGN: Final = {1: "pos", 0: "neu", -1: "neg"}
SURE_ENOUGH: Final = 0.6
# So many speakers have a colour of their own.
HUES: Final = 5
# A speaker's confidence is how often such speakers are right: below, one in five or more is wrong.
SPEAKER_SURE_ENOUGH: Final = 0.8
_WHOLE: Final = frozenset({"direct", "transcript"})
_MARKS: Final = frozenset("“”\"'‘’«»„‟")
_PUNCTUATION: Final = frozenset("“”\"'‘’«»„‟.,;:–—-…()[] \t\u00a0")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text with the classes and attributes its element carries."""

    start: int
    end: int
    classes: str
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A run of one line of the text that is set in one way: ``body``, ``headline``, ``caption`` or ``furniture``."""

    start: int
    end: int
    kind: str
    reason: str = ""


@dataclass(slots=True)
class Marks:
    """What is marked in a text, outermost first; the spans of one level are in order and do not overlap."""

    levels: list[list[Mark]] = field(default_factory=list)

    def add(self, marks: Iterable[Mark]) -> None:
        """Add a level inside the ones that stand. Of two spans that overlap the earlier, longer one is kept."""
        level: list[Mark] = []
        for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
            if mark.end > mark.start and (not level or mark.start >= level[-1].end):
                level.append(mark)
        self.levels.append(level)


def rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as plain dictionaries, missing values as ``None``."""
    columns = [(str(name), frame[name].tolist()) for name in frame.columns]
    return [{name: None if _missing(values[i]) else values[i] for name, values in columns} for i in range(len(frame))]


def _missing(value: object) -> bool:
    return value is pd.NA or value is pd.NaT or (isinstance(value, float) and isnan(value))


def span_of(row: Row, name: str = "") -> tuple[int, int] | None:
    """The span a row holds under ``name`` (``""``, ``cue`` or ``speaker``); ``None`` where it has none."""
    prefix = f"{name}_" if name else ""
    start, end = row.get(f"{prefix}start"), row.get(f"{prefix}end")
    return None if start is None or end is None else (int(start), int(end))


def speaker_key(row: Row) -> str:
    """What tells speakers apart: the entity, else the words that stand for one, else ``""`` for nobody known."""
    return str(row.get("speaker_id") or row.get("speaker") or "")


def speaker_hues(speakers: pd.DataFrame) -> dict[str, str]:
    """The five speakers with the most quoted words, each with a hue class ``s1`` to ``s5``; all others are ``s0``.

    ``speakers`` has the columns speaker_id and words. Only somebody known takes a hue: "a spokesperson" of two articles
    need not be one person.
    """
    words: dict[str, int] = {}
    for row in rows(speakers):
        if key := str(row["speaker_id"] or ""):
            words[key] = words.get(key, 0) + int(row["words"] or 0)
    ranked = sorted((key for key in words if words[key]), key=lambda key: (-words[key], key))
    return hues_of(ranked)


def hues_of(loudest: Sequence[str]) -> dict[str, str]:
    """The same of the ids of so many, in order, as :func:`store.queries.loudest` gives them."""
    return {key: f"s{rank}" for rank, key in enumerate(loudest[:HUES], start=1)}


def sentence_lines(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines of ``text`` that hold something, outer white space left out."""
    position = 0
    for line in text.splitlines(keepends=True):
        if stripped := line.strip():
            start = position + line.index(stripped[0])
            yield start, start + len(stripped)
        position += len(line)


def _kind(voice: str) -> str:
    return voice if voice in {"headline", "caption", "furniture"} else "body"


def blocks(text: str, passages: Sequence[Row]) -> list[TextBlock]:
    """The blocks of ``text``, in order; every character that is not white space lies in exactly one.

    Quoted words inside a headline or caption stay in it: they are marked, not set apart.
    """
    ordered = sorted(passages, key=lambda p: int(p["start"]))
    starts = [int(p["start"]) for p in ordered]
    text_blocks: list[TextBlock] = []
    for start, end in sentence_lines(text):
        inside = ordered[bisect_left(starts, start) : bisect_left(starts, end)]
        around = next((str(p["voice"]) for p in inside if p["voice"] in {"headline", "caption"}), "body")
        parts: list[TextBlock] = []
        for passage in inside:
            voice = str(passage["voice"])
            kind = _kind(around if voice in {"quote", "reported"} else voice)
            reason = str(passage.get("furniture_kind") or "") if kind == "furniture" else ""
            if not parts or (parts[-1].kind, parts[-1].reason) != (kind, reason):
                parts.append(TextBlock(int(passage["start"]), int(passage["end"]), kind, reason))
        if not parts:
            parts = [TextBlock(start, end, "body")]
        edges = [start, *(part.start for part in parts[1:]), end]
        text_blocks += [
            TextBlock(edges[i], edges[i + 1], part.kind, part.reason)
            for i, part in enumerate(parts)
            if text[edges[i] : edges[i + 1]].strip()
        ]
    return text_blocks


def _between(marks: list[Mark], start: int, end: int) -> Iterator[Mark]:
    at = bisect_right(marks, start, key=lambda m: m.end)
    while at < len(marks) and marks[at].start < end:
        yield marks[at]
        at += 1


def marked(text: str, start: int, end: int, marks: Marks, level: int = 0) -> str:
    """``text[start:end]`` escaped, with the marks of ``level`` and those inside it."""
    if level == len(marks.levels):
        return escape(text[start:end])
    pieces: list[str] = []
    at = start
    for mark in _between(marks.levels[level], start, end):
        left, right = max(mark.start, start), min(mark.end, end)
        pieces.append(marked(text, at, left, marks, level + 1))
        inner = marked(text, left, right, marks, level + 1)
        # A mark that another one cuts in two is one control: only its first piece takes the keyboard.
        attributes = mark.attributes if left == mark.start else ""
        pieces.append(f'<span class="{mark.classes}"{attributes}>{inner}</span>')
        at = right
    pieces.append(marked(text, at, end, marks, level + 1))
    return "".join(pieces)


def button(start: int, end: int) -> str:
    """The attributes of an element that shows the card of ``start:end`` when chosen by mouse or keyboard."""
    return f' role="button" tabindex="0" data-choose="{start}-{end}"'


def _quote_marks(
    text: str, quotes: Sequence[Row], passages: Sequence[Row], hues: Mapping[str, str]
) -> tuple[list[Mark], list[Mark]]:
    """What is reported in the outlet's words, and the words in quotation marks, which are never reported."""
    reported, quoted = [], []
    for quote in quotes:
        start, end = int(quote["start"]), int(quote["end"])
        hue, chosen = hues.get(speaker_key(quote), "s0"), f' data-choose="{start}-{end}"'
        if quote["kind"] == "term":
            quoted.append(Mark(start, end, "fl-term", button(start, end)))
            continue
        inside = [] if quote["kind"] == "indirect" else [(start, end)]
        if quote["kind"] == "mixed":
            inside = list(_spoken_spans(text, passages, start, end)) or inside
        quoted += [Mark(left, right, f"fl-q {hue}", chosen) for left, right in inside]
        edges = [start, *(edge for span in inside for edge in span), end]
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            inner = text[left:right]
            if not _PUNCTUATION.issuperset(inner):
                bare = left + len(inner) - len(inner.lstrip()), right - len(inner) + len(inner.rstrip())
                reported.append(Mark(*bare, f"fl-r {hue}", chosen))
    return reported, quoted


def _spoken_spans(text: str, passages: Sequence[Row], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a fragment that stand in quotation marks, marks and all."""
    first = bisect_right(passages, start, key=lambda p: int(p["end"]))
    last = bisect_left(passages, end, key=lambda p: int(p["start"]))
    for passage in passages[first:last]:
        if passage["voice"] == "quote":
            left, right = max(start, int(passage["start"])), min(end, int(passage["end"]))
            left -= left > start and text[left - 1] in _MARKS
            right += right < end and text[right] in _MARKS
            yield left, right


def _cue_marks(quotes: Sequence[Row], hues: Mapping[str, str]) -> list[Mark]:
    spans = ((span_of(quote, "cue"), hues.get(speaker_key(quote), "s0")) for quote in quotes)
    return [Mark(*span, f"fl-cue {hue}") for span, hue in spans if span]


def _mention_marks(mentions: Sequence[Row], portrayals: Sequence[Row], counted: Sequence[TextBlock]) -> list[Mark]:
    tones = {int(p["mention"]): _SIGN[int(p["sentiment"])] for p in portrayals}
    edges = [block.start for block in counted]
    marks = []
    for mention in mentions:
        start, end = int(mention["start"]), int(mention["end"])
        block = bisect_left(edges, start + 1) - 1
        if block < 0 or counted[block].end < end:
            continue
        classes = _MENTION_CLASS.get(str(mention["label"]), "fl-org")
        if str(mention.get("resolution")).startswith(("pronoun", "title")):
            classes += " ref"
        if tone := tones.get(int(mention["mention"])):
            classes += f" tone {tone}"
        marks.append(Mark(start, end, classes, button(start, end)))
    return marks


def _inside(quotes: Sequence[Row], block: TextBlock) -> list[Row]:
    first = bisect_right(quotes, block.start, key=lambda q: int(q["end"]))
    last = bisect_left(quotes, block.end, key=lambda q: int(q["start"]))
    return [q for q in quotes[first:last] if q["kind"] != "term"]


def _speakers_in(quotes: Sequence[Row], hues: Mapping[str, str]) -> str:
    """Whose words a block holds, for its margin: each speaker once, with the words quoted and the words reported."""
    shown = []
    ordered = sorted(quotes, key=speaker_key)
    groups = [list(group) for _, group in groupby(ordered, key=speaker_key)]
    for group in sorted(groups, key=lambda g: min(int(q["start"]) for q in g)):
        spoken = [q for q in group if q["kind"] != "indirect"]
        first = min(spoken or group, key=lambda q: int(q["start"]))
        words = sum(int(q["quoted_words"] or 0) for q in group)
        reported = sum(int(q.get("reported_words") or 0) for q in group)
        sizes = [f"{count(len(spoken), 'part')}, {count(words, 'word')}" if len(spoken) > 1 else count(words, "word")]
        sizes = [*(sizes if words else []), *([f"reported, {count(reported, 'word')}"] if reported else [])]
        # What is told without marks is doubted for where it begins and ends: there the surest says who speaks.
        doubt = min if spoken else max
        if doubt(float(q["confidence"] or 0) for q in spoken or group) < SPEAKER_SURE_ENOUGH and speaker_key(first):
            sizes[-1:] = [", ".join((*sizes[-1:], "not sure"))]
        hue = hues.get(speaker_key(first), "s0")
        name = escape(speaker_name(first))
        shown.append(
            f'<div class="{hue}"><b{button(int(first["start"]), int(first["end"]))}>{name}</b>{"; ".join(sizes)}</div>'
        )
    return "".join(shown)


def speaker_name(row: Row) -> str:
    """Who speaks, for a reader: a name, words that stand for somebody the text does not name, or that nobody is found.

    "officials, unnamed": a description is told apart from a name.
    """
    name = " ".join(str(row.get("speaker_name") or row.get("speaker") or "").split())
    if not name:
        return "speaker not found"
    return f"{name}, unnamed" if not row.get("speaker_id") and name[:1].islower() else name


def _whole(text: str, block: TextBlock, quotes: Sequence[Row], hues: Mapping[str, str]) -> str:
    """How all of ``block`` is set: ``q`` or ``r`` where one speaker's words, quoted or reported, fill it, with his hue.

    Empty when there is more in it.
    """
    if not quotes or len({speaker_key(q) for q in quotes}) > 1:
        return ""
    kinds = {q["kind"] for q in quotes}
    reported = kinds == {"indirect"}
    if not reported and not kinds <= _WHOLE:
        return ""
    at = block.start
    for quote in sorted(quotes, key=lambda q: int(q["start"])):
        if not _PUNCTUATION.issuperset(text[at : max(at, int(quote["start"]))]):
            return ""
        at = max(at, int(quote["end"]))
    if not _PUNCTUATION.issuperset(text[at : block.end]):
        return ""
    return f"{'r' if reported else 'q'} {hues.get(speaker_key(quotes[0]), 's0')}"


def _as_said(quotes: Iterable[Row]) -> Iterator[Row]:
    """Fragments as they are shown: what somebody did not say is nobody's; without marks it is the outlet's own."""
    for quote in quotes:
        if quote.get("status") in {None, "", "said"}:
            yield quote
        elif quote["kind"] != "indirect":
            yield quote | {"kind": "term"}


def _set(kind: str, margin: str, classes: str, inner: str, *, heading: bool = False) -> str:
    tag = "h1" if heading else "p"
    return f'<div class="m {kind}">{margin}</div><{tag} class="t {classes}">{inner}</{tag}>'


def reading_html(
    text: str,
    passages: pd.DataFrame,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    portrayals: pd.DataFrame,
    *,
    hues: Mapping[str, str],
    target: tuple[int, int] | None = None,
    name: str = "",
) -> Html:
    """The article as a grid of margin and text; layers are switched by classes on its parent and never move a word.

    ``target`` is the span the reader came to see. ``name`` is said to screen readers when the text has no headline.
    """
    quoted = sorted(_as_said(rows(quotes)), key=lambda q: int(q["start"]))
    voiced = sorted(rows(passages), key=lambda p: int(p["start"]))
    parts = blocks(text, voiced)
    counted = [part for part in parts if part.kind != "furniture"]
    marks = Marks()
    for level in _quote_marks(text, quoted, voiced, hues):
        marks.add(level)
    marks.add(_cue_marks(quoted, hues))
    marks.add(_mention_marks(rows(mentions), rows(portrayals), counted))
    marks.add([Mark(*target, "fl-here")] if target else [])
    plain = Marks()
    plain.add([Mark(*target, "fl-here")] if target else [])

    headed = False
    html: list[str] = []
    for part in parts:
        if part.kind == "furniture":
            why = f"{escape(FURNITURE.get(part.reason, part.reason or 'furniture'))}<br>not counted"
            html.append(_set("why", why, "furn", marked(text, part.start, part.end, plain)))
            continue
        quotes_inside = _inside(quoted, part)
        margin = _speakers_in(quotes_inside, hues)
        inner = marked(text, part.start, part.end, marks)
        if part.kind == "headline":
            html.append(_set("", f"<b>Headline</b>{margin}", "hl", inner, heading=not headed))
            headed = True
        elif part.kind == "caption":
            html.append(_set("", f"<b>Caption</b>{margin}", "cap", inner))
        else:
            html.append(_set("", margin, _whole(text, part, quotes_inside, hues), inner))
    title = "" if headed else f'<h1 class="fl-sr">{escape(name)}</h1>'
    return raw(title + "".join(html))
