"""Contents beside each other: what somebody says that others say is told once, and a cue tells what is on one side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import FINITE
from pipeline.quotes.cue_subject import can_speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.quotes.indirect.contents import Content

_LONGEST_GAP: Final = 12


def without_retold(contents: Sequence[Content]) -> list[Content]:
    """``contents`` without those of "according to" that hold who says it: `Lee said so, according to papers`."""
    speech = [c for c in contents if c.clause and (cue := c.said.cue) is not None and cue.tag_ in FINITE]

    def holds(content: Content, other: Content) -> bool:
        cue, head = other.said.cue, other.said.head
        return cue is not None and head is not None and content.start <= cue.idx < content.end and can_speak(head)

    return [
        content
        for content in contents
        if content.said.resolution != "according to" or not any(holds(content, other) for other in speech)
    ]


def on_one_side(layout: Layout, contents: Sequence[Content]) -> list[Content]:
    """``contents`` without what stands before a cue that goes on without a break: `…, the chief slammed the plan`."""
    after = {c.said.cue.i: c for c in contents if c.said.cue is not None and c.start > c.said.cue.idx}

    def stays(content: Content) -> bool:
        cue = content.said.cue
        other = after.get(cue.i) if cue is not None else None
        if cue is None or other is None or other is content:
            return True
        return layout.token_at(other.start) != cue.i + 1 or other.probability < content.probability

    return [content for content in contents if stays(content)]


def retelling(layout: Layout, contents: Sequence[Content]) -> list[Content]:
    """``contents``, in order, with those made one of which the second is told in the first.

    "Drivers said the town, which owns it, told them | that the bridge is safe": drivers say all of that.
    """
    merged: list[Content] = []
    for content in contents:
        if merged and _is_told_in(layout, merged[-1], content):
            merged[-1] = replace(merged[-1], end=content.end)
        else:
            merged.append(content)
    return merged


def _is_told_in(layout: Layout, outer: Content, inner: Content) -> bool:
    """Whether the cue of ``inner`` is a verb of the clause that the cue of ``outer`` has for its content."""
    cue, verb = outer.said.cue, inner.said.cue
    if cue is None or verb is None or not outer.clause or cue.idx >= outer.start or cue.tag_ not in FINITE:
        return False
    first, last = layout.token_at(outer.end), layout.token_at(inner.start)
    if not outer.start <= verb.idx < inner.start or last - first > _LONGEST_GAP:
        return False
    return verb.dep_ == "ccomp" and verb.head.i == cue.i and all(layout.inside[i] < 0 for i in range(first, last))
