"""The corpus as tables: the only place that knows how they are stored."""

from store.errors import BuildRunning, SchemaMismatch, StoreError, StoreMissing
from store.filter import Filter
from store.reader import Store

__all__ = ["BuildRunning", "Filter", "SchemaMismatch", "Store", "StoreError", "StoreMissing"]
