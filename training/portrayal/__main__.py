"""Tune a network that reads a passage once and rates each target of it; score it on two dev sets, and write its files.

    python -m training.portrayal FOLDER TEACHER KEEP POLNEAR IMMIGRATION

``FOLDER`` holds ``newsmtsc_{train,mt_dev,rw_dev}.jsonl.gz`` of ``{sentence, target_start, target_end, label}``;
``TEACHER`` is ``portrayal.onnx``, the network that rated one target at a time: ``training/README.md`` says where it is;
in ``KEEP`` its answers and the weights of each round are kept, and those found there are not made again; the last two
are files of articles, ``{id, text}`` a line, that ``readings.csv.gz`` was read from. Writes both files in
``pipeline/resources/portrayals`` and prints the table of ``training/portrayal_network.md``. Half an hour of one core
for each round.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from scipy.special import softmax
from sklearn.metrics import f1_score

from pipeline.portrayals.network import FOLDER, PASSAGE, TARGET, NetworkPortrayal
from training.portrayal import learning, teacher
from training.portrayal.contrasts import contrasts
from training.portrayal.encoder import taught_by
from training.portrayal.files import write_passage, write_target
from training.portrayal.passages import passages_of, together
from training.portrayal.tempering import tempering
from training.readings import HELD_SET, SETS, both_read, held, passages, readings, worth
from training.scores import calibration_error, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from training.portrayal.encoder import Network
    from training.portrayal.tempering import Tempering

    Row = dict[str, Any]

# All is learned from twice: the seed of each round, and the share of the step sizes that it learns with.
ROUNDS: Final = ((2, 1.0), (4, 0.5))
# Labels are read so many times in a round; what was only read by the language model, and there is more of it, once.
TIMES: Final = 2
# Each invented sentence is filled so many times anew.
INVENTED: Final = 12
# Every so many labelled sentences one is kept from learning, to calibrate with.
KEPT_FROM: Final = 12
# Where a target was labelled and read, the label counts so much.
LABEL: Final = 0.6
# This share of what is learned is what the teacher says.
TAUGHT: Final = 0.7
# Passages in which it is seen how high states go, for rounding.
SEEN: Final = 300


def rows_of(given: argparse.Namespace) -> tuple[list[Row], list[Row], list[Row]]:
    """Labelled rows and rows that were only read, each with its ``shares`` of labels; and labelled ones kept."""
    labelled = read(given.folder / "newsmtsc_train.jsonl.gz")
    number = {sentence: place for place, sentence in enumerate(dict.fromkeys(row["sentence"] for row in labelled))}
    every = readings()
    texts = {name: {row["id"]: row["text"] for row in read(getattr(given, name))} for name in SETS[1:]}
    too = both_read(every, labelled)
    learnt = [row for row in labelled if number[row["sentence"]] % KEPT_FROM]
    valued = worth(too, learnt)
    for row in learnt:
        shares, step = np.eye(3)[row["label"] + 1], too.get((row["sentence"], row["target_start"]))
        row["shares"] = shares if step is None else LABEL * shares + (1 - LABEL) * valued[step]
    only_read = [row for row in passages(every, texts) if row["set"] != HELD_SET or not held(row["article"])]
    for row in only_read:
        row["shares"] = valued[row["reading"]]
    return learnt, only_read, [row for row in labelled if number[row["sentence"]] % KEPT_FROM == 0]


def examples_of(given: argparse.Namespace, learnt: list[Row], only_read: list[Row]) -> learning.Examples:
    """What is learned, with what the teacher says and the invented sentences."""
    rows = [*learnt, *only_read]
    path = given.keep / "taught.npy"
    if not path.exists():
        np.save(path, teacher.probabilities(given.teacher, passages_of(rows, together(rows)), len(rows)))
    own = np.array([row["shares"] for row in rows])
    goals = (1 - TAUGHT) * own + TAUGHT * np.load(path)
    invented = list(contrasts(INVENTED))
    as_said = np.array([row["shares"] for row in invented])
    labelled, plain = together(learnt), together(only_read)
    groups = [
        *labelled * TIMES,
        *([len(learnt) + number for number in group] for group in plain),
        *([len(rows) + number for number in group] for group in together(invented)),
    ]
    people = np.repeat([True, False, True], [len(learnt), len(only_read), len(invented)])
    return learning.Examples(
        [*rows, *invented], groups, np.concatenate([goals, as_said]), np.concatenate([own, as_said]), people
    )


def labels_of(rows: Iterable[Row]) -> NDArray[np.int64]:
    """0 for negative, 1 for neutral, 2 for positive."""
    return np.array([row["label"] + 1 for row in rows])


def write(network: Network, tempered: Tempering, seen: list[Row]) -> None:
    """Write both files, calibrated; rounded for the states that passages of ``seen`` have."""
    groups = together(seen)
    chosen = [groups[number] for number in np.random.default_rng(0).permutation(len(groups))[:SEEN]]
    states = learning.seen_in(passages_of(seen, chosen), network)
    weights = network.state_dict()
    write_passage(weights, states, FOLDER / PASSAGE)
    write_target(weights, states, tempered, FOLDER / TARGET)
    print(f"{sum((FOLDER / name).stat().st_size for name in (PASSAGE, TARGET)) / 1e6:.1f} MB")


def main() -> None:
    """Tune, calibrate, write, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("folder", "teacher", "keep", *SETS[1:]):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    learnt, only_read, kept = rows_of(given)
    network = taught_by(teacher.weights(given.teacher))
    for seed, pace in ROUNDS:
        path = given.keep / f"round_{seed}.pt"
        if not path.exists():
            torch.save(learning.tune(network, examples_of(given, learnt, only_read), seed, pace), path)
        network.load_state_dict(torch.load(path))
    tempered = tempering(learning.logits_of(network, passages_of(kept, together(kept)), len(kept)), labels_of(kept))
    write(network, tempered, only_read)

    shipped = NetworkPortrayal()
    every_p, every_label, moved = [], [], []
    for split in ("mt", "rw"):
        dev = read(given.folder / f"newsmtsc_{split}_dev.jsonl.gz")
        labels, pieces = labels_of(dev), passages_of(dev, together(dev))
        p = np.empty((len(dev), 3))
        for passage in pieces:
            reading = shipped.read(passage.pieces)
            for number, spots in passage.targets:
                p[number] = shipped.rate(reading, spots)
        every_p.append(p)
        every_label.append(labels)
        whole = softmax(tempered.of(learning.logits_of(network, pieces, len(dev))), axis=1)
        moved.append(np.abs(p - whole))
        before = f1_score(labels, whole.argmax(axis=1), average="macro")
        by_label = [round(100 * one, 1) for one in f1_score(labels, p.argmax(axis=1), average=None).tolist()]
        print(
            f"{split} dev: macro-F1 {100 * f1_score(labels, p.argmax(axis=1), average='macro'):.1f}"
            f" (by label {by_label}, {100 * before:.1f} before rounding),"
            f" calibration error {calibration_error(p, labels):.3f}"
        )
    both = calibration_error(np.concatenate(every_p), np.concatenate(every_label))
    print(f"both: calibration error {both:.3f}; rounding moved a probability by {np.concatenate(moved).mean():.4f}")


if __name__ == "__main__":
    main()
