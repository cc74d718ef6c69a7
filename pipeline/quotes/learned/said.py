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
    from pipeline.quotes.fragments import Fragment

# The least probability at which words count as somebody's. Chosen so that of what the rules show, one in a hundred of
# somebody's is lost for a quarter of what is nobody's.
SAID: Final = 0.4
# The same of a thing that somebody speaks of: "their opposition", "the mayor's plan"; and of one with a clause in it,
# which people mark as told: "the mayor for leaving when the bridge fell".
OF_NOUN: Final = 0.35
OF_NOUN_WITH_CLAUSE: Final = 0.1
# The same where a word or two of the words stand in marks, which as often are somebody's.
AROUND_TERM: Final = 0.2


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


def least_of(features: Mapping[str, float]) -> float:
    """The least probability at which words with these features, without marks, count as somebody's."""
    if not {"opening=noun", "opening=noun to"} & features.keys():
        return SAID
    return OF_NOUN if "no verb opening=noun" in features else OF_NOUN_WITH_CLAUSE


def is_said(layout: Layout, said: Attribution, fragment: Fragment, *, around_term: bool = False) -> bool:
    """Whether the words of a fragment are somebody's; ``around_term``: they hold a word or two in marks, no others."""
    likely = fragment.content.probability if fragment.content is not None else 1.0
    features = said_features(layout, said, fragment.start, fragment.end, likely)
    return probability(features) >= (AROUND_TERM if around_term else least_of(features))
