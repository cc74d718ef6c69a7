"""Other forms of a word: those there are must be among them, and hardly any that are other words."""

import pytest

from store.search.word_forms import candidates

FORMS = {
    "immigrant": "immigrants",
    "immigrants": "immigrant",
    "raid": "raids raided raiding",
    "raided": "raid raids raiding",
    "city": "cities",
    "cities": "city",
    "child": "children",
    "stopped": "stop stops stopping",
    "refuse": "refuses refused refusing",
    "crossing": "cross crosses crossed crossings",
    "taken": "take took",
    "church": "churches",
    "boxes": "box",
    "denied": "deny denies denying",
}


@pytest.mark.parametrize("word", FORMS)
def test_a_word_has_its_forms(word):
    assert set(FORMS[word].split()) <= set(candidates(word))
    assert word not in candidates(word)


@pytest.mark.parametrize(
    ("word", "other"), [("news", "new"), ("business", "busines"), ("during", "dure"), ("united", "unit")]
)
def test_an_ending_that_is_none_makes_no_other_word(word, other):
    assert other not in candidates(word)


@pytest.mark.parametrize("word", ["", "us", "e-verify", "2020"])
def test_what_is_no_word_has_no_forms(word):
    assert candidates(word) == ()
