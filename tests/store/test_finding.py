"""Names are found by what somebody types, and namesakes are told apart."""

from __future__ import annotations

import pyarrow as pa
import pytest
from small_corpus import tables_of

from store import Filter, Store, queries
from store.queries.finding import plain
from store.snapshot.delta_tables import ALL
from store.snapshot.writer import Writer
from tests.store.small_corpus import Draft, Piece

# Entities of this file alone: id to label, name, kind, state, parent, other name, articles.
KNOWN = {
    "org:immigration-enforcement": ("ORG", "Bureau of Enforcement", "agency", "", "", "ICE", 3),
    "org:ice-health": ("ORG", "ICE Health Service", "agency", "", "", "IHS", 2),
    "org:police": ("ORG", "Riverton Police", "agency", "", "", "the police", 4),
    "org:office": ("ORG", "Office of Counsel", "office", "", "", "counsel’s office", 4),
    "person:jose-alvarez": ("PERSON", "José Álvarez", "", "", "", "Alvarez", 2),
    "person:ann-alvarado": ("PERSON", "Ann Alvarado", "", "", "", "Alvarado", 1),
    "place:us": ("JURISDICTION", "United States", "country", "", "", "US", 1),
    "place:us-wa": ("JURISDICTION", "Washington", "state", "WA", "place:us", "WA", 1),
    "place:us-dc-washington": ("JURISDICTION", "Washington", "city", "DC", "place:us", "D.C.", 3),
    "place:us-tx": ("JURISDICTION", "Texas", "state", "TX", "place:us", "Lone Star State", 1),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("names")
    articles, mentions, entities = [], [], []
    for number in range(4):
        rows = tables_of(Draft("Herald", None, (Piece("narration", f"Article {number}."),)))
        article = rows["articles"]
        articles.append(article)
        article_id = article["article_id"][0].as_py()
        there = [(key, known) for key, known in KNOWN.items() if number < known[6]]
        for place, (entity_id, (label, name, kind, state, parent, other, _)) in enumerate(there):
            surface = name if number else other
            mentions.append(
                {"article_id": article_id, "mention": place, "start": 0, "end": 2, "surface": surface, "label": label}
                | {"entity_id": entity_id, "name": name, "sentence": 0, "voice": "narration", "speaker_id": ""}
                | {"resolution": "named", "metonym": False, "cited": False, "confidence": 1.0}
            )
            entities.append(
                {"article_id": article_id, "entity_id": entity_id, "label": label, "name": name, "kind": kind}
                | {"state": state, "fips": "", "parent_id": parent}
            )
    with Writer.open(path, versions={"framelens": "test"}) as writer:
        writer.replace(
            set(),
            {
                "articles": pa.concat_tables(articles),
                "mentions": pa.Table.from_pylist(mentions, schema=ALL["mentions"]),
                "article_entities": pa.Table.from_pylist(entities, schema=ALL["article_entities"]),
            },
        )
        writer.commit()
    return Store.open(path)


def found(store: Store, field: str, search: str) -> list[str]:
    return queries.facet(store, Filter(), field, search=search)["name"].tolist()


def test_a_short_name_finds_whom_it_stands_for_first_and_no_word_that_holds_its_letters(corpus: Store):
    assert found(corpus, "organisations", "ice") == ["Bureau of Enforcement", "ICE Health Service"]


@pytest.mark.parametrize("typed", ["alvar", "ALVAREZ", "jose alv", "álvarez", "alv jo"])
def test_accents_capitals_and_the_order_of_words_do_not_matter(corpus: Store, typed: str):
    assert "José Álvarez" in found(corpus, "people", typed)


def test_letters_inside_a_word_find_when_nothing_fits_better(corpus: Store):
    assert found(corpus, "organisations", "olice") == ["Riverton Police"]
    assert found(corpus, "organisations", "zzz") == []
    assert found(corpus, "organisations", "…") == []


def test_places_of_one_name_are_told_apart_everywhere(corpus: Store):
    assert found(corpus, "jurisdictions", "washington") == ["Washington, DC", "Washington (state)"]
    ids = ("place:us-wa", "place:us-dc-washington", "place:us-tx")
    assert queries.names(corpus, ids) == {
        "place:us-wa": "Washington (state)",
        "place:us-dc-washington": "Washington, DC",
        "place:us-tx": "Texas",
    }


def test_names_of_several_kinds_are_found_together(corpus: Store):
    frame = queries.known_names(corpus, ("PERSON", "ORG"), "al", limit=2)
    assert frame["name"].tolist() == ["José Álvarez", "Ann Alvarado"]
    assert queries.known_names(corpus, ("ORG",), "")["articles"].tolist() == [4, 4, 3, 2]


def test_people_and_places_are_found_the_same_way(corpus: Store):
    assert queries.entities(corpus, Filter(), "ORG", "ice")["name"].tolist()[0] == "Bureau of Enforcement"


def test_a_name_is_compared_without_its_signs():
    assert plain(" U.S.–México  Ünion ") == "u s mexico union"
