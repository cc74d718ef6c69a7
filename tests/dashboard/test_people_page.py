"""People and places: counted by voice, opened on their sentences."""

from datetime import date

import pytest

from dashboard import entity_table
from tests.dashboard.reading_pages import markup, open_page, said


@pytest.fixture
def people(monkeypatch, corpora):
    return lambda corpus="small", **query: open_page(monkeypatch, corpora[corpus], "people", **query)


def test_people_are_counted_by_voice(people):
    words = said(people())
    assert "Who and what 4 articles name" in words
    assert "2 people, articles of 4" in words
    assert "Grace Hopper" in words


@pytest.mark.parametrize(
    ("kind", "count"),
    [("organisation", "1 organisation"), ("place", "3 places"), ("administration", "1 administration")],
)
def test_each_kind_has_its_table(people, kind, count):
    assert f"{count}, articles of 4" in said(people(kind=kind))


def test_a_name_opens_on_its_sentences_by_voice(people):
    app = people(entity="person:grace-hopper")
    words = said(app)
    assert "Evidence: sentences that name Grace Hopper" in words
    assert "Narration 2 of 2 sentences" in words
    assert "<mark>Hopper</mark>" in markup(app)
    assert "read?article=" in markup(app)


def test_a_state_opens_on_its_cities_too(people):
    assert "engines in Dallas" in said(people(kind="place", entity="place:tx", search="Texas"))


def test_names_can_be_searched(people):
    assert "1 person, articles of 4" in said(people(search="love"))
    assert "No person found with “zzz” in the name." in said(people(search="zzz"))


def test_the_voice_of_the_filter_narrows_the_sentences(people):
    words = said(people(entity="person:grace-hopper", voice="caption"))
    assert "Caption 1 of 1 sentence" in words
    assert "Narration 2 of" not in words


def test_tables_can_be_had_as_files(people):
    labels = [button.proto.label for button in people().get("download_button")]
    assert labels[0] == "Download these people (CSV)"


def test_hostile_words_run_nowhere(people):
    assert "<script" not in markup(people("hostile", kind="person"))


def test_a_filter_that_leaves_nothing_says_so(people):
    assert "No article matches" in said(people(text="xylophone"))


def test_titles_beside_a_name_are_shown_with_their_days():
    rows = [
        {"word": "acting director", "articles": 3, "first": date(2020, 2, 1), "last": date(2020, 3, 4)},
        {"word": "<judge>", "articles": 1, "first": None, "last": None},
    ]
    shown = str(entity_table.called(rows))
    assert "acting director" in shown
    assert "3 articles, 1 Feb 2020 – 4 Mar 2020" in shown
    assert "&lt;judge&gt;" in shown
    assert "1 article, no date" in shown
    assert entity_table.called([]) is None


def test_an_outlet_says_how_often_it_is_cited_as_a_source():
    row = {"entity_id": "org:cnn", "name": "CNN", "kind": "outlet", "articles": 3, "mentions": 5, "aliases": []}
    row |= {"narration": 5, "reported": 0, "quote": 0, "headline": 0, "caption": 0, "quoted_words": 0}
    shown = [str(entity_table.table([row | {"cited": times}], "", None, quoted=True, about="x")) for times in (2, 0)]
    assert "outlet · cited as a source 2 times" in shown[0]
    assert "cited" not in shown[1]
