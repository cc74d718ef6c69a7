"""Files of tests, run by processes that are forked from one that has imported, collected and loaded what they need.

A process begun by itself needs twenty seconds of a processor for that; one that is forked has it for nothing. Workers
take the next file from a count they share, and send what came of each test to the process that reports. With `-n 0`,
with one file, in a debugger and where processes cannot be forked, pytest runs tests as it does by itself.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import tempfile
import warnings
from contextlib import suppress
from functools import cache
from itertools import chain, pairwise
from multiprocessing.connection import wait
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from tests import line_counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.sharedctypes import Synchronized

    # What is told of one test: reports and warnings, each as the arguments of its hook.
    Told = list[tuple[str, dict[str, Any]]]

# Elsewhere than on Linux, what was imported need not outlive a fork.
FORKS = sys.platform == "linux"
# A count of files that is past all of them.
_STOPPED = 2**30


def pytest_addoption(parser: pytest.Parser) -> None:
    """`-n` is how many processes run tests.

    One more than processors: tests with a browser or a process of their own wait a part of their time. With one more
    no processor is idle.
    """
    group = parser.getgroup("workers")
    most = (os.cpu_count() or 1) + 1 if FORKS else 0
    # By its private name, as small letters are kept for pytest itself: `-n` is what everybody types.
    group._addoption("-n", "--workers", type=int, default=most, help="processes that run tests; 0: this one")


def scope_of(file: str) -> str:
    """What is given to one worker at once: a file, or all of those with a browser.

    Each worker that is given one of them begins a browser and a server, and loads and compiles Streamlit's scripts.
    """
    folder = file.rpartition("/")[0]
    return folder if folder == "tests/browser" else file


@cache
def common() -> TemporaryDirectory[str]:
    """The folder of what is made once for all workers of a run. It goes when the process ends that forked them."""
    return TemporaryDirectory(prefix="tests-")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run all tests in workers, and report what they tell; None leaves it to pytest."""
    config, option = session.config, session.config.option
    scopes: dict[str, list[int]] = {}
    for place, item in enumerate(session.items):
        scopes.setdefault(scope_of(item.nodeid.partition("::")[0]), []).append(place)
    count = min(option.workers, len(scopes))
    if count < 2 or session.testsfailed or option.collectonly or option.usepdb:
        return None
    _load(session.items)
    if reporter := config.pluginmanager.getplugin("terminalreporter"):
        reporter.showfspath = False  # files are run side by side
    fork = multiprocessing.get_context("fork")
    common(), config._tmp_path_factory.getbasetemp()  # one for all
    turn = fork.Value("i", 0)
    ends, workers = [], []
    for number in range(count):
        end, telling = fork.Pipe(duplex=False)
        workers.append(fork.Process(target=_work, args=(session, number, list(scopes.values()), turn, telling)))
        workers[-1].start()
        telling.close()
        ends.append(end)
    try:
        _report(session, ends, turn)
    finally:
        turn.value = _STOPPED
        for worker in workers:
            worker.join()
    if session.shouldfail:
        raise session.Failed(session.shouldfail)
    if session.shouldstop:
        raise session.Interrupted(session.shouldstop)
    return True


def _load(items: list[pytest.Item]) -> None:
    """What else workers would each load; it may begin no thread, which would be missing in them."""
    if any("nlp" in getattr(item, "fixturenames", ()) for item in items):
        from pipeline.core.parse import load_model

        load_model()
    gc.freeze()


def _report(session: pytest.Session, ends: list[Connection], turn: Synchronized[int]) -> None:
    """Report what workers tell at these ends until all are done; stop them where one is enough (`-x`) or is lost."""
    running: dict[Connection, pytest.Item | None] = dict.fromkeys(ends)
    left = len(session.items)
    while running:
        for end in wait(list(running)):
            try:
                said = end.recv()
            except EOFError:
                _report_lost(session, running.pop(end))
            else:
                if said is None:
                    del running[end]
                elif isinstance(said, int):
                    running[end] = session.items[said]
                else:
                    _report_test(session.config.hook, running[end], said)
                    left -= 1
        if session.shouldfail or session.shouldstop:
            turn.value = _STOPPED
    if left and turn.value < _STOPPED:
        session.shouldstop = f"{left} tests were never run"


def _report_test(hook: Any, item: pytest.Item, told: Told) -> None:
    hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for name, said in told:
        if name == "report":
            report = hook.pytest_report_from_serializable(config=item.config, data=said)
            hook.pytest_runtest_logreport(report=report)
        else:
            hook.pytest_warning_recorded.call_historic(kwargs=said)
    hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)


def _report_lost(session: pytest.Session, item: pytest.Item | None) -> None:
    """A worker ended before it was done: what it ran has failed, and what it had before it was never run."""
    session.shouldstop = f"a worker ended while it ran {item.nodeid if item else 'nothing'}"
    if item:
        lost = pytest.TestReport(item.nodeid, item.location, {}, "failed", session.shouldstop, "call")
        session.config.hook.pytest_runtest_logreport(report=lost)


class _Teller:
    """Gathers what is to be told of a test."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.told: Told = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        # A test with parts that failed fails when this is asked, and here those parts are known.
        self.config.hook.pytest_report_teststatus(report=report, config=self.config)
        data = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
        self.told.append(("report", data))

    def pytest_warning_recorded(
        self, warning_message: warnings.WarningMessage, when: str, nodeid: str, location
    ) -> None:
        of = warning_message
        plain = warnings.WarningMessage(str(of.message), of.category, of.filename, of.lineno)
        self.told.append(("warning", {"warning_message": plain, "when": when, "nodeid": nodeid, "location": location}))


def _work(
    session: pytest.Session, number: int, scopes: list[list[int]], turn: Synchronized[int], telling: Connection
) -> None:
    """Run file after file, in a worker, until all are taken."""
    line_counts.only_note()
    # Processes that tests start would else run the main module of this one again.
    sys.modules["__main__"] = ModuleType("__main__")
    config = session.config
    folder = config._tmp_path_factory.getbasetemp() / f"worker-{number}"
    folder.mkdir()
    config._tmp_path_factory._basetemp = folder
    tempfile.tempdir = str(folder)  # what is left there goes with it
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.stop_global_capturing()  # which would write into the file of the process that was forked
    capture.start_global_capturing()
    capture.suspend_global_capture()
    config.pluginmanager.unregister(name="terminalreporter")
    teller = _Teller(config)
    config.pluginmanager.register(teller)
    teller.told = []  # warnings of before the fork are told already
    with suppress(KeyboardInterrupt):  # the process that reports is told too
        for place, following in pairwise(chain(_taken(scopes, turn), (None,))):
            telling.send(place)
            next_item = None if following is None else session.items[following]
            config.hook.pytest_runtest_protocol(item=session.items[place], nextitem=next_item)
            telling.send(teller.told)
            teller.told = []
            if turn.value >= _STOPPED or session.shouldfail or session.shouldstop:
                break
    session._setupstate.teardown_exact(None)
    telling.send(None)


def _taken(scopes: list[list[int]], turn: Synchronized[int]) -> Iterator[int]:
    """The tests of every file that this worker takes, which is taken when the first of them is asked for."""
    while True:
        with turn.get_lock():
            number = turn.value
            if number < _STOPPED:
                turn.value += 1
        if number >= len(scopes):
            return
        yield from scopes[number]
