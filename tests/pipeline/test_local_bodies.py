"""Police, jails and the like are organisations of their place."""

import pytest

from pipeline.build.records import annotation_of, rows_of
from pipeline.core.resource_tables import parts, rows
from pipeline.places.gazetteer import places
from pipeline.places.local_bodies import place_words
from pipeline.readers.article import Article
from tests.pipeline.naming import annotate, found

NYPD = "us-ny-new-york-police-department"


def bodies(nlp, text):
    return [key for _, key in found(annotate(nlp, text), "ORG")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The New York Police Department said the NYPD would wait, as the N.Y.P.D. does.", [NYPD, NYPD, NYPD]),
        ("The Boulder County Jail released him on Friday.", ["us-co-boulder-county-jail"]),
        ("In Washington, King County Jail released him.", ["us-wa-king-county-jail"]),
        ("The Yolo County jail was full on Friday.", ["us-ca-yolo-county-jail"]),
        ("The Maricopa County Sheriff’s Department came.", ["us-az-maricopa-county-sheriffs-office"]),
        ("She asked the Manhattan District Attorney's office.", ["us-ny-manhattan-district-attorneys-office"]),
        ("He called the New York State Police on Friday.", ["us-ny-state-police"]),
        ("Officers of the Kansas City Police Department came.", ["us-mo-kansas-city-police-department"]),
        ("When Tucson Police came, they left.", ["us-az-tucson-police-department"]),
        ("He was held at Rikers Island and then at the Eloy Detention Center.", ["rikers-island", "us-az-eloy-detention-center"]),
        ("The Nogales Police Department was called.", ["us-az-nogales-police-department"]),
    ],
)  # fmt: skip
def test_a_body_is_named_by_its_place(nlp, text, expected):
    assert bodies(nlp, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Boston police said they knew nothing.",  # no name: the police of Boston are Boston's
        "Mexican police said they knew nothing.",
        "Men slept at the University Police Department.",
        "A Texas detention center was closed on Friday.",
    ],
)
def test_a_place_without_the_name_of_a_body_is_a_place(nlp, text):
    assert not [key for key in bodies(nlp, text) if key.startswith("us-")]


def test_an_association_of_the_police_is_not_the_police(nlp):
    assert "us-ma-boston-police-department" not in bodies(nlp, "The Boston Police Benevolent Association said so.")


def test_ordinary_words_in_a_headline_name_no_body(nlp):
    text = "Boston Police Arrest Seven Over Broken Windows\n\nThe men were let go on Friday."
    assert "us-ma-boston-police-department" not in bodies(nlp, text)


def test_letters_in_brackets_mean_the_body_from_then_on(nlp):
    text = "The Boston Fire Department (BFD) came on Friday. The BFD was late."
    assert bodies(nlp, text) == ["us-ma-boston-fire-department"] * 3


def test_a_body_knows_its_place(nlp):
    doc = annotate(nlp, "The Springfield Police Department in Illinois was called.")
    entity = doc._.entities["org:us-il-springfield-police-department"]
    assert (entity.name, entity.kind, entity.state, entity.parent_id) == (
        "Springfield Police Department",
        "agency",
        "IL",
        "place:us-il-springfield",
    )


def test_an_article_that_names_a_body_is_one_of_its_place(nlp):
    text = "The NYPD was called on Friday."
    doc = annotate(nlp, text)
    article = Article("Gazette", text)
    held = {row["entity_id"] for row in rows_of(article, doc)["article_entities"]}
    assert held == {f"org:{NYPD}", "place:us-ny-new-york", "place:us-ny", "place:us"}


def test_annotations_tell_the_place_of_a_body(nlp):
    told = annotation_of(annotate(nlp, "The King County Jail, in Washington, and the NYPD met."))["jurisdictions"]
    assert [(row["text"], row["name"], row["kind"]) for row in told] == [
        ("King County", "King County", "county"),
        ("Washington", "Washington", "state"),
        ("NYPD", "New York City", "city"),
    ]


@pytest.mark.parametrize(
    ("said", "place", "words"),
    [
        ("New York City Police Department", "place:us-ny-new-york", "New York City"),
        ("U.S. District Court for the District of Hawaii", "place:us-hi", "Hawaii"),
        ("NYPD", "place:us-ny-new-york", "NYPD"),
    ],
)
def test_the_words_for_a_place_in_a_name(said, place, words):
    start, end = place_words(said, place)
    assert said[start:end] == words


def test_the_tables_name_places_that_there_are():
    table = places()
    known = [given.partition("=")[2] for row in rows("places/local_bodies.csv") for given in parts(row["known"])]
    assert {*known, *(row["place"] for row in rows("places/facilities.csv"))} <= table.keys()
    kinds = {kind for row in rows("places/local_bodies.csv") for kind in parts(row["of"])}
    assert kinds <= {place.kind for place in table.values()}
