"""Does a 95 % interval hold the truth in 95 of 100 samples? Measured where the machine is wrong more in one group."""

import numpy as np
import pytest

from store.checks.estimates import Design, contrast, corrected_ratio, interval, wilson

SAMPLES = 800
SIZES = (4000, 2500)


def corpus(rates):
    """Two groups of items: what is so, and what a machine says. ``rates`` are its misses and false alarms by group."""
    chance = np.random.default_rng(11)
    group = np.repeat([0, 1], SIZES)
    truth = np.concatenate([chance.random(SIZES[0]) < 0.35, chance.random(SIZES[1]) < 0.30])
    miss, alarm = (np.array(held)[group] for held in zip(*rates, strict=True))
    machine = np.where(truth, chance.random(group.size) >= miss, chance.random(group.size) < alarm)
    return group, truth.astype(float), machine.astype(float)


def covered(group, truth, machine, size):
    """Of many samples, the share whose interval of the difference between the groups holds it: raw, and corrected."""
    shares = [truth[group == g].mean() for g in (0, 1)]
    real = shares[0] - shares[1]
    naive = [wilson(machine[group == g].sum(), SIZES[g]) for g in (0, 1)]
    reach = np.hypot(*((one.high - one.low) / 2 for one in naive))
    # What is usually done is to take the labels of the machine for true: its interval is one and the same.
    raw = abs(naive[0].value - naive[1].value - real) <= reach
    chance = np.random.default_rng(7)
    taken = [round(size * of / sum(SIZES)) for of in SIZES]
    design = Design(np.repeat([0, 1], taken), SIZES)
    held = 0
    for _ in range(SAMPLES):
        drawn = np.concatenate([chance.choice(np.flatnonzero(group == g), taken[g], replace=False) for g in (0, 1)])
        errors, of = truth[drawn] - machine[drawn], group[drawn]
        told = [
            corrected_ratio(
                design, (machine[group == g].sum(), SIZES[g]), (errors * (of == g), 0 * errors), of == g, SIZES[g]
            )
            for g in (0, 1)
        ]
        found = interval(design, contrast(*told), *told, bounds=(-1, 1))
        held += found.low <= real <= found.high
    return raw, held / SAMPLES


@pytest.mark.parametrize("size", [100, 200, 400])
def test_the_corrected_interval_holds_the_truth_where_the_raw_one_does_not(size):
    raw, share = covered(*corpus([(0.25, 0.02), (0.05, 0.12)]), size)
    assert not raw
    assert 0.93 <= share <= 0.97


def test_raw_intervals_of_biased_machines_cover_far_less_than_they_say():
    """The corpus itself left to chance: 400 of them, each counted by a machine that is biased between the groups."""
    chance, held, fixed = np.random.default_rng(19), 0, 0
    taken = (120, 80)
    design = Design(np.repeat([0, 1], taken), SIZES)
    for _ in range(400):
        truth = [chance.random(size) < share for size, share in zip(SIZES, (0.35, 0.30), strict=True)]
        machine = [
            np.where(one, chance.random(one.size) >= miss, chance.random(one.size) < alarm)
            for one, (miss, alarm) in zip(truth, [(0.12, 0.03), (0.05, 0.07)], strict=True)
        ]
        real = truth[0].mean() - truth[1].mean()
        naive = [wilson(one.sum(), one.size) for one in machine]
        held += abs(naive[0].value - naive[1].value - real) <= np.hypot(*((one.high - one.low) / 2 for one in naive))
        drawn = [chance.choice(size, n, replace=False) for size, n in zip(SIZES, taken, strict=True)]
        errors = np.concatenate([truth[g][drawn[g]].astype(float) - machine[g][drawn[g]] for g in (0, 1)])
        of = np.repeat([0, 1], taken)
        told = [
            corrected_ratio(design, (machine[g].sum(), SIZES[g]), (errors * (of == g), 0 * errors), of == g, SIZES[g])
            for g in (0, 1)
        ]
        found = interval(design, contrast(*told), *told, bounds=(-1, 1))
        fixed += found.low <= real <= found.high
    assert held / 400 < 0.6
    assert 0.93 <= fixed / 400 <= 0.97


@pytest.mark.parametrize("mistakes", [0.01, 0.05, 0.15])
def test_a_good_machine_gets_an_interval_that_is_still_honest(mistakes):
    """A share of one group with few mistakes: the interval may be wide, never one that misses."""
    chance = np.random.default_rng(2)
    truth = chance.random(3000) < 0.4
    machine = np.where(chance.random(3000) < mistakes, ~truth, truth).astype(float)
    held = 0
    design = Design([0] * 100, [3000])
    for _ in range(SAMPLES):
        drawn = chance.choice(3000, 100, replace=False)
        errors = truth[drawn] - machine[drawn]
        told = corrected_ratio(design, (machine.sum(), 3000), (errors, 0 * errors), [True] * 100, 3000)
        found = interval(design, told)
        held += found.low <= truth.mean() <= found.high
    assert held / SAMPLES >= 0.93
