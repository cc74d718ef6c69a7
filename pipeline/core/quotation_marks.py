"""Quotation marks of a text, paired within each paragraph, whatever marks its outlet uses or forgets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import any_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WORDS: Final = "core/quotation_words.toml"
OPENING, CLOSING, EITHER, NO_MARK = "opening", "closing", "either", ""

# A run of equal marks counts as one: `""We` opens one quotation. Two apostrophes or back-ticks are a double mark.
_DOUBLE = re.compile(r"[“„‟«]+|[”»]+|\"+|'{2,}|`{2,}|’{2,}|‘{2,}")
_SINGLE = re.compile(r"[‘’'`‚‛]")
_BRACKETS_AND_DASHES: Final = "([{<—–-/…*_>|"
_AFTER_CLOSING: Final = ".,;:?!)]}>—–-/…*_|"
# Words that begin with an apostrophe which opens nothing.
_ELISION = re.compile(rf"(?:\d\ds?|{any_of(_WORDS, 'elisions')})\b", re.IGNORECASE)
# A mark that was forgotten stood, most likely, before the words that name the speaker.
_CUE_AHEAD = re.compile(
    rf"(?<=[,?!])\s+(?:(?:[A-Z][\w.’'-]*|{any_of(_WORDS, 'speakers')})\s+){{1,3}}{any_of(_WORDS, 'after_speaker')}\b"
    rf"|(?<=[,?!])\s+{any_of(_WORDS, 'before_speaker')}\s"
)
_SENTENCE_END = re.compile(r"[.?!…][)\]’']*(?=\s)")

# Where one paragraph ends and the next begins; the marks between them, if there are any.
_STUCK: Final = re.compile(r"(?<=[a-z’'\])][.?!])(?P<marks>[\"“”]{0,2})(?=[A-Z][a-z’']|[AI] )")
# A place or two may be an address, or a slip.
_FEWEST: Final = 3
# What is against a reading of the marks: a mark on the other side than its shape says, words in marks that go on over
# the end of a paragraph, with a mark at the next or without, and that are not closed there, or not at all.
_WRONG_SIDE: Final = 1.5
_GOES_ON: Final = 0.6
_GOES_ON_UNMARKED: Final = 1.0
_NOT_CLOSED: Final = 0.9
_NEVER_CLOSED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of one paragraph inside quotation marks.

    ``start`` and ``end`` hold the marks, ``inner_start`` and ``inner_end`` the words between them. ``opened`` and
    ``closed`` say whether the marks stand in the text. ``carried``: the quotation goes on from the paragraph before.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    paragraph: int
    opened: bool = True
    closed: bool = True
    single: bool = False
    carried: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    side: str
    firm: bool  # the mark cannot be the other side


def _side(text: str, start: int, end: int, lower: int, upper: int) -> tuple[str, bool]:
    """Which side a mark is on, by the characters around it, and whether its shape alone says so."""
    before = text[start - 1] if start > lower else " "
    after = text[end] if end < upper else " "
    opens = (before.isspace() or before in _BRACKETS_AND_DASHES or before in "‘'“") and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING or after in "’'”\"")
    mark = text[start]
    if mark == "»" and before.isspace() and after in _AFTER_CLOSING:
        # « Set so, with spaces », as in French.
        return CLOSING, False
    if opens != closes:
        return (OPENING, True) if opens else (CLOSING, True)
    if mark in "“„‟«`‘":
        return OPENING, False
    if mark in "”»’":
        return CLOSING, False
    return EITHER, False


def _double_marks(text: str, lower: int, upper: int) -> list[_Mark]:
    marks = []
    for match in _DOUBLE.finditer(text, lower, upper):
        start, end = match.span()
        side, firm = _side(text, start, end, lower, upper)
        # Inches and seconds: 6'2", 5' 11''
        if side != OPENING and start > lower and text[start - 1].isdigit() and text[start] in "\"'":
            firm = False
        marks.append(_Mark(start, end, side, firm))
    stuck = _stuck_places(text, lower, upper) if marks else []
    return _settled(marks, stuck) if stuck else marks


def _stuck_places(text: str, lower: int, upper: int) -> list[tuple[int, int]]:
    """The marks between paragraphs that run together in ``lower:upper``, empty where there are none; [] for few."""
    found = [match.span("marks") for match in _STUCK.finditer(text, lower, upper)]
    return found if len(found) >= _FEWEST and any(start < end for start, end in found) else []


def _sides(events: Sequence[tuple[int, str, bool]], between: set[int]) -> list[str]:
    """The likeliest side of each mark of a stretch, given by its place, its side and whether that is sure.

    A place between two paragraphs without a mark is ``NO_MARK``, and CLOSING where words in marks must end there;
    ``between`` are the places of marks that stand between two. The reading with least against it is found by dynamic
    programming over inside and outside of marks (Viterbi 1967).
    """
    outside, inside = 0.0, float("inf")
    came_from: list[tuple[int, int]] = []
    for place, side, firm in events:
        if side == NO_MARK:
            to_outside = min((outside, 0), (inside + _NOT_CLOSED, 1))
            to_inside = inside + _GOES_ON_UNMARKED, 1
        else:
            opens = _WRONG_SIDE if firm and side == CLOSING else 0.0
            closes = _WRONG_SIDE if firm and side == OPENING else 0.0
            to_outside = min((inside + closes, 1), (outside + closes + _WRONG_SIDE, 0))
            again = _GOES_ON if place in between else _WRONG_SIDE
            to_inside = min((outside + opens, 0), (inside + opens + again, 1))
        outside, inside = to_outside[0], to_inside[0]
        came_from.append((to_outside[1], to_inside[1]))
    state = 0 if outside <= inside + _NEVER_CLOSED else 1
    result: list[str] = []
    for (_, side, _), before in zip(reversed(events), reversed(came_from), strict=True):
        was = before[state]
        if side == NO_MARK:
            result.append(CLOSING if was and not state else NO_MARK)
        else:
            result.append(OPENING if state else CLOSING)
        state = was
    return result[::-1]


def _settled(marks: Sequence[_Mark], stuck: Sequence[tuple[int, int]]) -> list[_Mark]:
    """``marks`` of paragraphs that run together, each on the side that all together make likeliest."""
    between = dict(stuck)
    events = [_Mark(start, end, NO_MARK, firm=True) for start, end in stuck if start == end]
    for mark in marks:
        if mark.end - mark.start > 1 and between.get(mark.start) == mark.end:
            # One closes the paragraph before, and the other opens the next.
            events.append(_Mark(mark.start, mark.start + 1, CLOSING, firm=True))
            events.append(_Mark(mark.end - 1, mark.end, OPENING, firm=True))
        else:
            events.append(mark)
    events.sort(key=lambda mark: mark.start)
    settled = _sides([(mark.start, mark.side, mark.firm) for mark in events], set(between))
    sided = [replace(mark, side=side, firm=True) for mark, side in zip(events, settled, strict=True)]
    return [mark for mark in sided if mark.side != NO_MARK]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _forgotten_end(text: str, start: int, limit: int) -> int:
    """Where a quotation that opened at ``start`` and was never closed ends, at most at ``limit``."""
    cue = _CUE_AHEAD.search(text, start, limit)
    return cue.start() if cue else limit


def _forgotten_start(text: str, lower: int, end: int) -> int:
    """Where a quotation that closes at ``end`` and was never opened starts: with its sentence, or at ``lower``."""
    starts = [match.end() for match in _SENTENCE_END.finditer(text, lower, max(lower, end - 1))]
    return starts[-1] if starts else lower


def _pair(  # noqa: C901  one state machine
    text: str, marks: Sequence[_Mark], lower: int, upper: int, paragraph: int, left_open: bool
) -> list[Quotation]:
    """Pair the marks of one paragraph. ``left_open``: the paragraph before ended inside a quotation."""
    quotations: list[Quotation] = []
    opened: _Mark | None = None
    depth = 0
    goes_on = False
    free = lower  # the first character that belongs to no quotation yet

    def add(start: int, end: int, inner_start: int, inner_end: int, **how: bool) -> None:
        nonlocal free
        inner_start, inner_end = _trim(text, inner_start, inner_end)
        start, end = _trim(text, start, end)
        if inner_start < inner_end:
            quotations.append(Quotation(start, end, inner_start, inner_end, paragraph, **how))
        free = end

    for number, mark in enumerate(marks):
        side = mark.side
        if side == EITHER:
            side = CLOSING if opened else OPENING
        if side == OPENING:
            if opened is None:
                opened, depth = mark, 1
                continue
            following = [m.side for m in marks[number + 1 : number + 3]]
            if following == [CLOSING, CLOSING] or not mark.firm:
                depth += 1  # a quotation in a quotation
                continue
            end = _forgotten_end(text, opened.end, mark.start)
            add(opened.start, end, opened.end, end, closed=False, carried=goes_on)
            # Between paragraphs that run together one mark alone opens anew what was not closed.
            opened, depth, goes_on = mark, 1, end == mark.start and not text[end - 1].isspace()
        elif opened is not None:
            depth -= 1
            nested = depth > 0 and any(m.side == CLOSING for m in marks[number + 1 : number + 2])
            if not nested:
                add(opened.start, mark.end, opened.end, mark.start, carried=goes_on)
                opened, depth, goes_on = None, 0, False
        elif left_open and not quotations:
            add(lower, mark.end, lower, mark.start, opened=False, carried=True)
        elif (
            mark.firm
            and not text[mark.start - 1].isdigit()
            and not (quotations and free == quotations[-1].end and not text[free : mark.start].strip())
        ):
            start = _forgotten_start(text, free, mark.start)
            if mark.start - start > 2:
                add(start, mark.end, start, mark.start, opened=False)
    if opened is not None:
        end = _forgotten_end(text, opened.end, upper)
        add(opened.start, end, opened.end, end, closed=False, carried=goes_on)
    return quotations


def _single_quotations(  # noqa: C901  one state machine
    text: str, lower: int, upper: int, paragraph: int, *, left_open: bool = False, goes_on: bool = False
) -> list[Quotation]:
    """Quotations in single marks in a stretch without double ones. Apostrophes are no marks.

    ``left_open``: the paragraph before ended inside one; ``goes_on``: the next opens with a single mark, so that what
    is not closed here goes on there.
    """
    opened: int | None = None
    last_doubtful: int | None = None
    quotations: list[Quotation] = []

    def close(at: int) -> None:
        nonlocal opened, last_doubtful
        if opened is not None:
            start, end = _trim(text, opened + 1, at)
            if start < end:
                quotations.append(Quotation(opened, at + 1, start, end, paragraph, single=True))
        opened = last_doubtful = None

    for match in _SINGLE.finditer(text, lower, upper):
        at = match.start()
        side, firm = _side(text, at, at + 1, lower, upper)
        if side == OPENING and firm and not _ELISION.match(text, at + 1, upper):
            if opened is not None and last_doubtful is not None:
                close(last_doubtful)
            opened, last_doubtful = at, None
        elif side == CLOSING and firm and opened is not None:
            after_s = text[at - 1] in "sSzx" and text[at + 1 : at + 2].isspace()
            if after_s:
                # a plural possessive, unless nothing better follows
                last_doubtful = at if last_doubtful is None else last_doubtful
            else:
                close(at)
    carried = left_open and opened == lower
    if opened is not None and (carried or (goes_on and _leads_in(text, lower, opened))):
        end = upper if goes_on or last_doubtful is None else last_doubtful
        quotations += _left_open_single(text, opened, end, paragraph, carried=carried)
    elif last_doubtful is not None:
        close(last_doubtful)
    return quotations


def _left_open_single(text: str, opened: int, end: int, paragraph: int, *, carried: bool) -> Iterator[Quotation]:
    """The quotation from a single mark at ``opened`` that goes on to ``end`` and is closed in another paragraph."""
    start, stop = _trim(text, opened + 1, end)
    if start < stop:
        yield Quotation(opened, stop, start, stop, paragraph, closed=False, single=True, carried=carried)


def _leads_in(text: str, lower: int, at: int) -> bool:
    """Whether a mark stands where a speech begins: first in its paragraph, or after a comma, a colon or a sentence."""
    before = text[lower:at].rstrip()
    return not before or before[-1] in ",:.?!"


def _opens_with_single(text: str, lower: int, upper: int) -> bool:
    """Whether a paragraph opens with a single mark, and not with a word that an apostrophe begins."""
    if not _SINGLE.match(text, lower, upper) or _ELISION.match(text, lower + 1, upper):
        return False
    return _side(text, lower, lower + 1, lower, upper) == (OPENING, True)


def _without_nested(pairs: list[Quotation], around: Sequence[Quotation]) -> list[Quotation]:
    """``pairs`` in double marks with the quotations in single marks ``around`` some of them instead of these.

    So outlets in Britain set them: `‘She called it “a coffin” and left,’ said Lee`.
    """
    result = pairs
    for outer in around:
        within = [pair for pair in result if outer.start < pair.start and pair.end <= outer.end]
        over = [pair for pair in result if pair.start < outer.end and outer.start < pair.end]
        if within and within == over:
            result = sorted([*(pair for pair in result if pair not in within), outer], key=lambda pair: pair.start)
    return result


def find_quotations(text: str, paragraphs: Iterable[tuple[int, int, int]]) -> list[Quotation]:
    """Every quotation in ``text``, in order, never overlapping; time is linear in the length of the text.

    ``paragraphs`` are (start, end, number) of the stretches to search, in order. A paragraph that ends in a quotation
    leaves it open: the next one goes on with it when it begins with a mark or holds the mark that closes it.
    """
    quotations: list[Quotation] = []
    left_open = False
    every = list(paragraphs)
    for (lower, upper, number), following in zip_longest(every, every[1:]):
        marks = _double_marks(text, lower, upper)
        pairs = _pair(text, marks, lower, upper, number, left_open)
        goes_on = following is not None and _opens_with_single(text, following[0], following[1])
        pairs = _without_nested(
            pairs, _single_quotations(text, lower, upper, number, left_open=left_open, goes_on=goes_on) if pairs else []
        )
        singles: list[Quotation] = []
        free = lower
        for pair in [*pairs, None]:
            stop = pair.start if pair else upper
            if free < stop:
                last = stop == upper
                singles += _single_quotations(
                    text, free, stop, number, left_open=left_open and free == lower, goes_on=goes_on and last
                )
            free = pair.end if pair else upper
        pairs = sorted([*pairs, *singles], key=lambda pair: pair.start)
        if left_open and pairs and pairs[0].start == lower and not pairs[0].carried:
            pairs[0] = replace(pairs[0], carried=True)
        left_open = bool(pairs) and not pairs[-1].closed and pairs[-1].end == _trim(text, lower, upper)[1]
        quotations += pairs
    return quotations
