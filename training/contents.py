"""Learn the models of ``pipeline/quotes/indirect/contents.py`` from articles in which people marked every attribution.

Needs scikit-learn beside Framelens, and the training articles of PolNeAR 1.0 (Newell et al., LREC 2018) as JSON lines,
gzipped: {text, quotes: [{start, end, kind, cue_start, cue_end, …}]}, offsets in characters.

    OMP_NUM_THREADS=1 python -m training.contents polnear_train.jsonl.gz pipeline/resources/quotes

Two steps: a log-linear model (softmax) over the candidates on one side of a cue and "none"; boosted trees over its
likeliest candidates. The trees learn from candidates as scored by log-linear models that did not see their article. A
candidate is right when it overlaps a marked content by four fifths of the words in either. Only weights of words and of
places in a parse are written, no text. Deterministic on one thread, for one version of scipy, of scikit-learn and of
the parser.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.core.boosted_trees import Trees
from pipeline.core.parse import BATCH_SIZE, load_model
from pipeline.core.quote_layout import Layout
from pipeline.core.token_table import Grammar
from pipeline.quotes.indirect.ranking import Weighed, numbers, proposals
from training.content_rows import lesson
from training.log_linear import Questions
from training.scores import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from training.content_rows import Asked

    Numbers = NDArray[np.float64]

FOLDS: Final = 3
TREES: Final = 150
LEAVES: Final = 24
DEPTH: Final = 6
RATE: Final = 0.08
LEAST_WEIGHT: Final = 0.02
HEADER: Final = (
    "# Weights of a log-linear model that tells the contents of indirect quotes. Made by training/contents.py from\n"
    "# the training articles of PolNeAR 1.0 (Newell et al., LREC 2018); they hold no text. Columns: feature, weight.\n"
)


def write_weights(names: Sequence[Sequence[str]], weights: Sequence[Numbers], path: Path) -> None:
    """Write the weights, the same bytes for the same weights; small ones are left out."""
    rows = [("bias", f"{weights[-1][0]:.2f}")]
    for of_part, values in zip(names, weights, strict=False):
        rows += [
            (name, f"{value:.2f}") for name, value in zip(of_part, values, strict=True) if abs(value) >= LEAST_WEIGHT
        ]
    text = io.StringIO()
    text.write(HEADER)
    csv.writer(text, lineterminator="\n").writerows(sorted(rows))
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def held_out(questions: Questions) -> tuple[list[Numbers], Numbers]:
    """The weights of all rows, and the bias of each article, by models that did not see the article."""
    article_of = []
    for part, matrix in zip(questions.parts, questions.matrices, strict=True):
        articles = np.zeros(matrix.shape[0], dtype=np.int64)
        articles[part] = questions.article[questions.group]
        article_of.append(articles)
    scores = [np.zeros(matrix.shape[0]) for matrix in questions.matrices]
    bias = np.zeros(questions.article.max() + 1)
    for fold in range(FOLDS):
        weights = questions.fit(questions.article % FOLDS != fold)
        bias[np.arange(len(bias)) % FOLDS == fold] = weights[-1][0]
        for kept_scores, new, articles in zip(scores, questions.row_scores(weights), article_of, strict=True):
            kept_scores[articles % FOLDS == fold] = new[articles % FOLDS == fold]
    return scores, bias


def weighed(side_asked: Asked, scores: Sequence[Numbers], bias: float) -> Weighed:
    """A side as it looks to the trees."""
    cue, start, end, pair = side_asked.rows
    side = side_asked.side
    side_scores = (
        scores[1][start : start + len(side.starts)].tolist(),
        scores[2][end : end + len(side.ends)].tolist(),
        scores[3][pair : pair + len(side_asked.pairs)].tolist(),
    )
    return Weighed.of(side_asked.cue, side, side_asked.pairs, float(scores[0][cue]), bias, side_scores)


def ranked(
    docs: Sequence[Doc], sides_asked: Sequence[Asked], questions: Questions
) -> tuple[Numbers, NDArray[np.bool_]]:
    """The rows that the trees learn from, and which are right."""
    scores, bias = held_out(questions)
    bounds = np.searchsorted(questions.article, np.arange(len(docs) + 1))
    rows: list[Numbers] = []
    answers: list[bool] = []
    for doc, (low, high), own_bias in zip(docs, pairwise(bounds.tolist()), bias.tolist(), strict=True):
        seen = sides_asked[low:high]
        sides_weighed = [weighed(side_asked, scores, own_bias) for side_asked in seen]
        right = {id(side): side_asked.right for side, side_asked in zip(sides_weighed, seen, strict=True)}
        proposed = proposals(sides_weighed)
        if proposed:
            rows.append(numbers(Grammar.of(doc), Layout.of(doc), sides_weighed, proposed))
            answers += [right[id(proposal.weighed)][proposal.pair] for proposal in proposed]
    return np.concatenate(rows), np.array(answers)


def grow(rows: Numbers, right: NDArray[np.bool_]) -> Trees:
    """Boosted trees that give the probability of being right."""
    learner = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        max_depth=DEPTH,
        min_samples_leaf=40,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    )
    return nodes_of(learner.fit(rows, right))


def nodes_of(learner: HistGradientBoostingClassifier) -> Trees:
    """The trees of a learner that has learned."""
    grown = [stage[0].nodes for stage in learner._predictors]  # noqa: SLF001  no public way to the nodes
    base = float(learner._baseline_prediction[0, 0])  # noqa: SLF001
    roots = np.cumsum([0, *(len(nodes) for nodes in grown)])[:-1]
    nodes = np.concatenate(grown)
    first = np.repeat(roots, [len(tree) for tree in grown])
    itself = np.arange(len(nodes))
    leaf = nodes["is_leaf"].astype(bool)
    return Trees(
        feature=np.where(leaf, 0, nodes["feature_idx"]).astype(np.int32),
        bound=np.where(leaf, 0.0, nodes["num_threshold"]),
        left=np.where(leaf, itself, first + nodes["left"]).astype(np.int32),
        right=np.where(leaf, itself, first + nodes["right"]).astype(np.int32),
        value=np.where(leaf, nodes["value"], 0.0),
        roots=roots.astype(np.int32),
        base=base,
        depth=int(nodes["depth"].max()),
    )


def parsed(rows: Sequence[dict[str, Any]]) -> list[Doc]:
    """The articles, parsed, their blocks told apart."""
    nlp = load_model()
    blocks = nlp.create_pipe("furniture")
    return [blocks(doc) for doc in nlp.pipe((row["text"] for row in rows), batch_size=BATCH_SIZE)]


def learn(docs: Sequence[Doc], rows: Sequence[dict[str, Any]], folder: Path) -> None:
    """Learn from parsed and labelled articles, and write to ``folder``."""
    taught = lesson(docs, rows)
    questions = Questions.of(taught)
    write_weights(questions.names, questions.fit(), folder / "contents.csv.gz")
    grow(*ranked(docs, taught.sides, questions)).write(folder / "content_trees.npz")


def main(source: str, target: str) -> None:
    """Learn from ``source`` and write to the folder ``target``."""
    rows = read(Path(source))
    learn(parsed(rows), rows, Path(target))


if __name__ == "__main__":
    main(*sys.argv[1:])
