"""How far two or more people agree beyond chance: Krippendorff's α and Cohen's κ, each with its interval."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final, Literal

import krippendorff
import numpy as np

from store.checks.estimates import Interval

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

Level = Literal["nominal", "ordinal"]
# From these values of α a measure counts as usable with care, and as reliable (Krippendorff 2004, chapter 11).
WITH_CARE: Final = 0.667
RELIABLE: Final = 0.8
_RESAMPLES: Final = 1000
_UNKNOWN: Final = Interval(math.nan, math.nan, math.nan)


def alpha(units: Sequence[Sequence[Hashable]], level: Level = "nominal", order: Sequence[Hashable] = ()) -> Interval:
    """Krippendorff's α of ``units``, each the answers it got, with the 95 % percentile interval of 1,000 resamples.

    Units are resampled, with a fixed seed. ``order`` gives the order of values for ``level`` ordinal. NaN where it
    cannot be computed: fewer than two units answered twice, or a single answer everywhere. Source: Krippendorff (2004),
    Content Analysis, chapter 11; Hayes & Krippendorff (2007), Communication Methods and Measures 1.
    """
    twice = [unit for unit in units if len(unit) > 1]
    values = list(order) or list(dict.fromkeys(value for unit in twice for value in unit))
    places = {value: place for place, value in enumerate(values)}
    counts = np.zeros((len(twice), len(values)))
    for row, unit in enumerate(twice):
        for value, times in Counter(unit).items():
            counts[row, places[value]] = times
    point_value = _alpha(counts, level)
    if math.isnan(point_value):
        return _UNKNOWN
    chance = np.random.default_rng(0)
    drawn = (_alpha(counts[chance.integers(0, len(twice), len(twice))], level) for _ in range(_RESAMPLES))
    usable = [value for value in drawn if not math.isnan(value)]
    low, high = (float(bound) for bound in np.percentile(usable, [2.5, 97.5]))
    return Interval(point_value, min(low, point_value), max(high, point_value))


def _alpha(counts: np.ndarray, level: Level) -> float:
    used = counts.sum(axis=0) > 0
    if counts.shape[0] < 2 or used.sum() < 2:
        return math.nan
    table = counts if level == "ordinal" else counts[:, used]
    return float(
        krippendorff.alpha(
            value_counts=table, value_domain=np.arange(table.shape[1], dtype=float), level_of_measurement=level
        )
    )


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Interval:
    """Cohen's κ of two people's answers to the same items, with its large-sample interval; NaN where it has none.

    Source: Cohen (1960), Educational and Psychological Measurement 20; the standard error of Fleiss, Cohen & Everitt
    (1969), Psychological Bulletin 72.
    """
    if len(pairs) < 2:
        return _UNKNOWN
    values = list(dict.fromkeys(value for pair in pairs for value in pair))
    places = {value: place for place, value in enumerate(values)}
    table = np.zeros((len(values), len(values)))
    for first, second in pairs:
        table[places[first], places[second]] += 1
    table /= len(pairs)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    same, by_chance = float(np.trace(table)), float(rows @ columns)
    if by_chance >= 1:
        return _UNKNOWN
    value = (same - by_chance) / (1 - by_chance)
    both = rows[None, :] + columns[:, None]
    on = float((np.diag(table) * np.square(1 - (rows + columns) * (1 - value))).sum())
    off = float((table * np.square(both)).sum() - (np.diag(table) * np.square(np.diag(both))).sum())
    off *= (1 - value) ** 2
    variance = (on + off - (value - by_chance * (1 - value)) ** 2) / ((1 - by_chance) ** 2 * len(pairs))
    reach = 1.959963984540054 * math.sqrt(max(0.0, variance))
    return Interval(value, max(-1.0, value - reach), min(1.0, value + reach))


def verdict(value: float) -> str:
    """What α means for a measure, in words."""
    if math.isnan(value):
        return "cannot be told: all answers are the same"
    return "reliable" if value >= RELIABLE else "usable with care" if value >= WITH_CARE else "not reliable enough"
