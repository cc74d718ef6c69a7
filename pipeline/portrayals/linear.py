"""Sentiment toward a target in its sentence: a linear model over :mod:`pipeline.portrayals.linear_features`."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from pipeline.core.resource_tables import RESOURCES
from pipeline.portrayals.linear_features import FEATURES_VERSION, Features, SentenceReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc, Span

    # A parsed sentence (a whole document, or a span of one) and the target in it, as offsets into the document.
    Target = tuple[Doc | Span, int, int]

WEIGHTS: Final = RESOURCES / "portrayal.npz"

# Every row of features is scaled to this length before it is weighed.
LENGTH: Final = 12.0


class PortrayalModel(Protocol):
    """Anything that rates targets."""

    def probabilities(self, targets: Sequence[Target]) -> NDArray[np.float64]:
        """Probabilities of negative, neutral and positive: one row a target, rows sum to 1."""
        ...


class LinearPortrayal:
    """Multinomial logistic regression on hashed features, each row scaled to one length, with calibrated probabilities.

    A row's result depends on that row alone, to the last bit.
    """

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Read ``weights``.

        Raises:
            ValueError: they were learned from another version of the features.
        """
        with np.load(weights, allow_pickle=False) as stored:
            if int(stored["features_version"]) != FEATURES_VERSION:
                message = f"{weights} was learned from other features. Make it again with training/portrayal.py."
                raise ValueError(message)
            self._keys = stored["keys"]
            self._rarity = stored["rarity"].astype(np.float64)
            self._weights = stored["weights"].astype(np.float64) * stored["scale"]
            self._bias = stored["bias"].astype(np.float64)
            self._temper = stored["temper"].astype(np.float64)

    def logits(self, rows: Sequence[Features]) -> NDArray[np.float64]:
        """Logits before calibration, one row for each of ``rows``."""
        sizes = [len(row) for row in rows]
        keys = np.fromiter(chain.from_iterable(rows), np.uint32, sum(sizes))
        amounts = np.fromiter(chain.from_iterable(row.values() for row in rows), np.float64, sum(sizes))
        owners = np.repeat(np.arange(len(rows)), sizes)
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        known = self._keys[places] == keys
        places, owners = places[known], owners[known]
        amounts = amounts[known] * self._rarity[places]
        # bincount adds in order of the row's features: other rows of the batch cannot change a sum.
        squares = np.bincount(owners, amounts * amounts, len(rows))
        scale = LENGTH / np.sqrt(np.maximum(squares, 1e-12))
        sums = [np.bincount(owners, amounts * self._weights[places, label], len(rows)) for label in range(3)]
        return np.stack(sums, axis=1) * scale[:, None] + self._bias

    def probabilities(self, targets: Sequence[Target]) -> NDArray[np.float64]:
        """Probabilities of negative, neutral and positive: one row a target, rows sum to 1."""
        return self.rate(list(_features(targets)))

    def rate(self, rows: Sequence[Features]) -> NDArray[np.float64]:
        """Probabilities of negative, neutral and positive for features that are made already."""
        tempered = self.logits(rows) * self._temper[0] + self._temper[1:]
        powers = np.exp(tempered - tempered.max(axis=1, keepdims=True))
        result: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
        return result


def _features(targets: Sequence[Target]) -> Iterator[Features]:
    read: object = None
    for sentence, start, end in targets:
        # Targets of a sentence come one after another: only the last sentence need be kept.
        if sentence is not read:
            reader, read = SentenceReader(sentence), sentence
        yield reader.features(start, end)


def network_missing() -> str:
    """Why the network cannot be used here and what to do; empty when it can."""
    absent = [name for name in ("onnxruntime", "tokenizers") if not find_spec(name)]
    if not absent:
        return ""
    return (
        f"Portrayals are rated by the simple model, which is right less often: {' and '.join(absent)} "
        f"{'is' if len(absent) == 1 else 'are'} not installed. Install requirements.txt and build again."
    )


@lru_cache(maxsize=1)
def portrayal_model() -> PortrayalModel:
    """The model in use: the network, or the linear model where what runs the network is not installed."""
    if network_missing():
        return LinearPortrayal()
    from pipeline.portrayals.network import NetworkPortrayal  # noqa: PLC0415  what it needs may be absent

    return NetworkPortrayal()


def portrayal_model_name() -> str:
    """Which of the two is in use: ``network`` or ``linear``. Records of one are made again when the other is."""
    return "linear" if network_missing() else "network"
