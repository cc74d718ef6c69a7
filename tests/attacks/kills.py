"""Ends builds at random moments, again and again, and holds what is left against a corpus that was built in peace.

    python -m tests.attacks.kills [--kills 200] [--seed 1] [--workers 2] [--folder FOLDER]

A chain begins with an empty folder or with last week's corpus, and builds this week's through the real command line with
a pool of workers. Up to three times the build is hit: itself, all its processes, or one worker, by SIGKILL or SIGTERM,
at any moment, or just after it began to write tables. After each hit the folder holds what it held before, whole, or all
of the new corpus; no process is left. Then a build is let through, and must give the bytes of a build in peace. A build
that lost one worker must go on and do so by itself.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil

from store.errors import StoreMissing
from store.snapshot import manifest
from store.snapshot.verify import damages
from tests.attacks.articles import changed, rows, tables, write

ROOT = Path(__file__).parents[2]
TARGETS = ("build", "build", "group", "worker", "stop")
MOST_HITS = 3
# A build does not last so long on any machine.
PATIENCE = 900


@dataclass
class Corpora:
    """Sources and what builds of them in peace gave; ``seconds`` is what the quickest took, which moments are drawn from."""

    folder: Path
    workers: int
    sources: dict[str, Path] = field(default_factory=dict)
    right: dict[str, dict[str, bytes]] = field(default_factory=dict)
    seconds: float = 0.0

    def prepare(self) -> None:
        """Write the sources and build each in peace."""
        old = rows()
        for name, articles in {"old": old, "new": changed(old)}.items():
            self.sources[name] = write(self.folder / f"{name}-sources", articles)
            began = time.monotonic()
            code, said = self.build(name, self.folder / f"{name}-right")
            self.seconds = time.monotonic() - began
            assert code == 0, said
            self.right[name] = tables(self.folder / f"{name}-right")

    def start(self, name: str, data: Path) -> subprocess.Popen[bytes]:
        """A build through the real command line, in a session of its own, so that all its processes can be found."""
        command = [sys.executable, "-m", "pipeline", "build", self.sources[name], "--data", data]
        with (self.folder / "said.txt").open("wb") as said:
            return subprocess.Popen(
                [*map(str, command), "--workers", str(self.workers)],
                cwd=ROOT,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def build(self, name: str, data: Path) -> tuple[int, str]:
        """A build that nobody disturbs: its exit code and what it said."""
        code = self.start(name, data).wait(PATIENCE)
        return code, self.said()

    def said(self) -> str:
        """What the last build said."""
        return (self.folder / "said.txt").read_text("utf-8", "replace")


def files_of(data: Path) -> int:
    """How many files of tables there are: more than before means that the build writes them."""
    return sum(1 for _ in data.glob("tables/*/*.parquet"))


def workers_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The worker processes of a build."""
    with suppress(psutil.Error):
        return [one for one in psutil.Process(process.pid).children() if "spawn_main" in " ".join(one.cmdline())]
    return []


def at_a_moment(random: Random, target: str, process: subprocess.Popen[bytes], data: Path, seconds: float) -> str:
    """Wait for a random moment of the build; how it was chosen."""
    if target == "worker":
        while process.poll() is None and not workers_of(process):
            time.sleep(0.05)
        with suppress(subprocess.TimeoutExpired):
            process.wait(random.uniform(0, 0.4 * seconds))
        return "while it works"
    if random.random() < 0.5:
        with suppress(subprocess.TimeoutExpired):
            process.wait(random.uniform(0, 0.9 * seconds))
        return "at any moment"
    before = files_of(data)
    while process.poll() is None and files_of(data) <= before:
        time.sleep(0.01)
    with suppress(subprocess.TimeoutExpired):
        process.wait(random.uniform(0, 0.4))
    return "while it writes"


def hit(target: str, process: subprocess.Popen[bytes], random: Random) -> bool:
    """Hit a build; whether there was something to hit."""
    if process.poll() is not None:
        return False
    with suppress(ProcessLookupError, psutil.NoSuchProcess):
        if target == "build":
            process.kill()
        elif target == "stop":
            process.terminate()
        elif target == "group":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            workers = workers_of(process)
            if not workers:
                return False
            random.choice(workers).kill()
        return True
    return False


def wait_for_all(process: subprocess.Popen[bytes]) -> None:
    """Until every process of the build's session is gone."""
    until = time.monotonic() + PATIENCE
    process.wait(PATIENCE)
    while True:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        except PermissionError:
            pass
        assert time.monotonic() < until, f"processes of build {process.pid} are left"
        time.sleep(0.05)


def one_chain(corpora: Corpora, data: Path, random: Random, most: int, counted: Counter[str]) -> None:
    """Hit builds of one folder up to ``most`` times, then let one through."""
    begins_with = random.choice(("", "old", "old"))
    if begins_with:
        shutil.copytree(corpora.folder / "old-right", data)
    done_by_itself = False
    for _ in range(most):  # until there is nothing left to build
        target = random.choice(TARGETS)
        began = time.monotonic()
        process = corpora.start("new", data)
        moment = at_a_moment(random, target, process, data, corpora.seconds)
        was_hit = hit(target, process, random)
        wait_for_all(process)
        if not was_hit:
            corpora.seconds = min(corpora.seconds, time.monotonic() - began)
        counted[f"{target}, {moment}" if was_hit else "over before it was hit"] += 1
        if target == "worker" or not was_hit:
            assert process.returncode == 0, (target, moment, corpora.said())
            assert tables(data) == corpora.right["new"], (target, moment)
            done_by_itself = True
        try:
            found = tables(data)
        except StoreMissing:
            assert not begins_with, (target, moment)
            counted["nothing there yet"] += 1
            continue
        whole = [name for name, right in corpora.right.items() if right == found]
        assert whole, (target, moment, [name for name in found if found[name] != corpora.right["new"][name]])
        assert not done_by_itself or whole == ["new"]
        counted[f"left whole: {whole[0]}"] += 1
        if whole == ["new"]:
            break
    began = time.monotonic()
    code, said = corpora.build("new", data)
    corpora.seconds = min(corpora.seconds, time.monotonic() - began)
    assert code == 0, said
    wrong = [name for name, right in corpora.right["new"].items() if tables(data)[name] != right]
    assert not wrong, wrong
    assert not damages(data, manifest.read(data)), said
    assert not (data / "building").exists(), "building"
    counted["later builds byte-equal"] += 1
    shutil.rmtree(data)


def main() -> int:
    """Attack and print; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where to work; what was found wrong is left there")
    given = parser.parse_args()
    random = Random(given.seed)
    counted: Counter[str] = Counter()
    began = time.monotonic()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="framelens-kills-"))
    corpora = Corpora(folder, given.workers)
    corpora.prepare()
    print(f"A build in peace: {corpora.seconds:.0f} s, {len(corpora.right['new'])} tables", flush=True)
    hits, chain, broken = 0, 0, 0
    while hits < given.kills:
        chain += 1
        before = counted.copy()
        try:
            one_chain(corpora, folder / f"chain-{chain}", random, random.randint(1, MOST_HITS), counted)
        except AssertionError as error:
            broken += 1
            print(f"BROKEN in chain {chain}, left in {folder / f'chain-{chain}'}: {error}", flush=True)
        hits = sum(count for what, count in counted.items() if what.partition(",")[0] in TARGETS)
        new = ", ".join(f"{what} {count}" for what, count in (counted - before).items())
        print(f"chain {chain}: {hits} kills, {time.monotonic() - began:,.0f} s: {new}", flush=True)
    for what, count in sorted(counted.items()):
        print(f"{count:5}  {what}")
    print(f"{hits} kills in {chain} chains, seed {given.seed}, {time.monotonic() - began:,.0f} s: {broken} broken")
    if not broken and not given.folder:
        shutil.rmtree(folder)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
