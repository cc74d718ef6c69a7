"""What a language model read in passages of news, and how far people agree with it.

``readings.csv.gz`` has a row for each target that was read: the passage and the target by offsets into a text of one of
:data:`SETS`, and the reading, from -2 (plainly negative) to 2 (plainly positive), 1 being a lean. The texts themselves
are not in the repository.

The reader saw the passage with its target marked and 120 examples from ``train`` of NewsMTSC, and no label of what it
read. Targets of ``train`` were read too: :func:`worth` counts how often people gave each label there, and what nobody
labelled is learned from as if people had labelled it in these shares.

    python -m training.readings newsmtsc_train.jsonl.gz

prints these shares, and the macro-F1 of the signs of the readings against the labels.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.metrics import f1_score

from training.scores import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Row = dict[str, Any]
    Shares = NDArray[np.float64]

READINGS: Final = Path(__file__).with_name("readings.csv.gz")
LABELLED: Final = "newsmtsc"
SETS: Final = (LABELLED, "polnear", "immigration")
STEPS: Final = (-2, -1, 0, 1, 2)
# Readings of this set are kept from learning for one article in so many: how good the network is on articles.
HELD_SET: Final = "immigration"
HELD_FROM: Final = 6


def held(article: str) -> bool:
    """Whether readings of this article of :data:`HELD_SET` are kept from learning."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % HELD_FROM == 0


def offsets_of(row: Row) -> Row:
    """A row of text with its offsets and its reading as whole numbers."""
    return row | {key: int(row[key]) for key in ("start", "end", "target_start", "target_end", "reading")}


def readings(path: Path = READINGS) -> list[Row]:
    """All readings: ``{set, article, start, end, target_start, target_end, reading}``, offsets into the text.

    ``article`` of NewsMTSC is the number of the sentence in ``train``, from 0, each counted once.
    """
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [offsets_of(row) for row in csv.DictReader(lines)]


def passages(rows: Iterable[Row], texts: Mapping[str, Mapping[str, str]]) -> list[Row]:
    """Each reading whose text is there as ``{sentence, target_start, target_end, target_text, ...}``.

    Offsets are into the passage. ``texts`` gives, for each set, the text of an article.
    """
    result = []
    for row in rows:
        text = texts.get(row["set"], {}).get(row["article"])
        if text is not None:
            sentence = text[row["start"] : row["end"]]
            first, last = row["target_start"] - row["start"], row["target_end"] - row["start"]
            target = {
                "sentence": sentence,
                "target_start": first,
                "target_end": last,
                "target_text": sentence[first:last],
            }
            result.append(row | target)
    return result


def numbered(labelled: Iterable[Row]) -> dict[str, str]:
    """Sentences of NewsMTSC by their number, as ``article`` has it."""
    return {str(number): sentence for number, sentence in enumerate(dict.fromkeys(row["sentence"] for row in labelled))}


def both_read(rows: Iterable[Row], labelled: Iterable[Row]) -> dict[tuple[str, int], int]:
    """The reading of each target of ``labelled`` that was read, by its sentence and where it starts."""
    sentences = numbered(labelled)
    return {(sentences[row["article"]], row["target_start"]): row["reading"] for row in rows if row["set"] == LABELLED}


def worth(read: Mapping[tuple[str, int], int], labelled: Iterable[Row]) -> dict[int, Shares]:
    """How often people gave each label, negative, neutral, positive, to what was read as each step, and one more."""
    counted: defaultdict[int, Shares] = defaultdict(lambda: np.ones(3))
    for row in labelled:
        step = read.get((row["sentence"], row["target_start"]))
        if step is not None:
            counted[step][row["label"] + 1] += 1
    return {step: counted[step] / counted[step].sum() for step in STEPS}


def main() -> None:
    """Print what the readings are worth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path)
    labelled = read(parser.parse_args().labelled)
    both = both_read(readings(), labelled)
    for step, shares in worth(both, labelled).items():
        print(f"read {step:+d}: negative, neutral, positive in {shares.round(3).tolist()}")
    signs = [
        (row["label"], int(np.sign(both[key])))
        for row in labelled
        if (key := (row["sentence"], row["target_start"])) in both
    ]
    people, read_as = zip(*signs, strict=True)
    print(f"{len(signs)} targets, macro-F1 {100 * f1_score(people, read_as, average='macro'):.1f}")


if __name__ == "__main__":
    main()
