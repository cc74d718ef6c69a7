"""Spare a process of pandas, which pyarrow loads, for more than a second, to ask whether a list is a Series.

Nothing of ours hands pyarrow a Series, and a build makes no DataFrame.
"""

from __future__ import annotations

import sys


class _Refuses:
    """Says that pandas is not installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Refuse pandas, and leave all else to others."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def refuse_pandas() -> None:
    """Let nobody load pandas in this process from now on."""
    sys.meta_path.insert(0, _Refuses())


def arrow_without_pandas() -> None:
    """Have pyarrow take pandas for not installed, as it then does for good; others may load it."""
    import pyarrow as pa  # noqa: PLC0415  a process that finds nothing new loads none

    refusing = _Refuses()
    sys.meta_path.insert(0, refusing)
    pa.array([""])
    sys.meta_path.remove(refusing)
