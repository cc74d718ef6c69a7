"""Who speaks in groups of articles: by name, by kind, by one group alone and with which verbs. Counted, and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from dashboard.markup import share_matrix
from dashboard.markup.columns import column, item, none, side_by_side
from dashboard.markup.html import Html, join, link, query, tag
from dashboard.markup.phrasing import TERMS, count, number, share
from dashboard.reading.article_text import rows, speaker_key, speaker_name
from dashboard.reading.side_rail import shares
from store.queries import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store import Filter, Store
    from store.rates import Rate

    Groups = tuple[tuple[str, Filter], ...]

_SHOWN, _ALONE, _CUES = 8, 8, 3
# Before words that stand for a speaker nobody names, to tell them from the id of somebody known.
_CALLED: Final = "~"
# In the place of a speaker: words in marks that are a term, which nobody says.
TERM: Final = "~~"


def value_of(row: Mapping[str, Any]) -> str:
    """A speaker as the URL holds one: the entity id, else the words that stand for one."""
    if row.get("term"):
        return TERM
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
    filters: Mapping[str, str],
) -> Html:
    """A column a group: a bar of its speakers, then each with words and share; one leads to what they are quoted with.

    ``speakers`` has the columns group, speaker_id, speaker, term, words and reported; ``filters`` hold the query of
    each group. The words of a column add up to all its words in quotation marks.
    """
    everyone = rows(speakers)
    return side_by_side(
        _column(
            [row for row in everyone if row["group"] == group],
            group,
            names,
            sizes,
            hues,
            chosen,
            filters,
        )
        for group in groups
    )


def _column(
    group_rows: list[dict[str, Any]],
    group: str,
    names: Mapping[str, str],
    sizes: Mapping[str, str],
    hues: Mapping[str, str],
    chosen: tuple[str, str] | None,
    filters: Mapping[str, str],
) -> Html:
    reported = sum(int(row["reported"]) for row in group_rows)
    group_rows = [row for row in group_rows if row["words"]]
    group_rows.sort(key=lambda row: (bool(row["term"]), -int(row["words"]), str(row["speaker"] or "")))
    total = sum(int(row["words"]) for row in group_rows)
    name, size = names.get(group, group), f"{count(total, 'word')} in quotation marks, in {sizes.get(group, '')}"
    beside = none(f"and {count(reported, 'word')} reported, without marks") if reported else None
    if not total:
        return column(name, size, none("nobody is quoted"), beside)
    shown = group_rows[:_SHOWN] if len(group_rows) > _SHOWN + 1 else group_rows
    rest = group_rows[len(shown) :]
    parts = [(f"s {hues.get(speaker_key(row), 's0')}", float(row["words"])) for row in shown]
    lines = [
        item(
            TERMS if row["term"] else speaker_name(row),
            f"{value_of(row)}|{group}",
            f"{count(row['words'], 'word')}, {share(row['words'], total)}",
            chosen=chosen == (group, value_of(row)),
            class_=f"fl-who {hues.get(speaker_key(row), 's0')}",
        )
        for row in shown
    ]
    if rest_words := sum(int(row["words"]) for row in rest):
        parts.append(("s s0", float(rest_words)))
        more = tag("span", _more(len(rest), filters.get(group, "")), class_="fl-who s0")
        lines.append(tag("li", more, tag("span", f"{count(rest_words, 'word')}, {share(rest_words, total)}")))
    bar = shares(parts, f"{name}: shares of {count(total, 'word')} in quotation marks")
    return column(name, size, bar, tag("ul", *lines), beside)


class SpeakerCounts(NamedTuple):
    """Who speaks in groups, counted.

    Shares by group of kinds, of speakers with and without a name, and of classes of cues; and who is quoted by one
    alone. ``cues`` are the most frequent of a group and class, in words; ``alone`` holds by group the first speakers
    (value, name, words), how many there are, and how many speakers of all.
    """

    kinds: dict[str, dict[str, Rate]]
    namings: dict[str, dict[str, Rate]]
    classes: dict[str, dict[str, Rate]]
    cues: dict[tuple[str, str], str]
    alone: dict[str, tuple[tuple[tuple[str, str, int], ...], int, int]]


def of(store: Store, groups: Groups) -> SpeakerCounts:
    """Who speaks in groups of articles."""
    spoken = {key: kinds.by_kind(store, chosen) for key, chosen in groups}
    attributed = {key: kinds.cue_classes(store, chosen) for key, chosen in groups}
    cues = {}
    for key, frame in attributed.items():
        times = frame.groupby(["cue_class", "cue"], as_index=False).agg(quotes=("quotes", "sum"))
        for cue_class, class_rows in times.sort_values(["quotes", "cue"], ascending=[False, True]).groupby("cue_class"):
            cues[key, str(cue_class)] = ", ".join(class_rows["cue"].head(_CUES))
    return SpeakerCounts(
        {key: share_matrix.shares(rows_, "kind", "words") for key, rows_ in spoken.items() if len(rows_)},
        {key: share_matrix.shares(rows_, "naming", "words") for key, rows_ in spoken.items() if len(rows_)},
        {key: share_matrix.shares(frame, "cue_class", "quotes") for key, frame in attributed.items() if len(frame)},
        cues,
        _alone(spoken),
    )


def table(store: Store, groups: Groups) -> pd.DataFrame:
    """Every speaker of every group: group, speaker_id, speaker, kind, told_by, naming, words, articles.

    Most words first.

    The words of a group add up to its words in quotation marks.
    """
    every = pd.concat([kinds.by_kind(store, chosen).assign(group=key) for key, chosen in groups], ignore_index=True)
    speakers = every.groupby(["group", "speaker_id", "speaker", "kind", "told_by", "naming"], as_index=False).agg(
        words=("words", "sum"), articles=("article_id", "nunique")
    )
    return speakers.sort_values(["group", "words", "speaker"], ascending=[True, False, True]).reset_index(drop=True)


def _alone(spoken: Mapping[str, pd.DataFrame]) -> dict[str, tuple[tuple[tuple[str, str, int], ...], int, int]]:
    people = {group: set(rows_["speaker_id"]) - {""} for group, rows_ in spoken.items()}
    alone = {}
    for group, every in spoken.items():
        others: set[str] = set().union(*(ids for another_group, ids in people.items() if another_group != group))
        only_here = every[
            every["speaker_id"].isin(people[group] - others) & every["speaker_id"].str.startswith("person:")
        ]
        ranked = only_here.groupby(["speaker_id", "speaker"], as_index=False).agg(words=("words", "sum"))
        ranked = ranked.sort_values(["words", "speaker"], ascending=[False, True])
        first = tuple((value_of(row), str(row["speaker"]), int(row["words"])) for row in rows(ranked.head(_ALONE)))
        alone[group] = first, len(ranked), len(people[group])
    return alone


def _more(rest: int, filter_query: str) -> Html:
    return link("quotes", f"{number(rest)} more", query(filter_query, sort="speaker"))


def quoted_by_one_group(spoken: SpeakerCounts, names: Mapping[str, str], chosen: tuple[str, str] | None) -> Html:
    """A column a group: people whom it quotes and none of the others does, most quoted words first."""
    shown = []
    for group, (first, number_here, of_all) in spoken.alone.items():
        lines = [
            item(name, f"{value}|{group}", count(words, "word"), chosen=chosen == (group, value), class_="fl-who")
            for value, name, words in first
        ]
        if number_here > len(first):
            lines.append(
                tag("li", tag("span", f"{number(number_here - len(first))} more, in the file below", class_="fl-none"))
            )
        size = f"{number(number_here)} of {count(of_all, 'speaker')} here alone"
        shown.append(column(names.get(group, group), size, tag("ul", *lines) if lines else none("none")))
    return side_by_side(shown)


def who(listed: pd.DataFrame, most: int) -> Html:
    """Speakers of a kind in one line each: words, articles, and the words that told the kind."""
    lines = []
    for row in rows(listed.head(most)):
        how = f"how we know: {row['told_by']}" if row["told_by"] else "no word tells"
        counted = f"{count(row['words'], 'word')} in {count(row['articles'], 'article')}"
        name = tag("b", speaker_name(row))
        lines.append(tag("li", join(name, f" {counted} · {how}")))
    if len(listed) > most:
        lines.append(tag("li", f"and {number(len(listed) - most)} more"))
    return tag("ul", *lines, class_="fl-whos")
