"""In a corpus where most events have one report, the nearest of an article tells another event, and is held apart."""

from types import SimpleNamespace

import numpy as np
import pytest

from pipeline.stories import clustering
from pipeline.stories.clustering import MOST, company, pair_scores
from pipeline.stories.pair_features import Likeness


def likeness(size, pairs, *, dated=True):
    return SimpleNamespace(
        size=size,
        pairs=np.array(pairs),
        dated=np.full(len(pairs), dated),
        apart=np.zeros(len(pairs), bool),
    )


@pytest.mark.parametrize(("alike", "share"), [(0, 0.0), (300, 0.0), (500, 0.5), (700, 1.0), (1000, 1.0)])
def test_company_is_told_by_the_share_of_articles_that_look_like_another(alike, share):
    pairs = [(place, place + 1) for place in range(0, 1000, 2)]
    plain = np.where(np.arange(len(pairs)) < alike / 2, 1.0, -1.0)
    assert company(likeness(1000, pairs), plain) == pytest.approx(share)


def scored(monkeypatch, size, plain, *, dated=True):
    pairs = [(place, place + 1) for place in range(0, size, 2)]
    monkeypatch.setattr(clustering, "looked_at", lambda _: (np.full(len(pairs), 2.0), np.array(plain, float)))
    return pair_scores(likeness(size, pairs, dated=dated))


def test_what_only_stands_out_among_neighbours_is_held_apart_where_reports_are_lonely(monkeypatch):
    lonely = [1.0] + [-2.0] * 499
    assert scored(monkeypatch, 1000, lonely)[:2].tolist() == [1.0, -2.0]


def test_where_events_have_several_reports_neighbours_are_believed(monkeypatch):
    together = [1.0] * 499 + [-2.0]
    assert scored(monkeypatch, 1000, together)[-1] == 1.0
    assert scored(monkeypatch, 1000, [1.0] * 499 + [-6.0])[-1] == -3.0
    assert scored(monkeypatch, 1000, [1.0] * 499 + [-6.0], dated=False)[-1] == 2.0
    assert scored(monkeypatch, 1000, [1.0] * 499 + [-3 * MOST])[-1] == -MOST


@pytest.mark.parametrize("dated", [True, False])
def test_forty_lonely_reports_are_held_apart_as_a_thousand_are(monkeypatch, dated):
    monkeypatch.setattr(clustering, "held_apart", lambda scores, *_: scores)
    monkeypatch.setattr(clustering, "lone_scores", lambda _: 0)
    assert scored(monkeypatch, 40, [-1.0] * 20, dated=dated)[0] == -1.0
    assert scored(monkeypatch, 8, [-1.0] * 4, dated=dated)[0] == 2.0


def test_what_is_plain_leaves_the_neighbours_out():
    features = np.arange(29.0)[None, :]
    assert Likeness.plain(features)[0].tolist() == [*range(19), *range(23, 29)]


def test_two_articles_that_speak_against_one_event_stay_apart_among_a_hundred_others():
    assert clustering.held_apart(np.array([5.0]), np.array([-1.5]), 150)[0] < 0
    assert clustering.held_apart(np.array([5.0]), np.array([-1.5]), 700)[0] > 0
