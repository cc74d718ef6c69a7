"""Quotes on an outlet that nothing was learned from: learn the models from all other outlets, and judge on this one.

Needs what ``training/contents.py`` and ``training/speech.py`` need, ten minutes an outlet on one core, and the labelled
sets beside the project (``FRAMELENS_EVAL``). Every article of the outlet is judged by the figures of
``evaluation/quotes.py``, first with the weights in use, which know it, then with those that do not. The rules know no
outlet more than another. Writes nothing.

    OMP_NUM_THREADS=1 python -m training.left_out polnear_train.jsonl.gz OUTLET [OUTLET …]
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from evaluation import quotes
from pipeline.core.parse import BATCH_SIZE, load_model
from pipeline.quotes.indirect import contents
from pipeline.quotes.learned import rerank
from training import contents as content_lesson
from training import speech as speech_lesson
from training.scores import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

FIGURES: Final = ("direct", "direct_with_speaker", "all")


def parsed(rows: Sequence[dict[str, Any]]) -> Iterator[Doc]:
    """The articles, parsed and no more."""
    yield from load_model().pipe((row["text"] for row in rows), batch_size=BATCH_SIZE)


def figures(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The figures of the quotes that the models in use find in ``rows``, in percent."""
    found = [doc._.quotes for doc in quotes.annotate(parsed(rows))]
    scores = quotes.score(rows, found)
    return {name: scores[name] for name in FIGURES}


def learned_without(
    others: Sequence[dict[str, Any]], judged: Sequence[dict[str, Any]], folder: Path
) -> dict[str, float]:
    """The figures on ``judged`` of models that ``others`` alone taught; ``folder`` takes their weights."""
    target = folder / "quotes"
    target.mkdir()
    content_lesson.learn(content_lesson.parsed(others), others, target)
    with patch.object(contents, "RESOURCES", folder), patch.object(rerank, "_WEIGHTS", target / "speech.csv.gz"):
        contents.model.cache_clear()
        try:
            docs = quotes.annotate(parsed(others))
            asked = [speech_lesson.ask(doc, row) for doc, row in zip(docs, others, strict=True)]
            speech_lesson.write(speech_lesson.learn_both(asked), target / "speech.csv.gz")
            rerank.weights.cache_clear()
            return figures(judged)
        finally:
            contents.model.cache_clear()
            rerank.weights.cache_clear()


def main(source: str, *outlets: str) -> None:
    """Print the figures of each outlet, with and without it among what was learned from."""
    rows = read(Path(source))
    for outlet in outlets:
        judged = [row for row in rows if row["outlet"] == outlet]
        others = [row for row in rows if row["outlet"] != outlet]
        known = figures(judged)
        with TemporaryDirectory() as folder:
            unknown = learned_without(others, judged, Path(folder))
        told = "  ".join(f"{name} {known[name]:.1f} → {unknown[name]:.1f}" for name in FIGURES)
        print(f"{outlet}, {len(judged)} articles, learned from it → not: {told}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
