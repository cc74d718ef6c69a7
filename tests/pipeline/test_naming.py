"""Whose name a quote comes under, where the words for the speaker are no name of one person."""

from datetime import date

import pytest

from pipeline.build.annotator import ANALYSES
from tests.pipeline.naming import annotate

NEEDED = ANALYSES[1 : ANALYSES.index("quotes") + 1]


def names(nlp, text):
    doc = annotate(nlp, text, *NEEDED, day=date(2019, 5, 1))
    return [quote.speaker for quote in doc._.quotes]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Advisers to Mr. Lee said that they believe he will win.", "Advisers to Mr. Lee"),
        ("Many shop owners object. They say the fees are too high.", "Many shop owners"),
        ("The Sierra Club went to court. It said the fees are too high.", "Sierra Club"),
        ("Some left early, others said they would stay.", "others"),
        ("Their lawyers were late. They say the fees are too high.", ""),
        ("Prices went up in May. They say the fees are too high.", ""),
    ],
)
def test_several_and_a_body_are_found_by_their_pronoun(nlp, text, name):
    assert names(nlp, text)[-1] == name


def test_they_who_are_each_named_all_speak(nlp):
    text = "Ann Lee and Bo Kim left early. They say the fees are too high."
    quote = annotate(nlp, text, *NEEDED, day=date(2019, 5, 1))._.quotes[-1]
    assert quote.speakers == (("person:ann-lee", "Ann Lee"), ("person:bo-kim", "Bo Kim"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Republicans said the fees are too high.", "Republican Party"),
        ("Many Republicans from border towns said the fees are too high.", "Many Republicans from border towns"),
        ("Democrats and shop owners said the fees are too high.", "Democrats and shop owners"),
    ],
)
def test_some_members_of_a_party_are_not_the_party(nlp, text, name):
    assert names(nlp, text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The head of the House Judiciary Committee, Democratic Representative Ann Lee, said it is late.", "Ann Lee"),
        ("A group of shop owners called United We Dream said the fees are too high.", "United We Dream"),
        ("Vashti Okonjo, a lawyer from Lagos, said the fees are too high.", "Vashti Okonjo"),
        ("The judge sided with legal groups who argued that the fees are too high.", "legal groups"),
        ("A spokesman for Ann Lee said the fees are too high.", "A spokesman for Ann Lee"),
    ],
)
def test_a_phrase_that_names_who_is_meant_comes_under_that_name(nlp, text, name):
    assert names(nlp, text)[-1] == name
