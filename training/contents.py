"""Learn the weights of ``pipeline/components/contents.py`` from articles in which people marked every attribution.

Needs scipy, which Framelens itself does not, and the training articles of PolNeAR 1.0 (Newell et al., LREC 2018)
as JSON lines, gzipped: {text, quotes: [{start, end, kind, …}]}, offsets in characters.

    python -m training.contents polnear_train.jsonl.gz pipeline/resources/contents.csv.gz

A log-linear model (softmax) over the candidates on one side of a cue and "none", with an L2 penalty; a candidate is
right when it overlaps a marked content by four fifths of the words in either. Only weights of words and of places in a
parse are written, no text. Deterministic for one version of scipy and of the parser.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from pipeline.components.content_candidates import sides, trimmed
from pipeline.components.content_features import (
    CueInContext,
    cue_features,
    end_features,
    pair_features,
    start_features,
)
from pipeline.components.contents import MATCH, cues_in
from pipeline.components.layout import Layout
from pipeline.parse import BATCH_SIZE, load_model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")
FEWEST_EXAMPLES: Final = 4
PENALTY: Final = 12.0
STEPS: Final = 60
LEAST_WEIGHT: Final = 0.02
HEADER: Final = (
    "# Weights of a log-linear model that tells the contents of indirect quotes. Made by training/contents.py from\n"
    "# the training articles of PolNeAR 1.0 (Newell et al., LREC 2018); they hold no text. Columns: feature, weight.\n"
)


@dataclass(slots=True)
class Question:
    """One side of a cue: the features of each candidate and whether it is right; perhaps none is."""

    features: list[list[str]]
    right: list[bool]


def questions(doc: Doc, quotes: list[dict[str, Any]]) -> list[Question]:
    """What the model is asked in an article, with the answers that people gave."""
    layout = Layout.of(doc)
    starts = [match.start() for match in WORD.finditer(doc.text)]

    def span(start: int, end: int) -> tuple[int, int]:
        return bisect_left(starts, start), bisect_left(starts, end)

    marked: dict[int, list[tuple[int, int]]] = {}
    for quote in quotes:
        if quote["kind"] != "direct":
            first, last = span(quote["start"], quote["end"])
            for i in range(first, last):
                marked.setdefault(i, []).append((first, last))

    def right(first: int, last: int) -> bool:
        near = marked.get((first + last - 1) // 2, []) + marked.get(first, [])
        overlaps = [(min(last, b) - max(first, a)) / (max(last, b) - min(first, a)) for a, b in near]
        return max(overlaps, default=0.0) >= MATCH

    found = []
    for token, sentence in cues_in(layout):
        cue = CueInContext.of(token, sentence)
        base = cue_features(cue)
        for side in sides(token, sentence):
            pairs = side.pairs()
            if not pairs:
                continue
            opening = [start_features(layout, cue, side, edge) for edge in side.starts]
            closing = [end_features(layout, cue, side, edge) for edge in side.ends]
            features, answers = [], []
            for s, e in pairs:
                start, end = side.starts[s], side.ends[e]
                both = pair_features(layout, cue, side, start, end)
                features.append([sys.intern(f) for f in (*base, *opening[s], *closing[e], *both)])
                answers.append(right(*span(*trimmed(layout, start.token, end.token))))
            found.append(Question(features, answers))
    return found


def learn(asked: list[Question]) -> dict[str, float]:
    """The weights, ``bias`` among them.

    What is made least is the surprise at the right candidates taken together, or at none where none is right, and the
    squares of the weights.
    """
    counts = Counter(feature for question in asked for feature in {f for fs in question.features for f in fs})
    columns = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= FEWEST_EXAMPLES))}
    indices: list[int] = []
    ends = [0]
    groups: list[int] = []
    right: list[bool] = []
    for number, question in enumerate(asked):
        for features, answer in zip(question.features, question.right, strict=True):
            indices += sorted({columns[f] for f in features if f in columns})
            ends.append(len(indices))
            groups.append(number)
            right.append(answer)
    matrix = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(right), len(columns)))
    transposed = matrix.T.tocsr()
    group, good = np.array(groups), np.array(right)
    first = np.searchsorted(group, np.arange(len(asked)))
    answered = np.logical_or.reduceat(good, first)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights[:-1] + weights[-1]
        top = np.maximum(np.maximum.reduceat(scores, first), 0.0)
        power = np.exp(scores - top[group])
        none = np.exp(-top)
        whole = np.add.reduceat(power, first) + none
        won = np.where(answered, np.add.reduceat(power * good, first), none)
        surprise = np.log(whole) - np.log(np.maximum(won, 1e-300))
        pull = power / whole[group] - np.where(good, power / np.maximum(won, 1e-300)[group], 0.0)
        gradient = np.append(transposed @ pull + PENALTY * weights[:-1], pull.sum())
        return float(surprise.sum() + PENALTY / 2 * (weights[:-1] ** 2).sum()), gradient

    result = minimize(loss, np.zeros(len(columns) + 1), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    learned = {feature: round(float(result.x[i]), 2) for feature, i in columns.items()}
    return {
        **{feature: weight for feature, weight in learned.items() if abs(weight) >= LEAST_WEIGHT},
        "bias": round(float(result.x[-1]), 2),
    }


def write(weights: dict[str, float], path: Path) -> None:
    """Write the weights, the same bytes for the same weights."""
    text = io.StringIO()
    text.write(HEADER)
    csv.writer(text, lineterminator="\n").writerows(sorted(weights.items()))
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def main(source: str, target: str) -> None:
    """Learn from ``source`` and write to ``target``."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    docs: Iterable[Doc] = load_model().pipe((row["text"] for row in rows), batch_size=BATCH_SIZE)
    found = [question for doc, row in zip(docs, rows, strict=True) for question in questions(doc, row["quotes"])]
    write(learn(found), Path(target))


if __name__ == "__main__":
    main(*sys.argv[1:])
