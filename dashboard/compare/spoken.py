"""Who is given words in each group."""

from __future__ import annotations

import pandas as pd

from dashboard import data, downloads, speaking, text
from dashboard.block import block
from dashboard.compare.comparison import Comparison, keep
from dashboard.html import draw, tag
from store.queries import evidence


def show(compared: Comparison) -> None:
    """The section: shares of quoted words."""
    draw(
        tag("h2", "Who speaks", class_="fl-h2"),
        tag("p", f"Share of words in direct quotes, within each {compared.one}", class_="fl-sub"),
    )
    parts = [data.ask(evidence.all_speakers, chosen).assign(group=key) for key, chosen in compared.by_filter]
    by_group = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    hues = text.speaker_hues(data.ask(evidence.all_speakers, compared.chosen))

    def quotes_of(group: str, speaker_id: str) -> str | None:
        if not speaker_id.startswith("person:"):
            return None
        return dict(compared.by_filter)[group].but(people=(speaker_id,)).to_query()

    block(
        speaking.columns(by_group, compared.keys, compared.names, hues, quotes_of),
        key="compare_speakers",
        on_choose=keep("of"),
    )
    downloads.offer_rows(
        "speakers",
        compared.chosen,
        by_group.assign(group=by_group["group"].map(compared.names)),
        what=f"speakers of each {compared.one}",
        by=compared.dimension,
    )
