"""Methods: every figure has a section, and one that was not measured says so."""

import json
from dataclasses import replace

import pytest

from dashboard import accuracy
from tests.dashboard.reading_pages import open_page, said


def test_every_section_is_there_with_its_figures(monkeypatch, corpora):
    app = open_page(monkeypatch, corpora["small"], "methods")
    words = said(app)
    for title in ("Whose words", "Quotes and speakers", "Tone toward somebody", "Downloads"):
        assert title in [folded.label for folded in app.expander]
    assert "What not to conclude" in app.markdown[0].value
    for figure in accuracy.figures():
        assert figure.what in words.replace("&#x27;", "'").replace("&amp;", "&")
    assert "apostrophe" in " ".join(part.value for part in app.markdown)
    assert "Snapshot of the articles 1" in words


def test_the_first_screen_says_the_lowest_that_was_measured(monkeypatch, corpora):
    words = said(open_page(monkeypatch, corpora["small"], "methods"))
    lowest = min(f.value for f in accuracy.figures() if f.name == "organisations" and f.value is not None)
    assert f"{100 * lowest:.0f} organisations" in words
    told = [f.value for f in accuracy.figures() if f.what.startswith("All that is told as somebody’s")]
    assert (
        f"{100 * min(told):.0f} what is told as somebody’s, with or without quotation marks, as pages show it" in words
    )


def test_no_figure_is_said_to_be_the_lowest_while_one_waits_to_be_measured(monkeypatch, corpora):
    figures = [replace(f, value=None) if f.name == "places" and f.n != 30 else f for f in accuracy.figures()]
    monkeypatch.setattr(accuracy, "figures", lambda: figures)
    words = said(open_page(monkeypatch, corpora["small"], "methods"))
    assert "places, told apart from namesakes" not in words
    assert "quoted words, with who said them" in words


def test_every_figure_belongs_to_a_section():
    text = accuracy.METHODS.read_text(encoding="utf-8")
    names = [section.name for section in accuracy.sections(text)]
    assert {figure.name for figure in accuracy.figures()} <= set(names)
    assert len(names) == len(set(names)) == text.count("\n## ")


TEXT = "# Methods\n\nFirst words.\n\n## Whose words <!-- voice -->\nBody.\n"


def test_a_section_has_its_table_once_and_the_page_reads_it_without():
    once = accuracy.with_tables(
        TEXT, [accuracy.Figure(**figure(name="voice", n=1200, baseline=0.25, baseline_by="dice"))]
    )
    assert "| w | 0.50 F1 | 0.25: dice | m, 1,200 cases |" in once
    assert accuracy.with_tables(once, [accuracy.Figure(**figure(name="voice"))]).count("| w |") == 1
    assert accuracy.with_tables(once, []) == TEXT
    assert accuracy.sections(once) == [accuracy.Section("voice", "Whose words", "Body.")]


def test_a_figure_that_waits_says_so_in_the_table():
    assert "| Measured | Value |\n| --- | --- |\n| w | not measured yet |\n" in accuracy.with_tables(
        TEXT, [accuracy.Figure(**figure(name="voice", value=None, n=None))]
    )


def figure(**changes: object):
    given = {"name": "quotes", "what": "w", "figure": "F1", "value": 0.5, "n": 3, "case": "case", "measured_by": "m"}
    return given | changes


def test_a_figure_not_measured_has_no_value(tmp_path):
    file = tmp_path / "accuracy.json"
    file.write_text(json.dumps([figure(value=None, n=None)]), encoding="utf-8")
    assert accuracy.figures(file)[0].value is None


@pytest.mark.parametrize("text", ["[", '[{"name": 1}]', json.dumps([figure(value=93)])])
def test_a_file_in_another_format_is_refused_by_name(tmp_path, text):
    file = tmp_path / "accuracy.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"accuracy\.json"):
        accuracy.figures(file)
