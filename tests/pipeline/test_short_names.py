"""Bodies by names that are ordinary words, surnames or addresses, or that other countries have as well."""

import pytest

from tests.pipeline.naming import annotate


def named(nlp, text, label="ORG"):
    """The words and the full name of each mention."""
    doc = annotate(nlp, text, "entities", "jurisdictions")
    mentions = sorted((m for m in doc._.mentions if m.label == label), key=lambda m: m.start)
    return [(text[m.start : m.end], doc._.entities[m.entity_id].name) for m in mentions]


def test_an_ordinary_word_is_a_firm_once_it_is_named_in_full_and_used_as_a_name(nlp):
    text = (
        "Gentle Foods sells bread made of acorns. Critics say that Gentle uses too much salt, and Gentle has denied it. "
        "A gentle rain fell."
    )
    assert [words for words, name in named(nlp, text) if name == "Gentle Foods"] == ["Gentle Foods", "Gentle", "Gentle"]


def test_an_ordinary_word_with_one_capital_is_no_firm(nlp):
    text = "Gentle Foods sells bread made of acorns. They called the wind Gentle and went home."
    assert [words for words, _ in named(nlp, text)] == ["Gentle Foods"]


def test_a_surname_that_nobody_bears_is_the_body_named_so(nlp):
    text = "The Kessler Center published its report on Sunday. According to Kessler, attacks rose by half."
    assert named(nlp, text)[-1] == ("Kessler", "Kessler Center")


@pytest.mark.parametrize("bearer", ["Ella Kessler gave the money.", "Mr. Kessler gave the money."])
def test_a_surname_that_somebody_bears_is_theirs(nlp, bearer):
    text = f"The Kessler Center opened on Sunday. {bearer} According to Kessler, it is good."
    assert ("Kessler", "Kessler Center") not in named(nlp, text)


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("The claim is false, according to soundfacts.org, which looked into it.", "soundfacts.org"),
        ("Per ThinkingAloud, those invited include a cartoonist.", "ThinkingAloud"),
    ],
)
def test_a_site_is_told_by_what_is_from_it(nlp, text, site):
    assert (site, site) in named(nlp, text)


@pytest.mark.parametrize("person", ["McConnell", "DeSantis"])
def test_somebody_with_a_capital_within_the_name_is_no_site(nlp, person):
    assert named(nlp, f"The law is good, according to {person}.") == []


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "It appeared in the Proceedings of the Royal Society of Bakers in May.",
            "Proceedings of the Royal Society of Bakers",
        ),
        ("She edits the Annals of Internal Medicine.", "Annals of Internal Medicine"),
        ("The study in the journal Social Forces found less.", "Social Forces"),
        (
            "The House Appropriations Subcommittee on Labor, Health and Human Services, and Education met.",
            "House Appropriations Subcommittee on Labor, Health and Human Services, and Education",
        ),
        (
            "The Senate Committee on Health, Education, Labor and Pensions met.",
            "Senate Committee on Health, Education, Labor and Pensions",
        ),
        ("The Senate judiciary committee met on Monday.", "Senate Judiciary Committee"),
    ],
)
def test_a_long_name_is_whole(nlp, text, body):
    assert [name for _, name in named(nlp, text)] == [body]


def test_a_party_that_a_country_has_too_is_that_countrys_where_nothing_tells_america(nlp):
    text = (
        "The army took power in Thailand on Monday. The Democrat Party had boycotted the vote in Thailand, and the "
        "Democrats want another. Thailand is calm."
    )
    assert named(nlp, text) == [
        ("Democrat Party", "Democrat Party of Thailand"),
        ("Democrats", "Democrat Party of Thailand"),
    ]
    american = text + " Republicans in Washington were pleased."
    assert {name for _, name in named(nlp, american)} == {"Democratic Party", "Republican Party"}


def test_a_neo_nazi_party_is_not_the_nazi_party(nlp):
    assert "Nazi Party" not in {name for _, name in named(nlp, "Golden Oak, a neo-Nazi party, was banned.")}


@pytest.mark.parametrize(
    "text",
    [
        "Chad made enough progress to be dropped, while Syria, Libya and Yemen did not.",
        "Troops from Chad crossed into Niger. Chad has said that it will stay.",
    ],
)
def test_a_country_with_somebodys_name_is_told_by_others_beside_it(nlp, text):
    assert set(named(nlp, text, "JURISDICTION")) >= {("Chad", "Chad")}
    assert named(nlp, text, "PERSON") == []


def test_somebody_beside_countries_is_somebody(nlp):
    text = "Chad Mirren spoke in Niger and Libya. Chad said that he liked Syria and Yemen."
    assert ("Chad", "Chad") not in named(nlp, text, "JURISDICTION")


@pytest.mark.parametrize("words", ["Several states including", "A dozen states, among them", "In states such as"])
def test_in_a_list_of_states_new_york_is_the_state(nlp, words):
    doc = annotate(nlp, f"{words} New York have changed the rule.", "entities", "jurisdictions")
    assert [doc._.entities[m.entity_id].kind for m in doc._.mentions] == ["state"]


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        (
            "Gains went to General Motors and Ford. Some firm like GM or Ford uses them.",
            {"General Motors", "Ford Motor"},
        ),
        ("Christine Blasey Ford spoke. According to Ford, they laughed.", set()),
        ("Ms. Ford came on Monday. Ford said no.", set()),
        ("Airports closed after a Delta computer outage on Sunday.", {"Delta Air Lines"}),
    ],
)
def test_a_firm_with_a_name_of_its_own_kind_is_one_where_nobody_bears_it(nlp, text, firms):
    assert {name for _, name in named(nlp, text)} == firms


def test_a_variant_is_no_town(nlp):
    assert named(nlp, "The Delta variant of the virus spread in May.", "JURISDICTION") == []


def test_an_outlet_is_called_by_its_last_word_beside_who_works_there(nlp):
    text = "The New York Times was late. By contrast, a Times opinion editor slept."
    assert named(nlp, text)[-1] == ("Times", "New York Times")
    assert [words for words, _ in named(nlp, "The New York Times was late. Times have changed.")] == ["New York Times"]


def test_a_group_may_be_called_our_something(nlp):
    assert named(nlp, "The group Our Harbor backs the bill.") == [("Our Harbor", "Our Harbor")]


def test_washington_after_other_states_of_a_list_is_the_state(nlp):
    doc = annotate(nlp, "Six states vote: Idaho, Oregon, North Dakota and Washington.", "entities", "jurisdictions")
    assert {doc._.entities[m.entity_id].kind for m in doc._.mentions} == {"state"}


def test_police_by_their_letters_are_those_of_the_town(nlp):
    text = "The Seattle Police Department shut one precinct. Seattle PD officers came back."
    assert {name for _, name in named(nlp, text)} == {"Seattle Police Department"}


def test_letters_set_like_a_word_are_the_body_that_is_named_in_full(nlp):
    text = "Agents of Immigration and Customs Enforcement came. Critics of Ice said so. Ice lay on the lake; the ice melted."
    assert [words for words, _ in named(nlp, text)] == ["Immigration and Customs Enforcement", "Ice"]
    assert named(nlp, "Critics of Ice said so.") == []


def test_a_substance_is_no_body_and_an_outlets_site_is_the_outlet(nlp):
    text = "It stood on Politico.com on Monday. Patients who had used THC said they were ill."
    assert named(nlp, text) == [("Politico", "Politico")]
