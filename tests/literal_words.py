"""Words of English in the code of the analyses: `python -m tests.literal_words [FOLDER]` counts them by file.

A list of words is a table in `pipeline/resources/`, with its source and its reader. Counted are words of three letters
and more in regular expressions and in literal sets, tuples, lists and dicts of the analyses; not the closed classes of
grammar (spaCy's stop words), names of the parser's labels, and names of components and of what they leave.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from spacy.glossary import GLOSSARY
from spacy.lang.en.stop_words import STOP_WORDS

from store import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
ANALYSES: Final = (
    *("core", "furniture", "places", "entities", "coreference", "quotes", "language", "portrayals", "stories"),
)
_WORD: Final = re.compile(r"(?<![\\A-Za-z])[A-Za-z]?[a-z]{2,}(?![A-Za-z])")
# Groups' names, escapes and classes of characters are no words: "[Ss]tate" is read as "state".
_CLASS: Final = re.compile(r"\[([A-Z])([a-z])\]")
_MARKUP: Final = re.compile(r"\\[a-zA-Z]|\(\?P?[<=!]*\w*>|\(\?[a-z]+[:)]|\[[^\]]*\]")
_COMPILING: Final = frozenset({"compile", "search", "match", "fullmatch", "sub", "finditer", "findall", "split"})
# Functions that read a list of a table by its key.
_READERS: Final = frozenset({"any_of", "_any", "lists"})
# Values of the schema's types, such as the voices and the kinds of quotes.
_OF_SCHEMA: Final = frozenset(
    word
    for kind in vars(schema).values()
    for value in get_args(kind)
    if isinstance(value, str)
    for word in value.lower().split()
) | frozenset(column for table in schema.TABLES.values() for name in table.names for column in name.split("_"))
# Labels of the parser in small letters, those that its glossary lacks as well.
_LABELS: Final = frozenset(map(str.lower, GLOSSARY)) | frozenset({"npadvmod", "advmod", "relcl", "csubjpass"})
NOT_COUNTED: Final = frozenset(STOP_WORDS) | _LABELS | _OF_SCHEMA


def _strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """String constants in regular expressions and in literal collections."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _COMPILING:
            inner = [one for part in [*node.args[:1], node.func.value] for one in ast.walk(part)]
        elif isinstance(node, ast.Set | ast.Tuple | ast.List):
            inner = list(ast.iter_child_nodes(node))
        elif isinstance(node, ast.Dict):
            inner = [*filter(None, node.keys), *node.values]
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            inner = [one for one in ast.walk(node.value) if isinstance(one, ast.Constant) and "|" in str(one.value)]
        else:
            continue
        yield from (one for one in inner if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _keys(tree: ast.AST) -> Iterator[int]:
    """Ids of the constants that name a list of a table: in ``any_of(TABLE, "its_key")`` and ``lists(TABLE)["its_key"]``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _READERS:
            yield from (id(argument) for argument in node.args)
        elif isinstance(node, ast.Subscript):
            yield id(node.slice)


def words(source: str) -> list[str]:
    """The words of a module's source that are counted, each as often as it stands there."""
    tree = ast.parse(source)
    keys = set(_keys(tree))
    constants = {id(node): node.value for node in _strings(tree) if id(node) not in keys}
    found = []
    for text in constants.values():
        plain = _MARKUP.sub(" ", _CLASS.sub(r"\2", str(text)))
        # "doc._.mentions" and "quotes/bodies.toml" are names of the program.
        if re.fullmatch(r"[\w./:-]+", plain) and re.search(r"[./_:]", plain.strip(".")):
            continue
        found += [word.lower() for word in _WORD.findall(plain) if word.lower() not in NOT_COUNTED]
    return found


def counts(root: Path = ROOT) -> dict[str, list[str]]:
    """The words of each module of the analyses that has any, most first."""
    files = sorted(path for room in ANALYSES for path in (root / "pipeline" / room).rglob("*.py"))
    found = {path.relative_to(root).as_posix(): words(path.read_text(encoding="utf-8")) for path in files}
    return dict(sorted(((path, held) for path, held in found.items() if held), key=lambda item: -len(item[1])))


def main() -> None:
    """Print the words by file, and how many there are."""
    found = counts(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
    for path, held in found.items():
        print(f"{len(held):4} {path}: {' '.join(held)}")
    print(sum(map(len, found.values())))


if __name__ == "__main__":
    main()
