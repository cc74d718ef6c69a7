"""The network that rated one target at a time, from whose file the one that reads a passage once begins and learns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from scipy.special import softmax

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from training.portrayal.passages import Passage

# Linear parts of a layer, in the order in which the file has their weights.
_PARTS: Final = ("query", "key", "value", "mix", "widen", "narrow")


def weights(file: Path) -> dict[str, torch.Tensor]:
    """The weights in ``file``, whole numbers made real ones again, by the names of the parts."""
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(file).graph.initializer}
    named = {name: some for name, some in stored.items() if name.endswith((".weight", ".bias"))}
    for name in ("words", "places"):
        named[f"{name}.weight"] = stored[f"{name}.rows"] * stored[f"{name}.scale"]
    whole = [name.removesuffix("_quantized") for name in stored if name.endswith("_quantized")]
    for number, name in enumerate(one for one in whole if not one.startswith("out.")):
        layer, part = divmod(number, len(_PARTS))
        named[f"layers.{layer}.{_PARTS[part]}.weight"] = _real(stored, name)
    named["out.weight"] = _real(stored, "out.weight_Transposed")
    return {name: torch.tensor(some, dtype=torch.float32) for name, some in named.items()}


def _real(stored: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    """A matrix that is kept in whole numbers with a scale for each column, as rows."""
    return np.ascontiguousarray((stored[f"{name}_quantized"].astype(np.float32) * stored[f"{name}_scale"]).T)


def probabilities(file: Path, passages: Iterable[Passage], rows: int) -> NDArray[np.float64]:
    """What the network in ``file`` gives each target, by the number of its row: (rows, 3)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    result = np.empty((rows, 3))
    for passage in passages:
        pieces = np.array([passage.pieces], np.int64)
        for number, spots in passage.targets:
            marks = np.zeros_like(pieces)
            marks[:, spots] = 1
            result[number] = softmax(
                session.run(["logits"], {"pieces": pieces, "marks": marks})[0][0].astype(np.float64)
            )
    return result
