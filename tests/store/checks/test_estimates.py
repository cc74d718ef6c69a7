"""Every estimator against its formula in a textbook, written out item by item, or against another library."""

import math
from itertools import product

import numpy as np
import pytest
from scipy import optimize, stats
from sklearn.metrics import cohen_kappa_score

from store.checks.agreement import alpha, kappa, verdict
from store.checks.estimates import (
    Design,
    checks_needed,
    contrast,
    corrected_ratio,
    interval,
    joined,
    planned_width,
    weighted_wilson,
    wilson,
)

CLOSE = {"rel": 1e-9, "abs": 1e-9}


@pytest.mark.parametrize(("right", "of"), [(46, 50), (0, 12), (12, 12), (1, 3), (517, 1000)])
def test_wilson_holds_the_shares_that_a_score_test_does_not_reject(right, of):
    found = wilson(right, of)
    z = stats.norm.ppf(0.975)

    def score(share):
        return (right / of - share) ** 2 * of - z * z * share * (1 - share)

    inside = (right + 0.5) / (of + 1)
    if right:
        assert found.low == pytest.approx(optimize.brentq(score, 1e-9, inside, xtol=1e-15), **CLOSE)
    if right < of:
        assert found.high == pytest.approx(optimize.brentq(score, inside, 1 - 1e-9, xtol=1e-15), **CLOSE)
    assert (found.low == 0) == (not right)
    assert found.low <= found.value <= found.high
    assert weighted_wilson([1] * right + [0] * (of - right), [7.5] * of) == pytest.approx(found, **CLOSE)


def test_nothing_checked_has_no_share():
    assert all(math.isnan(part) for part in (*wilson(0, 0), *weighted_wilson([], [])))


def test_unequal_weights_are_worth_fewer_answers():
    even, uneven = weighted_wilson([1, 0] * 20, [1] * 40), weighted_wilson([1, 0] * 20, [1, 1, 9, 9] * 10)
    assert uneven.high - uneven.low > even.high - even.low
    # Kish: (Σw)² / Σw² answers, the share weighted.
    worth = (10 * 20) ** 2 / (10 * (1 + 1 + 81 + 81))
    assert uneven == pytest.approx(wilson(worth / 2, worth), **CLOSE)


@pytest.fixture
def drawn():
    chance = np.random.default_rng(5)
    stratum = [0] * 7 + [1] * 5 + [2] * 4
    return Design(stratum, [40, 11, 4]), chance.normal(size=16), chance.normal(size=16)


def by_hand(values, design):
    """Cochran 1977, formulas 5.1 and 5.7, one stratum after the other."""
    total = variance = 0.0
    for place, size in enumerate(design.population):
        held = [value for value, stratum in zip(values, design.stratum, strict=True) if stratum == place]
        n, mean = len(held), sum(held) / len(held)
        total += size * mean
        spread = sum((value - mean) ** 2 for value in held) / (n - 1)
        variance += size * size * (1 - n / size) * spread / n
    return total, variance


def test_a_stratified_total_and_its_variance(drawn):
    design, values, _ = drawn
    total, variance = by_hand(values, design)
    assert design.total(values) == pytest.approx(total, **CLOSE)
    assert design.variance(values) == pytest.approx(variance, **CLOSE)
    assert design.weights[-1] == 1  # a stratum checked whole leaves nothing to chance


def test_the_variance_is_that_over_all_samples_there_are():
    values = {0: [1.0, 4.0, 6.0], 1: [2.0, 3.0, 7.0]}
    pairs = [(0, 1), (0, 2), (1, 2)]
    totals, guesses = [], []
    for one, other in product(pairs, pairs):
        design = Design([0, 0, 1, 1], [3, 3])
        held = [values[0][one[0]], values[0][one[1]], values[1][other[0]], values[1][other[1]]]
        totals.append(design.total(held))
        guesses.append(design.variance(held))
    assert np.mean(totals) == pytest.approx(23, **CLOSE)
    assert np.mean(guesses) == pytest.approx(np.var(totals), **CLOSE)


def test_the_corrected_share_is_the_difference_estimator_of_a_ratio(drawn):
    design, above, below = drawn
    inside = np.arange(16) % 2 == 0
    above, below = above * inside, 0.1 * below * inside
    found = corrected_ratio(design, (21.0, 30.0), (above, below), inside, 28)
    numerator, denominator = 21 + by_hand(above, design)[0], 30 + by_hand(below, design)[0]
    ratio = numerator / denominator
    assert found.value == pytest.approx(ratio, **CLOSE)
    assert found.items == 8
    # Särndal et al. 1992, result 5.6.2: the variance of a ratio is that of the total of (y - R z) / Z.
    residuals = [(a - ratio * b) / denominator for a, b in zip(above, below, strict=True)]
    assert design.variance(found.linear) == pytest.approx(by_hand(residuals, design)[1], **CLOSE)
    other = corrected_ratio(design, (5.0, 25.0), (above[::-1], below[::-1]), inside[::-1], 27)
    gap = contrast(found, other)
    both = [one - two for one, two in zip(found.linear, other.linear, strict=True)]
    assert gap.value == pytest.approx(found.value - other.value, **CLOSE)
    assert design.variance(gap.linear) == pytest.approx(by_hand(both, design)[1], **CLOSE)


def test_it_is_the_mean_of_design_based_pseudo_outcomes():
    """Egami et al. 2023, equation 4: machine's label + (drawn / chance) × (people's label - machine's label)."""
    chance = np.random.default_rng(3)
    machine, people = chance.integers(0, 2, 60).astype(float), chance.integers(0, 2, 60).astype(float)
    taken = np.zeros(60, dtype=bool)
    taken[chance.permutation(60)[:15]] = True
    pseudo = machine + np.where(taken, (people - machine) / (15 / 60), 0)
    errors = (people - machine)[taken]
    found = corrected_ratio(Design([0] * 15, [60]), (machine.sum(), 60), (errors, 0 * errors), [True] * 15, 60)
    assert found.value == pytest.approx(pseudo.mean(), **CLOSE)


def labels_by_arithmetic():
    """Labels of a machine and of people, and which items are checked: the same on any machine, with no chance in it."""
    population, drawn = np.array([400, 900, 250]), np.array([30, 40, 20])
    number = np.arange(population.sum())
    machine = (number * 7919 % 100 < 40).astype(float)
    people = np.where(number * 104729 % 97 < 14, 1 - machine, machine)
    first = np.cumsum(population) - population
    checked = np.concatenate(
        [first[at] + (np.arange(drawn[at]) * 13) % population[at] for at in range(len(population))]
    )
    return population, drawn, machine, people, checked


def test_it_is_what_ppi_python_gives():
    """Values of ``ppi_mean_pointestimate`` and ``ppi_mean_ci`` (``lam=1``) of ppi-python 0.2.3 on these very labels.

    Its interval takes the corpus for a sample of a larger one: its variance is that of the mistakes over n, with n below
    and not n - 1, and that of the machine's labels over N. Ours is of this corpus: the first part alone, (1 - n/N) of it.
    """
    population, drawn, machine, people, checked = labels_by_arithmetic()
    errors = (people - machine)[checked]
    nothing, all_of_them = np.zeros(len(checked)), np.ones(len(checked))
    counted = (machine.sum(), len(machine))
    strata = np.repeat(range(3), drawn)
    spread = corrected_ratio(Design(strata, population), counted, (errors, nothing), all_of_them, len(machine))
    assert spread.value == pytest.approx(0.46301075268817204, **CLOSE)
    design = Design(np.zeros(len(checked), dtype=int), [len(machine)])
    alone = corrected_ratio(design, counted, (errors, nothing), all_of_them, len(machine))
    low, value, high = 0.38923190916522, 0.4673118279569892, 0.5453917467487585
    assert alone.value == pytest.approx(value, **CLOSE)
    of_mistakes = ((high - low) / 2 / stats.norm.ppf(0.975)) ** 2 - machine.var() / len(machine)
    n, whole = len(checked), len(machine)
    assert design.variance(alone.linear) == pytest.approx(of_mistakes * n / (n - 1) * (1 - n / whole), **CLOSE)


def test_the_interval_is_students_with_a_quarter_of_a_mistake_each_way(drawn):
    design, above, _ = drawn
    inside = np.ones(16, dtype=bool)
    found = corrected_ratio(design, (20.0, 55.0), (0.3 * above, 0 * above), inside, 55)
    told = interval(design, found, bounds=(-9, 9))
    variance = by_hand(found.linear, design)[1] + 0.5 * (1 - 16 / 55) / 16**2
    # The store's quantile of t is a series good to three digits.
    assert told.high - told.value == pytest.approx(stats.t.ppf(0.975, 16 - 3) * math.sqrt(variance), rel=2e-3)


def test_no_mistake_found_is_not_no_mistake_made():
    design, none = Design([0] * 30, [3000]), np.zeros(30)
    found = corrected_ratio(design, (1500, 3000), (none, none), [True] * 30, 3000)
    told = interval(design, found)
    assert (told.low, told.high) == pytest.approx((0.5 - 0.99 * 0.1, 0.5 + 0.99 * 0.1))
    whole = corrected_ratio(Design([0] * 30, [30]), (15, 30), (none, none), [True] * 30, 30)
    assert interval(Design([0] * 30, [30]), whole) == pytest.approx((0.5, 0.5, 0.5))


def test_a_group_without_checks_has_no_corrected_figure():
    design, none = Design([0, 0], [9]), np.zeros(2)
    found = corrected_ratio(design, (1, 4), (none, none), [False, False], 4)
    assert all(math.isnan(part) for part in interval(design, found))


@pytest.mark.parametrize(
    ("population", "drawn", "told"),
    [
        ([9, 9, 9], [3, 3, 3], [0, 1, 2]),
        ([9, 9, 9], [1, 3, 3], [0, 0, 1]),
        ([9, 9, 9], [3, 3, 0], [0, 1, 1]),
        ([9, 1, 9], [3, 1, 3], [0, 1, 2]),
        ([9, 9], [0, 1], [0, 0]),
    ],
)
def test_a_stratum_hardly_answered_is_joined_with_its_neighbour(population, drawn, told):
    assert joined(population, drawn) == told


def test_how_many_more_checks_are_needed():
    assert checks_needed(0.1, 0.05, 50) == 150
    assert checks_needed(0.04, 0.05, 50) == 0
    few, many = planned_width(50, 10_000), planned_width(200, 10_000)
    assert many.high - many.low < few.high - few.low
    assert planned_width(20, 20).low == planned_width(20, 20).high == 0.9


# Two people


def test_alpha_is_that_of_coincidences_counted_by_hand():
    units = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b"), ("c", "c"), ("a", "c"), ("b",), ("a", "a", "b")]
    seen: dict[tuple[str, str], float] = {}
    for unit in units:
        for i, one in enumerate(unit):
            for j, other in enumerate(unit):
                if i != j:
                    seen[one, other] = seen.get((one, other), 0) + 1 / (len(unit) - 1)
    totals = {value: sum(n for (one, _), n in seen.items() if one == value) for value in "abc"}
    n = sum(totals.values())
    observed = sum(count for (one, other), count in seen.items() if one != other) / n
    expected = sum(totals[one] * totals[other] for one in "abc" for other in "abc" if one != other) / (n * (n - 1))
    found = alpha(units)
    assert found.value == pytest.approx(1 - observed / expected, **CLOSE)
    assert found.low < found.value < found.high
    assert alpha(units) == found


def test_alpha_of_ordered_values_forgives_a_step_more_than_two():
    order = ("negative", "neutral", "positive")
    far = [
        ("negative", "positive"),
        *([("negative", "negative"), ("neutral", "neutral"), ("positive", "positive")] * 4),
    ]
    near = [("negative", "neutral"), *far[1:]]
    assert alpha(near, "ordinal", order).value > alpha(far, "ordinal", order).value


def test_agreement_that_cannot_be_computed_is_said():
    for units in ([], [("a", "a")] * 5, [("a",), ("b",)]):
        assert math.isnan(alpha(units).value)
    assert math.isnan(kappa([("a", "a")] * 4).value)
    assert verdict(math.nan).startswith("cannot be told")
    assert [verdict(value) for value in (0.5, 0.7, 0.81)] == ["not reliable enough", "usable with care", "reliable"]


def test_kappa_is_that_of_another_library_and_its_error_that_of_the_delta_method():
    table = np.array([[20, 5, 1], [3, 15, 4], [2, 2, 18]])
    pairs = [("abc"[i], "abc"[j]) for i in range(3) for j in range(3) for _ in range(table[i, j])]
    found = kappa(pairs)
    assert found.value == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)), **CLOSE)

    def value(shares):
        square = shares.reshape(3, 3)
        chance = square.sum(axis=1) @ square.sum(axis=0)
        return (np.trace(square) - chance) / (1 - chance)

    shares = (table / table.sum()).ravel()
    step = 1e-6
    slopes = np.array([(value(shares + step * unit) - value(shares - step * unit)) / (2 * step) for unit in np.eye(9)])
    variance = (shares @ slopes**2 - (shares @ slopes) ** 2) / table.sum()
    reach = stats.norm.ppf(0.975) * math.sqrt(variance)
    assert found.high - found.value == pytest.approx(reach, rel=1e-7)
