"""The plot of distinctive words: every scored word a dot that can be chosen, labels that do not hide each other."""

import pandas as pd

from dashboard.charts import comparison_plots
from tests.dashboard.checked import checked


def table() -> pd.DataFrame:
    rows = [("a", f"w{n}", 10 + n, 5, n / 10 - 2) for n in range(60)] + [
        ("a", "rare", 1, 0, None),
        ("b", "w1", 3, 1, 9.0),
    ]
    return pd.DataFrame(rows, columns=["group", "word", "count", "others", "z"])


def test_each_scored_word_of_the_group_is_a_dot():
    drawn = checked(comparison_plots.distinctiveness(table(), "a", "Daily", 1.96))
    words = [given[0] for trace in drawn.data for given in trace.customdata]
    assert sorted(words) == sorted(f"w{n}" for n in range(60))


def test_only_words_beyond_chance_are_labelled_and_none_upon_another():
    drawn = checked(comparison_plots.distinctiveness(table(), "a", "Daily", 1.96))
    chance, sure = drawn.data
    assert not any(chance.text)
    labelled = [(text, z) for text, z in zip(sure.text, sure.y, strict=True) if text]
    assert 0 < len(labelled) <= comparison_plots.LABELLED
    assert all(abs(z) > 1.96 for _, z in labelled)


def test_words_are_escaped():
    rows = pd.DataFrame([("a", "<b>x", 9, 1, 5.0), ("a", "y", 9, 1, -5.0)], columns=list(table().columns))
    drawn = checked(comparison_plots.distinctiveness(rows, "a", "<i>Daily", 1.96))
    assert "<b>" not in "".join(drawn.data[1].text)
    assert "<i>" not in drawn.layout.yaxis.title.text


def test_nothing_scored_is_no_plot():
    assert comparison_plots.distinctiveness(table(), "c", "Nobody", 1.96) is None
