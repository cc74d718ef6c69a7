"""What corrections change is what making everything anew from the corrected rows would give, and nothing else is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from small_corpus import ADA, ALL_DRAFTS, DAILY_ONE, GRACE, HERALD, id_of, tables_of

from store import Store
from store.corrections.log import add, correction
from store.schema import TABLES
from store.snapshot import views
from store.snapshot.writer import Writer

ONE, OTHER = map(id_of, (DAILY_ONE, HERALD))
NAVY, TEXAS = "org:navy", "place:tx"
CORRECTIONS = {
    "a name": (("rename", {"entity": ADA, "name": "The Countess"}),),
    "a name that two places share": tuple(("rename", {"entity": e, "name": "X"}) for e in (TEXAS, "place:tx-dallas")),
    "two who are one": (("merge", {"entity": GRACE, "into": ADA}), ("rename", {"entity": ADA, "name": "Both"})),
    "nobody": (("reject", {"entity": NAVY}), ("reject", {"entity": TEXAS})),
    "one who is two": (("split", {"entity": GRACE, "to": "person:new", "name": "New", "articles": [OTHER]}),),
    "another outlet": (("article", {"article": ONE, "source": "Herald"}),),
    "another day": (("article", {"article": ONE, "published": "2010-05-01"}),),
}
# Each table a reader makes, by ids: numbers may differ.
BY_ID = {
    "entities": "SELECT * EXCLUDE (entity_no) FROM entities",
    "headers": "SELECT * EXCLUDE (article_no) FROM headers",
    "presence": "SELECT * FROM presence",
    "labels of presence": "SELECT entity_id, p.label FROM present p JOIN entities e USING (entity_no)",
    "article_speakers": "SELECT article_id, entity_id, s.* EXCLUDE (article_no, entity_no, speaker_no), "
    "n.words_for, n.term, n.entity_no IS NOT DISTINCT FROM s.entity_no FROM article_speakers s "
    "JOIN speaker_names n USING (speaker_no) JOIN headers USING (article_no) LEFT JOIN entities ON entities.entity_no = s.entity_no",
    "quotes_about": "SELECT entity_id, article_id, q.* EXCLUDE (article_no, entity_no) FROM quotes_about q "
    "JOIN headers USING (article_no) JOIN entities USING (entity_no)",
    "titles_beside": "SELECT entity_id, article_id, word FROM titles_beside JOIN headers USING (article_no) "
    "JOIN entities USING (entity_no)",
    "placed": "SELECT entity_id, article_id, voices FROM placed p JOIN headers USING (article_no) "
    "JOIN entities e ON e.entity_no = p.place_no",
    "lineage": "SELECT l.entity_id, l.within, e.entity_id, w.entity_id FROM lineage l "
    "JOIN entities e USING (entity_no) JOIN entities w ON w.entity_no = l.within_no",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four articles, with words beside some of the names in them: copied by each test that corrects them."""
    path = tmp_path_factory.mktemp("recount")
    tables = tables_of(*ALL_DRAFTS)
    beside = {(ONE, 0, ADA): ("countess", "visitor"), (OTHER, 2, GRACE): ("admiral",)}
    labels = [
        {"article_id": article, "label": number, "entity_id": entity, "mention": mention, "word": word}
        | {"relation": "noun", "voice": "narration", "start": 0, "end": 1, "target_start": 0, "target_end": 1}
        for (article, mention, entity), words in beside.items()
        for number, word in enumerate(words)
    ]
    rows = [{name: row.get(name) for name in TABLES["labels"].names} for row in labels]
    tables["labels"] = pa.Table.from_pylist(rows, schema=tables["labels"].schema)
    with Writer.open(path, versions={"framelens": "test"}) as writer:
        writer.replace(set(), tables)
        writer.commit()
    return path


@pytest.fixture
def corpus(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "corpus"))


@pytest.fixture(scope="module")
def before(built: Path) -> dict[str, list[tuple[object, ...]]]:
    """What was there before anything was corrected."""
    return rows(Store.open(built))


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(store._connection.execute(sql).fetchall(), key=repr) for name, sql in BY_ID.items()}


@pytest.mark.parametrize("said", CORRECTIONS.values(), ids=CORRECTIONS)
def test_tables_are_those_that_would_be_made_of_the_corrected_rows(corpus, before, said):
    for what, fields in said:
        add(corpus, correction(what, **fields))
    store = Store.open(corpus)
    changed = rows(store)
    store._connection.execute("CREATE SCHEMA anew")
    store._connection.execute("SET search_path = 'anew,main'")
    for statement in views.STATEMENTS:
        store._connection.execute(statement)
    assert changed == rows(store)
    assert changed != before


def test_a_name_changes_names_and_no_other_value(corpus):
    tables = {"mentions": ["name"], "article_mentions": ["name"], "quotes": ["speaker"], "passages": ["speaker"]}
    before = Store.open(corpus)
    add(corpus, correction("rename", entity=GRACE, name="The Admiral"))
    after = Store.open(corpus)
    for table in (*tables, "portrayals", "labels", "phrases", "sentences", "quote_mentions", "presence"):
        held = [sorted(store.rows_of(f"SELECT * FROM {table}"), key=repr) for store in (before, after)]
        rest = ", ".join(tables.get(table, []))
        kept = [
            sorted(store.rows_of(f"SELECT * {f'EXCLUDE ({rest})' if rest else ''} FROM {table}"), key=repr)
            for store in (before, after)
        ]
        assert kept[0] == kept[1]
        assert (held[0] == held[1]) is (table not in tables)
