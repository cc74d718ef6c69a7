"""Names that are words too, and words that only look like names."""

import pytest

from tests.pipeline.naming import annotate


def named(nlp, text, label):
    return {entity.name for entity in annotate(nlp, text)._.entities.values() if entity.label == label}


def people(nlp, text):
    return named(nlp, text, "PERSON")


def bodies(nlp, text):
    return named(nlp, text, "ORG")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Denise Flowers of Ohio alleges that the clerk lied. Flowers wept.", {"Denise Flowers"}),
        ("The rocket maker led by Ivar Rope is preparing a launch. Rope said it would fly.", {"Ivar Rope"}),
        ("The French politician Jean-Luc Le Mop, a mayor, won. The kind Le Mop represents wins.", {"Jean-Luc Le Mop"}),
        ("Backlash in France produced Marine Le Mop's candidacy for mayor.", {"Marine Le Mop"}),
        ("A caption stood there: Kathy Bryan Kathy Bryan took the picture.", {"Kathy Bryan"}),
        ("It would spread, said Orvana Dubrel, an associate professor of law. Dubrel left.", {"Orvana Dubrel"}),
    ],
)
def test_a_surname_that_is_a_word_is_one_where_the_sentence_says_so(nlp, text, names):
    assert people(nlp, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Get ready to hear of a case known as Garza v. Hargan. It began in Texas.",
        "The village lies downstream of Muskrat Falls, a dam on the river. The firm completed Muskrat Falls last year.",
        "Goodbye, Senator K Street, she said. K Street wins.",
        "Other media organizations, including Gannett Co., the parent of the Courier, said so.",
        "The army rounded up the Yazidis. Many Yazidis left. Nobody helped the Yazidis.",
    ],
)
def test_cases_landforms_streets_and_peoples_are_nobody(nlp, text):
    assert not people(nlp, text)


def test_the_first_word_of_a_bodys_name_is_the_body_where_nobody_bears_it(nlp):
    text = "The Quellenberg Group met in Turin. Later Quellenberg met again, a regular Quellenberg attendee said."
    doc = annotate(nlp, text)
    assert [text[m.start : m.end] for m in doc._.mentions if m.label == "ORG"] == [
        "Quellenberg Group",
        *["Quellenberg"] * 2,
    ]
    assert len({m.entity_id for m in doc._.mentions if m.label == "ORG"}) == 1
    text = "Jeff Quellenberg gave to the Quellenberg Earth Fund. Later Quellenberg met us, and Quellenberg spoke."
    assert bodies(nlp, text) == {"Quellenberg Earth Fund"}
    assert sum(m.label == "PERSON" for m in annotate(nlp, text)._.mentions) == 3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Will Pickering will row to France. Will Bryan row?", {"Will Pickering", "Bryan"}),
        ("The architect, Nurul binti Osman, stood there.", {"Nurul binti Osman"}),
        ("The trawler Mary Louisa sank. The ferry Prince Albert came. Skipper Colm Devane left.", {"Colm Devane"}),
        ("Agnes Porter founded Porter Holdings in a garage. Porter still answers.", {"Agnes Porter"}),
    ],
)
def test_somebody_is_told_from_a_question_a_ship_and_a_firm(nlp, text, names):
    assert people(nlp, text) >= names - {"Bryan"}
    assert people(nlp, text) <= names


def test_several_things_are_nobody_whose_surname_the_word_is(nlp):
    doc = annotate(nlp, "Nora Banks sold shoes. Banks across the county have closed branches. Banks said so.")
    assert [m.start for m in doc._.mentions if m.label == "PERSON"] == [0, 69]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Another charity, Warm Hands, gave soup.", {"Warm Hands"}),
        ("Two nurses at St. Brendan's Hospital were suspended.", {"St. Brendan's Hospital"}),
        ("Fires burned for weeks in the Amazon, and rain fell. The Amazon depot closed.", {"Amazon"}),
    ],
)
def test_bodies_are_told_by_what_stands_beside_their_names(nlp, text, names):
    assert bodies(nlp, text) == names


def test_a_firm_is_no_river(nlp):
    assert not bodies(nlp, "Fires burned for weeks in the Amazon, and scientists counted them.")


def test_democrats_abroad_are_a_party_of_their_own(nlp):
    text = "The Social Democrats lost nine seats in Denmark. Democrats in Ohio cheered."
    assert bodies(nlp, text) == {"Social Democrats", "Democratic Party"}
