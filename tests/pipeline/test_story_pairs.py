"""Which pairs of articles are looked at: each with its nearest others, the same whichever article came first."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pipeline.stories import candidate_pairs, comparison
from pipeline.stories.candidate_pairs import NEAREST, UNDATED, nearest
from pipeline.stories.clustering import find_stories
from pipeline.stories.pair_features import StoryText

WIDTH = 32


def articles(size, seed=0):
    """Articles in pairs that share rare words and a meaning, among many that share common words."""
    random = np.random.default_rng(seed)
    rows, columns = [], []
    for article in range(size):
        own = [size // 2 + 50 + article // 2, *random.integers(0, 50, 6)]
        rows += [article] * len(set(own))
        columns += sorted(set(own))
    words = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size + 100))
    words = sparse.csr_matrix(sparse.diags(1 / np.sqrt(np.asarray(words.sum(axis=1)).ravel())) @ words)
    events = random.normal(size=((size + 1) // 2, WIDTH)).repeat(2, axis=0)[:size]
    meanings = events + 0.2 * random.normal(size=events.shape)
    days = random.integers(738_000, 738_020, size)
    days[random.random(size) < 0.2] = UNDATED
    keys = random.permutation(size).astype(np.uint64)
    return keys, words, (meanings / np.linalg.norm(meanings, axis=1, keepdims=True)).astype(np.float32), days


def some(whole, chosen):
    keys, words, meanings, days = whole
    return keys[chosen], words[chosen], meanings[chosen], days[chosen]


def undated(whole):
    return *whole[:3], np.full(len(whole[0]), UNDATED)


def same(one, other):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("keys", "places", "nearness"))


def test_the_two_of_an_event_are_looked_at_together():
    found = set(map(tuple, nearest(*undated(articles(200))).pairs().tolist()))
    assert {(one, one + 1) for one in range(0, 200, 2)} <= found
    assert all(one < other for one, other in found)


def test_each_has_the_nearest_of_all_in_order():
    whole = undated(articles(120))
    found = nearest(*whole)
    nearness = whole[1].toarray() @ whole[1].toarray().T + whole[2] @ whole[2].T
    np.fill_diagonal(nearness, -1)
    for article in (0, 57, 119):
        held = found.places[article][found.places[article] >= 0]
        assert len(held) == NEAREST
        assert np.array_equal(held[:5], np.argsort(-nearness[article], kind="stable")[:5])


def test_days_between_make_less_near():
    keys, words, meanings, _ = articles(90)
    alike = meanings[:1].repeat(90, axis=0)
    days = 738_000 + np.arange(90)
    found = nearest(keys, words[:1][np.zeros(90, int)], alike, days)
    assert sorted(found.places[45].tolist()) == [*range(25, 45), *range(46, 66)]


def test_what_is_not_alike_is_not_looked_at():
    keys, words, meanings, days = articles(4)
    apart = sparse.csr_matrix(np.eye(4))
    assert len(nearest(keys, apart, np.eye(4, WIDTH, dtype=np.float32), days).pairs()) == 0
    assert len(nearest(keys, words, meanings, days).pairs()) > 0


@pytest.mark.parametrize("size", [0, 1])
def test_none_and_one_have_no_pairs(size):
    assert len(nearest(*some(articles(2), np.arange(size))).pairs()) == 0


@given(st.integers(0, 1000), st.lists(st.sets(st.integers(0, 119), min_size=1), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_what_was_found_of_other_articles_changes_nothing(seed, earlier):
    whole = articles(120, seed)
    before = None
    for chosen in [*map(sorted, earlier), list(np.random.default_rng(seed).permutation(120)[:100])]:
        now = some(whole, np.array(chosen))
        before = nearest(*now, before)
        assert same(before, nearest(*now))


def test_one_article_more_is_compared_and_no_other(monkeypatch):
    asked = cells_asked(monkeypatch)
    whole = articles(300)
    before = nearest(*some(whole, np.arange(299)))
    asked.clear()
    nearest(*whole, before)
    assert asked == [(1, 300)]


def cells_asked(monkeypatch):
    """The sizes of tables that are made from now on."""
    asked = []
    rows = candidate_pairs._Table.rows

    def noted(table, block, among=None):
        found = rows(table, block, among)
        asked.append(found.shape)
        return found

    monkeypatch.setattr(candidate_pairs._Table, "rows", noted)
    return asked


@given(st.integers(0, 1000), st.sampled_from([1, 30, 300, 3000]))
@settings(max_examples=25, deadline=None)
def test_days_to_look_in_first_change_nothing(seed, span):
    keys, words, meanings, days = articles(250, seed)
    days[days != UNDATED] = 738_000 + np.random.default_rng(seed).integers(0, span, (days != UNDATED).sum())
    found = nearest(keys, words, meanings, days)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(candidate_pairs, "_FEW", 0)
        assert same(found, nearest(keys, words, meanings, days))


def test_articles_of_other_years_are_not_compared(monkeypatch):
    keys, words, meanings, _ = articles(840)
    monkeypatch.setattr(candidate_pairs, "_FEW", 0)
    asked = cells_asked(monkeypatch)
    nearest(keys, words, meanings, np.arange(840) // 120 * 365)
    assert sum(rows * columns for rows, columns in asked) < 840 * 840 / 5


class Memory:
    kept = None

    def get(self):
        return self.kept

    def put(self, arrays):
        self.kept = {name: array.copy() for name, array in arrays.items()}


def told(seed, size):
    """Articles of words drawn by chance, three of an event, some of them the very same."""
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(size // 3 + 1, 2, WIDTH)).repeat(3, axis=0)[:size]
    vectors += 0.5 * random.normal(size=vectors.shape)
    texts = []
    for number in range(size):
        own = np.random.default_rng(seed + number // 3)
        drawn = [*own.integers(0, 900, 25), *random.integers(0, 900, 15)]
        named = " ".join(f"Word{word}" if word % 5 else f"{word}" for word in drawn)
        texts.append(StoryText(named[:40], named, 738_000 + number // 3, 738_000 + number // 3))
    texts[-1], vectors[-1] = texts[0], vectors[0]
    return texts, (vectors / np.linalg.norm(vectors, axis=2, keepdims=True)).astype(np.float32)


@given(st.integers(0, 1000), st.lists(st.sets(st.integers(0, 89), min_size=1), min_size=1, max_size=3))
@settings(max_examples=15, deadline=None)
def test_stories_are_the_same_however_a_corpus_grew(seed, earlier):
    texts, vectors = told(seed, 90)
    memory, anew = Memory(), Memory()
    for chosen in [*map(sorted, earlier), list(range(90))]:
        now = [texts[place] for place in chosen], vectors[chosen]
        assert find_stories(*now, memory) == find_stories(*now, anew)
        assert all(np.array_equal(memory.kept[name], array) for name, array in anew.kept.items())
        anew.kept = None
    assert 1 < len(set(find_stories(texts, vectors))) < 89


def test_pairs_that_were_looked_at_are_not_compared_in_meaning_again(monkeypatch):
    texts, vectors = told(3, 60)
    memory, anew = Memory(), Memory()
    find_stories(texts[:-1][::-1], vectors[:-1][::-1], memory)
    find_stories(texts, vectors, anew)
    compared = []
    einsum = np.einsum
    monkeypatch.setattr(comparison.np, "einsum", lambda *given: compared.append(len(given[1])) or einsum(*given))
    find_stories(texts, vectors, memory)
    assert 0 < sum(compared) < len(anew.kept["meant"]) / 4
    assert np.array_equal(memory.kept["meant"], anew.kept["meant"])


def test_keys_take_less_memory_than_the_vectors_they_are_made_of():
    texts = [StoryText(f"Headline {number}", "text") for number in range(4_000)]
    vectors = np.ones((len(texts), 384), np.float32)
    tracemalloc.start()
    keys = comparison._keys(texts, vectors)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(set(keys.tolist())) == len(texts)
    assert most < 2 * vectors.nbytes
