"""One figure, one value: every page that shows a measure shows the same, and it is the sum of what stands in the texts."""

import re
from datetime import date

import pytest

from dashboard.reading.article_text import rows, speaker_hues
from store import Filter, Store, queries
from store.export import TABLES_FOR_EXPORT
from store.queries.totals import fragments
from tests.dashboard.reading_pages import markup, open_page, said
from tests.store.small_corpus import ADA, GRACE, TERM, Draft, Piece, build, id_of

BOTH = Draft(
    "The Daily",
    date(2020, 2, 14),
    (
        Piece("narration", "{Ada Lovelace|person:ada-lovelace} said."),
        Piece("reported", "The engine weaves for {Hopper|person:grace-hopper}.", ADA),
        Piece("quote", "It weaves well.", ADA),
        Piece("narration", "She calls it an"),
        Piece("quote", "engine", TERM),
        Piece("reported", "Nobody bought one."),
    ),
)
OTHER = Draft(
    "Herald",
    date(2021, 2, 14),
    (
        Piece("narration", "{Grace Hopper|person:grace-hopper} spoke."),
        Piece("quote", "We buy four of them.", GRACE),
    ),
)
# Counted by hand: words in marks, words reported, fragments in marks, fragments reported.
IN_MARKS, REPORTED, QUOTES, REPORTS = 3 + 1 + 5, 5 + 3, 2, 2


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    build(folder, BOTH, OTHER)
    return folder


@pytest.fixture
def page(monkeypatch, corpus):
    return lambda name, **query: open_page(monkeypatch, corpus, name, **query)


def number(pattern, words):
    found = re.findall(pattern, words)
    assert found, (pattern, words)
    return {int(value.replace(",", "")) for value in found}


def test_the_store_has_one_answer_for_words_quoted_and_reported(corpus):
    store = Store.open(corpus)
    counted = queries.counts(store, Filter())
    assert (counted.words_by_voice["quote"], counted.words_by_voice["reported"]) == (IN_MARKS, REPORTED)
    speakers = queries.speakers(store, Filter())
    assert (speakers["words"].sum(), speakers["reported"].sum()) == (IN_MARKS, REPORTED)
    assert (counted.quotes, counted.reports) == fragments(store, Filter())[:2] == (QUOTES, REPORTS)
    assert TABLES_FOR_EXPORT["speakers"](store, Filter())["words"].to_pylist() == list(speakers["words"])
    articles = queries.articles(store, Filter())
    assert (articles["words_quote"].sum(), articles["words_reported"].sum()) == (IN_MARKS, REPORTED)


def test_a_person_in_the_filter_narrows_no_sum_of_who_speaks(corpus):
    store = Store.open(corpus)
    chosen = Filter(people=(GRACE,))
    assert queries.speakers(store, chosen)["words"].sum() == queries.counts(store, chosen).words_by_voice["quote"]


@pytest.mark.parametrize("query", [{}, {"person": ADA}, {"person": GRACE}, {"source": "Herald"}])
def test_every_page_says_the_same_number_of_words_in_quotation_marks(page, corpus, query):
    chosen, _ = Filter.from_query({key: [value] for key, value in query.items()})
    quoted = queries.counts(Store.open(corpus), chosen).words_by_voice["quote"]
    overview = said(page("overview", **query))
    assert number(r"(\d+) words in quotation marks", overview) == {quoted}
    assert number(r"Words in quotation marks, of (\d+)", overview) == {quoted}
    assert number(
        r"(\d+) words? stands? in quotation marks", said(page("quotes", **query)).replace("these articles ", "")
    ) == {quoted}
    compared = said(page("compare", **query))
    columns = re.findall(r"(\d+) words? in quotation marks, in", compared)
    assert sum(map(int, columns)) == quoted


def test_the_reading_page_adds_up_to_its_article(page):
    words = said(page("read", article=id_of(BOTH)))
    assert "4 words in quotation marks" in words
    assert re.search(r"Quote\D+4\b", words)
    assert re.search(r"Reported\D+8\b", words)
    assert "reported, 5 words" in words


def test_how_often_somebody_is_named_is_one_number(corpus, page):
    store = Store.open(corpus)
    named = int(queries.entities(store, Filter(), "PERSON").set_index("entity_id")["mentions"][GRACE])
    story = queries.named_in(store, [id_of(BOTH), id_of(OTHER)])
    assert int(story[story["entity_id"] == GRACE]["times"].sum()) == named == 2
    opened = markup(page("people", entity=GRACE))
    counted = re.findall(r"1 of (\d+) sentence|(\d+) of (\d+) sentences", opened)
    assert sum(int(one or many) for one, _, many in counted) == named


def test_a_speaker_has_one_colour_on_every_page(corpus, page):
    hues = speaker_hues(queries.speakers(Store.open(corpus), Filter()))
    assert hues == {GRACE: "s1", ADA: "s2"}
    for name, query in (("quotes", {}), ("compare", {}), ("read", {"article": id_of(BOTH)})):
        found = markup(page(name, **query))
        of_ada = set(re.findall(r'class="(?:fl-who |)(s\d)"[^>]*>(?:<b[^>]*>)?Ada Lovelace', found))
        assert of_ada == {"s2"}, (name, of_ada)


def test_portrayals_leave_out_what_somebody_is_reported_to_say(corpus):
    found = queries.portrayals(Store.open(corpus), Filter(), (ADA, GRACE))
    assert {(row["entity_id"], row["voice"]) for row in rows(found)} == {
        (ADA, "narration"),
        (GRACE, "reported"),
        (GRACE, "narration"),
    }
