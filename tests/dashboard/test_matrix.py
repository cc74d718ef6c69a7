"""Shares side by side: two numbers in every cell, an interval only where there is enough."""

import pandas as pd
import pytest

from dashboard.markup.share_matrix import Line, interval, matrix, shares


def spoken(articles: int) -> pd.DataFrame:
    rows = [(f"a{n}", kind, words) for n in range(articles) for kind, words in (("official", 30 + n), ("expert", 10))]
    return pd.DataFrame(rows, columns=["article_id", "kind", "words"])


def test_shares_are_of_all_words_of_the_articles():
    found = shares(spoken(10), "kind", "words")
    assert found["expert"].uses == 100
    assert found["expert"].words == 445
    assert sum(told.rate for told in found.values()) == pytest.approx(1)
    assert found["expert"].low < 100 / 445 < found["expert"].high


def test_a_cell_holds_its_two_numbers_and_too_few_have_no_interval():
    lines = [Line("official", "Officials"), Line("<x>", "<x>")]
    html = matrix(
        lines,
        {"g": shares(spoken(3), "kind", "words")},
        ["g"],
        {"g": "Daily"},
        {"g": "3 articles"},
        unit="words",
        about="",
        head="",
    )
    assert "93 of 123 words" in html
    assert "%" not in html
    assert "<x>" not in html
    assert "none" in html
    assert "3 articles" in html
    # On a phone the head of a row names the groups that have nothing in it.
    assert 'class="fl-narrow">none: Daily</small>' in html


def test_an_interval_is_said_and_can_be_chosen():
    found = shares(spoken(10), "kind", "words")
    html = matrix(
        [Line("expert", "Experts")],
        {"g": found},
        ["g"],
        {},
        {},
        unit="words",
        about="",
        head="",
        chosen=("g", "expert"),
    )
    assert interval(found["expert"]) in html
    assert 'data-choose="expert|g"' in html
    assert 'aria-pressed="true"' in html
