"""What surrounds two passages: neighbours, places, and what is usual in their articles."""

import numpy as np

from pipeline.stories.passage_context import beside, centred, closeness, places, standing_out

# Two passages of one article and three of another.
ARTICLES = np.array([0, 0, 1, 1, 1])


def likenesses(**pairs):
    values = np.eye(5)
    for pair, value in pairs.items():
        one, other = (int(digit) for digit in pair[1:])
        values[one, other] = values[other, one] = value
    return values


def test_what_all_speak_of_is_taken_out():
    vectors = np.array([[3, 1], [3, -1], [3, 1]], np.float32)
    assert np.allclose(centred(vectors)[0], [1, -1, 1])


def test_passages_before_and_after_tell_of_a_pair():
    found = beside(likenesses(p02=0.7, p14=0.2), ARTICLES)
    assert found[1, 3] == found[3, 1] == 0.7
    assert found[0, 3] == 0.2
    assert found[0, 2] == 0
    assert beside(np.eye(1), np.array([0])).tolist() == [[0]]


def test_no_neighbour_is_taken_from_another_article():
    # Passage 2 opens the second article: before it stands the end of the first.
    assert beside(likenesses(p01=0.9, p12=0.9), np.array([0, 0, 1, 1, 1]))[2, 2] == 1
    assert beside(likenesses(p01=0.9), np.array([0, 1, 2, 3, 4])).sum() == 0


def test_a_likeness_that_is_usual_stands_out_less():
    common = standing_out(likenesses(p02=0.6, p03=0.6, p04=0.6), ARTICLES)
    single = standing_out(likenesses(p02=0.6), ARTICLES)
    assert common[0, 2] < single[0, 2]
    assert np.allclose(single, single.T)


def test_the_first_passage_stands_at_0_and_the_last_at_1():
    assert places(ARTICLES).tolist() == [0, 1, 0, 0.5, 1]
    assert places(np.array([0])).tolist() == [0]


def test_articles_are_as_close_as_the_best_of_each_passage():
    found = closeness(likenesses(p02=0.8, p13=0.4), ARTICLES)
    assert np.isclose(found[0, 1], (0.8 + 0.4 + 0.8 + 0.4 + 0) / 5)
    assert found[0, 1] == found[1, 0]
