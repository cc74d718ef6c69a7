"""Counting lines, with what need be done only once done by the process that workers are forked from.

In every worker slipcover would work out which lines a file that it imports has, and at its end which are left out of the
count. Workers note what is run, and no more: the process they are forked from looks at all files at its end anyway.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import slipcover
from slipcover.slipcover import PathSimplifier, Slipcover

if TYPE_CHECKING:
    from collections.abc import Callable

    Counts = dict[str, Any]

# What slipcover does by itself.
PLAIN = {name: vars(Slipcover)[name] for name in ("lines_from_code", "branches_from_code", "get_coverage")}
# Marks what a worker notes, which names no line that was not run.
_NOTED = "noted"


def begin() -> None:
    """From now on, where lines are counted, what workers note is added to what is known."""
    if os.environ.get("SLIPCOVER_ENABLED"):
        Slipcover.branches_from_code = staticmethod(lambda code: ())  # they are not counted
        slipcover.merge_coverage = adding(slipcover.merge_coverage)


def only_note() -> None:
    """From now on note in this process what is run, and no more."""
    Slipcover.lines_from_code = Slipcover.branches_from_code = staticmethod(lambda code: ())
    Slipcover.get_coverage = noted


def noted(counter: Slipcover) -> Counts:
    """The lines of each file that were run."""
    newly = counter._get_newly_seen()
    simplified = PathSimplifier()
    files = {
        simplified.simplify(file): {
            "executed_lines": sorted(newly.get(file, set()) | counter.all_seen.get(file, set())),
            "missing_lines": [],
        }
        for file in {*newly, *counter.all_seen}
    }
    return {"meta": Slipcover._make_meta(branch_coverage=False) | {_NOTED: True}, "files": files}


def adding(merge: Callable[[Counts, Counts], Counts]) -> Callable[[Counts, Counts], Counts]:
    """``merge``, which of what workers noted takes only lines that count."""

    def merged(whole: Counts, part: Counts) -> Counts:
        if part["meta"].get(_NOTED) and not whole["meta"].get(_NOTED):
            for name, lines in part["files"].items():
                known = whole["files"].get(name, {"executed_lines": (), "missing_lines": ()})
                counted = {*known["executed_lines"], *known["missing_lines"]}
                lines["executed_lines"] = [line for line in lines["executed_lines"] if line in counted]
        return merge(whole, part)

    return merged
