"""Names that no list has, told by what the article says of them; and offices, letters and towns told so."""

from datetime import date

import pytest

from tests.pipeline.naming import annotate


def named(nlp, text, label, **context):
    doc = annotate(nlp, text, **context)
    return [(text[m.start : m.end], doc._.entities[m.entity_id].name) for m in doc._.mentions if m.label == label]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Halloran Drewett painted the wall. “It took a week,” Drewett said.", "Halloran Drewett"),
        ("Oswin Tharby is a member of a crew. Mr. Tharby led it. “We dig,” says Mr. Tharby.", "Oswin Tharby"),
        ("“We were hungry,” the winner, Eirlys Prosser, said.", "Eirlys Prosser"),
        ("The board named Rhodri Prosser to replace her.", "Rhodri Prosser"),
    ],
)
def test_an_unheard_name_is_somebodys_who_speaks_wins_or_is_chosen(nlp, text, name):
    assert {full for _, full in named(nlp, text, "PERSON")} == {name}


@pytest.mark.parametrize(
    "text",
    [
        "The team, Quell Rovers, lost. The council named Quell Meadow as a park.",
        "Visitors to the Louis Trenton store took shelter. A Paul Trenton boutique opened.",
    ],
)
def test_teams_parks_and_shops_are_nobody(nlp, text):
    assert not named(nlp, text, "PERSON")


def test_letters_of_a_body_are_never_somebody(nlp):
    text = "The Danish Institute for Moss (DIM) has grown a fern. A team from DIM left. DIM said trials would start."
    assert not named(nlp, text, "PERSON")
    assert {full for _, full in named(nlp, text, "ORG")} == {"Danish Institute for Moss"}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Warm Our Village, a charity in Leeds, began in a garage.", "Warm Our Village"),
        ("The group sued. A second group, Stop the Dredging, joined the suit.", "Stop the Dredging"),
        ("A rival group, Friends of the Elms, left early.", "Friends of the Elms"),
    ],
)
def test_a_body_called_by_what_it_does_is_told_by_what_it_is(nlp, text, body):
    assert (body, body) in named(nlp, text, "ORG")


def test_the_first_name_of_one_of_two_of_a_family_is_not_the_surname(nlp):
    text = "Nadia Petrosyan opened a bakery with Aram Petrosyan. “We slept,” Nadia said. “She did,” Aram said."
    doc = annotate(nlp, text)
    assert [m.resolution for m in doc._.mentions if m.end - m.start == len("Aram")] == ["first name"]


def test_the_capital_with_its_district_is_not_the_man(nlp):
    text = "Denzel Drewett played George Washington on a horse. Washington, D.C., closed four streets."
    assert ("Washington, D.C.", "Washington") in named(nlp, text, "JURISDICTION")


def test_a_town_joined_to_one_of_its_country_is_that_countrys(nlp):
    assert ("Odessa", "Odesa") in named(nlp, "Trains between Kiev and Odessa ran again.", "JURISDICTION")
    # A word that is a town's name in other countries alone is none.
    assert [name for _, name in named(nlp, "Fans came from Kiev and Reading.", "JURISDICTION")] == ["Kyiv"]


def test_what_a_president_may_do_is_told_of_nobody(nlp):
    text = (
        "The Constitution says the president shall command. A president can veto, and the vice president breaks ties."
    )
    assert not named(nlp, text, "PERSON", day=date(2018, 9, 18))
    text = "On Monday the president said that he was glad."
    assert ("president", "Donald Trump") in named(nlp, text, "PERSON", day=date(2018, 9, 18))


def test_an_administration_is_that_of_the_season_beside_it(nlp):
    text = "In the spring of 2014, the administration told schools to count."
    assert named(nlp, text, "ADMINISTRATION", day=date(2022, 3, 8)) == [
        ("administration", "Obama administration (2009–2017)")
    ]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("It was paid for by Cornish's Center for the Study of Ice.", {"Center for the Study of Ice"}),
        (
            (
                "Dan Moss leads the Gravely Campaign to Prevent Fires. The Gravely Campaign, Mayors Against Idle Cars and "
                "the Campaign to Keep Boats off Lakes met."
            ),
            {"Gravely Campaign to Prevent Fires", "Mayors Against Idle Cars", "Campaign to Keep Boats off Lakes"},
        ),
        (
            "He is at the Gravely Endowment for International Calm in New Delhi.",
            {"Gravely Endowment for International Calm"},
        ),
        ("So Center for Moss Studies Policy Director Ann Lee said.", {"Center for Moss Studies"}),
        ("Unesco and the WHO sent staff.", {"UNESCO", "World Health Organization"}),
        ("Novels by Boat, a nonprofit group, lends books. Last year Novels by Boat lent two.", {"Novels by Boat"}),
        ("Surgeons at St Brannoc’ Hospital worked.", {"St Brannoc' Hospital"}),
        ("His GP and an MP spoke up for him.", set()),
        ("They refused the Sons of Harbor Pilots a plate.", {"Sons of Harbor Pilots"}),
        ("A note by Quell Employees for Climate Justice was read.", {"Quell Employees for Climate Justice"}),
        ("Moss, a member of the state's Liberal-Miner-Farmer Party, wants aid.", {"Liberal-Miner-Farmer Party"}),
        ("The show is hosted by former KVQA TV 4 news anchor Tom Moss.", {"KVQA"}),
        ("He worked for Tandem GPS, an opposition research firm.", {"Tandem GPS"}),
        ("A fire broke out at the Shield of Peace synagogue.", {"Shield of Peace"}),
        ("They painted the columns of St. Brannoc's Episcopal Church.", {"St. Brannoc's Episcopal Church"}),
        ("Labour lost. He said the Conservatives would govern.", {"Labour Party", "Conservative Party"}),
    ],
)
def test_bodies_are_told_by_what_they_are_for_or_called(nlp, text, bodies):
    assert {name for _, name in named(nlp, text, "ORG")} == bodies


@pytest.mark.parametrize(
    "text",
    ["Republicans for Moss met on Monday.", "She said that Conservatives vote.", "Lawyers for Ann Lee spoke."],
)
def test_people_for_somebody_are_no_body_of_their_own(nlp, text):
    assert not {name for _, name in named(nlp, text, "ORG")} - {"Republican Party"}


def test_who_reigns_under_a_number_bears_it(nlp):
    text = "He told Queen Elizabeth II so. Pope John Paul II wept, and King Charles III waved. Elizabeth left."
    assert [name for _, name in named(nlp, text, "PERSON")] == [
        "Queen Elizabeth II",
        "Pope John Paul II",
        "King Charles III",
        "Queen Elizabeth II",
    ]
