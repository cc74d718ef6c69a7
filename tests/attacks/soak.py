"""Ten readers and three builds at once, for as long as is asked, with memory sampled.

    python -m tests.attacks.soak [--minutes 60] [--readers 10] [--builds 3] [--folder FOLDER]

Builds of last week's and this week's corpus are started together through the real command line, again and again, on one
data folder: one of them builds, the others are told so in one sentence. Meanwhile readers in this process, each a thread
with a store of its own, open the newest snapshot, search it and export a table: it is that of last week or of this week,
byte by byte, or they are told to reload. Memory of the reading process is sampled; that of its last quarter is set
against its second, when all is warm.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from random import Random
from statistics import median

import psutil

from store import Filter, Store
from store.errors import StoreError
from store.export import TABLES_FOR_EXPORT, encode
from store.snapshot import manifest
from store.snapshot.verify import damages
from tests.attacks.articles import changed, rows, tables, write

ROOT = Path(__file__).parents[2]
EVERY = 5.0
# Memory may grow by so much of itself, and is called flat.
FLAT = 0.1
ASKED = ("quotes", "mentions", "people", "stories", "articles", "labels")


class Soak:
    """What is read and built, and what came of it."""

    def __init__(self, folder: Path) -> None:
        old = rows()
        self.folder, self.data = folder, folder / "data"
        self.sources = {name: write(folder / name, held) for name, held in {"old": old, "new": changed(old)}.items()}
        self.right: dict[str, list[bytes]] = {}
        self.counted: Counter[str] = Counter()
        self.broken: list[str] = []
        self.ended = threading.Event()

    def start(self, name: str, data: Path) -> subprocess.Popen[str]:
        """A build through the real command line."""
        command = [sys.executable, "-m", "pipeline", "build", self.sources[name], "--data", data, "--workers", "1"]
        return subprocess.Popen(
            list(map(str, command)), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    def prepare(self) -> None:
        """Build both in peace, and the first where it is read."""
        for name in self.sources:
            process = self.start(name, self.folder / f"{name}-right")
            _, said = process.communicate()
            assert process.returncode == 0, said
            for table, held in tables(self.folder / f"{name}-right").items():
                self.right.setdefault(table, []).append(held)
        assert self.start("old", self.data).wait() == 0

    def build(self, many: int, random: Random) -> None:
        """Start builds together until the end is called."""
        while not self.ended.is_set():
            started = [self.start(random.choice(("old", "new")), self.data) for _ in range(many)]
            for process in started:
                _, said = process.communicate()
                if process.returncode == 0:
                    self.counted["builds done"] += 1
                elif "Another process" in said and "Traceback" not in said:
                    self.counted["builds told that another one runs"] += 1
                else:
                    self.broken.append(f"build: {said[-800:]}")

    def read(self, random: Random) -> None:
        """Read until the end is called."""
        try:
            while not self.ended.wait(random.uniform(0.05, 0.4)):
                table = random.choice(ASKED)
                try:
                    store = Store.open(self.data)
                    try:
                        found = encode(TABLES_FOR_EXPORT[table](store, Filter()), "csv")
                        ids = store.search("council")
                    finally:
                        store.close()
                except StoreError as error:
                    if "eload the page" not in str(error):
                        raise
                    self.counted["reads told to reload"] += 1
                    continue
                assert found in self.right[table], f"{table} is neither last week's nor this week's"
                assert ids, "the search finds nothing"
                self.counted["reads right"] += 1
        except Exception as error:  # noqa: BLE001  whatever it is, the promise was broken
            self.broken.append(f"read: {type(error).__name__}: {error}")


def main() -> int:
    """Soak and print; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--builds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work; left as it is at the end")
    given = parser.parse_args()
    soak = Soak(given.folder or Path(tempfile.mkdtemp(prefix="framelens-soak-")))
    soak.prepare()
    threads = [
        *(threading.Thread(target=soak.read, args=(Random(given.seed + n),)) for n in range(given.readers)),
        threading.Thread(target=soak.build, args=(given.builds, Random(given.seed))),
    ]
    for thread in threads:
        thread.start()
    began, here, sampled = time.monotonic(), psutil.Process(), []
    while time.monotonic() - began < 60 * given.minutes and not soak.broken:
        time.sleep(EVERY)
        sampled.append(here.memory_info().rss / 2**20)
        if len(sampled) % 24 == 0:
            said = ", ".join(f"{count:,} {what}" for what, count in sorted(soak.counted.items()))
            print(f"{time.monotonic() - began:,.0f} s: {sampled[-1]:.0f} MB; {said}", flush=True)
    soak.ended.set()
    for thread in threads:
        thread.join()
    quarter = max(1, len(sampled) // 4)
    before, after = median(sampled[quarter : 2 * quarter] or sampled), median(sampled[-quarter:])
    if after > before * (1 + FLAT):
        soak.broken.append(f"memory grew from {before:.0f} to {after:.0f} MB")
    if left := damages(soak.data, manifest.read(soak.data)):
        soak.broken.append(f"damaged at the end: {left}")
    for line in soak.broken:
        print(f"BROKEN: {line}")
    for what, count in sorted(soak.counted.items()):
        print(f"{count:7,}  {what}")
    print(
        f"{(time.monotonic() - began) / 60:.1f} minutes, {given.readers} readers, {given.builds} builds at once: "
        f"memory {before:.0f} MB in the second quarter, {after:.0f} MB in the last; {len(soak.broken)} broken"
    )
    return 1 if soak.broken else 0


if __name__ == "__main__":
    sys.exit(main())
