"""Shares corrected from a sample of sentences, on sentences made up for it."""

from types import SimpleNamespace

import numpy as np
import pytest

from evaluation.corrected_shares import KINDS, Units, kind_of, score, sentences, shares, units

TEXT = "“We will build it,” said Ann Lee. It rained.\n“They came,” he said."


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ann Lee", "name"),
        ("he", "pronoun"),
        ("the mayor", "nominal"),
        ("Mayor Lee", "name"),
        ("", ""),
        ("Lee", "name"),
    ],
)
def test_a_speaker_is_named_by_his_words(words, kind):
    assert kind_of(words) == kind


def test_sentences_hold_all_the_text():
    spans = sentences(TEXT)
    assert [TEXT[start:end].strip() for start, end in spans] == [
        "“We will build it,” said Ann Lee.", "It rained.", "“They came,” he said.",
    ]  # fmt: skip


def test_direct_words_are_counted_by_sentence_and_kind():
    def said(words, speaker):
        start, at = TEXT.index(words), TEXT.index(speaker)
        return start, start + len(words), at, at + len(speaker)

    first, second = said("We will build it,", "Ann Lee"), said("They came,", "he said")
    row = {
        "text": TEXT,
        "outlet": "The Daily",
        "quotes": [{"kind": "direct", "direct_segments": [[one[0], one[1]]], "speaker_start": one[2],
                    "speaker_end": one[3] - (5 if one is second else 0)} for one in (first, second)],
    }  # fmt: skip
    quote = SimpleNamespace(kind="direct", quoted=((first[0], first[1]),), speaker_start=None, speaker_end=None)
    held = units([row], [[quote]])
    assert held.people.tolist() == [[4, 0, 0, 4], [0, 0, 0, 0], [0, 0, 2, 2]]
    assert held.machine.tolist() == [[0, 0, 0, 4], [0, 0, 0, 0], [0, 0, 0, 0]]


def made_up(wrong):
    chance = np.random.default_rng(1)
    people = np.zeros((1200, 4))
    people[np.arange(1200), chance.integers(0, 3, 1200)] = chance.integers(0, 12, 1200)
    people[:, 3] = people[:, :3].sum(axis=1)
    machine = people.copy()
    swapped = chance.random(1200) < np.where(np.arange(1200) < 600, wrong, 0)
    machine[swapped] = machine[swapped][:, [1, 2, 0, 3]]
    return Units(np.repeat(["A", "B"], 600), machine, people)


def test_a_machine_that_is_wrong_in_one_outlet_is_put_right():
    told = score(made_up(0.4), samples=40)
    assert told["corrected_held"] >= 90
    fine = score(made_up(0.0), samples=5)
    assert fine["raw_off"] == fine["corrected_off"] == 0


def test_every_figure_is_told_for_every_outlet_and_for_all():
    told = shares(made_up(0.2), 3)
    assert {(one.outlet, one.kind) for one in told} == {
        (outlet, kind) for outlet in ("A", "B", "every outlet") for kind in KINDS
    }
    assert all(one.corrected.low <= one.corrected.value <= one.corrected.high for one in told)
