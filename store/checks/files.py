"""A sample's answers as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from store.checks.report import rows
from store.export import encode

if TYPE_CHECKING:
    from store.checks.log import Line, Log
    from store.reader import Store


def answers_csv(store: Store, found: Log, sample: Line) -> bytes:
    """Every answer and skip of a sample as the bytes of a CSV file."""
    return encode(pa.Table.from_pylist(rows(store, found, sample)), "csv", "answers")
