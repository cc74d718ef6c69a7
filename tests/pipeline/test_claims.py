"""A claim with its maker beside it is the maker's, whatever the sentence says of it and whoever doubts it."""

import pytest

from tests.pipeline.reading_quotes import read

ANN, BO = "person:ann-lee", "person:bo-kim"


def found(text):
    return [(words, speaker) for words, kind, speaker in read(text, Lee=ANN, Kim=BO) if kind != "term"]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Ann Lee's promise that no house would be pulled down was broken.", "that no house would be pulled down", ANN),
        ("Bo Kim's prediction that the ferry would sink came true.", "that the ferry would sink", BO),
        ("The department's argument that it lacks money does not persuade drivers.", "that it lacks money", ""),
        ("Parents were not convinced by Ann Lee's assurance that the water is clean.", "that the water is clean", ANN),
        ("Bo Kim rejected Ann Lee's claim that the ferry leaks.", "that the ferry leaks", ANN),
        ("The drivers dispute Bo Kim's assertion that the bridge is safe.", "that the bridge is safe", BO),
    ],
)
def test_a_claim_is_its_makers_up_to_the_verb_whose_subject_it_is(text, words, speaker):
    names = {ANN: "Ann Lee", BO: "Bo Kim", "": "The department"}
    assert found(text) == [(words, names[speaker])]


def test_what_another_says_of_a_claim_is_that_others():
    ((words, speaker),) = found("Bo Kim said Ann Lee's claim that the bridge is safe is a lie.")
    assert words.endswith("is a lie")
    assert speaker == "Bo Kim"


def test_a_claim_that_tells_when_something_was_said_makes_no_words_its_own():
    assert found("Bo Kim said after Ann Lee's remarks that the council hoped for a better ferry.") == [
        ("that the council hoped for a better ferry", "Bo Kim")
    ]


def test_a_claim_that_its_maker_repeats_stays_his():
    assert found("Bo Kim repeated his claim that the ferry leaks.") == [("that the ferry leaks", "Bo Kim")]


def test_nobody_makes_the_claim_of_a_day_or_a_thing():
    assert found("The dam's promise that the valley would stay dry was short.") == []
