"""The filter's three faces: address, SQL, words."""

from __future__ import annotations

from datetime import date

import pytest
from small_corpus import ADA, DAILY_ONE, DAILY_TWO, GRACE, HERALD, UNDATED, id_of

from store import Filter, Store, queries


def found(store: Store, chosen: Filter) -> set[str]:
    return set(queries.articles(store, chosen)["article_id"])


def ids(*drafts) -> set[str]:
    return {id_of(draft) for draft in drafts}


def test_everything_is_the_empty_address():
    assert Filter().to_query() == ""
    assert Filter.from_query("") == (Filter(), [])
    assert not Filter()
    assert Filter(text="a")


def test_the_address_is_sorted_and_says_each_value_once():
    chosen = Filter(sources=("Fox News", "ABC News", "Fox News"), people=("person:ada",), date_from=date(2020, 2, 1))
    assert chosen.to_query() == "from=2020-02-01&person=person%3Aada&source=ABC+News&source=Fox+News"
    assert Filter.from_query("?" + chosen.to_query()) == (chosen, [])
    assert chosen == Filter(sources=("ABC News", "Fox News"), people=("person:ada",), date_from=date(2020, 2, 1))


def test_an_address_from_streamlit_is_a_mapping():
    given = {"source": ["B", "A"], "text": "one two", "article": ["x"], "at": ["3"]}
    assert Filter.from_query(given, ignore=("article", "at")) == (Filter(sources=("A", "B"), text="one two"), [])


def test_what_an_address_asks_in_vain_is_said():
    chosen, notices = Filter.from_query("colour=red&from=yesterday&to=2020-02-30&source=A")
    assert chosen == Filter(sources=("A",))
    assert len(notices) == 3
    assert "“colour”" in notices[0]
    assert "“yesterday” is not a date such as 2020-02-14" in notices[1]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (Filter(), "Everything"),
        (
            Filter(
                sources=("Fox News", "ABC News"),
                people=(ADA,),
                date_from=date(2020, 2, 1),
                date_to=date(2020, 2, 29),
            ),
            "ABC News or Fox News · naming or quoting Ada Lovelace · Feb 2020",
        ),
        (Filter(date_from=date(2020, 1, 1), date_to=date(2020, 12, 31)), "2020"),
        (Filter(date_from=date(2020, 2, 3), date_to=date(2020, 2, 3)), "3 Feb 2020"),
        (Filter(date_from=date(2020, 2, 3)), "since 3 Feb 2020"),
        (Filter(date_to=date(2020, 2, 3)), "until 3 Feb 2020"),
        (Filter(date_from=date(2019, 12, 3), date_to=date(2020, 2, 3)), "3 Dec 2019 to 3 Feb 2020"),
        (Filter(text="a b", voices=("quote",)), "in quote · with the words “a b”"),
        (Filter(text='"a b"'), 'with the words "a b"'),
    ],
)
def test_the_filter_in_words(chosen: Filter, words: str):
    assert chosen.describe({ADA: "Ada Lovelace"}) == words


def test_values_of_a_dimension_are_alternatives_and_dimensions_must_all_hold(store: Store):
    assert found(store, Filter(sources=("The Daily",))) == ids(DAILY_ONE, DAILY_TWO)
    assert found(store, Filter(sources=("The Daily", "Herald"))) == ids(DAILY_ONE, DAILY_TWO, HERALD, UNDATED)
    assert found(store, Filter(people=(ADA, GRACE))) == ids(DAILY_ONE, DAILY_TWO, HERALD)
    assert found(store, Filter(people=(ADA,), sources=("Herald",))) == set()


def test_an_article_matches_whom_it_names_or_quotes_but_not_its_furniture(store: Store):
    assert found(store, Filter(people=(ADA,))) == ids(DAILY_ONE)
    assert found(store, Filter(people=(GRACE,))) == ids(DAILY_ONE, DAILY_TWO, HERALD)
    assert found(store, Filter(organisations=("org:navy",))) == ids(DAILY_TWO)


def test_a_state_includes_its_counties_and_cities(store: Store):
    assert found(store, Filter(jurisdictions=("place:tx",))) == ids(DAILY_ONE, HERALD)
    assert found(store, Filter(jurisdictions=("place:tx-dallas-county",))) == ids(DAILY_ONE)
    assert found(store, Filter(jurisdictions=("place:us",))) == ids(DAILY_ONE, HERALD)


def test_administrations_in_office_are_apart_from_those_named(store: Store):
    assert found(store, Filter(administrations=("administration:first",))) == ids(DAILY_ONE, HERALD)
    assert found(store, Filter(named_administrations=("administration:first",))) == ids(HERALD)


def test_dates_include_their_ends_and_leave_out_the_undated(store: Store):
    assert found(store, Filter(date_from=date(2020, 2, 14), date_to=date(2020, 2, 20))) == ids(DAILY_ONE, HERALD)
    assert found(store, Filter(date_from=date(2020, 2, 21))) == ids(DAILY_TWO)
    assert found(store, Filter(date_to=date(2020, 2, 13))) == set()


def test_stories_voices_and_text(store: Store):
    assert found(store, Filter(stories=("story:engines",))) == ids(DAILY_ONE, HERALD)
    assert found(store, Filter(voices=("caption",))) == ids(HERALD)
    assert found(store, Filter(voices=("headline", "caption"))) == ids(DAILY_ONE, HERALD)
    assert found(store, Filter(text="danger engines")) == ids(DAILY_TWO)
    assert found(store, Filter(text='"danger engines"')) == set()
    assert found(store, Filter(text='"engines are a danger"')) == ids(DAILY_TWO)
    assert found(store, Filter(text="CAFE")) == ids(DAILY_TWO)
    assert found(store, Filter(text="?!")) == set()


@pytest.mark.parametrize("hostile", ["'; DROP TABLE articles; --", "$f_people", '"', "a' OR '1'='1"])
def test_values_are_never_read_as_sql(store: Store, hostile: str):
    for name in ("sources", "people", "jurisdictions", "stories", "administrations", "voices"):
        assert found(store, Filter(**{name: (hostile,)})) == set()
        assert hostile in queries.facet(store, Filter(**{name: (hostile,)}), name)["value"].tolist()
    assert queries.facet(store, Filter(), "people", search=hostile).empty
    assert queries.entities(store, Filter(), "PERSON", search=hostile).empty
    assert len(store.query("SELECT 1 FROM articles")) == 4


def test_values_this_corpus_does_not_have_are_dropped_with_a_notice(store: Store):
    chosen = Filter(people=(ADA, "person:nobody"), sources=("The Moon",), voices=("song", "quote"))
    known, notices = store.without_unknown(chosen)
    assert known == Filter(people=(ADA,), voices=("quote",))
    assert [notice.split(";")[0] for notice in notices] == [
        "This corpus has no outlet “The Moon”",
        "This corpus has no person “person:nobody”",
        "This corpus has no voice “song”",
    ]
    assert store.without_unknown(known) == (known, [])
