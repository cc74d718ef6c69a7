"""Products of matrices by numpy's own library, in which a row never hangs on the rows beside it.

thinc, which spaCy computes with, brings kernels for the processors that it knows, and falls back on plain loops on
those it does not: on such a machine products are a third of a parse. numpy's library knows more processors, but what it
makes of a row differs in the last bit with the number of rows and the place among them, and a parse could come to
hang on which articles are read together. So rows are multiplied in blocks of one size, at places that are treated
alike; whether they are is tried on the weights of each model before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from thinc.api import Model, NumpyOps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from spacy.language import Language

    Matrix = NDArray[np.float32]

# Rows multiplied at a time, and rows of zeros at either end of them: the library computes edges in another way.
_ROWS: Final = 80
_EDGE: Final = 8
_WHOLE: Final = _ROWS + 2 * _EDGE


class RowProducts(NumpyOps):
    """thinc's operations on the processor, but for products of rows by weights."""

    def gemm(
        self, x: Matrix, y: Matrix, *, out: Matrix | None = None, trans1: bool = False, trans2: bool = False
    ) -> Matrix:
        """``x`` by ``y``, or by its transpose, as thinc asks for it when it predicts; all else is left to thinc."""
        if trans1 or x.dtype != np.float32 or y.dtype != np.float32 or x.ndim != 2 or y.ndim != 2:
            product: Matrix = super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
            return product
        weights = y if trans2 else y.T
        if out is None:
            out = np.empty((len(x), len(weights)), np.float32)
        block = np.zeros((_WHOLE, x.shape[1]), np.float32)
        for begin in range(0, len(x), _ROWS):
            rows = x[begin : begin + _ROWS]
            end = _EDGE + len(rows)
            block[_EDGE:end] = rows
            out[begin : begin + _ROWS] = np.dot(weights, block.T)[:, _EDGE:end].T
        return out


def use_row_products(nlp: Language) -> bool:
    """Let ``nlp`` multiply in this way, unless its rows would differ by their place; whether it does so now."""
    ours = RowProducts()
    nodes = [node for node in _nodes(nlp) if type(node.ops) is NumpyOps]
    if not all(_steady(ours, np.asarray(node.get_param("W"))) for node in nodes if node.has_param("W")):
        return False
    for node in nodes:
        node.ops = ours
    return True


def _nodes(nlp: Language) -> Iterator[Model[Any, Any]]:
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            yield from model.walk()


def _steady(ops: RowProducts, weights: NDArray[np.float32]) -> bool:
    """Whether one row by ``weights``, whose last axis is that of the row, is the same wherever it stands in a block."""
    weights = weights.reshape(-1, weights.shape[-1])
    chance = np.random.default_rng(0)
    row = chance.normal(size=(1, weights.shape[1])).astype(np.float32)
    products = ops.gemm(np.repeat(row, _ROWS, axis=0), weights, trans2=True)
    return bool((products == products[0]).all())
