"""Transcripts and interviews: paragraphs that open with a speaker's label and hold nothing but that speaker's words.

Labels are names in capitals or not, with an office, a party or a time beside them, initials, and `Q:` and `A:`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.quotes.attribution import Attribution
from pipeline.quotes.signed_lines import OPENING_MARKS, name_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.core.annotations import Mention
    from pipeline.core.quote_layout import Layout

# Fewer turns, or turns of one name alone, may be a list; so may labels of which none comes twice.
_FEWEST_TURNS: Final = 3
_FEWEST_NAMES: Final = 2
# Paragraphs that a speaker's words go on for, or an editor's remark.
_APART: Final = 6
_REMARK: Final = "([{"
_LONGEST_LABEL: Final = 120
_FEWEST_INITIALS: Final = 2

_TIME: Final = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?[\])]?\s*)?"
_WORD: Final = r"[A-Z][\w.'’-]*"
_LABEL: Final = re.compile(
    rf"[*_]{{0,2}}{_TIME}[*_]{{0,2}}"
    rf"(?:(?P<letter>[QA])[.:]|(?P<name>{_WORD}(?:\s+(?:{_WORD}|de|del|la|van|von|den|der|bin|al)){{0,7}})"
    rf"(?P<role>(?:\s*\([^()\n]{{1,40}}\)|,\s+[^:\n]{{1,60}}?){{0,3}})\s*:)[*_]{{0,2}}(?=\s|[*_])[\s*_]*"
)
_ASKS, _ANSWERS = ({"Q", "QUESTION"}, {"A", "ANSWER"})


class SpokenParagraph(NamedTuple):
    """The words of a turn, as offsets, and who says them."""

    start: int
    end: int
    said: Attribution


class _Opening(NamedTuple):
    """The paragraph that opens a turn: its number, the label as it stands there, where the words begin.

    ``key`` is what tells its speaker from the others: the last word of the name.
    """

    paragraph: int
    label: tuple[int, int]
    key: str
    start: int
    marked: bool


def spoken_paragraphs(layout: Layout) -> list[SpokenParagraph]:
    """The turns of every run of at least three turns `LABEL: words` by two speakers or more, in order."""
    paragraphs: list[SpokenParagraph] = []
    run: list[_Opening] = []
    people = _People(layout)
    for turn in [*_openings(layout), None]:
        if run and (turn is None or turn.paragraph - run[-1].paragraph > _APART):
            if _is_talk(layout, run, people):
                paragraphs += _spoken(layout, run, people)
            run = []
        if turn is not None:
            run.append(turn)
    return paragraphs


def _openings(layout: Layout) -> Iterator[_Opening]:
    for number, block in enumerate(layout.paragraphs):
        start = block.start
        while start < block.end and layout.text[start] in OPENING_MARKS:
            start += 1
        match = _LABEL.match(layout.text, start, min(block.end, start + _LONGEST_LABEL))
        if match is None or match.end() >= block.end or layout.text[match.end()] in OPENING_MARKS:
            continue
        group = "letter" if match["letter"] else "name"
        key = match[group].split()[-1].strip(".").upper()
        yield _Opening(number, match.span(group), key, match.end(), marked=start > block.start)


class _People:
    """The people an article names, by surname and by initials, and who is interviewed."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._by_key: dict[str, dict[str, Mention]] = {}
        self._named = [m for m in layout.doc._.mentions if m.label == "PERSON" and m.resolution != "pronoun"]
        for mention in self._named:
            entity = layout.doc._.entities.get(mention.entity_id)
            words = entity.name.split() if entity is not None else []
            if words:
                initials = words[0][0] + words[-1][0]
                for key in {words[-1].upper(), initials if len(words) >= _FEWEST_INITIALS else words[-1].upper()}:
                    self._by_key.setdefault(key, {}).setdefault(mention.entity_id, mention)

    def of(self, key: str) -> Mention | None:
        """The one person whom a label stands for."""
        mentions = list(self._by_key.get(key, {}).values())
        return mentions[0] if len(mentions) == 1 else None

    def interviewed(self, before: int) -> Mention | None:
        """Who is told of most before the talk begins at offset ``before``; of several, the first."""
        earlier = self._named[: bisect_left(self._named, before, key=lambda mention: mention.start)]
        if not earlier:
            return None
        most = Counter(mention.entity_id for mention in earlier).most_common(1)[0][0]
        return next(mention for mention in earlier if mention.entity_id == most)


def _is_talk(layout: Layout, run: Sequence[_Opening], people: _People) -> bool:
    """Whether a run of labelled paragraphs is a talk: several speakers, one of them again, and labels of people."""
    keys = {turn.key for turn in run}
    if len(run) < _FEWEST_TURNS or not _FEWEST_NAMES <= len(keys) < len(run):
        return False
    return (
        bool(keys & (_ASKS | _ANSWERS))
        or any(people.of(key) is not None for key in keys)
        or all(layout.text[slice(*turn.label)].isupper() for turn in run)
    )


def _spoken(layout: Layout, run: list[_Opening], people: _People) -> Iterator[SpokenParagraph]:
    """The words of a run, with paragraphs between two turns that go on with the first.

    Where turns stand in quotation marks, only those that open with one do.
    """
    answers = people.interviewed(layout.paragraphs[run[0].paragraph].start)
    for turn, following in zip(run, [*run[1:], None], strict=True):
        attribution = _speaker(layout, turn, people, answers)
        yield SpokenParagraph(turn.start, layout.paragraphs[turn.paragraph].end, attribution)
        if following is None:
            continue
        for block in layout.paragraphs[turn.paragraph + 1 : following.paragraph]:
            start = block.start
            while start < block.end and layout.text[start] in OPENING_MARKS:
                start += 1
            goes_on = start > block.start if turn.marked else block.kind == "body"
            if goes_on and start < block.end and layout.text[start] not in _REMARK:
                yield SpokenParagraph(start, block.end, attribution)


def _speaker(layout: Layout, turn: _Opening, people: _People, answers: Mention | None) -> Attribution:
    """Who a label stands for; nobody is known to ask."""
    if turn.key in _ASKS:
        return Attribution("transcript")
    start, end = turn.label
    first, last = layout.token_at(start), layout.token_at(end)
    mention = answers if turn.key in _ANSWERS else people.of(turn.key)
    if mention is None:
        return name_in(layout, start, end, "transcript", marked=turn.marked) or Attribution("transcript")
    mention_tokens = layout.tokens_of(mention.start, mention.end)
    return Attribution(
        "transcript",
        layout.doc[mention_tokens[-1]],
        (first, max(last, first + 1)),
        name=(mention_tokens[0], mention_tokens[-1] + 1),
    )
