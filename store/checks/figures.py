"""Figures as counted beside figures corrected by what people found: shares and means of groups, and their differences.

All is computed from what the sample keeps: the machine's counts of the whole corpus when it was drawn, the items, their
chances. So a figure stays what it was when corrections are made or the corpus is built again.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from store.checks.answers import category_of, same_name
from store.checks.draw import OTHERS
from store.checks.estimates import Design, Estimate, Interval, contrast, corrected_ratio, interval, joined, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.checks.log import Line
    from store.checks.results import Used
    from store.queries.kinds import Kind

_SIGN: Final = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}
MEAN: Final = "mean"
# Fewer checks in a group correct nothing.
CHECKS_NEEDED: Final = 10


class Figure(NamedTuple):
    """What is counted: the share of a category (a kind of speaker, a tone), of an entity, or the mean of tone."""

    category: str = ""
    who: str = ""
    name: str = ""


class Group(NamedTuple):
    """A figure of one group: as counted, and corrected; ``checks`` answers tell of it, of ``items``."""

    name: str
    above: float
    of: float
    items: int
    checks: int
    raw: Interval
    corrected: Interval
    estimate: Estimate


class Corrected(NamedTuple):
    """A figure by groups, and the design that differences are taken under."""

    figure: Figure
    by: str
    groups: tuple[Group, ...]
    design: Design
    bounds: tuple[float, float]


class Difference(NamedTuple):
    """A figure of one group less that of another."""

    first: Group
    second: Group
    raw: Interval
    corrected: Interval


def figures_of(sample: Line) -> tuple[Figure, ...]:
    """Figures that a sample can correct, those of most words first."""
    kind = sample.fields["kind"]
    if kind == "portrayals":
        shares = (Figure(tone, name=f"spoken of {tone}ly") for tone in ("negative", "positive"))
        return (Figure(MEAN, name="mean tone"), *shares)
    if kind == "missed":
        return (Figure("spoken", name="somebody speaks"),)
    if kind == "facts":
        return (Figure("same", name="tell the same"),)
    categories: dict[str, int] = defaultdict(int)
    people: dict[str, int] = defaultdict(int)
    for _, _, _, category, who, _, words in sample.fields["cells"]:
        categories[category] += words
        people[who] += words
    names = _names(sample)
    if kind != "quotes":
        ranked = sorted(names, key=lambda entity: (-categories[entity], entity))
        return tuple(Figure(entity, name=names[entity]) for entity in ranked if categories[entity])[:12]
    ranked = sorted(
        categories,
        key=lambda speaker_kind: (speaker_kind == "unknown", -categories[speaker_kind], speaker_kind),
    )
    spoken = sorted((entity for entity in people if entity in names), key=lambda entity: (-people[entity], entity))[:8]
    kinds = (Figure(speaker_kind, name=speaker_kind) for speaker_kind in ranked if speaker_kind)
    return (*kinds, *(Figure(who=entity, name=names[entity]) for entity in spoken))


def _names(sample: Line) -> dict[str, str]:
    machines = (item["machine"] for item in sample.fields["items"])
    return {machine["entity"]: machine["name"] for machine in machines if machine.get("entity")}


def corrected(
    sample: Line,
    answers: Mapping[int, Used],
    figure: Figure,
    by: str = "source",
    kinds: dict[tuple[str, str], Kind] | None = None,
) -> Corrected:
    """A figure by outlet (``source``), ``voice`` or over ``all``, raw and corrected from the answers.

    Most counted groups first. Strata of which fewer than two items were answered are joined with their neighbours.
    """
    fields = sample.fields
    kind, numbers = fields["kind"], sorted(answers)
    items = [fields["items"][number] for number in numbers]
    in_strata = [item["stratum"] for item in items]
    populations = [int(stratum["population"]) for stratum in fields["strata"]]
    drawn = [in_strata.count(place) for place in range(len(populations))]
    place = joined(populations, drawn)
    sizes = np.bincount(place, weights=populations)
    design = Design([place[stratum] for stratum in in_strata], sizes)
    sources = {cell[1] for cell in fields["cells"]}
    of_group = [_group(item, by, sources) for item in items]
    machine_value = np.array([_machine(kind, figure, item) for item in items])
    people = [_people(kind, figure, item, answers[number].answer, kinds or {})
              for number, item in zip(numbers, items, strict=True)]  # fmt: skip
    truth = np.array(people, dtype=float).reshape(-1, 2)
    weight = np.array([_weight(kind, item) for item in items], dtype=float)
    bounds = (-1.0, 1.0) if figure.category == MEAN else (0.0, 1.0)
    groups = []
    for name, (above, below, count, squares) in _counted(fields["cells"], kind, figure, by).items():
        inside = np.array([group == name for group in of_group], dtype=bool)
        errors = (inside * weight * (truth[:, 0] - machine_value), inside * weight * (truth[:, 1] - 1))
        estimate = corrected_ratio(design, (above, below), errors, inside, count)
        ready = estimate.items >= CHECKS_NEEDED
        fixed = interval(design, estimate, bounds=bounds) if ready else Interval(math.nan, math.nan, math.nan)
        raw = _raw(above, below, count, squares, mean=figure.category == MEAN)
        groups.append(Group(name, above, below, count, estimate.items, raw, fixed, estimate))
    groups.sort(key=lambda group: (not group.name, -group.items, group.name))
    return Corrected(figure, by, tuple(groups), design, bounds)


def difference(by_group: Corrected, first: Group, second: Group) -> Difference:
    """The figure of ``first`` group less that of ``second``."""
    width = by_group.bounds[1] - by_group.bounds[0]
    if min(first.checks, second.checks) < CHECKS_NEEDED:
        fixed = Interval(math.nan, math.nan, math.nan)
    else:
        estimate = contrast(first.estimate, second.estimate)
        fixed = interval(by_group.design, estimate, first.estimate, second.estimate, bounds=(-width, width))
    raw = first.raw.value - second.raw.value
    reach = math.hypot((first.raw.high - first.raw.low) / 2, (second.raw.high - second.raw.low) / 2)
    return Difference(first, second, Interval(raw, raw - reach, raw + reach), fixed)


def _weight(kind: str, item: dict[str, Any]) -> float:
    return float(item["words"]) if kind == "quotes" else 1.0


def _group(item: dict[str, Any], by: str, sources: set[str]) -> str:
    if by == "all":
        return "all"
    if by == "voice":
        return str(item["voice"])
    return str(item["source"]) if item["source"] in sources else OTHERS


def _is(figure: Figure, kind: str, category: str) -> float:
    if figure.category == MEAN:
        return _SIGN.get(category, 0.0)
    if kind == "missed":
        return float(category not in {"nobody", ""})
    return float(category == figure.category)


def _machine(kind: str, figure: Figure, item: dict[str, Any]) -> float:
    if figure.who:
        return float(item["machine"].get("entity", "") == figure.who)
    return _is(figure, kind, item["machine"]["category"])


def _people(
    kind: str, figure: Figure, item: dict[str, Any], answer: Mapping[str, Any], kinds: dict[tuple[str, str], Kind]
) -> tuple[float, float]:
    """By a person's answer: the figure's value of an item, and whether the item counts at all."""
    category = category_of(kind, item["machine"], answer, kinds)
    counts = float(category != "")
    if not figure.who:
        return counts * _is(figure, kind, category), counts
    if answer["choice"] == "unclear":
        return _machine(kind, figure, item), counts
    wanted = {"choice": "named", "entity": figure.who, "name": figure.name}
    return counts * float(answer["choice"] == "named" and same_name(wanted, answer)), counts


def _counted(cells: list[list[Any]], kind: str, figure: Figure, by: str) -> dict[str, tuple[float, float, int, float]]:
    """Of each group the machine's numerator and denominator, how many items, and the sum of squared values."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for _, source, voice, category, who, items, words in cells:
        name = {"all": "all", "voice": voice}.get(by, source)
        weight = float(words) if kind == "quotes" else float(items)
        value = float(who == figure.who) if figure.who else _is(figure, kind, category)
        sum_of_group = sums[name]
        sum_of_group[0] += value * weight
        sum_of_group[1] += weight
        sum_of_group[2] += items
        sum_of_group[3] += value * value * weight
    return {name: (a, b, int(n), s) for name, (a, b, n, s) in sums.items()}


def _raw(above: float, below: float, items: int, squares: float, *, mean: bool) -> Interval:
    """The interval that is usually given: as if every label were right and items were drawn one by one."""
    if not below:
        return Interval(math.nan, math.nan, math.nan)
    value = above / below
    if not mean:
        return wilson(value * items, items)
    reach = 1.959963984540054 * math.sqrt(max(0.0, squares / below - value * value) / max(items, 1))
    return Interval(value, max(-1.0, value - reach), min(1.0, value + reach))
