"""The two files of the portrayal network: what reads a passage once, and what rates one target of it.

Written node by node for onnxruntime, with its own fused operators. Products are of whole numbers: weights of seven bits
with a scale for each column, and states of eight on a grid that is fixed for each linear part, so that what a piece
becomes never hangs on how high others stand that are run beside it. All else is of 32 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.portrayal.encoder import EPSILON, HEADS, SHARED, WIDTH
from training.portrayal.rounding import rounded
from training.portrayal.tempering import SMALL

if TYPE_CHECKING:
    from pathlib import Path

    import torch
    from numpy.typing import NDArray

    from training.portrayal.learning import Seen
    from training.portrayal.tempering import Tempering

    Array = NDArray[np.generic]
    Weights = dict[str, torch.Tensor]
    Linear = dict[str, Array]
    Layer = dict[str, Linear]

# Pieces that are read at once, with the first and the last: no more places are kept.
READ: Final = 128

# Rows of word pieces go from - to + this; what linear parts read has so many steps from its lowest to its highest.
PIECE_BOUND: Final = 127
STEPS: Final = 254
# Numbers go as high as this share of them; the few that go higher are shrunk, and their weights made higher.
USUAL: Final = 0.97
# What gelu leaves is above this.
GELU_BOTTOM: Final = -0.17

_OWN: Final = "com.microsoft"


class _Graph:
    """Nodes and constants of a file, as they are added."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: Array) -> str:
        """The name of a constant, which is kept once."""
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", **settings: object) -> str:
        """The name of what a node of this ``kind`` makes of ``inputs``."""
        return self.several(kind, 1, *inputs, domain=domain, **settings)[0]

    def several(self, kind: str, count: int, *inputs: str, domain: str = "", **settings: object) -> list[str]:
        """The same of a node that makes so many."""
        names = [f"{kind.lower()}_{len(self._nodes)}_{number}" for number in range(count)]
        self._nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **settings))
        return names

    def linear(self, states: str, name: str, part: Linear, seen: Seen, *, after_gelu: bool = False) -> str:
        """``states`` by a linear part, rounded for what it reads in the passages that were ``seen``."""
        usual = float(np.quantile(seen.reach, USUAL))
        shrunk = np.maximum(seen.reach / usual, 1).astype(np.float32)
        states = self.add("Mul", states, self.constant(f"{name}.shrink", 1 / shrunk))
        low = GELU_BOTTOM if after_gelu else -usual
        step = (usual - low) / STEPS
        at = self.constant(f"{name}.step", np.array(step, np.float32))
        zero = self.constant(f"{name}.zero", np.array(round(-low / step) + 1, np.uint8))
        whole = self.add("QuantizeLinear", states, at, zero)
        rows, scale = rounded(part["weight"] * shrunk, seen.products / np.outer(shrunk, shrunk))
        weights = [self.constant(f"{name}.rows", rows.T), at, self.constant(f"{name}.scale", scale), zero]
        bias = self.constant(f"{name}.bias", part["bias"])
        return self.add("MatMulIntegerToFloat", whole, *weights, "", bias, domain=_OWN)

    def normed(self, states: str, name: str, part: Linear) -> str:
        """``states``, each piece normalised."""
        return self.add(
            "LayerNormalization", states, self.constant(f"{name}.weight", part["weight"]),
            self.constant(f"{name}.bias", part["bias"]), epsilon=EPSILON,
        )  # fmt: skip

    def rest_of_layer(self, name: str, layer: Layer, seen: dict[str, Seen], attended: str, before: str) -> str:
        """What a layer does with what its pieces ``attended`` to."""
        mixed = self.linear(attended, f"{name}.mix", layer["mix"], seen[f"{name}.mix"])
        states = self.normed(self.add("Add", mixed, before), f"{name}.after_attention", layer["after_attention"])
        wide = self.linear(states, f"{name}.widen", layer["widen"], seen[f"{name}.widen"])
        wide = self.add("Gelu", wide, domain=_OWN)
        narrow = self.linear(wide, f"{name}.narrow", layer["narrow"], seen[f"{name}.narrow"], after_gelu=True)
        return self.normed(self.add("Add", narrow, states), f"{name}.after_inner", layer["after_inner"])

    def attention(self, query: str, key: str, value: str) -> str:
        """What each piece of ``query`` takes of ``value``."""
        return self.add("MultiHeadAttention", query, key, value, domain=_OWN, num_heads=HEADS)

    def write(self, path: Path, inputs: dict[str, tuple[int, list[object]]], outputs: dict[str, str]) -> None:
        """Keep the file; ``inputs`` with type and shape, ``outputs`` by the names they shall have."""
        nodes = [*self._nodes, *(helper.make_node("Identity", [name], [given]) for given, name in outputs.items())]
        graph = helper.make_graph(
            nodes, path.stem,
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            list(self._constants.values()),
        )  # fmt: skip
        imports = [helper.make_opsetid("", 17), helper.make_opsetid(_OWN, 1)]
        onnx.save(helper.make_model(graph, opset_imports=imports, ir_version=8), path)


def _layer(weights: Weights, name: str) -> Layer:
    """The parts of a layer, each with its weight and its bias."""
    parts: Layer = {}
    for key, value in weights.items():
        if key.startswith(f"{name}."):
            part, kind = key.removeprefix(f"{name}.").split(".")
            parts.setdefault(part, {})[kind] = value.numpy()
    return parts


def _side_by_side(layer: Layer, *names: str) -> Linear:
    """Linear parts that read the same as one."""
    return {kind: np.concatenate([layer[name][kind] for name in names]) for kind in ("weight", "bias")}


def write_passage(weights: Weights, seen: dict[str, Seen], path: Path) -> None:
    """What reads ``pieces``, (1, pieces) whole numbers.

    It leaves ``states`` and the ``keys`` and ``values`` of the layer that rates, each (1, pieces, WIDTH).
    """
    graph = _Graph()
    whole = weights["words.weight"].numpy()
    bound = np.abs(whole).max(axis=1, keepdims=True) / PIECE_BOUND
    rows = graph.constant("words.rows", np.rint(whole / bound).astype(np.int8))
    word = graph.add("Cast", graph.add("Gather", rows, "pieces"), to=TensorProto.FLOAT)
    word = graph.add(
        "Mul", word, graph.add("Gather", graph.constant("words.scale", bound.astype(np.float32)), "pieces")
    )
    length = graph.add("Shape", "pieces", start=1)
    first, axis = graph.constant("first", np.array([0])), graph.constant("axis", np.array([0]))
    kept = graph.constant("places", weights["places.weight"].numpy()[:READ])
    states = graph.add("Add", word, graph.add("Slice", kept, first, length, axis))
    states = graph.normed(states, "norm", {kind: weights[f"norm.{kind}"].numpy() for kind in ("weight", "bias")})
    for number in range(SHARED):
        name = f"layers.{number}"
        layer = _layer(weights, name)
        asked = _side_by_side(layer, "query", "key", "value")
        together = graph.linear(states, f"{name}.query", asked, seen[f"{name}.query"])
        query, key, value = graph.several("Split", 3, together, axis=-1)
        states = graph.rest_of_layer(name, layer, seen, graph.attention(query, key, value), states)
    top = _layer(weights, "top")
    both = graph.linear(states, "top.key", _side_by_side(top, "key", "value"), seen["top.key"])
    keys, values = graph.several("Split", 2, both, axis=-1)
    graph.write(
        path, {"pieces": (TensorProto.INT64, [1, "length"])}, {"states": states, "keys": keys, "values": values}
    )


def write_target(weights: Weights, seen: dict[str, Seen], tempered: Tempering, path: Path) -> None:
    """What rates one target of a passage: ``logits``, (1, 3).

    It takes ``states``, ``keys`` and ``values`` of its passage, ``marks``, (1, pieces, 1), 1 for the pieces of the
    target and 0 for others, and ``spots``, the places of these, whole numbers.
    """
    graph = _Graph()
    top = _layer(weights, "top")
    asked, kept, first = (weights["marks"][number].numpy() for number in range(3))
    moved = []
    for name, part in (("keys", "key"), ("values", "value")):
        mark = graph.constant(f"{part}_mark", (top[part]["weight"] @ kept).astype(np.float32))
        moved.append(graph.add("Add", name, graph.add("Mul", "marks", mark)))
    of_first = graph.add("Gather", "states", graph.constant("first", np.array([0])), axis=1)
    of_first = graph.add("Add", of_first, graph.constant("first_mark", first))
    own = graph.add("Add", graph.add("Gather", "states", "spots", axis=1), graph.constant("own_mark", asked))
    reading = graph.add("Concat", of_first, own, axis=1)
    query = graph.linear(reading, "top.query", top["query"], seen["top.query"])
    read = graph.rest_of_layer("top", top, seen, graph.attention(query, *moved), reading)
    starts, ends = graph.constant("second", np.array([1])), graph.constant("end", np.array([READ]))
    axis = graph.constant("pieces_axis", np.array([1]))
    target = graph.add("ReduceMean", graph.add("Slice", read, starts, ends, axis), axes=[1], keepdims=0)
    whole = graph.add("Squeeze", graph.add("Slice", read, graph.constant("begin", np.array([0])), starts, axis), axis)
    # Less their mean, the weights give logits less theirs.
    out = [(f"out.{kind}", weights[f"out.{kind}"].numpy()) for kind in ("weight", "bias")]
    centred = [graph.constant(name, part - part.mean(axis=0)) for name, part in out]
    logits = graph.add("Gemm", graph.add("Concat", whole, target, axis=-1), *centred, transB=1)
    length = graph.add("ReduceL2", logits, axes=[-1], keepdims=1)
    root = graph.add("Sqrt", graph.add("Add", length, graph.constant("small", np.array(SMALL, np.float32))))
    factors = graph.constant("factors", tempered.factors.astype(np.float32))
    logits = graph.add("Mul", graph.add("Div", logits, root), factors)
    logits = graph.add("Add", logits, graph.constant("shifts", tempered.shifts.astype(np.float32)))
    shape: list[object] = [1, "length", WIDTH]
    inputs = dict.fromkeys(("states", "keys", "values"), (TensorProto.FLOAT, shape))
    graph.write(
        path, inputs | {"marks": (TensorProto.FLOAT, [1, "length", 1]), "spots": (TensorProto.INT64, ["count"])},
        {"logits": logits},
    )  # fmt: skip
