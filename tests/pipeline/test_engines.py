"""Every engine does the same work."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.build.engines import Dask, InProcess, Pool, engine


def double(number):
    return number * 2


def fail_on_three(number):
    if number == 3:
        raise ValueError("three")
    return number


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


KILLED_WHILE_WORKING = """
import os, sys, time
from pipeline.build.engines import Pool
from tests.pipeline.test_engines import say_and_sleep
if __name__ == "__main__":
    for pid in Pool(2).run(say_and_sleep, range(100)):
        print(pid, flush=True)
"""


def say_and_sleep(number):
    time.sleep(0.05 if number == 0 else 60)
    return os.getpid()


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
