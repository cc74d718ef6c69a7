from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from small_corpus import ALL_DRAFTS, begin_with

from store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session", autouse=True)
def _no_flushing() -> Iterator[None]:
    """Tests survive no power cut, and need not wait for the disk."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda handle: None)
        yield


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small corpus, for reading."""
    path = tmp_path_factory.mktemp("small")
    begin_with(path, *ALL_DRAFTS)
    opened = Store.open(path)
    yield opened
    opened.close()
