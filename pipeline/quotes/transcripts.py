"""Transcripts: paragraphs that open with a speaker's name in capitals and hold nothing but that speaker's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.quotes.signed_lines import OPENING_MARKS, speaker_before_colon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.quote_layout import Layout
    from pipeline.quotes.attribution import Said

# Fewer turns, or turns of one name alone, may be a list.
_FEWEST_TURNS: Final = 3
_FEWEST_NAMES: Final = 2
# Paragraphs that a speaker's words go on for, or an editor's remark.
_APART: Final = 6
_REMARK: Final = "([{"
_LONGEST_NAME: Final = 8


class SpokenParagraph(NamedTuple):
    """The words of a turn, as offsets, and who says them."""

    start: int
    end: int
    said: Said


class _Opening(NamedTuple):
    """The paragraph that opens a turn: its number, the name as it stands there, the words."""

    paragraph: int
    name: str
    words: SpokenParagraph
    marked: bool


def spoken_paragraphs(layout: Layout) -> list[SpokenParagraph]:
    """The turns of every run of at least three turns `NAME: words` by two speakers or more, in order."""
    found: list[SpokenParagraph] = []
    run: list[_Opening] = []
    for turn in [*_openings(layout), None]:
        if run and (turn is None or turn.paragraph - run[-1].paragraph > _APART):
            if len(run) >= _FEWEST_TURNS and len({one.name for one in run}) >= _FEWEST_NAMES:
                found += _spoken(layout, run)
            run = []
        if turn is not None:
            run.append(turn)
    return found


def _openings(layout: Layout) -> Iterator[_Opening]:
    for number, block in enumerate(layout.paragraphs):
        line = speaker_before_colon(layout, number, marked=True) if block.kind == "body" else None
        if line is None:
            continue
        said, after = line
        label = layout.text[block.start : after]
        name = label.lstrip(OPENING_MARKS).rstrip(" :")
        start = _next_word(layout, after, block.end)
        if start >= block.end or layout.text[start] in OPENING_MARKS:
            continue
        if name.isupper() and len(name.split()) <= _LONGEST_NAME:
            words = SpokenParagraph(start, block.end, said)
            yield _Opening(number, name, words, marked=label[0] in OPENING_MARKS)


def _next_word(layout: Layout, start: int, end: int) -> int:
    while start < end and layout.text[start].isspace():
        start += 1
    return start


def _spoken(layout: Layout, run: list[_Opening]) -> Iterator[SpokenParagraph]:
    """The words of a run; where its paragraphs open with quotation marks, those that go on with a turn too."""
    for turn, following in zip(run, [*run[1:], None], strict=True):
        yield turn.words
        if not turn.marked or following is None:
            continue
        for block in layout.paragraphs[turn.paragraph + 1 : following.paragraph]:
            start = block.start
            while start < block.end and layout.text[start] in OPENING_MARKS:
                start += 1
            if start > block.start and start < block.end and layout.text[start] not in _REMARK:
                yield SpokenParagraph(start, block.end, turn.words.said)
