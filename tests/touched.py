"""The tests a change touches: `python -m tests.touched` prints their files, one a line, for `make check`.

A change is what differs from the last commit, or the last commit itself where nothing does. A test is touched when it
changed, or when it imports a module that changed. The browser's tests are left to `make test`.
"""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_TO_ALL = ("tests/browser/", "tests/evaluation/floors/")


def changed() -> list[str]:
    """Paths below the root that differ from the last commit, untracked ones too; or those of the last commit."""

    def paths(*command: str) -> list[str]:
        return subprocess.run(("git", *command), cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()

    now = paths("diff", "--name-only", "HEAD") + paths("ls-files", "--others", "--exclude-standard")
    return now or paths("diff", "--name-only", "HEAD~1", "HEAD")


def imported(source: str) -> set[str]:
    """Modules a file names in its imports: ``a.b`` and ``a.b.c`` for ``from a.b import c``."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def touched(paths: list[str], tests: dict[str, str]) -> list[str]:
    """Of ``tests`` (path to source) those that ``paths`` touch, in order."""
    modules = {path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths}
    pages = {Path(path).stem for path in paths if path.startswith("pages/")}
    found = []
    for path, source in sorted(tests.items()):
        if path.startswith(LEFT_TO_ALL):
            continue
        opened = any(f'"{page}"' in source or f"pages/{page}.py" in source for page in pages)
        if path in paths or opened or imported(source) & modules:
            found.append(path)
    return found


def main() -> None:
    """Print the files of the tests that the change touches."""
    tests = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/test_*.py")
    }
    print("\n".join(touched(changed(), tests)))


if __name__ == "__main__":
    main()
