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
    found = Effect()
    into: dict[str, str] = {}
    splits: dict[tuple[object, ...], Correction] = {}
    for one in corrections:
        said = one.said
        if one.what == "merge":
            _break_circle(into, said["entity"], said["into"])
            into[said["entity"]] = said["into"]
        elif one.what == "reject":
            into[said["entity"]] = GONE
        elif one.what == "split":
            key = about(one)[0]
            splits.pop(key, None)
            splits[key] = one
        elif one.what == "cell":
            cell = said["article"], said["other"], said["other_start"], said["other_end"]
            found.cells[cell] = said["says"], said.get("start", -1), said.get("end", -1)
        else:
            _note(found, one)
    found.moved = {entity: _end(into, entity) for entity in into}
    found.splits = _splits(found, splits.values())
    found.mentions = {span: found.now(entity) for span, entity in found.mentions.items()}
    for span, speaker in found.speakers.items():
        found.speakers[span] = speaker and (found.now(speaker[0]), speaker[1])
    found.contradictions = [*_said_twice(corrections), *_circles(corrections), *_of_rejected(corrections)]
    return found


def _note(found: Effect, one: Correction) -> None:
    said = one.said
    if one.what == "rename":
        found.names[said["entity"]] = said["name"]
    elif one.what == "mention":
        found.mentions[said["article"], said["start"], said["end"]] = said["entity"]
        if said["entity"] and said.get("name"):
            found.new_names[said["entity"]] = said["name"]
    elif one.what == "speaker":
        found.speakers[said["article"], said["start"], said["end"]] = said["speaker"], said.get("name", "")
        if said["speaker"] and said.get("name"):
            found.new_names[said["speaker"]] = said["name"]
    elif one.what == "reject-quote":
        found.speakers[said["article"], said["start"], said["end"]] = None
    elif one.what == "article":
        if said.get("source"):
            found.sources[said["article"]] = said["source"]
        if said.get("published"):
            found.dates[said["article"]] = said["published"]


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


def _splits(found: Effect, corrections: Iterable[Correction]) -> list[Split]:
    together: dict[str, list[str]] = defaultdict(list)
    for entity, now in found.moved.items():
        together[now].append(entity)
    rows = []
    for one in corrections:
        said = one.said
        found.new_names[said["to"]] = said["name"]
        now = found.now(said["entity"])
        of = {said["entity"]} | ({now, *together[now]} if now else set())
        rows += [
            Split(entity, article, surface, found.now(said["to"]))
            # The entity split off does not lose its own mentions.
            for entity in sorted(of - {said["to"]})
            for article in said.get("articles") or [None]
            for surface in said.get("surfaces") or [None]
        ]
    return rows


def _value(one: Correction, key: tuple[object, ...]) -> object:
    said = one.said
    kinds = {
        "merge": "into",
        "rename": "name",
        "split": "to",
        "mention": "entity",
        "speaker": "speaker",
        "cell": "says",
    }
    if kind := kinds.get(one.what):
        return said[kind]
    return said.get(str(key[0])) if one.what == "article" else None


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


def _said_twice(corrections: Sequence[Correction]) -> list[Contradiction]:
    claims: dict[tuple[object, ...], list[Correction]] = defaultdict(list)
    for one in corrections:
        for key in about(one):
            claims[key].append(one)
    return [
        Contradiction(tuple(held), f"They {_DIFFER[str(key[0])]}. The last one holds.")
        for key, held in claims.items()
        if len({(one.what == "reject", _value(one, key)) for one in held}) > 1
    ]


def _circles(corrections: Sequence[Correction]) -> list[Contradiction]:
    into: dict[str, Correction] = {}
    found = []
    for one in corrections:
        if one.what != "merge":
            continue
        path: list[Correction] = []
        at = str(one.said["into"])
        while at in into and len(path) <= len(into):
            path.append(into[at])
            at = str(into[at].said["into"])
            if at == one.said["entity"]:
                last = path[-1]
                del into[str(last.said["entity"])]
                found.append(Contradiction((*path, one), "They merge in a circle. The last one holds."))
                break
        into[str(one.said["entity"])] = one
    return found


def _of_rejected(corrections: Sequence[Correction]) -> list[Contradiction]:
    rejected = {one.said["entity"]: one for one in corrections if one.what == "reject"}
    found = []
    for one in corrections:
        fields = {"merge": "into", "rename": "entity", "split": "to", "mention": "entity", "speaker": "speaker"}
        used = one.said.get(fields.get(one.what, ""), "")
        if used in rejected:
            why = "One rejects an entity that the other makes use of. It stays rejected."
            found.append(Contradiction((rejected[used], one), why))
    return found
