"""How sure a quote is: of who says it, and of where words without marks begin and end."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import RESOURCES

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.quotes.fragments import Fragment

# What a pronoun is when it is clear whom it stands for.
_SURELY: Final = "subject of the cue"
_SHARES: Final = RESOURCES / "quotes/speaker_confidence.csv"
# How sure it is whom a pronoun stands for: at least, and where nobody else may be meant.
LEAST_SURE: Final = 0.55
ALONE: Final = 0.95
# More words than these, or a clause set off within them, may hold a remark of the outlet's: no more sure than this.
LONG: Final = 45
DOUBTED: Final = 0.8
_SET_OFF: Final = frozenset({",", "—", "–", "--", ";", "("})
_ALONE: Final = frozenset({"—", "–", "--", ";", "("})
_REMARKS: Final = frozenset(
    {"although", "amid", "as", "but", "despite", "even", "just", "though", "when", "where", "which", "while", "who"}
)
_FEWEST: Final = 3


@lru_cache(maxsize=1)
def right_shares() -> dict[str, float]:
    """How often speakers found in each way are right, from ``resources/quotes/speaker_confidence.csv``."""
    with _SHARES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["way"]: float(row["share"]) for row in rows}


def name_share(sure: float) -> float:
    """How often pronouns stand for whom they are taken, by their own confidence ``sure``: a line, but where alone."""
    shares = right_shares()
    if sure >= ALONE:
        return shares["pronoun, alone"]
    least, most = shares["pronoun, least sure"], shares["pronoun, most sure"]
    return least + (most - least) * max(0.0, sure - LEAST_SURE) / (ALONE - LEAST_SURE)


def of_speaker(resolution: str, sure: float, weighed: float | None) -> float:
    """How sure a speaker is: as ``weighed``, else by the share of those found in this way that are right."""
    shares = right_shares()
    if resolution == "pronoun":
        return (shares[_SURELY] if weighed is None else weighed) * name_share(sure)
    return shares.get(resolution, shares["other"]) if weighed is None else weighed


def of_bounds(layout: Layout, fragment: Fragment) -> float:
    """How sure it is that a fragment begins and ends where it does: marks say so, or the content's own probability.

    That is the trees' probability that people mark the same words but for a few; of what is hard to bound it is no
    more than :data:`DOUBTED`.
    """
    if fragment.content is None or fragment.transcript:
        return 1.0
    sure = min(1.0, fragment.content.probability)
    return min(sure, DOUBTED) if not fragment.quoted and _hard_to_bound(layout, fragment) else sure


def _hard_to_bound(layout: Layout, fragment: Fragment) -> bool:
    """Whether words without marks are many, or go on after a break with what may be the outlet's remark."""
    if len(layout.text[fragment.start : fragment.end].split()) > LONG:
        return True
    tokens = layout.tokens[layout.token_at(fragment.start) + _FEWEST : layout.token_at(fragment.end)]
    return any(
        token.text in _ALONE
        or (token.text in _SET_OFF and token.i + 1 < len(layout.doc) and token.nbor().lower_ in _REMARKS)
        for token in tokens
    )
