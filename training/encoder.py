"""A BERT encoder with a marked target, in plain PyTorch: what is tuned, and what is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn.functional import gelu, linear, scaled_dot_product_attention

if TYPE_CHECKING:
    from pathlib import Path


LAYERS: Final = 6
WIDTH: Final = 384
HEADS: Final = 12
INNER: Final = 1536
PIECES: Final = 30522
PLACES: Final = 512
DROPOUT: Final = 0.1
EPSILON: Final = 1e-12


class Layer(nn.Module):
    """Attention and a feed-forward network, each added to what it read and normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mix = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.after_attention, self.after_inner = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, reading: torch.Tensor, states: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """What the pieces ``reading`` become by reading ``states``; both are (sentences, pieces, WIDTH).

        ``mask``, where given, is true where a piece may be read.
        """
        query, key, value = (
            part(some).view(len(some), some.shape[1], HEADS, -1).transpose(1, 2)
            for part, some in ((self.query, reading), (self.key, states), (self.value, states))
        )
        read = scaled_dot_product_attention(query, key, value, mask)
        read = self.mix(read.transpose(1, 2).flatten(2))
        reading = self.after_attention(reading + self.drop(read))
        return self.after_inner(reading + self.drop(self.narrow(gelu(self.widen(reading)))))


class RoundedRows(nn.Module):
    """Rows of an embedding as whole numbers of eight bits, each with a scale of its own."""

    def __init__(self, whole: nn.Embedding) -> None:
        super().__init__()
        scale = whole.weight.detach().abs().amax(dim=1, keepdim=True) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (whole.weight.detach() / scale).round().to(torch.int8))

    def forward(self, numbers: torch.Tensor) -> torch.Tensor:
        """The rows of ``numbers``: one more dimension, of the embedding's width."""
        rows: torch.Tensor = self.get_buffer("rows")[numbers].float() * self.get_buffer("scale")[numbers]
        return rows


class ByPiece(nn.Module):
    """A linear part that reads each piece at its own height: of some the states are ten times as high as of most.

    Whole-number arithmetic has one scale for what it multiplies, and the low ones would be told apart by a few numbers.
    """

    def __init__(self, part: nn.Linear) -> None:
        super().__init__()
        self.weight, self.bias = part.weight, part.bias

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """What the linear part makes of ``states``, (sentences, pieces, what it reads)."""
        height = states.abs().amax(dim=-1, keepdim=True)
        return linear(states / height, self.weight) * height + self.bias


class Network(nn.Module):
    """Logits of three labels for the target of each sentence, from the states of its pieces and of the sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(PIECES, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.marks = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(DROPOUT)
        self.out = nn.Linear(2 * WIDTH, 3)
        nn.init.normal_(self.out.weight, std=0.02, generator=torch.Generator().manual_seed(0))
        nn.init.zeros_(self.out.bias)

    def forward(self, pieces: torch.Tensor, marks: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """``pieces`` and ``marks`` are (sentences, pieces) whole numbers, ``mask`` as in :class:`Layer`."""
        places = torch.arange(pieces.shape[1])
        states = self.drop(self.norm(self.words(pieces) + self.places(places) + self.marks(marks)))
        for layer in self.layers[:-1]:
            states = layer(states, states, mask)
        # Of the last layer nothing is used but the first piece and those of the target.
        spots = marks.topk(int(marks.sum(1).max()), dim=1).indices if mask is not None else marks[0].nonzero().T
        share = marks.gather(1, spots).unsqueeze(-1).to(states.dtype)
        target = states.gather(1, spots.unsqueeze(-1).expand(-1, -1, WIDTH))
        read = self.layers[-1](torch.cat([states[:, :1], target], dim=1), states, mask)
        target = (read[:, 1:] * share).sum(1) / share.sum(1)
        logits: torch.Tensor = self.out(self.drop(torch.cat([read[:, 0], target], dim=-1)))
        return logits


_NAMES: Final = {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
    "attention.output.dense": "mix", "attention.output.LayerNorm": "after_attention",
    "intermediate.dense": "widen", "output.dense": "narrow", "output.LayerNorm": "after_inner",
}  # fmt: skip


def pretrained(weights: Path) -> Network:
    """The network with the published weights of MiniLM-L6 and an untrained last layer."""
    stored = load_file(weights)
    network = Network()
    named = network.state_dict()
    for part, name in (
        ("words", "word_embeddings.weight"), ("places", "position_embeddings.weight"),
        ("marks", "token_type_embeddings.weight"), ("norm", "LayerNorm"),
    ):  # fmt: skip
        for kind in (".weight", ".bias") if part == "norm" else ("",):
            named[f"{part}{kind or '.weight'}"] = stored[f"embeddings.{name}{kind}"]
    for number in range(LAYERS):
        for theirs, ours in _NAMES.items():
            for kind in ("weight", "bias"):
                named[f"layers.{number}.{ours}.{kind}"] = stored[f"encoder.layer.{number}.{theirs}.{kind}"]
    network.load_state_dict(named)
    return network
