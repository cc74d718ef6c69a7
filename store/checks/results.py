"""What a sample's answers come to: how often the machine is right, how far people agree, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from store.checks.agreement import alpha, kappa
from store.checks.answers import MEASURES, agree, right, values
from store.checks.draw import key_of
from store.checks.estimates import Interval, weighted_wilson, wilson
from store.checks.frame import FRAMES
from store.checks.progress import coders, progress
from store.filter import Filter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.checks.log import Line, Log
    from store.reader import Store

_TONES: Final = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Used:
    """The answer that counts for an item: the settled one, else that of whoever began first."""

    answer: Mapping[str, Any]
    coder: str
    settled: bool = False
    note: str = ""


class Right(NamedTuple):
    """How often the machine is right in what was checked. ``even``: all had the same chance of being drawn."""

    right: int
    of: int
    interval: Interval
    even: bool = True


class Disagreement(NamedTuple):
    """An item two or more people answered differently, their answers by coder, and how it was settled."""

    item: int
    answers: dict[str, Mapping[str, Any]]
    settled: Line | None


class Agreement(NamedTuple):
    """How far people agree on the items that two or more answered; κ where there are two people."""

    coders: tuple[str, ...]
    same: int
    of: int
    alpha: Interval
    kappa: Interval | None
    disagreements: tuple[Disagreement, ...]


class Change(NamedTuple):
    """What became of items since they were drawn: other answers now, no more found, articles no more there."""

    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    no_article: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone or self.no_article)


def used(log: Log, sample: str) -> dict[int, Used]:
    """The answers that count, by the item's number."""
    answers: dict[int, Used] = {}
    for coder in coders(log, sample):
        for number, line in progress(log, sample, coder).answers.items():
            answers.setdefault(number, Used(line.fields["answer"], coder, note=str(line.fields.get("note", ""))))
    for number, line in settled(log, sample).items():
        answers[number] = Used(
            line.fields["answer"], str(line.fields["coder"]), settled=True, note=line.fields.get("note", "")
        )
    return answers


def settled(log: Log, sample: str) -> dict[int, Line]:
    """How disagreements were settled, by the item's number; the latest counts."""
    chain = set(log.chain(sample))
    return {int(line.fields["item"]): line for line in log.in_effect()
            if line.what == "settle" and line.fields["sample"] in chain}  # fmt: skip


def measured(
    sample: Line,
    answers: Mapping[int, Used],
    measure: str = "",
    where: Callable[[Mapping[str, Any]], bool] | None = None,
) -> Right:
    """How often the machine is right by a measure, in the items ``where`` holds. Answers that cannot tell are left out.

    The machine's answers are those of when the sample was drawn.
    """
    fields = sample.fields
    measure = measure or next(iter(MEASURES[fields["kind"]]))
    verdicts: list[bool] = []
    weights: list[float] = []
    for number, used_answer in sorted(answers.items()):
        item = fields["items"][number]
        if where and not where(item):
            continue
        verdict = right(measure, item["machine"], used_answer.answer)
        if verdict is not None:
            verdicts.append(verdict)
            weights.append(1 / item["chance"])
    even = not weights or max(weights) <= 1.05 * min(weights)
    interval = wilson(sum(verdicts), len(verdicts)) if even else weighted_wilson(verdicts, weights)
    return Right(sum(verdicts), len(verdicts), interval, even)


def by_part(sample: Line, answers: Mapping[int, Used], part: str, measure: str = "") -> dict[str, Right]:
    """How often the machine is right in each outlet (``source``), ``voice`` or degree of sureness (``sure``)."""
    parts = sorted({str(sample.fields["items"][number].get(part, "")) for number in answers})

    def of(name: str) -> Right:
        return measured(sample, answers, measure, lambda item: str(item.get(part, "")) == name)

    return {name: rate for name in parts if (rate := of(name)).of}


def cannot_tell(sample: Line, answers: Mapping[int, Used]) -> int:
    """Answers that say it cannot be told, where the machine gave an answer."""
    items = sample.fields["items"]
    return sum(used_answer.answer["choice"] == "unclear" and items[number]["machine"]["choice"] != "unclear"
               for number, used_answer in answers.items())  # fmt: skip


def agreement(log: Log, sample: Line) -> Agreement | None:
    """How far people agree; None until two have answered the same item."""
    people = coders(log, sample.id)
    answers_by_coder = {coder: progress(log, sample.id, coder).answers for coder in people}
    both: dict[int, dict[str, Mapping[str, Any]]] = {}
    for number in range(len(sample.fields["items"])):
        answers = {
            coder: lines[number].fields["answer"] for coder, lines in answers_by_coder.items() if number in lines
        }
        if len(answers) > 1:
            both[number] = answers
    if not both:
        return None
    units = [values(list(answers.values())) for answers in both.values()]
    ordinal = sample.fields["kind"] == "portrayals" and all(value in _TONES for unit in units for value in unit)
    order = _TONES if ordinal else ()
    how = settled(log, sample.id)
    differing = tuple(
        Disagreement(number, answers, how.get(number))
        for number, answers in both.items()
        if not all(agree(first, second) for first, second in combinations(answers.values(), 2))
    )
    taking_part = tuple(coder for coder in people if any(coder in answers for answers in both.values()))
    pairs = [(unit[0], unit[1]) for unit in units]
    return Agreement(
        taking_part,
        len(both) - len(differing),
        len(both),
        alpha(units, "ordinal" if ordinal else "nominal", order),
        kappa(pairs) if len(taking_part) == 2 else None,
        differing,
    )


def changes(store: Store, sample: Line) -> Change:
    """What became of the items since they were drawn, by corrections or a newer build."""
    fields = sample.fields
    frame = FRAMES[fields["kind"]].sql(store, Filter())
    articles = sorted({item["article"] for item in fields["items"]})
    rows = store.rows_of(
        'SELECT f.article_id, f.start, f."end", f.other, f.mark_start, f.class, f.name '
        f"FROM ({frame.sql}) f WHERE f.article_id IN (SELECT unnest(CAST($c_articles AS VARCHAR[])))",
        frame.parameters | {"c_articles": articles},
    )
    now = {tuple(row[:5]): (row[5], row[6]) for row in rows}
    articles_there = {row[0] for row in store.rows_of(
        "SELECT article_id FROM headers WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))", {"ids": articles}
    )}  # fmt: skip
    changed, gone, no_article = [], [], []
    for number, item in enumerate(fields["items"]):
        machine = item["machine"]
        if item["article"] not in articles_there:
            no_article.append(number)
        elif (found_now := now.get(key_of(item))) is None:
            gone.append(number)
        elif machine["choice"] == "named":
            was = machine.get("entity") or machine.get("name")
            if was != (found_now[0] or found_now[1]):
                changed.append(number)
        elif machine["choice"] == "unclear":
            if found_now[0] or found_now[1]:
                changed.append(number)
        elif machine["choice"] != found_now[0]:
            changed.append(number)
    return Change(tuple(changed), tuple(gone), tuple(no_article))
