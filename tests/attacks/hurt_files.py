"""Hurts every file of a data folder in turn, and holds what the real command line then says against what is right.

    python -m tests.attacks.hurt_files [--seed 1] [--most N] [--builds 12] [--folder FOLDER]

Each file is truncated, emptied, flipped in one bit at a random place, filled with noise, and removed. After each, a table
is exported through the command line: it is right, byte for byte, or nothing is written and one sentence says what to do;
a traceback never. Of ``--builds`` of them a build follows, drawn by the seed so that every kind of file is among them,
after which the tables are right again and ``verify`` finds nothing.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random

from pipeline.cli.main import app
from store import Filter, Store
from store.errors import StoreError
from store.export import TABLES_FOR_EXPORT, encode
from tests.attacks.articles import rows, tables, write

ROOT = Path(__file__).parents[2]
HURTS = ("truncated", "emptied", "flipped", "noise", "removed")
# What is a person's own work: no build makes it again, so it must still be there, as it was hurt.
OWN = ("corrections.jsonl", "checks.jsonl", "choices.json", "outlets.csv")


def command(*words: str) -> tuple[int, str]:
    """A command of the real command line: its exit code and all that it said. No traceback may be in it."""
    said = io.StringIO()
    code = 0
    with redirect_stderr(said), redirect_stdout(said):
        try:
            app([*words], standalone_mode=True)
        except SystemExit as ended:
            code = int(ended.code or 0)
    assert "Traceback" not in said.getvalue(), said.getvalue()
    assert "did not foresee" not in said.getvalue(), said.getvalue()
    return code, said.getvalue()


def kind_of(file: str) -> str:
    """What a file is for: the same of each table."""
    name = file.rpartition("/")[2]
    if "/_delta_log/" in file:
        return "log of a table"
    return "table" if name.endswith(".parquet") else name


def hurt(file: Path, how: str, random: Random) -> None:
    """Hurt a file."""
    held = file.read_bytes()
    if how == "removed":
        file.unlink()
    elif how == "truncated":
        file.write_bytes(held[: random.randrange(len(held)) if held else 0])
    elif how == "emptied":
        file.write_bytes(b"")
    elif how == "noise":
        file.write_bytes(random.randbytes(max(1, len(held))))
    elif held:
        at = random.randrange(len(held))
        file.write_bytes(held[:at] + bytes([held[at] ^ 1 << random.randrange(8)]) + held[at + 1 :])


def read_after(data: Path, right: dict[str, bytes]) -> str:
    """What reading a hurt folder comes to: every table right, or refused with what to do."""
    try:
        store = Store.open(data)
        found = {name: encode(read(store, Filter()), "csv") for name, read in TABLES_FOR_EXPORT.items()}
        ids = store.search("council")
        store.close()
    except StoreError as error:
        said = str(error)
        assert "uild" in said or "ake " in said or "end " in said, said
        assert "remove the folder" not in said.replace("Do not remove the folder", ""), said
        return "refused with what to do"
    wrong = [name for name in right if found[name] != right[name]]
    assert not wrong, f"wrong tables: {wrong}"
    assert ids, "the search finds nothing"
    return "right"


def prepared(folder: Path) -> tuple[Path, list[str]]:
    """A data folder that was built twice, with choices of its own, and the words of the command that builds it."""
    sources, whole = write(folder / "sources", rows(many=20)), folder / "whole"
    building = ["build", str(sources), "--workers", "1", "--data"]
    if not (whole / "manifest.json").exists():
        for words in (
            [*building, str(whole)],
            ["outlets", "unify", "Harbor Ledger", "The Harbor Ledger", "--data", str(whole)],
            [*building, str(whole), "--dates", "month-first"],
        ):
            code, said = command(*words)
            assert code == 0, said
    return whole, building


def drawn(attacks: list[tuple[str, str]], many: int) -> list[tuple[str, str]]:
    """Attacks after which to build: as many of each kind of file."""
    kinds = sorted({kind_of(file) for file, _ in attacks})
    each = max(1, many // max(1, len(kinds)))
    return [one for kind in kinds for one in [a for a in attacks if kind_of(a[0]) == kind][:each]][:many]


def attacked(data: Path, file: str, right: dict[str, bytes], building: list[str] | None) -> list[str]:
    """What a folder with one hurt file came to; ``building`` is None when it is not to be built again."""
    found = [f"read: {kind_of(file)}: {read_after(data, right)}"]
    out = data.parent / "out.csv"
    out.unlink(missing_ok=True)
    code, said = command("export", "quotes", "--data", str(data), "-o", str(out))
    assert (code == 0) == out.exists(), said
    assert code in {0, 1}, said
    found.append("exported" if code == 0 else "no export, and a sentence")
    if building:
        command(*building, str(data))
        if file not in OWN:
            assert tables(data) == right, "tables differ after a build"
        code, said = command("verify", "--data", str(data))
        assert code == 0, said
        found.append(f"built: {kind_of(file)}: right again")
    return found


def main() -> int:
    """Attack and print; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=0, help="hurt so many files at most; 0 means all")
    parser.add_argument("--builds", type=int, default=12, help="after so many of the hurts, build again")
    parser.add_argument("--folder", type=Path, help="where to work")
    given = parser.parse_args()
    random = Random(given.seed)
    os.chdir(ROOT)
    folder = given.folder or Path(tempfile.mkdtemp(prefix="framelens-hurt-"))
    whole, building = prepared(folder)
    right = tables(whole)
    files = sorted(path.relative_to(whole).as_posix() for path in whole.rglob("*") if path.is_file())
    attacks = [(file, how) for file in files for how in HURTS]
    random.shuffle(attacks)
    attacks = attacks[: given.most or None]
    to_build = drawn(attacks, given.builds)
    counted: Counter[str] = Counter()
    began, broken = time.monotonic(), 0
    data = folder / "hurt"
    # Those without a build first: they are quick.
    for number, (file, how) in enumerate(sorted(attacks, key=lambda one: one in to_build), 1):
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(whole, data)
        hurt(data / file, how, random)
        try:
            counted.update(attacked(data, file, right, building if (file, how) in to_build else None))
        except Exception as error:  # noqa: BLE001  whatever it is, the promise was broken
            broken += 1
            print(f"BROKEN: {file} {how}: {type(error).__name__}: {str(error)[:600]}", flush=True)
        if number % 25 == 0 or (file, how) in to_build:
            print(f"{number} of {len(attacks)} hurts, {time.monotonic() - began:,.0f} s", flush=True)
    for what, count in sorted(counted.items()):
        print(f"{count:5}  {what}")
    took = time.monotonic() - began
    print(f"{len(attacks)} hurts of {len(files)} files, seed {given.seed}, {took:,.0f} s: {broken} broken")
    if not given.folder:
        shutil.rmtree(folder)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
