"""Whether two versions of the code find the same: every exported table and ``annotate``, byte by byte.

    python -m bench.same_tables BEFORE AFTER TEXTS.jsonl.gz [TEXTS ...] [--articles 60] [--work FOLDER]

``BEFORE`` and ``AFTER`` are folders of the repository, such as two worktrees. Each builds the demonstration articles
of ``BEFORE`` and ``--articles`` rows of ``TEXTS``, taken evenly from all their rows (JSON lines with ``text`` and, if
known, ``source``, ``date``, ``title`` and ``url``; may be gzipped), and writes every table that can be exported and
what ``annotate`` says of the same rows. Versions of the code are left out. ``--work``
keeps the stores, so that a second comparison parses nothing again.

Prints what differs, with the first row that does; the exit code is 1 when anything does.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

# Run inside each version, as what it exports is for it to say.
_EXPORT: Final = """
import sys
from pathlib import Path
from store import Filter, Store
from store.export import TABLES_FOR_EXPORT, encode
store = Store.open(Path(sys.argv[1]))
for name, rows in TABLES_FOR_EXPORT.items():
    table = rows(store, Filter())
    if name == "story_titles":
        table = table.drop_columns(["key"])  # the version of what found it is a part of it
    Path(sys.argv[2], name + ".jsonl").write_bytes(encode(table, "jsonl"))
"""
_SHOWN: Final = 300


def rows_of(files: list[Path], wanted: int) -> list[dict[str, str]]:
    """``wanted`` rows with a text, taken evenly from all rows of ``files`` in their order."""
    rows = []
    for file in files:
        with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
            rows += [row for row in map(json.loads, lines) if row.get("text")]
    wanted = min(wanted, len(rows))
    return [rows[place * len(rows) // wanted] for place in range(wanted)]


def run(tree: Path, *command: str) -> None:
    """A command of one version of the code; its messages are shown when it fails."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        (sys.executable, *command), cwd=tree, env=settings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{tree}: python {command[1]} failed:\n{done.stdout}{done.stderr}")


def results(tree: Path, seeds: Path, texts: Path, work: Path) -> dict[str, bytes]:
    """What ``tree`` makes of both sources: the bytes of each table by its name, and of ``annotate``."""
    written = work / "tables"
    written.mkdir(parents=True, exist_ok=True)
    for old in written.iterdir():
        old.unlink()
    run(tree, "-m", "pipeline", "build", str(seeds), str(texts), "--data", str(work / "store"), "--workers", "1")
    run(tree, "-c", _EXPORT, str(work / "store"), str(written))
    run(tree, "-m", "pipeline", "annotate", str(texts), "--out", str(written / "annotate.jsonl"))
    return {file.stem: file.read_bytes() for file in sorted(written.iterdir())}


def difference(before: bytes, after: bytes) -> str:
    """The first row that differs, as both have it; empty where none does."""
    if before == after:
        return ""
    old, new = before.splitlines(), after.splitlines()
    place = next(
        (row for row, (old_row, new_row) in enumerate(zip(old, new, strict=False)) if old_row != new_row), None
    )
    if place is None:
        return f"{len(old)} rows before, {len(new)} after"
    differing = sum(old_row != new_row for old_row, new_row in zip(old, new, strict=False)) + abs(len(old) - len(new))
    old_row, new_row = (rows[place].decode() for rows in (old, new))
    begin = max(
        0, next((at for at, (a, b) in enumerate(zip(old_row, new_row, strict=False)) if a != b), 0) - _SHOWN // 3
    )
    return (
        f"{differing} of {len(old)} rows, first row {place + 1}:\n"
        f"  before …{old_row[begin : begin + _SHOWN]}\n  after  …{new_row[begin : begin + _SHOWN]}"
    )


def main() -> None:
    """Compare, and print what differs."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--work", type=Path, help="Folder that keeps the stores for the next comparison.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        work = (arguments.work or Path(passing)).resolve()
        work.mkdir(parents=True, exist_ok=True)
        texts = work / "texts.jsonl"
        rows = rows_of([file.resolve() for file in arguments.texts], arguments.articles)
        columns = ("text", "source", "date", "title", "url")
        lines = (
            {"id": str(place), **{name: row.get(name) or "" for name in columns}} for place, row in enumerate(rows)
        )
        texts.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        seeds = arguments.before.resolve() / "seeds"
        before, after = (
            results(tree.resolve(), seeds, texts, work / side)
            for tree, side in ((arguments.before, "before"), (arguments.after, "after"))
        )
    differing = {
        name: difference(before.get(name, b""), after.get(name, b"")) for name in sorted(before.keys() | after.keys())
    }
    for name, how in differing.items():
        if how:
            print(f"{name}: {how}")
    same = sum(not how for how in differing.values())
    size = sum(map(len, before.values()))
    print(f"{same} of {len(differing)} files are the same ({size:,} bytes; {len(rows)} articles beside the seeds).")
    sys.exit(int(same != len(differing)))


if __name__ == "__main__":
    main()
