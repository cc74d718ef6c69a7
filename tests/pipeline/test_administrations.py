from datetime import date

import pytest

from pipeline.components.administrations import in_office
from tests.pipeline.naming import DAY, annotate, found


def administrations(nlp, text, day=DAY):
    return found(annotate(nlp, text, "administrations", day=day), "ADMINISTRATION")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Trump administration appealed.", ("Trump administration", "trump-2017")),
        ("It reversed Obama-era rules.", ("Obama-era", "obama-2009")),
        ("Crossings fell under Obama, he said.", ("under Obama", "obama-2009")),
        ("Nobody in this administration cares.", ("administration", "trump-2017")),
        ("It was worse in the previous administration.", ("previous administration", "obama-2009")),
        ("The George H.W. Bush administration signed it.", ("George H.W. Bush administration", "bush-1989")),
        ("The Bush administration signed it.", ("Bush administration", "bush-2001")),
    ],
)
def test_which_administration_is_meant(nlp, text, expected):
    assert administrations(nlp, text) == [expected]


def test_of_two_administrations_of_one_name_the_day_decides(nlp):
    text = "The Trump administration appealed."
    assert administrations(nlp, text, date(2025, 6, 1)) == [("Trump administration", "trump-2025")]


@pytest.mark.parametrize("text", ["This administration failed.", "The previous administration failed."])
def test_without_a_day_only_names_are_resolved(nlp, text):
    assert administrations(nlp, text, None) == []


def test_the_agency_of_a_president_is_his_administration_and_the_agency(nlp):
    doc = annotate(nlp, "But Biden's ICE went on as before.", day=date(2023, 5, 1))
    assert found(doc, "ADMINISTRATION") == [("Biden's", "biden-2021")]
    assert found(doc, "ORG") == [("ICE", "immigration-and-customs-enforcement")]


def test_the_administration_in_office_changes_on_inauguration_day():
    assert in_office(date(2021, 1, 19)).entity_id == "administration:trump-2017"
    assert in_office(date(2021, 1, 20)).entity_id == "administration:biden-2021"


def test_no_single_administration_is_in_office_across_a_change():
    assert in_office(date(2021, 1, 1), date(2021, 1, 31)) is None
    assert in_office(date(2020, 1, 1), date(2020, 12, 31)).entity_id == "administration:trump-2017"


def test_no_administration_is_in_office_on_no_day():
    assert in_office(None) is None


def test_an_undated_article_has_the_administration_it_names(nlp):
    text = "The Obama administration drew up the rule. The administration said so in May."
    doc = annotate(nlp, text, "administrations", day=None)
    assert [mention.entity_id for mention in doc._.mentions] == ["administration:obama-2009"] * 2
