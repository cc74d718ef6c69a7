"""Renaming a target changes its name everywhere in the sentence, and nothing else."""

import numpy as np
import pytest

from training.other_names import OtherNames, name_in, renamed


def row(sentence: str, target: str) -> dict[str, object]:
    start = sentence.index(target)
    return {"sentence": sentence, "target_text": target, "target_start": start, "target_end": start + len(target)}


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("Roe", ("Roe",)),
        ("Mr. Roe", ("Roe",)),
        ("President Jane Roe", ("Jane", "Roe")),
        ("Roe's", ("Roe",)),
        ("the Roe administration", ("Roe",)),
        ("McAdoo", ("McAdoo",)),
    ],
)
def test_the_name_is_found_without_titles_and_possessives(target, name):
    found = name_in(row(f"Yesterday {target} spoke.", target))
    assert found is not None
    start, end, words = found
    assert words == name
    assert f"Yesterday {target} spoke."[start:end] == " ".join(name)


@pytest.mark.parametrize("target", ["she", "He", "the mayor", "Congress", "ICE", "Texas", "Russian", "The Senate"])
def test_what_is_no_name_is_left(target):
    assert name_in(row(f"Then {target} acted.", target)) is None


def test_the_surname_changes_elsewhere_too_and_the_target_stays_marked():
    before = row("Roe’s aides said Sen. Jane Roe would go; Roel stayed.", "Sen. Jane Roe")
    after = renamed(before, *name_in(before), ("Ann", "Poe"))
    assert after["sentence"] == "Poe’s aides said Sen. Ann Poe would go; Roel stayed."
    assert after["sentence"][after["target_start"] : after["target_end"]] == "Sen. Ann Poe"


def test_other_names_are_the_same_for_the_same_chance():
    names = OtherNames([row("Critics met Roe.", "Roe"), row("Critics met Jane Poe.", "Jane Poe")])
    once, twice = (
        [names.draw(full=full, chance=chance) for full in (True, False) * 10]
        for chance in (np.random.default_rng(3), np.random.default_rng(3))
    )
    assert once == twice
    assert len(set(once)) > 10
    assert [len(name) for name in once] == [2, 1] * 10
