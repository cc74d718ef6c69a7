"""A digest of what code does, whatever it says of itself: comments, docstrings, layout and local names do not count.

Which code counts is followed from the modules that are named through everything they import, wherever in them, within
this project; so nothing has to be listed, and nothing can be forgotten. What a file imports and does is kept beside the
project by the sum of its bytes, for the next process.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("pipeline", "store", "evaluation", "training")

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_DOCUMENTED: Final = (ast.Module, ast.ClassDef, *_FUNCTIONS)
_KEPT: Final = ROOT / ".cache" / "code-digests.json"
# Files of code in several states.
_MOST_KEPT: Final = 1_000
# Functions to which the names of variables are data.
_READS_NAMES: Final = frozenset({"locals", "vars", "dir", "eval", "exec"})


class _Module(NamedTuple):
    """What a file of code imports, as modules with the names taken from them, and a digest of what it does."""

    imports: tuple[tuple[str, tuple[str, ...]], ...]
    done: str


def closure(modules: Iterable[str]) -> dict[str, Path]:
    """The modules named and all that they import of this project, by name, with their files."""
    files: dict[str, Path] = {}
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        file = _file_of(name)
        if name not in files and file is not None:
            files[name] = file
            waiting += _imported(file)
    return dict(sorted(files.items()))


def digest(modules: Iterable[str], files: Iterable[Path] = ()) -> str:
    """Twelve hexadecimal digits that change when what the ``modules`` do changes, or the bytes of ``files``."""
    total = hashlib.sha256()
    for name, file in closure(modules).items():
        total.update(f"{name}\0{_module(file.read_bytes()).done}\0".encode())
    _keep()
    for file in sorted(files):
        content = file.read_bytes()
        total.update(f"{file.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()[:12]


def _file_of(name: str) -> Path | None:
    """The file of a module; None where it is not of this project, or only a folder's sentence about itself."""
    if name.split(".", maxsplit=1)[0] not in PACKAGES:
        return None
    place = ROOT.joinpath(*name.split("."))
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


@cache
def _module(code: bytes) -> _Module:
    key = hashlib.sha256(code).hexdigest()
    if key in _kept():
        imports, done = _kept()[key]
        return _Module(tuple((module, tuple(names)) for module, names in imports), done)
    tree = _tree(code)
    done = hashlib.sha256(_written(tree).encode("utf-8", "surrogatepass")).hexdigest()
    module = _Module(tuple(_imports(tree)), done)
    _new[key] = module
    return module


# Read in this process and not yet kept.
_new: Final[dict[str, _Module]] = {}


@cache
def _kept() -> dict[str, Any]:
    """What earlier processes found, if this code found it: by the sums of files."""
    try:
        kept = json.loads(_KEPT.read_text("utf-8"))
        found: dict[str, Any] = kept["files"] if kept["by"] == _own_sum() else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found


def _own_sum() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def _keep() -> None:
    """Keep what was found for the next process; where nothing can be written, it finds that again."""
    if not _new:
        return
    _kept().update(_new)
    _new.clear()
    newest = dict(list(_kept().items())[-_MOST_KEPT:])
    part = _KEPT.with_name(f"{_KEPT.name}.{os.getpid()}")
    try:
        _KEPT.parent.mkdir(exist_ok=True)
        part.write_text(json.dumps({"by": _own_sum(), "files": newest}), "utf-8")
        part.replace(_KEPT)
    except OSError:
        part.unlink(missing_ok=True)


def _tree(code: bytes) -> ast.Module:
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and node.body and _is_text(node.body[0]):
            del node.body[0]
    return tree


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _imported(file: Path) -> Iterator[str]:
    """The modules of this project that a file imports, but for what only its types ask for."""
    for module, names in _module(file.read_bytes()).imports:
        modules = [name for name in (f"{module}.{taken}" for taken in names) if _file_of(name)]
        yield from modules
        # A folder's own file counts where a name is taken from it that is no module.
        if len(modules) < len(names) or not names:
            yield module


def _imports(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, tuple(alias.name for alias in node.names)
        waiting += ast.iter_child_nodes(node)


def _written(tree: ast.Module) -> str:
    """The syntax of a module, written so that all versions of Python write the same.

    What is empty is left out, since later versions add parts to a node that earlier code does not have. Variables of a
    function are numbered in the order in which they come, so that another name for one makes nothing again.
    """
    outside = {*dir(builtins), *_outside(tree)}
    parts: list[str] = []

    def write(value: object, variables: dict[str, int] | None) -> None:
        if isinstance(value, ast.Name) and variables and value.id in variables:
            parts.append(f"(variable {variables[value.id]})")
        elif isinstance(value, ast.AST):
            if isinstance(value, _FUNCTIONS) and variables is None:
                variables = _variables(value, outside)
            parts.append(f"({type(value).__name__}")
            for field in value._fields:
                inner = getattr(value, field, None)
                if inner is not None and inner != [] and not isinstance(inner, ast.expr_context):
                    parts.append(field)
                    write(inner, variables)
            parts.append(")")
        elif isinstance(value, list):
            parts.append("[")
            for item in value:
                write(item, variables)
            parts.append("]")
        else:
            parts.append(repr(value))

    write(tree, None)
    return " ".join(parts)


def _variables(function: ast.AST, outside: set[str]) -> dict[str, int]:
    """The variables of a function and of those within it, numbered; none where their names are more than names.

    A name counts as one where everything that has it in the function is a variable and nothing ``outside`` has it.
    Arguments may be given by name, and so may attributes of a class: they are left as they are.
    """
    nodes = list(ast.walk(function))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    if any(isinstance(node, ast.ClassDef) for node in nodes) or any(name.id in _READS_NAMES for name in names):
        return {}
    fixed = outside.union(*map(_names_of, nodes))
    stored = dict.fromkeys(name.id for name in names if isinstance(name.ctx, ast.Store) and name.id not in fixed)
    return {name: number for number, name in enumerate(stored)}


def _outside(tree: ast.Module) -> Iterator[str]:
    """The names that stand in a module outside its functions."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield from [node.id] if isinstance(node, ast.Name) else _names_of(node)
        waiting += [] if isinstance(node, _FUNCTIONS) else ast.iter_child_nodes(node)


def _names_of(node: ast.AST) -> Iterator[str]:
    """The names that a node has as plain text: of a function, a class, an argument, what is imported or caught."""
    if not isinstance(node, ast.Name | ast.Attribute | ast.keyword | ast.Constant):
        for _, value in ast.iter_fields(node):
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    yield text.split(".", maxsplit=1)[0]
