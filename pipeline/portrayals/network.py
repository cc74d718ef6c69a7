"""Sentiment toward a target in its passage: a small network that reads the words, run by onnxruntime.

It is in two files. The first reads a passage once, whoever is asked about; the second rates one target from what the
first left. Each passage is read alone and each target rated alone, and the grids of the whole-number arithmetic were
fixed when the files were made. So the result hangs on the target and its passage, to the last bit, and not on which
other targets are asked, in what order, or how many at a time.
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
    from spacy.tokens import Doc

    from pipeline.portrayals.model import Target

    # What was read of a passage: states, keys and values, each (1, pieces, width).
    Reading = list[NDArray[np.float32]]
    # Where a window of a passage begins, and the places in it of a target's pieces.
    Spots = tuple[int, list[int]]


FOLDER: Final = RESOURCES / "portrayals"
PASSAGE: Final = "passage.onnx"
TARGET: Final = "target.onnx"

# Word pieces read of a longer passage, the first of the target about in their middle; the network learned from no more.
READ_AT_MOST: Final = 126
# Such windows begin at multiples of this, so that targets near each other share one.
WINDOW_STEP: Final = 32


class PassagePieces:
    """The word pieces of a passage, in which targets can be found."""

    def __init__(self, text: str) -> None:
        encoded = word_pieces().encode(text, add_special_tokens=False)
        self._ids: list[int] = encoded.ids
        self._places: list[tuple[int, int]] = encoded.offsets

    def window(self, begin: int) -> list[int]:
        """Numbers of at most ``READ_AT_MOST`` pieces from ``begin`` on, between the first and the last of all."""
        numbers = vocabulary()
        return [numbers[FIRST], *self._ids[begin : begin + READ_AT_MOST], numbers[LAST]]

    def spots(self, start: int, end: int) -> Spots:
        """Of the target at ``start`` to ``end`` (offsets into the text) the window it is read in, and its places there.

        Of a passage that is read whole the window begins at 0. Without a piece of its own (it is made of marks that no
        piece covers) the piece that stands for all is its place.
        """
        pieces = [place for place, (a, b) in enumerate(self._places) if a < end and b > start]
        begin = 0
        if len(self._ids) > READ_AT_MOST and pieces:
            last = len(self._ids) - READ_AT_MOST
            begin = max(0, min((pieces[0] - READ_AT_MOST // 2) // WINDOW_STEP * WINDOW_STEP, last))
        return begin, [1 + place - begin for place in pieces if place < begin + READ_AT_MOST] or [0]


class NetworkPortrayal:
    """A transformer with whole-number weights; its probabilities are calibrated.

    The same for the same target on one machine, on one thread. Processors that round in another way may differ in the
    last digits.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the two files in ``folder``.

        Raises:
            ValueError: one is missing or no network, or those that are shipped are not those that were measured.
        """
        if folder == FOLDER:
            weights.check("framelens", folder, "Take it from the repository again, or note the new one there.")
        self._reads, self._rates = _session(folder / PASSAGE), _session(folder / TARGET)

    def probabilities(self, targets: Sequence[Target]) -> NDArray[np.float64]:
        """Probabilities of negative, neutral and positive: one row a target, rows sum to 1."""
        result = np.empty((len(targets), 3))
        of_passage: dict[int, list[int]] = {}
        for row, (passage, _, _) in enumerate(targets):
            of_passage.setdefault(id(passage), []).append(row)
        for rows in of_passage.values():
            passage = targets[rows[0]][0]
            result[rows] = self._rated(passage, [targets[row][1:] for row in rows])
        return result

    def _rated(self, passage: Doc | Span, spans: list[tuple[int, int]]) -> list[NDArray[np.float64]]:
        """Probabilities of the targets at ``spans``, offsets into the document, of one passage."""
        pieces, offset = PassagePieces(passage.text), passage.start_char if isinstance(passage, Span) else 0
        read: dict[int, Reading] = {}
        result = []
        for start, end in spans:
            begin, spots = pieces.spots(start - offset, end - offset)
            if begin not in read:
                read[begin] = self.read(pieces.window(begin))
            result.append(self.rate(read[begin], spots))
        return result

    def read(self, pieces: list[int]) -> Reading:
        """What is left of a passage's ``pieces`` for all who are named in it."""
        reading: Reading = self._reads.run(None, {"pieces": np.array([pieces], np.int64)})
        return reading

    def rate(self, reading: Reading, spots: list[int]) -> NDArray[np.float64]:
        """Probabilities of negative, neutral and positive for the target whose pieces are at ``spots``."""
        states, keys, values = reading
        marks = np.zeros((1, states.shape[1], 1), np.float32)
        marks[:, spots] = 1
        inputs = {"states": states, "keys": keys, "values": values, "marks": marks, "spots": np.array(spots, np.int64)}
        logits = self._rates.run(None, inputs)[0][0].astype(np.float64)
        powers = np.exp(logits - logits.max())
        result: NDArray[np.float64] = powers / powers.sum()
        return result


def _session(network: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # Articles are annotated side by side in processes: each has one processor.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a class of its own for each reason
        message = f"{network} could not be read as a network. Make it again: training/README.md says how."
        raise ValueError(message) from error


@lru_cache(maxsize=1)
def portrayal_model() -> NetworkPortrayal:
    """The network that is shipped, loaded once a process."""
    return NetworkPortrayal()
