"""Who speaks in each group: the share of words in quotation marks, speakers in their hues. Rows in, HTML out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.columns import column, item, none, side_by_side
from dashboard.html import Html, join, tag
from dashboard.rail import shares
from dashboard.text import rows, speaker_key
from dashboard.words import count, number, share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

NOT_FOUND: Final = "speaker not found"
_SHOWN: Final = 8
# Before words that stand for a speaker nobody names, to tell them from the id of somebody known.
_CALLED: Final = "~"


def value_of(row: Mapping[str, Any]) -> str:
    """A speaker as the URL holds one: the entity id, else the words that stand for one."""
    return str(row["speaker_id"] or "") or f"{_CALLED}{row['speaker'] or ''}"


def speaker_of(value: str) -> tuple[str, str]:
    """Entity id and words of a value of the URL: one of the two is empty."""
    return ("", value.removeprefix(_CALLED)) if value.startswith(_CALLED) else (value, "")


def columns(
    speakers: pd.DataFrame,
    groups: Sequence[str],
    names: Mapping[str, str],
    sizes: Mapping[str, str],
    hues: Mapping[str, str],
    chosen: tuple[str, str] | None,
) -> Html:
    """A column a group: a bar of its speakers, then each with words and share; one leads to what they are quoted with.

    ``speakers`` has the columns group, speaker_id, speaker and words.
    """
    everyone = rows(speakers)
    return side_by_side(
        _column([row for row in everyone if row["group"] == group and row["words"]], group, names, sizes, hues, chosen)
        for group in groups
    )


def _column(
    own: list[dict[str, Any]],
    group: str,
    names: Mapping[str, str],
    sizes: Mapping[str, str],
    hues: Mapping[str, str],
    chosen: tuple[str, str] | None,
) -> Html:
    own.sort(key=lambda row: (-int(row["words"]), str(row["speaker"] or "")))
    total = sum(int(row["words"]) for row in own)
    name, size = names.get(group, group), f"{count(total, 'quoted word')} in {sizes.get(group, '')}"
    if not total:
        return column(name, size, none("nobody is quoted"))
    shown, rest = own[:_SHOWN], own[_SHOWN:]
    parts = [(f"s {hues.get(speaker_key(row), 's0')}", float(row["words"])) for row in shown]
    lines = [
        item(
            str(row["speaker"] or "") or NOT_FOUND,
            f"{value_of(row)}|{group}",
            f"{count(row['words'], 'word')}, {share(row['words'], total)}",
            chosen=chosen == (group, value_of(row)),
            class_=f"fl-who {hues.get(speaker_key(row), 's0')}",
        )
        for row in shown
    ]
    if left := sum(int(row["words"]) for row in rest):
        parts.append(("s s0", float(left)))
        more = tag("span", f"{number(len(rest))} more", class_="fl-who s0")
        lines.append(tag("li", more, tag("span", f"{count(left, 'word')}, {share(left, total)}")))
    return column(name, size, shares(parts, f"{name}: shares of {count(total, 'quoted word')}"), tag("ul", *lines))


def alone(
    spoken: Mapping[str, pd.DataFrame], names: Mapping[str, str], chosen: tuple[str, str] | None, most: int
) -> Html:
    """A column a group: people whom it quotes and none of the others does, most quoted words first.

    ``spoken`` holds by group rows with speaker_id, speaker and words.
    """
    people = {group: set(rows_["speaker_id"]) - {""} for group, rows_ in spoken.items()}
    shown = []
    for group, every in spoken.items():
        others: set[str] = set().union(*(ids for other, ids in people.items() if other != group))
        own = every[every["speaker_id"].isin(people[group] - others) & every["speaker_id"].str.startswith("person:")]
        ranked = own.groupby(["speaker_id", "speaker"], as_index=False).agg(words=("words", "sum"))
        ranked = ranked.sort_values(["words", "speaker"], ascending=[False, True])
        lines = [
            item(
                row["speaker"],
                f"{value_of(row)}|{group}",
                count(row["words"], "word"),
                chosen=chosen == (group, value_of(row)),
                class_="fl-who",
            )
            for row in rows(ranked.head(most))
        ]
        if len(ranked) > most:
            lines.append(tag("li", tag("span", f"{number(len(ranked) - most)} more", class_="fl-who"), tag("span")))
        size = f"{number(len(ranked))} of {count(len(people[group]), 'speaker')} here alone"
        shown.append(column(names.get(group, group), size, tag("ul", *lines) if lines else none("none")))
    return side_by_side(shown)


def who(listed: pd.DataFrame, most: int) -> Html:
    """Speakers of a kind in one line each: words, articles, and the words that told the kind."""
    lines = []
    for row in rows(listed.head(most)):
        how = f"how we know: {row['told_by']}" if row["told_by"] else "no word tells"
        counted = f"{count(row['words'], 'word')} in {count(row['articles'], 'article')}"
        name = tag("b", str(row["speaker"]) or NOT_FOUND)
        lines.append(tag("li", join(name, f" {counted} · {how}")))
    if len(listed) > most:
        lines.append(tag("li", f"and {number(len(listed) - most)} more"))
    return tag("ul", *lines, class_="fl-whos")
