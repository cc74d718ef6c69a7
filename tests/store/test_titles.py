"""Titles and roles of people, with their days."""

from datetime import date

import pyarrow as pa
import pytest
from small_corpus import DAILY_ONE, DAILY_TWO, HERALD, id_of, tables_of

from store import Filter, Store, queries
from store.schema import TABLES
from store.snapshot.writer import Writer

GRACE = "person:grace-hopper"


def label(draft, number, relation, word, voice="narration"):
    row = {"article_id": id_of(draft), "label": number, "entity_id": GRACE, "relation": relation, "word": word}
    return row | {"voice": voice, "start": 0, "end": 1, "target_start": 0, "target_end": 1, "sentence": 0, "mention": 0}


@pytest.fixture
def store(tmp_path):
    tables = tables_of(DAILY_ONE, DAILY_TWO, HERALD)
    rows = [
        label(DAILY_TWO, 0, "noun", "admiral"),
        label(HERALD, 0, "noun", "admiral"),
        label(HERALD, 1, "appositive", "rear admiral"),
        label(HERALD, 2, "agent", "win"),
        label(HERALD, 3, "noun", "captain", voice="furniture"),
    ]
    rows = [{name: row.get(name) for name in TABLES["labels"].names} for row in rows]
    tables["labels"] = pa.Table.from_pylist(rows, schema=TABLES["labels"])
    with Writer.open(tmp_path, versions={"framelens": "test"}) as writer:
        writer.replace(set(), tables)
        writer.commit()
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def test_titles_are_those_beside_the_name_with_their_first_and_last_day(store):
    found = queries.titles(store, Filter(), GRACE)
    assert found["word"].tolist() == ["admiral", "rear admiral"]
    assert found["articles"].tolist() == [2, 1]
    days = [(row.first.date(), row.last.date()) for row in found.itertuples()]
    assert days == [(date(2020, 2, 20), date(2021, 3, 1)), (date(2020, 2, 20), date(2020, 2, 20))]


def test_titles_are_those_of_the_articles_that_match(store):
    assert queries.titles(store, Filter(sources=("The Daily",)), GRACE)["word"].tolist() == ["admiral"]
