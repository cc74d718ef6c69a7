"""Amounts in texts, and which of two contradict each other."""

import pytest

from pipeline.stories.amounts import amounts, other_amounts


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Nearly 60,000 herons nest there.", [(60_000, "heron", "60,000")]),
        ("They ask $30 billion for the dam.", [(3e10, "$", "$30 billion")]),
        ("Of $5.7bn they got $1.4bn.", [(5.7e9, "$", "$5.7bn"), (1.4e9, "$", "$1.4bn")]),
        ("Three ferries sank and 2.1 million litres leaked.", [(3, "ferry", "three"),
                                                               (2.1e6, "litre", "2.1 million")]),
        ("Some 40% stayed.", [(40, "%", "40%")]),
        ("A 68-32 vote of a 13-year-old club in 2016 herons, on May 5 boats sail, Flight 93 crashed.", []),
        ("A 5 million-dollar plan for 12.", []),
        ("Forty-two herons and a dozen gulls.", [(42, "heron", "forty-two"), (12, "gull", "a dozen")]),
        ("At 9:40 pm, at 10 pm and on 19 January days, aged 34 years, 16 years old, since 9/11 attacks.", []),
        ("It rose by 12 percent and 14 per cent.", [(12, "%", "12 percent"), (14, "%", "14 per cent")]),
        ("A peak of 370,000, says a study; in 2016, herons left at the age of 16, counters say.", []),
    ],
)  # fmt: skip
def test_amounts_are_found_with_their_units(text, given):
    assert [(amount.value, amount.unit, amount.written) for amount in amounts(text)] == given


def contradictions(own, theirs, own_rest="", their_rest=""):
    found = other_amounts(
        amounts(own), amounts(theirs), amounts(f"{own} {own_rest}"), amounts(f"{theirs} {their_rest}")
    )
    return [(one.written, other.written) for one, other in found]


def test_two_amounts_of_one_unit_contradict_each_other():
    assert contradictions("It cost $25 billion.", "It cost $30 billion.") == [("$25 billion", "$30 billion")]
    assert contradictions("Two boats sank.", "Three boats sank.") == [("two", "three")]
    assert contradictions("In all 160 boats sank.", "In all 200 boats sank.") == [("160", "200")]
    assert contradictions("More than 44 boats sank.", "In all 36 boats sank.") == [("44", "36")]
    assert contradictions("About 40 boats sank.", "In all 60 boats sank.") == [("40", "60")]


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        ("It has 2 million members.", "It has 2.1 million members."),  # the one in fewer digits
        ("It has 11,254 members.", "It has about 11,000 members."),
        ("It cost $5 billion.", "It cost $30 billion."),  # several times as much: another thing
        ("Of 90 boats 40 boats sank.", "All 70 boats sank."),  # which of two is meant is open
        ("It cost $5.7bn.", "It cost $5.7 billion."),
        ("Nobody counted.", "All 70 boats sank."),
        ("Forty-two boats sank.", "Some 42 boats sank."),
        ("About 40 boats sank.", "In all 42 boats sank."),
        ("More than 40 boats sank.", "In all 46 boats sank."),
        ("Nearly 50 boats sank.", "In all 46 boats sank."),
    ],
)
def test_amounts_that_agree_or_count_other_things_do_not(own, theirs):
    assert contradictions(own, theirs) == []


def test_an_amount_that_the_other_article_gives_elsewhere_does_not_either():
    own, theirs = "It cost $25 billion.", "It cost $30 billion."
    assert contradictions(own, theirs, own_rest="Others say $30 billion.") == []
    assert contradictions(own, theirs, their_rest="At first it was $25 billion.") == []
