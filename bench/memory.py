"""How much memory a whole build takes, and whether that grows with the articles: peaks of its processes.

    python -m bench.memory TEXTS.jsonl FOLDER [--sizes 2000 20000]

``TEXTS`` has rows with ``text`` (may be gzipped). Short articles are made of them as :mod:`bench.growth` does, of four
sentences; one in four tells again what the one before told. Each size is built in a process of its own, with one
worker, below a folder of its own in FOLDER, which is kept.

*builder* and *worker* are what the kernel says that each held at most (``VmHWM``); *together* is the most that all
processes of the build were seen to hold at once, looked at twice a second; pages that two share count twice.
``timeline.csv`` in each folder has what was seen: seconds, MB of the builder, MB of its workers.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import psutil

from bench.growth import invented
from bench.pipeline import rows_of

SENTENCES: Final = 2  # of the article itself, and as many of others
LOOK: Final = 0.5
MEGABYTE: Final = 1 << 20


def peak(process: int) -> float:
    """MB that a running process held at most so far."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def build(source: Path, data: Path) -> dict[str, float]:
    """Build ``data`` of ``source``: MB that builder and worker held at most, and both at once; and CPU-seconds."""
    command = [sys.executable, "-m", "pipeline", "build", str(source), "--data", str(data), "--workers", "1"]
    began = time.monotonic()
    found = {"builder": 0.0, "worker": 0.0, "together": 0.0, "CPU-seconds": 0.0}
    used: dict[int, float] = {}
    with (data.parent / "timeline.csv").open("w", encoding="ascii", newline="") as file:
        timeline = csv.writer(file)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
            builder = psutil.Process(running.pid)
            while running.poll() is None:
                seen = {"builder": 0.0, "worker": 0.0}
                with suppress(psutil.Error, OSError, StopIteration):
                    for process in (builder, *builder.children(recursive=True)):
                        with suppress(psutil.Error, OSError, StopIteration):
                            kind = "builder" if process == builder else "worker"
                            seen[kind] += process.memory_info().rss / MEGABYTE
                            found[kind] = max(found[kind], peak(process.pid))
                            used[process.pid] = sum(process.cpu_times()[:2])
                found["together"] = max(found["together"], sum(seen.values()))
                timeline.writerow([f"{time.monotonic() - began:.1f}", *(f"{size:.0f}" for size in seen.values())])
                time.sleep(LOOK)
    if running.returncode:
        raise SystemExit(running.returncode)
    return found | {"CPU-seconds": sum(used.values())}


def short(rows: list[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    """So many short articles."""
    return invented(rows, size, sentences_of_own=SENTENCES)


def main() -> None:
    """Build each size and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 20000])
    options = parser.parse_args()
    rows = rows_of(options.texts, max(options.sizes))
    for size in options.sizes:
        place = options.folder / str(size)
        place.mkdir(parents=True, exist_ok=True)
        source = place / "articles.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in short(rows, size)), "utf-8")
        found = build(source, place / "data")
        print(f"{size:6,} articles: " + ", ".join(f"{name} {much:,.0f}" for name, much in found.items()), flush=True)


if __name__ == "__main__":
    main()
