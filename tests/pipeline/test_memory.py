"""What a build of many articles loaded for one step it lets go before the next."""

import gc
from functools import lru_cache

import pytest

from pipeline import DEFAULT_MODEL
from pipeline.build import annotator, build
from pipeline.build.batch import Batch, annotate_batch
from pipeline.build.engines import engine
from pipeline.core import embedding, parse
from pipeline.models import memory
from pipeline.models.memory import MANY, keep_what_is_loaded, let_go, loads_a_model
from pipeline.stories import write
from store.snapshot.writer import Writer
from tests.pipeline.test_story_rows import SEEDS


@pytest.fixture
def loaders(monkeypatch):
    marked = []
    monkeypatch.setattr(memory, "_FORGET", marked)
    return marked


def test_of_many_articles_a_model_is_forgotten_and_loaded_again_when_it_is_asked_for(loaders):
    model = loads_a_model(lru_cache(maxsize=1)(object))
    loaded = model()
    let_go(MANY - 1)
    assert model() is loaded
    let_go(MANY)
    assert model() is not loaded


def test_what_is_loaded_is_not_looked_through_for_garbage_until_it_is_let_go(loaders):
    assert loaders == []
    usual = gc.get_threshold()
    try:
        assert annotate_batch(Batch((), DEFAULT_MODEL)).articles == 0
        assert gc.get_freeze_count()
        assert gc.get_threshold() > usual
    finally:
        let_go(MANY)
    assert not gc.get_freeze_count()
    assert gc.get_threshold() == usual
    try:
        keep_what_is_loaded()
        assert gc.get_freeze_count()
    finally:
        let_go(MANY)


def test_the_models_that_a_builder_loads_are_among_them():
    loaders = (embedding.encoder, parse.load_model, annotator.annotator)
    assert all(loader.cache_clear in memory._FORGET for loader in loaders)


@pytest.fixture
def steps(monkeypatch):
    """What is done, in order, and for how many articles something is let go."""
    done = []

    def noted(place, name):
        real = getattr(place, name)
        monkeypatch.setattr(place, name, lambda *given, **named: [done.append(name), real(*given, **named)][1])

    for place, name in ((write, "embed"), (write, "find_stories"), (Writer, "commit")):
        noted(place, name)
    for place in (write, build):
        monkeypatch.setattr(place, "let_go", done.append)
    return done


def test_nothing_more_is_held_while_articles_are_compared_than_that_takes(own_seeds_store, steps):
    with Writer.open(own_seeds_store, versions={}) as writer, build.caches(own_seeds_store) as (_, vectors):
        write.write_stories(writer, {}, vectors, lambda _: None)
    assert steps == ["embed", 5, "find_stories", 5, 5]


def test_nor_while_tables_are_written(own_seeds_store, steps):
    build.build([SEEDS], own_seeds_store, engine("local", 1, ""), DEFAULT_MODEL)
    assert steps == [5, "commit"]
