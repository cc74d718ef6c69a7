"""Seed each fault of ``faults.toml`` in a copy of the code, and print whether the tests named with it notice.

A fault that no test notices is a test to be written. Exits with 1 where there is one. `python -m tests.mutations NAME`
seeds only the faults whose file or summary holds NAME.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
COPIED = (
    "app.py",
    "pyproject.toml",
    "bench",
    "pages",
    "dashboard",
    "store",
    "pipeline",
    "evaluation",
    "training",
    "tests",
    "seeds",
)


class Fault(NamedTuple):
    """A change to one place of ``file``, what a user would then see, and the test files that have to notice."""

    file: str
    summary: str
    old: str
    new: str
    tests: list[str]


def faults() -> list[Fault]:
    """All faults, in the order of the file."""
    written = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))
    return [Fault(**fault) for fault in written["fault"]]


def seeded(fault: Fault, source: str) -> str:
    """``source`` with the fault in it.

    Raises:
        ValueError: the place is not there, or not once: the code has moved on and the fault has to follow.
    """
    if source.count(fault.old) != 1:
        message = (
            f"{fault.file} holds {fault.old!r} {source.count(fault.old)} times; write it so that it is there once."
        )
        raise ValueError(message)
    return source.replace(fault.old, fault.new)


def noticed(fault: Fault, copy: Path) -> bool:
    """Whether a test fails with the fault seeded in ``copy``, which is as before afterwards."""
    place = copy / fault.file
    source = place.read_text(encoding="utf-8")
    place.write_text(seeded(fault, source), encoding="utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *fault.tests]
        done = subprocess.run(command, cwd=copy, check=False, capture_output=True, env=os.environ | {"PYTHONPATH": ""})
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stdout.decode()[-2000:] + done.stderr.decode()[-2000:])
        return done.returncode == 1
    finally:
        place.write_text(source, encoding="utf-8")


def main() -> int:
    """Print a line a fault, then how many were noticed."""
    asked = sys.argv[1:]
    chosen = [fault for fault in faults() if not asked or any(name in fault.file + fault.summary for name in asked)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            place = ROOT / name
            (shutil.copytree if place.is_dir() else shutil.copy)(place, copy / name)
        found = []
        for fault in chosen:
            found.append(noticed(fault, copy))
            print(f"{'noticed' if found[-1] else 'MISSED '}  {fault.file}: {fault.summary}", flush=True)
    print(f"{sum(found)} of {len(found)} noticed")
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())
