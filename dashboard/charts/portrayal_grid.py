"""How somebody is portrayed, by group and voice: the numbers, the interval, and the grid that shows them.

Pure: rows of portrayals in, cells and escaped HTML out. A sentence counts once, however often it names the person.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from dashboard.markup import reader
from dashboard.markup.html import Html, join, tag
from dashboard.markup.phrasing import VOICE_CLASS, VOICE_NAMES, count, listed
from dashboard.reading.article_text import rows
from store import queries
from store.schema import COUNTED_VOICES
from store.statistics import mean_of_signs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from store import Filter, Store

NEEDED: Final = 5
VOICES: Final = COUNTED_VOICES
SIDE_BY_SIDE: Final = 4

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """The sentences about somebody in one group and voice: their signs, and mean and 95 % interval where enough."""

    signs: tuple[int, ...]
    articles: int
    mean: float = 0.0
    low: float = 0.0
    high: float = 0.0

    @property
    def few(self) -> bool:
        """Whether there are too few sentences to average."""
        return len(self.signs) < NEEDED

    @property
    def hue(self) -> str:
        """``pos`` or ``neg`` only where the interval leaves zero."""
        return "pos" if self.low > 0 else "neg" if self.high < 0 else "neu"

    @property
    def in_words(self) -> str:
        """The counts in words."""
        positive, negative = sum(s > 0 for s in self.signs), sum(s < 0 for s in self.signs)
        return f"{count(len(self.signs), 'sentence')}: {positive} positive, {negative} negative"


def sentences(portrayals: pd.DataFrame) -> dict[Key, list[dict[str, Any]]]:
    """The rated sentences of every group and voice, each once, with the sign of what its mentions add up to.

    ``strength`` is how far the probabilities of positive and negative lie apart, of the mention where they do most.
    """
    by_cell: dict[Key, dict[tuple[str, int], dict[str, Any]]] = defaultdict(dict)
    for row in rows(portrayals):
        of_cell = by_cell[str(row["group"]), str(row["voice"])]
        blank = row | {"sentiment": 0, "strength": 0.0}
        sentence = of_cell.setdefault((str(row["article_id"]), int(row["start"])), blank)
        sentence["sentiment"] += int(row["sentiment"])
        sure = abs(float(row["p_positive"]) - float(row["p_negative"]))
        sentence["strength"] = max(sentence["strength"], sure)
    for of_cell in by_cell.values():
        for sentence in of_cell.values():
            sentence["sentiment"] = (sentence["sentiment"] > 0) - (sentence["sentiment"] < 0)
    return {key: list(of_cell.values()) for key, of_cell in by_cell.items()}


def cells(portrayals: pd.DataFrame) -> dict[Key, Cell]:
    """A cell for every group and voice that has a rated sentence; the signs are those of :func:`sentences`."""
    by_cell = {}
    sums = portrayals.groupby(["group", "voice", "article_id", "start"], sort=False)["sentiment"].sum()
    signed = ((sums > 0).astype(int) - (sums < 0).astype(int)).reset_index()
    for (group, voice), rated in signed.groupby(["group", "voice"], sort=False):
        key, signs, articles = (
            (str(group), str(voice)),
            tuple(rated["sentiment"].tolist()),
            rated["article_id"].tolist(),
        )
        if len(signs) < NEEDED:
            by_cell[key] = Cell(signs, len(set(articles)))
            continue
        by_cell[key] = Cell(signs, len(set(articles)), *mean_of_signs(signs, articles))
    return by_cell


def of(store: Store, groups: Sequence[tuple[str, Filter]], entity_id: str) -> dict[Key, Cell]:
    """The cells of somebody in groups, each a key and a filter, as a question to the store."""
    by_cell: dict[Key, Cell] = {}
    for key, chosen in groups:
        rated = queries.portrayals(store, chosen, (entity_id,), group="article", with_text=False)
        by_cell |= cells(rated.assign(group=key))
    return by_cell


def overlap_sentence(cells: Mapping[Key, Cell], groups: Sequence[str], names: Mapping[str, str], voice: str) -> str:
    """Whether groups differ in one voice, as a sentence: only where their intervals do not meet."""
    rated = [g for g in groups if (g, voice) in cells and not cells[g, voice].few]
    where = VOICE_NAMES[voice].lower()
    if not rated:
        return f"In {where} there are too few sentences to rate tone anywhere."
    if len(rated) == 1:
        return f"In {where} tone can be rated in {names.get(rated[0], rated[0])} alone: nothing can be compared."
    apart = []
    for a, b in combinations(rated, 2):
        low, high = sorted((a, b), key=lambda g: cells[g, voice].mean)
        if cells[low, voice].high < cells[high, voice].low and not _both_one_side(
            cells[low, voice], cells[high, voice]
        ):
            apart.append(f"{names.get(high, high)} above {names.get(low, low)}")
    one_side = [g for g in rated if cells[g, voice].high < 0]
    if not apart and len(one_side) == len(rated):
        return f"In {where} all are below zero: they are not ranked."
    if not apart:
        return f"In {where} the intervals overlap: no difference can be claimed."
    shown = listed(apart[:4]) + (f" and {len(apart) - 4} more" if len(apart) > 4 else "")
    return f"In {where} these intervals do not overlap: {shown}."


def _both_one_side(a: Cell, b: Cell) -> bool:
    """Whether both lie on one side of zero: of two that are negative none is told to be the better."""
    return (a.high < 0 and b.high < 0) or (a.low > 0 and b.low > 0)


def _x(value: float) -> str:
    return f"{50 + 47 * value:.1f}%"


def strip(cell: Cell) -> Html:
    """Dot and interval on an axis from -1 to 1; open dots on hatching where there are too few."""
    if cell.few:
        dots = []
        for sign in (-1, 0, 1):
            same = cell.signs.count(sign)
            # Dots of one sign stand side by side: at the ends of the axis toward its middle.
            first = {-1: 0.0, 0: -(same - 1) / 2, 1: 1.0 - same}[sign]
            dots += [tag("u", style=f"left:{_x(sign)};margin-left:{(first + i) * 13 - 4.5:.1f}px") for i in range(same)]
        return tag("div", *dots, class_="fl-strip few")
    width = f"{47 * (cell.high - cell.low):.1f}%"
    return tag(
        "div",
        tag("i", style=f"left:{_x(cell.low)};width:{width}"),
        tag("b", style=f"left:{_x(cell.mean)}"),
        class_=f"fl-strip {cell.hue}",
    )


def swatch(voice: str) -> Html:
    """The voice's name with its pattern."""
    return tag("span", VOICE_NAMES[voice], class_=f"fl-v {VOICE_CLASS[voice]}")


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _cell(key: Key, cell: Cell | None, why: str, on: Html | str, chosen: Key | None) -> Html:
    if cell is None:
        return tag(
            "td", tag("div", on, class_="on"), tag("div", "none", class_="fl-none"), tag("div", why, class_="lab")
        )
    if cell.few:
        label = tag("span", f"too few: {len(cell.signs)} of {NEEDED} needed", class_="fl-few")
        aloud = f"too few: {cell.in_words}"
    else:
        label = join(cell.in_words)
        interval = f"{reader.per_cent('95')} interval"
        aloud = f"mean {_signed(cell.mean)}, {interval} {_signed(cell.low)} to {_signed(cell.high)}, {cell.in_words}"
    group, voice = key
    control = tag(
        "div",
        strip(cell),
        tag("div", label, class_="lab"),
        class_="fl-choose",
        role="button",
        tabindex="0",
        aria_pressed="true" if key == chosen else "false",
        aria_label=f"{aloud}. Show the sentences",
        data_choose=f"{voice}|{group}",
    )
    return tag("td", tag("div", on, class_="on"), control)


def grid(
    cells: Mapping[Key, Cell],
    groups: Sequence[str],
    names: Mapping[str, str],
    about: Mapping[str, str],
    why_none: Mapping[Key, str],
    *,
    chosen: Key | None = None,
    under: Html | None = None,
) -> Html:
    """Portrayal by voice: groups side by side while they fit, else one below the other.

    ``about`` is a line under a group's name, ``why_none`` says of an empty cell why it is empty; ``under`` stands
    beneath the row of ``chosen``.
    """
    heads = {g: join(names.get(g, g), tag("small", about.get(g, ""))) for g in groups}

    def cell(group: str, voice: str, on: Html | str) -> Html:
        return _cell((group, voice), cells.get((group, voice)), why_none.get((group, voice), ""), on, chosen)

    axis = tag("div", tag("span", "negative"), tag("span", "neutral"), tag("span", "positive"), class_="ax")
    if len(groups) <= SIDE_BY_SIDE:
        top = [tag("th", heads[g], scope="col", class_="oh") for g in groups]
        body = [
            tag("tr", tag("th", swatch(v), scope="row", class_="vh"), *(cell(g, v, names.get(g, g)) for g in groups))
            for v in VOICES
        ]
        columns = len(groups)
    else:
        top = [tag("th", swatch(v), scope="col", class_="vh") for v in VOICES]
        body = [
            tag("tr", tag("th", heads[g], scope="row", class_="oh"), *(cell(g, v, swatch(v)) for v in VOICES))
            for g in groups
        ]
        columns = len(VOICES)
    if under is not None and chosen:
        rows_ = VOICES if len(groups) <= SIDE_BY_SIDE else groups
        place = list(rows_).index(chosen[1] if len(groups) <= SIDE_BY_SIDE else chosen[0])
        inside = tag("td", tag("div", under, class_="fl-under-row"), colspan=str(columns + 1))
        body.insert(place + 1, tag("tr", inside, class_="under"))
    foot = tag("tr", tag("td"), *([tag("td", axis)] * columns), class_="foot", aria_hidden="true")
    wide = "side" if len(groups) <= SIDE_BY_SIDE else "stack"
    return tag(
        "table",
        tag("thead", tag("tr", tag("td"), *top)),
        tag("tbody", *body, foot),
        class_=f"fl-portrayal {wide}",
        aria_label="Tone by voice",
    )
