"""Attention, names and frames over time and by administration: a point a period, with its denominator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from store import queries
from store.groups import span, within
from store.queries.frames import framed, sentences_of
from store.queries.series import periods
from store.rates import rate

if TYPE_CHECKING:
    from dashboard.markup.share_matrix import Line
    from store import Filter, Store
    from store.lexicon import Variant

ATTENTION: Final = "articles"
Groups = tuple[tuple[str, "Filter"], ...]


class Measure(NamedTuple):
    """What a series counts: ``articles``, or a name or frame; and what a share of it is a share of."""

    kind: str
    concept: str = ""
    variant: str = ""


UNITS: Final = {"articles": "articles", "name": "words of narration", "frame": "sentences of narration"}


def series(
    store: Store, groups: Groups, measure: Measure, step: str, variants: tuple[Variant, ...], whole: Filter
) -> pd.DataFrame:
    """A row a group and period: group, period, first, uses, of, share, low, high, articles.

    Attention is articles of the group among all articles of ``whole`` in that period; a name is uses among words of
    narration, a frame sentences among sentences of narration, each with the interval of :func:`store.rates.rate`.
    """
    rows = []
    articles_by_period = periods(store, whole, step).groupby("period").size()
    for key, chosen in groups:
        articles = periods(store, chosen, step)
        counted = articles if measure.kind == ATTENTION else _counted(store, chosen, measure, articles, variants)
        for period, period_rows in counted.groupby("period"):
            base = {"group": key, "period": period, "first": period_rows["first"].min(), "articles": len(period_rows)}
            if measure.kind == ATTENTION:
                of = int(articles_by_period.get(period, 0))
                rows.append(
                    base
                    | {"uses": len(period_rows), "of": of, "share": len(period_rows) / of, "low": None, "high": None}
                )
            else:
                period_rate = rate(period_rows["uses"].to_numpy(), period_rows["of"].to_numpy())
                low, high = (None, None) if period_rate.few else (period_rate.low, period_rate.high)
                rows.append(
                    base
                    | {
                        "uses": period_rate.uses,
                        "of": period_rate.words,
                        "share": period_rate.rate,
                        "low": low,
                        "high": high,
                    }
                )
    columns = ["group", "period", "first", "uses", "of", "share", "low", "high", "articles"]
    return pd.DataFrame(rows, columns=columns).sort_values(["group", "first"]).reset_index(drop=True)


def _counted(
    store: Store, chosen: Filter, measure: Measure, articles: pd.DataFrame, variants: tuple[Variant, ...]
) -> pd.DataFrame:
    """The articles with uses and what they are uses of."""
    if measure.kind == "frame":
        places = framed(store, "narration")
        uses = places[places["frame"] == measure.concept].groupby("article_id").size()
        sizes = sentences_of(store, chosen, "narration").set_index("article_id")["sentences"]
    else:
        places = queries.name_uses(store, variants)
        named = (places["group"] == measure.concept) & (places["voice"] == "narration")
        uses = places[named & (places["variant"] == measure.variant)].groupby("article_id").size()
        sizes = articles.set_index("article_id")["words_narration"]
    counted = articles.assign(
        uses=articles["article_id"].map(uses).fillna(0), of=articles["article_id"].map(sizes).fillna(0)
    )
    return counted[counted["of"] > 0]


def of_period(chosen: Filter, step: str, period: str) -> Filter:
    """The filter of the articles behind one point."""
    return chosen.but(administrations=(period,)) if step == "administration" else within(chosen, *span(period))


def frame_lines(lines: tuple[Line, ...]) -> dict[str, str]:
    """Choices of frames: key to label."""
    return {f"frame|{line.key}": f"Frame: {line.name}" for line in lines}
