"""How well clusters agree with those that people made."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence


def b_cubed(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> float:
    """B-cubed F1 in percent: for each article, how much of its cluster is of its story, and of its story in its cluster."""
    both, golds, predictions = Counter(zip(gold, predicted, strict=True)), Counter(gold), Counter(predicted)
    precision = sum(times * times / predictions[cluster] for (_, cluster), times in both.items()) / len(gold)
    recall = sum(times * times / golds[story] for (story, _), times in both.items()) / len(gold)
    return 100 * 2 * precision * recall / (precision + recall)
