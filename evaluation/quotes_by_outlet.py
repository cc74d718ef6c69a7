"""Quotes by outlet on training articles of PolNeAR 1.0: ``python -m evaluation.quotes_by_outlet [ARTICLES] [SEED]``.

ARTICLES of each outlet are drawn by SEED. The rules were not made from these articles; the learned weights were, so the
figures flatter them: they compare outlets with each other and one version of the rules with another, and nothing else.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table

from evaluation import quotes
from evaluation.sets import folder
from pipeline.core.parse import BATCH_SIZE, load_model

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE: Final = "quotes/polnear_train.jsonl.gz"
FIGURES: Final = ("direct", "direct_with_speaker", "all")


def drawn(rows: Sequence[dict[str, Any]], each: int, seed: int) -> list[dict[str, Any]]:
    """``each`` articles of every outlet, all of one that has fewer, the same for the same ``seed``."""
    of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        of[row["outlet"]].append(row)
    return [
        row
        for outlet in sorted(of)
        for row in random.Random(seed).sample(of[outlet], min(each, len(of[outlet])))  # noqa: S311  no secret
    ]


def main(each: str = "20", seed: str = "3") -> None:
    """Print the figures of each outlet and of all."""
    with gzip.open(folder() / FILE, "rt", encoding="utf-8") as lines:
        rows = drawn([json.loads(line) for line in lines], int(each), int(seed))
    docs = load_model().pipe((row["text"] for row in rows), batch_size=BATCH_SIZE)
    quotes_found = [doc._.quotes for doc in quotes.annotate(docs)]
    table = Table("outlet", "articles", *FIGURES, title="F1 in %, on articles that the weights were learned from")
    for outlet in [*sorted({row["outlet"] for row in rows}), ""]:
        numbers = [n for n, row in enumerate(rows) if outlet in {"", row["outlet"]}]
        scores = quotes.score([rows[n] for n in numbers], [quotes_found[n] for n in numbers])
        table.add_row(outlet or "every outlet", str(len(numbers)), *(f"{scores[figure]:.1f}" for figure in FIGURES))
    Console().print(table)


if __name__ == "__main__":
    main(*sys.argv[1:])
