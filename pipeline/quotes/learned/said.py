"""Whether what is told without marks is said, thought or wanted by anybody, as a log-linear model weighs it.

Rules know acts by their cues; readers tell many more. ``training/said.py`` made the weights.
"""

from __future__ import annotations

import csv
import gzip
import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import RESOURCES
from pipeline.quotes.learned.said_features import said_features

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.core.quote_layout import Layout
    from pipeline.quotes.attribution import Attribution

# The least probability at which words count as somebody's. Of a hundred that are shown, five in six of which are
# somebody's, this takes away five, of which three to four are nobody's.
SAID: Final = 0.42


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The learned weights by feature."""
    with gzip.open(RESOURCES / "quotes/said.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return {name: float(weight) for name, weight in csv.reader(line for line in file if line[0] != "#")}


def probability(features: Mapping[str, float]) -> float:
    """How likely words with these features are somebody's."""
    weight_of = weights()
    score = weight_of["bias"] + sum(weight_of.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-score))


def is_said(layout: Layout, said: Attribution, start: int, end: int, likely: float) -> bool:
    """Whether words without marks at the offsets ``start:end`` are somebody's.

    ``likely`` is how likely it is that people mark these words, from 0 to 1.
    """
    return probability(said_features(layout, said, start, end, likely)) >= SAID
