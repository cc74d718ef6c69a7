"""Sums that measurements share."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def at(values: Sequence[float], share: float) -> float:
    """The least value that at least ``share`` of ``values`` do not exceed; ValueError for none."""
    return sorted(values)[ceil(share * len(values)) - 1]
