"""Speech that stands in a paragraph of its own without quotation marks: dialogue after dashes, block quotes, posts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_forms
from pipeline.core.dependencies import rights
from pipeline.quotes.attribution import Attribution
from pipeline.quotes.paragraphs.block_quotes import block_quotes
from pipeline.quotes.paragraphs.transcripts import SpokenParagraph
from pipeline.quotes.signed_lines import OPENING_MARKS, name_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.core.annotations import Block
    from pipeline.core.quote_layout import Layout

_DASHED: Final = re.compile(r"[—―–]\s+(?=[\w¿¡…“\"'‘(])")
_WORDS: Final = re.compile(r"\w+")
# `…, said the pilot.` and `…? she asked.`: who speaks, set into the words or after them.
_SUBJECT: Final = (
    r"(?:the|a|an|his|her|their|my|one)\s+[\w’'-]+(?:\s+[\w’'-]+)?|[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3}"
)
_INSERTED: Final = re.compile(
    rf"(?<=[,?!…])\s+(?:(?P<cue>[a-z]+)\s+(?P<after>he|she|they|I|we|{_SUBJECT})|"
    rf"(?P<before>he|she|they|I|we|{_SUBJECT})\s+(?P<then>[a-z]+))(?:,[^.,:;?!]{{1,60}})?(?=[.,:;]|$)"
)
# A speaker's label at the head of what a line leads to: `LEE: words`.
_LABEL: Final = re.compile(r"(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,4}):\s+(?=\S)")
_LINK: Final = re.compile(r"https?://|pic\.twitter|t\.co/|[#@]\w")
_FEWEST_OF_POST: Final = 2
_FEWEST_LINES: Final = 2
_FEWEST_WORDS: Final = 6
_BULLETS: Final = "•*-–—·»▪◦0123456789([{"
_ENDS: Final = (".", "?", "!", "…", "”", '"', "’", "'")
# `— Name (@handle) June 3, 2021`, and `- Name on X`.
_POST: Final = re.compile(
    r"(?:—|–|--?|&mdash;)\s*(?P<name>[^()@\n—–]{2,60}?)\s*\(?@\w{2,30}\)?\s*,?\s*"
    r"(?:(?:on\s+)?[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4})?\s*$"
)


def unmarked_speech(layout: Layout) -> list[SpokenParagraph]:
    """All such speech of an article, in order."""
    return sorted([*_dialogue(layout), *block_quotes(layout), *_posts(layout)], key=lambda spoken: spoken.start)


def _dialogue(layout: Layout) -> Iterator[SpokenParagraph]:
    """Lines after dashes, at least two together, one of which says who speaks; no list, which a colon leads to."""
    run: list[Block] = []
    led = False
    for block in [*layout.paragraphs, None]:
        if block is not None and _is_dashed(layout, block):
            run.append(block)
            continue
        if len(run) >= _FEWEST_LINES and not led:
            yield from _lines(layout, run)
        run = []
        led = block is not None and layout.text[block.start : block.end].endswith(":")


def _is_dashed(layout: Layout, block: Block) -> bool:
    match = _DASHED.match(layout.text, block.start, block.end)
    words = layout.text[match.end() : block.end] if match else ""
    return words.endswith(_ENDS) and not any(mark in words for mark in '“”"')


def _lines(layout: Layout, run: Sequence[Block]) -> Iterator[SpokenParagraph]:
    spoken: list[SpokenParagraph] = []
    has_cue = False
    for block in run:
        match = _DASHED.match(layout.text, block.start, block.end)
        start = match.end() if match else block.start
        inserted = next((m for m in _INSERTED.finditer(layout.text, start, block.end) if _cue(m) in cue_forms()), None)
        if inserted is None:
            spoken.append(SpokenParagraph(start, block.end, Attribution("no speaker named")))
            continue
        has_cue = True
        attribution = _inserted_attribution(layout, inserted)
        end = inserted.start() - (layout.text[inserted.start() - 1] == ",")
        spoken.append(SpokenParagraph(start, end, attribution))
        rest = inserted.end() + 1
        while rest < block.end and layout.text[rest].isspace():
            rest += 1
        if rest < block.end:
            spoken.append(SpokenParagraph(rest, block.end, attribution))
    if has_cue:
        yield from spoken


def _cue(inserted: re.Match[str]) -> str:
    return inserted["cue"] or inserted["then"]


def _inserted_attribution(layout: Layout, inserted: re.Match[str]) -> Attribution:
    subject = "after" if inserted["after"] else "before"
    start, end = inserted.span(subject)
    first, last = layout.token_at(start), max(layout.token_at(end), layout.token_at(start) + 1)
    head = layout.doc[last - 1]
    if head.text == "." and last - first > 1:
        last, head = last - 1, head.nbor(-1)
    named = next((child for child in rights(head) if child.dep_ == "appos" and child.pos_ == "PROPN"), None)
    last = last if named is None else named.i + 1  # "the pilot, Ann Lee"
    cue = layout.doc[layout.token_at(inserted.start("cue" if inserted["cue"] else "then"))]
    return Attribution("subject of the cue", head, (first, last), cue)


def _posts(layout: Layout) -> Iterator[SpokenParagraph]:
    """The words above a line that signs them with a name and a handle, or before it in one line."""
    for number, block in enumerate(layout.paragraphs):
        match = _POST.search(layout.text, block.start, block.end)
        if match is None:
            continue
        start, end = block.start, match.start()
        if not layout.text[start:end].strip() and number:
            start, end = layout.paragraphs[number - 1].start, layout.paragraphs[number - 1].end
        while end > start and layout.text[end - 1].isspace():
            end -= 1
        attribution = name_in(layout, *match.span("name"), "dash line")
        words = [word for word in layout.text[start:end].split() if not _LINK.match(word)]
        if attribution is not None and len(words) >= _FEWEST_OF_POST and layout.text[start] not in OPENING_MARKS:
            yield SpokenParagraph(start, end, attribution)
