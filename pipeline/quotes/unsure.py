"""What may be told as somebody's, but is too unsure to be shown: in no mark, and in nothing that is found besides.

People who mark what is attributed mark also what is expected, felt or done, and what a rule holds for no words of
anybody's.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, Final

from pipeline.quotes.fragments import Fragment
from pipeline.quotes.indirect.candidates import trimmed
from pipeline.quotes.indirect.cited_speakers import attribution_of
from pipeline.quotes.indirect.contents import Content, likely
from pipeline.quotes.indirect.no_contents import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.core.quote_layout import Layout

# The least probability that people mark a stretch. More or fewer find less of what they mark, at the cost it has.
UNSURE_THRESHOLD: Final = 0.35
# About the share of such stretches that people mark.
RIGHT_OF_UNSURE: Final = 0.45
_FEWEST_WORDS: Final = 3


def unsure(layout: Layout, found: Iterable[tuple[int, int]]) -> list[Fragment]:
    """Fragments, in order of the text, of what is likely besides the stretches ``found``, none over another."""
    taken = sorted(found)
    fragments = []
    for proposal, probability in sorted(likely(layout.doc), key=lambda pair: -pair[1]):
        if probability < UNSURE_THRESHOLD:
            break
        start, end = trimmed(layout, proposal.start.token, proposal.end.token)
        if len(layout.text[start:end].split()) < _FEWEST_WORDS or not _is_free(taken, start, end):
            continue
        insort(taken, (start, end))
        said = attribution_of(layout, layout.doc[proposal.cue])
        content = Content(said, start, end, probability, proposal.start.kind in STATEMENTS)
        fragments.append(Fragment(start, end, said, content=content))
    return sorted(fragments, key=lambda fragment: fragment.start)


def _is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether no stretch of ``taken``, in order and none over another, is over ``start:end``."""
    at = bisect_left(taken, (start, end))
    return not (at < len(taken) and taken[at][0] < end) and not (at and taken[at - 1][1] > start)
