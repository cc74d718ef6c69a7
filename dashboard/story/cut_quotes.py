"""Quotes that several articles print and one prints shorter: what it kept, and the words it did not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = dict[str, Any]
# So many words in a row are the same quote; a quote is cut when it lacks so many of the longer one.
SAME: Final = 6
LACKS: Final = 4
# All but so much of the shorter quote must stand in the longer one.
_HELD: Final = 0.8
_WORD = re.compile(r"\S+")
_PLAIN = re.compile(r"[^\w%$]+")


@dataclass(frozen=True, slots=True)
class PrintedQuote:
    """A quotation as one article prints it: its parts in order, as rows with article_id, start, end, speaker, text."""

    parts: tuple[Row, ...]

    @property
    def text(self) -> str:
        """Its words; where the article breaks off and goes on, with an ellipsis."""
        whole = ""
        for before, part in zip((None, *self.parts), self.parts, strict=False):
            gap = " " if before is None or part["start"] - before["end"] <= _NEAR else " … "
            whole += (gap if whole else "") + " ".join(part["text"].split())
        return whole


# Characters between two sentences of one quotation: marks and a space.
_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Cut:
    """A quote that ``shorter`` cut: the longer one's words in runs, each with whether the shorter has them."""

    longer: PrintedQuote
    shorter: PrintedQuote
    runs: tuple[tuple[str, bool], ...]

    @property
    def lacks(self) -> int:
        """Words of the longer quote that the shorter does not have."""
        return sum(len(words.split()) for words, both_have in self.runs if not both_have)


def find_cuts(rows: Sequence[Row]) -> list[Cut]:
    """The quotes that are cut, those that lack most words first; of each article and quote the one that lacks most.

    Args:
        rows: those of :func:`store.queries.quoted_by`, for articles that stand side by side.
    """
    printed = list(_sayings(rows))
    plain = [[_plain(word) for word in _WORD.findall(quote.text)] for quote in printed]
    runs = [{tuple(words[at : at + SAME]) for at in range(len(words) - SAME + 1)} for words in plain]
    cuts: dict[tuple[str, int], Cut] = {}
    for longer, long in enumerate(plain):
        for shorter, short in enumerate(plain):
            if printed[longer].parts[0]["article_id"] == printed[shorter].parts[0]["article_id"]:
                continue
            if len(long) < len(short) + LACKS or not runs[longer] & runs[shorter]:
                continue
            cut = _compare(printed[longer], printed[shorter], long, short)
            key = (printed[shorter].parts[0]["article_id"], printed[shorter].parts[0]["start"])
            if cut and (key not in cuts or cut.lacks > cuts[key].lacks):
                cuts[key] = cut
    return sorted(cuts.values(), key=lambda cut: (-cut.lacks, cut.shorter.parts[0]["article_id"], cut.shorter.text))


def _sayings(rows: Sequence[Row]) -> Iterator[PrintedQuote]:
    """Quotations: runs of one speech, which can go on over sentences and past its cue."""
    parts: list[Row] = []
    for row in rows:
        if parts and (row["article_id"], row["attribution"]) != (parts[-1]["article_id"], parts[-1]["attribution"]):
            yield PrintedQuote(tuple(parts))
            parts = []
        parts.append(row)
    if parts:
        yield PrintedQuote(tuple(parts))


def _plain(word: str) -> str:
    return _PLAIN.sub("", word.lower())


def _compare(longer: PrintedQuote, shorter: PrintedQuote, long: list[str], short: list[str]) -> Cut | None:
    blocks = SequenceMatcher(None, long, short, autojunk=False).get_matching_blocks()
    if sum(block.size for block in blocks) < _HELD * len(short):
        return None
    places_kept = {place for block in blocks for place in range(block.a, block.a + block.size)}
    runs: list[tuple[str, bool]] = []
    for place, word in enumerate(_WORD.findall(longer.text)):
        has = place in places_kept or not long[place]
        if runs and (runs[-1][1] == has or not long[place]):
            runs[-1] = (f"{runs[-1][0]} {word}", runs[-1][1])
        else:
            runs.append((word, has))
    cut = Cut(longer, shorter, tuple(runs))
    return cut if cut.lacks >= LACKS else None
