"""Rates: how sure they are, and that this is as sure as they say."""

import math

import numpy as np
import pytest

from store.rates import rate, student


def test_a_rate_is_uses_of_words_with_the_truth_between_its_bounds():
    found = rate([1, 2, 0, 1, 3, 1], [100, 200, 150, 100, 300, 150])
    assert (found.uses, found.words, found.articles, found.rate) == (8, 1000, 5, 0.008)
    assert 0 < found.low < found.rate < found.high
    assert not found.few


@pytest.mark.parametrize(("uses", "words"), [([4], [100]), ([50, 0, 0], [100, 100, 100]), ([], []), ([1] * 4, [9] * 4)])
def test_few_uses_or_few_articles_have_no_interval(uses, words):
    found = rate(uses, words)
    assert found.few
    assert math.isnan(found.high)


def test_what_one_article_repeats_is_less_sure_than_what_many_say():
    many = rate([2] * 10, [500] * 10)
    one = rate([11] + [1] * 9, [500] * 10)
    assert one.uses == many.uses
    assert one.high - one.low > many.high - many.low


@pytest.mark.parametrize(("freedom", "wanted"), [(4, 2.7764), (9, 2.2622), (30, 2.0423), (1000, 1.9623)])
def test_students_t_is_that_of_the_tables(freedom, wanted):
    assert student(freedom) == pytest.approx(wanted, abs=0.002)


@pytest.mark.parametrize(
    ("articles", "per_1000", "shape"), [(20, 2, 1), (40, 2, 1), (60, 3, 0.5), (200, 0.4, 0.5), (200, 2, 2)]
)
def test_the_interval_holds_the_truth_in_93_to_97_of_a_hundred_samples(articles, per_1000, shape):
    """Articles differ in length (lognormal) and in how much they use a word (gamma); uses are counts (Poisson)."""
    random = np.random.default_rng(7)
    held = drawn = 0
    for _ in range(3000):
        words = np.exp(random.normal(6, 0.6, articles))
        uses = random.poisson(random.gamma(shape, 1 / shape, articles) * per_1000 / 1000 * words)
        found = rate(uses, words)
        if not found.few:
            drawn += 1
            held += found.low <= per_1000 / 1000 <= found.high
    assert 0.93 <= held / drawn <= 0.975
