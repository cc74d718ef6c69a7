"""What stands beside a figure that was not checked on this corpus: how right such figures were elsewhere, in full."""

import re
from dataclasses import replace

import pytest

from dashboard import accuracy
from dashboard.checking import beside

# Words that point to a row above, which does not stand beside a figure.
POINTING = re.compile(r"\b(?:such|other such|the same|more such|the) (?:articles|passages|sentences)\b")


@pytest.mark.parametrize("kind", beside._PUBLISHED)
def test_a_published_figure_says_by_itself_on_which_texts_it_holds(kind):
    assert not POINTING.search(beside.published(kind))


def test_the_lowest_of_the_published_figures_is_told(monkeypatch):
    low, high = (
        replace(accuracy.figures()[0], name="people", value=value, measured_by="some articles") for value in (0.5, 0.9)
    )
    monkeypatch.setattr(accuracy, "figures", lambda: [high, low])
    assert beside.published("people").startswith("0.50 ")


def test_none_is_told_where_one_that_may_be_the_lowest_waits_to_be_measured(monkeypatch):
    figures = [replace(accuracy.figures()[0], name="people", value=value) for value in (0.9, None)]
    monkeypatch.setattr(accuracy, "figures", lambda: figures)
    assert beside.published("people") == ""


def test_figures_of_whole_articles_are_not_those_of_facts():
    assert "articles put together" not in beside.published("facts").lower()
    assert "pairs" not in beside.published("facts")
