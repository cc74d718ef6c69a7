"""Bodies that the nation and the states have by one name, firms called "X's", departments in small letters."""

import pytest

from tests.pipeline.test_short_names import named


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Lawmakers in Indiana were busy. The state Senate voted on Monday.", ("Senate", "Indiana Senate")),
        ("Lawmakers in Indiana were busy. State House Speaker Ann Roe left.", ("House", "Indiana House")),
        ("Wisconsin's state Supreme Court ruled.", ("Supreme Court", "Wisconsin Supreme Court")),
        ("The Ohio Senate voted 20-3. The Senate then went home.", ("Senate", "Ohio Senate")),
    ],
)
def test_the_state_senate_is_that_of_the_state_told_of(nlp, text, body):
    assert named(nlp, text)[-1] == body


def test_the_state_senate_of_no_state_is_not_the_nations(nlp):
    assert named(nlp, "The state Senate voted on Monday.") == []


def test_the_senate_is_the_nations_where_the_article_speaks_of_congress(nlp):
    text = "The Ohio Senate voted 20-3. In Congress, the Senate did not."
    assert named(nlp, text)[-1] == ("Senate", "Senate")


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("The US state department said no.", ("state department", "Department of State")),
        ("President Obama left. The justice department declined.", ("justice department", "Department of Justice")),
        ("The US defence department agreed.", ("defence department", "Department of Defense")),
    ],
)
def test_a_department_of_america_is_known_in_small_letters(nlp, text, department):
    assert department in named(nlp, text)


@pytest.mark.parametrize(
    "text", ["The US state department of health said no.", "The state department of roads of Ohio is not a US office."]
)
def test_a_department_of_what_it_says_is_another(nlp, text):
    assert ("state department", "Department of State") not in named(nlp, text)


def test_the_justice_department_of_another_country_is_not_americas(nlp):
    assert named(nlp, "In Dublin the justice department declined to comment.") == []


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Shares of Kohl's, Lowe's and Macy's rose.", ["Kohl's", "Lowe's", "Macy's"]),
        ("The head of the Hardee's chain left.", ["Hardee's"]),
        ("Morvell Inc Chief Financial Officer Bo Ray agreed.", ["Morvell Inc"]),
        ("Cricket Australia and Public Health England agreed.", ["Cricket Australia", "Public Health England"]),
        ("A poll by the Roe Center for the People and the Press is out.", ["Roe Center for the People and the Press"]),
    ],
)
def test_a_name_is_whole_and_nothing_but_the_name(nlp, text, bodies):
    assert [name for _, name in named(nlp, text)] == bodies


def test_kohls_plan_is_somebodys(nlp):
    assert named(nlp, "Ann Kohl spoke. Kohl's plan was praised.") == []


def test_a_surname_by_which_a_school_is_called_is_nobody(nlp):
    text = "The Wharton School opened in May. The Wharton study projects losses. Wharton's model says so."
    assert named(nlp, text, "PERSON") == []


def test_a_town_before_its_mayor_is_no_part_of_the_mayors_name(nlp):
    text = "With him was Aurora Mayor Steve Hogan on Friday."
    assert named(nlp, text, "PERSON") == [("Steve Hogan", "Steve Hogan")]


@pytest.mark.parametrize("text", ["The Mississippi River rose.", "The George Washington Bridge was closed."])
def test_a_river_and_a_bridge_are_no_states_and_cities(nlp, text):
    assert named(nlp, text, "JURISDICTION") == []


def test_a_district_of_a_court_is_in_a_state(nlp):
    text = "He is a prosecutor in the Southern District of New York."
    assert named(nlp, text, "JURISDICTION") == [("New York", "New York")]


@pytest.mark.parametrize(
    "text",
    ["They bombed the Tora Bora caves. He fled to Tora Bora.", "They left the villages of Alei Sinai and Elkana."],
)
def test_the_name_of_land_is_nobodys(nlp, text):
    assert named(nlp, text, "PERSON") == []


def test_a_state_that_is_named_before_two_bodies_has_both(nlp):
    text = "In New Jersey the state Assembly and Senate passed it."
    assert named(nlp, text)[-1] == ("Senate", "New Jersey Senate")


def test_a_firm_of_two_is_the_same_by_and(nlp):
    assert named(nlp, "The accountants of Ernst and Young left.") == [("Ernst and Young", "Ernst & Young")]


def test_the_country_is_known_with_a_hyphen(nlp):
    assert named(nlp, "The U-S has conceded.", "JURISDICTION") == [("U-S", "United States")]


def test_the_state_department_beside_another_is_no_state(nlp):
    text = "They told the State Department and Defense Department so."
    assert ("Defense Department", "Department of Defense") in named(nlp, text)
