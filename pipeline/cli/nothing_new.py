"""A build that finds nothing new, said without loading the command line, tables or models.

Only the ordinary call is answered here; whatever else stands in it, or is new, goes to the command line.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from pipeline import DEFAULT_MODEL
from pipeline.build.last_build import unchanged
from pipeline.build.summary import end_lines, found_line, problem_lines
from pipeline.cli.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

EXIT_SOME_UNUSED: Final = 3
# Options that a value follows.
_VALUED: Final = ("--data", "--model", "--workers")
_DATA: Final = ".framelens"
_PROBLEM: Final = ("origin", "origin_row", "code", "reason", "used")


def report_nothing_new(arguments: Sequence[str]) -> int | None:
    """Say what a build would, where it would find nothing new; its exit code, or None when it has to be done."""
    call = _ordinary(arguments)
    if call is None:
        return None
    sources, options, strict = call
    data = Path(options.get("--data") or os.environ.get("FRAMELENS_DATA") or _DATA)
    model = options.get("--model") or os.environ.get("FRAMELENS_MODEL") or DEFAULT_MODEL
    outcome = unchanged([Path(source) for source in sources], data, model)
    if outcome is None:
        return None
    problems = [SimpleNamespace(**dict(zip(_PROBLEM, row, strict=True))) for row in outcome["problems"]]
    summary = found_line(outcome["articles"], data, "nothing had changed", outcome["snapshot"])
    bold = "\x1b[1m{}\x1b[0m" if sys.stderr.isatty() and not os.environ.get("NO_COLOR") else "{}"
    lines = [*end_lines(outcome["counts"], problems), None, *problem_lines(problems)]
    shown = [bold.format(printable(summary)) if line is None else printable(line) for line in lines]
    sys.stderr.write("\n".join(shown) + "\n")
    return EXIT_SOME_UNUSED if strict and not all(problem.used for problem in problems) else 0


def _ordinary(arguments: Sequence[str]) -> tuple[list[str], dict[str, str], bool] | None:
    """Sources, options and whether to be strict, of a call that has nothing else in it."""
    if not arguments or arguments[0] != "build":
        return None
    sources: list[str] = []
    options: dict[str, str] = {}
    strict = False
    rest = iter(arguments[1:])
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--strict":
            strict = True
        elif name in _VALUED:
            options[name] = value if equals else next(rest, "")
            if not options[name]:
                return None
        elif word.startswith("-"):
            return None
        else:
            sources.append(word)
    return (sources, options, strict) if sources else None
