"""Sentiment toward a target in its sentence, on NewsMTSC (Hamborg & Donnay, EACL 2021), beside lexicons that know no target.

Figures, in percent, more being better: macro-F1 over negative, neutral and positive; and ``calibration``, 100 less the
expected calibration error, over both sets, of the probability given to the label chosen (10 bins). ``sentences_per_second``
counts targets in their sentences, as one processor rates them, the parse (which the network does not read) left out. ``names`` is the share of named targets
whose label stays the same under each of :data:`NAMES`. ``evenness`` is 100 less how far apart these names lie, in points of the
mean probability of positive less that of negative, when each stands in the place of all: names mean nothing at 100.

``articles`` is macro-F1 on passages of articles on immigration as the pipeline rates them, which no network learned from,
against what a language model read there (``training/readings.py``): no person labelled them. They were drawn so that tone is
common. ``drawn`` is the share of agreement, in percent, on 300 passages of these articles as they come: 20 about each of the ten
people most often named, and 100 about others (``tone_drawn.csv``, offsets and no text).

``shown_negative`` and ``shown_positive`` are the share that is read so of what a page shows as toned in narration
(``tone_general.csv``: general news, and some on immigration, 898 articles and 100, in three draws: the first two chose the
thresholds and the acts that tone may rest on, the third, of passages not read before, checked them). Its ``rests_on`` says
what a stricter reader would not call the outlet's own tone: blame and praise of others that it reports, an act of the
target's own, success or failure. ``own_negative`` and ``own_positive`` count those as wrong.
"""

from __future__ import annotations

import csv
import gzip
import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import spacy

from evaluation.sets import corpus, corpus_rows, folder
from pipeline.core.parse import load_model
from pipeline.language.vader import tone
from pipeline.portrayals.acts import rated
from pipeline.portrayals.network import portrayal_model
from store.queries.conditions import NEGATIVE_FROM, POSITIVE_FROM
from training import readings
from training.other_names import name_in, renamed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from pipeline.portrayals.model import Target

    Labels = NDArray[np.int64]

NAME: Final = "portrayals"

# `mt`: several targets in a sentence. `rw`: targets as the news has them.
SETS: Final = ("mt", "rw")
SPLIT: Final = "dev"

NAMES: Final = (("Smith",), ("Maria", "Garcia"), ("Trump",), ("Biden",))

# VADER's own bounds between negative, neutral and positive.
_LEXICON_BOUND: Final = 0.05
_BINS: Final = 10
_SURE: Final = 0.75
_UNSURE: Final = 0.6
_DRAWN: Final = Path(__file__).with_name("tone_drawn.csv")
_GENERAL: Final = Path(__file__).with_name("tone_general.csv")
_GENERAL_SET: Final = "general"
# The draw by which the thresholds were checked.
_CHECKED: Final = "3"
_KINDS: Final = ("shown", "own")
# What a stricter reader does not call the outlet's own tone.
_NOT_ITS_OWN: Final = frozenset({"others", "act", "success"})


def _file(name: str) -> Path:
    return folder() / "sentiment" / f"newsmtsc_{name}_{SPLIT}.jsonl.gz"


def available() -> bool:
    """Whether the labelled sets are there."""
    return all(_file(name).is_file() for name in SETS)


def _rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(_file(name), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    """Texts of the corpus by article, as those of the set that is kept from learning; empty without the corpus."""
    if not corpus().is_file():
        return {}
    return {readings.HELD_SET: {article_id: row["text"] for article_id, row in corpus_rows().items()}}


def _passages() -> list[dict[str, Any]]:
    """The passages kept from learning, with what was read."""
    rows_kept = [
        row for row in readings.readings() if row["set"] == readings.HELD_SET and readings.held(row["article"])
    ]
    return readings.passages(rows_kept, _texts())


def _drawn() -> list[dict[str, Any]]:
    """Passages drawn by chance from those articles, with what was read."""
    with _DRAWN.open(encoding="utf-8", newline="") as lines:
        rows = [readings.offsets_of(row) | {"set": readings.HELD_SET} for row in csv.DictReader(lines)]
    return readings.passages(rows, _texts())


def macro_f1(gold: Labels, predicted: Labels) -> float:
    """Mean of the three labels' F1, in percent; a label never right has 0."""
    scores = []
    for label in (-1, 0, 1):
        right = np.sum((gold == label) & (predicted == label))
        scores.append(2 * right / max(1, np.sum(gold == label) + np.sum(predicted == label)))
    return float(100 * np.mean(scores))


def calibration_error(p: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Mean distance between how sure and how right, over bins of equal width, weighed by their rows."""
    sure = p.max(axis=1)
    which = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    return float(
        sum(
            np.mean(which == number) * abs(sure[which == number].mean() - right[which == number].mean())
            for number in set(which)
        )
    )


def _by_sign(rate: Callable[[str], float], rows: list[dict[str, Any]]) -> Labels:
    tones = np.array([rate(row["sentence"]) for row in rows])
    return (tones >= _LEXICON_BOUND).astype(int) - (tones <= -_LEXICON_BOUND).astype(int)


def _rivals() -> dict[str, Callable[[str], float]]:
    rivals: dict[str, Callable[[str], float]] = {"vader": tone}
    if find_spec("textblob"):
        from textblob import TextBlob  # an optional rival, no requirement

        rivals["textblob"] = lambda sentence: TextBlob(sentence).sentiment.polarity
    return rivals


def _under_names(rows: list[dict[str, Any]]) -> NDArray[np.float64]:
    """Probabilities of the named targets of ``rows``, (targets, names, labels): with their own name, then each other."""
    blank = spacy.blank("en")
    named = [(row, place) for row in rows if (place := name_in(row))]
    variants = [variant for row, place in named for variant in (row, *(renamed(row, *place, new) for new in NAMES))]
    targets = [(blank(row["sentence"]), row["target_start"], row["target_end"]) for row in variants]
    return portrayal_model().probabilities(targets).reshape(len(named), 1 + len(NAMES), 3)


def _read(rows: list[dict[str, Any]]) -> Labels:
    return np.sign([row["reading"] for row in rows])


def _targets(rows: list[dict[str, Any]]) -> list[Target]:
    """Each sentence is parsed once for all targets in it, and names are not looked for: the rows say whom it is about."""
    sentences = list(dict.fromkeys(row["sentence"] for row in rows))
    docs = load_model().pipe(sentences, batch_size=64, disable=["ner"])
    doc_of = dict(zip(sentences, docs, strict=True))
    return [(doc_of[row["sentence"]], row["target_start"], row["target_end"]) for row in rows]


def _rated(rows: list[dict[str, Any]]) -> NDArray[np.float64]:
    return rated(portrayal_model(), _targets(rows))


def _predicted(rows: list[dict[str, Any]]) -> Labels:
    return _rated(rows).argmax(axis=1) - 1


def _general() -> list[dict[str, Any]]:
    """Narrations drawn by chance from what looked toned, and some that did not, with what was read."""
    if not corpus(_GENERAL_SET).is_file():
        return []
    texts = _texts() | {
        _GENERAL_SET: {article_id: row["text"] for article_id, row in corpus_rows(_GENERAL_SET).items()}
    }
    with _GENERAL.open(encoding="utf-8", newline="") as lines:
        return readings.passages([readings.offsets_of(row) for row in csv.DictReader(lines)], texts)


class Shown(NamedTuple):
    """Of the narrations that a page shows with a tone: how many, and how many are read so, by a reader and a strict one."""

    count: int
    right: int
    own: int


@lru_cache(maxsize=1)
def _shown() -> dict[tuple[str, str], Shown]:
    """By tone and draw (``all``, or the one that checked) what a page shows with it."""
    rows = _general()
    if not rows:
        return {}
    p, tones_read = _rated(rows), _read(rows)
    own = np.array([row["rests_on"] not in _NOT_ITS_OWN for row in rows])
    last = np.array([row["draw"] == _CHECKED for row in rows])
    result = {}
    for side, sign, sure in (("negative", -1, p[:, 0] >= NEGATIVE_FROM), ("positive", 1, p[:, 2] >= POSITIVE_FROM)):
        for draw, among in (("all", sure), ("checked", sure & last)):
            right = among & (tones_read == sign)
            result[side, draw] = Shown(int(among.sum()), int(right.sum()), int((right & own).sum()))
    return result


def errors() -> Iterator[str]:
    """How far the network agrees with the passages drawn by chance: by whom they are about, by its label, by how sure it is."""
    rows = _drawn()
    p = _rated(rows)
    right, sure = p.argmax(axis=1) - 1 == _read(rows), p.max(axis=1)
    about = np.array([row["about"] for row in rows])
    groups = {name: about == name for name in sorted(set(about.tolist()))}
    groups |= {f"called {label}": p.argmax(axis=1) == n for n, label in enumerate(("negative", "neutral", "positive"))}
    groups |= {"at least 75 % sure": sure >= _SURE, "less than 60 % sure": sure < _UNSURE}
    for name, among in groups.items():
        yield f"{name}: {right[among].sum()} of {among.sum()} agree"
    for (side, draw), shown in _shown().items():
        yield f"shown as {side}, {draw}: {shown.right} of {shown.count} agree, {shown.own} as the outlet's own tone"


def opinions(p: NDArray[np.float64]) -> dict[str, float]:
    """The figures ``names`` and ``evenness`` of probabilities (targets, own name and :data:`NAMES`, labels)."""
    labels = p.argmax(axis=2)
    leans = (p[:, 1:, 2] - p[:, 1:, 0]).mean(axis=0)
    return {
        "names": float(100 * (labels == labels[:, :1]).all(axis=1).mean()),
        "evenness": float(100 * (1 - np.ptp(leans))),
    }


def cases() -> dict[str, int]:
    """Labelled sentences behind the figures of each set, and of both."""
    counts = {name: len(_rows(name)) for name in SETS}
    named = sum(1 for name in SETS for row in _rows(name) if name_in(row))
    return (
        counts
        | ({"articles": len(_passages()), "drawn": len(_drawn())} if _texts() else {})
        | {
            f"{kind}_{side}": shown.count
            for (side, draw), shown in _shown().items()
            for kind in _KINDS
            if draw == "all"
        }
        | dict.fromkeys(("mean", "calibration", "sentences_per_second"), sum(counts.values()))
        | dict.fromkeys(("names", "evenness"), named)
    )


@lru_cache(maxsize=1)
def measure() -> dict[str, float]:
    """Scores by name: ``mt``, ``rw``, their ``mean``, ``articles``, ``calibration``, speed, and each rival's sets."""
    figures: dict[str, float] = {}
    every_p, every_right = [], []
    spent = 0.0
    for name in SETS:
        rows = _rows(name)
        gold = np.array([row["label"] for row in rows])
        targets = _targets(rows)
        start = process_time()
        p = rated(portrayal_model(), targets)
        spent += process_time() - start
        predicted = p.argmax(axis=1) - 1
        figures[name] = macro_f1(gold, predicted)
        every_p.append(p)
        every_right.append(predicted == gold)
        for rival, rate in _rivals().items():
            figures[f"{rival}_{name}"] = macro_f1(gold, _by_sign(rate, rows))
    figures["mean"] = float(np.mean([figures[name] for name in SETS]))
    figures["sentences_per_second"] = sum(map(len, every_p)) / spent
    if _texts():
        passages, drawn = _passages(), _drawn()
        figures["articles"] = macro_f1(_read(passages), _predicted(passages))
        figures["drawn"] = float(100 * np.mean(_read(drawn) == _predicted(drawn)))
    for (side, draw), shown in _shown().items():
        if draw == "all":
            figures[f"shown_{side}"] = 100 * shown.right / max(1, shown.count)
            figures[f"own_{side}"] = 100 * shown.own / max(1, shown.count)
    figures |= opinions(_under_names([row for name in SETS for row in _rows(name)]))
    figures["calibration"] = 100 * (1 - calibration_error(np.concatenate(every_p), np.concatenate(every_right)))
    return figures
