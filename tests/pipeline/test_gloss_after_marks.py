"""What follows marks and is the outlet's own, and who says what in places where several might."""

import pytest

from tests.pipeline.reading_quotes import read

ANN, BO = "person:ann-lee", "person:bo-kim"


def found(text):
    return [(words, speaker) for words, kind, speaker in read(text, Lee=ANN, Kim=BO) if kind != "term"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "When Ann Lee said of the crews that “many of these people have helped our harbor,” she added. “So true.”",
            "that “many of these people have helped our harbor,”",
        ),
        (
            "Ann Lee told the council that the old dock was “a death trap for children,” warning it could collapse in a storm.",
            "that the old dock was “a death trap for children,”",
        ),
        ("Ann Lee called her work “admirable,” like a judge granting pardon.", "her work “admirable,”"),
    ],
)
def test_words_in_marks_end_before_what_the_outlet_adds(text, words):
    assert found(text)[0] == (words, "Ann Lee")


def test_who_says_something_along_with_what_others_do_is_named_after_with():
    said = found("The council voted against the plan, with Ann Lee saying that it was “a gift to the builders.”")
    assert said == [("that it was “a gift to the builders.”", "Ann Lee")]


def test_a_claim_made_by_somebody_is_theirs_also_where_the_outlet_takes_it_for_wrong():
    ((words, speaker),) = found("The claim made by Ann Lee that the storm was “an act of nobody” did not convince us.")
    assert (words, speaker) == ("that the storm was “an act of nobody”", "Ann Lee")


def test_the_name_after_what_is_told_of_it_speaks():
    ((_, speaker),) = found(
        "An outspoken conservative, Lee repeatedly told reporters he wants the pier to “find a way.”"
    )
    assert speaker == "Ann Lee"


@pytest.mark.parametrize(
    "text",
    [
        "Known as “a party game for horrible people,” the card firm is asking for $15.",
        "Drone footage shows a US “tent city” immigration centre.",
    ],
)
def test_what_a_thing_is_known_as_and_what_is_only_shown_are_terms(text):
    assert [kind for _, kind, _ in read(text, Lee=ANN, Kim=BO)] == ["term"]


def test_a_mark_forgotten_before_who_speaks_is_put_back():
    text = (
        '"I rise today to speak against the pier, Ann Lee declared at about noon. "I will speak until I can no longer."'
    )
    assert [speaker for _, speaker in found(text)] == ["Ann Lee", "Ann Lee"]


def test_the_name_of_a_case_is_nobodys_words():
    assert not {"mixed", "direct"} & {
        kind for _, kind, _ in read("The lawyers cited “Roe v. Harbor Board,” which bars fees.")
    }
