"""Figures of articles that were looked at once, when the rules were done: kept, not measured anew."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Look:
    """One look: ``file`` holds its day, the number of articles, the figures and their cases."""

    name: str
    file: Path

    @classmethod
    def at(cls, part: str) -> Look:
        """The look at the articles of ``identity_{part}.json``."""
        name = {"test": "identity_once", "fresh": "fresh_once", "administrations": "administrations_once"}[part]
        return cls(name, Path(__file__).with_name(f"{name}.json"))

    def available(self) -> bool:
        """Whether the look was taken."""
        return self.file.is_file()

    def written(self) -> dict[str, Any]:
        """What was written: ``measured`` (a day), ``articles``, ``figures`` and ``cases``."""
        return json.loads(self.file.read_text(encoding="utf-8"))

    def on_which_day(self) -> str:
        """``, on 2020-02-15`` with the day of the look; empty before it."""
        return f", on {self.written()['measured']}" if self.available() else ""

    def measure(self) -> dict[str, float]:
        """The figures of that day."""
        return self.written()["figures"]

    def cases(self) -> dict[str, int]:
        """Labelled mentions behind each figure."""
        return self.written()["cases"]

    def write(self, figures: dict[str, float], counts: dict[str, int], articles: int, day: date) -> None:
        """Keep the figures of a look taken on ``day``."""
        rows = {
            "measured": day.isoformat(),
            "articles": articles,
            "figures": {name: round(value, 2) for name, value in figures.items()},
            "cases": {name: counts[name] for name in figures},
        }
        self.file.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
