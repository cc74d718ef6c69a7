"""Who is spoken to: the words for them, and who these stand for."""

import pytest

from pipeline.quotes.component import find_quotes
from tests.pipeline.test_quotes import ANN, BO, parsed


def told(text, **people):
    doc = parsed(text, **people)
    return [
        (text[quote.addressee_start : quote.addressee_end], quote.addressee_id)
        for quote in find_quotes(doc)
        if quote.addressee_start is not None
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He told Fox and Friends that the plan is dead.", "Fox and Friends"),
        ('"The plan is dead," Kim told a crowd of supporters on Friday.', "a crowd of supporters"),
        ("Kim testified before the House panel that the plan was dead.", "the House panel"),
        ('"The plan is dead," Kim wrote in a statement to the Herald.', "the Herald"),
        ("In an interview with the Herald, Kim said the plan was dead.", "the Herald"),
        ("Kim urged the nonprofit to keep the shelter open all winter.", "the nonprofit"),
        ('A man yelled at the officers: "You are late."', "the officers"),
        ("Kim complained to reporters that the room was cold.", "reporters"),
    ],
)
def test_who_is_told_is_found(text, words):
    assert [found for found, _ in told(text, Kim=BO)][:1] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Kim said the plan was dead.",
        '"I tell the truth," Kim said.',
        "According to the Herald, the plan is dead.",
        "Kim referred to the mayor as a friend of the court.",
        'Kim pointed to the law and said, "This is wrong."',
        "Kim said he wants to go to the court.",
    ],
)
def test_who_is_told_is_not_made_up(text):
    assert told(text, Kim=BO) == []


def test_who_is_told_is_named():
    assert told("In a letter to Ann Lee, Kim said the plan was dead.", Lee=ANN, Kim=BO) == [("Ann Lee", ANN)]
    assert told("Ann Lee resigned. Kim told her that the plan was dead.", Lee=ANN, Kim=BO) == [("her", ANN)]
