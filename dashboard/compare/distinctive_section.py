"""The words that set the groups apart, and the passages that use them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.app import data
from dashboard.charts import basic_charts, comparison_plots
from dashboard.compare import concordance, distinctive_words, section
from dashboard.compare.comparison import Comparison, choice, keep, pair
from dashboard.compare.evidence import below
from dashboard.markup import phrasing
from dashboard.markup.block import block
from dashboard.markup.html import draw, tag
from store import queries

if TYPE_CHECKING:
    import pandas as pd

VOICES: Final = {"narration": "Narration", "reported": "Reported", "quote": "Quotes"}
UNITS: Final = {"words": "Words", "phrases": "Phrases"}


def size(compared: Comparison) -> str:
    """How many words of narration there are to compare."""
    words_by_group = [data.ask(queries.counts, chosen).words_by_voice["narration"] for _, chosen in compared.by_filter]
    return phrasing.count(sum(words_by_group), "word") if len(words_by_group) > 1 else "too few"


def show(compared: Comparison) -> None:
    """The section."""
    section.head(
        "words",
        "What sets them apart",
        f"Words used more in one {compared.one} than in the others by more than chance, with how often each is "
        "used here and in the others. Very common words, forms of address, days and the outlets’ own names are left "
        "out. Choose a word to read it in context.",
    )
    with st.container(horizontal=True, gap="medium", key="compare_vocabulary"):
        voice = choice("of", "Whose words", VOICES, drop=("word",))
        unit = choice("unit", "Words or noun phrases", UNITS, drop=("word",))
    own_names = tuple(compared.names.values()) if compared.dimension == "source" else ()
    vocabularies = data.ask(distinctive_words.of, compared.by_filter, voice, unit, own_names)
    chosen = pair("word")
    block(
        distinctive_words.columns(vocabularies, compared.names, chosen, unit),
        key="compare_words",
        on_choose=keep("word"),
    )
    if chosen and (group := compared.group(chosen[0])):
        where = queries.phrase_places if unit == "phrases" else queries.places
        lines = concordance.lines(data.ask(where, group.chosen, chosen[1], voice))
        if len(lines):
            head = f"“{chosen[1]}” in {group.name}, {VOICES[voice].lower()}"
            below(concordance.concordance(compared.chosen, lines, head, key="word"), "word")
            concordance.download(compared.chosen, lines, key="word")
    table = data.ask(distinctive_words.table, compared.by_filter, voice, unit, own_names)
    enough = {
        key: compared.names[key] for key, vocabulary in vocabularies.items() if not vocabulary.few and vocabulary.words
    }
    if enough:
        _plot(table, enough)
    section.foot(
        compared,
        "words",
        table,
        what=f"{unit} of each {compared.one}",
        by=f"{compared.dimension}_{voice}_{unit}",
        methods="words",
    )


def _plot(table: pd.DataFrame, names: dict[str, str]) -> None:
    """Frequency by distinctiveness for one of the groups with enough words; a point leads to its concordance."""
    group = choice("plot", "Plot for", names, list_=True) if len(names) > 1 else next(iter(names), "")
    drawn = comparison_plots.distinctiveness(table, group, names.get(group, ""), distinctive_words.BEYOND_CHANCE)
    if drawn is None:
        return
    draw(
        tag(
            "p",
            f"Each dot is a word. Right: used more often in all. Up: more in {names[group]}, down: more in the others. "
            "Between the dotted lines it may be chance.",
            class_="fl-sub",
        )
    )

    def clicked(point: list[Any]) -> None:
        keep("word")(f"{point[0]}|{group}")

    top = table[(table["group"] == group) & table["z"].notna()].nlargest(5, "z")["word"]
    alt = f"Words of {names[group]} by frequency and distinctiveness; most distinctive: {', '.join(top)}"
    basic_charts.show(drawn, key="distinct_plot", alt=alt, on_point=clicked)
