"""Damages files of every kind, led by which lines of the readers each damage reaches.

    python -m pip install atheris        # no requirement of Framelens: it is there for some systems only
    python -m tests.attacks.guided [--minutes 30] [--seed 1] [--kinds mail page …]

Atheris counts the branches of ``pipeline.readers`` that a file takes, keeps those files that reach a new one, and damages
them further. A file may become articles and problems, whatever its bytes; nothing may be raised, and every article and
problem has to be text that can be stored. The budget is shared out between the kinds of files, a process each, since
Atheris ends with its process. Ends with 1, and keeps the file, where a promise was broken.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
LONGEST: Final = 200_000


def seeds(kind: str, folder: Path) -> str:
    """Write the files of a kind that damage begins with; the name of the one that is damaged."""
    from tests.properties.test_damaged_files import whole

    files = whole(kind)
    main = max(files, key=lambda name: len(files[name]))
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(files.values()):
        (folder / str(number)).write_bytes(content)
    return main


def read(name: str, content: bytes) -> None:
    """Read one file of these bytes, and hold what comes of it.

    Raises:
        AssertionError: a promise was broken.
    """
    from pipeline.readers import read_files
    from tests.properties.test_damaged_files import holds

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, Path(name).name)
        path.write_bytes(content)
        for item in read_files([Path(folder)]):
            holds(item)


def fuzz(kind: str, seconds: int, seed: int, folder: Path) -> None:
    """Damage files of a kind for so long; does not come back, as Atheris ends the process."""
    import atheris

    with atheris.instrument_imports(include=["pipeline.readers"]):
        package = importlib.import_module("pipeline.readers")
        for module in pkgutil.walk_packages(package.__path__, "pipeline.readers."):
            importlib.import_module(module.name)
    name = seeds(kind, folder / "corpus")
    options = [
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-max_len={LONGEST}",
        "-len_control=0",
        "-timeout=60",
        "-rss_limit_mb=4000",
    ]
    atheris.Setup(
        [sys.argv[0], *options, f"-artifact_prefix={folder}/", str(folder / "corpus")], lambda held: read(name, held)
    )
    atheris.Fuzz()


def main() -> int:
    """Read the command line, and damage files of each kind in a process of its own."""
    parser = argparse.ArgumentParser(description="Damages files, led by the lines of the readers they reach.")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="*")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, default=None, help="where files that break a promise are kept")
    asked = parser.parse_args()
    if asked.one:
        fuzz(asked.one, int(asked.minutes * 60), asked.seed, asked.folder)
    from tests.properties.test_damaged_files import KINDS

    kinds = asked.kinds or sorted(KINDS)
    broken, tried = [], 0
    for kind in kinds:
        folder = Path(tempfile.mkdtemp(prefix="guided-", dir=asked.folder))
        command = [sys.executable, "-m", "tests.attacks.guided", "--one", kind, "--folder", str(folder)]
        command += ["--minutes", str(asked.minutes / len(kinds)), "--seed", str(asked.seed)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        runs = re.findall(r"Done (\d+) runs", ended.stderr) or re.findall(r"#(\d+)", ended.stderr)[-1:]
        reached = re.findall(r"cov: (\d+)", ended.stderr)
        tried += int(runs[-1]) if runs else 0
        print(f"{kind}: {runs[-1] if runs else 0} files, {reached[-1] if reached else 0} branches", flush=True)
        if ended.returncode:
            broken.append(kind)
            print(ended.stderr[-3000:], folder, sep="\n", flush=True)
    print(f"{tried} files of {len(kinds)} kinds, {len(broken)} kinds broke a promise.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
