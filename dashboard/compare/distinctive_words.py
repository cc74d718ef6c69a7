"""The words that set groups apart, in one voice, with their counts.

Words are ranked by the log-odds of a group against all the others, with the words of all groups as prior (Monroe,
Colaresi and Quinn, 2008, "Fightin' Words"). A word is shown only where its z-score leaves chance behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.markup.columns import column, item, none, side_by_side
from dashboard.markup.html import Html, tag
from dashboard.markup.phrasing import count, number
from store.queries import phrase_counts, word_counts
from store.snapshot.compared_words import counted_words, house_words
from store.statistics import WordContrast, log_odds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store import Filter, Store

WORDS_NEEDED: Final = 300
PHRASES_NEEDED: Final = 100
BEYOND_CHANCE: Final = 1.96
# Rarer words are never far from chance, and there are very many of them.
USES_NEEDED: Final = 5
_SHOWN: Final = 12
_COUNTED: Final = ["group", "word", "count", "articles"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a group: how often the group and all others use it, and how far that is from chance."""

    word: str
    times: int
    elsewhere: int
    articles: int
    z: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one group: the most distinctive ones, or where there are too few just the most frequent."""

    words: tuple[Word, ...]
    total: int
    elsewhere: int
    needed: int = WORDS_NEEDED

    @property
    def few(self) -> bool:
        """Whether the group or the others have too few words for a comparison."""
        return min(self.total, self.elsewhere) < self.needed


def vocabularies(
    counts: pd.DataFrame, groups: Sequence[str], shown: int = _SHOWN, needed: int = WORDS_NEEDED
) -> dict[str, Vocabulary]:
    """The vocabulary of each group. ``counts`` has the columns group, word, count and articles.

    A word that stands in one article alone is left out wherever a group has more: it tells of the article.
    """
    times_in_group: dict[str, dict[str, int]] = {group: {} for group in groups}
    spread: dict[str, dict[str, int]] = {group: {} for group in groups}
    times_in_all: dict[str, int] = {}
    for group, word, times, articles in zip(
        counts["group"], counts["word"], counts["count"], counts["articles"], strict=True
    ):
        if group in times_in_group:
            times_in_group[group][word] = int(times)
            spread[group][word] = int(articles)
            times_in_all[word] = times_in_all.get(word, 0) + int(times)
    in_all = sum(times_in_all.values())
    frequent = {word: times for word, times in times_in_all.items() if times >= USES_NEEDED}
    by_group = {}
    for group in groups:
        total = sum(times_in_group[group].values())
        few = min(total, in_all - total) < needed
        if few:
            ranked = [
                (word, 0.0) for word, _ in sorted(times_in_group[group].items(), key=lambda item: (-item[1], item[0]))
            ]
        else:
            ours = {word: times for word, times in times_in_group[group].items() if word in frequent}
            theirs = {word: times - ours.get(word, 0) for word, times in frequent.items()}
            ranked = [(row.word, row.z) for row in log_odds(ours, theirs) if row.z > BEYOND_CHANCE]
        least = 1 if few or max(spread[group].values()) == 1 else 2
        ranked_kept = [(word, z) for word, z in ranked if spread[group].get(word, 0) >= least][:shown]
        words = (
            Word(
                word,
                times_in_group[group][word],
                times_in_all[word] - times_in_group[group][word],
                spread[group][word],
                z,
            )
            for word, z in ranked_kept
        )
        by_group[group] = Vocabulary(tuple(words), total, in_all - total, needed)
    return by_group


def counts(
    store: Store, groups: Sequence[tuple[str, Filter]], voice: str, unit: str = "words", names: Sequence[str] = ()
) -> pd.DataFrame:
    """How often each group (a key and a filter) uses each of its ``words`` or noun ``phrases`` in one voice.

    Columns: group, word, count, articles. Words of house style and those of ``names``, the groups' own, are left out:
    that an outlet writes "Mr." or says its name sets it apart, and tells nothing.
    """
    named = [list(counted_words(name)) for name in names]
    # "foxnews.com" is a name too.
    plain = house_words() | {word for words in named for word in (*words, "".join(words))}
    parts = []
    for key, chosen in groups:
        group_counts = (
            phrase_counts(store, chosen, voice) if unit == "phrases" else word_counts(store, chosen, voice, "all")
        )
        parts.append(group_counts.assign(group=key))
    counted = pd.concat(parts, ignore_index=True)[_COUNTED] if parts else pd.DataFrame(columns=_COUNTED)
    # A phrase is left out where it holds nothing else.
    telling = counted["word"].map(lambda word: any(part not in plain for part in str(word).split()))
    return counted[telling.astype(bool)].reset_index(drop=True)


def of(
    store: Store, groups: Sequence[tuple[str, Filter]], voice: str, unit: str = "words", names: Sequence[str] = ()
) -> dict[str, Vocabulary]:
    """The vocabularies of groups in one voice, as a question to the store."""
    needed = WORDS_NEEDED if unit == "words" else PHRASES_NEEDED
    return vocabularies(counts(store, groups, voice, unit, names), [key for key, _ in groups], needed=needed)


def table(
    store: Store, groups: Sequence[tuple[str, Filter]], voice: str, unit: str = "words", names: Sequence[str] = ()
) -> pd.DataFrame:
    """Every word of every group with its counts and z-score against the other groups together: what is downloaded.

    Columns: group, word, count, others, articles, log_odds, z. Words too rare for the comparison have no score.
    """
    counted = counts(store, groups, voice, unit, names)
    times_in_all = counted.groupby("word")["count"].sum()
    counted["others"] = (counted["word"].map(times_in_all) - counted["count"]).astype("int64")
    scored = [(key, row.word, row.log_odds, row.z) for key in dict(groups) for row in contrast(counted, key)]
    scores = pd.DataFrame(scored, columns=["group", "word", "log_odds", "z"])
    counted = counted.merge(scores, on=["group", "word"], how="left")
    return counted[["group", "word", "count", "others", "articles", "log_odds", "z"]]


def contrast(counted: pd.DataFrame, group: str) -> list[WordContrast]:
    """Words of ``group`` against those of all other groups; words rarer than ``USES_NEEDED`` in all are left out."""
    times_in_all = counted.groupby("word")["count"].sum()
    frequent = times_in_all[times_in_all >= USES_NEEDED]
    group_words = counted[(counted["group"] == group) & counted["word"].isin(frequent.index)]
    ours = dict(zip(group_words["word"], group_words["count"].astype(int), strict=True))
    theirs = {str(word): int(times) - ours.get(str(word), 0) for word, times in frequent.items()}
    return log_odds(ours, theirs)


def columns(
    by_group: Mapping[str, Vocabulary], names: Mapping[str, str], chosen: tuple[str, str] | None, unit: str
) -> Html:
    """A column a group: each word leads to where it stands, with how often it is used here and elsewhere."""
    return side_by_side(
        _column(group, vocabulary, names.get(group, group), chosen, unit) for group, vocabulary in by_group.items()
    )


def _column(group: str, vocabulary: Vocabulary, name: str, chosen: tuple[str, str] | None, unit: str) -> Html:
    unit_noun = unit.removesuffix("s")
    size = count(vocabulary.total, unit_noun)
    if not vocabulary.total:
        return column(name, size, none("none"))
    note = None
    if vocabulary.few:
        why = f"too few: {number(min(vocabulary.total, vocabulary.elsewhere))} of {vocabulary.needed} needed"
        note = tag("p", why, f"; most frequent {unit}", class_="fl-few fl-wrap")
    elif not vocabulary.words:
        note = none(f"no {unit_noun} stands out from chance")
    items = []
    for word in vocabulary.words:
        uses = number(word.times) if vocabulary.few else f"{number(word.times)}, others {number(word.elsewhere)}"
        items.append(item(word.word, f"{word.word}|{group}", uses, chosen=chosen == (group, word.word)))
    return column(name, size, note, tag("ul", *items))
