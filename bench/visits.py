"""Visits to pages by Streamlit's own test runner, made as cheap as visits to a server that is running.

The runner sets up a whole server for every visit: it reads the metadata of every installed package in search of
components, and compiles each script anew. A server does both once, when it starts, and a reader never waits for them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT: Final = Path(__file__).parent.parent
PATIENCE: Final = 600


def as_of_one_server() -> None:
    """From now on visits of this process share what a server has done once."""
    compiled = ScriptCache()
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    app_test.ScriptCache = lambda: compiled


def visit(page: str, outlets: Sequence[str]) -> Callable[[], None]:
    """A visit to a page, filter bar and all, under a filter of outlets; an error of the page is raised."""

    def run() -> None:
        app = AppTest.from_file(str(ROOT / "dashboard" / "shell.py"), default_timeout=PATIENCE)
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
        app.query_params["source"] = list(outlets)
        app.run()
        if app.exception:
            raise RuntimeError(app.exception[0].message)

    return run
