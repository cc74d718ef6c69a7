"""The network that rates targets: its answer depends on the target and its sentence alone."""

import re
import shutil
from functools import partial

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.vader import tone
from pipeline.portrayals import network
from tests.timing import cpu_seconds

BLANK = spacy.blank("en")
SENTENCES = (
    ("Critics attacked Roe for his shameful lies.", "Roe", -1),
    ("Voters warmly praised Doe for her brave and generous work.", "Doe", 1),
    ("The committee will meet Poe on Tuesday.", "Poe", 0),
    (
        "Zoë Ng, whose façade of calm 😀 hid nothing, spoke at length of the harvest, the roads and the weather.",
        "Ng",
        0,
    ),
)


@pytest.fixture(scope="module")
def model():
    return network.NetworkPortrayal()


def target(sentence: str, name: str):
    start = sentence.index(name)
    return BLANK(sentence), start, start + len(name)


def test_plain_cases_are_rated_as_a_reader_would(model):
    rated = model.probabilities([target(sentence, name) for sentence, name, _ in SENTENCES[:3]])
    assert (rated.argmax(axis=1) - 1).tolist() == [sign for _, _, sign in SENTENCES[:3]]


def test_rows_are_probabilities(model):
    rated = model.probabilities([target(sentence, name) for sentence, name, _ in SENTENCES])
    assert rated.shape == (4, 3)
    assert rated.sum(axis=1) == pytest.approx(1)


def test_the_other_rows_of_a_batch_change_nothing(model):
    targets = [target(sentence, name) for sentence, name, _ in SENTENCES] * 3
    together = model.probabilities(targets)
    alone = np.concatenate([model.probabilities([one]) for one in targets])
    backwards = model.probabilities(targets[::-1])[::-1]
    assert np.array_equal(together, alone)
    assert np.array_equal(together, backwards)


def test_no_targets_give_no_rows(model):
    assert model.probabilities([]).shape == (0, 3)


def test_two_targets_of_a_sentence_are_rated_apart(model):
    sentence = "Roe slammed Doe as a coward."
    doc = BLANK(sentence)
    blaming, blamed = model.probabilities(
        [(doc, sentence.index(name), sentence.index(name) + 3) for name in ("Roe", "Doe")]
    )
    assert blaming.argmax() == 1
    assert blamed.argmax() == 0


def test_a_span_is_read_alone_with_offsets_into_its_document(model):
    before, sentence = "Doe was ill. ", SENTENCES[0][0]
    doc = BLANK(before + sentence)
    span = doc.char_span(len(before), len(doc.text))
    start = len(before) + sentence.index("Roe")
    assert np.array_equal(
        model.probabilities([(span, start, start + 3)]), model.probabilities([target(sentence, "Roe")])
    )


CROWD = "Roe slammed Doe, whom Poe of Ohio had praised as brave; Doe, an Ohio native, called Roe a liar and left."
CROWDED = [(found.start(), found.end()) for found in re.finditer("Roe|Doe|Poe|Ohio", CROWD)]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(CROWDED), min_size=1, max_size=10))
def test_neither_who_else_is_asked_nor_the_order_changes_a_target_of_the_same_passage(asked):
    model, doc = network.portrayal_model(), BLANK(CROWD)
    rated = model.probabilities([(doc, *span) for span in asked])
    for row, span in zip(rated, asked, strict=True):
        assert np.array_equal(row, model.probabilities([(BLANK(CROWD), *span)])[0])


def test_a_passage_is_read_once_though_others_come_between(model, monkeypatch):
    read = []
    monkeypatch.setattr(
        model, "read", lambda pieces: read.append(pieces) or network.NetworkPortrayal.read(model, pieces)
    )
    crowd, other = BLANK(CROWD), BLANK(SENTENCES[0][0])
    model.probabilities([(doc, *span) for span in CROWDED for doc in (crowd, other)])
    assert len(read) == 2


@pytest.mark.parametrize("name", ["Zoë Ng", "façade", "😀", "harvest"])
def test_the_spots_of_a_target_are_exactly_its_pieces(name):
    sentence = SENTENCES[3][0]
    start = sentence.index(name)
    pieces = network.PassagePieces(sentence)
    begin, spots = pieces.spots(start, start + len(name))
    alone = network.word_pieces().encode(name, add_special_tokens=False).ids
    assert [pieces.window(begin)[spot] for spot in spots] == alone


def test_a_target_without_a_piece_stands_for_the_passage(model):
    assert network.PassagePieces("Roe \u200b left.").spots(4, 5) == (0, [0])
    assert model.probabilities([(BLANK("Roe \u200b left."), 4, 5)]).sum() == pytest.approx(1)


LONG = " ".join(f"Roe{number}" if number % 40 == 0 else "word" for number in range(800))


@pytest.mark.parametrize("name", ["Roe0", "Roe40", "Roe400", "Roe760"])
def test_of_a_long_passage_what_is_around_the_target_is_read(name):
    pieces = network.PassagePieces(LONG)
    begin, spots = pieces.spots(LONG.index(name), LONG.index(name) + len(name))
    window = pieces.window(begin)
    assert len(window) == network.READ_AT_MOST + 2
    assert [window[spot] for spot in spots] == network.word_pieces().encode(name, add_special_tokens=False).ids
    # Something before it, and something after, wherever there is.
    assert spots[0] > 30 or begin == 0
    assert spots[-1] < network.READ_AT_MOST - 25 or name == "Roe760"


def test_targets_near_each_other_in_a_long_passage_share_what_is_read(model, monkeypatch):
    read = []
    monkeypatch.setattr(
        model, "read", lambda pieces: read.append(pieces) or network.NetworkPortrayal.read(model, pieces)
    )
    words = [(found.start(), found.end()) for found in re.finditer("word", LONG)]
    doc = BLANK(LONG)
    together = model.probabilities([(doc, *span) for span in words])
    assert len(read) < 30
    alone = model.probabilities([(BLANK(LONG), *words[500])])
    assert np.array_equal(alone[0], together[500])


@pytest.mark.parametrize("name", [network.PASSAGE, network.TARGET])
def test_a_file_that_is_no_network_is_refused_by_name(tmp_path, name):
    for one in (network.PASSAGE, network.TARGET):
        shutil.copy(network.FOLDER / one, tmp_path)
    (tmp_path / name).write_bytes(b"no network")
    with pytest.raises(ValueError, match=rf"{name} could not be read"):
        network.NetworkPortrayal(tmp_path)


def test_the_weights_are_small():
    assert sum((network.FOLDER / name).stat().st_size for name in (network.PASSAGE, network.TARGET)) < 25_000_000


def test_it_costs_no_more_than_a_few_milliseconds_a_sentence(model):
    """A fixed bound would test the machine: VADER, in the same run, is the measure. Measured: some 44 times VADER."""
    targets = [target(sentence, name) for sentence, name, _ in SENTENCES] * 10

    def tones():
        for doc, _, _ in targets * 5:  # a longer time is measured more surely
            tone(doc.text)

    vader, spent = cpu_seconds(tones, partial(model.probabilities, targets))
    assert spent < 100 * vader / 5
