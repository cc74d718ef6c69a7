"""How often speakers found in each way are right, for ``pipeline/resources/quotes/speaker_confidence.csv``.

    python -m training.speaker_confidence polnear_train.jsonl.gz pipeline/resources/quotes/speaker_confidence.csv

Counts, over the direct quotes of the training articles of PolNeAR 1.0 (Newell et al., LREC 2018), how many have from
the rules alone the speaker that people gave them, and how many pronouns that people marked are rightly named. A few
cases say little: each share of a way is drawn toward that of its kind by ``PRIOR`` cases.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from evaluation.quotes import annotate, compared
from pipeline.core.parse import BATCH_SIZE, load_model
from pipeline.quotes.component import find_quotes
from pipeline.quotes.confidence import ALONE, LEAST_SURE
from pipeline.quotes.learned.rerank import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

PRIOR: Final = 5
# The pronouns' names come from another parser, which is wrong in about half of the cases where the two differ.
HALF: Final = 0.5
# Found by a cue beside the quotation, not by what is around.
NEAR: Final = ("subject of the cue", "dash line", "according to")
HEADER: Final = (
    "# Share of direct quotes with the right speaker, by how the speaker was found; other: for other ways. Of\n"
    "# pronouns the share that are rightly named: where least sure, most sure, and where nobody else may be meant.\n"
    "# Counted on the training articles of PolNeAR 1.0 by training/speaker_confidence.py; no text of theirs is in it.\n"
)


def shares(rows: Iterable[dict[str, Any]], docs: Iterable[Doc]) -> dict[str, tuple[float, int]]:
    """The share of right speakers and the number of quotes for each way, for ``other`` ways, and for pronouns."""
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    pronouns: list[tuple[float, float]] = []
    for row, doc in zip(rows, docs, strict=True):
        sure = {mention.start: mention.confidence for mention in doc._.mentions}
        for _, quote, same, name in compared(row, find_quotes(doc, by_rule=True)):
            if quote.resolution == "pronoun":
                if name is not None:
                    pronouns.append((sure.get(quote.speaker_start, 1.0), 1.0 if name else HALF))
            elif quote.resolution != NOBODY:
                right[quote.resolution] += same
                count[quote.resolution] += 1
    overall = sum(right.values()) / max(1, count.total())
    far = [way for way in count if not way.startswith(NEAR)]
    weak = sum(right[way] for way in far) / max(1, sum(count[way] for way in far))

    def drawn(way: str) -> float:
        return (right[way] + PRIOR * (weak if way in far else overall)) / (count[way] + PRIOR)

    by_way = {way: (drawn(way), count[way]) for way in sorted(count)} | {"other": (weak, sum(count[w] for w in far))}
    return by_way | of_pronouns(pronouns)


def of_pronouns(cases: list[tuple[float, float]]) -> dict[str, tuple[float, int]]:
    """The shares of pronouns rightly named, of ``cases`` (how sure, how right): a line, by least squares, and alone."""
    doubted = [case for case in cases if case[0] < ALONE]
    alone = [right for sure, right in cases if sure >= ALONE]
    slope, start = np.polyfit(*np.array(doubted).T, 1) if len(doubted) > 1 else (0.0, 1.0)
    return {
        "pronoun, least sure": (float(start + slope * LEAST_SURE), len(doubted)),
        "pronoun, most sure": (min(1.0, float(start + slope * ALONE)), len(doubted)),
        "pronoun, alone": (sum(alone) / max(1, len(alone)), len(alone)),
    }


def write(table: dict[str, tuple[float, int]], path: Path) -> None:
    """Write ``table``, the same bytes for the same shares."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("way", "share", "quotes"))
        writer.writerows((way, f"{share:.3f}", cases) for way, (share, cases) in table.items())


def main(source: str, target: str) -> None:
    """Count on ``source`` and write to ``target``."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    docs = load_model().pipe((row["text"] for row in rows), batch_size=BATCH_SIZE)
    write(shares(rows, annotate(docs)), Path(target))


if __name__ == "__main__":
    main(*sys.argv[1:])
