"""What every test shares."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import settings
from spacy.language import Language

from pipeline.core.parse import load_model

# The same examples on every machine and run; a slow machine is no fault of the code.
settings.register_profile("framelens", deadline=None, derandomize=True)
settings.load_profile("framelens")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The parser of the pipeline, loaded once for all tests."""
    return load_model()


@pytest.fixture(autouse=True)
def _own_main_module():
    """Streamlit's tests put the page in the place of the main module, which workers started later would run."""
    own = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = own


@pytest.fixture(scope="session")
def seeds_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the demonstration articles, built once for all workers of a run: not to be written to.

    FRAMELENS_TEST_STORE names one that is there already, to save building it.
    """
    if given := os.environ.get("FRAMELENS_TEST_STORE"):
        return Path(given)
    own = tmp_path_factory.getbasetemp()
    store = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "seeds-store"
    command = [sys.executable, "-m", "pipeline", "build", "seeds", "--data", str(store), "--workers", "1"]
    while True:
        built = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
        if built.returncode == 0:
            return store
        # Another worker builds it: then there is nothing left to do here but to wait for it.
        assert "is building" in built.stdout + built.stderr, built.stdout + built.stderr
        time.sleep(1)
