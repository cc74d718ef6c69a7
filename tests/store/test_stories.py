"""Stories in the store: written whole, asked by filter, named with what their articles share."""

import shutil

import pandas as pd
import pyarrow as pa
import pytest

from store import Filter, Store, corrections, queries
from store.corrections.review import review
from store.schema import TABLES
from store.snapshot.writer import Writer
from tests.store.small_corpus import ALL_DRAFTS, DAILY_ONE, DAILY_TWO, HERALD, begin_with, id_of

STORY = "story:engines"


def fact(draft, number, start, end, **more):
    plain = {"sentence": 0, "voice": "narration", "speaker": "", "kind": "words", "shared": "engine", "told": "full"}
    row = {"story_id": STORY, "fact": number, "article_id": id_of(draft), "start": start, "end": end, "likeness": 0.5}
    row |= {"phrase_start": start, "phrase_end": end - 1, "clarity": 0.5, "lacks": ""}
    return plain | row | more


def table(*rows):
    return pa.Table.from_pylist(list(rows), schema=TABLES["stories"])


NAME = "Ada Lovelace: show engine · Dallas · 14 February 2020"
TITLES = pa.Table.from_pylist(
    [{"story_id": STORY, "title": NAME, "aligned": 2, "key": "k"}], schema=TABLES["story_titles"]
)


@pytest.fixture(scope="module")
def with_stories(tmp_path_factory):
    path = tmp_path_factory.mktemp("stories") / "store"
    begin_with(path, *ALL_DRAFTS)
    with Writer.open(path, versions={"framelens": "test"}) as writer:
        writer.rewrite("stories", table(fact(DAILY_ONE, 0, 0, 8), fact(HERALD, 0, 0, 8), fact(HERALD, 1, 9, 12)))
        writer.rewrite("story_titles", TITLES)
        writer.commit()
    return path


@pytest.fixture
def folder(with_stories, tmp_path):
    return shutil.copytree(with_stories, tmp_path / "store")


def test_stories_are_those_of_the_matching_articles(folder):
    store = Store.open(folder)
    found = queries.stories(store, Filter())
    assert found[["story_id", "name", "articles", "outlets"]].to_numpy().tolist() == [[STORY, NAME, 2, 2]]
    assert queries.stories(store, Filter(sources=("Herald",)))["matching"].tolist() == [1]
    assert queries.stories(store, Filter(text="xylophone")).empty


def test_the_filter_names_a_story_with_what_its_articles_share(folder):
    store = Store.open(folder)
    chosen, notices = store.without_unknown(Filter(stories=(STORY, "story:none")))
    assert chosen.stories == (STORY,)
    assert len(notices) == 1
    assert queries.names(store, chosen.stories) == {STORY: NAME}
    assert queries.counts(store, chosen).articles == 2


def test_articles_of_a_story_come_in_order_with_their_lead(folder):
    rows = queries.tellings(Store.open(folder), STORY)
    assert rows["source"].tolist() == ["The Daily", "Herald"]
    assert rows["lead"].tolist()[0] == "Ada Lovelace spoke of engines in Dallas."


def test_facts_hold_the_words_of_their_passages(folder):
    ids = (id_of(DAILY_ONE), id_of(HERALD))
    rows = queries.facts(Store.open(folder), STORY, ids)
    assert rows["fact"].tolist() == [0, 0, 1]
    assert "Lovelace" in set(rows["text"])
    assert rows["phrase"].tolist() == [text[:-1] for text in rows["text"]]
    assert queries.facts(Store.open(folder), STORY, ids[:1])["fact"].tolist() == [0]


def test_each_article_stands_to_each_fact(folder):
    with Writer.open(folder, versions={"framelens": "test"}) as writer:
        rows = (fact(DAILY_ONE, 0, 0, 8, likeness=0.95), fact(HERALD, 0, 0, 8, likeness=0.95, told="part", lacks="40"),
                fact(HERALD, 1, 9, 12, likeness=0.0), fact(DAILY_ONE, 1, 3, 6, told="near"),
                fact(HERALD, 2, 13, 15, likeness=0.0), fact(DAILY_ONE, 3, 0, 8), fact(HERALD, 3, 0, 8))  # fmt: skip
        writer.rewrite("stories", table(*rows))
        writer.commit()
    found = queries.statuses(Store.open(folder), Filter())
    cells = {(row.fact, row.article_id): row.status for row in found.itertuples()}
    one, other = id_of(DAILY_ONE), id_of(HERALD)
    assert cells == {
        (0, one): "told", (0, other): "part", (1, one): "near", (1, other): "told",
        (2, one): "no match", (2, other): "told", (3, one): "perhaps", (3, other): "perhaps",
    }  # fmt: skip
    none = found[found["status"] == "no match"].iloc[0]
    assert none["start"] is pd.NA
    assert none["text"] == ""
    assert (found["end"] - found["start"]).dropna().tolist() == found.loc[
        found["start"].notna(), "text"
    ].str.len().tolist()
    assert queries.stories(Store.open(folder), Filter())[["shared", "perhaps"]].to_numpy().tolist() == [[1, 1]]
    asked = queries.facts(Store.open(folder), STORY, (one,))
    assert asked["fact"].tolist() == [0, 3]  # what comes near a fact is shown beside it, never alone


def test_people_are_counted_as_on_the_page_of_people(folder):
    store, ids = Store.open(folder), (id_of(DAILY_ONE), id_of(HERALD))
    named = queries.named_in(store, ids)
    for source, article in (("The Daily", ids[0]), ("Herald", ids[1])):
        chosen = Filter(sources=(source,), stories=(STORY,))
        people = queries.entities(store, chosen, "PERSON")
        told = named[(named["article_id"] == article) & (named["label"] == "PERSON")]
        assert dict(zip(told["entity_id"], told["times"], strict=True)) == {
            row.entity_id: row.mentions for row in people.itertuples() if row.mentions
        }


def test_names_and_speakers_are_counted_by_article(folder):
    store, ids = Store.open(folder), (id_of(DAILY_ONE), id_of(HERALD))
    named = queries.named_in(store, ids)
    texas = named[named["entity_id"] == "place:tx"]
    assert texas["article_id"].tolist() == [id_of(HERALD)]  # in the other it stands in furniture alone
    assert set(queries.quoted_in(store, ids)["speaker"]) == {"Ada Lovelace", "Grace Hopper"}


def test_quoted_words_and_figures_come_with_their_places(folder):
    store, ids = Store.open(folder), (id_of(DAILY_ONE), id_of(HERALD))
    quoted = queries.quoted_by(store, ids)
    assert set(quoted["speaker"]) == {"Ada Lovelace", "Grace Hopper"}
    assert (quoted["end"] - quoted["start"] == quoted["text"].str.len()).all()
    figures = queries.figures_in(store, ids)
    assert list(figures.columns) == ["figure", "article_id", "text", "start", "end"]


def test_the_same_facts_make_no_new_snapshot(folder):
    before = Store.current_snapshot(folder)
    with Writer.open(folder, versions={"framelens": "test"}) as writer:
        writer.rewrite("stories", table(fact(DAILY_ONE, 0, 0, 8), fact(HERALD, 0, 0, 8), fact(HERALD, 1, 9, 12)))
        assert writer.commit() == before
        writer.rewrite("stories", table())
        assert writer.commit() == before + 1


def test_what_is_staged_is_seen_before_it_is_written(folder):
    with Writer.open(folder, versions={"framelens": "test"}) as writer:
        writer.replace({id_of(DAILY_TWO)}, {})
        left = writer.coming("articles", ("article_id",))["article_id"].to_pylist()
        assert sorted(left) == sorted(id_of(d) for d in ALL_DRAFTS if d is not DAILY_TWO)
        assert writer.coming("sentences", ("voice",), among={id_of(DAILY_ONE)}).num_rows == len(DAILY_ONE.pieces)
        assert writer.holds("stories")


def test_a_table_by_article_is_not_rewritten(tmp_path):
    with Writer.open(tmp_path, versions={"framelens": "test"}) as writer, pytest.raises(ValueError, match="rewritten"):
        writer.rewrite("quotes", TABLES["quotes"].empty_table())


def test_what_a_reader_checked_holds_on_the_page_and_in_the_file(folder):
    one, other = id_of(DAILY_ONE), id_of(HERALD)
    with Writer.open(folder, versions={"framelens": "test"}) as writer:
        rows = (fact(HERALD, 0, 9, 12, likeness=0.0), fact(DAILY_ONE, 0, 3, 6, told="near"),
                fact(HERALD, 1, 13, 15, likeness=0.0), fact(DAILY_ONE, 1, 0, 8, told="near"))  # fmt: skip
        writer.rewrite("stories", table(*rows))
        writer.commit()
    cell = {"article": one, "other": other}
    for said in (
        {"other_start": 9, "other_end": 12, "says": "not told"},
        {"other_start": 13, "other_end": 15, "says": "same", "start": 0, "end": 8},
    ):
        corrections.add(folder, corrections.correction("cell", **cell, **said))
    store = Store.open(folder)
    found = queries.statuses(store, Filter())
    assert {(row.fact, row.article_id): row.status for row in found.itertuples()} == {
        (0, one): "not told, checked", (0, other): "told", (1, one): "told", (1, other): "told",
    }  # fmt: skip
    alone = queries.statuses(store, Filter(sources=("The Daily",)))
    assert alone["status"].tolist() == ["not told, checked", "told"]
    assert not review(store).waiting


@pytest.mark.parametrize("wrong", [{"says": "maybe"}, {"says": "same"}, {"says": "not told", "other_end": 3}])
def test_a_check_that_says_nothing_sensible_is_refused(wrong):
    said = {"article": "a", "other": "b", "other_start": 9, "other_end": 12} | wrong
    with pytest.raises(ValueError, match=r"cell needs|has to"):
        corrections.correction("cell", **said)
