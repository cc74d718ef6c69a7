"""A build by the workers of a Dask scheduler that runs apart from it, as on another machine."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipeline import DEFAULT_MODEL
from pipeline.build.build import build
from pipeline.build.engines import Dask
from store import Filter, Store
from store.export import TABLES_FOR_EXPORT, render

SEEDS = Path(__file__).parents[2] / "seeds"
PATIENCE = 120


@pytest.fixture
def scheduler(tmp_path):
    """The address of a scheduler with two workers, each a process that this one did not make by itself."""
    file = tmp_path / "scheduler.json"
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    commands = [
        ["distributed.cli.dask_scheduler", *here, "--port", "0", "--scheduler-file", str(file)],
        ["distributed.cli.dask_worker", *here, "--scheduler-file", str(file), "--nworkers", "2", "--nthreads", "1"],
    ]
    with ExitStack() as running:
        for module, *options in commands:
            process = running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", module, *options],
                    cwd=Path(__file__).parents[2],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
            running.callback(process.terminate)
            end = time.monotonic() + PATIENCE
            while not file.exists():  # workers wait for their scheduler by themselves
                assert time.monotonic() < end, "the scheduler did not start"
                assert process.poll() is None, "the scheduler ended"
                time.sleep(0.05)
        yield json.loads(file.read_text("utf-8"))["address"]


def test_what_a_scheduler_elsewhere_has_built_is_what_is_built_here(scheduler, seeds_store, tmp_path):
    outcome = build([SEEDS], tmp_path / "data", Dask(2, scheduler), DEFAULT_MODEL)
    assert (outcome.articles, outcome.problems) == (5, [])
    here, there = Store.open(seeds_store), Store.open(tmp_path / "data")
    for table in TABLES_FOR_EXPORT:
        assert render(here, table, Filter(), "csv") == render(there, table, Filter(), "csv"), table
