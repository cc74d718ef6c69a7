"""Searched words are shown where they stand, and what other forms of them would find is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store import Filter, Store, queries
from tests.store.small_corpus import Draft, Piece, build, id_of

if TYPE_CHECKING:
    from pathlib import Path

RAID = Draft("Herald", None, (Piece("narration", "A raid at dawn. Then the Border Patrol left; no other raid came."),))
RAIDS = Draft("Herald", None, (Piece("narration", "Raids went on in March, said the mayor."),), title="Two raids")
CALM = Draft("Daily", None, (Piece("narration", "Nothing happened at the border."),), title="No raid")


@pytest.fixture
def corpus(tmp_path: Path) -> Store:
    build(tmp_path, RAID, RAIDS, CALM)
    return Store.open(tmp_path)


def test_other_forms_say_how_many_more_they_find(corpus: Store):
    told = queries.other_forms(corpus, Filter(text="raid"))
    assert told.text == "(raid OR raids)"
    assert told.forms == ("raids",)
    assert told.more == 1
    assert (
        queries.counts(corpus, Filter(text=told.text)).articles
        == queries.counts(corpus, Filter(text="raid")).articles + 1
    )


def test_the_rest_of_the_filter_holds_for_other_forms_too(corpus: Store):
    assert queries.other_forms(corpus, Filter(text="raid", sources=("Daily",))).more == 0


def test_words_without_other_forms_offer_none(corpus: Store):
    assert queries.other_forms(corpus, Filter(text="dawn")).text == ""
    assert queries.other_forms(corpus, Filter(text='"raid"')).text == ""


def test_every_place_is_cut_from_the_text_itself(corpus: Store):
    (places,) = queries.where_found(corpus, 'raid OR "border patrol"', [id_of(RAID)]).values()
    text = RAID.pieces[0].text
    assert [text[place.start : place.end] for place in places] == ["raid", "Border Patrol", "raid"]
    assert all(place.words == text[place.start : place.end] for place in places)
    assert places[1].before.endswith("Then the ")
    assert places[1].after.startswith(" left;")


def test_beginnings_are_shown_whole_and_what_is_excluded_is_not_shown(corpus: Store):
    (places,) = queries.where_found(corpus, "raid* NOT march", [id_of(RAIDS)]).values()
    assert [place.words for place in places] == ["Raids"]
    assert queries.where_found(corpus, "NOT raid", [id_of(RAIDS)]) == {}


def test_an_article_found_by_its_title_alone_has_no_place(corpus: Store):
    assert id_of(CALM) in corpus.search("raid")
    assert queries.where_found(corpus, "raid", [id_of(CALM)]) == {id_of(CALM): []}
