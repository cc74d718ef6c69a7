"""Groups of articles: each a filter that finds them again."""

from datetime import date

import pytest

from store import Filter, Store, queries
from store.groups import DIMENSIONS, groups, span
from tests.store.small_corpus import ADA, ALL_DRAFTS, begin_with


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("groups")
    begin_with(folder, *ALL_DRAFTS)
    return Store.open(folder)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_the_filter_of_a_group_finds_its_articles_again(store, dimension):
    found = groups(store, Filter(), dimension)
    assert found
    for group in found:
        assert queries.counts(store, group.chosen).articles == group.articles
        assert Filter.from_query(group.chosen.to_query())[0] == group.chosen


def test_periods_stand_in_order_and_leave_out_articles_without_a_date(store):
    assert [(g.key, g.articles) for g in groups(store, Filter(), "year")] == [("2020", 2), ("2021", 1)]
    assert [g.name for g in groups(store, Filter(), "quarter")] == ["2020, quarter 1", "2021, quarter 1"]


def test_a_period_lies_within_the_dates_asked_for(store):
    (only,) = groups(store, Filter(date_from=date(2020, 2, 20), date_to=date(2020, 3, 1)), "year")
    assert (only.chosen.date_from, only.chosen.date_to, only.articles) == (date(2020, 2, 20), date(2020, 3, 1), 1)


def test_a_filter_that_names_values_keeps_the_groups_of_those(store):
    assert [g.key for g in groups(store, Filter(people=(ADA,)), "people")] == [ADA]


def test_a_story_is_named_by_no_outlets_headline(store):
    (story,) = groups(store, Filter(), "story")
    assert (story.key, story.name) == ("story:engines", "An event · 14 February 2020")


def test_a_quarter_ends_with_its_last_day():
    assert span("2020-Q1") == (date(2020, 1, 1), date(2020, 3, 31))
    assert span("2019-Q4") == (date(2019, 10, 1), date(2019, 12, 31))
    assert span("2020") == (date(2020, 1, 1), date(2020, 12, 31))


def test_no_other_grouping_is_known(store):
    with pytest.raises(ValueError, match="not by moon"):
        groups(store, Filter(), "moon")
