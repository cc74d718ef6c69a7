"""Which administration of the United States was in office on a day: facts builds and corrections share."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).parent / "administrations.csv"


@dataclass(frozen=True, slots=True)
class Term:
    """A president's time in office: from noon on ``since`` to noon on ``until``; ``president`` is a person's id."""

    entity_id: str
    name: str
    president: str
    surname: str
    since: date
    until: date


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """All terms, earliest first; the table names its source in its first lines."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(
        Term(
            row["entity_id"],
            row["name"],
            row["president"],
            row["surname"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]),
        )
        for row in csv.DictReader(lines)
    )


def in_office(day: date | None, last: date | None = None) -> Term | None:
    """The term ``day`` lies in, or all days to ``last`` lie in.

    ``None`` when a day is not known, when one administration gives way to another between the two, and before the first
    in the table. The day of an inauguration counts to the new administration.
    """
    term = _on(day)
    if term is None or (last is not None and _on(last) is not term):
        return None
    return term


def _on(day: date | None) -> Term | None:
    if day is None:
        return None
    return next((term for term in terms() if term.since <= day < term.until), None)
