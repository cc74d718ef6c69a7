"""Where a person stands in a sample: what is answered, skipped and next, and how long the rest takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from store.checks.draw import SECONDS

if TYPE_CHECKING:
    from store.checks.log import Line, Log

# Longer pauses are breaks and not time for an answer.
_BREAK: Final = 180.0
_ANSWERS_NEEDED: Final = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """``answers``, ``skips`` and ``notes`` by the item's number from 0; ``done`` in the order they were given."""

    items: int
    answers: dict[int, Line] = field(default_factory=dict)
    skips: dict[int, Line] = field(default_factory=dict)
    notes: dict[int, Line] = field(default_factory=dict)
    done: tuple[Line, ...] = ()

    @property
    def next(self) -> int | None:
        """The first item neither answered nor skipped; None when all are."""
        return next((n for n in range(self.items) if n not in self.answers and n not in self.skips), None)

    @property
    def to_go(self) -> int:
        """Items neither answered nor skipped."""
        return self.items - len(self.answers) - len(self.skips)

    @property
    def seconds_left(self) -> float:
        """How long the rest takes at the pace so far: the median time between two answers, breaks left out."""
        times = [datetime.fromisoformat(line.at) for line in self.done]
        paces = [(after - before).total_seconds() for before, after in pairwise(times)]
        usual = [pace for pace in paces if 0 < pace < _BREAK]
        return self.to_go * (median(usual) if len(usual) >= _ANSWERS_NEEDED else SECONDS)


def progress(log: Log, sample: str, coder: str) -> Progress:
    """Where ``coder`` stands in a sample. The latest answer to an item counts, and an answer outdoes a skip.

    Raises:
        ValueError: the log holds no such sample.
    """
    sample_line = next((line for line in log.lines if line.id == sample and line.what == "sample"), None)
    if sample_line is None:
        message = f"There is no sample {sample}. The list of samples says which there are."
        raise ValueError(message)
    chain, items = set(log.chain(sample)), len(sample_line.fields["items"])
    answers: dict[int, Line] = {}
    skips: dict[int, Line] = {}
    notes: dict[int, Line] = {}
    done = []
    for line in log.in_effect():
        fields = line.fields
        if line.what not in {"answer", "skip", "note"} or fields["sample"] not in chain or fields["coder"] != coder:
            continue
        number = int(fields["item"])
        if not 0 <= number < items:
            continue
        if line.what == "note":
            notes[number] = line
            continue
        done.append(line)
        if line.what == "answer":
            answers[number] = line
            skips.pop(number, None)
        elif number not in answers:
            skips[number] = line
    return Progress(items, answers, skips, notes, tuple(done))


def coders(log: Log, sample: str) -> tuple[str, ...]:
    """Who answered in a sample, in the order they began."""
    chain = set(log.chain(sample))
    names = (str(line.fields["coder"]) for line in log.in_effect()
            if line.what in {"answer", "skip"} and line.fields["sample"] in chain)  # fmt: skip
    return tuple(dict.fromkeys(names))


def last_of(log: Log, sample: str, coder: str) -> Line | None:
    """The latest answer or skip of a person in a sample: what undo takes back."""
    done = progress(log, sample, coder).done
    return done[-1] if done else None
