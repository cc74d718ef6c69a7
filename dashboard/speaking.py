"""Who speaks in each group: the share of words in quotation marks, speakers in their hues. Rows in, HTML out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.html import Html, join, link, query, tag
from dashboard.rail import shares
from dashboard.text import rows, speaker_key
from dashboard.words import count, number, share

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

_SHOWN: Final = 6


def columns(
    speakers: pd.DataFrame,
    groups: Sequence[str],
    names: Mapping[str, str],
    hues: Mapping[str, str],
    filter_query: Callable[[str, str], str | None],
) -> Html:
    """A column a group: a bar of its speakers, then each with words and share.

    ``speakers`` has the columns group, speaker_id, speaker and words. ``filter_query(group, speaker_id)`` gives the
    filter under which the quotes behind a number are listed, or ``None`` when they cannot be.
    """
    everyone = rows(speakers)
    shown = []
    for group in groups:
        own = [row for row in everyone if row["group"] == group and row["words"]]
        own.sort(key=lambda row: (-int(row["words"]), str(row["speaker"] or "")))
        total = sum(int(row["words"]) for row in own)
        head = tag("h3", names.get(group, group), tag("small", count(total, "quoted word")))
        if not total:
            shown.append(tag("div", head, tag("p", "nobody is quoted", class_="fl-none")))
            continue
        parts = [(f"s {hues.get(speaker_key(row), 's0')}", float(row["words"])) for row in own[:_SHOWN]]
        rest = own[_SHOWN:]
        left = sum(int(row["words"]) for row in rest)
        if left:
            parts.append(("s s0", float(left)))
        lines = [_line(row, total, hues, filter_query(group, str(row["speaker_id"] or ""))) for row in own[:_SHOWN]]
        if left:
            said = f"{count(left, 'word')}, {share(left, total)}"
            lines.append(tag("li", tag("span", f"{number(len(rest))} more", class_="fl-who s0"), tag("span", said)))
        aloud = f"{names.get(group, group)}: shares of {count(total, 'quoted word')}, listed below"
        shown.append(tag("div", head, shares(parts, aloud), tag("ul", *lines)))
    return tag("div", *shown, class_="fl-speakers")


def _line(row: dict[str, object], total: int, hues: Mapping[str, str], filter_query: str | None) -> Html:
    name = str(row["speaker"] or "") or "speaker not found"
    words = int(str(row["words"]))
    named: Html | str = link("quotes", name, query(filter_query)) if filter_query is not None else name
    who = tag("span", named, class_=f"fl-who {hues.get(speaker_key(row), 's0')}")
    return tag("li", who, tag("span", join(count(words, "word"), share(words, total), by=", ")))
