"""The words that set the groups apart, and the passages that use them."""

from __future__ import annotations

from typing import Final

from dashboard import data, distinctive, downloads, text
from dashboard.block import block
from dashboard.compare.comparison import Comparison, choice, keep, pair
from dashboard.compare.evidence import band
from dashboard.html import draw, tag
from store import queries

VOICES: Final = {"narration": "Narration", "quote": "Quotes"}


def show(compared: Comparison) -> None:
    """The section."""
    draw(
        tag("h2", "Words that set them apart", class_="fl-h2"),
        tag(
            "p",
            f"Words used more in one {compared.one} than in the others by more than chance, with how often each is "
            "used here and in the others. Very common words are left out. Choose a word to read its sentences.",
            class_="fl-sub",
        ),
    )
    voice = choice("of", "Whose words", VOICES, drop=("word",))
    found = data.ask(distinctive.of, compared.by_filter, voice)
    chosen = pair("word")
    block(distinctive.columns(found, compared.names, chosen, "others"), key="compare_words", on_choose=keep("word"))
    if chosen and (group := compared.group(chosen[0])):
        rows = text.rows(data.ask(queries.sentences_with, group.chosen, chosen[1], voice))
        head = f"Evidence: “{chosen[1]}” in {group.name}, {VOICES[voice].lower()}"
        band(compared.chosen, rows, head, key="word", unit="sentence")
    downloads.offer_rows(
        "words",
        compared.chosen,
        data.ask(distinctive.table, compared.by_filter, voice).replace({"group": compared.names}),
        what=f"words of each {compared.one}",
        by=f"{compared.dimension}-{voice}",
    )
