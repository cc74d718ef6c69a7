"""Transcripts: paragraphs that open with a speaker's name in capitals and hold nothing but that speaker's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.components.signed_lines import speaker_before_colon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.components.attributions import Said
    from pipeline.components.layout import Layout

# Fewer turns, or turns of one name alone, may be a list.
_FEWEST_TURNS: Final = 3
_FEWEST_NAMES: Final = 2
# Paragraphs that a speaker's words go on for, or an editor's remark.
_APART: Final = 3
_MARKS: Final = "\"“”„«'‘"
_LONGEST_NAME: Final = 8


class SpokenParagraph(NamedTuple):
    """The words of a turn, as offsets, and who says them."""

    start: int
    end: int
    said: Said


def spoken_paragraphs(layout: Layout) -> list[SpokenParagraph]:
    """The turns of every run of at least three turns `NAME: words` by two speakers or more, in order."""
    found: list[SpokenParagraph] = []
    run: list[tuple[int, str, SpokenParagraph]] = []
    for number, name, turn in [*_turns(layout), (-1, "", None)]:
        if run and (turn is None or number - run[-1][0] > _APART):
            if len(run) >= _FEWEST_TURNS and len({label for _, label, _ in run}) >= _FEWEST_NAMES:
                found += [one for _, _, one in run]
            run = []
        if turn is not None:
            run.append((number, name, turn))
    return found


def _turns(layout: Layout) -> Iterator[tuple[int, str, SpokenParagraph]]:
    for number, block in enumerate(layout.paragraphs):
        line = speaker_before_colon(layout, number) if block.kind == "body" else None
        if line is None:
            continue
        said, after = line
        label = layout.text[block.start : after].rstrip(" :")
        start = after + len(layout.text[after : block.end]) - len(layout.text[after : block.end].lstrip())
        if start >= block.end or layout.text[start] in _MARKS:
            continue
        if label.isupper() and len(label.split()) <= _LONGEST_NAME:
            yield number, label, SpokenParagraph(start, block.end, said)
