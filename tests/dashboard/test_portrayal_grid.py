"""Portrayal by group and voice: a sentence counts once, too few is too few, and no interval is surer than its data."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import portrayal_grid

SIGNS = st.lists(st.sampled_from([-1, 0, 1]), min_size=5, max_size=40)


def rows(group: str, voice: str, signs: list[int], articles: int = 5) -> pd.DataFrame:
    return pd.DataFrame(
        {"group": group, "voice": voice, "sentiment": signs, "p_positive": 0.5, "p_negative": 0.2}
        | {"article_id": [f"{group}{i % articles}" for i in range(len(signs))], "start": range(len(signs))}
    )


def test_a_sentence_that_names_somebody_twice_counts_once():
    frame = pd.concat([rows("A", "narration", [1, 0, 0, 0, 0])] * 2)
    assert portrayal_grid.cells(frame)["A", "narration"].signs == (1, 0, 0, 0, 0)
    # What a cell counts is what its evidence lists.
    assert [row["sentiment"] for row in portrayal_grid.sentences(frame)["A", "narration"]] == [1, 0, 0, 0, 0]


def test_four_sentences_are_too_few_and_have_no_mean():
    cell = portrayal_grid.cells(rows("A", "narration", [1, 1, 1, 1]))["A", "narration"]
    assert cell.few
    assert "too few: 4 of 5 needed" in portrayal_grid.grid({("A", "narration"): cell}, ["A"], {}, {}, {})


def test_hue_only_where_the_interval_leaves_zero():
    assert portrayal_grid.cells(rows("A", "narration", [1, -1, 0, 0, 1, -1]))["A", "narration"].hue == "neu"
    assert portrayal_grid.cells(rows("A", "narration", [1] * 30))["A", "narration"].hue == "pos"
    assert portrayal_grid.cells(rows("A", "narration", [-1] * 30))["A", "narration"].hue == "neg"


@settings(max_examples=30, deadline=None)
@given(SIGNS, st.integers(1, 8))
def test_the_interval_holds_the_mean_and_stays_on_the_axis(signs, articles):
    cell = portrayal_grid.cells(rows("A", "narration", signs, articles))["A", "narration"]
    assert -1 <= cell.low <= cell.mean + 1e-9
    assert cell.mean - 1e-9 <= cell.high <= 1


def test_a_difference_is_claimed_only_where_intervals_do_not_meet():
    def said(a: list[int], b: list[int]) -> str:
        found = portrayal_grid.cells(pd.concat([rows("A", "narration", a), rows("B", "narration", b)]))
        return portrayal_grid.overlap_sentence(found, ["A", "B"], {"A": "Daily", "B": "Herald"}, "narration")

    assert said([1] * 30, [-1] * 30) == "In narration these intervals do not overlap: Daily above Herald."
    assert said([1, 0, 0, -1, 0], [0, 0, 1, 0, 0]).endswith("no difference can be claimed.")
    assert said([1] * 30, [-1] * 3).startswith("In narration tone can be rated in Daily alone")
    assert said([1], [-1]).endswith("too few sentences to rate tone anywhere.")


@pytest.mark.parametrize(("groups", "class_"), [(1, "side"), (4, "side"), (5, "stack"), (17, "stack")])
def test_groups_stand_side_by_side_while_they_fit(groups, class_):
    names = [f"G{i}" for i in range(groups)]
    html = portrayal_grid.grid({}, names, {}, {}, {(name, "caption"): "no captions" for name in names})
    assert f'class="fl-portrayal {class_}"' in html
    assert html.count("no captions") == groups


def test_a_cell_says_its_figures_aloud_and_leads_to_its_sentences():
    found = portrayal_grid.cells(rows("A & B", "quote", [1, 0, 0, 0, -1, 0]))
    html = portrayal_grid.grid(found, ["A & B"], {}, {}, {}, chosen=("A & B", "quote"))
    assert 'data-choose="quote|A &amp; B"' in html
    assert 'aria-pressed="true"' in html
    assert "6 sentences: 1 positive, 1 negative" in html
