"""Portrayals: sentiment toward each mention, in the sentence that names it."""

import random
from functools import partial

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.core.annotations import Mention, Passage, register_attributes
from pipeline.portrayals.component import PortrayalComponent
from pipeline.portrayals.network import portrayal_model
from tests.timing import times_longer

register_attributes()

VOCAB = spacy.blank("en").vocab
MODEL = portrayal_model()


def accusing(accuser: str = "Doe", accused: str = "Roe") -> Doc:
    """`Critics attacked Roe but praised Doe.`, and what it is made of."""
    return Doc(
        VOCAB,
        words=["Critics", "attacked", accused, "for", "lies", "but", "warmly", "praised", accuser, "."],
        pos=["NOUN", "VERB", "PROPN", "ADP", "NOUN", "CCONJ", "ADV", "VERB", "PROPN", "PUNCT"],
        tags=["NNS", "VBD", "NNP", "IN", "NNS", "CC", "RB", "VBD", "NNP", "."],
        heads=[1, 1, 1, 1, 3, 1, 7, 1, 7, 1],
        deps=["nsubj", "ROOT", "dobj", "prep", "pobj", "cc", "advmod", "conj", "dobj", "punct"],
        ents=["O", "O", "B-PERSON", "O", "O", "O", "O", "O", "B-PERSON", "O"],
    )


def span_of(doc: Doc, word: str) -> tuple[int, int]:
    token = next(token for token in doc if token.text == word)
    return token.idx, token.idx + len(token)


def annotated(*, voice: str = "narration", label: str = "PERSON") -> Doc:
    doc = accusing()
    doc._.passages = [Passage(0, len(doc.text), 0, 0, voice, 9)]
    doc._.mentions = [Mention(*span_of(doc, name), label, f"person:{name}", "named") for name in ("Roe", "Doe")]
    return doc


def test_two_people_in_one_sentence_are_portrayed_apart():
    blamed, praised = PortrayalComponent()(annotated())._.portrayals
    assert blamed.sentiment == -1
    assert praised.p_positive > blamed.p_positive


@pytest.mark.parametrize("label", ["PERSON", "ORG", "JURISDICTION"])
def test_people_organisations_and_jurisdictions_are_rated(label):
    assert [one.mention for one in PortrayalComponent()(annotated(label=label))._.portrayals] == [0, 1]


@pytest.mark.parametrize("voice", ["quote", "reported"])
def test_what_is_quoted_or_reported_tells_nothing_of_how_the_outlet_speaks(voice):
    """Roe in the words of a critic; Doe in the outlet's own, in the same sentence."""
    doc = annotated()
    whole = PortrayalComponent()(doc)._.portrayals[1]
    cut = doc.text.index("but")
    said = Passage(0, cut, 0, 0, voice, 5, attribution=0)
    doc._.passages = [said, Passage(cut, len(doc.text), 0, 0, "narration", 4)]
    apart = PortrayalComponent()(doc)._.portrayals[1]
    worse = Doc(VOCAB, words=["Cowards", *(token.text for token in doc[1:])], **_parse_of(doc))
    worse._.passages, worse._.mentions = doc._.passages, doc._.mentions
    assert apart != whole
    assert PortrayalComponent()(worse)._.portrayals[1] == apart


def rated_words(*passages: Passage) -> list[str]:
    """The words each of the two mentions is rated in."""
    heard = []

    class Heard:
        def probabilities(self, targets) -> np.ndarray:
            heard.extend(str(span) for span, _, _ in targets)
            return np.full((len(targets), 3), 1 / 3)

    doc = annotated()
    doc._.passages = list(passages)
    PortrayalComponent(Heard())(doc)
    return heard


def test_a_reported_claim_goes_on_in_its_words_in_marks():
    """Critics attacked Roe for [lies]: the words in marks are of the same claim."""
    words = rated_words(
        Passage(0, 24, 0, 0, "reported", 4, attribution=1),
        Passage(25, 29, 0, 0, "quote", 1, attribution=1),
        Passage(30, 53, 0, 0, "narration", 4),
    )
    assert words[0] == "Critics attacked Roe for lies"
    assert "lies" not in words[1]


def test_a_word_set_off_as_a_term_does_not_cut_the_outlets_sentence():
    words = rated_words(
        Passage(0, 24, 0, 0, "narration", 4), Passage(25, 29, 0, 0, "quote", 1), Passage(30, 53, 0, 0, "narration", 4)
    )
    assert len(set(words)) == 1
    assert "lies" in words[0]


def _parse_of(doc: Doc) -> dict[str, list]:
    return {
        "pos": [token.pos_ for token in doc],
        "tags": [token.tag_ for token in doc],
        "heads": [token.head.i for token in doc],
        "deps": [token.dep_ for token in doc],
        "ents": [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    }


def test_administrations_are_not_rated():
    assert PortrayalComponent()(annotated(label="ADMINISTRATION"))._.portrayals == []


@pytest.mark.parametrize(("voice", "rated"), [("headline", 2), ("quote", 2), ("caption", 2), ("furniture", 0)])
def test_every_voice_is_rated_but_furniture(voice, rated):
    assert len(PortrayalComponent()(annotated(voice=voice))._.portrayals) == rated


def test_a_mention_outside_every_sentence_is_left_out():
    doc = annotated()
    doc._.passages = [Passage(0, 8, 0, 0, "narration", 1)]
    assert PortrayalComponent()(doc)._.portrayals == []


def test_a_passage_that_lists_many_names_rates_none_of_them():
    def rated(count: int) -> int:
        doc = Doc(VOCAB, words=["Present", "were", *(f"N{number}," for number in range(count)), "."])
        doc._.passages = [Passage(0, len(doc.text), 0, 0, "narration", count)]
        doc._.mentions = [
            Mention(token.idx, token.idx + len(token) - 1, "PERSON", f"person:{token.i}", "named")
            for token in doc[2:-1]
        ]
        return len(PortrayalComponent(Even())(doc)._.portrayals)

    assert rated(20) == 20
    assert rated(300) == 0


class Even:
    """A model that finds everything equally likely."""

    def probabilities(self, targets):
        return np.full((len(targets), 3), 1 / 3)


def test_another_model_can_take_its_place():
    class Undecided:
        def probabilities(self, targets) -> np.ndarray:
            return np.full((len(targets), 3), 1 / 3)

    assert [one.sentiment for one in PortrayalComponent(Undecided())(annotated())._.portrayals] == [0, 0]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(["Doe", "Roe", "Critics", "lies"]), min_size=1, max_size=12), st.randoms())
def test_neither_order_nor_company_changes_a_rating(names: list[str], chance: random.Random):
    docs = [accusing() for _ in names]
    targets = [(doc, *span_of(doc, name)) for doc, name in zip(docs, names, strict=True)]
    together = MODEL.probabilities(targets)
    order = list(range(len(targets)))
    chance.shuffle(order)
    assert (MODEL.probabilities([targets[place] for place in order]) == together[order]).all()
    for place, target in enumerate(targets):
        assert (MODEL.probabilities([target])[0] == together[place]).all()


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@settings(deadline=None, max_examples=50)
@given(st.lists(WORDS, min_size=1, max_size=30), st.data())
def test_any_tree_over_any_words_gives_probabilities(words: list[str], data: st.DataObject):
    heads = [data.draw(st.integers(0, place)) for place in range(len(words))]  # no cycles
    deps = data.draw(
        st.lists(
            st.sampled_from(["nsubj", "dobj", "neg", "conj", "pobj", "ccomp"]), min_size=len(words), max_size=len(words)
        )
    )
    doc = Doc(VOCAB, words=words, heads=heads, deps=deps, pos=["NOUN"] * len(words))
    start = data.draw(st.integers(0, len(doc.text) - 1))
    end = data.draw(st.integers(start + 1, len(doc.text)))
    (p,) = MODEL.probabilities([(doc, start, end)])
    assert (p > 0).all()
    assert p.sum() == pytest.approx(1)


def test_no_targets_no_rows():
    assert MODEL.probabilities([]).shape == (0, 3)


def test_time_grows_in_step_with_the_length_of_a_sentence():
    component = PortrayalComponent(MODEL)

    def sentence(size: int) -> Doc:
        doc = Doc(
            VOCAB,
            words=["Roe", "attacked"] * size,
            pos=["PROPN", "VERB"] * size,
            heads=[0] * 2 * size,
            deps=["dep"] * 2 * size,
        )
        doc._.passages = [Passage(0, len(doc.text), 0, 0, "narration", 2 * size)]
        doc._.mentions = [
            Mention(token.idx, token.idx + 3, "PERSON", "person:roe", "named") for token in doc if token.text == "Roe"
        ]
        return doc

    short, long = (partial(component, sentence(size)) for size in (100, 800))
    assert times_longer(short, long, most=40) < 40  # in step: 8 times; with the square: 64 times
