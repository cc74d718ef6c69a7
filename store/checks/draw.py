"""Drawing a sample: the plan first, then items by chance, each with its probability of being drawn.

Every item has a fixed random number made from the seed and its place in the corpus; of each stratum those with the
smallest are drawn. So any set of as many items is equally likely, the same seed draws the same sample, and drawing more
later adds items to those there are (permanent random numbers; Ohlsson 1995, in Business Survey Methods, chapter 9).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from store.checks import log
from store.checks.frame import FRAMES
from store.filter import Filter
from store.queries.kinds import UNKNOWN, Kind, kind_of_words, speaker_kinds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from store.checks.log import Line
    from store.reader import Store

BY: Final = ("source", "voice", "sure")
ALLOCATIONS: Final = ("proportional", "equal")
LARGEST: Final = 5000
# Outlets with a stratum of their own, and those told apart in what is kept of all items; the rest are told together.
_OUTLETS, _OUTLETS_KEPT, _NAMES_KEPT = 12, 40, 40
OTHERS: Final = ""
# The group of articles whose column is empty.
NO_VALUE: Final = "(empty)"
# What one answer takes, before any was given.
SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to draw: ``by`` names what strata are made of; ``allocation`` proportional, or equal in every stratum.

    ``group`` is a column of the user's files whose values stand in the place of the outlets, in strata and figures.
    """

    kind: str
    chosen: Filter = field(default_factory=Filter)
    size: int = 50
    seed: int = 20
    by: tuple[str, ...] = ("source", "sure")
    allocation: str = "proportional"
    group: str = ""

    def __post_init__(self) -> None:
        """ValueError, in words, for a plan that cannot be drawn."""
        wrong = [
            (self.kind not in FRAMES, f"checks are of {', '.join(FRAMES)}, not of {self.kind}"),
            (not 1 <= self.size <= LARGEST, f"a sample holds 1 to {LARGEST:,} items, not {self.size:,}"),
            (bool(set(self.by) - set(BY)), f"strata are made of {', '.join(BY)}, not of {', '.join(self.by)}"),
            (self.allocation not in ALLOCATIONS, f"items are spread {' or '.join(ALLOCATIONS)}, not {self.allocation}"),
        ]
        if reasons := [reason for bad, reason in wrong if bad]:
            raise ValueError(reasons[0])


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the items that is drawn from by itself: the outlets, voices and degrees of sureness it holds."""

    name: str
    population: int
    drawn: int
    holds: tuple[tuple[str, str, str], ...]

    def row(self) -> dict[str, Any]:
        """As a line of the file holds it."""
        return {"name": self.name, "population": self.population, "drawn": self.drawn,
                "holds": [list(triple) for triple in self.holds]}  # fmt: skip


def strata(store: Store, plan: Plan) -> tuple[Stratum, ...]:
    """The strata of a plan with how many items each has and gives; none where nothing can be drawn."""
    frame = FRAMES[plan.kind].sql(store, plan.chosen)
    counted = store.rows_of(
        f"SELECT {_GROUP}, f.voice, f.sure, CAST(count(*) AS INTEGER) FROM "
        f"({frame.sql}) f JOIN headers a USING (article_id) GROUP BY ALL ORDER BY 1, 2, 3",
        frame.parameters | {"group": plan.group},
    )
    by_source: Counter[str] = Counter()
    for source, _, _, items in counted:
        by_source[source] += items
    apart = {source for source, _ in sorted(by_source.items(), key=lambda outlet: (-outlet[1], outlet[0]))[:_OUTLETS]}
    groups: dict[tuple[str, ...], list[tuple[tuple[str, str, str], int]]] = defaultdict(list)
    for source, voice, sure, items in counted:
        parts = {"source": source if source in apart else others_called(plan.group), "voice": voice, "sure": sure}
        groups[tuple(parts[part] for part in plan.by)].append(((source, voice, sure), items))
    pooled = _pooled(groups, plan.size)
    sizes = [sum(items for _, items in group) for _, group in pooled]
    taken = allocate(sizes, plan.size, plan.allocation)
    return tuple(
        Stratum(name, size, take, tuple(sorted(triple for triple, _ in group)))
        for (name, group), size, take in zip(pooled, sizes, taken, strict=True)
    )


# The outlet of an article, or what its column ``group`` says.
_GROUP: Final = (
    "CASE WHEN $group = '' THEN a.source ELSE coalesce((SELECT min(substring(value, length($group) + 2)) FROM "
    f"(SELECT unnest(a.own) AS value) WHERE starts_with(value, $group || ':')), '{NO_VALUE}') END"
)


def others_called(group: str) -> str:
    """What is said for outlets, or groups, that are told together."""
    return "other groups" if group else "other outlets"


def _pooled(
    groups: dict[tuple[str, ...], list[tuple[tuple[str, str, str], int]]], size: int
) -> list[tuple[str, list[tuple[tuple[str, str, str], int]]]]:
    """Strata by name, the smallest put together: each has to give two items, or its spread cannot be told."""
    named = [(", ".join(key) or "all", group) for key, group in sorted(groups.items())]
    most = max(1, size // 4)
    whole = sum(items for _, group in named for _, items in group)
    small = [stratum for stratum in named if sum(items for _, items in stratum[1]) * size < 2 * whole]
    large = [stratum for stratum in named if stratum not in small]
    large.sort(key=lambda stratum: (-sum(items for _, items in stratum[1]), stratum[0]))
    small += large[most - 1 :] if len(large) + bool(small) > most else []
    large = large[: most - 1] if len(large) + bool(small) > most else large
    if len(small) > 1 or (small and not large):
        together = [part for _, group in small for part in group]
        small = [(small[0][0] if len(small) == 1 else "all others" if large else "all", together)]
    return sorted(large) + small


def allocate(sizes: Sequence[int], size: int, allocation: str = "proportional") -> list[int]:
    """How many items each stratum gives: at least two where it has them, never more than it has.

    The sum is ``size`` where there are as many. Proportional by the largest remainder; ties go to the first.
    """
    wanted = min(size, sum(sizes))
    least = [min(2, have) for have in sizes]
    if sum(least) > wanted:
        least = [0] * len(sizes)
    taken = list(least)
    while (still_wanted := wanted - sum(taken)) > 0:
        free = [place for place, have in enumerate(sizes) if taken[place] < have]
        if allocation == "equal":
            ideal = {place: wanted / len(sizes) for place in free}
        else:
            ideal = {place: wanted * sizes[place] / sum(sizes) for place in free}
        short = {place: max(0.0, ideal[place] - taken[place]) for place in free}
        whole = sum(short.values())
        if not whole:
            short = dict.fromkeys(free, 1.0)
            whole = float(len(free))
        parts = {
            place: min(sizes[place] - taken[place], still_wanted * share / whole) for place, share in short.items()
        }
        for place, part in parts.items():
            taken[place] += math.floor(part)
        if not any(math.floor(part) for part in parts.values()):
            for place in sorted(parts, key=lambda place: (-parts[place], place))[:still_wanted]:
                taken[place] += 1
    return taken


def draw(store: Store, plan: Plan) -> Line:
    """A new sample, not yet written down.

    Raises:
        ValueError: there is nothing to draw, in words for the person who asked.
    """
    planned = strata(store, plan)
    if not planned:
        message = f"There are no {FRAMES[plan.kind].many} under this filter. Take something out of the filter."
        raise ValueError(message)
    return log.line(
        "sample",
        kind=plan.kind,
        filter=plan.chosen.to_query(),
        seed=plan.seed,
        by=list(plan.by),
        allocation=plan.allocation,
        population=sum(stratum.population for stratum in planned),
        strata=[stratum.row() for stratum in planned],
        cells=cells(store, plan, planned),
        items=items(store, plan, planned),
        snapshot=store.snapshot,
        corrections=store.corrections.digest,
        versions=store.versions,
        group=plan.group or None,
    )


def draw_more(store: Store, sample: Line, more: int) -> Line:
    """The sample with ``more`` items besides those it has, whose answers stay. Not yet written down.

    Raises:
        ValueError: the articles were built anew meanwhile, or all items are drawn.
    """
    fields = sample.fields
    chosen, _ = Filter.from_query(fields["filter"])
    plan = Plan(fields["kind"], chosen, min(LARGEST, len(fields["items"]) + more), fields["seed"], tuple(fields["by"]),
                fields["allocation"], fields.get("group", ""))  # fmt: skip
    old = [
        Stratum(
            stratum["name"], stratum["population"], stratum["drawn"], tuple(tuple(part) for part in stratum["holds"])
        )
        for stratum in fields["strata"]
    ]
    now = _count(store, plan, old)
    if now != [stratum.population for stratum in old]:
        message = "The articles were built again and hold other passages now. Draw a new sample instead."
        raise ValueError(message)
    taken = allocate([stratum.population for stratum in old], plan.size, plan.allocation)
    grown = [replace(stratum, drawn=max(stratum.drawn, take)) for stratum, take in zip(old, taken, strict=True)]
    if sum(stratum.drawn for stratum in grown) <= len(fields["items"]):
        message = f"All {len(fields['items']):,} items of this sample's articles are drawn already."
        raise ValueError(message)
    drawn_before = {key_of(item): item for item in fields["items"]}
    wider = items(store, plan, grown)
    chances = {item["stratum"]: item["chance"] for item in wider}
    items_before = [{**item, "chance": chances.get(item["stratum"], item["chance"])} for item in fields["items"]]
    added = [item for item in wider if key_of(item) not in drawn_before]
    changed = {"items": items_before + added, "strata": [stratum.row() for stratum in grown], "extends": sample.id}
    return log.line("sample", **{**fields, **changed})


def write(path: Path, sample: Line) -> Line:
    """Write a sample down and give it."""
    log.append(path, sample)
    return sample


def key_of(item: dict[str, Any]) -> tuple[Any, ...]:
    """What tells an item from others of its kind and outlives a build."""
    return item["article"], item["start"], item["end"], item.get("other", ""), item.get("mark_start")


def _mapping(planned: Sequence[Stratum]) -> dict[str, list[Any]]:
    rows = [(*triple, number, stratum.drawn) for number, stratum in enumerate(planned) for triple in stratum.holds]
    columns = zip(*rows, strict=True)
    return {f"m{place}": list(column) for place, column in enumerate(columns)}


_MAP: Final = (
    "(SELECT unnest(CAST($m0 AS VARCHAR[])) AS source, unnest(CAST($m1 AS VARCHAR[])) AS voice, "
    "unnest(CAST($m2 AS VARCHAR[])) AS sure, unnest(CAST($m3 AS INTEGER[])) AS stratum, "
    "unnest(CAST($m4 AS INTEGER[])) AS take)"
)


def _framed(store: Store, plan: Plan, planned: Sequence[Stratum]) -> tuple[str, dict[str, Any]]:
    frame = FRAMES[plan.kind].sql(store, plan.chosen)
    sql = (
        f"FROM (SELECT f.*, {_GROUP} AS source FROM ({frame.sql}) f JOIN headers a USING (article_id)) x "
        f"JOIN {_MAP} m ON m.source = x.source AND m.voice = x.voice AND m.sure = x.sure"
    )
    return sql, frame.parameters | _mapping(planned) | {"group": plan.group}


def _count(store: Store, plan: Plan, planned: Sequence[Stratum]) -> list[int]:
    sql, parameters = _framed(store, plan, planned)
    counted = dict(store.rows_of(f"SELECT m.stratum, count(*) {sql} GROUP BY ALL", parameters))
    return [int(counted.get(number, 0)) for number in range(len(planned))]


def items(store: Store, plan: Plan, planned: Sequence[Stratum]) -> list[dict[str, Any]]:
    """The items drawn, in an order that is chance too: whoever stops early has answered a random part."""
    sql, parameters = _framed(store, plan, planned)
    # Joined with signs that no id holds, so that no two items share a number.
    key = "concat_ws('|', x.article_id, x.start, x.\"end\", x.other, coalesce(x.mark_start, -1))"
    frame = store.query(
        f"SELECT x.*, m.stratum {sql} QUALIFY row_number() OVER (PARTITION BY m.stratum ORDER BY "
        f"md5($seed || '|draw|' || {key}), {key}) <= m.take ORDER BY md5($seed || '|order|' || {key}), {key}",
        parameters | {"seed": str(plan.seed)},
    )
    kinds = speaker_kinds(store) if plan.kind == "quotes" else {}
    chances = [stratum.drawn / stratum.population for stratum in planned]
    return [_item(plan.kind, row, chances, kinds) for row in _plain(frame)]


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    # What is missing is not equal to itself.
    return [
        {str(key): None if value != value else value for key, value in row.items()}  # noqa: PLR0124
        for row in frame.to_dict("records")
    ]


def _item(
    kind: str, row: dict[str, Any], chances: Sequence[float], kinds: dict[tuple[str, str], Kind]
) -> dict[str, Any]:
    item = {"article": row["article_id"], "start": int(row["start"]), "end": int(row["end"])}
    item |= {"stratum": int(row["stratum"]), "chance": chances[int(row["stratum"])], "source": row["source"]}
    item |= {"voice": row["voice"], "words": int(row["words"] or 1), "sure": row["sure"]}
    for name in ("mark_start", "mark_end", "other_start", "other_end"):
        if row[name] is not None:
            item[name] = int(row[name])
    if row["other"]:
        item["other"] = row["other"]
    if kind in {"portrayals", "facts"} and row["name"]:
        item["about"] = row["name"]
    return item | {"machine": machine_answer(kind, row["class"], row["name"], kinds)}


def machine_answer(kind: str, entity: str, name: str, kinds: dict[tuple[str, str], Kind]) -> dict[str, Any]:
    """The machine's answer in the form of a person's, with the ``category`` that figures count it in."""
    if kind in {"portrayals", "facts", "missed"}:
        return {"choice": entity, "category": entity}
    if not entity and not name:
        return {"choice": "unclear", "category": UNKNOWN}
    answer = {"choice": "named", "entity": entity, "name": name}
    return answer | {"category": category(kind, entity, name, kinds)}


def category(kind: str, entity: str, name: str, kinds: dict[tuple[str, str], Kind]) -> str:
    """What figures count an answer in: for quotes the kind of speaker, else the entity itself."""
    if kind != "quotes":
        return entity or name
    kind_known = kinds.get((entity, "" if entity else name))
    return kind_known.kind if kind_known else kind_of_words(entity, name)


def cells(store: Store, plan: Plan, planned: Sequence[Stratum]) -> list[list[Any]]:
    """All items counted, frozen with the sample: what the machine's figures were when it was drawn.

    Each is stratum, outlet, voice, category, who (an entity id), items, words. Outlets and entities beyond the most
    frequent are counted together, under an empty name.
    """
    sql, parameters = _framed(store, plan, planned)
    rows = store.rows_of(
        "SELECT m.stratum, x.source, x.voice, x.class, CASE WHEN x.class = '' THEN x.name ELSE '' END, "
        f"count(*), sum(x.words) {sql} GROUP BY ALL",
        parameters,
    )
    kinds = speaker_kinds(store) if plan.kind == "quotes" else {}
    outlets: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for _, source, _, entity, _, items_, words in rows:
        outlets[source] += items_
        named[entity] += words
    outlets_apart = {
        name for name, _ in sorted(outlets.items(), key=lambda outlet: (-outlet[1], outlet[0]))[:_OUTLETS_KEPT]
    }
    names_apart = {
        name
        for name, _ in sorted(named.items(), key=lambda entity_words: (-entity_words[1], entity_words[0]))[:_NAMES_KEPT]
    }
    added: dict[tuple[int, str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for stratum, source, voice, entity, name, items_, words in rows:
        counted_in = machine_answer(plan.kind, entity, name, kinds)["category"]
        if plan.kind in {"people", "places"} and entity not in names_apart:
            counted_in = OTHERS
        who = entity if plan.kind == "quotes" and entity in names_apart else ""
        cell = added[int(stratum), source if source in outlets_apart else OTHERS, voice, counted_in, who]
        cell[0] += int(items_)
        cell[1] += int(words or 0)
    return [[*key, *outlet] for key, outlet in sorted(added.items())]
