"""How the subject is portrayed in each group and voice, and the sentences behind each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.app import data, downloads
from dashboard.charts import portrayal_grid
from dashboard.compare import section
from dashboard.compare.comparison import Comparison, keep, number, pair
from dashboard.compare.evidence import band
from dashboard.markup import phrasing, reader
from dashboard.markup.block import block
from dashboard.markup.html import draw, tag
from store import queries
from store.queries import evidence

if TYPE_CHECKING:
    import pandas as pd


def _rated(compared: Comparison, key: str) -> pd.DataFrame:
    """The rated sentences about the subject in one group."""
    chosen = next(chosen for group, chosen in compared.by_filter if group == key)
    return data.ask(queries.portrayals, compared.about(chosen), (compared.subject,), group="article").assign(group=key)


def _cells(compared: Comparison) -> dict[portrayal_grid.Key, portrayal_grid.Cell]:
    asked = tuple((key, compared.about(chosen)) for key, chosen in compared.by_filter)
    return data.ask(portrayal_grid.of, asked, compared.subject)


def title(compared: Comparison) -> None:
    """Kicker, title from counts, and whether the intervals overlap."""
    found = _cells(compared)
    spoken = data.ask(queries.speakers, compared.about(compared.chosen))
    quoted = int(spoken[spoken["speaker_id"] == compared.subject]["words"].sum())
    named = sum(len(cell.signs) for (_, voice), cell in found.items() if voice == "narration")
    overlap = portrayal_grid.overlap_said(found, compared.keys, compared.names, "narration")
    said = f"Quoted for {phrasing.count(quoted, 'word')}, rated" if quoted else "Rated"
    sides = compared.one if len(compared.groups) == 1 else compared.many
    draw(
        tag("p", "Compare", class_="fl-kicker"),
        tag("h1", f"{compared.subject_name} in {number(len(compared.groups))} {sides}", class_="fl-h1"),
        tag("p", f"{said} in {phrasing.count(named, 'sentence')} of narration. {overlap}", class_="fl-standfirst"),
    )


def _why_none(
    compared: Comparison, found: dict[portrayal_grid.Key, portrayal_grid.Cell]
) -> dict[portrayal_grid.Key, str]:
    """Why a cell is empty: nothing is said about the subject there, or the voice has no words at all."""
    missing = {"narration": "not named there", "quote": "nobody speaks about them", "headline": "not in the headline"}
    absent = {"headline": "no headline in the file", "caption": "no captions", "quote": "no quotes"}
    why: dict[portrayal_grid.Key, str] = {}
    for key, chosen in compared.by_filter:
        spoken = data.ask(queries.counts, compared.about(chosen)).words_by_voice
        for voice in portrayal_grid.VOICES:
            if (key, voice) not in found:
                empty = not spoken.get(voice)
                why[key, voice] = absent.get(voice, "no words") if empty else missing.get(voice, "not in a caption")
    return why


def show(compared: Comparison) -> None:
    """The section."""
    under = compared.about(compared.chosen)
    found = _cells(compared)
    chosen = pair("show")
    section.head(
        "portrayal",
        f"How {compared.subject_name} is portrayed, by voice",
        "Tone toward the name in each sentence, from −1 negative to +1 positive. Dot: mean. Line: "
        f"{reader.per_cent('95')} interval. "
        "Coloured only where the interval leaves zero; open dots on hatching are too few to average. "
        "Choose a cell to read its sentences.",
    )
    about = {
        key: phrasing.count(data.ask(queries.counts, compared.about(chosen)).articles, "article")
        for key, chosen in compared.by_filter
    }
    block(
        portrayal_grid.grid(found, compared.keys, compared.names, about, _why_none(compared, found), chosen=chosen),
        key="compare_grid",
        on_choose=keep("show"),
    )
    draw(
        tag(
            "p",
            f"“Too few” means fewer than {portrayal_grid.NEEDED} sentences. “None” means there is nothing to rate. "
            f"What {compared.subject_name} says is not rated: it tells what somebody says, not how they are described.",
            class_="fl-note",
        )
    )
    if chosen and chosen in found:
        group, voice = chosen
        own = sorted(
            portrayal_grid.sentences(_rated(compared, group))[group, voice],
            key=lambda row: (-abs(row["sentiment"]), -row["strength"], str(row["article_id"]), int(row["start"])),
        )
        if voice == "quote":
            names = data.ask(queries.names, tuple(sorted({str(row["speaker_id"] or "") for row in own} - {""})))
            own = [row | {"by": f"said by {names.get(row['speaker_id'] or '', 'somebody not found')}"} for row in own]
        head = f"Evidence: {compared.names[group]}, {phrasing.VOICE_NAMES[voice].lower()}, {compared.subject_name}"
        band(compared.chosen, own, head, key="show", unit="sentence")
    downloads.offer(
        "portrayals", under, data.ask(evidence.size, under, "portrayals"), what="rated sentences", methods="tone"
    )
