"""What corrections come to, all together: plain facts that no longer depend on the order they were written in.

Where two contradict each other the later one holds, and the contradiction is kept to be told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from store.corrections.log import about

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.corrections.log import Correction

Span = tuple[str, int, int]
GONE: Final = ""


class Contradiction(NamedTuple):
    """Corrections that cannot all hold, in the order they were written, and what follows from it."""

    corrections: tuple[Correction, ...]
    reason: str


class Split(NamedTuple):
    """Mentions of ``entity`` that are another's: in one article and of one surface, or in any and of any (``None``)."""

    entity: str
    article: str | None
    surface: str | None
    to: str


@dataclass(slots=True)
class Effect:
    """``moved`` maps entities to what they are now, ``GONE`` for nothing; ``names`` are those the user gave.

    ``new_names`` names entities a correction brought in, used where no build has named them. ``speakers`` gives the
    speaker of the quote at a span as (entity id, name); ``None`` takes the quote away. ``cells`` says of an article and
    a passage of another whether it tells the same, and where (-1 where it does not).
    """

    moved: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    new_names: dict[str, str] = field(default_factory=dict)
    splits: list[Split] = field(default_factory=list)
    mentions: dict[Span, str] = field(default_factory=dict)
    speakers: dict[Span, tuple[str, str] | None] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, str, int, int], tuple[str, int, int]] = field(default_factory=dict)
    contradictions: list[Contradiction] = field(default_factory=list)

    @property
    def moves(self) -> bool:
        """Whether any words are another's than the build found: names, outlets and days alone move nobody."""
        return bool(self.moved or self.splits or self.mentions or self.speakers)

    def now(self, entity: str) -> str:
        """What an entity is after merges and rejections."""
        return self.moved.get(entity, entity)


def effect(corrections: Sequence[Correction]) -> Effect:
    """What corrections in effect come to."""
    outcome = Effect()
    into: dict[str, str] = {}
    splits: dict[tuple[object, ...], Correction] = {}
    for correction in corrections:
        fields = correction.fields
        if correction.what == "merge":
            _break_circle(into, fields["entity"], fields["into"])
            into[fields["entity"]] = fields["into"]
        elif correction.what == "reject":
            into[fields["entity"]] = GONE
        elif correction.what == "split":
            key = about(correction)[0]
            splits.pop(key, None)
            splits[key] = correction
        elif correction.what == "cell":
            cell = fields["article"], fields["other"], fields["other_start"], fields["other_end"]
            outcome.cells[cell] = fields["says"], fields.get("start", -1), fields.get("end", -1)
        else:
            _note(outcome, correction)
    outcome.moved = {entity: _end(into, entity) for entity in into}
    outcome.splits = _splits(outcome, splits.values())
    outcome.mentions = {span: outcome.now(entity) for span, entity in outcome.mentions.items()}
    for span, speaker in outcome.speakers.items():
        outcome.speakers[span] = speaker and (outcome.now(speaker[0]), speaker[1])
    outcome.contradictions = [*_contradicting(corrections), *_circles(corrections), *_of_rejected(corrections)]
    return outcome


def _note(outcome: Effect, correction: Correction) -> None:
    fields = correction.fields
    if correction.what == "rename":
        outcome.names[fields["entity"]] = fields["name"]
    elif correction.what == "mention":
        outcome.mentions[fields["article"], fields["start"], fields["end"]] = fields["entity"]
        if fields["entity"] and fields.get("name"):
            outcome.new_names[fields["entity"]] = fields["name"]
    elif correction.what == "speaker":
        outcome.speakers[fields["article"], fields["start"], fields["end"]] = fields["speaker"], fields.get("name", "")
        if fields["speaker"] and fields.get("name"):
            outcome.new_names[fields["speaker"]] = fields["name"]
    elif correction.what == "reject-quote":
        outcome.speakers[fields["article"], fields["start"], fields["end"]] = None
    elif correction.what == "article":
        if fields.get("source"):
            outcome.sources[fields["article"]] = fields["source"]
        if fields.get("published"):
            outcome.dates[fields["article"]] = fields["published"]


def _end(into: dict[str, str], entity: str) -> str:
    while entity in into:
        entity = into[entity]
    return entity


def _break_circle(into: dict[str, str], entity: str, target: str) -> None:
    """Forget the older merge that would lead from ``target`` back to ``entity``."""
    while target in into:
        if into[target] == entity:
            del into[target]
            return
        target = into[target]


def _splits(outcome: Effect, corrections: Iterable[Correction]) -> list[Split]:
    together: dict[str, list[str]] = defaultdict(list)
    for entity, now in outcome.moved.items():
        together[now].append(entity)
    rows = []
    for correction in corrections:
        fields = correction.fields
        outcome.new_names[fields["to"]] = fields["name"]
        now = outcome.now(fields["entity"])
        of = {fields["entity"]} | ({now, *together[now]} if now else set())
        rows += [
            Split(entity, article, surface, outcome.now(fields["to"]))
            # The entity split off does not lose its own mentions.
            for entity in sorted(of - {fields["to"]})
            for article in fields.get("articles") or [None]
            for surface in fields.get("surfaces") or [None]
        ]
    return rows


def _value(correction: Correction, key: tuple[object, ...]) -> object:
    fields = correction.fields
    kinds = {
        "merge": "into",
        "rename": "name",
        "split": "to",
        "mention": "entity",
        "speaker": "speaker",
        "cell": "says",
    }
    if kind := kinds.get(correction.what):
        return fields[kind]
    return fields.get(str(key[0])) if correction.what == "article" else None


_DIFFER: Final = {
    "entity": "say different things of what one entity is",
    "name": "give one entity different names",
    "split": "make different entities of the same mentions",
    "mention": "say different things of whom one mention names",
    "quote": "say different things of who speaks",
    "source": "give one article different outlets",
    "published": "give one article different dates",
    "cell": "say different things of whether an article tells a fact",
}


def _contradicting(corrections: Sequence[Correction]) -> list[Contradiction]:
    claims: dict[tuple[object, ...], list[Correction]] = defaultdict(list)
    for correction in corrections:
        for key in about(correction):
            claims[key].append(correction)
    return [
        Contradiction(tuple(rivals), f"They {_DIFFER[str(key[0])]}. The last one holds.")
        for key, rivals in claims.items()
        if len({(correction.what == "reject", _value(correction, key)) for correction in rivals}) > 1
    ]


def _circles(corrections: Sequence[Correction]) -> list[Contradiction]:
    into: dict[str, Correction] = {}
    circles = []
    for correction in corrections:
        if correction.what != "merge":
            continue
        path: list[Correction] = []
        at = str(correction.fields["into"])
        while at in into and len(path) <= len(into):
            path.append(into[at])
            at = str(into[at].fields["into"])
            if at == correction.fields["entity"]:
                last = path[-1]
                del into[str(last.fields["entity"])]
                circles.append(Contradiction((*path, correction), "They merge in a circle. The last one holds."))
                break
        into[str(correction.fields["entity"])] = correction
    return circles


def _of_rejected(corrections: Sequence[Correction]) -> list[Contradiction]:
    rejected = {correction.fields["entity"]: correction for correction in corrections if correction.what == "reject"}
    clashes = []
    for correction in corrections:
        field_of = {"merge": "into", "rename": "entity", "split": "to", "mention": "entity", "speaker": "speaker"}
        used = correction.fields.get(field_of.get(correction.what, ""), "")
        if used in rejected:
            why = "One rejects an entity that the other makes use of. It stays rejected."
            clashes.append(Contradiction((rejected[used], correction), why))
    return clashes
