"""Figures in a text: their value in one spelling, whatever the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.figures import find_figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One hundred trained officers will go.", [("100", "One hundred trained officers")]),
        ("Some 1,300 people were held.", [("1,300", "1,300 people")]),
        ("It cost $2.5 million and took 40 percent.", [("$2,500,000", "$2.5 million"), ("40 %", "40 percent")]),
        ("a share of 7%", [("7 %", "7%")]),
        ("two thousand ferries", [("2,000", "two thousand ferries")]),
    ],
)
def test_figures_have_one_spelling_and_the_words_after_them(text, found):
    assert [(figure.value, figure.text) for figure in find_figures(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "On May 15 in 2020",
        "15 February",
        "at 8:28 or 10 a.m.",
        "a 12-year-old",
        "see www.a.org/100x",
        "3 piers",
        "COVID-19",
    ],
)
def test_dates_times_and_small_counts_are_none(text):
    assert list(find_figures(text)) == []


@given(st.text(alphabet=st.sampled_from("0123456789,.%$ -:ahundredmilionper"), max_size=80))
def test_any_text_gives_figures_in_order_within_it(text):
    ends = 0
    for figure in find_figures(text):
        assert ends <= figure.start < figure.end <= len(text)
        assert text[figure.start :].startswith(figure.text)
        ends = figure.end
