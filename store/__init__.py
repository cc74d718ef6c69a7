"""The corpus as tables: the only place that knows how they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.errors import BuildRunning, SchemaMismatch, StoreError, StoreMissing
    from store.filter import Filter
    from store.reader import Store

__all__ = ["BuildRunning", "Filter", "SchemaMismatch", "Store", "StoreError", "StoreMissing"]


def __getattr__(name: str) -> object:
    """Load what is asked for, and no more: a build without news reads no tables."""
    from importlib import import_module  # noqa: PLC0415  every name asked for goes through here once

    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    places = {"Filter": "store.filter", "Store": "store.reader"}
    attribute: object = getattr(import_module(places.get(name, "store.errors")), name)
    globals()[name] = attribute
    return attribute
