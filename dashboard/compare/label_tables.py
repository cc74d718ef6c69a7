"""Labels and roles of somebody in groups of articles: counted, and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from dashboard.markup import share_matrix
from dashboard.markup.columns import column, item, none, side_by_side
from dashboard.markup.html import Html, join, tag
from dashboard.markup.phrasing import count, number
from dashboard.markup.share_matrix import Line
from store import queries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store import Filter, Store
    from store.rates import Rate

    Groups = tuple[tuple[str, Filter], ...]

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


class Counted(NamedTuple):
    """A list of one group: its first words, each with times and articles, and how much the whole list holds.

    ``in_one_article`` are words left out because a single article holds each: said where a list has others.
    """

    words: tuple[tuple[str, int, int], ...]
    times: int
    articles: int
    in_one_article: int = 0


class LabelCounts(NamedTuple):
    """What is said of somebody in groups: by list and group the words, by group the share of each role."""

    lists: dict[str, dict[str, Counted]]
    roles: dict[str, dict[str, Rate]]


def table(store: Store, groups: Groups, target: str, voice: str) -> pd.DataFrame:
    """All labels and roles of an entity or a group of people in groups of articles, in one voice, with their group."""
    parts = [queries.labels(store, chosen, target, voice).assign(group=key) for key, chosen in groups]
    return pd.concat(parts, ignore_index=True)


def of(store: Store, groups: Groups, target: str, voice: str) -> LabelCounts:
    """Lists and roles of an entity or a group of people in groups of articles, in one voice."""
    every = table(store, groups, target, voice)
    by_group = {key: every[every["group"] == key] for key, _ in groups}
    lists = {
        what: {key: counted(rows[rows["relation"].isin(LISTS[what])]) for key, rows in by_group.items()}
        for what in LISTS
        if every["relation"].isin(LISTS[what]).any()
    }
    roles_by_group = {key: roles(rows) for key, rows in by_group.items()}
    return LabelCounts(
        lists,
        {key: share_matrix.shares(rows, "relation", "times") for key, rows in roles_by_group.items() if len(rows)},
    )


def counted(rows: pd.DataFrame) -> Counted:
    """The words of a list that stand most often."""
    of_word = rows.groupby("word", as_index=False).agg(times=("start", "size"), articles=("article_id", "nunique"))
    several = of_word[of_word["articles"] > 1]
    counted_words = several if len(several) >= NEEDED else of_word
    first = counted_words.sort_values(["times", "articles", "word"], ascending=[False, False, True]).head(_SHOWN)
    columns = (first[name].tolist() for name in ("word", "times", "articles"))
    articles, in_one_article = int(rows["article_id"].nunique()), len(of_word) - len(several)
    return Counted(
        tuple(zip(*columns, strict=True)), len(rows), articles, in_one_article if counted_words is several else 0
    )


def columns(
    counted_by_group: Mapping[str, Counted], names: Mapping[str, str], what: str, chosen: tuple[str, str] | None
) -> Html:
    """A column a group: the words of one list with how often they stand, and in how many articles."""
    return side_by_side(
        _column(group, group_counted, names.get(group, group), what, chosen)
        for group, group_counted in counted_by_group.items()
    )


def _column(group: str, group_counted: Counted, name: str, what: str, chosen: tuple[str, str] | None) -> Html:
    if not group_counted.times:
        return column(name, "", none("none"))
    few = tag("p", f"too few: {group_counted.times} of {NEEDED} needed to compare", class_="fl-few fl-wrap")
    items = [
        item(
            word,
            f"{what}: {word}|{group}",
            number(times) if times == articles else f"{number(times)} in {count(articles, 'article')}",
            chosen=chosen == (group, f"{what}: {word}"),
        )
        for word, times, articles in group_counted.words
    ]
    if group_counted.in_one_article:
        items.append(
            tag("li", tag("span", f"{number(group_counted.in_one_article)} more in one article each", class_="fl-none"))
        )
    size = f"{count(group_counted.times, 'time')} in {count(group_counted.articles, 'article')}"
    return column(name, size, few if group_counted.times < NEEDED else None, tag("ul", *items))


def roles(rows: pd.DataFrame) -> pd.DataFrame:
    """Roles of one group of articles, counted by article: article_id, relation, times."""
    role_rows = rows[rows["relation"].isin([line.key for line in ROLES])]
    return role_rows.groupby(["article_id", "relation"], as_index=False).agg(times=("start", "size"))


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
