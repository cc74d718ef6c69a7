"""What the methods page says of accuracy is what is measured."""

import json
from types import SimpleNamespace

import pytest

from dashboard import accuracy
from evaluation import published, seeds

FIGURES = accuracy.figures()
OF_QUOTES = [row.key for row in published.ROWS if row.module == "quotes"]


def test_the_page_shows_the_rows_that_are_published():
    assert [(row.name, row.what, row.measured_by) for row in published.ROWS] == [
        (figure.name, figure.what, figure.measured_by) for figure in FIGURES
    ]


@pytest.mark.parametrize("row", [row for row in published.ROWS if row.module == "seeds"], ids=lambda row: row.key)
def test_figures_of_the_demonstration_articles_are_what_is_measured_now(row):
    figure = FIGURES[published.ROWS.index(row)]
    measured = seeds.measure()
    mend = "the code changed what is measured; run: python -m evaluation --write"
    assert 100 * figure.value == pytest.approx(measured[row.key], abs=0.1), mend
    assert figure.n == seeds.cases()[row.key], mend
    if row.baseline:
        assert 100 * figure.baseline == pytest.approx(measured[row.baseline], abs=0.1), mend


def test_the_tables_of_the_methods_are_those_of_the_figures():
    text = accuracy.METHODS.read_text(encoding="utf-8")
    assert accuracy.with_tables(text, FIGURES) == text, "run: python -m evaluation --write"


def module(name, *, there):
    return SimpleNamespace(
        NAME=name,
        available=lambda: there,
        measure=lambda: dict.fromkeys(OF_QUOTES, 50.0),
        cases=lambda: dict.fromkeys(OF_QUOTES, 7),
    )


def test_a_set_that_is_there_is_measured_anew():
    found = published.figures([module("quotes", there=True)], FIGURES)
    assert {(figure.value, figure.n) for figure in found if figure.measured_by == published.POLNEAR} == {(0.5, 7)}


def test_a_set_that_is_not_there_keeps_what_was_written_before():
    assert published.figures([module("quotes", there=False)], FIGURES) == FIGURES


def test_what_nothing_measures_says_so():
    assert {figure.value for figure in published.figures([], [])} == {None}


def test_what_is_written_is_what_is_read(tmp_path):
    file, text = tmp_path / "accuracy.json", tmp_path / "methods.md"
    text.write_text("# Methods\n\n## Whose words <!-- voice -->\nEach word has one.\n", encoding="utf-8")
    published.write(FIGURES, file, text)
    assert accuracy.figures(file) == FIGURES
    assert FIGURES[0].what in text.read_text(encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8"))[0]["name"] == FIGURES[0].name
