"""Small sets of articles that hold two events of one kind: what the scorer of lone pairs learns from and is judged on.

Each story of the roundups stands with the story most like it, once with its own dates and once as if both were of the
same days; two invented events of each kind (:mod:`training.events`) stand together, all on one day; and the sets of
``written_sets.jsonl`` were written one by one: ``{set, articles: [{id, source, date?, title, text}], events}``, where
each event is the ids of its articles.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from evaluation.clusters import b_cubed
from pipeline.core.embedding import encoder
from pipeline.stories.clustering import held_apart, join, lone_cut, looked_at, tempered
from pipeline.stories.pair_features import TIMES, Likeness, StoryText, compare_articles, embed
from training.events import reports
from training.scores import fit, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.embedding import Encodes

FOLDS: Final = 5
EVENTS: Final = 6
WRITTEN: Final = Path(__file__).with_name("written_sets.jsonl")
Origin = Literal["small", "invented", "written"]
# What a pair of a set counts in learning, by where the set is from: the roundups, a template, or written one by one.
WEIGHTS: Final[dict[Origin, float]] = {"small": 1.0, "invented": 6.0, "written": 6.0}
STRENGTH: Final = 0.3
# A pair is held apart where the two articles alone speak so clearly against one event.
CUT: Final = -1.0


@dataclass(frozen=True, slots=True)
class Small:
    """A set: its articles with their vectors, the event of each, a fold, and where it is from."""

    texts: Sequence[StoryText]
    vectors: np.ndarray
    gold: Sequence[str]
    fold: int
    origin: Origin = "small"

    def compare(self) -> Likeness:
        """The articles, compared with each other."""
        return Likeness(self.texts, compare_articles(self.texts, self.vectors))


def roundup_sets(rows: Sequence[dict[str, Any]], vectors: np.ndarray, *, dated: bool) -> list[Small]:
    """Each story with the one most like it."""
    stories = sorted({row["story"] for row in rows})
    places_of = {story: [place for place, row in enumerate(rows) if row["story"] == story] for story in stories}
    middles = np.stack([vectors[places_of[story], 0].mean(axis=0) for story in stories])
    alike = middles @ middles.T
    np.fill_diagonal(alike, -1)
    folds = np.random.default_rng(0).integers(0, FOLDS, len(stories))
    sets = []
    for place, story in enumerate(stories):
        nearest = stories[int(alike[place].argmax())]
        members = places_of[story] + places_of[nearest]
        days = [date.fromisoformat(rows[member]["date"]).toordinal() for member in members]
        gold = [rows[member]["story"] for member in members]
        # Both events on the same days: their middles put together.
        shift = int(np.median(days[: len(places_of[story])]) - np.median(days[len(places_of[story]) :]))
        moved = [day + (shift if event == nearest else 0) for day, event in zip(days, gold, strict=True)]
        for own_days in (days, moved) if dated else ([None] * len(days),):
            texts = [
                StoryText(rows[member]["title"], rows[member]["text"], day, day)
                for member, day in zip(members, own_days, strict=True)
            ]
            sets.append(Small(texts, vectors[members], gold, int(folds[place])))
    return sets


def invented_sets(*, dated: bool, vectors: np.ndarray | None = None, encodes: Encodes | None = None) -> list[Small]:
    """Two invented events of each kind on one day; the kinds are dealt to the folds. ``encodes`` makes the vectors."""
    tellings = list(reports(EVENTS))
    texts = [StoryText(telling.title, telling.text) for telling in tellings]
    vectors = embed(texts, encodes or encoder()) if vectors is None else vectors
    day = date(2023, 5, 1).toordinal() if dated else None
    random = np.random.default_rng(1)
    kinds = sorted({telling.kind for telling in tellings})
    sets = []
    for number, kind in enumerate(kinds):
        events = sorted({telling.event for telling in tellings if telling.kind == kind})
        for first in range(0, len(events), 2):
            members = [place for place, telling in enumerate(tellings) if telling.event in events[first : first + 2]]
            event_texts = [
                replace(texts[place], first=near, last=near)
                for place in members
                for near in [day + int(random.integers(0, 2)) if day is not None else None]
            ]
            gold = [f"{kind} {tellings[place].event}" for place in members]
            sets.append(Small(event_texts, vectors[members], gold, number % FOLDS, "invented"))
    return sets


def written_sets(*, dated: bool, encodes: Encodes | None = None) -> list[Small]:
    """Sets written one by one, dealt to the folds: those that have days or, of all, what is left without them."""
    sets = []
    for number, line in enumerate(WRITTEN.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        days = [
            date.fromisoformat(article["date"]).toordinal() if "date" in article else None
            for article in row["articles"]
        ]
        if dated and None in days:
            continue
        texts = [
            StoryText(article["title"], article["text"], *[day if dated else None] * 2)
            for article, day in zip(row["articles"], days, strict=True)
        ]
        events = {article: f"{row['set']} {event}" for event, group in enumerate(row["events"]) for article in group}
        gold = [events[article["id"]] for article in row["articles"]]
        sets.append(Small(texts, embed(texts, encodes or encoder()), gold, number % FOLDS, "written"))
    return sets


def learn(sets: Sequence[Small]) -> dict[str, Any]:
    """Weights of the scorer of lone pairs and its cut."""
    compared = [small_set.compare() for small_set in sets]
    seen = [_seen(likeness) for likeness in compared]
    same = [_same(small_set, likeness) for small_set, likeness in zip(sets, compared, strict=True)]
    weights, bias = _fit(sets, seen, same, range(len(sets)))
    return {"alone": written(weights, bias), "alone_cut": CUT}


def measure(sets: Sequence[Small], kind: str) -> dict[str, float]:
    """B-cubed F1 over the sets of each origin; ``written_together`` is of those written, put together in one corpus.

    The scorer of lone pairs saw none of the events it is asked about, the other scorer saw those of the roundups.
    ``kind`` is dated or undated.
    """
    compared = [small_set.compare() for small_set in sets]
    scorers = _held_out(sets, compared)
    gold: defaultdict[str, list[str]] = defaultdict(list)
    predicted: defaultdict[str, list[str]] = defaultdict(list)
    for number, (small_set, likeness) in enumerate(zip(sets, compared, strict=True)):
        weights, bias = scorers[small_set.fold]
        stories = _stories(likeness, _seen(likeness) @ weights + bias, kind)
        gold[small_set.origin].extend(f"{number} {event}" for event in small_set.gold)
        predicted[small_set.origin].extend(f"{number} {story}" for story in stories)
    figures = {origin: b_cubed(gold[origin], predicted[origin]) for origin in gold}
    written_by_model = [small_set for small_set in sets if small_set.origin == "written"]
    return figures | ({"written_together": _together(written_by_model, scorers, kind)} if written_by_model else {})


def _together(sets: Sequence[Small], scorers: Sequence[tuple[np.ndarray, float]], kind: str) -> float:
    """B-cubed F1 of ``sets`` in one corpus, where a pair is scored as those of its first article's set are."""
    texts = [text for small_set in sets for text in small_set.texts]
    likeness = Likeness(texts, compare_articles(texts, np.concatenate([small_set.vectors for small_set in sets])))
    folds = np.repeat([small_set.fold for small_set in sets], [len(small_set.texts) for small_set in sets])
    seen = _seen(likeness)
    by_fold = np.stack([seen @ weights + bias for weights, bias in scorers])
    alone = by_fold[folds[likeness.pairs[:, 0]], np.arange(len(seen))]
    gold = [event for small_set in sets for event in small_set.gold]
    return b_cubed(gold, _stories(likeness, alone, kind))


def _stories(likeness: Likeness, alone: np.ndarray, kind: str) -> list[int]:
    """The story of each article, where ``alone`` are the scores of the pairs by the two articles alone."""
    scores, plain = looked_at(likeness)
    scores = held_apart(scores, alone - lone_cut(kind), likeness.size)
    return join(likeness.size, likeness.pairs, tempered(scores, plain, likeness))


def _held_out(sets: Sequence[Small], compared: Sequence[Likeness]) -> list[tuple[np.ndarray, float]]:
    """For each fold, weights and bias of a scorer that saw no event of it."""
    seen = [_seen(likeness) for likeness in compared]
    same = [_same(small_set, likeness) for small_set, likeness in zip(sets, compared, strict=True)]
    scorers = []
    for fold in range(FOLDS):
        events = {event for small_set in sets if small_set.fold == fold for event in small_set.gold}
        taught = [
            place for place, small_set in enumerate(sets) if small_set.fold != fold and not events & set(small_set.gold)
        ]
        scorers.append(_fit(sets, seen, same, taught))
    return scorers


def _seen(likeness: Likeness) -> np.ndarray:
    """What is learned from: without dates where there are none."""
    evidence = likeness.evidence()
    return evidence if likeness.dated.all() else evidence[:, :-TIMES]


def _same(small_set: Small, likeness: Likeness) -> np.ndarray:
    gold = np.array(small_set.gold)
    return np.asarray(gold[likeness.pairs[:, 0]] == gold[likeness.pairs[:, 1]], int)


def _fit(
    sets: Sequence[Small], seen: Sequence[np.ndarray], same: Sequence[np.ndarray], places: Sequence[int] | range
) -> tuple[np.ndarray, float]:
    rows = np.concatenate([seen[place] for place in places])
    labels = np.concatenate([same[place] for place in places])
    counts = np.concatenate([np.full(len(same[place]), WEIGHTS[sets[place].origin]) for place in places])
    return fit(rows, labels, STRENGTH, counts)
