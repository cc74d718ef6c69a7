"""Reading an article: which one, what is marked, and the passage one came to see."""

import json

import pytest

from tests.dashboard.reading_pages import markup, open_page, said
from tests.store.small_corpus import DAILY_ONE, HERALD, UNDATED, id_of


@pytest.fixture
def read(monkeypatch, corpora):
    return lambda corpus="small", **query: open_page(monkeypatch, corpora[corpus], "read", **query)


def classes(app) -> str:
    return json.loads(app.get("bidi_component")[0].proto.json)["classes"]


def test_without_an_address_the_first_article_under_the_filter_is_shown(read):
    app = read(source="Herald")
    assert app.selectbox(key="read_article").value == id_of(HERALD)
    assert "1 of 2" in said(app)


def test_next_and_previous_turn_to_the_neighbours(read):
    app = read(article=id_of(HERALD))
    app.query_params["at"] = "1-2"
    app.button(key="after").click().run()
    turned = app.query_params["article"]
    assert turned != id_of(HERALD)
    assert "at" not in app.query_params
    app.button(key="before").click().run()
    assert app.query_params["article"] == id_of(HERALD)


def test_an_article_outside_the_filter_is_still_shown_and_said_to_be_outside(read):
    app = read(article=id_of(DAILY_ONE), source="Herald")
    assert "outside the filter’s 2" in said(app)
    assert "engines" in said(app)


def test_an_unknown_article_gives_the_first_with_a_notice(read):
    assert "not among these articles" in said(read(article="nowhere"))


def test_the_kicker_says_what_is_known_of_the_article(read):
    app = read(article=id_of(UNDATED))
    assert "Herald · no date · no headline in the file" in said(app)
    app = read(article=id_of(DAILY_ONE))
    assert "The Daily · 14 Feb 2020 · First administration in office" in said(app)


def test_names_quotes_and_furniture_are_marked(read):
    html = markup(read(article=id_of(DAILY_ONE)))
    assert '<h1 class="t hl">' in html
    assert 'class="fl-person tone neu" role="button" tabindex="0"' in html
    assert 'class="fl-place tone neu"' in html
    assert "not counted" in html
    assert 'class="t q s2"' in html


def test_a_passage_in_the_address_is_marked_and_explained(read):
    app = read(article=id_of(DAILY_ONE), at="0-8")
    assert '<span class="fl-here">Lovelace</span>' in markup(app)
    assert "Ada Lovelace Person, named 2 times in this article" in said(app)
    assert json.loads(app.get("bidi_component")[0].proto.json)["goto"] == f"{id_of(DAILY_ONE)}:0-8"


@pytest.mark.parametrize("at", ["", "x", "5", "9-3", "-1-4", "٣-٤", "0-99999999999999999999999", "1-2-3"])
def test_a_passage_that_is_none_is_no_passage(read, at):
    assert "fl-here" not in markup(read(article=id_of(DAILY_ONE), at=at))


def test_layers_are_classes_and_part_of_the_address(read):
    app = read(article=id_of(DAILY_ONE))
    assert "show-quotes" in classes(app)
    assert "show-tone" not in classes(app)
    app = read(article=id_of(DAILY_ONE), show="tone")
    assert classes(app) == "show-tone"
    app = read(article=id_of(DAILY_ONE), show="none")
    assert classes(app) == ""


def test_words_by_voice_and_speakers_stand_beside_the_text(read):
    words = said(read(article=id_of(DAILY_ONE)))
    assert "Narration 7" in words
    assert "Furniture, not counted 7" in words
    assert "Who speaks 7 words in quotation marks" in words


def test_hostile_words_run_nowhere(read):
    html = markup(read("hostile"))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_a_filter_that_leaves_nothing_says_so(read):
    assert "No article matches" in said(read(text="xylophone"))
