"""Labels and roles of somebody in groups of articles. Rows in, HTML out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.columns import column, item, none, side_by_side
from dashboard.html import Html, join, tag
from dashboard.matrix import Line
from dashboard.words import count, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

# What each list is headed, and the relations it holds.
LISTS: Final = {
    "called": ("adjective", "noun", "appositive", "predicate"),
    "acting": ("agent",),
    "acted upon": ("patient", "patient, no agent"),
}
HEADS: Final = {
    "called": "what they are called",
    "acting": "what they do",
    "acted upon": "what is done to them",
}
NO_AGENT: Final = "patient, no agent"
ROLES: Final = (
    Line("agent", "They do something", "agent of a verb: “agents arrested”"),
    Line("patient", "Somebody does something to them", "patient: “agents arrested migrants”"),
    Line(NO_AGENT, "Something is done to them, nobody said to do it", "passive without an agent: “were arrested”"),
)
NEEDED: Final = 5
_SHOWN: Final = 12


def columns(
    found: Mapping[str, pd.DataFrame], names: Mapping[str, str], what: str, chosen: tuple[str, str] | None
) -> Html:
    """A column a group: the words of one list with how often they stand, and in how many articles."""
    return side_by_side(
        _column(group, every[every["relation"].isin(LISTS[what])], names.get(group, group), what, chosen)
        for group, every in found.items()
    )


def _column(group: str, rows: pd.DataFrame, name: str, what: str, chosen: tuple[str, str] | None) -> Html:
    size = f"{count(len(rows), 'time')} in {count(rows['article_id'].nunique(), 'article')}"
    if rows.empty:
        return column(name, "", none("none"))
    few = tag("p", f"too few: {len(rows)} of {NEEDED} needed to compare", class_="fl-few fl-wrap")
    counted = rows.groupby("word", as_index=False).agg(times=("start", "size"), articles=("article_id", "nunique"))
    ranked = counted.sort_values(["times", "articles", "word"], ascending=[False, False, True]).head(_SHOWN)
    items = [
        item(
            word,
            f"{what}: {word}|{group}",
            number(times) if times == articles else f"{number(times)} in {count(articles, 'article')}",
            chosen=chosen == (group, f"{what}: {word}"),
        )
        for word, times, articles in zip(ranked["word"], ranked["times"], ranked["articles"], strict=True)
    ]
    return column(name, size, few if len(rows) < NEEDED else None, tag("ul", *items))


def any_of(found: Mapping[str, pd.DataFrame], what: str) -> bool:
    """Whether a list holds anything in any group."""
    return any(bool(rows["relation"].isin(LISTS[what]).any()) for rows in found.values())


def roles(rows: pd.DataFrame) -> pd.DataFrame:
    """Roles of one group of articles, counted by article: article_id, relation, times."""
    own = rows[rows["relation"].isin([line.key for line in ROLES])]
    return own.groupby(["article_id", "relation"], as_index=False).agg(times=("start", "size"))


def marked(row: Mapping[str, Any]) -> Html:
    """The sentence of a row with the label and whom it is said of in bold."""
    text, begin = str(row["text"]), int(row["from"])
    spans = sorted({(int(row["start"]), int(row["end"])), (int(row["target_start"]), int(row["target_end"]))})
    parts: list[object] = []
    at = begin
    for start, end in spans:
        if start >= at and end <= begin + len(text):
            parts += [text[at - begin : start - begin], tag("b", text[start - begin : end - begin])]
            at = end
    return join(*parts, text[at - begin :])
