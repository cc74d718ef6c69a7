"""Invented reports on kinds of events that happen every day somewhere, for scorers that must tell two of a kind apart.

Two mall shootings share most of their words; only names, places and figures say that they are two, and by chance some
of these are the same as well. ``events.toml`` has the tellings, with places to fill.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE: Final = Path(__file__).with_suffix(".toml")
# How often every second event of a kind has a figure, a thing or a state of the one before: chance, but not identity.
ALIKE: Final = 0.4
# Who acts and the town where it happens are each event's own.
OWN: Final = frozenset({"band", "city", "town", "first", "last", "firmname", "firmkind"})


@dataclass(frozen=True, slots=True)
class Report:
    """A telling of an event: its kind, the number of the event, headline and text."""

    kind: str
    event: int
    title: str
    text: str


def reports(events: int, seed: int = 0) -> Iterator[Report]:
    """All tellings of so many ``events`` of each kind, drawn by ``seed``."""
    stored = tomllib.loads(FILE.read_text(encoding="utf-8"))
    random = np.random.default_rng(seed)
    number = 0
    for kind in stored["kind"]:
        words: dict[str, str] = {}
        for place in range(events):
            words = _drawn(stored, random, words if place % 2 else {})
            for telling in kind["tellings"]:
                title, text = telling.format_map(words).split("|")
                yield Report(kind["name"], number, title, text)
            number += 1


def _drawn(
    stored: dict[str, dict[str, list[str]]], random: np.random.Generator, before: Mapping[str, str]
) -> dict[str, str]:
    """Words for every place of one event, some of them those of the one ``before``."""
    words = {name: str(random.choice(words)) for name, words in stored["draw"].items()}
    words |= {name: f"{random.integers(low, high):,}" for name, (low, high) in stored["number"].items()}
    words |= {
        "votes": f"{random.integers(5, 60)} to {random.integers(1, 5)}",
        "score": f"{random.integers(10, 40)}-{random.integers(0, 10)}",
    }
    words |= {name: before[name] for name in words if name in before.keys() - OWN and random.random() < ALIKE}
    last = random.choice(stored["draw"]["last"], 3, replace=False)
    for place, (first, family) in enumerate(zip(random.choice(stored["draw"]["first"], 3), last, strict=True), 1):
        words |= {f"p{place}": f"{first} {family}", f"p{place}s": str(family)}
    other = random.choice([name for name in stored["draw"]["firmname"] if name != words["firmname"]])
    return words | {"firm": f"{words['firmname']} {words['firmkind']}", "rival": f"{other} {words['firmkind']}"}
