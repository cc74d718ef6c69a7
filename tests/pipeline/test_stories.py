"""Articles that tell one event are found, in any order, with and without dates."""

import json
import weakref
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.clusters import b_cubed
from pipeline.build.row_commands import story_rows
from pipeline.core.embedding import encoder
from pipeline.stories import clustering
from pipeline.stories.clustering import MOST, find_stories, join
from pipeline.stories.pair_features import Likeness, StoryText, embed
from pipeline.stories.story_words import stem

FERRY = date(2023, 5, 3).toordinal()
ARTICLES = [
    StoryText(
        "Ferry runs aground off Tern Island with 212 aboard",
        "A ferry carrying 212 passengers ran aground off Tern Island on Tuesday. The coast guard took everyone ashore.",
        FERRY,
        FERRY,
    ),
    StoryText(
        "Council votes to close two libraries in Harwick",
        "Harwick's council voted 7 to 2 to close two branch libraries. Readers had protested for weeks.",
        FERRY,
        FERRY,
    ),
    StoryText(
        "Passengers rescued after Tern Island ferry grounding",
        "All 212 people aboard a ferry that ran aground near Tern Island were brought ashore, the coast guard said.",
        FERRY + 1,
        FERRY + 1,
    ),
    StoryText(
        "Harwick libraries to shut after council vote",
        "Two libraries will shut in Harwick after a 7 to 2 vote of the council, which said it must save money.",
        FERRY + 1,
        FERRY + 1,
    ),
    StoryText(
        "Astronomers find a comet with two tails",
        "A comet with two tails was found by astronomers at an observatory in the Andes.",
        FERRY,
        FERRY,
    ),
]
VECTORS = embed(ARTICLES, encoder())


@pytest.mark.parametrize("dated", [True, False])
def test_reports_of_one_event_are_one_story(dated: bool) -> None:
    articles = ARTICLES if dated else [StoryText(one.title, one.text) for one in ARTICLES]
    assert find_stories(articles, VECTORS) == [0, 1, 0, 1, 2]


@given(st.permutations(range(len(ARTICLES))))
@settings(max_examples=20, deadline=None)
def test_the_order_of_articles_changes_no_story(order: list[int]) -> None:
    found = find_stories([ARTICLES[place] for place in order], VECTORS[order])
    together = {frozenset(order[row] for row in range(len(order)) if found[row] == story) for story in found}
    assert together == {frozenset({0, 2}), frozenset({1, 3}), frozenset({4})}
    assert list(dict.fromkeys(found)) == [0, 1, 2]


def test_years_apart_is_another_event() -> None:
    for later in (range(FERRY + 1_000, FERRY + 1_001), range(FERRY + 100, FERRY + 465)):
        again = StoryText(ARTICLES[2].title, ARTICLES[2].text, later.start, later.stop - 1)
        assert find_stories([ARTICLES[0], again], VECTORS[[0, 2]]) == [0, 1]
    some_day = StoryText(ARTICLES[2].title, ARTICLES[2].text, FERRY - 100, FERRY + 265)
    assert find_stories([ARTICLES[0], some_day], VECTORS[[0, 2]]) == [0, 0]


def test_an_article_without_headline_or_words_is_a_story_of_its_own() -> None:
    more = [*ARTICLES, StoryText("", "…")]
    assert find_stories(more, embed(more, encoder()))[-1] == 3
    assert find_stories([], embed([], encoder())) == []


def test_a_vector_depends_on_its_article_alone() -> None:
    assert np.array_equal(embed(ARTICLES[2:3], encoder())[0], VECTORS[2])


def test_a_story_holds_while_its_mean_score_is_above_nothing() -> None:
    pairs = np.array([[0, 1], [0, 2], [1, 2], [2, 3]])
    assert join(5, pairs, np.array([8.0, 3.0, -1.0, -2.0])) == [0, 0, 0, 1, 2]
    assert join(5, pairs, np.array([8.0, -3.0, -1.0, MOST])) == [0, 0, 1, 1, 2]


def test_a_part_too_large_to_hold_at_once_is_cut_where_it_is_weakest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.stories.clustering._LARGEST", 2)
    pairs = np.array([[0, 1], [1, 2], [2, 3]])
    assert join(4, pairs, np.array([9.0, 1.0, 9.0])) == [0, 0, 1, 1]


@pytest.mark.parametrize(("one", "other"), [("bans", "banned"), ("City’s", "city"), ("voting", "votes")])
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one)[:3] == stem(other)[:3]


def test_rows_keep_their_ids_and_faults_their_lines() -> None:
    rows = [
        (number, {"id": number, "title": one.title, "text": one.text, "date": str(date.fromordinal(one.day or 1))})
        for number, one in enumerate(ARTICLES, 1)
    ]
    found = dict(story_rows([*rows, (6, {"id": 6})]))
    assert [json.loads(json.dumps(found[number]))["story_id"] for number in range(1, 6)] == [
        "story:1",
        "story:2",
        "story:1",
        "story:2",
        "story:3",
    ]
    assert found[6] == '"text" must be text.'


def test_b_cubed_by_hand() -> None:
    # Precision (1/2 + 1/2 + 1) / 3 = 2/3; recall (1/2 + 1 + 1/2) / 3 = 2/3.
    assert b_cubed(["a", "b", "a"], [1, 1, 2]) == pytest.approx(100 * 2 / 3)
    assert b_cubed(["a", "b"], ["x", "y"]) == 100


def test_vectors_are_given_up_once_articles_are_compared(monkeypatch):
    class Vectors(np.ndarray):
        """Vectors that can be watched."""

    made = []

    def vectors():
        array = np.array(VECTORS, np.float32).view(Vectors)
        made.append(weakref.ref(array))
        return array

    def likeness(*given):
        assert made[0]() is None
        return Likeness(*given)

    monkeypatch.setattr(clustering, "Likeness", likeness)
    found = find_stories(ARTICLES, vectors())  # an assertion would hold what it is given
    assert found == [0, 1, 0, 1, 2]


@pytest.mark.parametrize("seed", range(20))
def test_few_articles_are_clustered_as_scipy_does(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(seed)
    size = 12 + 2 * seed
    pairs = np.array([pair for pair in combinations(range(size), 2) if chance.random() < 0.5])
    scores = chance.uniform(-3, 4, len(pairs))
    here = clustering.join(size, pairs, scores)
    monkeypatch.setattr(clustering, "_FEW", 0)
    assert clustering.join(size, pairs, scores) == here
    assert 1 < len(set(here)) < size
