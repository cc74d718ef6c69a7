"""Products of rows by weights are those of thinc but for rounding, and a row hangs on no other."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from thinc.api import NumpyOps

from pipeline import DEFAULT_MODEL
from pipeline.models.long_runs import RunBreaker
from pipeline.models.row_products import RowProducts, use_row_products

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def plain():
    """The model as spaCy loads it."""
    return spacy.load(DEFAULT_MODEL, exclude=["lemmatizer"])


def drawn(*shape):
    return np.random.default_rng(1).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("rows", [0, 1, 79, 80, 81, 200])
def test_products_are_those_of_thinc_but_for_rounding(rows):
    x, weights = drawn(rows, 96), drawn(50, 96)
    np.testing.assert_allclose(
        RowProducts().gemm(x, weights, trans2=True), NumpyOps().gemm(x, weights, trans2=True), rtol=1e-4, atol=1e-4
    )
    np.testing.assert_allclose(RowProducts().gemm(x, weights.T), x @ weights.T, rtol=1e-4, atol=1e-4)


def test_what_is_asked_for_in_place_is_written_in_place():
    x, weights, out = drawn(90, 96), drawn(50, 96), np.zeros((90, 50), np.float32)
    assert RowProducts().gemm(x, weights, out=out, trans2=True) is out
    assert (out == RowProducts().gemm(x, weights, trans2=True)).all()


def test_what_only_learning_asks_for_is_left_to_thinc():
    x, y = drawn(30, 12), drawn(30, 7)
    np.testing.assert_allclose(RowProducts().gemm(x, y, trans1=True), x.T @ y, rtol=1e-4, atol=1e-4)


def test_a_text_is_parsed_the_same_to_the_last_bit_whatever_is_read_with_it(nlp):
    texts = [
        "Rain fell in Dover.",
        "Mayor Ann Lee said on Monday that the old bridge would close. " * 9,
        "“No,” he said.",
    ]
    together = [doc.tensor for doc in nlp.pipe(texts, batch_size=3)]
    assert all((nlp(text).tensor == tensor).all() for text, tensor in zip(texts, together, strict=True))


def test_the_parse_is_the_one_of_spacy(nlp, plain):
    columns = ["TAG", "POS", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB"]
    text = max((file.read_text("utf-8") for file in SEEDS.glob("*.txt")), key=len)
    plain.tokenizer = RunBreaker(plain.tokenizer)
    plain.add_pipe("line_starts", first=True)
    assert (plain(text).to_array(columns) == nlp(text).to_array(columns)).all()


def even(a, b):
    """A product in which every column is made in the same way."""
    return np.stack([(a * column).sum(axis=1) for column in np.ascontiguousarray(b.T)], axis=1)


def uneven(a, b):
    made = even(a, b)
    made[:, 40:] *= 1 + 1e-6
    return made


def test_only_a_library_whose_rows_hang_on_no_place_is_used(plain, monkeypatch):
    monkeypatch.setattr(np, "dot", uneven)
    assert not use_row_products(plain)
    assert not isinstance(plain.get_pipe("ner").model.ops, RowProducts)
    monkeypatch.setattr(np, "dot", even)
    assert use_row_products(plain)
    assert isinstance(plain.get_pipe("ner").model.ops, RowProducts)
