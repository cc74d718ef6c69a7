"""How somebody is portrayed in each group and voice: how often such readings hold, then the grid and its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import accuracy
from dashboard.app import data, downloads
from dashboard.charts import portrayal_grid
from dashboard.compare import section
from dashboard.compare.comparison import Comparison, Subject, choose_subject, pair, subject
from dashboard.compare.evidence import band, opens
from dashboard.markup import phrasing, reader
from dashboard.markup.block import block
from dashboard.markup.html import Html, draw, tag
from store import queries
from store.queries import evidence

if TYPE_CHECKING:
    import pandas as pd


def _rated(compared: Comparison, whom: Subject, key: str) -> pd.DataFrame:
    """The rated sentences about somebody in one group."""
    chosen = whom.about(dict(compared.by_filter)[key], compared.dimension)
    return data.ask(queries.portrayals, chosen, (whom.entity_id,), group="article").assign(group=key)


def _cells(compared: Comparison, whom: Subject) -> dict[portrayal_grid.Key, portrayal_grid.Cell]:
    about = tuple((key, whom.about(chosen, compared.dimension)) for key, chosen in compared.by_filter)
    return data.ask(portrayal_grid.of, about, whom.entity_id)


def size(compared: Comparison) -> str:
    """How many sentences about whom the section is about are rated; too few is said."""
    whom = subject(compared.chosen)
    if whom is None:
        return "nobody named"
    rated = _cells(compared, whom).values()
    return phrasing.count(sum(len(cell.signs) for cell in rated), "sentence") if rated else "too few"


def _why_none(
    compared: Comparison, whom: Subject, cells: dict[portrayal_grid.Key, portrayal_grid.Cell]
) -> dict[portrayal_grid.Key, str]:
    """Why a cell is empty: nothing is said about the subject there, or the voice has no words at all."""
    missing = {
        "narration": "not named there",
        "reported": "nobody is reported on them",
        "quote": "nobody speaks about them",
        "headline": "not in the headline",
    }
    absent = {
        "headline": "no headline in the file",
        "caption": "no captions",
        "quote": "no quotes",
        "reported": "nobody is reported",
    }
    why: dict[portrayal_grid.Key, str] = {}
    for key, chosen in compared.by_filter:
        counted = data.ask(queries.counts, whom.about(chosen, compared.dimension))
        for voice in portrayal_grid.VOICES:
            if (key, voice) not in cells:
                empty = not counted.words_by_voice.get(voice)
                why[key, voice] = absent.get(voice, "no words") if empty else missing.get(voice, "not in a caption")
                if not counted.articles:
                    why[key, voice] = "not named here"
    return why


def how_right() -> Html:
    """How often readings that are shown as negative or positive were read so again: what stands before all of them."""
    agreeing = []
    for tone in ("negative", "positive"):
        figure = next(
            (f for f in accuracy.figures() if f.name == "tone" and f.what == f"Shown as {tone}, and is"), None
        )
        if figure is not None and figure.value is not None and figure.n:
            agreeing.append(f"{round(figure.value * figure.n)} of {figure.n} shown as {tone}")
    beginning = ""
    if agreeing:
        beginning = f"Of 300 passages drawn by chance, {phrasing.listed(agreeing)} were read so by a language model; "
    return tag(
        "p",
        tag("b", "Read before you believe. "),
        f"{beginning}the rest were not. Only readings that are at least {reader.per_cent('80')} sure are shown as "
        "toned; all others count as neutral. What a speaker says or is reported to say is never counted as the "
        "outlet’s own.",
        class_="fl-sub fl-caution",
    )


def show(compared: Comparison) -> None:
    """The section."""
    whom = subject(compared.chosen)
    name = whom.name if whom else "somebody"
    section.head("portrayal", f"How {name} is portrayed, by voice")
    draw(how_right())
    whom = choose_subject(compared.chosen)
    if whom is None:
        draw(tag("p", "Nobody is named in these articles.", class_="fl-none"))
        return
    cells = _cells(compared, whom)
    chosen = pair("show")
    overlap = portrayal_grid.overlap_sentence(cells, compared.keys, compared.names, "narration")
    draw(
        tag(
            "p",
            "Tone toward the name in each sentence, from −1 negative to +1 positive. Dot: mean. Line: "
            f"{reader.per_cent('95')} interval. "
            "Coloured only where the interval leaves zero; open dots on hatching are too few to average. "
            f"Choose a cell to read its sentences. {overlap}",
            class_="fl-sub",
        )
    )
    about = {
        key: phrasing.count(data.ask(queries.counts, whom.about(chosen, compared.dimension)).articles, "article")
        for key, chosen in compared.by_filter
    }
    under = _sentences(compared, whom, *chosen) if chosen and chosen in cells else None
    why = _why_none(compared, whom, cells)
    block(
        portrayal_grid.grid(cells, compared.keys, compared.names, about, why, chosen=chosen, under=under),
        key="compare_grid",
        on_choose=opens("show"),
    )
    draw(
        tag(
            "p",
            f"“Too few” means fewer than {portrayal_grid.NEEDED} sentences. “None” means there is nothing to rate. "
            f"What {whom.name} says, or is reported to say, is not rated: it tells what somebody says, not how they "
            "are described.",
            class_="fl-note",
        )
    )
    under_filter = whom.about(compared.chosen, compared.dimension)
    rows = data.ask(evidence.size, under_filter, "portrayals")
    downloads.offer("portrayals", under_filter, rows, what="rated sentences", methods="tone")


def _sentences(compared: Comparison, whom: Subject, group: str, voice: str) -> Html:
    """The sentences of a cell, toned ones first; those whose narration only says who speaks stand apart."""
    cell_rows = sorted(
        portrayal_grid.sentences(_rated(compared, whom, group))[group, voice],
        key=lambda row: (
            bool(row.get("reports")) and voice == "narration",
            -abs(row["sentiment"]),
            -row["strength"],
            str(row["article_id"]),
            int(row["start"]),
        ),
    )
    if voice in {"quote", "reported"}:
        ids = tuple(sorted({str(row["speaker_id"] or "") for row in cell_rows} - {""}))
        names = data.ask(queries.names, ids)
        by_whom = "said by" if voice == "quote" else "reported of"
        cell_rows = [
            row | {"by": f"{by_whom} {names.get(row['speaker_id'] or '', 'somebody not found')}"} for row in cell_rows
        ]
    if voice == "narration":
        cell_rows = [row | {"apart": bool(row.get("reports"))} for row in cell_rows]
    head = f"{compared.names[group]}, {phrasing.VOICE_NAMES[voice].lower()}, {whom.name}"
    apart = "Sentences that also quote or report somebody: only the outlet’s own words in them are rated"
    return band(compared.chosen, cell_rows, f"Evidence: {head}", key="show", unit="sentence", apart=apart)
