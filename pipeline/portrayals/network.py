"""Sentiment toward a target in its sentence: a small network that reads the words, run by onnxruntime.

Each target is run alone: scales of whole-number arithmetic are taken from what is run together, so that only then a
row's result depends on that row alone, to the last bit, whatever the size of the batch. No padding is needed either.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import onnxruntime
from spacy.tokens import Span

from pipeline.core.resource_tables import RESOURCES
from pipeline.core.word_pieces import FIRST, LAST, vocabulary, word_pieces
from pipeline.models import weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.portrayals.model import Target

    Pieces = tuple[list[int], list[int]]


NETWORK: Final = RESOURCES / "portrayals/portrayal.onnx"


# Word pieces read of a longer sentence, the first of the target in their middle; the network learned from no more.
READ_AT_MOST: Final = 126


class MarkedSentence:
    """The word pieces of a sentence, in which targets can be marked."""

    def __init__(self, text: str) -> None:
        encoded = word_pieces().encode(text, add_special_tokens=False)
        self._ids: list[int] = encoded.ids
        self._places: list[tuple[int, int]] = encoded.offsets

    def pieces(self, start: int, end: int) -> Pieces:
        """Numbers of the pieces around the target at ``start`` to ``end`` (offsets into the text), and its marks.

        Both lists are of one length, at most ``READ_AT_MOST + 2``: the first piece stands for the sentence, the last
        ends it. A mark is 1 for each piece of the target, 0 for others. Without a piece of its own (it is made of
        marks that no piece covers), the whole sentence is the target.
        """
        marks = [int(a < end and b > start) for a, b in self._places]
        ids = self._ids
        if len(ids) > READ_AT_MOST:
            first = marks.index(1) if 1 in marks else 0
            begin = max(0, min(first - READ_AT_MOST // 2, len(ids) - READ_AT_MOST))
            ids, marks = ids[begin : begin + READ_AT_MOST], marks[begin : begin + READ_AT_MOST]
        whole = 1 not in marks
        numbers = vocabulary()
        return [numbers[FIRST], *ids, numbers[LAST]], [int(whole), *marks, 0]


class NetworkPortrayal:
    """A transformer of six layers with whole-number weights; its probabilities are calibrated.

    The same for the same target on one machine, on one thread. Processors that multiply whole numbers in another way
    may differ in the last digits.
    """

    def __init__(self, network: Path = NETWORK) -> None:
        """Read ``network``.

        Raises:
            ValueError: it is missing or no network, or the one that is shipped is not the one that was measured.
        """
        if network == NETWORK:
            weights.check("framelens", network.parent, "Take it from the repository again, or note the new one there.")
        options = onnxruntime.SessionOptions()
        # Articles are annotated side by side in processes: each has one processor.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises a class of its own for each reason
            message = f"{network} could not be read as a network. Make it again with training/portrayal_network.py."
            raise ValueError(message) from error

    def probabilities(self, targets: Sequence[Target]) -> NDArray[np.float64]:
        """Probabilities of negative, neutral and positive: one row a target, rows sum to 1."""
        result = np.empty((len(targets), 3))
        read: object = None
        for row, (sentence, start, end) in enumerate(targets):
            # Targets of a sentence come one after another: only the last sentence need be kept.
            if sentence is not read:
                marked, read = MarkedSentence(sentence.text), sentence
                offset = sentence.start_char if isinstance(sentence, Span) else 0
            result[row] = self.rate(marked.pieces(start - offset, end - offset))
        return result

    def rate(self, pieces: Pieces) -> NDArray[np.float64]:
        """Probabilities of negative, neutral and positive for a sentence that is in pieces already."""
        ids, marks = pieces
        inputs = {"pieces": np.array([ids], np.int64), "marks": np.array([marks], np.int64)}
        logits = self._session.run(["logits"], inputs)[0][0].astype(np.float64)
        powers = np.exp(logits - logits.max())
        result: NDArray[np.float64] = powers / powers.sum()
        return result


@lru_cache(maxsize=1)
def portrayal_model() -> NetworkPortrayal:
    """The network that is shipped, loaded once a process."""
    return NetworkPortrayal()
