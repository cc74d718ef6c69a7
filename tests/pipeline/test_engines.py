"""Every engine does the same work."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.build import dask_cluster
from pipeline.build.engines import Dask, InProcess, Pool, engine
from pipeline.build.worker_pool import Lost
from tests.pipeline.given_work import Numbers, double, end_once, fail_on_three, work_on


@pytest.mark.parametrize("chosen", [InProcess(), Pool(2), Dask(1)], ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("items", [0, 2, 12])
def test_every_item_is_done_once(chosen, items):
    assert sorted(chosen.run(double, range(items))) == [2 * n for n in range(items)]


@pytest.mark.parametrize("chosen", [InProcess(), Pool(2)], ids=lambda e: type(e).__name__)
def test_a_fault_of_the_function_is_raised(chosen):
    with pytest.raises(ValueError, match="three"):
        list(chosen.run(fail_on_three, range(12)))


def test_items_are_taken_only_as_they_are_needed():
    taken = []

    def source():
        for n in range(1_000):
            taken.append(n)
            yield n

    results = Pool(2).run(double, source())
    next(results)
    assert len(taken) < 20
    results.close()


def lost_and_done(batches, **limits):
    answers = list(Pool(2, **limits).run(work_on, batches))
    lost = {answer.item.numbers: answer.reason for answer in answers if isinstance(answer, Lost)}
    return lost, sorted(number for answer in answers if not isinstance(answer, Lost) for number in answer)


def test_a_worker_that_dies_costs_only_the_item_that_ends_it():
    lost, done = lost_and_done([Numbers((1, 2)), Numbers((3, 4)), Numbers((5, 6))])
    assert lost == {(3,): "the process that read it ended without a word"}
    assert done == [1, 2, 4, 5, 6]


def test_a_worker_that_never_ends_is_ended():
    lost, done = lost_and_done([Numbers((7, 8)), Numbers((9,))])
    assert list(lost) == [(7,)]
    assert "longer than 1 seconds" in lost[7,]
    assert done == [8, 9]


def test_a_worker_that_needs_too_much_memory_is_ended():
    lost, done = lost_and_done([Numbers((11, 12), 1_000)], memory=600 << 20)
    assert list(lost) == [(12,)]
    assert "memory" in lost[12,]
    assert done == [11]


def test_what_was_held_by_a_worker_killed_from_outside_is_done_after_all(tmp_path):
    assert list(Pool(1).run(end_once, [tmp_path / "a", tmp_path / "b"])) == ["a", "b"]


def lost_and_done_on_dask(batches):
    answers = list(Dask(1).run(work_on, batches))
    lost = {answer.item.numbers: answer.reason for answer in answers if isinstance(answer, Lost)}
    return lost, sorted(number for answer in answers if not isinstance(answer, Lost) for number in answer)


def test_a_dask_worker_that_dies_costs_only_the_item_that_ends_it():
    lost, done = lost_and_done_on_dask([Numbers((1, 3)), Numbers((4,)), Numbers((5, 6))])
    assert list(lost) == [(3,)]
    assert "ended the processes" in lost[3,]
    assert done == [1, 4, 5, 6]


def test_a_dask_worker_that_never_ends_is_ended():
    lost, done = lost_and_done_on_dask([Numbers((7,)), Numbers((8, 9))])
    assert list(lost) == [(7,)]
    assert "longer than 1 seconds" in lost[7,]
    assert done == [8, 9]


def test_a_dask_cluster_without_workers_is_told_and_not_waited_for_for_ever(monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr(dask_cluster, "_ASK", 0.05)
    with (
        LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as empty,
        pytest.raises(ValueError, match="has had no worker"),
    ):
        list(Dask(1, empty.scheduler_address, without=0.0).run(double, [1]))


KILLED_WHILE_WORKING = """
import os, sys, time
from pipeline.build.engines import Pool
from tests.pipeline.given_work import say_and_sleep
if __name__ == "__main__":
    for pid in Pool(2).run(say_and_sleep, range(100)):
        print(pid, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="looks for processes as POSIX does")
def test_workers_end_with_a_killed_build(tmp_path):
    script = tmp_path / "build.py"
    script.write_text(KILLED_WHILE_WORKING, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as process:
        worker = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_an_unknown_engine_is_named():
    with pytest.raises(ValueError, match="spark"):
        engine("spark")
