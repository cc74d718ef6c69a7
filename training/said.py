"""Learn the model of ``pipeline/quotes/learned/said.py`` from statements without marks that were read one by one.

Needs scikit-learn beside Framelens, and the articles that ``said_readings.csv`` names by id, as JSON lines, gzipped,
{id, text} a line. ``said.md`` tells how good it is.

    python -m training.said GENERAL.jsonl.gz IMMIGRATION.jsonl.gz pipeline/resources/quotes/said.csv.gz

A reading is an article, the first character of a statement, and whether anybody says, thinks or wants it (1) or it is
done, known, felt, shown, or only a topic (0). A statement that the rules no longer find is left out. ``--held-out``
prints what eighths of the outlets, each judged by what the others taught, lose and keep at several thresholds, and
writes nothing.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from evaluation.quotes import annotate
from pipeline.core.parse import BATCH_SIZE, load_model
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.component import fragments_by_rule
from pipeline.quotes.learned.said import least_of
from pipeline.quotes.learned.said_features import said_features
from training.scores import read

if TYPE_CHECKING:
    from collections.abc import Sequence

READINGS: Final = Path(__file__).parent / "said_readings.csv"
STRENGTH: Final = 1.0
LEAST_WEIGHT: Final = 0.02
OUTLETS_LEFT_OUT: Final = 8
THRESHOLDS: Final = (0.3, 0.36, 0.42, 0.5)
# A statement may have lost or gained some words at its beginning since it was read.
NEAR: Final = 40
HEADER: Final = (
    "# Weights of a log-linear model that tells what somebody says from what is done, known or shown. Made by\n"
    "# training/said.py from readings of news articles; they hold no text. Columns: feature, weight.\n"
)


def readings() -> dict[str, dict[int, int]]:
    """By article, the first character of each statement that was read, and whether anybody says it."""
    read_in: dict[str, dict[int, int]] = {}
    with READINGS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if line[0] != "#"):
            read_in.setdefault(row["article"], {})[int(row["start"])] = int(row["said"])
    return read_in


def lesson(rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, float]], list[int], list[str]]:
    """Features, answers and outlets of the statements that were read in ``rows``."""
    read_in = readings()
    wanted = [row for row in rows if row["id"] in read_in]
    features, answers, outlets = [], [], []
    docs = load_model().pipe((row["text"] for row in wanted), batch_size=BATCH_SIZE)
    for doc, row in zip(annotate(docs), wanted, strict=True):
        layout = layout_of(doc)
        found = [f for f in fragments_by_rule(layout) if f.content is not None and f.said is not None and not f.quoted]
        for start, said in read_in[row["id"]].items():
            fragment = min(found, key=lambda f: abs(f.start - start), default=None)
            if fragment is None or abs(fragment.start - start) > NEAR or not fragment.said or not fragment.content:
                continue
            sure = fragment.content.probability
            features.append(said_features(layout, fragment.said, fragment.start, fragment.end, sure))
            answers.append(said)
            outlets.append(str(row.get("source")))
    return features, answers, outlets


def fitted(features: Sequence[dict[str, float]], answers: Sequence[int]) -> tuple[DictVectorizer, LogisticRegression]:
    """A model that has learned."""
    names = DictVectorizer()
    rows = names.fit_transform(features)
    return names, LogisticRegression(C=STRENGTH, max_iter=2000).fit(rows, answers)


def held_out(features: Sequence[dict[str, float]], answers: Sequence[int], outlets: Sequence[str]) -> None:
    """Print how well outlets are judged by what the others taught."""
    right = np.array(answers)
    likely = np.zeros(len(right))
    for taught, judged in GroupKFold(OUTLETS_LEFT_OUT).split(features, right, outlets):
        names, model = fitted([features[i] for i in taught], right[taught].tolist())
        likely[judged] = model.predict_proba(names.transform([features[i] for i in judged]))[:, 1]
    area = roc_auc_score(right, likely)
    print(f"{len(right)} statements, {(right == 0).sum()} of nobody's; area under the curve {area:.3f}")
    least = np.array([least_of(known) for known in features])
    for name, lost in [*((f"below {t}", likely < t) for t in THRESHOLDS), ("not shown", likely < least)]:
        nobodys, somebodys = (lost & (right == 0)).sum(), (lost & (right == 1)).sum()
        print(f"{name}: {nobodys} of nobody's and {somebodys} of somebody's")


def write(names: DictVectorizer, model: LogisticRegression, path: Path) -> None:
    """Write the weights, the same bytes for the same weights; small ones are left out."""
    weights = zip(names.get_feature_names_out(), model.coef_[0], strict=True)
    rows = [("bias", f"{model.intercept_[0]:.2f}")]
    rows += [(name, f"{weight:.2f}") for name, weight in weights if abs(weight) >= LEAST_WEIGHT]
    text = io.StringIO()
    text.write(HEADER)
    csv.writer(text, lineterminator="\n").writerows(sorted(rows))
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def main(*arguments: str) -> None:
    """Learn from all files but the last and write there; or judge what is held out.

    Raises:
        SystemExit: the file to write to is one of articles.
    """
    *sources, target = (argument for argument in arguments if argument != "--held-out")
    if "--held-out" not in arguments and not target.endswith(".csv.gz"):
        # Else a file that is left out would cost the articles of the one before it.
        sys.exit(f"The last file, {target}, is written to: name a .csv.gz after the files of articles.")
    if "--held-out" in arguments:
        held_out(*lesson([row for source in (*sources, target) for row in read(Path(source))]))
        return
    features, answers, _ = lesson([row for source in sources for row in read(Path(source))])
    write(*fitted(features, answers), Path(target))


if __name__ == "__main__":
    main(*sys.argv[1:])
