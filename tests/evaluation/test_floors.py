"""Every floor is held by a test, each in a file of its own so that they run side by side (``floors/``)."""

from pathlib import Path

from evaluation.sets import measures
from tests.evaluation.floors.holding import FLOORS

SOURCES = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "floors").glob("test_*.py"))


def test_every_floor_is_of_something_measured():
    assert set(FLOORS) <= {module.NAME for module in measures()}


def test_every_floor_is_held_by_a_test():
    assert {name for name in FLOORS if f'"{name}"' not in SOURCES} == set()
