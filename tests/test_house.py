"""The house stays easy to walk: no folder with too many rooms, no file with two subjects."""

from pathlib import Path

import pytest

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


@pytest.mark.parametrize("top", CODE)
def test_no_module_is_long_enough_for_two_subjects(top):
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / top).rglob("*.py")}
    assert {str(path): count for path, count in lines.items() if count > MOST_LINES} == {}
