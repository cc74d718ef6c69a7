"""The figures of the portrayals module, worked out by hand."""

import csv

import numpy as np
import pytest

from evaluation.portrayals import _GENERAL, _NOT_ITS_OWN, NAMES, calibration_error, macro_f1, opinions


def test_macro_f1_is_the_mean_over_labels():
    gold, said = np.array([-1, -1, 0, 1]), np.array([-1, 0, 0, 1])
    assert macro_f1(gold, said) == pytest.approx(100 * (2 / 3 + 2 / 3 + 1) / 3)


def test_a_label_that_nobody_gives_counts_nothing():
    assert macro_f1(np.array([0, 0]), np.array([0, 0])) == pytest.approx(100 / 3)


def test_calibration_error_is_the_gap_between_how_sure_and_how_right():
    p = np.array([[0.75, 0.25, 0.0]] * 4)
    assert calibration_error(p, np.array([True, True, True, False])) == pytest.approx(0)
    assert calibration_error(p, np.array([True, False, False, False])) == pytest.approx(0.5)


def test_a_label_that_changes_with_one_name_is_no_longer_the_same():
    same, other = [0.2, 0.5, 0.3], [0.6, 0.3, 0.1]
    p = np.array([[same] * (1 + len(NAMES)), [same] * len(NAMES) + [other]])
    found = opinions(p)
    assert found["names"] == pytest.approx(50)
    # Smith leans by 0.1, the last name by the mean of 0.1 and -0.5.
    assert found["evenness"] == pytest.approx(100 - 30)


def test_readings_of_general_news_mark_a_target_in_its_passage_and_say_what_they_rest_on():
    with _GENERAL.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        assert int(row["start"]) <= int(row["target_start"]) < int(row["target_end"]) <= int(row["end"])
        assert row["reading"] in {"-2", "-1", "0", "1", "2"}
    assert {row["rests_on"] for row in rows} == _NOT_ITS_OWN | {"outlet", "fact", "victim"}
    assert len({(row["article"], row["target_start"]) for row in rows}) == len(rows)
