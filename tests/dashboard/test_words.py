"""Numbers, dates and lists read as a person would write them."""

from datetime import date

import pytest

from dashboard.markup import phrasing
from dashboard.markup.html import with_code


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2024-02-28", "28 Feb 2024"),
        ("2019-10", "Oct 2019"),
        ("2019", "2019"),
        ("2020-02-15/2020-02-16", "15 or 16 Feb 2020"),
        ("2020-02-15/2020-02-19", "15–19 Feb 2020"),
        ("2020-02-28/2020-03-01", "28 Feb 2020 – 1 Mar 2020"),
        ("2019/2020", "2019 – 2020"),
        ("2020-02-15/2020-02-15", "15 Feb 2020"),
        ("", "no date"),
        ("2020-13", "2020-13"),
        ("last spring", "last spring"),
    ],
)
def test_dates(edtf, said):
    assert phrasing.when(edtf) == said


def test_only_a_day_is_exact():
    assert phrasing.exact("2020-02-15")
    assert not any(map(phrasing.exact, ["2020-02", "2020-02-15/2020-02-16", "", "2020"]))


def test_counts_agree_with_their_nouns():
    assert [phrasing.count(n, "article") for n in (0, 1, 1443)] == ["0 articles", "1 article", "1,443 articles"]
    assert phrasing.count(2, "person", "people") == "2 people"


def test_a_share_of_nothing_is_a_dash():
    assert phrasing.share(0, 0) == "–"
    assert phrasing.share(1081, 2697) == "40%"
    assert (phrasing.share(3, 788), phrasing.share(0, 788), phrasing.share(788, 788)) == ("0.4%", "0%", "100%")


def test_lists():
    assert [phrasing.listed(list(x)) for x in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]


def test_stretches_of_months():
    assert phrasing.months(date(2019, 10, 1), date(2024, 2, 28)) == "October 2019 to February 2024"
    assert phrasing.months(date(2020, 1, 1), date(2020, 2, 1)) == "January to February 2020"
    assert phrasing.months(date(2020, 1, 1), date(2020, 1, 9)) == "January 2020"
    assert phrasing.months(None, None) == "no dates known"


@pytest.mark.parametrize(
    ("part", "said"),
    [(0, "hardly"), (20, "one word in five"), (40, "two words in five"), (50, "every second"), (100, "nearly every")],
)
def test_rough_shares_are_near_the_number(part, said):
    assert phrasing.roughly(part, 100).startswith(said)


def test_rough_share_of_nothing_does_not_fail():
    assert phrasing.roughly(0, 0) == "hardly any word is"


def test_an_administration_nobody_names_is_named_after_its_id():
    assert (
        phrasing.entity_name("administration:trump-2017", "administration:trump-2017")
        == "Trump administration (from 2017)"
    )
    assert phrasing.entity_name("administration:first", "administration:first") == "First administration"
    assert phrasing.entity_name("administration:first", "The First") == "The First"
    assert phrasing.entity_name("person:x-1", "person:x-1") == "person:x-1"


def test_commands_within_words_are_set_as_code_and_a_stray_accent_sets_nothing_off():
    assert str(with_code("say `--column a=<b>`.")) == "say <code>--column a=&lt;b&gt;</code>."
    assert str(with_code("a ` b")) == "a ` b"
