"""Passages with all their targets, some under other names: every target still stands where its words are."""

import numpy as np

from pipeline.core.word_pieces import vocabulary
from training.other_names import OtherNames
from training.portrayal.passages import Passage, batches, in_pieces, passages_of, renamed_passages, together

PIECES = {number: piece for piece, number in vocabulary().items()}
TEXT = "Jane Roe of Ohio thanked Tom Poe. Later Roe left."


def rows() -> list[dict[str, object]]:
    spans = [(0, 8), (12, 16), (25, 32), (40, 43)]
    return [{"sentence": TEXT, "target_start": start, "target_end": end} for start, end in spans]


def words_of(passage: Passage) -> list[str]:
    return ["".join(PIECES[passage.pieces[spot]].removeprefix("##") for spot in spots) for _, spots in passage.targets]


def test_rows_of_one_passage_come_together_and_those_of_an_article_by_their_offsets():
    read = [{"sentence": TEXT, "set": "a", "article": "1", "start": start, "end": 9} for start in (0, 5, 0)]
    assert together([*rows(), *read]) == [[0, 1, 2, 3], [4, 6], [5]]


def test_targets_keep_their_numbers_and_stand_on_their_words():
    (passage,) = passages_of(rows(), [[0, 1, 2, 3]])
    assert [number for number, _ in passage.targets] == [0, 1, 2, 3]
    assert words_of(passage) == ["janeroe", "ohio", "tompoe", "roe"]


def test_under_other_names_a_surname_is_the_same_wherever_it_stands():
    lent = [{"target_start": 0, "target_text": name} for name in ("Ann Lee", "Lee")]
    for seed in range(20):
        chance = np.random.default_rng(seed)
        (passage,) = renamed_passages(rows(), [[0, 1, 2, 3]], OtherNames(lent), 1.0, chance)
        first, place, other, alone = words_of(passage)
        assert first.endswith(alone)
        assert place == "ohio"
        assert (first, other) != ("janeroe", "tompoe")


def test_a_long_passage_is_read_in_windows_that_hold_its_targets():
    text = " ".join(["word"] * 500)
    passages = list(in_pieces(text, [(0, 0, 4), (1, 2000, 2004), (2, 5, 9)]))
    assert [[number for number, _ in passage.targets] for passage in passages] == [[0, 2], [1]]


def test_batches_hold_every_passage_once():
    (passage,) = passages_of(rows(), [[0, 1, 2, 3]])
    drawn = batches([passage] * 95, 10, np.random.default_rng(1))
    assert sorted(number for batch in drawn for number in batch) == list(range(95))
    assert max(map(len, drawn)) == 10
