"""Names for the same thing in groups of articles: how often each wording is used, in whose voice. Rows in, HTML out.

A name is its very words (:func:`store.lexicon.as_written`), in the group of the thing it names. A rate is uses per
1,000 words of the same voice in the same articles; only narration gets one, because an outlet that reports or quotes a
name has not chosen it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from dashboard.markup.html import Html, join, tag
from dashboard.markup.phrasing import VOICE_CLASS, VOICE_NAMES, count, number
from dashboard.markup.share_matrix import axis, heads, reach, row, strip, under_row
from dashboard.markup.share_matrix import table as matrix_table
from store import queries
from store.rates import USES_NEEDED, Rate, rate
from store.schema import COUNTED_VOICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store import Filter, Store
    from store.lexicon import Variant

PER: Final = 1000

Key = tuple[str, str, str]
Groups = tuple[tuple[str, "Filter"], ...]


@dataclass(frozen=True, slots=True)
class Use:
    """How a group uses a name: its rate in narration, and how often it stands in each voice.

    ``listed`` is the row of the list that looked for it.
    """

    narration: Rate
    by_voice: Mapping[str, int] = field(default_factory=dict)
    listed: str = ""

    @property
    def times(self) -> int:
        """Uses in all voices."""
        return sum(self.by_voice.values())


def uses(store: Store, groups: Groups, variants: tuple[Variant, ...]) -> dict[Key, Use]:
    """The use of every name in every group: key of the group, concept, name. Unused ones are left out."""
    places = queries.name_uses(store, variants)
    use_by_name: dict[Key, Use] = {}
    for key, chosen in groups:
        articles = queries.matching_words(store, chosen)
        use_by_name |= {(key, *name): use for name, use in _uses(places, articles).items()}
    return use_by_name


def _uses(places: pd.DataFrame, articles: pd.DataFrame) -> dict[tuple[str, str], Use]:
    # Each article is looked for once, however many names stand in it.
    codes, ids = pd.factorize(places["article_id"])
    place = pd.Index(articles["article_id"]).get_indexer(ids)[codes]
    words = articles["words_narration"].to_numpy(dtype=float)
    in_articles = places.assign(place=place)[place >= 0]
    use_by_name = {}
    for name, rows in in_articles.groupby(["group", "variant"], sort=False):
        in_narration = rows.loc[rows["voice"] == "narration", "place"].to_numpy(dtype=int)
        counts = np.bincount(in_narration, minlength=len(articles))
        listed = str(rows["listed"].iloc[0])
        use_by_name[str(name[0]), str(name[1])] = Use(rate(counts, words), dict(Counter(rows["voice"])), listed)
    return use_by_name


def table(use_by_name: Mapping[Key, Use], names: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """What is downloaded: the rows of the screen, one a group and name, with uses by voice, and its rate."""
    order = {name: place for place, name in enumerate(names)}
    placed: list[tuple[int, dict[str, object]]] = []
    for (group, concept, variant), use in use_by_name.items():
        if (concept, variant) not in order:
            continue
        narration_rate = use.narration
        by_voice: dict[str, int] = {voice: use.by_voice.get(voice, 0) for voice in COUNTED_VOICES}
        rates = {name: None if np.isnan(value) else PER * value for name, value in _bounds(narration_rate).items()}
        row_: dict[str, object] = {"group": group, "concept": concept, "variant": variant}
        row_.update(by_voice, articles_narration=narration_rate.articles, words_narration=narration_rate.words, **rates)
        placed.append((order[concept, variant], row_))
    return pd.DataFrame([row_ for _, row_ in sorted(placed, key=lambda placed_row: placed_row[0])])


def _bounds(narration_rate: Rate) -> dict[str, float]:
    return {"per_1000": narration_rate.rate, "per_1000_low": narration_rate.low, "per_1000_high": narration_rate.high}


def names_in_order(use_by_name: Mapping[Key, Use], concepts: Sequence[str]) -> list[tuple[str, str]]:
    """The names of some concepts that any group uses: of one row of the list together, the most used first."""
    times: Counter[tuple[str, str]] = Counter()
    listed: dict[tuple[str, str], str] = {}
    rows: Counter[tuple[str, str]] = Counter()
    for (_, concept, variant), use in use_by_name.items():
        times[concept, variant] += use.times
        listed[concept, variant] = use.listed
        rows[concept, use.listed] += use.times
    order = {concept: place for place, concept in enumerate(concepts)}

    def key(name: tuple[str, str]) -> tuple[object, ...]:
        row_ = (name[0], listed[name])
        return order[name[0]], -rows[row_], row_[1], -times[name], name[1]

    return sorted((name for name in times if name[0] in order), key=key)


def matrix(
    use_by_name: Mapping[Key, Use],
    shown: Sequence[tuple[str, str]],
    variants: Sequence[Variant],
    groups: Sequence[str],
    names: Mapping[str, str],
    sizes: Mapping[str, str],
    chosen: tuple[str, str] | None,
    under: Html | None = None,
) -> Html:
    """Names down under the group they stand for, groups of articles across; each number leads to its concordance.

    ``under`` stands beneath the row of ``chosen``. Rows of the list that found nothing are said under the table.
    """
    notes = {(v.concept, v.variant): v.note for v in variants}
    narration_rates = [
        use_by_name[key].narration for name in shown for g in groups if (key := (g, *name)) in use_by_name
    ]
    scale = reach(narration_rates)
    body: list[Html] = []
    concept, last = "", ("", "")
    for name in shown:
        listed = (name[0], next(use_by_name[g, *name].listed for g in groups if (g, *name) in use_by_name))
        if name[0] != concept:
            concept = name[0]
            of_concept = [concept_name for concept_name in shown if concept_name[0] == concept]
            times = sum(
                use_by_name[g, *concept_name].times
                for concept_name in of_concept
                for g in groups
                if (g, *concept_name) in use_by_name
            )
            size = tag("span", f" {count(len(of_concept), 'name')}, {count(times, 'use')}")
            body.append(tag("tr", tag("th", concept, size, colspan=len(groups) + 1, scope="rowgroup"), class_="g"))
        # One note for names that one row of the list looked for.
        body.append(
            _row(name, notes.get(listed, "") if listed != last else "", use_by_name, groups, names, scale, chosen)
        )
        last = listed
        if under is not None and chosen and chosen[1].partition(" ")[2] == f"{name[0]}: {name[1]}":
            body.append(under_row(under, len(groups)))
    if scale:
        body.append(axis(groups, f"{PER * scale:.2g} per 1,000 words of narration"))
    drawn = matrix_table("Uses of each name, by group and voice", heads("Name", groups, names, sizes), body)
    looked = {concept for concept, _ in shown}
    used = {(c, use.listed) for (g, c, _), use in use_by_name.items() if g in groups}
    unused = [v.variant for v in variants if v.concept in looked and v[:2] not in used]
    note = tag("p", f"Looked for and used in none of them: {', '.join(unused)}.", class_="fl-note") if unused else None
    return join(drawn if shown else tag("p", "None of these names is used here.", class_="fl-none"), note)


def _row(
    name: tuple[str, str],
    note: str,
    use_by_name: Mapping[Key, Use],
    groups: Sequence[str],
    names: Mapping[str, str],
    scale: float,
    chosen: tuple[str, str] | None,
) -> Html:
    shown = {}
    for group in groups:
        if (use := use_by_name.get((group, *name))) is not None:
            shown[group] = tag("div", strip(use.narration, scale), _counts(use, name, group, chosen))
    return row(name[1], note, shown, groups, names, "not used")


def rate_in_words(rate: Rate) -> str:
    """A rate with its interval: "0.82 per 1,000 words, 0.61 to 1.10"."""
    return f"{PER * rate.rate:.2f} per 1,000 words, {PER * rate.low:.2f} to {PER * rate.high:.2f}"


def _counts(use: Use, name: tuple[str, str], group: str, chosen: tuple[str, str] | None) -> Html:
    """The number of uses in each voice, each a control that opens exactly those."""
    shown = []
    for voice in COUNTED_VOICES:
        if not (times := use.by_voice.get(voice)):
            continue
        value = f"{voice} {name[0]}: {name[1]}"
        where = VOICE_NAMES[voice].lower()
        control = tag(
            "span",
            tag("b", number(times)),
            f" {where}",
            class_="fl-choose",
            role="button",
            tabindex="0",
            aria_pressed="true" if chosen == (group, value) else "false",
            aria_label=f"{name[1]}, {where}: {count(times, 'use')}. Show them in context",
            data_choose=f"{value}|{group}",
        )
        shown.append(tag("span", control, class_=f"fl-v {VOICE_CLASS[voice]}"))
    if not use.narration.few:
        shown.append(tag("span", rate_in_words(use.narration).replace(" words, ", ": "), class_="lab"))
    return tag("div", *shown, class_="fl-counts")


def rate_note() -> str:
    """When a rate is given at all, and what is counted."""
    return (
        "A name is its very words, capitals aside, and counted once: none is counted within a longer one that is "
        "looked for. "
        f"A rate is given from {count(USES_NEEDED, 'use')} in {USES_NEEDED} articles on; below that there are too few "
        "and only the counts stand. An outlet that quotes or reports a name has not chosen it."
    )
