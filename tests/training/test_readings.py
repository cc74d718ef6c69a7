"""Readings, the passages they are of, and what they are worth."""

import numpy as np
import pytest

from training import readings


def _reading(**other):
    return {"set": "polnear", "article": "a", "start": 4, "end": 20, "target_start": 4, "target_end": 7} | other


def test_a_passage_is_cut_from_its_text_and_offsets_are_into_it():
    (row,) = readings.passages([_reading(reading=-1)], {"polnear": {"a": "And Ann lied to all."}})
    assert row["sentence"] == "Ann lied to all."
    assert row["sentence"][row["target_start"] : row["target_end"]] == row["target_text"] == "Ann"


def test_a_reading_whose_text_is_not_there_is_left_out():
    assert readings.passages([_reading(), _reading(set="immigration")], {"polnear": {"b": "Other."}}) == []


def test_a_reading_is_worth_how_often_people_agreed_with_it():
    labelled = [{"sentence": f"S {n}", "target_start": 0, "label": label} for n, label in enumerate((-1, -1, 0, 1))]
    read = {("S 0", 0): -2, ("S 1", 0): -2, ("S 2", 0): -2, ("S 9", 0): 2}
    found = readings.worth(read, labelled)
    assert found[-2] == pytest.approx([3 / 6, 2 / 6, 1 / 6])
    assert found[2] == pytest.approx(np.full(3, 1 / 3)), "what nobody labelled tells nothing"


def test_a_labelled_sentence_is_found_by_its_number():
    labelled = [{"sentence": text, "target_start": start} for text, start in (("A", 0), ("B", 0), ("B", 5), ("C", 0))]
    read = [_reading(set="newsmtsc", article="1", target_start=5, reading=2), _reading(reading=-2)]
    assert readings.both_read(read, labelled) == {("B", 5): 2}


def test_all_readings_lie_inside_their_passage_and_are_read_once():
    every = readings.readings()
    assert {row["set"] for row in every} == set(readings.SETS)
    assert {row["reading"] for row in every} == set(readings.STEPS)
    assert all(row["start"] <= row["target_start"] < row["target_end"] <= row["end"] for row in every)
    places = {(row["set"], row["article"], row["start"], row["target_start"], row["target_end"]) for row in every}
    assert len(places) == len(every)


def test_about_one_article_in_six_is_kept_from_learning():
    articles = {row["article"] for row in readings.readings() if row["set"] == readings.HELD_SET}
    assert 0.1 < np.mean([readings.held(article) for article in articles]) < 0.24
