"""How the portrayal network learns, and what it says before it is rounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from torch.nn.functional import log_softmax

from training.other_names import OtherNames
from training.portrayal.encoder import SHARED, Network, batch_of
from training.portrayal.passages import batches, renamed_passages

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.portrayal.passages import Passage

    Row = dict[str, Any]
    Weights = dict[str, torch.Tensor]

# Passages in a batch when learning, and when only asked.
BATCH: Final = 20
ASKED: Final = 32
# In each round this share of the targets is read under another name.
RENAMED: Final = 0.5
# Step sizes: the upper layers learn fastest, each below by DECAY less; the marks start from nothing.
TOP: Final = 8e-5
DECAY: Final = 0.9
MARK: Final = 5e-4
LAST: Final = 1e-3
WARM: Final = 0.08
# The weights kept are a running mean of those passed through.
SMOOTH: Final = 0.99
# Passages that were only read lean less often; what that moves is learned apart, at this step size, and left out after.
LEAN: Final = 1e-2


@dataclass(frozen=True, slots=True)
class Examples:
    """What is learned: rows, and the ``groups`` of their numbers that are one passage, some of them several times.

    Of each row ``goals`` has the shares of negative, neutral and positive that are learned, ``own`` those without the
    teacher, and ``people`` is false where it was only read by a language model.
    """

    rows: list[Row]
    groups: list[list[int]]
    goals: NDArray[np.float64]
    own: NDArray[np.float64]
    people: NDArray[np.bool_]


def rarity(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each label counts: rarer ones more, by the root of how rare they are."""
    total = shares.sum(axis=0)
    return np.sqrt(total.sum() / 3 / total)


def step_size(name: str) -> float:
    """Of the weights of this name at the height of learning."""
    if name.startswith("out"):
        return LAST
    if name.startswith("marks"):
        return MARK
    height = int(name.split(".")[1]) + 1 if name.startswith("layers") else (SHARED + 1) * name.startswith("top")
    return TOP * DECAY ** (SHARED + 1 - height)


def tune(network: Network, examples: Examples, seed: int, pace: float) -> Weights:
    """The running mean of the weights of ``network`` while it learns, ``pace`` being the share of the step sizes."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    people = examples.people
    counts = np.where(people[:, None], rarity(examples.own[people]), rarity(examples.own[~people]))
    weights, read = torch.tensor(examples.goals * counts, dtype=torch.float32), torch.tensor(~people)[:, None]
    lean = torch.nn.Parameter(torch.zeros(3))
    network.train()
    network.words.weight.requires_grad_(False)
    groups = [
        {"params": [part], "height": pace * step_size(name), "weight_decay": 0.01 if part.ndim > 1 else 0.0}
        for name, part in network.named_parameters()
        if part.requires_grad
    ]
    groups.append({"params": [lean], "height": LEAN, "weight_decay": 0.0})
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    mean = {name: part.clone() for name, part in network.state_dict().items()}
    learning = [name for name, part in network.named_parameters() if part.requires_grad]
    passages = renamed_passages(examples.rows, examples.groups, OtherNames(examples.rows), RENAMED, chance)
    order = batches(passages, BATCH, chance)
    for step, chosen in enumerate(order, start=1):
        share = min(step / (WARM * len(order)), (len(order) + 1 - step) / (len(order) * (1 - WARM)), 1)
        for group in optimiser.param_groups:
            group["lr"] = group["height"] * share
        batch = batch_of([passages[number] for number in chosen])
        logits = network(batch) + lean * read[batch.rows]
        loss = -(weights[batch.rows] * log_softmax(logits, -1)).sum() / weights[batch.rows].sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        smooth = min(SMOOTH, (1 + step) / (10 + step))
        state = network.state_dict()
        for name in learning:
            mean[name].lerp_(state[name], 1 - smooth)
        if step % 50 == 0:
            print(f"seed {seed}, step {step} of {len(order)}: loss {loss.item():.3f}", flush=True)
    print(f"seed {seed}: what was only read leans by {lean.detach().numpy().round(2)}")
    return mean


@torch.no_grad()
def logits_of(network: Network, passages: list[Passage], rows: int) -> NDArray[np.float64]:
    """Logits of each row, (rows, 3)."""
    network.eval()
    result = np.empty((rows, 3))
    alike = sorted(passages, key=lambda one: len(one.pieces))
    for start in range(0, len(alike), ASKED):
        batch = batch_of(alike[start : start + ASKED])
        result[batch.rows] = network(batch).numpy()
    return result


@dataclass(frozen=True, slots=True)
class Seen:
    """Of the numbers that a linear part reads: how high each goes, and sums of the products of each two."""

    reach: NDArray[np.float64]
    products: NDArray[np.float64]


@torch.no_grad()
def seen_in(passages: list[Passage], network: Network) -> dict[str, Seen]:
    """What the linear parts of ``network`` read in ``passages``, by their names."""
    network.eval()
    seen: dict[str, Seen] = {}

    def noting(name: str) -> Any:  # noqa: ANN401  torch has no name for such a function
        def note(_part: torch.nn.Module, given: tuple[torch.Tensor, ...]) -> None:
            states = given[0].flatten(0, -2).double()
            reach, products = states.abs().amax(0).numpy(), (states.T @ states).numpy()
            before = seen.get(name)
            seen[name] = (
                Seen(np.maximum(before.reach, reach), before.products + products) if before else Seen(reach, products)
            )

        return note

    hooks = [
        part.register_forward_pre_hook(noting(name))
        for name, part in network.named_modules()
        if isinstance(part, torch.nn.Linear)
    ]
    for passage in passages:
        network(batch_of([passage]))
    for hook in hooks:
        hook.remove()
    return seen
