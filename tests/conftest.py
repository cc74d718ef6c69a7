"""What every test shares."""

import sys

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
