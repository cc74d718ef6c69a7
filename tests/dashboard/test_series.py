"""Series: a point a period with its denominator, and the articles behind it."""

from datetime import date

import pytest

from dashboard.charts import comparison_plots, series
from dashboard.charts.series import Measure
from store import Filter, Store
from store.lexicon import Variant
from store.queries.series import STEPS, periods
from tests.dashboard.checked import checked

ENGINE = (Variant("Machine", "engine", ("engine", "engines")),)


@pytest.fixture
def store(corpora):
    return Store.open(corpora["small"])


def of(store, measure, step, *groups):
    return series.series(store, groups or (("all", Filter()),), measure, step, ENGINE, Filter())


def test_attention_is_a_share_of_all_articles_of_the_period(store):
    table = of(store, Measure("articles"), "year", ("daily", Filter(sources=("The Daily",))))
    assert list(zip(table["period"], table["uses"], table["of"], strict=True)) == [("2020", 1, 2), ("2021", 1, 1)]
    assert list(table["share"]) == [0.5, 1.0]


def test_a_name_is_counted_in_narration_of_dated_articles(store):
    table = of(store, Measure("name", "Machine", "engines"), "quarter")
    assert list(zip(table["period"], table["uses"], strict=True)) == [("2020-Q1", 1), ("2021-Q1", 0)]
    assert table["low"].isna().all()
    assert (table["of"] > 0).all()


def test_a_frame_is_a_share_of_sentences(store):
    table = of(store, Measure("frame", "Security and defense"), "administration")
    assert set(table["period"]) == {"administration:first", "administration:second"}
    assert table["of"].sum() > 0


@pytest.mark.parametrize("step", STEPS)
def test_articles_without_a_date_are_left_out(store, step):
    assert len(periods(store, Filter(), step)) == 3


def test_there_is_no_other_step(store):
    with pytest.raises(ValueError, match="not by moon"):
        periods(store, Filter(), "moon")


def test_a_point_leads_to_its_articles():
    assert series.of_period(Filter(), "month", "2020-02").date_to == date(2020, 2, 29)
    assert series.of_period(Filter(), "administration", "administration:x").administrations == ("administration:x",)


@pytest.mark.parametrize("shares", [True, False])
def test_every_group_is_drawn_on_the_same_periods(store, shares):
    table = of(store, Measure("articles"), "year", ("a", Filter(sources=("Herald",))), ("b", Filter()))
    names = {"a": "Herald", "b": "<b>All", "c": "Nobody"}
    drawn = checked(comparison_plots.over_time(table, names, shares=shares, unit="articles", per=100, few=2))
    assert list(drawn.layout.xaxis.categoryarray) == ["2020", "2021"]
    assert [len(trace.x) for trace in drawn.data] == [1, 2]
    assert drawn.layout.yaxis.range == drawn.layout.yaxis2.range
    assert [given[-1] for trace in drawn.data for given in trace.customdata] == ["a", "b", "b"]
    assert "&lt;b&gt;All" in drawn.layout.annotations[1].text


def test_a_share_of_too_few_articles_is_hollow(store):
    table = of(store, Measure("articles"), "year")
    drawn = checked(comparison_plots.over_time(table, {"all": "All"}, shares=True, unit="articles", per=100, few=2))
    colours = list(drawn.data[0].marker.color)
    assert list(table["of"]) == [2, 1]
    assert colours[0] != colours[1]
