"""Organisations whose names do not say what they are, and words that look like them."""

import pytest

from tests.pipeline.naming import annotate, found


def organisations(nlp, text):
    return [said for said, _ in found(annotate(nlp, text), "ORG")]


def named(nlp, text):
    return {key for _, key in found(annotate(nlp, text), "ORG")}


@pytest.mark.parametrize(
    "text",
    [
        "Quellbrook, a software company, cut 200 jobs. Quellbrook said it was sorry.",
        "The chief executive of Quellbrook left. Shares of Quellbrook fell on Monday.",
        "A spokesman for Quellbrook declined to comment on Tuesday.",
        "Employees of Quellbrook met on Monday. Quellbrook makes pumps.",
    ],
)
def test_one_word_is_an_organisation_where_the_article_bears_it_out(nlp, text):
    assert "Quellbrook" in organisations(nlp, text)


def test_a_programme_is_no_organisation(nlp):
    assert organisations(nlp, "Obamacare said little of it. Enrollment in Medicare rose, and NAFTA ended.") == []


def test_firms_and_teams_called_by_a_place_are_not_the_place(nlp):
    doc = annotate(nlp, "Chicago Controls fell in New York trading. The Utah Jazz lost to the Boston Celtics.")
    assert [said for said, _ in found(doc, "JURISDICTION")] == ["New York"]
    assert {"Utah Jazz", "Boston Celtics"} <= {said for said, _ in found(doc, "ORG")}


def test_a_region_or_street_called_by_a_place_is_no_organisation(nlp):
    text = "Snow fell on the Texas Panhandle and on Ohio Avenue in Denver."
    assert organisations(nlp, text) == []
    assert "Ohio" not in [said for said, _ in found(annotate(nlp, text), "JURISDICTION")]


def test_initials_of_a_body_named_in_full_mean_it_without_brackets(nlp):
    text = "The Boston Police Department bought a horse. BPD spokesman Tom Gray said BPD riders like it."
    assert len(named(nlp, text)) == 1


def test_a_name_is_told_by_the_initials_behind_it(nlp):
    text = "Lee works at Alpine and Polar Studies (APS). Her team at APS built a model."
    assert named(nlp, text) == {"alpine-and-polar-studies"}


def test_a_programme_with_initials_behind_it_is_none(nlp):
    text = "They asked for Special Protected Status (SPS). Holders of SPS may work."
    assert not any("special" in key for key in named(nlp, text))


def test_the_court_is_the_one_named_before(nlp):
    text = "The Supreme Court heard the case in May. Lawyers told the Court that the law was old."
    assert [key for _, key in found(annotate(nlp, text), "ORG")] == ["supreme-court", "supreme-court"]


def test_the_court_of_some_other_name_is_not(nlp):
    text = "The Supreme Court heard it. The Court of Arbitration for Sport did not."
    assert ("Court", "supreme-court") not in found(annotate(nlp, text), "ORG")


def test_a_chamber_is_not_meant_by_the_number_of_a_bill(nlp):
    assert organisations(nlp, "Senate Bill 12 was signed on Friday.") == []
    assert organisations(nlp, "House Bill 12 and Senate Bill 5 died.") == []
    assert organisations(nlp, "The Senate passed it on Friday.") == ["Senate"]


@pytest.mark.parametrize("said", ["Nato", "NATO"])
def test_initials_set_like_a_word_are_the_same_body(nlp, said):
    assert found(annotate(nlp, f"Troops from {said} left the port."), "ORG") == [(said, "nato")]


def test_governments_are_called_by_where_they_sit_and_parties_abroad_by_one_word(nlp):
    text = "The Kremlin said no. Downing Street denied it. Labour said it would vote on it."
    assert named(nlp, text) == {"kremlin", "downing-street", "labour-party"}


def test_labour_that_nobody_votes_for_is_no_party(nlp):
    assert organisations(nlp, "Hard labour built the road, and the labour was cheap.") == []


def test_a_firm_called_like_a_word_needs_the_parser(nlp):
    assert organisations(nlp, "We hit the target on a visa run through the gap.") == []


def test_who_bears_the_name_of_an_outlet_is_a_person(nlp):
    doc = annotate(nlp, "Michael Bloomberg spoke in Ohio. Bloomberg said he was glad.")
    assert found(doc, "ORG") == []
    assert [said for said, _ in found(doc, "PERSON")] == ["Michael Bloomberg", "Bloomberg"]
    assert organisations(nlp, "The jobs data was weak, Bloomberg reported.") == ["Bloomberg"]


def test_a_part_of_a_name_of_a_person_is_no_organisation(nlp):
    text = "The governor told Catherine Leahy Scott to look into it. Leahy will report on Friday."
    assert "Leahy" not in organisations(nlp, text)


def test_what_a_start_up_is_called_is_its_name(nlp):
    text = "The firm bought vans from a Michigan-based electric vehicle startup, Vellian."
    assert organisations(nlp, text) == ["Vellian"]


def test_an_arabic_name_of_an_armed_group_is_nobody(nlp):
    doc = annotate(nlp, "Fighters of Ansar al-Hadid took the town.")
    assert found(doc, "PERSON") == []
    assert [said for said, _ in found(doc, "ORG")] == ["Ansar al-Hadid"]
