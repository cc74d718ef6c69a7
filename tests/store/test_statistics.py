"""The statistics against plain computations of the same."""

from __future__ import annotations

import math

import numpy as np
import pytest

from store.statistics import log_odds, mean_of_signs


def test_a_mean_without_values_is_unknown():
    assert all(math.isnan(number) for number in mean_of_signs([], []))


def test_the_mean_is_of_sentences_and_the_interval_of_articles():
    signs = [-1] * 20 + [1] * 20
    one_opinion_an_article = mean_of_signs(signs, ["a"] * 10 + ["b"] * 10 + ["c"] * 10 + ["d"] * 10)
    mixed = mean_of_signs(signs, [*"abcd"] * 10)
    assert one_opinion_an_article.mean == mixed.mean == 0
    assert mixed.high - mixed.low < 0.5
    assert one_opinion_an_article.high - one_opinion_an_article.low > 1


def test_a_single_article_is_as_sure_as_its_sentences_are_many():
    few, many = mean_of_signs([1, 0, 0, -1, 0], ["a"] * 5), mean_of_signs([1, 0, 0, -1, 0] * 8, ["a"] * 40)
    assert few.mean == many.mean == 0
    assert 0 < many.high < few.high < 1


def test_signs_that_all_agree_leave_room_for_three_in_n_that_do_not():
    low, high = mean_of_signs([0] * 6, [*"abcdef"])[1:]
    assert (low, high) == (-0.5, 0.5)
    assert mean_of_signs([1] * 60, [str(n) for n in range(60)]).low == pytest.approx(0.9, abs=0.02)


def percentile_bootstrap(signs, articles, random):
    """The usual way, for comparison: articles are drawn anew, 2.5 and 97.5 % of the means are the bounds."""
    sums, sizes = np.bincount(articles, weights=signs), np.bincount(articles)
    drawn = random.integers(0, sums.size, size=(400, sums.size))
    return np.quantile(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1), [0.025, 0.975])


def drawn_signs(random, articles, sentences, negative, positive, alike):
    """Articles of different size (geometric), each with an inclination of its own (Dirichlet) and signs drawn from it."""
    sizes = random.geometric(1 / sentences, articles)
    shares = random.dirichlet(np.array([negative, 1 - negative - positive, positive]) * alike, articles)
    times = random.multinomial(sizes, shares)
    return np.repeat(np.tile([-1, 0, 1], articles), times.ravel()), np.repeat(np.arange(articles), sizes)


@pytest.mark.parametrize(
    ("articles", "sentences", "negative", "positive", "alike"),
    [
        (5, 3, 0.3, 0.1, 3),
        (5, 3, 0.5, 0.05, 3),
        (8, 3, 0.4, 0.2, 1),
        (10, 4, 0.3, 0.1, 3),
        (15, 6, 0.3, 0.1, 2),
        (20, 3, 0.4, 0.05, 2),
        (40, 3, 0.1, 0.05, 2),
        (100, 2, 0.2, 0.1, 3),
    ],
)
def test_the_interval_holds_the_truth_in_93_to_97_of_a_hundred_samples(articles, sentences, negative, positive, alike):
    random = np.random.default_rng(7)
    held = trials = 0
    while trials < 1500:
        signs, of_article = drawn_signs(random, articles, sentences, negative, positive, alike)
        if signs.size >= 5:
            trials += 1
            found = mean_of_signs(signs, of_article.tolist())
            held += found.low <= positive - negative <= found.high
    assert 0.93 <= held / trials <= 0.975


def test_where_articles_are_few_the_percentile_bootstrap_promises_more_than_it_holds():
    random = np.random.default_rng(5)
    held = 0
    for _ in range(600):
        signs, of_article = drawn_signs(random, 6, 3, 0.3, 0.1, 3)
        low, high = percentile_bootstrap(signs, of_article, random)
        held += low <= -0.2 <= high
    assert held / 600 < 0.92


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


def test_of_words_that_do_not_differ_fewer_than_five_in_a_hundred_seem_to():
    """Articles that repeat their own words (gamma and Poisson) are dealt at random into two groups of unequal size."""
    random = np.random.default_rng(11)
    beyond = words = 0
    for share in (0.5, 0.2, 0.1):
        usual = random.lognormal(-3, 1, 800)
        counts = random.poisson(random.gamma(0.3, usual / 0.3, (400, 800)))
        ours = counts[random.random(400) < share].sum(axis=0)
        theirs = counts.sum(axis=0) - ours
        named = [f"w{n}" for n in range(800)]
        found = log_odds(dict(zip(named, ours, strict=True)), dict(zip(named, theirs, strict=True)))
        scored = [row.z for row in found if row.count_a + row.count_b >= 5]
        beyond, words = beyond + sum(abs(z) > 1.96 for z in scored), words + len(scored)
    assert 0 < beyond / words < 0.05


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
