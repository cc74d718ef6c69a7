"""Frames: in which respects each group speaks of its subject, as far as cues can tell, and the sentences."""

from __future__ import annotations

from typing import Final

from dashboard.app import data
from dashboard.compare import frame_rates, section
from dashboard.compare.comparison import Comparison, choice
from dashboard.compare.evidence import band
from dashboard.markup import phrasing
from dashboard.markup.html import Html, join, tag
from dashboard.reading import article_text
from store import queries
from store.queries.frames import framed, sentences_of

VOICE: Final = "narration"
MOST: Final = 200


def size(compared: Comparison) -> str:
    """How many sentences of narration there are to compare."""
    sentence_counts = [data.ask(sentences_of, chosen, VOICE)["sentences"].sum() for _, chosen in compared.by_filter]
    return phrasing.count(sum(map(int, sentence_counts)), "sentence")


def show(compared: Comparison) -> None:
    """The section."""
    section.head(
        "frames",
        "Frames",
        "Share of sentences of narration that hold a cue of a frame. Indicators, no more: a cue can stand in a "
        "sentence that speaks of something else, and a frame can do without any cue. Choose a cell and read.",
    )
    typology = choice("frames", "Which frames", frame_rates.TYPOLOGIES, drop=("frame",))
    rates_by_group = data.ask(frame_rates.of, compared.by_filter, VOICE)
    lines = frame_rates.lines(typology)
    frames = {line.key for line in lines}
    section.shares(
        compared,
        "frame",
        lines,
        {
            key: {f: frame_rate for f, frame_rate in by_frame.items() if f in frames}
            for key, by_frame in rates_by_group.items()
        },
        unit="sentences",
        about="Sentences with a cue, by frame",
        head="Frame",
        none="not found",
        under_row=lambda key, frame: _sentences(compared, key, frame),
    )
    section.foot(
        compared,
        "frames",
        data.ask(frame_rates.table, compared.by_filter, VOICE),
        what=f"frames of each {compared.one}",
        by=compared.dimension,
        methods="frames",
    )


def _sentences(compared: Comparison, key: str, frame: str) -> Html | None:
    """The sentences of a group with a cue of a frame."""
    group = compared.group(key)
    if group is None:
        return None
    every = data.ask(framed, VOICE)
    inside = set(data.ask(sentences_of, group.chosen, VOICE)["article_id"])
    rows = every[(every["frame"] == frame) & every["article_id"].isin(inside)]
    if rows.empty:
        return None
    # Sentences with most cues first: they are the clearest, and the reader should judge those before the rest.
    of_all = len(rows)
    rows = rows.sort_values(["cues", "article_id", "start"], ascending=[False, True, True]).head(MOST)
    shown = [row | {"said": _marked(row)} for row in article_text.rows(data.ask(queries.in_sentence, rows))]
    head = f"{frame} in {group.name}, sentences with a cue"
    return band(compared.chosen, shown, head, key="frame", unit="sentence", of_all=of_all)


def _marked(row: dict[str, object]) -> object:
    sentence, begin = str(row["text"]), int(str(row["from"]))
    start, end = int(str(row["start"])) - begin, int(str(row["end"])) - begin
    return (
        join(sentence[:start], tag("b", sentence[start:end]), sentence[end:])
        if 0 <= start < end <= len(sentence)
        else sentence
    )
