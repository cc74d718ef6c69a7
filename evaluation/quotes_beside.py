"""Quotes and speakers beside other ways to find them, by outlet and by kind of speaker, on the articles of ``quotes``.

Figures, in percent, counted as in ``quotes``: ``outlet: X``, ``… with speaker`` and ``… all`` are ``direct``,
``direct_with_speaker`` and ``all`` of one outlet's articles. ``speaker: name``, ``nominal`` and ``pronoun`` are the
share of labelled stretches, of those whose speaker is so named, that are found *and* given to the right speaker, and
``speaker: elsewhere`` that of those whose speaker or cue stands in another paragraph. ``tables`` sets them beside those of
``quote_rivals``; a rival that is not installed is left out.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table

from evaluation import quotes
from evaluation.quote_rivals import rivals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.core.annotations import Quote

NAME: Final = "quotes_beside"
EVERY: Final = "every outlet"
ELSEWHERE: Final = "elsewhere"
KINDS: Final = ("name", "nominal", "pronoun", ELSEWHERE)
MEASURES: Final = {"": "direct", " with speaker": "direct_with_speaker", " all": "all"}
TITLES: Final = {
    "direct": "Quoted words found",
    "direct_with_speaker": "Quoted words found and given to the right speaker",
    "all": "All that is told as somebody's, quoted or not",
}

available = quotes.available


def by_kind(rows: Sequence[dict[str, Any]], quotes_found: Sequence[list[Quote]]) -> dict[str, tuple[int, int]]:
    """Of each kind of speaker, how many stretches are found with the right one, and how many there are."""
    count: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row, article_quotes in zip(rows, quotes_found, strict=True):
        for gold, right in quotes.direct_answers(row, article_quotes):
            kinds = [gold.note.get("speaker_type"), ELSEWHERE if quotes.elsewhere(row["text"], gold) else None]
            for kind in kinds:
                if kind in KINDS:
                    count[kind][0] += right
                    count[kind][1] += 1
    return {kind: (count[kind][0], count[kind][1]) for kind in KINDS}


def _outlets(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, list[int]]]:
    """Each outlet with the numbers of its articles, then all of them."""
    for outlet in sorted({row["outlet"] for row in rows}):
        yield outlet, [n for n, row in enumerate(rows) if row["outlet"] == outlet]
    yield EVERY, list(range(len(rows)))


def figures_of(rows: Sequence[dict[str, Any]], quotes_found: Sequence[list[Quote]]) -> dict[str, float]:
    """Every figure by name, for the quotes ``quotes_found`` in each of ``rows``."""
    figures = {}
    for outlet, numbers in _outlets(rows):
        scores = quotes.score([rows[n] for n in numbers], [quotes_found[n] for n in numbers])
        figures |= {f"outlet: {outlet}{what}": scores[key] for what, key in MEASURES.items()}
    for kind, (right, every) in by_kind(rows, quotes_found).items():
        figures[f"speaker: {kind}"] = 100 * right / max(1, every)
    return figures


@lru_cache(maxsize=1)
def measure() -> dict[str, float]:
    """Every figure of Framelens by name."""
    return figures_of(quotes.labelled(), quotes.found_quotes())


def cases() -> dict[str, int]:
    """Labelled stretches of each kind of speaker."""
    rows = quotes.labelled()
    return {f"speaker: {kind}": every for kind, (_, every) in by_kind(rows, [[] for _ in rows]).items()}


def tables() -> Iterator[Table]:
    """The figures side by side: a row an outlet or kind of speaker, a column a way to find quotes."""
    rows = quotes.labelled()
    systems = {"Framelens": measure()}
    systems |= {name: figures_of(rows, [find(row["text"]) for row in rows]) for name, find in rivals().items()}

    def line(figure: str) -> list[str]:
        return [f"{figures[figure]:.1f}" for figures in systems.values()]

    for what, key in MEASURES.items():
        table = Table("outlet", *systems, title=f"{TITLES[key]}, F1 in %")
        for outlet, _ in _outlets(rows):
            table.add_row(outlet, *line(f"outlet: {outlet}{what}"))
        yield table
    table = Table("speaker", "quotes", *systems, title="Quotes found and given to the right speaker, %")
    for name, every in cases().items():
        table.add_row(name.removeprefix("speaker: "), str(every), *line(name))
    yield table
