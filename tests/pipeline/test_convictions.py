"""What somebody named is sure, or afraid, of is theirs; and whose claims "their" claims are."""

import pytest

from tests.pipeline.test_bounds import contents


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "Opponents are concerned that the bridge is a gift to the mill.",
            "that the bridge is a gift to the mill",
            "Opponents",
        ),
        ("The mayor is confident that it will stand until May.", "that it will stand until May", "The mayor"),
        ("Captains remain hopeful they will sail before winter.", "they will sail before winter", "Captains"),
        ("The captain was adamant on Monday that it had sunk.", "that it had sunk", "The captain"),
        (
            "The mayor is convinced that the ferry was stolen by the mill.",
            "that the ferry was stolen by the mill",
            "The mayor",
        ),
        (
            "The islanders are hopeful that it will return, and are sure that it is safe.",
            "that it is safe",
            "The islanders",
        ),
    ],
)
def test_what_somebody_is_sure_of_is_told_as_theirs(text, words, speaker):
    assert (words, speaker) in contents(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is certain that the ferry will sail.",
        "If the mayor is confident that the bridge will stand, nobody else is.",
        "The mayor may be sure that the bridge will stand.",
        "I am sure that the ferry will sail.",
        "The mayor is sure of a warm welcome on the island.",
        "The bridge is sure to stand until May.",
    ],
)
def test_what_is_sure_to_nobody_is_not(text):
    assert [words for words, _ in contents(text) if "sail" in words or "stand" in words] == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Islanders escalated their argument that the ferry needs an update.", "Islanders"),
        ("Hardliners are likely to intensify their calls that the mayor resign.", "Hardliners"),
    ],
)
def test_their_claim_is_of_those_who_do_something_with_it(text, speaker):
    assert [said for _, said in contents(text)] == [speaker]
