"""Lines are counted as slipcover alone would count them, whoever works out which lines there are."""

import slipcover
from slipcover.slipcover import Slipcover

from tests.line_counts import PLAIN, adding, noted

WRITTEN = '''"""Says what it does."""
from __future__ import annotations


def half(number: int) -> int:
    total: int
    if number % 2:
        raise ValueError(
            number
        )
    return number // 2


def never() -> None:
    print("never")


if __name__ == "__main__":
    never()
half(4)
'''


def counter(folder) -> Slipcover:
    return Slipcover(source=[str(folder)], exclude_lines=["if __name__ == .__main__.:"])


def run(counting: Slipcover, file) -> None:
    exec(counting.instrument(compile(WRITTEN, str(file), "exec")), {"__name__": "written"})


def lines_of(counts):
    ((_, lines),) = counts["files"].items()
    return lines["executed_lines"], lines["missing_lines"], counts["summary"]["percent_covered"]


def test_what_workers_note_comes_to_what_slipcover_counts(tmp_path, monkeypatch):
    for name, plain in PLAIN.items():
        monkeypatch.setattr(Slipcover, name, plain)
    file = tmp_path / "written.py"
    file.write_text(WRITTEN, "utf-8")
    alone = counter(tmp_path)
    run(alone, file)
    expected = lines_of(alone.get_coverage())
    assert all(expected)

    idle, *workers = counter(tmp_path), Slipcover(), Slipcover()
    for worker in workers:
        run(worker, file)
    merge = adding(slipcover.merge_coverage)
    parts = merge(noted(workers[0]), noted(workers[1]))
    assert lines_of(merge(idle.get_coverage(), parts)) == expected
