"""When articles appeared: bands of administrations, dots that do not hide one another, bars when they would."""

from datetime import date, timedelta

import pytest

from dashboard.charts import timeline
from dashboard.charts.timeline import Band
from tests.dashboard.checked import checked


def term(group, first, last, articles=1):
    return {"group": group, "first": first, "last": last, "articles": articles}


def article(published, start, end=None, **more: object):
    return {
        "article_id": published + str(more),
        "source": "The Daily",
        "headline": "H",
        "published": published,
        "published_from": start,
        "published_to": end or start,
    }


@pytest.mark.parametrize(
    ("day", "began"),
    [
        (date(2020, 2, 14), date(2017, 1, 20)),
        (date(2021, 1, 19), date(2017, 1, 20)),
        (date(2021, 1, 20), date(2021, 1, 20)),
        (date(2024, 2, 28), date(2021, 1, 20)),
    ],
)
def test_terms_begin_on_inauguration_day(day, began):
    assert timeline.inauguration(day) == began


def test_bands_run_from_inauguration_to_inauguration():
    rows = [
        term("administration:b", date(2024, 2, 28), date(2024, 2, 28)),
        term("administration:a", date(2019, 10, 1), date(2020, 2, 15), 4),
        term("", None, None, 3),
    ]
    names = {"administration:a": "Trump administration (2017–2021)", "administration:b": "administration:b"}
    assert timeline.bands(rows, names) == [
        Band("Trump", date(2017, 1, 20), date(2021, 1, 20), 4),
        Band("B", date(2021, 1, 20), date(2025, 1, 20), 1),
    ]


def test_a_successor_within_a_term_begins_with_his_first_article():
    drawn = timeline.bands(
        [term("n", date(1973, 5, 1), date(1974, 8, 1)), term("f", date(1974, 8, 20), date(1975, 1, 1))], {}
    )
    assert drawn[0].end == drawn[1].start == date(1974, 8, 20)


def test_nobody_reigns_where_nothing_was_written():
    drawn = timeline.bands(
        [term("o", date(2010, 1, 1), date(2010, 2, 1)), term("b", date(2022, 1, 1), date(2022, 1, 2))], {}
    )
    assert (drawn[0].end, drawn[1].start) == (date(2013, 1, 20), date(2021, 1, 20))


def test_articles_of_one_day_are_stacked_and_not_hidden():
    day = date(2020, 2, 14)
    rows = [article("2020-02-14", day, n=n) for n in range(4)]
    drawn, note = timeline.dots(rows, [])
    dots = checked(drawn).data[0]
    assert len(set(zip(dots.x, dots.y, strict=True))) == 4
    assert len(set(dots.x)) == 1
    assert note == ""


def test_an_uncertain_day_is_hollow_and_stands_in_the_middle():
    rows = [article("2019-10", date(2019, 10, 1), date(2019, 10, 31)), article("2020-02-14", date(2020, 2, 14))]
    drawn, note = timeline.dots(rows, [])
    hollow, full = checked(drawn).data[0].marker.color
    assert hollow != full
    assert str(checked(drawn).data[0].x[0]).startswith("2019-10-16")
    assert note == "Hollow dot: only the month is known."


def test_an_article_without_a_date_has_no_dot():
    drawn, _ = timeline.dots(
        [article("2020-02-14", date(2020, 2, 14)), {**article("", None), "published_to": None}], []
    )
    assert len(checked(drawn).data[0].x) == 1


def test_months_become_years_when_they_are_many():
    months = [{"group": f"{2001 + n // 12}-{n % 12 + 1:02}", "articles": 2} for n in range(12 * 20)]
    drawn, note = timeline.bars([*months, {"group": "", "articles": 9}], [])
    assert len(checked(drawn).data[0].x) == 20
    assert set(checked(drawn).data[0].y) == {24}
    assert note == "Articles per year; the tallest bar is 24 articles."


def test_a_bar_knows_the_days_it_stands_for():
    drawn, _ = timeline.bars([{"group": "2020-02", "articles": 2}, {"group": "2020-12", "articles": 1}], [])
    assert [point[0] for point in checked(drawn).data[0].customdata] == [
        "2020-02-01/2020-02-29",
        "2020-12-01/2020-12-31",
    ]


def test_the_axis_holds_every_day():
    days = [date(2019, 12, 31), date(2019, 12, 31) + timedelta(days=40)]
    assert timeline.axis(days) == (date(2019, 1, 1), date(2021, 1, 1))


def test_a_long_name_gives_way_to_the_surname_and_then_to_nothing():
    terms = [
        Band("George W. Bush", date(2001, 1, 20), date(2005, 1, 20), 1),
        Band("Ford", date(2005, 1, 20), date(2005, 3, 1), 1),
    ]
    drawn, note = timeline.bars([{"group": f"{year}-01", "articles": 2} for year in range(2001, 2021)], terms)
    assert note.endswith("Without room for the name above: Ford, 1 article.")
    said = [note.text for note in checked(drawn).layout.annotations]
    assert "<b>Bush</b>" in said
    assert not any("Ford" in text for text in said)
