"""The network that rates targets: its answer depends on the target and its sentence alone."""

from functools import partial

import numpy as np
import pytest
import spacy

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


@pytest.mark.parametrize("name", ["Zoë Ng", "façade", "😀", "harvest"])
def test_exactly_the_pieces_of_the_target_are_marked(name):
    sentence = SENTENCES[3][0]
    start = sentence.index(name)
    ids, marks = network.MarkedSentence(sentence).pieces(start, start + len(name))
    alone = network.word_pieces().encode(name, add_special_tokens=False).ids
    assert [piece for piece, mark in zip(ids, marks, strict=True) if mark] == alone


def test_a_target_without_a_piece_stands_for_the_sentence():
    ids, marks = network.MarkedSentence("Roe \u200b left.").pieces(4, 5)
    assert marks == [1] + [0] * (len(ids) - 1)


@pytest.mark.parametrize("place", [0, 400, 799])
def test_of_a_long_sentence_what_is_around_the_target_is_read(place):
    words = ["word"] * 800
    words[place] = "Roe"
    sentence = " ".join(words)
    ids, marks = network.MarkedSentence(sentence).pieces(sentence.index("Roe"), sentence.index("Roe") + 3)
    assert len(ids) == len(marks) == network.READ_AT_MOST + 2
    assert [piece for piece, mark in zip(ids, marks, strict=True) if mark] == [network.word_pieces().token_to_id("roe")]


def test_a_file_that_is_no_network_is_refused_by_name(tmp_path):
    (tmp_path / "broken.onnx").write_bytes(b"no network")
    with pytest.raises(ValueError, match=r"broken\.onnx could not be read"):
        network.NetworkPortrayal(tmp_path / "broken.onnx")


def test_the_weights_are_small():
    assert network.NETWORK.stat().st_size < 25_000_000


def test_it_costs_no_more_than_a_few_milliseconds_a_sentence(model):
    """A fixed bound would test the machine: VADER, in the same run, is the measure. Measured: some 46 times VADER."""
    targets = [target(sentence, name) for sentence, name, _ in SENTENCES] * 10

    def tones():
        for doc, _, _ in targets * 5:  # a longer time is measured more surely
            tone(doc.text)

    vader, spent = cpu_seconds(tones, partial(model.probabilities, targets))
    assert spent < 100 * vader / 5
