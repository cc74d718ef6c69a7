"""The words of a sentence that tell a fact by themselves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.parse import load_model
from pipeline.stories.extracts import LONGEST, Extract, extract, within_marks
from pipeline.stories.story_facts import term_of

FERRY = {"ferry": 2.0, "pier": 2.0, "close": 1.0}


def words_of(text: str, weights=FERRY):
    doc = load_model()(text)
    found = extract(doc[:], weights, sum(weights.values()), term_of)
    return found and text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The board will close three ferry piers.", "The board will close three ferry piers"),
        ("Officials said the board will close three ferry piers.", "the board will close three ferry piers"),
        (
            "The board will close three ferry piers, although fishermen who depend on them have protested for weeks.",
            "The board will close three ferry piers",
        ),
    ],
)
def test_the_clause_that_tells_it_is_kept_and_what_surrounds_it_is_not(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Reports that the board will close three ferry piers are premature.",
        "It is unlikely that the board will close three ferry piers.",
        "Nobody said that the board will close three ferry piers.",
        "The mayor denied that the board will close three ferry piers.",
        "Fishermen will march if the board will close three ferry piers.",
    ],
)
def test_a_clause_that_its_sentence_takes_back_or_leaves_open_does_not_stand_alone(text):
    words = words_of(text)
    assert words is None or not words.startswith("the board")


def test_what_somebody_says_is_told_by_the_words_in_marks():
    text, weights = (
        "“It wears down all planks,” Ann Lee told the Harwick Times.",
        {"lee": 2.0, "harwick": 2.0, "wear": 1.0},
    )
    assert "Ann Lee told" in words_of(text, weights)
    assert "wears down all planks" in words_of(text, within_marks(weights, "It wears down all planks,"))
    assert within_marks(weights, "Nothing") == weights


def test_an_extract_has_nothing_that_its_passage_has_not():
    found = Extract(10, 40, 0.5)
    assert found.within(20, 90) == Extract(20, 40, 0.5)
    assert found.within(0, 30) == Extract(10, 30, 0.5)
    assert found.within(0, 90) == found


def test_no_quotation_is_left_open():
    said = words_of("The board said it “will close three ferry piers” in March.")
    assert said is None or said.count("“") == said.count("”")


def test_where_no_clause_tells_it_there_are_no_words():
    assert words_of("A quiet night in the little harbour town.", {"comet": 1.0}) is None


def test_what_the_sentence_lacks_makes_it_less_clear():
    doc = load_model()("The board will close three ferry piers.")
    whole, half = (extract(doc[:], FERRY, total, term_of) for total in (5.0, 10.0))
    assert whole is not None
    assert half is not None
    assert whole.clarity > half.clarity


@given(
    st.lists(
        st.sampled_from(["the", "board", "will", "close", "ferry", "piers", ",", "and", "who", "“", "”", "(", "said"]),
        max_size=25,
    )
)
@settings(max_examples=30, deadline=None)
def test_any_words_give_an_extract_inside_or_none(words):
    doc = load_model()(" ".join(words))
    found = extract(doc[:], FERRY, 5.0, term_of)
    if found:
        assert 0 <= found.start < found.end <= len(doc.text)
        assert len(doc.text[found.start : found.end].split()) <= LONGEST + 6  # marks stand apart here
        assert found.clarity <= 1
