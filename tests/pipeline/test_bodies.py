"""Speakers without a name of their own: papers, bodies spoken of again, spokespersons."""

import pytest

from pipeline.build.annotator import annotator
from pipeline.core.annotations import Context
from pipeline.quotes.issuing_bodies import words


def speakers(text):
    annotate = annotator()
    (doc,) = annotate.parse([text])
    return [q.speaker for q in annotate.analyse(doc, Context("", "", None))._.quotes if q.kind != "term"]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ('"The road is closed," according to a Department of Labor statement.', "Department of Labor"),
        ('"The road is closed," said a statement from the Department of Labor.', "Department of Labor"),
        ("A report issued by the Department of Labor found that the road is unsafe.", "Department of Labor"),
        ("A Pew Research Center study found that most roads are unsafe.", "Pew Research Center"),
    ],
)
def test_a_paper_speaks_for_whoever_issued_it(text, issuer):
    assert speakers(text) == [issuer]


def test_a_paper_spoken_of_again_is_of_whoever_issued_it():
    text = "A report by the Department of Labor found that most roads are unsafe. The report also said that rents rose."
    assert speakers(text) == ["Department of Labor"] * 2


def test_the_person_speaks_and_not_the_body_and_place_of_the_title():
    text = '"The road is closed," said NAACP of Springfield staff attorney Ann Lowell.'
    assert speakers(text) == ["Ann Lowell"]


def test_a_paper_is_not_by_those_who_obtained_it():
    text = "A report obtained by the Department of Labor found that the road is unsafe."
    assert speakers(text) == ["A report obtained by the Department of Labor"]


@pytest.mark.parametrize(
    ("named", "again", "name"),
    [
        ("The Department of Labor closed the road.", "the department", "Department of Labor"),
        ("The Supreme Court heard the case of the road.", "the court", "Supreme Court"),
        ("The New York Times wrote of the road.", "the newspaper", "New York Times"),
        ("Officers of the Border Patrol closed the road.", "the agency", "Border Patrol"),
    ],
)
def test_a_noun_with_the_speaks_for_the_last_body_it_may_stand_for(named, again, name):
    assert speakers(f'{named} "It will reopen in May," {again} said.')[-1] == name


@pytest.mark.parametrize(
    ("told", "again", "name"),
    [
        ("Ohio will rebuild the road.", "the state", "Ohio"),
        ("Yolo County closed the road. Two vans were hit.", "the county", "Yolo County"),
        ("Peru will rebuild the road, and Chile will not. Peru has the money.", "the country", "Peru"),
        ("The council of Springfield, Ohio, closed the road.", "the city", "Springfield"),
        ("Brandt Paving Corp. closed the road.", "the firm", "Brandt Paving Corp"),
        ("Ohio will rebuild the road.", "it", "Ohio"),
    ],
)
def test_a_noun_for_a_place_or_firm_speaks_for_the_one_it_may_stand_for(told, again, name):
    assert speakers(f'{told} "It will reopen in May," {again} said.')[-1] == name


def test_one_of_two_places_told_of_together_is_neither():
    assert speakers('Peru and Chile met on Monday. "It will reopen in May," the country said.') == ["the country"]


def test_a_body_named_in_a_judges_title_is_not_spoken_of():
    text = (
        "The Supreme Court stopped an order by Ninth Circuit Court of Appeals Judge Ann Lee. "
        '"The road is closed," the court said.'
    )
    assert speakers(text)[-1] == "Supreme Court"


def test_a_noun_with_a_new_article_is_another_body():
    assert (
        speakers('The Department of Labor was shut. "It will reopen in May," a department said.')[-1] == "a department"
    )


def test_the_official_is_the_one_brought_in_before():
    text = 'A senior road official spoke on Monday. "It will reopen in May," the official said.'
    assert speakers(text)[-1] == "A senior road official"


def test_a_spokesperson_speaks_for_the_body_told_of_right_before():
    text = 'The Department of Labor closed the road. "It will reopen in May," a spokesman said.'
    assert speakers(text)[-1] == "a Department of Labor spokesman"


def test_a_spokesperson_does_not_speak_for_a_body_in_what_another_says():
    text = (
        "The Department of Labor said the mayor wants Congress to pay for the road. "
        '"It will reopen in May," a spokesman said.'
    )
    assert speakers(text)[-1] == "a Department of Labor spokesman"


def test_a_spokesperson_of_whom_nothing_is_told_stays_one():
    assert speakers('"It will reopen in May," a spokesman said.') == ["a spokesman"]


def test_papers_and_bodies_are_told_apart():
    assert not words().papers & set(words().kinds)


def test_it_goes_back_to_a_body_that_no_list_knows():
    text = '"We are sorry," the Quay of Elmsford said in a statement. "Ships will sail on Friday," it added.'
    assert speakers(text) == ["the Quay of Elmsford"] * 2


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lowell circulated a letter on Monday. “The ferry must be saved,” the letter says.", "Ann Lowell"),
        ("Ann Lowell received a letter on Monday. “The ferry must be saved,” the letter says.", "the letter"),
        ("Mayor Ann Lowell's response to the speech hinted at how the vote might go.", "Ann Lowell"),
        (
            "“Did you work on that?” That sharp reply from Ann Lowell — one of many — put the captain in his place.",
            "Ann Lowell",
        ),
    ],
)
def test_a_letter_and_a_reply_are_of_whoever_they_are_from(text, speaker):
    assert speakers(text) == [speaker]


def test_words_in_marks_are_of_whoever_signs_them_in_a_line_below():
    text = (
        "It is worth noting that “the ferry has never been late, and that the harbor has never been fuller.”\n\n"
        "Ann Lowell, New York Times\n\nSome argue that “the ferry is a waste of the money of the town.”"
    )
    assert speakers(text) == ["Ann Lowell", "Some"]


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        ("She wrote of a man, Wolf Lowell, who fled the island in May.", "Ann Lowell"),
        ("Wolf Lowell fled the island in May.", "Wolf Lowell"),
    ],
)
def test_a_surname_of_several_is_of_the_one_named_first_unless_another_is_told_of_since(between, speaker):
    text = f"“The ferry is old,” Ann Lowell wrote of the boat. {between} “It was cold,” Lowell said."
    assert speakers(text) == ["Ann Lowell", speaker]
