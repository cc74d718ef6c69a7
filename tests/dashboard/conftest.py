from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from bench.visits import as_of_one_server
from store.schema import TABLES
from store.snapshot.writer import Writer
from tests.dashboard import reading_pages
from tests.dashboard.plain_articles import Plain
from tests.store.small_corpus import ADA, ALL_DRAFTS, GRACE, Draft, Piece, begin_with

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
EVIL = '<script>alert(1)</script> **bold** [x](javascript:alert(1)) $x^2$ <img src=x onerror="alert(1)">'
HOSTILE = Draft(
    f"Outlet {EVIL}",
    date(2020, 2, 14),
    (Piece("headline", EVIL), Piece("narration", f"Narration {EVIL}."), Piece("quote", f"Quote {EVIL}.", ADA)),
    title=EVIL,
    administration="administration:first",
)
MANY = tuple(
    Draft(
        f"Outlet {number % 15:02}",
        date(2018, 1, 3) + timedelta(days=11 * number),
        (Piece("narration", f"Article number {number} counts."), Piece("quote", "We counted as well.", ADA)),
        administration="administration:first" if number < 60 else "administration:second",
    )
    for number in range(120)
)

SILENT = Draft("The Daily", date(2020, 2, 14), (Piece("narration", "The lake froze early this winter."),))
EVEN = tuple(
    Draft("The Daily", None, (Piece("narration", "So it began."), Piece("quote", f"We began on day {who}.", who)))
    for who in (ADA, GRACE)
)


# Else every page that a test opens looks through all installed packages, which takes longer than most pages.
as_of_one_server()


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Stores by name: four articles, one, a hostile one, many, one in which nobody speaks, two without a day."""
    made = {}
    for name, drafts in {
        "small": ALL_DRAFTS, "one": ALL_DRAFTS[:1], "hostile": (HOSTILE,), "many": MANY, "silent": (SILENT,), "even": EVEN,
    }.items():  # fmt: skip
        made[name] = tmp_path_factory.mktemp(name)
        begin_with(made[name], *drafts)
    made["unusable"] = tmp_path_factory.mktemp("unusable")
    with Writer.open(made["unusable"], versions={"framelens": "test"}) as writer:
        cases = [("rows.jsonl", line, "no-text", "The row has no text. Add one.", False) for line in range(1, 8)]
        cases += [("odd.txt", 0, "odd-date", f"“{EVIL}” is not a date.", True)]
        names = ("origin", "origin_row", "code", "reason", "used")
        rows = [dict(zip(names, case, strict=True)) for case in cases]
        writer.rewrite("problems", pa.Table.from_pylist(rows, schema=TABLES["problems"]))
        writer.commit()
    return made


@pytest.fixture
def visit(corpora: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page on a corpus, with keys in the URL."""

    def open_page(script: str, corpus: str = "small", **query: object) -> AppTest:
        monkeypatch.setenv("FRAMELENS_DATA", str(corpora.get(corpus, corpus)))
        app = AppTest.from_file(str(ROOT / script), default_timeout=30)
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return open_page


@pytest.fixture(scope="module")
def plain(seeds_store: Path) -> Plain:
    """The demonstration articles as their files have them."""
    return Plain(seeds_store)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, seeds_store: Path) -> Callable[..., AppTest]:
    """Open a page on the demonstration articles, with keys in the URL."""
    return lambda name, **query: reading_pages.open_page(monkeypatch, seeds_store, name, **query)
