"""What a sample of checked items says of all: shares with their intervals, and figures corrected for mistakes.

All is by design: the corpus is fixed, and only which items were drawn is left to chance. An estimate is a value with
its *linear part*, one number an item drawn, so that the variance of any estimate, and of a difference of two that share
a sample, is that of a total under stratified sampling without replacement (Cochran 1977, Sampling Techniques,
sections 5.4 and 6.3; Särndal, Swensson & Wretman 1992, Model Assisted Survey Sampling, sections 5.5 and 6.3).
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from store.rates import student

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


# Squares of the mistakes added to each group before its interval is told: a quarter of one each way.
_ADDED: Final = 0.5


class Interval(NamedTuple):
    """A value and the bounds it lies between, of 100 such intervals in 95."""

    value: float
    low: float
    high: float


def wilson(right: float, of: float, level: float = 0.95) -> Interval:
    """The share ``right`` of ``of`` with its score interval; NaN of nothing. Source: Wilson (1927), JASA 22(158)."""
    if not of:
        return Interval(math.nan, math.nan, math.nan)
    share, z = right / of, NormalDist().inv_cdf((1 + level) / 2)
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return Interval(share, max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))


def weighted_wilson(right: ArrayLike, weights: ArrayLike, level: float = 0.95) -> Interval:
    """The share of ``right`` (0 or 1 each) when items stand for different numbers of others.

    Wilson's interval of as many items as these are worth (Kish 1965, Survey Sampling, section 11.2; Korn & Graubard
    1998, Survey Methodology 24). With equal weights it is that of the plain count.
    """
    values, heavy = np.asarray(right, dtype=float), np.asarray(weights, dtype=float)
    if not values.size:
        return wilson(0, 0, level)
    worth = float(heavy.sum() ** 2 / np.square(heavy).sum())
    return wilson(float(values @ heavy / heavy.sum()) * worth, worth, level)


class Design:
    """How items were drawn: the ``stratum`` of each item drawn, by number, and how many items each stratum has.

    Within a stratum every set of as many items was equally likely. A stratum of which a single item was drawn has no
    spread of its own; it is joined with the next before it comes here (:func:`joined`).
    """

    def __init__(self, stratum: ArrayLike, population: ArrayLike) -> None:
        self.stratum: NDArray[np.intp] = np.asarray(stratum, dtype=np.intp)
        self.population: NDArray[np.float64] = np.asarray(population, dtype=float)
        self.drawn: NDArray[np.float64] = np.bincount(self.stratum, minlength=self.population.size).astype(float)

    @property
    def weights(self) -> NDArray[np.float64]:
        """How many items each item drawn stands for: one over its chance of being drawn."""
        per_stratum = self.population / np.maximum(self.drawn, 1)
        return np.asarray(per_stratum[self.stratum], dtype=float)

    def total(self, values: ArrayLike) -> float:
        """The total over all items, estimated from those drawn (Horvitz & Thompson 1952)."""
        return float(np.asarray(values, dtype=float) @ self.weights)

    def variance(self, values: ArrayLike) -> float:
        """Variance of :meth:`total`: over strata, N² (1 - n/N) s²/n (Cochran 1977, formula 5.7)."""
        measured, n = np.asarray(values, dtype=float), np.maximum(self.drawn, 1)
        size = self.population.size
        means = np.bincount(self.stratum, weights=measured, minlength=size) / n
        squares = np.bincount(self.stratum, weights=np.square(measured - means[self.stratum]), minlength=size)
        spread = squares / np.maximum(self.drawn - 1, 1)
        rest = np.clip(1 - self.drawn / np.maximum(self.population, 1), 0, 1)
        return float((np.square(self.population) * rest * spread / n).sum())


class Estimate(NamedTuple):
    """A value, its linear part, and how many items drawn, of how many strata, tell of it.

    ``part`` of all items it is about were drawn; ``wrong`` says whether any mistake was found among them.
    """

    value: float
    linear: NDArray[np.float64]
    items: int
    strata: int = 1
    part: float = 0.0
    wrong: bool = True


def corrected_ratio(
    design: Design,
    machine: tuple[float, float],
    errors: tuple[ArrayLike, ArrayLike],
    inside: ArrayLike,
    within: float,
) -> Estimate:
    """A share, rate or mean as the machine counts it, put right by what people found in the items drawn.

    The difference estimator: to the machine's total is added the total of (people's value - machine's value), estimated
    from the sample. It is right on average however wrong the machine is, and the better the machine the narrower.
    (Cassel, Särndal & Wretman 1976, Biometrika 63; for labels of machines Egami, Hinck, Stewart & Wei 2023,
    Design-based supervised learning, NeurIPS 36; Angelopoulos et al. 2023, Science 382.)

    Args:
        design: How the items were drawn.
        machine: Numerator and denominator of the machine over all items.
        errors: For each item drawn, people's less the machine's contribution to numerator and to denominator.
        inside: Whether each item drawn is of the group the figure is about.
        within: How many items of all are.
    """
    above, below = (np.asarray(part, dtype=float) for part in errors)
    whole = machine[1] + design.total(below)
    among = np.asarray(inside, dtype=bool)
    items = int(among.sum())
    if whole <= 0 or not items:
        return Estimate(math.nan, np.zeros_like(above), items)
    value = (machine[0] + design.total(above)) / whole
    part = min(1.0, items / max(within, 1))
    strata = len(set(design.stratum[among].tolist()))
    return Estimate(value, (above - value * below) / whole, items, strata, part, bool(above.any() or below.any()))


def contrast(first: Estimate, second: Estimate) -> Estimate:
    """The difference of two estimates from the same sample."""
    few, part = min(first, second, key=lambda estimate: estimate.items - estimate.strata), min(first.part, second.part)
    linear, wrong = first.linear - second.linear, first.wrong or second.wrong
    return Estimate(first.value - second.value, linear, few.items, few.strata, part, wrong)


def interval(
    design: Design, estimate: Estimate, *also: Estimate, bounds: tuple[float, float] = (0, 1), level: float = 0.95
) -> Interval:
    """The interval of an estimate; ``also`` are the two it is a difference of.

    A sample with hardly any mistakes in it looks surer than it is. So a quarter of a mistake each way is added to what
    each group showed (after Agresti & Min 2005, Statistics in Medicine 24, who add half of one: together with Student's
    t, of the items less the strata, that is more than simulations ask for). Where no mistake was found at all, up to 3
    in n items may still be wrong (the rule of three; Hanley & Lippman-Hand 1983, JAMA 249). Simulated coverage:
    ``tests/store/checks/test_coverage.py``.
    """
    if math.isnan(estimate.value):
        return Interval(math.nan, math.nan, math.nan)
    groups = also or (estimate,)
    if any(not each.items for each in groups):
        return Interval(math.nan, math.nan, math.nan)
    variance = design.variance(estimate.linear) + sum(_ADDED * (1 - each.part) / each.items**2 for each in groups)
    freedom = max(min(each.items - each.strata for each in groups), 1)
    reach = student(freedom, level) * math.sqrt(variance)
    if not estimate.wrong:
        reach = max(reach, sum((1 - each.part) * 3 / each.items for each in groups))
    # Few checks can correct beyond what is possible: a share is told as none or all then.
    value = min(max(estimate.value, bounds[0]), bounds[1])
    low, high = (min(max(end, bounds[0]), bounds[1]) for end in (estimate.value - reach, estimate.value + reach))
    return Interval(value, min(low, value), max(high, value))


def joined(population: list[int], drawn: list[int], fewest: int = 2) -> list[int]:
    """For each stratum the number of the one it is counted in, so that each has at least ``fewest`` items drawn.

    A stratum with too few joins the one after it in order, the last the one before it; one drawn whole needs no other.
    """
    groups: list[list[int]] = []
    open_group: list[int] = []
    for place in range(len(population)):
        open_group.append(place)
        n, of = (sum(numbers[stratum] for stratum in open_group) for numbers in (drawn, population))
        if n >= min(fewest, of) and n:
            groups.append(open_group)
            open_group = []
    if open_group:
        if groups:
            groups[-1] += open_group
        else:
            groups.append(open_group)
    number = {place: index for index, group in enumerate(groups) for place in group}
    return [number[place] for place in range(len(population))]


def checks_needed(reach: float, wanted: float, now: int) -> int:
    """How many more checks narrow an interval from ``reach`` to ``wanted`` either side, when ``now`` were made."""
    if wanted <= 0 or reach <= wanted or math.isnan(reach):
        return 0
    return max(10, math.ceil(now * ((reach / wanted) ** 2 - 1) / 10) * 10)


def planned_width(size: int, population: int, share: float = 0.9) -> Interval:
    """The interval that ``size`` answers of ``population`` give when ``share`` of them are right.

    Answers that are all the population leave nothing to chance; a large part of it leaves less (Cochran 1977, 2.6).
    """
    if size >= population:
        return Interval(share, share, share)
    worth = size / (1 - size / population) if population else size
    return wilson(share * worth, worth)
