"""What every test shares. spaCy and Streamlit are imported where they are used: not every test needs them."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from slipcover.importer import SlipcoverMetaPathFinder

from tests import line_counts

if TYPE_CHECKING:
    from types import CodeType

    from spacy.language import Language

pytest_plugins = ["tests.workers"]
SEEDS = Path(__file__).parents[1] / "seeds"

# The same examples on every machine and run; a slow machine is no fault of the code.
settings.register_profile("framelens", deadline=None, derandomize=True)
settings.load_profile("framelens")
# Before the first of our modules is read.
line_counts.begin()
# Until all are: nearly nothing of what is imported is garbage, and to look for it takes a tenth of the time.
gc.disable()


def _count_lines_of_pages() -> None:
    """Where lines are counted, count those of pages too: Streamlit compiles them itself, and imports none."""
    counting = next((finder for finder in sys.meta_path if isinstance(finder, SlipcoverMetaPathFinder)), None)
    if counting is None:
        return
    from streamlit.runtime.scriptrunner.script_cache import ScriptCache

    compiled = ScriptCache.get_bytecode

    def get_bytecode(cache: ScriptCache, path: str) -> CodeType:
        code = compiled(cache, path)
        return counting.sci.instrument(code) if counting.file_matcher.matches(path) else code

    ScriptCache.get_bytecode = get_bytecode


# Files of few and long tests: begun last, one worker would be left with them while the others have nothing to do. Those
# with a browser are all of one worker, and take it longest.
LONG = ("tests/browser/", "tests/evaluation/floors/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, each kind in its order."""
    _count_lines_of_pages()
    kinds = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: next((kinds[name] for name in LONG if item.nodeid.startswith(name)), len(LONG)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What tests imported stays to the end: no collection of garbage, of which a test of time asks for one, looks it through."""
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    """Let all go in its order, as without us."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The parser of the pipeline, loaded once for all tests."""
    from pipeline.core.parse import load_model

    return load_model()


@pytest.fixture(autouse=True)
def _own_main_module():
    """Streamlit's tests put the page in the place of the main module, which workers started later would run."""
    own = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = own


@pytest.fixture(scope="session")
def seeds_store() -> Path:
    """A store of the demonstration articles, built once for all workers of a run: not to be written to.

    FRAMELENS_TEST_STORE names one that is there already, to save building it.
    """
    if given := os.environ.get("FRAMELENS_TEST_STORE"):
        return Path(given)
    from store.errors import BuildRunning
    from store.snapshot.lock import BuildLock
    from tests import workers

    shared = Path(workers.common().name)
    store = shared / "seeds-store"
    while True:
        # One worker builds it; the others wait, and find it built: to ask the command each time costs a process each.
        try:
            with BuildLock(shared):
                if not (store / "manifest.json").is_file():
                    _build_seeds(store)
                return store
        except BuildRunning:
            time.sleep(0.2)


def _build_seeds(store: Path) -> None:
    """Build it in this process, which has the parser for its other tests as well: a process of its own costs as much again."""
    from pipeline import DEFAULT_MODEL
    from pipeline.build.build import build
    from pipeline.build.engines import InProcess

    built = build([SEEDS], store, InProcess(), DEFAULT_MODEL)
    assert (built.articles, built.problems) == (5, [])


@pytest.fixture(scope="module")
def own_seeds_store(seeds_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it for the tests of one file, which may build into it again."""
    return Path(shutil.copytree(seeds_store, tmp_path_factory.mktemp("own") / "store"))
