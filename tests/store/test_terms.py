"""Terms: in whose voice a name stands, and the words around it."""

import pytest

from store import Filter, Store, queries
from store.export import TABLES_FOR_EXPORT
from store.lexicon import Variant
from store.queries.terms import sort_key
from tests.store.small_corpus import ALL_DRAFTS, begin_with

ENGINES = (Variant("Machine", "engine", ("engine", "engines")), Variant("Machine", "ship", ("ship",)))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("terms")
    begin_with(folder, *ALL_DRAFTS)
    return Store.open(folder)


def test_each_place_has_its_voice_and_speaker(store):
    found = queries.terms(store, ENGINES)
    rows = sorted(zip(found["variant"], found["voice"], found["speaker_id"], strict=True))
    assert rows == [
        ("engine", "narration", ""),
        ("engine", "quote", "person:ada-lovelace"),
        ("engine", "quote", "person:grace-hopper"),
        ("ship", "caption", ""),
        ("ship", "narration", ""),
    ]


def test_furniture_counts_nowhere(store):
    assert queries.terms(store, (Variant("x", "x", ("read more",)),)).empty


def test_a_concordance_shows_the_words_around_and_never_leaves_the_paragraph(store):
    found = queries.in_context(store, queries.terms(store, ENGINES[:1]))
    row = found[found["voice"] == "narration"].iloc[0]
    assert (row["left"], row["keyword"], row["right"]) == ("Ada Lovelace spoke of ", "engines", " in Dallas.")
    assert "\n" not in "".join(found["left"]) + "".join(found["right"])


def test_a_concordance_is_sorted_from_the_keyword_outwards(store):
    found = queries.in_context(store, queries.terms(store, ENGINES[:1]))
    lefts = sort_key(found, "left")
    assert ("of", "spoke", "lovelace", "ada") in lefts
    assert ("in", "dallas") in sort_key(found, "right")


def test_rates_are_of_the_words_of_matching_articles(store):
    found = queries.matching_words(store, Filter(sources=("Herald",)))
    assert len(found) == 2
    assert found["words_narration"].sum() > 0


def test_a_name_is_its_very_words_and_counted_once(store):
    listed = (Variant("Machine", "engine", ("engine*",)), Variant("Danger", "engines are", ("engines are a danger",)))
    found = queries.name_uses(store, listed)
    texts = dict(store.rows_of("SELECT article_id, text FROM articles"))
    assert sorted(found["variant"]) == ["engine", "engines", "engines are a danger"]
    for row in found.to_dict("records"):
        assert texts[row["article_id"]][row["start"] : row["end"]].lower() == row["variant"]


def test_the_exported_names_are_one_row_a_use(tmp_path):
    begin_with(tmp_path, *ALL_DRAFTS)
    (tmp_path / "concepts.csv").write_text("concept,variant,forms,note\nMachine,engine,engine*,\n")
    store = Store.open(tmp_path)
    rows = TABLES_FOR_EXPORT["names"](store, Filter()).to_pylist()
    assert sorted((row["group"], row["variant"], row["voice"]) for row in rows) == [
        ("Machine", "engine", "quote"),
        ("Machine", "engines", "narration"),
        ("Machine", "engines", "quote"),
    ]
    assert all(row["text"].lower() == row["variant"] for row in rows)
    quoted = TABLES_FOR_EXPORT["names"](store, Filter(voices=("quote",))).to_pylist()
    assert {row["voice"] for row in quoted} == {"quote"}
