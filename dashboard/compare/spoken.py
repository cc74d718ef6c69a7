"""Who is given words in each group: by name, by kind of speaker, by one group alone, and with which verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard import data, downloads, matrix, speaking, text, words
from dashboard.block import block
from dashboard.compare.comparison import Comparison, keep, pair
from dashboard.compare.evidence import band
from dashboard.html import draw, join, link, tag
from dashboard.matrix import Line
from store import queries
from store.queries import evidence, kinds

if TYPE_CHECKING:
    from store.rates import Rate

LINES: Final = tuple(
    Line(kind, name, note)
    for kind, name, note in (
        ("politician", "Politicians", "hold or seek an elected office"),
        ("official", "Officials", "speak for a government or its agencies"),
        ("police", "Police and border police", "and their unions"),
        ("court", "Courts and judges", ""),
        ("advocate", "Advocates", "speak for a cause or a group"),
        ("lawyer", "Lawyers", ""),
        ("expert", "Experts", "speak from study or a profession"),
        ("affected person", "People affected", "immigrants, families, residents"),
        ("journalist", "Journalists and media", ""),
        ("not named", "People not named", "“officials”, “critics”, “some”"),
        ("unknown", "Unknown", "no word tells, or no speaker was found"),
    )
)
CLASSES: Final = (
    Line("neutral", "Neutral", "say, tell, add"),
    Line("assertive", "Assertive", "insist, vow, warn"),
    Line("doubting", "Doubting", "claim, allege, admit"),
    Line("praising", "Praising", "praise, hail"),
    Line("attacking", "Attacking", "slam, blast, accuse"),
)
MOST_ALONE: Final = 8
MOST_QUOTES: Final = 200


def _quotes_of(compared: Comparison, group: str, speaker_id: str) -> str | None:
    if not speaker_id.startswith("person:") or compared.dimension == "people":
        return None
    return dict(compared.by_filter)[group].but(people=(speaker_id,)).to_query()


def show(compared: Comparison) -> None:
    """The section."""
    draw(
        tag("h2", "Who speaks", class_="fl-h2"),
        tag("p", f"Share of words in direct quotes, within each {compared.one}", class_="fl-sub"),
    )
    parts = [data.ask(evidence.all_speakers, chosen).assign(group=key) for key, chosen in compared.by_filter]
    by_group = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["group"])
    hues = text.speaker_hues(data.ask(evidence.all_speakers, compared.chosen))
    block(
        speaking.columns(
            by_group, compared.keys, compared.names, hues, lambda group, speaker: _quotes_of(compared, group, speaker)
        ),
        key="compare_speakers",
        on_choose=keep("of"),
    )
    spoken = {key: data.ask(kinds.by_kind, chosen) for key, chosen in compared.by_filter}
    _kinds(compared, spoken)
    _alone(compared, spoken)
    _cues(compared)
    every = pd.concat([rows.assign(group=key) for key, rows in spoken.items()], ignore_index=True)
    table = every.groupby(["group", "speaker_id", "speaker", "kind", "told_by"], as_index=False).agg(
        words=("words", "sum"), articles=("article_id", "nunique")
    )
    downloads.offer_rows(
        "speakers",
        compared.chosen,
        table.sort_values(["group", "words"], ascending=[True, False]).replace({"group": compared.names}),
        what=f"speakers of each {compared.one}",
        by=compared.dimension,
    )


def _kinds(compared: Comparison, spoken: dict[str, pd.DataFrame]) -> None:
    found = {key: matrix.shares(rows, "kind", "words") for key, rows in spoken.items() if len(rows)}
    chosen = pair("kind")
    draw(
        tag("h3", "By kind of speaker", class_="fl-h3 fl-gap"),
        tag(
            "p",
            "Share of words inside quotation marks. Line: 95 % interval, where five articles or more quote the kind. "
            "The kind is read from titles and words beside a name; choose a cell to see who was counted, and why.",
            class_="fl-sub",
        ),
    )
    lines = [line for line in LINES if any(line.key in by_kind for by_kind in found.values())]
    block(
        matrix.matrix(
            lines,
            found,
            compared.keys,
            compared.names,
            unit="quoted words",
            about="Quoted words by kind of speaker",
            head="Kind of speaker",
            chosen=chosen,
        ),
        key="compare_kinds",
        on_choose=keep("kind"),
    )
    if chosen and chosen[0] in spoken:
        _who(compared, *chosen, spoken[chosen[0]])


def _who(compared: Comparison, group: str, kind: str, rows: pd.DataFrame) -> None:
    """Who was counted as a kind, and the words that told it; each leads to an article that quotes them."""
    own = rows[rows["kind"] == kind]
    if own.empty:
        return
    listed = own.groupby(["speaker_id", "speaker", "told_by"], as_index=False).agg(
        words=("words", "sum"), articles=("article_id", "nunique")
    )
    listed = listed.sort_values(["words", "speaker"], ascending=[False, True])
    items = []
    for row in text.rows(listed.head(40)):
        query = _quotes_of(compared, group, str(row["speaker_id"]))
        name = str(row["speaker"]) or "speaker not found"
        how = f"how we know: {row['told_by']}" if row["told_by"] else "no word tells"
        counted = f"{words.count(row['words'], 'word')} in {words.count(row['articles'], 'article')}"
        items.append(
            tag(
                "li",
                tag("span", name, tag("small", f"{counted} · {how}"), class_="x"),
                link("quotes", "Quotes", query) if query else None,
            )
        )
    line = next(line for line in LINES if line.key == kind)
    head = f"{line.name} in {compared.names[group]}: {words.count(len(listed), 'speaker')}"
    draw(
        tag(
            "section",
            tag(
                "div",
                tag("h3", head, class_="fl-h3"),
                tag("span", f"{min(40, len(listed))} of {words.number(len(listed))}", class_="fl-none"),
                class_="fl-evhead",
            ),
            tag("ul", *items, class_="fl-ev fl-untoned"),
            class_="fl-evidence",
        )
    )


def _alone(compared: Comparison, spoken: dict[str, pd.DataFrame]) -> None:
    """Somebody named whom one group quotes and none of the others does."""
    if len(compared.groups) < 2:
        return
    named = {key: set(rows["speaker_id"]) - {""} for key, rows in spoken.items()}
    shown = []
    for key in compared.keys:
        others = set().union(*(ids for other, ids in named.items() if other != key))
        own = spoken[key]
        own = own[own["speaker_id"].isin(named[key] - others) & own["speaker_id"].str.startswith("person:")]
        ranked = own.groupby(["speaker_id", "speaker"], as_index=False).agg(words=("words", "sum"))
        ranked = ranked.sort_values(["words", "speaker"], ascending=[False, True])
        lines = []
        for row in text.rows(ranked.head(MOST_ALONE)):
            query = _quotes_of(compared, key, str(row["speaker_id"]))
            name = link("quotes", row["speaker"], query) if query else row["speaker"]
            lines.append(tag("li", tag("span", name), tag("span", words.count(row["words"], "word"))))
        said = f"{words.count(len(ranked), 'person', 'people')} quoted here alone"
        head = tag("h3", compared.names[key], tag("small", said))
        shown.append(tag("div", head, tag("ul", *lines) if lines else tag("p", "none", class_="fl-none")))
    draw(
        tag("h3", f"Quoted by one {compared.one} alone", class_="fl-h3 fl-gap"),
        tag("p", "Among those compared; elsewhere they may well be quoted.", class_="fl-sub"),
        tag("div", *shown, class_="fl-speakers"),
    )


def _cues(compared: Comparison) -> None:
    """Which verbs attribute words: neutral ones, or ones that take a side."""
    rows = {key: data.ask(kinds.cue_classes, chosen) for key, chosen in compared.by_filter}
    found: dict[str, dict[str, Rate]] = {
        key: matrix.shares(frame, "cue_class", "quotes") for key, frame in rows.items() if len(frame)
    }
    more = {}
    for key, frame in rows.items():
        times = frame.groupby(["cue_class", "cue"], as_index=False).agg(quotes=("quotes", "sum"))
        for cue_class, own in times.sort_values(["quotes", "cue"], ascending=[False, True]).groupby("cue_class"):
            more[key, str(cue_class)] = ", ".join(own["cue"].head(3))
    chosen = pair("cue")
    draw(
        tag("h3", "By which verbs words are attributed", class_="fl-h3 fl-gap"),
        tag("p", "Share of attributions, with or without quotation marks, that have such a verb.", class_="fl-sub"),
    )
    block(
        matrix.matrix(
            [line for line in CLASSES if any(line.key in by_class for by_class in found.values())],
            found,
            compared.keys,
            compared.names,
            unit="attributions",
            about="Attributions by class of verb",
            head="Verb",
            chosen=chosen,
            more=more,
        ),
        key="compare_cues",
        on_choose=keep("cue"),
    )
    if chosen and (group := compared.group(chosen[0])):
        frame = data.ask(queries.quotes, group.chosen, limit=MOST_QUOTES, cue_classes=(chosen[1],))
        attributed = [
            row | {"said": join(row["before"], tag("b", row["text"]), row["after"])} for row in text.rows(frame)
        ]
        band(
            compared.chosen,
            attributed,
            f"{chosen[1].capitalize()} verbs in {group.name}",
            key="cue",
            unit="attribution",
        )
