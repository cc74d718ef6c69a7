"""Invented sentences: every target stands on its name, and what is learned of it are shares."""

import re

import pytest

from training.portrayal.contrasts import contrasts


def test_targets_stand_on_the_names_that_were_drawn():
    for row in contrasts(2):
        assert row["sentence"][row["target_start"] : row["target_end"]] == row["target_text"]
        assert not re.search(r"[{}]", row["sentence"])
        assert row["sentence"][0].isupper() or row["sentence"][0] == "“"


def test_shares_sum_to_one():
    assert {round(sum(row["shares"]), 6) for row in contrasts(1)} == {1}


def test_each_time_names_and_words_are_drawn_anew_and_again_the_same():
    once = list(contrasts(3, seed=5))
    assert once == list(contrasts(3, seed=5))
    third = len(once) // 3
    assert {row["sentence"] for row in once[:third]}.isdisjoint(row["sentence"] for row in once[third:])


@pytest.mark.parametrize("kind", ["blaming", "praising", "apart", "attacker"])
def test_where_two_are_judged_both_are_targets(kind):
    rows = [row for row in contrasts(1) if row["kind"] == kind]
    sentences = [row["sentence"] for row in rows]
    assert all(sentences.count(one) == 2 for one in sentences)
