"""Figures are kept for as long as nothing that they depend on has changed, and are measured again when anything has."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from evaluation import sets
from pipeline.build import code_digest
from pipeline.build.code_digest import ROOT
from tests.evaluation.floors import kept_figures


@pytest.fixture(autouse=True)
def _kept_apart(tmp_path, monkeypatch):
    monkeypatch.setattr(sets, "KEPT", tmp_path / "kept")
    monkeypatch.setenv("FRAMELENS_EVAL", str(tmp_path / "eval"))
    (tmp_path / "eval" / "quotes").mkdir(parents=True)
    (tmp_path / "eval" / "quotes" / "labelled.jsonl").write_text("{}", "utf-8")


def key_with(monkeypatch, name, added):
    """The key of the quotes' figures with bytes added to a file of this project."""
    changed, read = ROOT / name, Path.read_bytes
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", lambda file: read(file) + (added if file == changed else b""))
        return kept_figures.key_of("evaluation.quotes")


@pytest.mark.parametrize(
    "name",
    [
        "evaluation/quotes.py",
        "evaluation/pronouns.json",
        "pipeline/quotes/component.py",
        "pipeline/core/parse.py",
        "pipeline/readers/mending/mend.py",
        "pipeline/resources/weights.csv",
        "store/sureness.py",
    ],
)
def test_a_change_of_code_table_or_label_counts(monkeypatch, name):
    assert (ROOT / name).is_file()
    assert key_with(monkeypatch, name, b"\nX = 1\n") != kept_figures.key_of("evaluation.quotes")


def test_no_code_that_measures_loads_another_by_a_name_that_is_not_followed():
    names = [
        f"evaluation.{file.stem}" for file in (ROOT / "evaluation").glob("*.py") if "def measure()" in file.read_text()
    ]
    loading = {
        module
        for name in names
        for module, file in code_digest.closure(kept_figures.modules_of(name)).items()
        if "import_module(" in file.read_text("utf-8")
    }
    # The readers' names are all followed; the sets load measures, which are asked for one by one.
    assert len(names) > 5
    assert loading == {"pipeline.readers", "evaluation.sets"}


@pytest.mark.parametrize(
    ("name", "added"),
    [
        ("pages/overview.py", b"\nX = 1\n"),
        ("evaluation/floors.json", b" "),
        ("pipeline/quotes/component.py", b"\n# a remark\n"),
    ],
)
def test_what_decides_no_figure_counts_for_nothing(monkeypatch, name, added):
    assert (ROOT / name).is_file()
    assert key_with(monkeypatch, name, added) == kept_figures.key_of("evaluation.quotes")


def test_a_change_of_a_labelled_set_or_a_package_counts(tmp_path, monkeypatch):
    before = kept_figures.key_of("evaluation.quotes")
    (tmp_path / "eval" / "quotes" / "labelled.jsonl").write_text('{"id": 1}', "utf-8")
    other_set = kept_figures.key_of("evaluation.quotes")
    monkeypatch.setattr(kept_figures, "distributions", lambda: [SimpleNamespace(name="spacy", version="0")])
    assert len({before, other_set, kept_figures.key_of("evaluation.quotes")}) == 3


def test_figures_are_measured_once_until_something_changes(tmp_path, monkeypatch):
    measured = []
    module = SimpleNamespace(NAME="some", measure=lambda: measured.append(1) or {"found": 90.0 + len(measured)})
    module.__name__ = "evaluation.quotes"
    assert [kept_figures.figures(module), kept_figures.figures(module)] == [{"found": 91.0}] * 2
    (tmp_path / "eval" / "quotes" / "labelled.jsonl").write_text('{"id": 1}', "utf-8")
    assert kept_figures.figures(module) == {"found": 92.0}
    (sets.KEPT / "figures-some.json").write_text("{not json", "utf-8")
    assert kept_figures.figures(module) == {"found": 93.0}
