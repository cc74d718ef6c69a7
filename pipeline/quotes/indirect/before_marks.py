"""Words before the marks of a content that are none of it: how it was said, its heading, or what it is said about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import FINITE

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution

_HEADED: Final = (" - ", " – ", " — ")


def stands_apart(layout: Layout, cue: Token | None, marked: Attribution | None, start: int, marks: int) -> bool:
    """Whether all from ``start`` to the ``marks`` of a content told by ``cue`` is none of what it tells.

    ``marked`` is the attribution of what stands in the marks alone; offsets are of characters.
    """
    if layout.text[start:marks].rstrip().endswith(":") or _took_in_cue(layout, marked, start, marks):
        return True
    return cue is not None and (_is_aside(layout, cue, start, marks) or _is_heading(layout, cue, start, marks))


def _is_aside(layout: Layout, cue: Token, start: int, marks: int) -> bool:
    """Whether it tells how something was said: `he said, to some applause, “I will go”`."""
    first, last = layout.token_at(start), layout.token_at(marks)
    if not cue.i < first < last or layout.doc[first].pos_ != "ADP":
        return False
    commas = layout.doc[first - 1].text == "," and layout.doc[last - 1].text == ","
    return commas and not any(t.text == "," or t.tag_ in {*FINITE, "MD"} for t in layout.tokens[first : last - 1])


def _is_heading(layout: Layout, cue: Token, start: int, marks: int) -> bool:
    """Whether it is the heading of a point in a list: `4. Free ferries - “They should be,” she said`."""
    if cue.idx < marks or not layout.text[start:marks].endswith(_HEADED):
        return False
    if any(token.tag_ in {*FINITE, "MD"} for token in layout.tokens[layout.token_at(start) : layout.token_at(marks)]):
        return False
    return any(block.start == start for block in layout.paragraphs) or layout.text[:start].rstrip().endswith(".")


def _took_in_cue(layout: Layout, marked: Attribution | None, start: int, marks: int) -> bool:
    """Whether it holds, right before the marks, the cue of what stands in them: `plans, saying that “it is time”`."""
    cue = marked.cue if marked is not None else None
    if cue is None or cue.tag_ != "VBG" or not start < cue.idx < marks or cue.nbor(-1).text != ",":
        return False
    between = layout.tokens[cue.i + 1 : layout.token_at(marks)]
    return len(between) <= 1 and all(t.lower_ == "that" for t in between)
