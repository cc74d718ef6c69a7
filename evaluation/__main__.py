"""Print every figure of accuracy beside its floor: ``python -m evaluation``.

``--errors`` prints where labels and pipeline disagree; ``--write`` puts the figures on the methods page.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from dashboard import accuracy
from evaluation import published
from evaluation.sets import folder, measures, name_folder

FLOORS: Final = Path(__file__).parent / "floors.json"


def main() -> None:
    """Measure on each labelled set that is there, and say aloud which is not."""
    arguments = _arguments()
    name_folder()
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    console = Console()
    table = Table("set", "figure", "percent", "floor", title="Accuracy on the labelled sets")
    beside: list[Table] = []
    for module in measures():
        if not module.available():
            console.print(f"[yellow]{module.NAME}: skipped, its labelled set is not in {folder()}. Set FRAMELENS_EVAL.")
            continue
        began = time.process_time()
        figures = module.measure()
        for figure, value in figures.items():
            floor = floors.get(module.NAME, {}).get(figure)
            if floor is None and hasattr(module, "tables"):
                continue
            table.add_row(module.NAME, figure, f"{value:.1f}", "" if floor is None else f"{floor:.1f}")
        if hasattr(module, "tables"):
            beside += module.tables()
        console.print(f"{module.NAME}: {time.process_time() - began:.0f} CPU seconds")
        if arguments.errors and hasattr(module, "errors"):
            for line in module.errors():
                console.print(line, markup=False, highlight=False, soft_wrap=True)
    for each_table in (table, *beside):
        console.print(each_table)
    if arguments.write:
        published.write(published.figures(measures(), accuracy.figures()))
        console.print(f"Written: {accuracy.FILE} and the tables of {accuracy.METHODS}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Print measured accuracy.")
    parser.add_argument("--errors", action="store_true", help="print where labels and pipeline disagree")
    parser.add_argument("--write", action="store_true", help="write dashboard/accuracy.json and docs/methods.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
