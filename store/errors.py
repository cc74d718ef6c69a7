"""What can be wrong with a store, said for the person who must act."""

from __future__ import annotations


class StoreError(Exception):
    """Something about the store the user can mend; the message says what, where and how."""


class StoreMissing(StoreError):  # noqa: N818  reads as what it says
    """No corpus has been built there."""


class SchemaMismatch(StoreError):  # noqa: N818
    """The store was built by a version whose tables differ."""


class BuildRunning(StoreError):  # noqa: N818
    """Another process is building this store."""
