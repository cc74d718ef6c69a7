"""Frames in groups of articles: the share of sentences that hold a cue. Rows in, rates out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from dashboard.markup.share_matrix import Line
from store.lexicon import shipped
from store.queries.frames import framed, sentences_of
from store.rates import Rate, rate

if TYPE_CHECKING:
    from store import Filter, Store

TYPOLOGIES: Final = {"policy": "Policy frames", "immigration": "Immigration frames"}


def lines(typology: str) -> tuple[Line, ...]:
    """The frames of a typology, in its order."""
    return tuple(Line(row.concept, row.concept, row.note) for row in shipped("frames") if row.variant == typology)


def of(store: Store, groups: tuple[tuple[str, Filter], ...], voice: str) -> dict[str, dict[str, Rate]]:
    """By group and frame, the share of sentences with a cue."""
    every = framed(store, voice)
    rates_by_group = {}
    for key, chosen in groups:
        articles = sentences_of(store, chosen, voice)
        rates_by_group[key] = {
            frame: rate(cues, articles["sentences"]) for frame, cues in by_article(every, articles).items()
        }
    return rates_by_group


def by_article(every: pd.DataFrame, articles: pd.DataFrame) -> dict[str, np.ndarray]:
    """By frame, how many sentences of each of ``articles`` hold a cue, in their order."""
    place = pd.Series(np.arange(len(articles)), index=articles["article_id"])
    in_articles = every.assign(place=every["article_id"].map(place)).dropna(subset=["place"])
    return {
        str(frame): np.bincount(rows["place"].to_numpy(dtype=int), minlength=len(articles))
        for frame, rows in in_articles.groupby("frame", sort=False)
    }


def table(store: Store, groups: tuple[tuple[str, Filter], ...], voice: str) -> pd.DataFrame:
    """What is downloaded: a row a group and frame with its sentences, share and interval."""
    rows = [
        {
            "group": group,
            "typology": row.variant,
            "frame": row.concept,
            "sentences_with_cue": frame_rate.uses,
            "sentences": frame_rate.words,
            "articles_with_cue": frame_rate.articles,
            "share": frame_rate.rate,
            "share_low": None if frame_rate.few else frame_rate.low,
            "share_high": None if frame_rate.few else frame_rate.high,
        }
        for group, by_frame in of(store, groups, voice).items()
        for row in shipped("frames")
        if (frame_rate := by_frame.get(row.concept)) is not None
    ]
    return pd.DataFrame(rows)
