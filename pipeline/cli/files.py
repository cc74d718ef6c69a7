"""Files that a command writes: whole or not at all, however it ends."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, that takes the place of ``path`` at the end; after an error nothing is left of it."""
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("wb") as written:
            yield written
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def json_lines(source: Path, unusable: Callable[[int, str], object]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Objects of a file of JSON lines, by number of line; ``unusable`` is told of a line that holds none, and why."""
    with source.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row, fault = json.loads(line.decode("utf-8-sig")), ""
            except ValueError as error:
                row, fault = None, str(error)
            except RecursionError:
                row, fault = None, "it is nested too deeply"
            if isinstance(row, dict):
                yield number, row
            else:
                unusable(number, f"{fault or 'it does not hold one JSON object'}. Mend the line and run again.")


def write_json_lines(
    out: Path,
    answers: Iterable[tuple[int, dict[str, Any] | str]],
    unusable: Callable[[int, str], object],
) -> None:
    """Write answers to ``out``, one a line; ``unusable`` is told of those that are a reason instead."""
    with whole_file(out) as written:
        for number, result in answers:
            if isinstance(result, str):
                unusable(number, result)
                continue
            try:
                line = json.dumps(result, ensure_ascii=False, default=float)
            except RecursionError:
                unusable(number, 'its "id" is nested too deeply. Give it a short one.')
                continue
            try:
                encoded = line.encode("utf-8")
            except UnicodeEncodeError:  # half a character, which only an escape can hold
                encoded = json.dumps(result, default=float).encode("ascii")
            written.write(encoded + b"\n")
