"""Who is given words in each group: by name, by kind of speaker, by one group alone, and with which verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.app import data
from dashboard.compare import section, speaker_tables
from dashboard.compare.comparison import Comparison, keep, pair
from dashboard.compare.evidence import band, below
from dashboard.markup import phrasing, reader
from dashboard.markup.block import block
from dashboard.markup.html import Html, draw, join, link, tag
from dashboard.markup.share_matrix import Line
from dashboard.reading import article_text
from store import queries
from store.queries.kinds import TERM
from store.queries.quotes import ATTRIBUTED, IN_MARKS

if TYPE_CHECKING:
    from dashboard.compare.speaker_tables import SpeakerCounts
    from store import Filter

LINES: Final = tuple(
    Line(kind, name, note)
    for kind, name, note in (
        ("politician", "Politicians", "hold, held or seek an elected office"),
        ("official", "Officials", "speak for a government or its agencies"),
        ("police", "Police and border police", "and their unions"),
        ("court", "Courts and judges", ""),
        ("advocate", "Advocates", "speak for a cause or a group"),
        ("lawyer", "Lawyers", ""),
        ("expert", "Experts", "speak from study or a profession"),
        ("affected person", "People affected", "immigrants, families, residents"),
        ("journalist", "Journalists and media", ""),
        ("not named", "People not named", "“critics”, “a source”: no word tells the kind"),
        ("unknown", "Unknown", "no word tells, or no speaker was found"),
        (TERM, "Terms in marks", "words set off, which nobody says"),
    )
)
NAMINGS: Final = tuple(
    Line(key, name, note)
    for key, name, note in (
        ("person", "People with a name", ""),
        ("body", "Organisations and governments", "“the White House said”"),
        ("without a name", "Without a name", "“a spokesperson”, “critics”"),
        ("not found", "No speaker found", ""),
        (TERM, "Terms in marks", "words set off, which nobody says"),
    )
)
CLASSES: Final = (
    Line("neutral", "Neutral", "say, tell, add"),
    Line("assertive", "Assertive", "insist, vow, warn"),
    Line("doubting", "Doubting", "claim, allege, admit"),
    Line("praising", "Praising", "praise, hail"),
    Line("attacking", "Attacking", "slam, blast, accuse"),
)
MOST_WHO: Final = 8
MOST_QUOTES: Final = 200


def size(compared: Comparison) -> str:
    """How much there is to compare."""
    return phrasing.count(sum(_quoted_words(chosen) for _, chosen in compared.by_filter), "word")


def _quoted_words(chosen: Filter) -> int:
    return data.ask(queries.counts, chosen.but(voices=())).words_by_voice["quote"]


def show(compared: Comparison) -> None:
    """The section."""
    section.head(
        "speakers",
        "Who speaks",
        f"Words inside quotation marks, within each {compared.one}: all its articles that match, whoever they name. "
        "What is reported without marks is counted beside them. Choose a speaker to read what they say.",
    )
    parts = [data.ask(queries.speakers, chosen).assign(group=key) for key, chosen in compared.by_filter]
    by_group = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["group"])
    hues = article_text.hues_of(data.ask(queries.loudest, compared.chosen, article_text.HUES))
    block(
        speaker_tables.columns(
            by_group,
            compared.keys,
            compared.names,
            compared.sizes,
            hues,
            pair("speaker"),
            {key: chosen.to_query() for key, chosen in compared.by_filter},
        ),
        key="compare_speakers",
        on_choose=keep("speaker"),
    )
    below(_quoted(compared, "speaker"), "speaker")
    spoken = data.ask(speaker_tables.of, compared.by_filter)
    table = data.ask(speaker_tables.table, compared.by_filter)
    _kinds(compared, spoken, table)
    _namings(compared, spoken, table)
    _alone(compared, spoken)
    _cues(compared, spoken)
    section.foot(
        compared,
        "speakers",
        table,
        what=f"speakers of each {compared.one}",
        by=compared.dimension,
        methods="kinds",
    )


def _attributed(row: dict[str, object], *, by: bool) -> dict[str, object]:
    """A row for a band: the fragment, paler the rest of its sentence; ``by`` says who speaks, else by which verb."""
    before, after = (tag("span", row[side], class_="fl-cut") for side in ("before", "after"))
    by_whom = article_text.speaker_name(row) if by else row["cue"] and f"“{row['cue']}”"
    return row | {"said": join(before, row["text"], after), "by": by_whom}


def _quotes(
    compared: Comparison, frame: pd.DataFrame, head: str, *, key: str, by: bool, above: Html | None = None
) -> Html | None:
    """A band of attributions: those in quotation marks, and apart from them those that are reported."""
    if frame.empty:
        return None
    of_all = int(frame["of_all"].iloc[0])
    rows = [_attributed(row, by=by) | {"apart": row["kind"] == "indirect"} for row in article_text.rows(frame)]
    apart = "Reported, without quotation marks"
    return band(compared.chosen, rows, head, key=key, unit="attribution", of_all=of_all, above=above, apart=apart)


def _quoted(compared: Comparison, key: str) -> Html | None:
    """What the speaker the URL holds under ``key`` says in a group."""
    chosen = pair(key)
    if not chosen or not (group := compared.group(chosen[0])):
        return None
    terms = chosen[1] == speaker_tables.TERM
    speaker = ("", "") if terms else speaker_tables.speaker_of(chosen[1])
    kinds = ("term",) if terms else ATTRIBUTED
    frame = data.ask(queries.attributions, group.chosen, speakers=(speaker,), kinds=kinds, limit=MOST_QUOTES)
    if not len(frame):
        return None
    named = phrasing.TERMS if terms else article_text.speaker_name(article_text.rows(frame.head(1))[0])
    above = None
    if speaker[0].startswith("person:") and compared.dimension != "people":
        to = group.chosen.but(people=(speaker[0],)).to_query()
        above = tag("p", link("quotes", f"All that names or quotes {named} in {group.name}", to), class_="fl-note")
    return _quotes(compared, frame, f"{named} in {group.name}", key=key, by=False, above=above)


def _kinds(compared: Comparison, spoken: SpeakerCounts, table: pd.DataFrame) -> None:
    draw(
        tag("h3", "By kind of speaker", class_="fl-h3 fl-gap"),
        tag(
            "p",
            "Share of words inside quotation marks. Line: "
            f"{reader.per_cent('95')} interval, where five articles or more quote the kind. "
            "The kind is read from titles and words beside a name; choose a cell to read who was counted, why, and "
            "what they say.",
            class_="fl-sub",
        ),
    )
    section.shares(
        compared,
        "kind",
        LINES,
        spoken.kinds,
        unit="quoted words",
        about="Quoted words by kind of speaker",
        head="Kind of speaker",
        under_row=lambda key, kind: _who(compared, key, "kind", kind, table),
    )


def _namings(compared: Comparison, spoken: SpeakerCounts, table: pd.DataFrame) -> None:
    draw(
        tag("h3", "With and without a name", class_="fl-h3 fl-gap"),
        tag(
            "p",
            "Share of words inside quotation marks, by whether readers are told who says them. Somebody without a name "
            "counts above by what the words tell: “a White House spokesperson” speaks for a government.",
            class_="fl-sub",
        ),
    )
    section.shares(
        compared,
        "naming",
        NAMINGS,
        spoken.namings,
        unit="quoted words",
        about="Quoted words by whether the speaker has a name",
        head="Speaker",
        under_row=lambda key, naming: _who(compared, key, "naming", naming, table),
    )


def _who(compared: Comparison, key: str, column: str, value: str, table: pd.DataFrame) -> Html | None:
    """Who was counted in a cell, the words that told the kind, and what they are quoted with.

    ``column`` is the column of ``table`` that the lines stand for, ``value`` what it holds in the line.
    """
    listed = table[(table["group"] == key) & (table[column] == value)]
    group = compared.group(key)
    if listed.empty or group is None:
        return None
    values = [speaker_tables.speaker_of(speaker_tables.value_of(row)) for row in article_text.rows(listed)]
    kinds = ("term",) if value == TERM else IN_MARKS
    frame = data.ask(queries.attributions, group.chosen, speakers=tuple(values), kinds=kinds, limit=MOST_QUOTES)
    line = next(line for line in (LINES if column == "kind" else NAMINGS) if line.key == value)
    of_group = f"{reader.spelt(line.name)} in {group.name}"
    head = f"{of_group}: {phrasing.count(len(listed), 'speaker')}"
    if value == TERM:
        return _quotes(compared, frame, of_group, key=column, by=False)
    return _quotes(compared, frame, head, key=column, by=True, above=speaker_tables.who(listed, MOST_WHO))


def _alone(compared: Comparison, spoken: SpeakerCounts) -> None:
    """Somebody named whom one group quotes and none of the others does."""
    if len(compared.groups) < 2:
        return
    draw(
        tag("h3", f"Quoted by one {compared.one} alone", class_="fl-h3 fl-gap"),
        tag(
            "p",
            "People with a name whom none of the others compared here quotes; elsewhere they may well be quoted.",
            class_="fl-sub",
        ),
    )
    block(
        speaker_tables.quoted_by_one_group(spoken, compared.names, pair("alone")),
        key="compare_alone",
        on_choose=keep("alone"),
    )
    below(_quoted(compared, "alone"), "alone")


def _cues(compared: Comparison, spoken: SpeakerCounts) -> None:
    """Which verbs attribute words: neutral ones, or ones that take a side."""
    draw(
        tag("h3", "By which verbs words are attributed", class_="fl-h3 fl-gap"),
        tag("p", "Share of attributions, with or without quotation marks, that have such a verb.", class_="fl-sub"),
    )
    section.shares(
        compared,
        "cue",
        CLASSES,
        spoken.classes,
        unit="attributions",
        about="Attributions by class of verb",
        head="Verb",
        more=spoken.cues,
        under_row=lambda key, cue: _with_cue(compared, key, cue),
    )


def _with_cue(compared: Comparison, key: str, cue: str) -> Html | None:
    """What is attributed with a class of verbs in a group."""
    group = compared.group(key)
    if group is None:
        return None
    frame = data.ask(queries.attributions, group.chosen, cue_class=cue, limit=MOST_QUOTES)
    return _quotes(compared, frame, f"{cue.capitalize()} verbs in {group.name}", key="cue", by=True)
