"""Labels and roles of somebody in groups of articles. Rows in, HTML out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.html import Html, join, tag
from dashboard.matrix import Line
from dashboard.words import count, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    Line("agent", "Does something", "agent of a verb"),
    Line("patient", "Something is done to them", "and the sentence can say by whom"),
    Line(NO_AGENT, "… and nobody is said to do it", "passives without an agent"),
)
NEEDED: Final = 5
_SHOWN: Final = 12


def columns(
    found: Mapping[str, pd.DataFrame], names: Mapping[str, str], what: str, chosen: tuple[str, str] | None
) -> Html:
    """A column a group: the words of one list with how often they stand, and in how many articles."""
    shown = []
    for group, every in found.items():
        rows = every[every["relation"].isin(LISTS[what])]
        head = tag("h3", names.get(group, group), tag("small", count(len(rows), "time")))
        if rows.empty:
            shown.append(tag("div", head, tag("p", "none", class_="fl-none")))
            continue
        few = tag("p", f"too few: {len(rows)} of {NEEDED} needed to compare", class_="fl-few fl-wrap")
        counted = rows.groupby("word", as_index=False).agg(times=("start", "size"), articles=("article_id", "nunique"))
        ranked = counted.sort_values(["times", "articles", "word"], ascending=[False, False, True]).head(_SHOWN)
        items = [
            _item(group, what, *row, chosen)
            for row in zip(ranked["word"], ranked["times"], ranked["articles"], strict=True)
        ]
        shown.append(tag("div", head, few if len(rows) < NEEDED else None, tag("ul", *items)))
    return tag("div", *shown, class_="fl-speakers")


def _item(group: str, what: str, word: str, times: int, articles: int, chosen: tuple[str, str] | None) -> Html:
    value = f"{what}: {word}"
    control = tag(
        "span",
        word,
        class_="word",
        role="button",
        tabindex="0",
        data_choose=f"{value}|{group}",
        aria_pressed="true" if chosen == (group, value) else "false",
    )
    return tag("li", control, tag("span", f"{number(times)} in {count(articles, 'article')}"))


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


def in_words(groups: Sequence[str], found: Mapping[str, pd.DataFrame]) -> int:
    """How many labels and roles there are in all groups."""
    return sum(len(found[group]) for group in groups)
