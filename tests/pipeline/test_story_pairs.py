"""Which pairs of articles are looked at: all of few, and of many those that can be one event."""

from functools import partial

import numpy as np
import pytest
from scipy import sparse

from pipeline.stories import candidate_pairs
from pipeline.stories.candidate_pairs import near_pairs
from tests.timing import cpu_seconds


def articles(size: int, seed: int = 0):
    """Articles in pairs that share rare words and a meaning, among many that share common words."""
    random = np.random.default_rng(seed)
    rows, columns = [], []
    for article in range(size):
        own = [size // 2 + 50 + article // 2, *random.integers(0, 50, 6)]
        rows += [article] * len(set(own))
        columns += sorted(set(own))
    words = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size + 100))
    words = sparse.csr_matrix(sparse.diags(1 / np.sqrt(np.asarray(words.sum(axis=1)).ravel())) @ words)
    events = random.normal(size=((size + 1) // 2, 32)).repeat(2, axis=0)[:size]
    meanings = events + 0.2 * random.normal(size=events.shape)
    return words, (meanings / np.linalg.norm(meanings, axis=1, keepdims=True)).astype(np.float32)


def always(rows, _columns):
    return np.ones(len(rows))


@pytest.mark.parametrize("compared", [10, 1_000])
def test_the_two_of_an_event_are_looked_at_together(monkeypatch, compared):
    monkeypatch.setattr(candidate_pairs, "ALL_COMPARED", compared)
    rows, columns = near_pairs(*articles(200), always)
    found = set(zip(rows.tolist(), columns.tolist(), strict=True))
    assert {(one, one + 1) for one in range(0, 200, 2)} <= found
    assert found == {(other, one) for one, other in found}
    assert all(one != other for one, other in found)


def test_what_lies_too_far_apart_in_time_gives_way(monkeypatch):
    monkeypatch.setattr(candidate_pairs, "_COMPARED", 1)
    words, meanings = articles(60)

    def near_in_number(rows, columns):
        return np.where((rows + columns) % 2 == 1, 1.0, 0.0)

    rows, columns = near_pairs(words, meanings, near_in_number)
    assert ((rows + columns) % 2 == 1).mean() > 0.5


def test_none_and_one_have_no_pairs():
    words, meanings = articles(1)
    assert [len(found) for found in near_pairs(words, meanings, always)] == [0, 0]
    assert [len(found) for found in near_pairs(words[:0], meanings[:0], always)] == [0, 0]


def test_the_work_grows_with_the_number_of_articles_not_its_square(monkeypatch):
    monkeypatch.setattr(candidate_pairs, "ALL_COMPARED", 10)
    few, many = articles(500), articles(4_000)
    assert len(near_pairs(*many, always)[0]) <= 4_000 * 4 * candidate_pairs._COMPARED
    short, long = cpu_seconds(partial(near_pairs, *few, always), partial(near_pairs, *many, always))
    assert long < 32 * short  # all pairs would take 64 times as long
