"""A BERT encoder that reads a passage once and rates each target of it, in plain PyTorch: what is tuned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import torch
from torch import nn
from torch.nn.functional import gelu, scaled_dot_product_attention

if TYPE_CHECKING:
    from training.portrayal.passages import Passage


# Layers that read a passage for all its targets; one more reads for each of them.
SHARED: Final = 4
TEACHER_LAYERS: Final = 6
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


class Network(nn.Module):
    """Reads a passage once, and gives logits of three labels for each of its targets.

    Below, nothing knows of targets. In the layer on top only the first piece and those of a target read, and that
    target is marked: its pieces where they read, the same where they are read, and the first piece have a mark each.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(PIECES, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(SHARED))
        self.top = Layer()
        self.marks = nn.Parameter(torch.zeros(3, WIDTH))
        self.drop = nn.Dropout(DROPOUT)
        self.out = nn.Linear(2 * WIDTH, 3)

    def forward(self, batch: Batch) -> torch.Tensor:
        """(targets, 3), in the order of the batch."""
        states = self.words(batch.pieces) + self.places(torch.arange(batch.pieces.shape[1]))
        states = self.drop(self.norm(states))
        for layer in self.layers:
            states = layer(states, states, batch.mask)
        states, asking, asked, first = states[batch.passage], *self.marks
        target = states.gather(1, batch.spots.unsqueeze(-1).expand(-1, -1, WIDTH))
        reading = torch.cat([states[:, :1] + first, target + asking], dim=1)
        read = self.top(reading, states + batch.marks.unsqueeze(-1) * asked, batch.mask[batch.passage])
        share = batch.share.unsqueeze(-1)
        target = (read[:, 1:] * share).sum(1) / share.sum(1)
        logits: torch.Tensor = self.out(self.drop(torch.cat([read[:, 0], target], dim=-1)))
        return logits


@dataclass(frozen=True, slots=True)
class Batch:
    """Passages and the targets in them, filled up to rectangles.

    ``pieces`` is (passages, pieces); ``mask``, (passages, 1, 1, pieces), is true where a piece may be read. Of each
    target: ``passage`` its passage in the batch, ``spots`` the places of its pieces, ``share`` 1 for each of these and
    0 for what fills up, ``marks``, (targets, pieces), 1 at its pieces; ``rows`` has its number among all.
    """

    pieces: torch.Tensor
    mask: torch.Tensor
    passage: torch.Tensor
    spots: torch.Tensor
    share: torch.Tensor
    marks: torch.Tensor
    rows: list[int]


def batch_of(passages: list[Passage]) -> Batch:
    """The batch of some passages."""
    targets = [(place, row, spots) for place, one in enumerate(passages) for row, spots in one.targets]
    longest, most = max(len(one.pieces) for one in passages), max(len(spots) for _, _, spots in targets)
    marks = torch.zeros(len(targets), longest)
    for number, (_, _, spots) in enumerate(targets):
        marks[number, spots] = 1
    lengths = torch.tensor([len(one.pieces) for one in passages])
    return Batch(
        torch.tensor([one.pieces + [0] * (longest - len(one.pieces)) for one in passages]),
        (torch.arange(longest) < lengths[:, None])[:, None, None, :],
        torch.tensor([place for place, _, _ in targets]),
        torch.tensor([spots + [0] * (most - len(spots)) for _, _, spots in targets]),
        torch.tensor([[1.0] * len(spots) + [0.0] * (most - len(spots)) for _, _, spots in targets]),
        marks,
        [row for _, row, _ in targets],
    )


def taught_by(teacher: dict[str, torch.Tensor]) -> Network:
    """The network with the weights of :func:`teacher.weights`: its lowest layers, and its last one on top."""
    network = Network()
    named = network.state_dict()
    for name in named:
        before = name.replace("top.", f"layers.{TEACHER_LAYERS - 1}.")
        if before in teacher and name != "places.weight":
            named[name] = teacher[before]
    # All pieces have the mark that those beside a target had.
    named["places.weight"] = teacher["places.weight"] + teacher["marks.weight"][0]
    network.load_state_dict(named)
    return network
