"""Which parts of a text are the article, which its headline and captions, and which only the furniture of a page.

Nothing is deleted: furniture stays in the text, so that every offset means the original.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import Block, lines
from pipeline.core.resource_tables import any_of
from pipeline.furniture.page_ends import notes_on_authors, other_pages
from pipeline.furniture.patterns import caption_opening, is_all_caps, line_reason, link_clusters, opening
from pipeline.furniture.repeats import find_repeats, is_quotation, normal_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADLINE_WORDS: Final = 25
_HEADLINE_LINES: Final = 6
_CROSSHEAD_WORDS: Final = 8
_LEAD_WORDS: Final = 12
_DECK_WORDS: Final = range(5, 19)
_CAPS_LINK_WORDS: Final = 5
_TELLING_LETTERS: Final = 4

# Marks that may stand after the last word of a sentence or headline.
_CLOSERS: Final = "\"'”’»)] \t"
_QUOTES = re.compile(r"[\"“”«»]")
# "… this fall. | AP Photos Billionaires slow their push": a photograph's caption and credit run into the headline.
_LISTS: Final = "furniture/credits.toml"
_CREDITED_HEADLINE = re.compile(
    rf"^.{{10,300}}? \| (?:[A-Z][\w./’' -]{{0,40}})?\b{any_of(_LISTS, 'agencies')}(?: {any_of(_LISTS, 'pictures')})?\b"
)
# "On Quell QLL, -2.47% , one": a share's price set into a sentence.
_TICKER = re.compile(r"(?<=\w )[A-Z]{1,5}, [+-]?\d+\.\d+% ?(?=[,.;:]|\w|$)")
# "Ann Poe, The Daily Example" under a quotation names its author.
_SIGNED = re.compile(r"[A-Z][\w.-]+(?: [A-Z][\w.-]+){1,3}, [A-Z]")


@dataclass(slots=True)
class _Line:
    """A non-blank line while its kind is being found; ``words`` are folded, without punctuation."""

    start: int
    end: int
    text: str
    words: list[str]
    gap_before: bool
    gap_after: bool
    kind: str = ""
    reason: str = ""


def mark_blocks(text: str, title: str = "", source: str = "") -> list[Block]:
    """Partition the non-blank text into blocks: body, headline, caption or furniture.

    Args:
        text: the article as it was found.
        title: its headline, when the file gave one.
        source: the outlet, which may sign a line.

    Returns:
        Blocks in order, which never overlap, lie each within one line, and hold every character but white space.
        Time is linear in the length of ``text``.
    """
    text_lines = _read_lines(text)
    _mark_by_wording(text_lines, source)
    _mark_links(text_lines)
    _mark_headlines(text_lines, normal_words(title))
    _mark_repeats(text_lines)
    _mark_ends(text_lines)
    _mark_crossheads(text_lines)
    return [block for number, line in enumerate(text_lines) for block in _blocks(line, number)]


def _read_lines(text: str) -> list[_Line]:
    spans = lines(text)
    text_lines = []
    for number, (start, end) in enumerate(spans):
        before = text[spans[number - 1][1] : start] if number else "\n\n"
        after = text[end : spans[number + 1][0]] if number + 1 < len(spans) else "\n\n"
        line = text[start:end]
        text_lines.append(_Line(start, end, line, normal_words(line), before.count("\n") > 1, after.count("\n") > 1))
    return text_lines


def _mark(line: _Line, reason: str) -> None:
    line.kind, line.reason = ("caption" if reason == "caption" else "furniture"), reason


def _mark_by_wording(text_lines: list[_Line], source: str) -> None:
    outlet = normal_words(source)
    for line in text_lines:
        if reason := line_reason(line.text):
            _mark(line, reason)
        elif outlet and line.words == outlet:
            _mark(line, "byline")


def _mark_links(text_lines: list[_Line]) -> None:
    """Lines all in capitals, but for the first, link to other pages; a page with only short ones has crossheads."""
    capital = [
        line
        for line in text_lines[1:]
        if not line.kind and len(line.text) <= 300 and is_all_caps(line.text) and not _ends_sentence(line.text)
    ]
    if len(capital) * 3 > len(text_lines) or not any(len(line.words) >= _CAPS_LINK_WORDS for line in capital):
        return
    for line in capital:
        if len(line.words) >= 3:
            _mark(line, "link")


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith((".", "!", ":", ";", ",")) and not text.rstrip(_CLOSERS).endswith(
        ("...", "U.S.")
    )


def _mark_headlines(text_lines: list[_Line], title: list[str]) -> None:
    top = [line for line in text_lines[: _HEADLINE_LINES * 2] if not line.kind]
    headline: list[str] = []
    for number, line in enumerate(top[:_HEADLINE_LINES]):
        follower = top[number + 1] if number + 1 < len(top) else None
        if _CREDITED_HEADLINE.match(line.text):
            continue
        titled = bool(title) and line.words == title
        if titled or (follower and (_is_headline(line, follower) or _is_deck(line, follower, headline))):
            line.kind = "headline"
            headline += line.words
        else:
            break


def _is_headline(line: _Line, follower: _Line) -> bool:
    if follower.text[:1].islower():
        return False  # a sentence broken over two lines
    short = 0 < len(line.words) <= _HEADLINE_WORDS and len(line.text) <= 300
    return short and line.gap_after and not _ends_sentence(line.text)


def _is_deck(line: _Line, follower: _Line, headline: list[str]) -> bool:
    """A full sentence between headline and lead: one short line, nobody quoted, and the lead says the headline again.

    Without that a short first sentence is more often the lead itself.
    """
    telling = {word for word in headline if len(word) >= _TELLING_LETTERS}
    again = telling.intersection(follower.words)
    return (
        line.gap_after
        and len(line.words) in _DECK_WORDS
        and not _QUOTES.search(line.text)
        and len(follower.words) >= max(20, 2 * len(line.words))
        and len(again) >= max(4, len(telling) / 2)
    )


def _mark_repeats(text_lines: list[_Line]) -> None:
    candidates = [line for line in text_lines if line.kind in {"", "headline", "caption"}]
    # A quotation under the headline may be pulled out of the text below it; the headline itself stays one.
    apart = [bool(line.kind) and not (number and is_quotation(line.text)) for number, line in enumerate(candidates)]
    repeats = find_repeats(
        [(line.text, line.words, is_apart) for line, is_apart in zip(candidates, apart, strict=True)]
    )
    for number, reason in repeats.items():
        _mark(candidates[number], reason)


def _mark_ends(text_lines: list[_Line]) -> None:
    article = [line for line in text_lines if line.kind not in {"furniture", "headline"}]
    texts = [line.text for line in article]
    for number in other_pages(texts):
        _mark(article[number], "related")
    body = [line for line in article if not line.kind]
    for number in notes_on_authors([line.text for line in body]):
        _mark(body[number], "credit")


def _mark_crossheads(text_lines: list[_Line]) -> None:
    """A few words without a full stop between paragraphs are a headline within the text."""
    for before, line, after in zip(text_lines, text_lines[1:], text_lines[2:], strict=False):
        if (
            not line.kind
            and 0 < len(line.words) <= _CROSSHEAD_WORDS
            and line.gap_before
            and line.gap_after
            and (line.text.strip("‘“\"'")[:1].isupper() or line.text[:1].isdigit())
            and line.text.rstrip(_CLOSERS)[-1:].isalnum()
            and not _SIGNED.match(line.text)
            and (before.kind or _ends_sentence(before.text))
            and not after.kind
            and len(after.words) >= _LEAD_WORDS
        ):
            line.kind = "headline"


def _blocks(line: _Line, number: int) -> Iterator[Block]:
    kind, parts = _divide(line, number)
    at = 0
    for start, end, part, reason in [*parts, (len(line.text), len(line.text), "", "")]:
        if between := line.text[at:start].strip():
            begin = line.start + at + line.text[at:start].index(between)
            yield Block(begin, begin + len(between), kind, number, line.reason)
        if end > start:
            yield Block(line.start + start, line.start + end, part, number, reason)
        at = end


def _is_quoted(text: str, at: int) -> bool:
    """Whether a quotation is open at a place of a line: what is cut out of one would break it in two."""
    return text.count("“", 0, at) > text.count("”", 0, at) or text.count('"', 0, at) % 2 == 1


def _divide(line: _Line, number: int) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The kind of a line, and the parts of it (start and end within it, kind, reason) that are of another."""
    if line.kind == "furniture":
        return line.kind, []
    if line.kind == "caption":
        size, reason = caption_opening(line.text)
        return line.kind, [(0, size, "furniture", reason)] if size else []
    if not line.kind and number < _HEADLINE_LINES and (credited := _CREDITED_HEADLINE.match(line.text)):
        return "headline", [(0, credited.end(), "caption", "caption")]
    size, reason = opening(line.text)
    parts = [(0, size, "furniture", reason)] if size else []
    parts += [(start, end, "furniture", "link") for start, end in link_clusters(line.text) if start >= size]
    tickers = (match for match in _TICKER.finditer(line.text, size) if not _is_quoted(line.text, match.start()))
    parts += [(*match.span(), "furniture", "page_code") for match in tickers]
    return line.kind or "body", sorted(parts)
