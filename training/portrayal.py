"""Learn the weights of the portrayal model from NewsMTSC, and score them on its two dev sets.

    python -m training.portrayal FOLDER

``FOLDER`` holds ``newsmtsc_{train,mt_dev,rw_dev}.jsonl.gz`` with rows ``{sentence, target_start, target_end, label}``.
Writes ``pipeline/resources/portrayal.npz`` and prints the table of ``training/portrayal.md``. One minute on one core.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from pipeline.core.parse import load_model
from pipeline.language.vader import tone
from pipeline.portrayals.linear import LENGTH, WEIGHTS, LinearPortrayal
from pipeline.portrayals.linear_features import FEATURES_VERSION, Features, SentenceReader
from training.scores import calibration_error, read, temper

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Chosen by cross-validation on train; between 0.01 and 0.1, and 1 and 3, scores differ by less than their error.
STRENGTH: Final = 0.03
SEEN_AT_LEAST: Final = 2
FOLDS: Final = 5
# VADER's own bounds between negative, neutral and positive.
VADER_BOUND: Final = 0.05


def features_of(rows: list[dict[str, Any]]) -> list[Features]:
    """Features of each row's target, from the parse of its sentence alone."""
    sentences = sorted({row["sentence"] for row in rows})
    readers = dict(zip(sentences, map(SentenceReader, load_model().pipe(sentences, batch_size=64)), strict=True))
    return [readers[row["sentence"]].features(row["target_start"], row["target_end"]) for row in rows]


class Table:
    """The features worth a weight, and how rare each is."""

    def __init__(self, rows: list[Features]) -> None:
        seen = Counter(key for row in rows for key in row)
        self.keys = np.array(sorted(key for key, times in seen.items() if times >= SEEN_AT_LEAST), np.uint32)
        times = np.array([seen[key] for key in self.keys.tolist()])
        self.rarity = (np.log((1 + len(rows)) / (1 + times)) + 1).astype(np.float16)

    def matrix(self, rows: list[Features]) -> sparse.csr_matrix:
        """Rows as the model sees them: amounts by rarity, each row of one length."""
        column = {key: place for place, key in enumerate(self.keys.tolist())}
        known = [[(column[key], amount) for key, amount in row.items() if key in column] for row in rows]
        columns = np.array([place for row in known for place, _ in row])
        values = np.array([amount for row in known for _, amount in row]) * self.rarity[columns].astype(np.float64)
        bounds = np.cumsum([0, *map(len, known)])
        matrix = sparse.csr_matrix((values, columns, bounds), shape=(len(rows), len(self.keys)))
        lengths = np.sqrt(np.asarray(matrix.power(2).sum(axis=1)).ravel())
        return sparse.diags(LENGTH / np.maximum(lengths, 1e-6)) @ matrix


def fit(matrix: sparse.csr_matrix, labels: NDArray[np.int64]) -> LogisticRegression:
    """The regression, deterministic."""
    return LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-4).fit(matrix, labels)


def save(table: Table, model: LogisticRegression, tempering: Array) -> None:
    """Write the weights, a byte each."""
    scale = np.abs(model.coef_).max() / 127
    whole = np.rint(model.coef_.T / scale).astype(np.int8)
    np.savez_compressed(
        WEIGHTS,
        features_version=np.array(FEATURES_VERSION),
        keys=table.keys,
        rarity=table.rarity,
        weights=whole,
        scale=np.array(scale),
        bias=model.intercept_,
        temper=tempering,
    )
    print(f"{len(whole):,} features; {WEIGHTS.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    """Learn, save, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    rows = read(folder / "newsmtsc_train.jsonl.gz")
    features = features_of(rows)
    labels = np.array([row["label"] + 1 for row in rows])
    number = {sentence: place for place, sentence in enumerate(dict.fromkeys(row["sentence"] for row in rows))}
    groups = np.array([number[row["sentence"]] for row in rows])

    held_out = np.zeros((len(rows), 3))
    for learn, test in GroupKFold(FOLDS).split(labels, groups=groups):
        table = Table([features[place] for place in learn])
        model = fit(table.matrix([features[place] for place in learn]), labels[learn])
        held_out[test] = model.decision_function(table.matrix([features[place] for place in test]))
    tempering = temper(held_out, labels)
    print(f"train, {FOLDS} folds: macro-F1 {100 * f1_score(labels, held_out.argmax(axis=1), average='macro'):.1f}")

    table = Table(features)
    save(table, fit(table.matrix(features), labels), tempering)
    shipped = LinearPortrayal()
    for split in ("mt", "rw"):
        dev = read(folder / f"newsmtsc_{split}_dev.jsonl.gz")
        gold = np.array([row["label"] + 1 for row in dev])
        p = shipped.rate(features_of(dev))
        tones = np.array([tone(row["sentence"]) for row in dev])
        vader = 1 + (tones >= VADER_BOUND).astype(int) - (tones <= -VADER_BOUND).astype(int)
        print(
            f"{split} dev: macro-F1 {100 * f1_score(gold, p.argmax(axis=1), average='macro'):.1f}"
            f" (by label {[round(100 * one, 1) for one in f1_score(gold, p.argmax(axis=1), average=None).tolist()]}),"
            f" calibration error {calibration_error(p, gold):.3f};"
            f" VADER {100 * f1_score(gold, vader, average='macro'):.1f}"
        )


if __name__ == "__main__":
    main()
