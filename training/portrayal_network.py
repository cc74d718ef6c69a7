"""Tune MiniLM-L6 to tell sentiment toward a target, score it on two dev sets, and write it as whole numbers.

    python -m training.portrayal_network FOLDER MINILM KEEP POLNEAR IMMIGRATION

``FOLDER`` holds ``newsmtsc_{train,mt_dev,rw_dev}.jsonl.gz`` with rows ``{sentence, target_start, target_end, label}``;
``MINILM`` is the folder of ``all-MiniLM-L6-v2`` with ``model.safetensors`` and ``vocab.txt``; in ``KEEP`` the weights
of each round are kept, and those found there are not made again; the last two are files of articles, ``{id, text}`` a
line, that ``readings.csv.gz`` was read from. Writes ``pipeline/resources/portrayals/portrayal.onnx`` and
prints the table of ``training/portrayal_network.md``; ``training/README.md`` says what it needs. Three quarters of an
hour of one core for each round.
"""

from __future__ import annotations

import argparse
import copy
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from scipy.special import softmax
from sklearn.metrics import f1_score
from torch.nn.functional import log_softmax

from pipeline.core.word_pieces import VOCABULARY
from pipeline.portrayals.network import NETWORK, MarkedSentence, NetworkPortrayal
from training.encoder import LAYERS, ByPiece, Network, RoundedRows, pretrained
from training.other_names import OtherNames
from training.readings import HELD_SET, SETS, both_read, held, passages, readings, worth
from training.scores import calibration_error, read, temper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from pipeline.portrayals.network import Pieces

BATCH: Final = 32
# Labels are read so many times; what was only read by the language model, and there is five times as much, once.
TIMES: Final = 2
# All is learned from twice: the seed of each round, and the share of the step sizes below that it learns with.
ROUNDS: Final = ((2, 1.0), (4, 0.5))
# Each time this share of the targets is read under another name.
RENAMED: Final = 0.5
# Step sizes: the upper layers learn fastest, each below by DECAY less; the mark and the last layer start from nothing.
TOP: Final = 8e-5
DECAY: Final = 0.9
MARK: Final = 5e-4
LAST: Final = 1e-3
WARM: Final = 0.08
# The weights kept are a running mean of those passed through.
SMOOTH: Final = 0.99
# Every so many sentences one is kept from learning, to calibrate with.
KEPT_FROM: Final = 12
# Where a target was labelled and read, so much of what is learned is the label.
LABEL: Final = 0.6
# Passages that were only read lean less often; what that moves is learned apart, at this step size, and left out after.
LEAN: Final = 1e-2


def pieces_of(rows: list[dict[str, Any]]) -> list[Pieces]:
    """Each row's sentence in pieces, its target marked."""
    return [MarkedSentence(row["sentence"]).pieces(row["target_start"], row["target_end"]) for row in rows]


def labels_of(rows: list[dict[str, Any]]) -> NDArray[np.int64]:
    """0 for negative, 1 for neutral, 2 for positive."""
    return np.array([row["label"] + 1 for row in rows])


@dataclass(frozen=True, slots=True)
class Examples:
    """What is learned: rows, labelled ones first; of each the shares of negative, neutral and positive."""

    rows: list[dict[str, Any]]
    shares: NDArray[np.float64]
    labelled: int


def examples_of(
    labelled: list[dict[str, Any]], only_read: list[dict[str, Any]], read_too: dict[tuple[str, int], int]
) -> Examples:
    """Of targets that people labelled, some of which were ``read_too``, and of those that were only read.

    Each labelled one is there :data:`TIMES` times.
    """
    valued = worth(read_too, labelled)
    labelled = labelled * TIMES
    own = np.eye(3)[labels_of(labelled)]
    for place, row in enumerate(labelled):
        step = read_too.get((row["sentence"], row["target_start"]))
        if step is not None:
            own[place] = LABEL * own[place] + (1 - LABEL) * valued[step]
    read_as = np.array([valued[row["reading"]] for row in only_read]).reshape(-1, 3)
    return Examples([*labelled, *only_read], np.concatenate([own, read_as]), len(labelled))


def rarity(shares: NDArray[np.float64]) -> torch.Tensor:
    """How much each label counts: rarer ones more, by the root of how rare they are."""
    total = shares.sum(axis=0) if len(shares) else np.ones(3)
    return torch.tensor(np.sqrt(total.sum() / 3 / total), dtype=torch.float32)


def padded(rows: list[Pieces]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Pieces, marks and what may be read of each, in one rectangle."""
    longest = max(len(ids) for ids, _ in rows)
    pieces = torch.tensor([ids + [0] * (longest - len(ids)) for ids, _ in rows])
    marks = torch.tensor([some + [0] * (longest - len(some)) for _, some in rows])
    mask = torch.tensor([[True] * len(ids) + [False] * (longest - len(ids)) for ids, _ in rows])
    return pieces, marks, mask[:, None, None, :]


def batches(rows: list[Pieces], chance: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Places of rows of like length, in an order of chance: little is spent on padding."""
    order = chance.permutation(len(rows))
    alike = [
        sorted(order[start : start + 40 * BATCH].tolist(), key=lambda place: len(rows[place][0]))
        for start in range(0, len(rows), 40 * BATCH)
    ]
    some = [np.array(part[start : start + BATCH]) for part in alike for start in range(0, len(part), BATCH)]
    for number in chance.permutation(len(some)):
        yield some[number]


def step_size(name: str) -> float:
    """Of the weights of this name at the height of learning."""
    if name.startswith("out"):
        return LAST
    if name.startswith("marks"):
        return MARK
    height = int(name.split(".")[1]) + 1 if name.startswith("layers") else 0
    return TOP * DECAY ** (LAYERS - height)


def tune(network: Network, examples: Examples, seed: int, pace: float) -> dict[str, torch.Tensor]:
    """The running mean of the weights of ``network`` while it learns, ``pace`` being the share of the step sizes."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    rows, shares, labelled = examples.rows, examples.shares, examples.labelled
    names = OtherNames(rows)
    goals, read = torch.tensor(shares, dtype=torch.float32), torch.arange(len(rows))[:, None] >= labelled
    weights = goals * torch.where(read, rarity(shares[labelled:]), rarity(shares[:labelled]))
    lean = torch.nn.Parameter(torch.zeros(3))
    network.train()
    network.words.weight.requires_grad_(False)
    groups = [
        {"params": [part], "height": pace * step_size(name), "weight_decay": 0.01 if part.ndim > 1 else 0.0}
        for name, part in network.named_parameters()
        if part.requires_grad
    ]
    groups.append({"params": [lean], "height": LEAN, "weight_decay": 0.0})
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    total = -(-len(rows) // BATCH)
    mean = {name: part.clone() for name, part in network.state_dict().items()}
    learning = [name for name, part in network.named_parameters() if part.requires_grad]
    pieces = pieces_of([names.rename(row, chance) if chance.random() < RENAMED else row for row in rows])
    for step, chosen in enumerate(batches(pieces, chance), start=1):
        share = min(step / (WARM * total), (total + 1 - step) / (total * (1 - WARM)), 1)
        for group in optimiser.param_groups:
            group["lr"] = group["height"] * share
        logits = network(*padded([pieces[place] for place in chosen])) + lean * read[chosen]
        loss = -(weights[chosen] * log_softmax(logits, -1)).sum() / weights[chosen].sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        smooth = min(SMOOTH, (1 + step) / (10 + step))
        state = network.state_dict()
        for name in learning:
            mean[name].lerp_(state[name], 1 - smooth)
        if step % 25 == 0:
            print(f"seed {seed}, step {step} of {total}: loss {loss.item():.3f}", flush=True)
    print(f"seed {seed}: what was only read leans by {lean.detach().numpy().round(2)}")
    return mean


@torch.no_grad()
def logits_of(network: Network, rows: list[Pieces]) -> NDArray[np.float64]:
    """Logits of each row, in order."""
    network.eval()
    result = np.empty((len(rows), 3))
    order = sorted(range(len(rows)), key=lambda place: len(rows[place][0]))
    for start in range(0, len(rows), BATCH):
        chosen = order[start : start + BATCH]
        result[chosen] = network(*padded([rows[place] for place in chosen])).numpy()
    return result


def write(network: Network, tempering: NDArray[np.float64]) -> None:
    """Write ``network``, calibrated, with whole numbers of a byte for weights."""
    network = copy.deepcopy(network).eval()
    with torch.no_grad():
        network.out.weight *= float(tempering[0])
        network.out.bias.mul_(float(tempering[0])).add_(torch.tensor(tempering[1:], dtype=torch.float32))
        for name in ("words", "places"):
            setattr(network, name, RoundedRows(getattr(network, name)))
        for layer in network.layers:
            layer.widen, layer.narrow = ByPiece(layer.widen), ByPiece(layer.narrow)
    sample = (torch.ones(1, 9, dtype=torch.int64), torch.ones(1, 9, dtype=torch.int64))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            network, sample, whole, input_names=["pieces", "marks"], output_names=["logits"],
            dynamic_axes={"pieces": {1: "length"}, "marks": {1: "length"}}, dynamo=False, opset_version=17,
        )  # fmt: skip
        # Weights of seven bits: of eight, sums of products overflow on processors that add them in sixteen.
        quantize_dynamic(
            whole, NETWORK, per_channel=True, weight_type=QuantType.QInt8, reduce_range=True,
            op_types_to_quantize=["MatMul"],
        )  # fmt: skip
    stored = onnx.load(NETWORK)
    del stored.metadata_props[:]
    onnx.save(stored, NETWORK)
    print(f"{NETWORK.stat().st_size / 1e6:.1f} MB")


Weights = dict[str, torch.Tensor]


def network_of(given: argparse.Namespace, examples: Examples) -> Weights:
    """The weights of the network: those kept of each round; where there are none, tuned now from the round before."""
    network = pretrained(given.minilm / "model.safetensors")
    weights: Weights = network.state_dict()
    for seed, pace in ROUNDS:
        path = given.keep / f"seed_{seed}.pt"
        if not path.exists():
            network.load_state_dict(weights)
            torch.save(tune(network, examples, seed, pace), path)
        weights = torch.load(path)
    return weights


def main() -> None:
    """Tune, calibrate, write, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("keep", type=Path)
    for name in SETS[1:]:
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    VOCABULARY.write_bytes((given.minilm / "vocab.txt").read_bytes())
    rows = read(given.folder / "newsmtsc_train.jsonl.gz")
    number = {sentence: place for place, sentence in enumerate(dict.fromkeys(row["sentence"] for row in rows))}
    kept = [row for row in rows if number[row["sentence"]] % KEPT_FROM == 0]
    learnt = [row for row in rows if number[row["sentence"]] % KEPT_FROM]
    every = readings()
    texts = {name: {row["id"]: row["text"] for row in read(getattr(given, name))} for name in SETS[1:]}
    only_read = [row for row in passages(every, texts) if row["set"] != HELD_SET or not held(row["article"])]
    examples = examples_of(learnt, only_read, both_read(every, rows))
    network = pretrained(given.minilm / "model.safetensors")
    network.load_state_dict(network_of(given, examples))
    tempering = temper(logits_of(network, pieces_of(kept)), labels_of(kept))
    write(network, tempering)

    shipped = NetworkPortrayal()
    every_p, every_label, moved = [], [], []
    for split in ("mt", "rw"):
        dev = read(given.folder / f"newsmtsc_{split}_dev.jsonl.gz")
        labels, pieces = labels_of(dev), pieces_of(dev)
        p = np.array([shipped.rate(one) for one in pieces])
        every_p.append(p)
        every_label.append(labels)
        logits = logits_of(network, pieces)
        moved.append(np.abs(p - softmax(logits * tempering[0] + tempering[1:], axis=1)))
        before = f1_score(labels, logits.argmax(axis=1), average="macro")
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
