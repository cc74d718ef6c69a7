"""A digest of what code does, whatever it says of itself: comments, docstrings and layout do not count.

Which code counts is followed from the modules that are named through everything they import, wherever in them, within
this project; so nothing has to be listed, and nothing can be forgotten.
"""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("pipeline", "store", "evaluation", "training")

_DOCUMENTED: Final = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def closure(modules: Iterable[str]) -> dict[str, Path]:
    """The modules named and all that they import of this project, by name, with their files."""
    found: dict[str, Path] = {}
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        file = _file_of(name)
        if name not in found and file is not None:
            found[name] = file
            waiting += _imports(file)
    return dict(sorted(found.items()))


def digest(modules: Iterable[str], files: Iterable[Path] = ()) -> str:
    """Twelve hexadecimal digits that change when what the ``modules`` do changes, or the bytes of ``files``."""
    held = hashlib.sha256()
    for name, file in closure(modules).items():
        held.update(f"{name}\0{_written(file)}\0".encode("utf-8", "surrogatepass"))
    for file in sorted(files):
        content = file.read_bytes()
        held.update(f"{file.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
        held.update(content)
    return held.hexdigest()[:12]


def _file_of(name: str) -> Path | None:
    """The file of a module; None where it is not of this project, or only a folder's sentence about itself."""
    if name.split(".", maxsplit=1)[0] not in PACKAGES:
        return None
    place = ROOT.joinpath(*name.split("."))
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


@cache
def _tree(file: Path) -> ast.Module:
    tree = ast.parse(file.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and node.body and _is_text(node.body[0]):
            del node.body[0]
    return tree


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _imports(file: Path) -> Iterator[str]:
    """What a module imports, but for what only its types ask for."""
    waiting: list[ast.AST] = [_tree(file)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            inside = [f"{node.module}.{one.name}" for one in node.names]
            modules = [name for name in inside if _file_of(name)]
            yield from modules
            # A folder's own file counts where a name is taken from it that is no module.
            if len(modules) < len(inside):
                yield node.module
        waiting += ast.iter_child_nodes(node)


def _written(file: Path) -> str:
    """The syntax of a module, written so that all versions of Python write the same.

    What is empty is left out, since later versions add parts to a node that earlier code does not have.
    """
    parts: list[str] = []

    def write(value: object) -> None:
        if isinstance(value, ast.AST):
            parts.append(f"({type(value).__name__}")
            for field in value._fields:
                inner = getattr(value, field, None)
                if inner is not None and inner != [] and not isinstance(inner, ast.expr_context):
                    parts.append(field)
                    write(inner)
            parts.append(")")
        elif isinstance(value, list):
            parts.append("[")
            for one in value:
                write(one)
            parts.append("]")
        else:
            parts.append(repr(value))

    write(_tree(file))
    return " ".join(parts)
