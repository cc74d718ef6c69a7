"""The statistics against plain computations of the same."""

from __future__ import annotations

import math

import numpy as np
import pytest

from store.statistics import log_odds, mean_interval


def test_a_mean_without_values_is_unknown():
    unknown = mean_interval([])
    assert math.isnan(unknown.mean)
    assert (unknown.values, unknown.clusters) == (0, 0)
    assert mean_interval([math.nan, math.nan], ["a", "b"]).values == 0


def test_one_article_tells_nothing_of_others():
    alone = mean_interval([0.0, 1.0], ["a", "a"])
    assert alone.mean == 0.5
    assert math.isnan(alone.low)
    assert math.isnan(alone.high)
    assert (alone.values, alone.clusters) == (2, 1)


def test_the_mean_is_of_values_and_the_interval_of_clusters():
    values = [0.0] * 50 + [1.0] * 50
    by_article = mean_interval(values, ["a"] * 50 + ["b"] * 50)
    singly = mean_interval(values)
    assert by_article.mean == singly.mean == 0.5
    assert (by_article.low, by_article.high) == (0.0, 1.0)
    assert 0.35 < singly.low < 0.45
    assert 0.55 < singly.high < 0.65


def test_the_same_values_give_the_same_interval_and_constants_none():
    values, clusters = [0.1, 0.5, 0.9, 0.2], ["a", "b", "c", "d"]
    assert mean_interval(values, clusters, seed=3) == mean_interval(values, clusters, seed=3)
    assert mean_interval(values, clusters, level=0.5).low >= mean_interval(values, clusters, level=0.95).low
    assert mean_interval([0.3, 0.3], ["a", "b"])[:3] == pytest.approx((0.3, 0.3, 0.3))


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    random = np.random.default_rng(1)
    trials, held = 150, 0
    for trial in range(trials):
        sizes = random.integers(1, 6, size=40)
        of_article = random.normal(0.2, 0.5, size=40)
        values = np.concatenate([random.normal(mean, 0.3, size) for mean, size in zip(of_article, sizes, strict=True)])
        low, high = mean_interval(values, np.repeat(np.arange(40), sizes).tolist(), seed=trial)[1:3]
        held += low <= 0.2 <= high
    assert 0.88 <= held / trials <= 0.99


def reference(a: dict[str, int], b: dict[str, int], prior: dict[str, float], word: str) -> float:
    """Equations 16, 20 and 22 of the paper, term by term."""
    alpha, alpha_0 = prior[word], sum(prior.values())
    y_i, y_j = a.get(word, 0), b.get(word, 0)
    n_i, n_j = sum(a.values()), sum(b.values())
    delta = math.log((y_i + alpha) / (n_i + alpha_0 - y_i - alpha))
    delta -= math.log((y_j + alpha) / (n_j + alpha_0 - y_j - alpha))
    return delta / math.sqrt(1 / (y_i + alpha) + 1 / (y_j + alpha))


def test_log_odds_are_those_of_the_paper():
    a, b = {"border": 30, "alien": 12, "city": 50}, {"border": 28, "migrant": 15, "city": 61}
    prior = {"border": 100.0, "alien": 20.0, "migrant": 22.0, "city": 200.0}
    found = log_odds(a, b, prior)
    assert found[0].word == "alien"
    assert found[-1].word == "migrant"
    for row in found:
        assert row.z == pytest.approx(reference(a, b, prior, row.word))
        assert (row.count_a, row.count_b) == (a.get(row.word, 0), b.get(row.word, 0))


def test_without_a_prior_both_groups_together_are_the_background():
    a, b = {"x": 3, "y": 1}, {"x": 1, "z": 5}
    together = {"x": 4.0, "y": 1.0, "z": 5.0}
    assert log_odds(a, b) == log_odds(a, b, together)
    tenth = {word: count / 10 for word, count in together.items()}
    for row in log_odds(a, b, prior_weight=1.0):
        assert row.z == pytest.approx(reference(a, b, tenth, row.word))


def test_groups_that_say_the_same_do_not_differ_and_swapping_them_swaps_the_sign():
    same = {"x": 3, "y": 9}
    assert all(row.z == 0 for row in log_odds(same, same))
    a, b = {"x": 9, "y": 2}, {"x": 2, "y": 8}
    there = {row.word: row.z for row in log_odds(a, b)}
    back = {row.word: row.z for row in log_odds(b, a)}
    assert there == pytest.approx({word: -z for word, z in back.items()})


def test_odd_groups_do_not_fail():
    assert log_odds({}, {}) == []
    assert log_odds({"only": 3}, {})[0].z == 0
    assert all(math.isfinite(row.z) for row in log_odds({"a": 1}, {"b": 1}, prior={}))


def independent(counts: list[list[int]], group: int) -> list[float]:
    """Log-odds with the corpus as prior, from the paper's own words: odds of the counts with pseudo-counts added."""
    from fractions import Fraction

    prior = [sum(column) for column in zip(*counts, strict=True)]
    ours = counts[group]
    theirs = [total - own for total, own in zip(prior, ours, strict=True)]
    whole = sum(prior)
    scores = []
    for own, other, alpha in zip(ours, theirs, prior, strict=True):
        here, there = Fraction(own + alpha), Fraction(other + alpha)
        odds = here / (sum(ours) + whole - here) / (there / (sum(theirs) + whole - there))
        scores.append(math.log(odds) / math.sqrt(1 / here + 1 / there))
    return scores


def test_every_group_against_the_others_equals_an_independent_reckoning_in_exact_fractions():
    random = np.random.default_rng(4)
    counts = random.negative_binomial(1, 0.05, size=(5, 400)).tolist()
    words = [f"w{n:03}" for n in range(400)]
    for group, own in enumerate(counts):
        ours = dict(zip(words, own, strict=True))
        total = [sum(column) for column in zip(*counts, strict=True)]
        theirs = {word: whole - ours[word] for word, whole in zip(words, total, strict=True)}
        wanted = dict(zip(words, independent(counts, group), strict=True))
        for row in log_odds(ours, theirs):
            if total[words.index(row.word)]:
                assert row.z == pytest.approx(wanted[row.word], abs=1e-9)
