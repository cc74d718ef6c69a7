"""Learn the weights of ``pipeline/components/contents.py`` from articles in which people marked every attribution.

Needs scikit-learn, which Framelens itself does not, and the training articles of PolNeAR 1.0 (Newell et al., LREC 2018)
as JSON lines, gzipped: {text, quotes: [{start, end, kind, …}]}, offsets in characters.

    python -m training.contents polnear_train.jsonl.gz pipeline/resources/contents.csv.gz

A logistic regression with an L1 penalty on features of the candidates; a candidate is right when it overlaps a marked
content by four fifths of the words in either. Forms that are hardly ever cues are left out altogether. Only weights of
words and of places in a parse are written, no text. Deterministic for one version of scikit-learn and of the parser.
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
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline.components.content_candidates import CueInContext, candidates, content_features, cue_features, trimmed
from pipeline.components.contents import cues_in
from pipeline.components.layout import Layout
from pipeline.parse import BATCH_SIZE, load_model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")
MATCH: Final = 0.8
# A form is kept that headed the cue of at least this many right candidates, and of this share of its candidates.
FEWEST_RIGHT, LEAST_SHARE = 2, 0.01
FEWEST_EXAMPLES: Final = 4
PENALTY: Final = 0.3
HEADER: Final = (
    "# Weights of a logistic regression that tells the contents of indirect quotes. Made by training/contents.py from\n"
    "# the training articles of PolNeAR 1.0 (Newell et al., LREC 2018); they hold no text. Columns: feature, weight.\n"
)

Example = tuple[list[str], bool]


def examples(doc: Doc, quotes: list[dict[str, Any]]) -> list[Example]:
    """Features of each candidate of an article, and whether it matches a content that people marked."""
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
    found = []
    for token, sentence in cues_in(layout, everything=True):
        cue = CueInContext.of(token, sentence)
        base = cue_features(cue)
        for candidate in candidates(token, sentence):
            first, last = span(*trimmed(layout, candidate))
            if last <= first:
                continue
            near = marked.get((first + last - 1) // 2, []) + marked.get(first, [])
            overlaps = [(min(last, b) - max(first, a)) / (max(last, b) - min(first, a)) for a, b in near]
            features = base + content_features(layout, cue, candidate)
            found.append(([sys.intern(f) for f in features], max(overlaps, default=0.0) >= MATCH))
    return found


def form_of(example: Example) -> str:
    """The feature that says which word is the cue."""
    return example[0][0]


def cue_like(rows: list[Example]) -> set[str]:
    """The forms that are cues often enough to be weighed."""
    every = Counter(map(form_of, rows))
    right = Counter(form_of(row) for row in rows if row[1])
    kept = {f for f in right if right[f] >= FEWEST_RIGHT and right[f] / every[f] >= LEAST_SHARE}
    return kept | {"form=according"}


def learn(rows: list[Example]) -> dict[str, float]:
    """The weights, ``bias`` among them; every form that is to be weighed has one, if only 0."""
    forms = cue_like(rows)
    rows = [row for row in rows if form_of(row) in forms]
    counts = Counter(feature for features, _ in rows for feature in features)
    columns = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= FEWEST_EXAMPLES))}
    indices: list[int] = []
    ends = [0]
    for features, _ in rows:
        indices += sorted({columns[f] for f in features if f in columns})
        ends.append(len(indices))
    matrix = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(rows), len(columns)))
    model = LogisticRegression(C=PENALTY, l1_ratio=1, solver="liblinear", random_state=0, max_iter=60)
    model.fit(matrix, [right for _, right in rows])
    learned = {feature: round(float(model.coef_[0][i]), 2) for feature, i in columns.items()}
    return {
        **dict.fromkeys(sorted(forms), 0.0),
        **{feature: weight for feature, weight in learned.items() if weight},
        "bias": round(float(model.intercept_[0]), 2),
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
    found = [example for doc, row in zip(docs, rows, strict=True) for example in examples(doc, row["quotes"])]
    write(learn(found), Path(target))


if __name__ == "__main__":
    main(*sys.argv[1:])
