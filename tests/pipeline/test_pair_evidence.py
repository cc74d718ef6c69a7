"""Two events of one kind on one day are two stories, however few articles there are; two tellings of one are one."""

import numpy as np
import pytest

from pipeline.core.embedding import encoder
from pipeline.stories.article_words import read
from pipeline.stories.clustering import find_stories
from pipeline.stories.pair_evidence import LARGE, SMALL, Evidence, trust
from pipeline.stories.pair_features import StoryText, embed

DAY = 738_000


def stories(*told):
    articles = [StoryText(title, text, DAY, DAY) for title, text in told]
    return find_stories(articles, embed(articles, encoder()))


BARN = (
    "Barn fire kills nine horses near Salina",
    (
        "Nine horses died on Friday when a barn burned at a riding school near Salina, Kansas. Fire Chief Edna Birch said "
        "straw had caught fire under a lamp. The owner, Bert Calder, was burned on both hands."
    ),
)
STABLE = (
    "Stable burns in Erie; six horses lost",
    (
        "A fire destroyed a stable in Erie, Pennsylvania, on Friday and six horses were lost. Fire Chief Dean Garner said a "
        "heater may have been left on. Cora Hobbs, who owns the stable, was away."
    ),
)
BARN_AGAIN = (
    "Riding school mourns after Salina blaze",
    (
        "Pupils brought carrots to the riding school near Salina where nine horses died in a burning barn on Friday. A lamp "
        "set straw alight, Chief Birch told reporters. Bert Calder was in hospital with burned hands."
    ),
)


def test_two_fires_of_one_day_are_two_stories():
    assert stories(BARN, STABLE) == [0, 1]


def test_two_tellings_of_one_fire_are_one_story():
    assert stories(BARN, BARN_AGAIN) == [0, 0]
    assert stories(BARN, STABLE, BARN_AGAIN) == [0, 1, 0]


WEST = (
    "Board votes 4-3 to shut pool",
    (
        "The park board of Lancaster, California, voted 4-3 on Monday to shut the pool in Oak Park until May. Board chair "
        "Alma Webb said the pump leaks. Swimmers spoke against it for an hour."
    ),
)
EAST = (
    "Board votes 4-3 to sell rink",
    (
        "The park board of Lancaster, Pennsylvania, voted 4-3 on Monday to sell the rink in Mill Park from May. Board chair "
        "Hugh Tate said the roof leaks. Skaters spoke against it for an hour."
    ),
)


def towns_shared(first, second):
    articles = [StoryText("", first), StoryText("", second)]
    return Evidence(articles, read(articles)).features(np.array([[0, 1]]))[0, 5:9].tolist()


def test_votes_in_two_towns_of_one_name_are_two_stories():
    assert stories(WEST, EAST) == [0, 1]


def test_towns_of_one_name_in_two_states_contradict():
    assert towns_shared("Rain fell in Lancaster, California.", "Rain fell in Lancaster, Pennsylvania.") == [0, 1, 1, 0]
    assert towns_shared("Rain fell in Lancaster, California.", "Rain fell in Lancaster.") == [1, 1, 0, 0]


def test_a_person_or_school_named_like_a_town_is_no_town():
    assert towns_shared("A poll of Quill University asked voters.", "Students of Birch University sang.") == [
        0,
        0,
        0,
        0,
    ]
    assert towns_shared("Lincoln Hale sang in Erie.", "Lincoln Frost sang in Erie.") == [1, 1, 0, 0]


def test_what_both_name_and_what_only_contradicts_is_seen():
    articles = [StoryText(*one) for one in (BARN, STABLE, BARN_AGAIN)]
    found = Evidence(articles, read(articles)).features(np.array([[0, 1], [0, 2]]))
    towns = found[:, 5:9]
    assert towns.tolist() == [[0, 1, 1, 0], [1, 1, 0, 0]]
    people = found[:, 13:17]
    assert people[0].tolist()[:3] == [0, 1, 1]
    assert people[1][0] >= 1


@pytest.mark.parametrize(("size", "share"), [(2, 0.0), (SMALL, 0.0), (LARGE, 1.0), (LARGE * 10, 1.0)])
def test_neighbours_are_trusted_as_far_as_there_are_some(size, share):
    assert trust(size) == share
    assert 0 < trust((SMALL + LARGE) // 2) < 1
