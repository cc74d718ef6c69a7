"""Where an article could name somebody without being found to: hints, shown in the place of a claim that it does not."""

from datetime import date

import pytest

from store import Store, queries
from store.queries.texts import texts
from tests.store.small_corpus import Draft, Piece, begin_with, id_of

NAMED = Draft(
    "Daily", date(2020, 2, 14),
    (Piece("narration", "{Ada Lovelace|person:ada-lovelace}, {Grace Hopper|person:grace-hopper} and the {Dallas Police|org:dallas-police} "
                        "met in {Texas|place:tx} with 848 captains, 36 pilots, 160 cooks and 2,000 clerks."),),
)  # fmt: skip
HINTS = Draft(
    "Herald", date(2020, 2, 15),
    (Piece("narration", "The ship Lovelace met {Hopper Street|place:ny} in Texas with 850 captains, 40 pilots, 200 cooks and $2,000."),
     Piece("furniture", "More of Dallas Police")),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hints") / "store"
    begin_with(folder, NAMED, HINTS)
    return Store.open(folder)


def test_a_surname_or_a_full_name_hints_where_nothing_else_is_found_to_be_named_so(store):
    rows = queries.hinted_in(store, (id_of(NAMED), id_of(HINTS)))
    found = {row.entity_id: (row.article_id, row.text) for row in rows.itertuples()}
    # Hopper Street is found to be a place, and what stands in furniture says nothing.
    assert found == {
        "person:ada-lovelace": (id_of(HINTS), "Lovelace"),
        "place:tx": (id_of(HINTS), "Texas"),
    }
    text = texts(store, [id_of(HINTS)])[id_of(HINTS)]
    assert all(text[row.start : row.end] == row.text for row in rows.itertuples())


def test_a_figure_in_fewer_digits_hints_and_one_of_another_kind_does_not(store):
    rows = queries.near_figures(store, (id_of(NAMED), id_of(HINTS)))
    assert {(row.figure, row.article_id, row.text.split()[0]) for row in rows.itertuples()} == {
        ("848", id_of(HINTS), "850"),
        ("850", id_of(NAMED), "848"),
    }


def test_articles_that_name_nobody_have_no_hints(store):
    assert queries.hinted_in(store, ("nobody",)).empty
    assert queries.near_figures(store, ("nobody",)).empty
