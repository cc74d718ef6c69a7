"""Passages with all their targets, in word pieces: what the portrayal network learns from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipeline.portrayals.network import PassagePieces
from training.other_names import OtherNames, name_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np

    Row = dict[str, Any]
    Span = tuple[int, int]

# Batches are drawn from so many at a time, put in order of length: little is spent on filling up.
ALIKE: Final = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """The pieces of a passage, and of each target the number of its row and the places of its pieces."""

    pieces: list[int]
    targets: list[tuple[int, list[int]]]


def together(rows: Sequence[Row]) -> list[list[int]]:
    """Numbers of the rows that have a passage in common, in the order in which passages come."""
    found: dict[object, list[int]] = {}
    for number, row in enumerate(rows):
        place = (row["set"], row["article"], row["start"], row["end"]) if "article" in row else row["sentence"]
        found.setdefault(place, []).append(number)
    return list(found.values())


def in_pieces(text: str, spans: Iterable[tuple[int, int, int]]) -> Iterator[Passage]:
    """``text`` with its targets, ``(number, start, end)``; a long one in as many windows as its targets need."""
    pieces = PassagePieces(text)
    windows: dict[int, list[tuple[int, list[int]]]] = {}
    for number, start, end in spans:
        begin, spots = pieces.spots(start, end)
        windows.setdefault(begin, []).append((number, spots))
    for begin, targets in windows.items():
        yield Passage(pieces.window(begin), targets)


def passages_of(rows: Sequence[Row], groups: Iterable[list[int]]) -> list[Passage]:
    """The passages of :func:`together`, as they stand."""
    return [
        passage
        for group in groups
        for passage in in_pieces(rows[group[0]]["sentence"], _numbered(group, _spans(rows, group)))
    ]


def renamed_passages(
    rows: Sequence[Row], groups: Iterable[list[int]], names: OtherNames, share: float, chance: np.random.Generator
) -> list[Passage]:
    """The same, in which this ``share`` of the targets that have a name have another."""
    result = []
    for group in groups:
        text, spans = rows[group[0]]["sentence"], _spans(rows, group)
        for place in chance.permutation(len(group)):
            if chance.random() < share:
                text, spans = _renamed(text, spans, spans[place], names, chance)
        result += in_pieces(text, _numbered(group, spans))
    return result


def _spans(rows: Sequence[Row], group: list[int]) -> list[Span]:
    return [(rows[number]["target_start"], rows[number]["target_end"]) for number in group]


def _numbered(group: list[int], spans: list[Span]) -> list[tuple[int, int, int]]:
    return [(number, *span) for number, span in zip(group, spans, strict=True)]


def _renamed(
    text: str, spans: list[Span], target: Span, names: OtherNames, chance: np.random.Generator
) -> tuple[str, list[Span]]:
    """``text`` with another name for ``target``, and its last word elsewhere; where ``spans`` stand then."""
    start, end = target
    found = name_in({"target_start": start, "target_text": text[start:end]})
    if found is None:
        return text, spans
    first, last, old = found
    new = names.draw(full=len(old) > 1, chance=chance)
    elsewhere = re.finditer(rf"\b{re.escape(old[-1])}\b", text)
    changes = [(a, b, new[-1]) for a, b in map(re.Match.span, elsewhere) if b <= start or a >= end]
    changes = sorted([*changes, (first, last, " ".join(new))])
    result, done = "", 0
    for a, b, name in changes:
        result, done = result + text[done:a] + name, b
    return result + text[done:], [(_moved(a, changes), _moved(b, changes, at_end=True)) for a, b in spans]


def _moved(place: int, changes: list[tuple[int, int, str]], *, at_end: bool = False) -> int:
    """Where ``place`` is after ``changes``; in the middle of one it goes to its beginning, or to its end."""
    moved = 0
    for start, end, name in changes:
        if end > place > start:
            return start + moved + (len(name) if at_end else 0)
        if end <= place:
            moved += len(name) - (end - start)
    return place + moved


def batches(passages: Sequence[Passage], size: int, chance: np.random.Generator) -> list[list[int]]:
    """Numbers of passages of like length, in an order of chance."""
    order = chance.permutation(len(passages)).tolist()
    alike = [
        sorted(order[start : start + ALIKE * size], key=lambda number: len(passages[number].pieces))
        for start in range(0, len(order), ALIKE * size)
    ]
    some = [part[start : start + size] for part in alike for start in range(0, len(part), size)]
    return [some[number] for number in chance.permutation(len(some))]
