"""Do checks put figures right? Shares of direct words by kind of speaker and outlet: as counted, corrected, and true.

On the articles of ``quotes``, whose people stand for coders: of all sentences a sample is drawn, as a check draws it
(strata of outlet and of whether the machine found direct words), and what people labelled in those sentences corrects
what the machine counted in all. The true share is that of the labels in all sentences. A speaker is of the kind ``name``,
``nominal`` or ``pronoun`` by the words that stand for him, told in one way for labels and machine.

``raw_held`` is the share of figures (kinds by outlets, and all outlets) whose usual interval, of the machine's counts
alone, holds the true share; ``corrected_held`` that of corrected intervals over many samples; ``raw_off`` and
``corrected_off`` how many points figures are off, on average. ``tables`` shows one sample.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from rich.table import Table

from evaluation import quotes
from store.checks.draw import allocate
from store.checks.estimates import Design, Interval, corrected_ratio, interval, wilson

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.core.annotations import Quote

NAME: Final = "corrected_shares"
EVERY: Final = "every outlet"
KINDS: Final = ("name", "nominal", "pronoun")
CHECKS: Final = 400
SAMPLES: Final = 200
_PRONOUNS: Final = frozenset(["he", "she", "they", "it", "i", "we", "you", "who", "him", "her", "them", "his", "their"])
_SENTENCE: Final = re.compile(r"[^\n]*?(?:[.!?][\"”’')]*(?=\s)|(?=\n)|$)\s*")
_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")

available = quotes.available


class Units(NamedTuple):
    """Sentences: outlet, and direct words by kind of speaker (columns of ``KINDS``, then all), by machine and people."""

    outlet: NDArray[np.str_]
    machine: NDArray[np.float64]
    people: NDArray[np.float64]


class Share(NamedTuple):
    """A figure: outlet, kind, direct words by the machine, and the share as counted, corrected, and true."""

    outlet: str
    kind: str
    raw: Interval
    corrected: Interval
    true: float


def kind_of(words: str) -> str:
    """How a speaker is named: by a name, a pronoun, or another phrase; empty where nobody is."""
    word_list = _WORD.findall(words)
    if not word_list:
        return ""
    if len(word_list) == 1 and word_list[0].lower() in _PRONOUNS:
        return "pronoun"
    return "name" if word_list[-1][0].isupper() or any(word[0].isupper() for word in word_list[1:]) else "nominal"


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans that hold all the text and break after full stops and at line ends: what is drawn."""
    spans = [match.span() for match in _SENTENCE.finditer(text) if match.group().strip()]
    return [(start, end) for start, end in spans if end > start]


def units(rows: Sequence[dict[str, Any]], quotes: Sequence[list[Quote]]) -> Units:
    """Every sentence of the articles with its direct words, as the machine and as people have them."""
    outlets, machine, people = [], [], []
    for row, article_quotes in zip(rows, quotes, strict=True):
        text = row["text"]
        by_machine = [
            (start, end, _speaker(text, quote.speaker_start, quote.speaker_end))
            for quote in article_quotes
            if quote.kind not in {"term", "transcript"}
            for start, end in quote.quoted
        ]
        by_people = [
            (start, end, _speaker(text, labelled["speaker_start"], labelled["speaker_end"]))
            for labelled in row["quotes"]
            if labelled["kind"] != "indirect"
            for start, end in labelled["direct_segments"]
        ]
        for start, end in sentences(text):
            outlets.append(row["outlet"])
            machine.append(_words(text, start, end, by_machine))
            people.append(_words(text, start, end, by_people))
    return Units(np.array(outlets), np.array(machine, dtype=float), np.array(people, dtype=float))


def _speaker(text: str, start: int | None, end: int | None) -> str:
    return "" if start is None or end is None else kind_of(text[start:end])


def _words(text: str, start: int, end: int, spans: Sequence[tuple[int, int, str]]) -> list[float]:
    """Direct words between two places: of each kind, then all of them; a word is counted once."""
    seen: dict[int, str] = {}
    for first, last, kind in spans:
        if first < end and last > start:
            for match in _WORD.finditer(text, max(first, start), min(last, end)):
                seen.setdefault(match.start(), kind)
    kinds = list(seen.values())
    return [float(kinds.count(kind)) for kind in KINDS] + [float(len(kinds))]


def shares(units: Units, seed: int, checks: int = CHECKS) -> list[Share]:
    """Every figure, corrected from one sample."""
    names = sorted(set(units.outlet.tolist()))
    stratum = 2 * np.searchsorted(names, units.outlet) + (units.machine[:, -1] > 0)
    places, stratum = np.unique(stratum, return_inverse=True)
    sizes = np.bincount(stratum, minlength=places.size).tolist()
    chance = np.random.default_rng(seed)
    drawn = np.concatenate(
        [chance.choice(np.flatnonzero(stratum == place), take, replace=False)
         for place, take in enumerate(allocate(sizes, checks, "equal"))]
    )  # fmt: skip
    design = Design(stratum[drawn], sizes)
    errors = (units.people - units.machine)[drawn]
    figures = []
    for outlet in (*names, EVERY):
        in_outlet = np.ones(units.outlet.size, dtype=bool) if outlet == EVERY else units.outlet == outlet
        counted, true = units.machine[in_outlet].sum(axis=0), units.people[in_outlet].sum(axis=0)
        for place, kind in enumerate(KINDS):
            among = in_outlet[drawn]
            both = (errors[:, place] * among, errors[:, -1] * among)
            estimate = corrected_ratio(design, (counted[place], counted[-1]), both, among, int(in_outlet.sum()))
            counted_sentences = int((units.machine[in_outlet][:, -1] > 0).sum())
            raw = wilson(counted[place] / max(counted[-1], 1) * counted_sentences, counted_sentences)
            figures.append(Share(outlet, kind, raw, interval(design, estimate), true[place] / max(true[-1], 1)))
    return figures


@lru_cache(maxsize=1)
def _units() -> Units:
    return units(quotes.labelled(), quotes.found_quotes())


@lru_cache(maxsize=1)
def measure() -> dict[str, float]:
    """The figures, in percent and in points."""
    return score(_units())


def score(units: Units, samples: int = SAMPLES) -> dict[str, float]:
    """The figures over ``samples`` samples of some sentences."""
    first = shares(units, 0)
    every = [share for seed in range(samples) for share in shares(units, seed)]
    return {
        "raw_held": 100 * float(np.mean([share.raw.low <= share.true <= share.raw.high for share in first])),
        "corrected_held": 100
        * float(np.mean([share.corrected.low <= share.true <= share.corrected.high for share in every])),
        "raw_off": 100 * float(np.mean([abs(share.raw.value - share.true) for share in first])),
        "corrected_off": 100 * float(np.mean([abs(share.corrected.value - share.true) for share in every])),
    }


def cases() -> dict[str, int]:
    """Sentences behind the figures, and how many a sample checks."""
    return {"raw_held": len(_units().outlet), "corrected_held": CHECKS}


def tables() -> Iterator[Table]:
    """One sample: every figure as counted, corrected and true."""
    table = Table("outlet", "speaker", "raw", "corrected", "true",
                  title=f"Shares of direct words by kind of speaker, %, corrected from {CHECKS} checks")  # fmt: skip
    figures = measure()
    table.caption = (
        f"In {SAMPLES} samples {figures['corrected_held']:.1f} % of the corrected intervals hold the true share, and shares "
        f"are off by {figures['corrected_off']:.1f} points; as counted {figures['raw_held']:.1f} %, off by {figures['raw_off']:.1f}."
    )
    for share in shares(_units(), 20):
        table.add_row(share.outlet, share.kind, _cell(share.raw), _cell(share.corrected), f"{100 * share.true:.0f}")
    yield table


def _cell(estimate: Interval) -> str:
    return f"{100 * estimate.value:.0f} ({100 * estimate.low:.0f} to {100 * estimate.high:.0f})"
