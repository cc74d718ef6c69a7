"""What the model of indirect contents is asked in labelled articles, and the right answers, as rows of features."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.core.quote_layout import Layout
from pipeline.core.token_table import Grammar
from pipeline.quotes.indirect.candidates import sides, trimmed
from pipeline.quotes.indirect.contents import cues_in
from pipeline.quotes.indirect.features import (
    cue_features,
    end_features,
    features_with_cue,
    pair_features,
    pair_of,
    start_features,
)
from pipeline.quotes.indirect.ranking import MATCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc

    from pipeline.quotes.indirect.candidates import Side
    from pipeline.quotes.indirect.features import CueInContext

WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")
FEWEST_EXAMPLES: Final = 4


class Rows:
    """Rows of features, each feature by a number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._cells = array("i")
        self._ends = array("q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, features: Iterable[str]) -> None:
        """Add a row."""
        for feature in features:
            self._cells.append(self.numbers.setdefault(feature, len(self.numbers)))
        self._ends.append(len(self._cells))

    def matrix(self) -> tuple[list[str], csr_matrix]:
        """The features that occur often enough, in order, and the rows as a matrix of 0 and 1, a column for each."""
        numbers = np.frombuffer(self._cells, dtype=np.int32)
        ends = np.frombuffer(self._ends, dtype=np.int64)
        often = np.bincount(numbers, minlength=len(self.numbers)) >= FEWEST_EXAMPLES
        names = sorted(feature for feature, number in self.numbers.items() if often[number])
        columns = np.full(len(self.numbers), -1, dtype=np.int32)
        columns[[self.numbers[name] for name in names]] = np.arange(len(names))
        staying = columns[numbers] >= 0
        before = np.concatenate([[0], np.cumsum(staying)])
        ones = np.ones(int(staying.sum()), dtype=np.float32)
        return names, csr_matrix((ones, columns[numbers][staying], before[ends]), shape=(len(self), len(names)))


@dataclass(slots=True)
class Asked:
    """A side of a cue: its article, the first of its rows (of cues, starts, ends, pairs), and which pairs are right."""

    article: int
    cue: CueInContext
    side: Side
    pairs: list[tuple[int, int]]
    rows: tuple[int, int, int, int]
    right: list[bool]


@dataclass(slots=True)
class Lesson:
    """All that is asked, and its rows: of cues, starts, ends and pairs."""

    sides: list[Asked] = field(default_factory=list)
    rows: tuple[Rows, Rows, Rows, Rows] = field(default_factory=lambda: (Rows(), Rows(), Rows(), Rows()))


class Marked:
    """The contents, indirect and mixed, that people marked in an article, as ranges of words."""

    def __init__(self, text: str, quotes: Sequence[dict[str, Any]]) -> None:
        self._starts = [match.start() for match in WORD.finditer(text)]
        self._at: dict[int, list[tuple[int, int]]] = {}
        for quote in quotes:
            if quote["kind"] != "direct":
                first, last = self._words(quote["start"], quote["end"])
                for i in range(first, last):
                    self._at.setdefault(i, []).append((first, last))

    def _words(self, start: int, end: int) -> tuple[int, int]:
        return bisect_left(self._starts, start), bisect_left(self._starts, end)

    def holds(self, start: int, end: int) -> bool:
        """Whether the stretch of text shares enough of its words with what people marked."""
        first, last = self._words(start, end)
        near = self._at.get((first + last - 1) // 2, []) + self._at.get(first, [])
        return any(min(last, b) - max(first, a) >= MATCH * (max(last, b) - min(first, a)) for a, b in near)


def lesson(docs: Sequence[Doc], rows: Sequence[dict[str, Any]]) -> Lesson:
    """What the model is asked in labelled articles."""
    taught = Lesson()
    of_cue, of_start, of_end, of_pair = taught.rows
    for article, (doc, row) in enumerate(zip(docs, rows, strict=True)):
        grammar, layout = Grammar.of(doc), Layout.of(doc)
        marked = Marked(doc.text, row["quotes"])
        for cue in cues_in(grammar, layout):
            of_cue.add(cue_features(grammar, cue))
            for side in sides(grammar, layout, cue.token, cue.sentence):
                pairs = side.pairs()
                if not pairs:
                    continue
                first = (len(of_cue) - 1, len(of_start), len(of_end), len(of_pair))
                for edge in side.starts:
                    of_start.add(start_features(grammar, layout, cue, side, edge))
                for edge in side.ends:
                    of_end.add(end_features(grammar, layout, cue, side, edge))
                right = []
                for s, e in pairs:
                    start, end = side.starts[s], side.ends[e]
                    pair = pair_of(grammar, layout, cue, side, start, end)
                    of_pair.add([*pair_features(pair), *features_with_cue(pair, cue.lemma)])
                    right.append(marked.holds(*trimmed(layout, start.token, end.token)))
                taught.sides.append(Asked(article, cue, side, pairs, first, right))
    return taught
