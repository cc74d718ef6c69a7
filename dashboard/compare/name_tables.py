"""Names for the same thing in groups of articles: how often each is used, in whose voice. Rows in, HTML out.

A rate is uses per 1,000 words of the same voice in the same articles; only narration gets one, because an outlet that
quotes a name has not chosen it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from dashboard.markup.html import Html, join, tag
from dashboard.markup.phrasing import VOICE_NAMES, count, number
from dashboard.markup.share_matrix import heads, reach, row, strip
from dashboard.markup.share_matrix import table as matrix_table
from store import queries
from store.rates import USES_NEEDED, Rate, rate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store import Filter, Store
    from store.lexicon import Variant

PER: Final = 1000
_SWATCH: Final = {"narration": "n", "quote": "q", "headline": "h", "caption": "c"}

Key = tuple[str, str, str]
Groups = tuple[tuple[str, "Filter"], ...]


@dataclass(frozen=True, slots=True)
class Use:
    """How a group uses a name: its rate in narration, and how often it stands in each voice."""

    narration: Rate
    by_voice: Mapping[str, int] = field(default_factory=dict)

    @property
    def times(self) -> int:
        """Uses in all voices."""
        return sum(self.by_voice.values())


def uses(store: Store, groups: Groups, variants: tuple[Variant, ...]) -> dict[Key, Use]:
    """The use of every variant in every group: key of the group, concept, variant. Unused ones are left out."""
    places = queries.terms(store, variants)
    found: dict[Key, Use] = {}
    for key, chosen in groups:
        articles = queries.matching_words(store, chosen)
        found |= {(key, *name): use for name, use in _uses(places, articles).items()}
    return found


def _uses(places: pd.DataFrame, articles: pd.DataFrame) -> dict[tuple[str, str], Use]:
    number_of = pd.Series(np.arange(len(articles)), index=articles["article_id"])
    words = articles["words_narration"].to_numpy(dtype=float)
    own = places.assign(place=places["article_id"].map(number_of)).dropna(subset=["place"])
    found = {}
    for name, rows in own.groupby(["concept", "variant"], sort=False):
        told = rows.loc[rows["voice"] == "narration", "place"].to_numpy(dtype=int)
        counts = np.bincount(told, minlength=len(articles))
        found[str(name[0]), str(name[1])] = Use(rate(counts, words), dict(Counter(rows["voice"])))
    return found


def table(store: Store, groups: Groups, variants: tuple[Variant, ...]) -> pd.DataFrame:
    """What is downloaded: a row a group and name, with uses by voice, the rate per 1,000 words and its interval."""
    found = uses(store, groups, variants)
    rows = []
    for (group, concept, variant), use in found.items():
        told = use.narration
        by_voice = {voice: use.by_voice.get(voice, 0) for voice in _SWATCH}
        rates = {name: None if np.isnan(value) else PER * value for name, value in _bounds(told).items()}
        rows.append(
            {"group": group, "concept": concept, "variant": variant}
            | by_voice
            | {"articles_narration": told.articles, "words_narration": told.words}
            | rates
        )
    return pd.DataFrame(rows)


def _bounds(told: Rate) -> dict[str, float]:
    return {"per_1000": told.rate, "per_1000_low": told.low, "per_1000_high": told.high}


def matrix(
    found: Mapping[Key, Use],
    variants: Sequence[Variant],
    groups: Sequence[str],
    names: Mapping[str, str],
    sizes: Mapping[str, str],
    chosen: tuple[str, str] | None,
) -> Html:
    """Names down, groups across; each cell leads to its concordance. Names nobody uses are listed under the table."""
    used = [v for v in variants if any((g, v.concept, v.variant) in found for g in groups)]
    unused = [v.variant for v in variants if v not in used]
    body = []
    for concept, members in groupby(used, key=lambda v: v.concept):
        rows = list(members)
        told = [found[key].narration for v in rows for g in groups if (key := (g, v.concept, v.variant)) in found]
        scale = reach(told)
        body.append(tag("tr", tag("th", concept, colspan=len(groups) + 1, scope="rowgroup"), class_="g"))
        body += [_row(v, found, groups, names, scale, chosen) for v in rows]
    shown = matrix_table("Uses of each name, by group and voice", heads("Name", groups, names, sizes), body)
    note = tag("p", f"Used in none of them: {', '.join(unused)}.", class_="fl-note") if unused else None
    return join(shown if used else tag("p", "None of these names is used here.", class_="fl-none"), note)


def _row(
    variant: Variant,
    found: Mapping[Key, Use],
    groups: Sequence[str],
    names: Mapping[str, str],
    scale: float,
    chosen: tuple[str, str] | None,
) -> Html:
    value = f"{variant.concept}: {variant.variant}"
    shown = {}
    for group in groups:
        if (use := found.get((group, variant.concept, variant.variant))) is None:
            continue
        shown[group] = tag(
            "div",
            strip(use.narration, scale),
            _counts(use),
            class_="fl-choose",
            role="button",
            tabindex="0",
            aria_pressed="true" if chosen == (group, value) else "false",
            aria_label=f"{variant.variant}: {_aloud(use)}. Show them in context",
            data_choose=f"{value}|{group}",
        )
    return row(variant.variant, variant.note, shown, groups, names, "not used")


def said(told: Rate) -> str:
    """A rate with its interval: "0.82 per 1,000 words, 0.61 to 1.10"."""
    return f"{PER * told.rate:.2f} per 1,000 words, {PER * told.low:.2f} to {PER * told.high:.2f}"


def _aloud(use: Use) -> str:
    counts = ", ".join(f"{VOICE_NAMES[voice].lower()} {n}" for voice, n in use.by_voice.items())
    return counts if use.narration.few else f"{counts}; in narration {said(use.narration)}"


def _counts(use: Use) -> Html:
    shown = [
        tag("span", tag("b", number(use.by_voice[voice])), f" {VOICE_NAMES[voice].lower()}", class_=f"fl-v {swatch}")
        for voice, swatch in _SWATCH.items()
        if use.by_voice.get(voice)
    ]
    told = use.narration
    if not told.few:
        shown.append(tag("span", said(told).replace(" words, ", ": "), class_="lab"))
    return tag("div", *shown, class_="fl-counts")


def few_said() -> str:
    """When a rate is given at all."""
    return (
        f"A rate is given from {count(USES_NEEDED, 'use')} in {USES_NEEDED} articles on; below that there are too few "
        "and only the counts stand. An outlet that quotes a name has not chosen it."
    )
