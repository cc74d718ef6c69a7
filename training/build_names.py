"""Build ``first_names.csv.gz`` and ``surnames.csv.gz`` of the pipeline from the US Census of 1990 (public domain).

    python -m venv .names && .names/bin/pip install names==0.3.0 && .names/bin/python training/build_names.py

``female`` is the share of bearers of a first name that are women, from the frequencies of either sex.
"""

from __future__ import annotations

import gzip
from importlib.resources import files
from pathlib import Path

OUT = Path(__file__).parents[1] / "pipeline/resources"
# Frequency in percent; rarer surnames are as often words or errors.
RAREST_SURNAME = 0.001


def frequencies(name: str) -> dict[str, float]:
    """Percent of people with each name, by the name."""
    lines = (files("names") / name).read_text().splitlines()
    return {line.split()[0].capitalize(): float(line.split()[1]) for line in lines if line.strip()}


def write(name: str, lines: list[str]) -> None:
    """Write ``lines`` as a compressed table."""
    data = gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0)
    (OUT / name).write_bytes(data)
    print(f"{len(lines) - 1} rows, {len(data):,} bytes: {name}")


def main() -> None:
    """Build both tables."""
    women, men = frequencies("dist.female.first"), frequencies("dist.male.first")
    first = ["name,female"]
    for name in sorted(women.keys() | men.keys()):
        female, male = women.get(name, 0.0), men.get(name, 0.0)
        # The source rounds the rarest down to nothing; they say nothing of gender then.
        share = female / (female + male) if female + male else 0.5
        first.append(f"{name},{share:.2f}")
    write("core/first_names.csv.gz", first)
    surnames = frequencies("dist.all.last")
    frequent = sorted(name for name, share in surnames.items() if share >= RAREST_SURNAME)
    write("core/surnames.csv.gz", ["name", *frequent])


if __name__ == "__main__":
    main()
