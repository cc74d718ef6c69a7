"""The version of the tables: here, where reading it loads nothing that reads tables."""

from __future__ import annotations

from typing import Final

SCHEMA_VERSION: Final = 8
