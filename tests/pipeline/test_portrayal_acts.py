"""Tone that rests on an act is read again without it: what a target says of others, what others say of it or do to it."""

import numpy as np
import pytest

from pipeline import DEFAULT_MODEL
from pipeline.build.annotator import annotator
from pipeline.build.row_commands import portray_rows
from pipeline.core.annotations import Context
from pipeline.core.parse import load_model
from pipeline.portrayals.acts import rated
from pipeline.portrayals.network import portrayal_model

BLAMED = (0.9, 0.08, 0.02)


class Blaming:
    """A model that finds every target in text it was not given at first neutral, and notes what it reads."""

    def __init__(self) -> None:
        self.heard = []

    def probabilities(self, targets) -> np.ndarray:
        self.heard.append([f"{passage.text[:a]}[{passage.text[a:b]}]{passage.text[b:]}" for passage, a, b in targets])
        p = BLAMED if len(self.heard) == 1 else (0.1, 0.85, 0.05)
        return np.array([p for _ in targets])


def read_again(marked: str) -> tuple[list[str], np.ndarray]:
    """The sentences read in the place of one whose target stands in brackets, and the probabilities it ends with."""
    start, end = marked.index("["), marked.index("]") - 1
    doc = load_model()(marked.replace("[", "").replace("]", ""))
    model = Blaming()
    p = rated(model, [(doc, start, end)])
    return [sentence for heard in model.heard[1:] for sentence in heard], p[0]


@pytest.mark.parametrize(
    ("marked", "without"),
    [
        ("[Linda Grant] condemned the plan in March.", "[Linda Grant] mentioned the plan in March."),
        ("On Monday, the plan was denounced by [Linda Grant].", "On Monday, the plan was said by [Linda Grant]."),
        ("[She] met the mayor and criticized him.", "[She] met the mayor and mentioned him."),
    ],
)
def test_what_somebody_says_of_others_only_tells_that_they_spoke(marked, without):
    sentences, p = read_again(marked)
    assert sentences == [without]
    assert p == pytest.approx((0.1, 0.85, 0.05))


@pytest.mark.parametrize(
    ("marked", "alone"),
    [
        ("Critics attacked [Linda Grant] in March.", "They mentioned [Linda Grant]."),
        ("[Linda Grant] was fired by the mayor.", "They mentioned [Linda Grant]."),
        ("The mayor took shots at [Linda Grant].", "They mentioned [Linda Grant]."),
        ("The mayor fired the corrupt sheriff, [Linda Grant].", "They mentioned [Linda Grant]."),
        (
            "The mayor fired [Linda Grant], who lied about the vote.",
            "They mentioned [Linda Grant], who lied about the vote.",
        ),
    ],
)
def test_what_is_done_to_somebody_counts_less_than_their_own_phrase(marked, alone):
    sentences, p = read_again(marked)
    assert sentences == [alone]
    assert p == pytest.approx(0.6 * np.array(BLAMED) + 0.4 * np.array((0.1, 0.85, 0.05)))


@pytest.mark.parametrize(
    "marked", ["Burglars beat [Linda Grant] in her home.", "[Linda Grant] was robbed by burglars."]
)
def test_a_victim_is_read_as_if_only_named(marked):
    sentences, p = read_again(marked)
    assert sentences == ["They mentioned [Linda Grant]."]
    assert p == pytest.approx((0.1, 0.85, 0.05))


@pytest.mark.parametrize(
    "marked",
    [
        "[Linda Grant] lied about the vote.",
        "[Linda Grant] threatened to close the plant.",
        "[Linda Grant]'s failures are many.",
        "The corrupt [Linda Grant] resigned.",
    ],
)
def test_an_outlets_own_words_are_read_once(marked):
    sentences, p = read_again(marked)
    assert sentences == []
    assert p == pytest.approx(BLAMED)


def test_a_neutral_reading_is_not_taken_again():
    doc = load_model()("Critics attacked Linda Grant.")
    model = Blaming()
    model.heard.append([])
    assert rated(model, [(doc, 17, 28)])[0] == pytest.approx((0.1, 0.85, 0.05))
    assert len(model.heard) == 2


def test_words_of_another_passage_do_not_count():
    """The verb is told in another voice than the target: nothing in its own passage is read again."""
    doc = load_model()("Critics attacked Linda Grant.")
    model = Blaming()
    rated(model, [(doc.char_span(17, 29), 17, 28)])
    assert len(model.heard) == 1


def labels_of(text: str, *names: str) -> list[int]:
    annotate = annotator()
    (doc,) = annotate.parse([text])
    annotate.analyse(doc, Context("Herald", "", None))
    signs = {doc._.mentions[one.mention].start: one.sentiment for one in doc._.portrayals}
    return [signs[text.index(name)] for name in names]


def test_neither_an_accuser_nor_a_victim_is_spoken_of_badly():
    assert labels_of("New bus stops, Paula Stone charged, ruin the old town.", "Paula Stone") == [0]
    assert labels_of("Thieves robbed Ann Moss and fled.", "Ann Moss") == [0]
    assert labels_of("The disgraced Paula Stone lied to the court again.", "Paula Stone") == [-1]


def test_portray_says_what_a_build_stores():
    """Of a sentence whose tone is read again, and is another then."""
    sentence = "Voters threw Senator Paula Stone out of office in disgust."
    text = f"Reporters say little. {sentence}"
    annotate = annotator()
    (doc,) = annotate.parse([text])
    annotate.analyse(doc, Context("Herald", "", None))
    (built,) = doc._.portrayals
    place = {"target_start": sentence.index("Paula"), "target_end": sentence.index(" out")}
    ((_, answer),) = portray_rows([(0, {"id": 1, "sentence": sentence} | place)], DEFAULT_MODEL)
    assert answer["p"] == pytest.approx([built.p_negative, built.p_neutral, built.p_positive], abs=1e-9)
    alone = portrayal_model().probabilities([(load_model()(sentence), *place.values())])[0]
    assert alone[0] > built.p_negative
