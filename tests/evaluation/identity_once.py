"""The figures of ``identity`` on articles that were looked at once, when the rules were done: kept, not measured anew.

``identity_once.json`` holds the day of the look, the number of articles, the figures and their cases.
``python -m tests.evaluation.identity --test --write`` writes it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datetime import date

NAME: Final = "identity_once"
FILE: Final = Path(__file__).with_name("identity_once.json")


def available() -> bool:
    """Whether the look was taken."""
    return FILE.is_file()


def kept() -> dict[str, Any]:
    """What was written: ``measured`` (a day), ``articles``, ``figures`` and ``cases``."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def on_which_day() -> str:
    """``, on 2020-02-15`` with the day of the look; empty before it."""
    return f", on {kept()['measured']}" if available() else ""


def measure() -> dict[str, float]:
    """The figures of that day."""
    return kept()["figures"]


def cases() -> dict[str, int]:
    """Labelled mentions behind each figure."""
    return kept()["cases"]


def write(figures: dict[str, float], counts: dict[str, int], articles: int, day: date, file: Path = FILE) -> None:
    """Keep the figures of a look taken on ``day``."""
    rows = {
        "measured": day.isoformat(),
        "articles": articles,
        "figures": {name: round(value, 2) for name, value in figures.items()},
        "cases": {name: counts[name] for name in figures},
    }
    file.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
