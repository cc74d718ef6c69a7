"""The house stays easy to walk: no folder with too many rooms, no file with two subjects."""

from pathlib import Path

import pytest

from tests import literal_words

ROOT = Path(__file__).parents[1]
CODE = ("pipeline", "store", "dashboard", "pages", "evaluation", "training", "bench")
MOST_MODULES = 20
MOST_LINES = 400


def modules(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.py") if path.name != "__init__.py"]


@pytest.mark.parametrize("top", CODE)
def test_no_folder_holds_more_modules_than_one_can_look_over(top):
    folders = [ROOT / top, *(path for path in (ROOT / top).rglob("*") if path.is_dir())]
    assert {str(folder): len(modules(folder)) for folder in folders if len(modules(folder)) > MOST_MODULES} == {}


@pytest.mark.parametrize("top", [*CODE, "tests"])
def test_no_module_is_long_enough_for_two_subjects(top):
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / top).rglob("*.py")}
    assert {str(path): count for path, count in lines.items() if count > MOST_LINES} == {}


# Words that no table holds yet: helping verbs, endings, and names of what the program itself makes.
MOST_WORDS = 223


def test_words_of_english_are_in_tables_not_in_code():
    found = literal_words.counts()
    assert sum(map(len, found.values())) <= MOST_WORDS, "\n".join(f"{path}: {' '.join(found[path])}" for path in found)


def test_words_are_counted_in_patterns_and_in_lists_and_not_in_sentences():
    source = (
        'KIN = frozenset({"uncle", "aunt"})\n'
        'OFFICE = re.compile(r"\\b(?:[Mm]ayor|sheriffs?) of (?P<place>\\w+)")\n'
        'message = "No uncle was found."\n'
    )
    assert sorted(literal_words.words(source)) == ["aunt", "mayor", "sheriffs", "uncle"]
