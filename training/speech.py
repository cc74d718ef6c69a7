"""Learn the weights of ``pipeline/quotes/learned/rerank.py`` from articles in which people marked every attribution.

Needs scipy, which Framelens itself does not, and the training articles of PolNeAR 1.0 (Newell et al., LREC 2018)
as JSON lines, gzipped: {text, quotes: [{start, end, kind, …}]}, offsets in characters.

    python -m training.speech polnear_train.jsonl.gz pipeline/resources/quotes/speech.csv.gz [--held-out]

Two log-linear models with an L2 penalty. The first tells a quotation that people marked as somebody's words from
others. The second is a softmax over who may have said one and nobody; right are those whose words overlap the words
marked for the speaker or share a telling one. ``--held-out`` prints how good they are on each fifth of the articles,
learned on the others, and writes nothing. Only weights are written, no text. Deterministic for one version of scipy
and of the parser.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from evaluation.quotes import Article, Stretch, annotate, labelled_in, pair, same_speaker
from pipeline.core.parse import BATCH_SIZE, load_model
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.component import fragments_by_rule
from pipeline.quotes.learned.rerank import FEW, SPEECH, Quoted, Weights, probability, total
from training.scores import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc

    from pipeline.core.quote_layout import Layout
    from pipeline.quotes.attribution import Attribution
    from pipeline.quotes.fragments import Fragment

FEWEST_EXAMPLES: Final = 4
PENALTY: Final = 4.0
STEPS: Final = 80
LEAST_WEIGHT: Final = 0.02
FOLDS: Final = 5
HALF: Final = 0.5
HEADER: Final = (
    "# Weights of two log-linear models: what is said and what a term, and who says it. Made by training/speech.py\n"
    "# from the training articles of PolNeAR 1.0 (Newell et al., LREC 2018); they hold no text. Columns: model,\n"
    "# feature, weight.\n"
)


@dataclass(slots=True)
class Question:
    """The features of each answer, and whether it is right; ``rule``: whether the rules had it right."""

    features: list[list[str]]
    right: list[bool]
    rule: bool
    heads: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Asked:
    """What the two models are asked in one article; ``long`` are those with enough words to be compared."""

    speech: list[Question] = field(default_factory=list)
    long: list[bool] = field(default_factory=list)
    speaker: list[Question] = field(default_factory=list)


def ask(doc: Doc, row: dict[str, Any]) -> Asked:
    """The questions of an article with the answers that people gave."""
    layout = layout_of(doc)
    fragments = fragments_by_rule(layout)
    quoted = Quoted(layout, fragments)
    article = Article(row["text"])
    marked = _marked(article, row, fragments)
    questions = Asked()
    for fragment, context in quoted.loose():
        long = any(article.stretch(*span, (None, None), None) is not None for span in fragment.quoted)
        is_speech = id(fragment) in marked if long else _covered(row, fragment)
        features = [_interned(quoted.features(context)), []]
        questions.speech.append(
            Question(features, [is_speech, not is_speech], (fragment.said is not None) == is_speech)
        )
        questions.long.append(long)
    spoken = quoted.spoken()
    for number, (fragment, context) in enumerate(spoken):
        labels = marked.get(id(fragment))
        if not labels:
            continue
        candidates = quoted.candidates(context)
        features = quoted.speaker_features(context, candidates, quoted.neighbours(spoken, number))
        nobody = labels[0].speaker_span is None
        right = [*(_right(layout, candidate.said, labels) for candidate in candidates), nobody]
        attribution = context.said
        has_head = attribution is not None and attribution.head is not None
        rule = _right(layout, attribution, labels) if has_head else nobody
        heads = [*(candidate.head.i for candidate in candidates), -1]
        questions.speaker.append(Question([_interned(part) for part in features], right, rule, heads))
    return questions


def _interned(features: list[str]) -> list[str]:
    return [sys.intern(feature) for feature in features]


def _marked(article: Article, row: dict[str, Any], fragments: Sequence[Fragment]) -> dict[int, list[Stretch]]:
    """The labels of each fragment that people marked as somebody's words, by its identity."""
    stretches = [
        stretch
        for fragment in fragments
        if not fragment.transcript
        for start, end in fragment.quoted
        if (stretch := article.stretch(start, end, (None, None), fragment)) is not None
    ]
    labels_of: dict[int, list[Stretch]] = {}
    for label, stretch in pair(labelled_in(article, row)[0], stretches):
        labels_of.setdefault(id(stretch.note), []).append(label)
    return labels_of


def _covered(row: dict[str, Any], fragment: Fragment) -> bool:
    """Whether a few words in marks stand within what people marked."""
    enough = (fragment.end - fragment.start) * HALF
    return any(min(q["end"], fragment.end) - max(q["start"], fragment.start) > enough for q in row["quotes"])


def _right(layout: Layout, attribution: Attribution, labels: Sequence[Stretch]) -> bool:
    if attribution.speaker is None:
        return False
    first, last = attribution.speaker
    final = layout.doc[last - 1]
    start, end = layout.starts[first], final.idx + len(final)
    speaker = Stretch(0, 0, layout.text[start:end], (start, end))
    return any(same_speaker(label, speaker) for label in labels)


def learn(questions: Sequence[Question]) -> dict[str, float]:
    """The weights that make least the surprise at the right answers taken together, and their squares."""
    answered = [question for question in questions if any(question.right)]
    counts = Counter(f for question in answered for f in {f for features in question.features for f in features})
    columns = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= FEWEST_EXAMPLES))}
    indices: list[int] = []
    ends, groups, right = [0], [], []
    for number, question in enumerate(answered):
        for features, answer in zip(question.features, question.right, strict=True):
            indices += sorted({columns[f] for f in features if f in columns})
            ends.append(len(indices))
            groups.append(number)
            right.append(answer)
    matrix = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(right), len(columns)))
    transposed = matrix.T.tocsr()
    group, good = np.array(groups), np.array(right)
    first = np.searchsorted(group, np.arange(len(answered)))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        power = np.exp(scores - np.maximum.reduceat(scores, first)[group])
        whole = np.add.reduceat(power, first)
        won = np.maximum(np.add.reduceat(power * good, first), 1e-300)
        pull = power / whole[group] - np.where(good, power / won[group], 0.0)
        surprise = float((np.log(whole) - np.log(won)).sum())
        return surprise + PENALTY / 2 * float((weights**2).sum()), transposed @ pull + PENALTY * weights

    result = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    learned = {feature: round(float(result.x[i]), 2) for feature, i in columns.items()}
    return {feature: weight for feature, weight in learned.items() if abs(weight) >= LEAST_WEIGHT}


def learn_both(articles: Sequence[Asked]) -> Weights:
    """The weights of both models."""
    speech = [question for article in articles for question in article.speech]
    speaker = [question for article in articles for question in article.speaker]
    return Weights(learn(speech), learn(speaker))


def judge(weights: Weights, articles: Sequence[Asked]) -> Counter[str]:
    """How often the rules and the models are right on articles not learned from."""
    count: Counter[str] = Counter()
    for article in articles:
        for question, long in zip(article.speech, article.long, strict=True):
            kind = f"quotations of {FEW} words or more" if long else "fewer words"
            is_speech = probability(total(weights.speech, question.features[0])) >= SPEECH
            count[kind] += 1
            count[f"{kind}, right by rule"] += question.rule
            count[f"{kind}, right by model"] += is_speech == question.right[0]
        for question in article.speaker:
            scores = np.array([total(weights.speaker, features) for features in question.features])
            power = np.exp(scores - scores.max())
            heads = np.array(question.heads)
            best = max(set(question.heads), key=lambda head: power[heads == head].sum())
            chosen = int(np.argmax(np.where(heads == best, power, -1.0)))
            count["speakers"] += 1
            count["speakers, right by rule"] += question.rule
            count["speakers, right by model"] += question.right[chosen]
    return count


def held_out(articles: Sequence[Asked]) -> Counter[str]:
    """What :func:`judge` counts when each fifth of the articles is judged by what the others taught."""
    count: Counter[str] = Counter()
    for fold in range(FOLDS):
        weights = learn_both([article for n, article in enumerate(articles) if n % FOLDS != fold])
        count += judge(weights, articles[fold::FOLDS])
    return count


def write(weights: Weights, path: Path) -> None:
    """Write the weights, the same bytes for the same weights."""
    text = io.StringIO()
    text.write(HEADER)
    writer = csv.writer(text, lineterminator="\n")
    for model, model_weights in (("speech", weights.speech), ("speaker", weights.speaker)):
        writer.writerows((model, feature, weight) for feature, weight in sorted(model_weights.items()))
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def main(source: str, target: str, *options: str) -> None:
    """Learn from ``source`` and write to ``target``."""
    rows = read(Path(source))
    docs: Iterable[Doc] = load_model().pipe((row["text"] for row in rows), batch_size=BATCH_SIZE)
    articles = [ask(doc, row) for doc, row in zip(annotate(docs), rows, strict=True)]
    if "--held-out" in options:
        for what, number in sorted(held_out(articles).items()):
            print(f"{what}: {number}")
        return
    write(learn_both(articles), Path(target))


if __name__ == "__main__":
    main(*sys.argv[1:])
