from datetime import date

import pytest

from pipeline.entities import incumbents
from pipeline.entities.administrations import in_office
from pipeline.readers.reading import read_article
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
        ("It was tried under Mr. Obama, he said.", ("under Mr. Obama", "obama-2009")),
        ("Arrests rose in the Bush years.", ("Bush years", "bush-2001")),
        ("It fell in Barack Obama's second term.", ("Barack Obama's second term", "obama-2009")),
        (
            "She served in the administration of President Bill Clinton.",
            ("administration of President Bill Clinton", "clinton-1993"),
        ),
        ("WHAT THE OBAMA ADMINISTRATION DID", ("OBAMA ADMINISTRATION", "obama-2009")),
        ("She sued the administration for its delays.", ("administration", "trump-2017")),
        ("He spoke of his own administration on Monday.", ("administration", "trump-2017")),
        ("It is a plan of the Republican administration.", ("Republican administration", "trump-2017")),
    ],
)
def test_which_administration_is_meant(nlp, text, expected):
    assert administrations(nlp, text) == [expected]


def test_administrations_in_a_list_are_each_one(nlp):
    found_there = administrations(nlp, "The Clinton, Bush and Obama administrations tried it.")
    assert [one for _, one in found_there] == ["clinton-1993", "bush-2001", "obama-2009"]


@pytest.mark.parametrize(
    "text",
    [
        "A former administration official agreed.",
        "The incoming administration in Mexico promised help.",
        "The university administration said no. The administration gave no reason.",
        "The second term of a Jeb Bush presidency would be far off.",
        "The Ruiz administration fell. The administration had been weak.",
        "It is lawful under Trump policy.",
        "Officials of the Administration for Children and Families came.",
    ],
)
def test_what_is_no_administration_of_the_country(nlp, text):
    assert administrations(nlp, text) == []


def test_a_candidate_of_a_former_presidents_name_has_none(nlp):
    assert administrations(nlp, "A Clinton presidency would change that.", date(2016, 9, 1)) == []


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        (date(2025, 6, 1), "The Trump administration appealed.", "trump-2025"),
        (date(2023, 6, 1), "The Trump administration appealed.", "trump-2017"),
        (date(2025, 6, 1), "It is unlike the first Trump administration.", "trump-2017"),
        (date(2025, 6, 1), "It began in Trump's first term.", "trump-2017"),
        (date(2024, 6, 1), "She fears Trump's second term.", "trump-2025"),
        (date(2019, 6, 1), "The second Trump administration memo was shorter.", "trump-2017"),
        (date(2025, 6, 1), "He left the previous Trump administration.", "trump-2017"),
        (date(2025, 6, 1), "It restored a Trump-era rule.", "trump-2017"),
        (date(2023, 6, 1), "It restored a Trump-era rule.", "trump-2017"),
        (date(2025, 6, 1), "In 2018, the Trump administration parted families.", "trump-2017"),
        (date(2025, 6, 1), "It was so under Trump in 2019.", "trump-2017"),
        (date(2025, 6, 1), "In his first term, the Trump administration parted families.", "trump-2017"),
        (date(2025, 6, 1), "The Trump administration in its first term parted families.", "trump-2017"),
        (date(2024, 12, 1), "The incoming Trump administration chose her.", "trump-2025"),
        (date(2024, 12, 1), "The Trump administration will begin with raids.", "trump-2025"),
        (date(2024, 12, 1), "The Trump administration parted families.", "trump-2017"),
        (date(2024, 12, 1), "The new administration comes in January.", "trump-2025"),
        (date(2017, 3, 1), "The new administration began with raids.", "trump-2017"),
        (date(2025, 6, 1), "The previous administration did nothing.", "biden-2021"),
        (date(2016, 9, 1), "A Trump administration would build it.", "trump-2017"),
    ],
)
def test_of_two_terms_the_words_beside_it_or_else_the_day_decide(nlp, day, text, expected):
    assert [one for _, one in administrations(nlp, text, day)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Trump spoke. The Obama administration had refused. The administration agreed.", "trump-2017"),
        ("President Biden blamed the Trump administration. The administration agreed.", "biden-2021"),
        ("President Trump blamed former President Biden. The administration agreed.", "trump-2025"),
        ("Former President Obama spoke of President Trump. The administration agreed.", "trump-2017"),
    ],
)
def test_an_undated_article_is_of_the_last_one_it_calls_president(nlp, text, expected):
    assert administrations(nlp, text, None)[-1] == ("administration", expected)


def test_his_administration_is_that_of_the_president_named_before(nlp):
    doc = annotate(nlp, "George W. Bush and members of his administration knew it.")
    assert found(doc, "ADMINISTRATION") == [("administration", "bush-2001")]
    doc = annotate(nlp, "Jimmy Morales and his administration could not go ahead.")
    assert found(doc, "ADMINISTRATION") == []


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


@pytest.mark.parametrize(
    ("written", "administration"),
    [("2021-01-20T09:00-05:00", "trump-2017"), ("2021-01-20T13:00-05:00", "biden-2021"), ("2021-01-20", "biden-2021")],
)
def test_administrations_change_at_noon(written, administration):
    (article,) = read_article({"source": "Gazette", "text": "Snow fell.", "published": written}, "a.txt")
    assert in_office(*article.government_days).entity_id == f"administration:{administration}"


@pytest.mark.parametrize(
    "text",
    [
        "Ruritania's new president, Ana Lopez Ruiz, said her administration is on good terms with its neighbour.",
        "Gov. Dana Whitfield said his administration would wait.",
        "Lopez Ruiz's incoming administration agreed to the policy.",
    ],
)
def test_who_leads_another_country_or_a_state_has_an_administration_of_their_own(nlp, text):
    assert found(annotate(nlp, text), "ADMINISTRATION") == []


def test_his_administration_after_his_deputy_is_his(nlp):
    text = "The president spoke. Vice President Mike Pence said his administration would wait."
    assert [key for _, key in found(annotate(nlp, text), "ADMINISTRATION")] == ["trump-2017"]


@pytest.mark.parametrize("text", ["THE NIXON YEARS AND THE OBAMA YEARS", "They met Obama.", "NOBODY BUT OBAMA"])
def test_a_text_that_names_a_president_is_looked_through(text):
    assert incumbents.names_a_president(text)


def test_a_text_that_names_no_president_calls_nobody_so():
    text = "The president of the club and its administration resigned in 2019."
    assert not incumbents.names_a_president(text)
    assert not list(incumbents.presidents_called(text))
    assert incumbents.written_under(text, None) is None
