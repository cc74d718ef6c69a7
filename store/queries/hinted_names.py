"""Where an article could speak of somebody whom it is not found to name: by the surname, the initials, another figure.

That an article does not name somebody is a claim. It is made only where nothing in its text could be the name.
"""

from __future__ import annotations

import re
from math import isclose
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from store.queries.stories import figures_in, named_in
from store.queries.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.reader import Store

    # First and one past the last character.
    Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# "Jr" and "II" are no surnames, and initials of two letters stand for much.
_SHORTEST: Final = 3
# Smaller figures are seldom rounded, and what is told in fewer digits is within so much of it.
_LEAST_ROUNDED: Final = 100
_ROUNDED: Final = 0.08
_VALUE = re.compile(r"([$€£]?)([\d.,]+)( %)?$")


def hinted_in(store: Store, articles: Sequence[str]) -> pd.DataFrame:
    """Of names that some of these articles are found to give, the first place where another could give one as well.

    That is a person's surname, a place or body in full, or a body's initials, outside furniture, where nobody else is
    found to be named by more or other words.

    Columns entity_id, label, name, article_id, text, start, end.
    """
    named = named_in(store, articles)
    columns = ["entity_id", "label", "name", "article_id", "text", "start", "end"]
    if named.empty:
        return pd.DataFrame(columns=columns)
    ids = {"ids": list(articles)}
    among = "WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))"
    taken: dict[str, list[tuple[int, int, frozenset[str]]]] = {article: [] for article in articles}
    for article, name, start, end in store.rows_of(f'SELECT article_id, name, start, "end" FROM mentions {among}', ids):
        taken[article].append((start, end, frozenset(_WORD.findall(name))))
    aside: dict[str, list[Span]] = {article: [] for article in articles}
    furniture = f"SELECT article_id, start, \"end\" FROM sentences {among} AND voice = 'furniture'"
    for article, start, end in store.rows_of(furniture, ids):
        aside[article].append((start, end))
    whole = texts(store, articles)
    found = [
        {**entity, "article_id": article, "text": whole[article][first:last], "start": first, "end": last}
        for entity, absent in _absent(named, articles)
        for article in absent
        for first, last in [_hint(entity, whole[article], taken[article], aside[article])]
        if last
    ]
    return pd.DataFrame(found, columns=columns)


def _absent(named: pd.DataFrame, articles: Sequence[str]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Each entity, and the articles that are not found to name it."""
    for (entity_id, label, name), rows in named.groupby(["entity_id", "label", "name"], sort=False):
        present = set(rows["article_id"])
        yield (
            {"entity_id": entity_id, "label": label, "name": name},
            [article for article in articles if article not in present],
        )


def _hint(
    entity: dict[str, Any], text: str, taken: Sequence[tuple[int, int, frozenset[str]]], aside: Sequence[Span]
) -> Span:
    """Where ``text`` first has a word by which the entity is known; nothing where it has none."""
    words = _WORD.findall(entity["name"])
    known_by = [entity["name"]]
    if entity["label"] == "PERSON":
        known_by = [word for word in words if len(word) >= _SHORTEST and not word.isupper()][-1:]
    elif entity["label"] == "ORG":
        initials = "".join(word[0] for word in words if word[0].isupper())
        known_by += [initials] if len(initials) >= _SHORTEST else []
    for known in known_by:
        for match in re.finditer(rf"(?<![\w’'-]){re.escape(known)}(?![\w-])", text):
            first, last = match.span()
            others = (of for start, end, of in taken if start < last and first < end)
            if all(of <= set(words) for of in others) and not any(s < last and first < e for s, e in aside):
                return first, last
    return 0, 0


def near_figures(store: Store, articles: Sequence[str]) -> pd.DataFrame:
    """Of the figures some articles give, those another gives in fewer digits or in more: 848 where it has 850.

    Columns of :func:`store.queries.stories.figures_in`: the value of the one, and what the other article has for it.
    """
    figures = figures_in(store, articles)
    rows = [{str(column): value for column, value in row.items()} for row in figures.to_dict("records")]
    by_article = {article: [row for row in rows if row["article_id"] == article] for article in articles}
    near = []
    for value in dict.fromkeys(row["figure"] for row in rows):
        for of_article in by_article.values():
            if not any(row["figure"] == value for row in of_article):
                alike = next((row for row in of_article if _is_rounded(row["figure"], value)), None)
                near += [alike | {"figure": value}] if alike else []
    return pd.DataFrame(near, columns=list(figures.columns))


def _is_rounded(one: str, other: str) -> bool:
    """Whether one of two figures is the other in fewer digits, of one currency or both shares."""
    first, second = _VALUE.match(one), _VALUE.match(other)
    if not first or not second or (first[1], first[3]) != (second[1], second[3]):
        return False
    values = sorted((first[2].replace(",", ""), second[2].replace(",", "")), key=_digits)
    digits = _digits(values[0])
    fewer, more = float(values[0]), float(values[1])
    is_near = fewer >= _LEAST_ROUNDED and isclose(fewer, more, rel_tol=_ROUNDED)
    return is_near and digits < _digits(values[1]) and float(f"{more:.{digits - 1}e}") == fewer


def _digits(value: str) -> int:
    return len(value.replace(".", "").strip("0")) or 1
