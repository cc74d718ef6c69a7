"""Fragments: where what somebody said is told in one stretch, and where in several."""

import pytest

from tests.pipeline.test_quotes import ANN, read


def stretches(text):
    return [words for words, _, _ in read(text, Lee=ANN)]


def test_marks_of_one_sentence_are_one_fragment_where_nothing_but_its_words_parts_them():
    text = "Ann Lee said fraud is “a big, big problem in this town” but “nobody has the guts to talk about it.”"
    assert stretches(text) == ["fraud is “a big, big problem in this town” but “nobody has the guts to talk about it.”"]


@pytest.mark.parametrize(
    "text",
    [
        "“Fraud is a big problem,” Ann Lee said, “but nobody has the guts to talk about it.”",
        "Ann Lee said fraud is “a big, big problem in this town.” “Nobody has the guts to talk about it,” she said.",
        "Ann Lee said fraud is “a big, big problem in this town.” One more thing is this: “Nobody talks about it.”",
        "Ann Lee said fraud is “a big, big problem in this town,” and then added “nobody has the guts to say so.”",
    ],
)
def test_a_cue_or_a_new_sentence_parts_them(text):
    assert len(stretches(text)) == 2
