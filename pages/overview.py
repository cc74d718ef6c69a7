"""Overview: how many articles, whose words they are, who speaks, when, and which states are named."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from dashboard.app import data, downloads, notices, state, theme
from dashboard.charts import basic_charts, timeline
from dashboard.checking import beside
from dashboard.markup import phrasing, tables
from dashboard.markup.html import draw, link, query, tag
from dashboard.reading.article_text import HUES, hues_of, speaker_key
from store import Filter, queries
from store.queries.totals import totals
from store.schema import VOICES

# Up to here each article has its own bar; above, each outlet.
MOST_ARTICLES = 12
MOST_SPEAKERS = 8
# Codes that the census lists with the states and that are none.
OUTLYING = {"DC", "PR", "GU", "VI", "AS", "MP"}
MOST_STATES = 8
MOST_PEOPLE = 8


def page() -> None:
    """Draw the page for the current filter."""
    chosen = state.current()
    counts = data.ask(queries.counts, chosen)
    if not counts.articles:
        notices.nothing_matches(chosen)
        return
    outlets = data.rows(data.ask(totals, chosen, "source"))
    few = counts.articles <= timeline.MOST_DOTS
    limit = timeline.MOST_DOTS if few else MOST_ARTICLES
    articles = data.rows(data.ask(queries.articles, chosen, limit=limit))
    head(counts, chosen, outlets)
    left_column, right_column = st.columns([1.62, 1], gap="large")
    with left_column:
        whose_words(articles, outlets, chosen, each=counts.articles <= MOST_ARTICLES)
    with right_column:
        who_speaks(chosen, counts)
    left_column, right_column = st.columns(2, gap="large")
    with left_column:
        when(articles if few else None, chosen, counts)
        states_named(chosen, counts)
    with right_column:
        people_named(chosen, counts)
    the_articles(articles, chosen, counts)
    beside.show("quotes", "people", "places")


def head(counts: queries.Counts, chosen: Filter, outlets: list[dict[str, Any]]) -> None:
    """Title and figures: counts, never a reading of them."""
    quoted = counts.words_by_voice.get("quote", 0)
    reported = counts.words_by_voice.get("reported", 0)
    others = f" ({phrasing.share(quoted, counts.words)}), and {phrasing.number(reported)} reported"
    others = "" if chosen.voices else f"{others} ({phrasing.share(reported, counts.words)})"
    dated = [row for row in outlets if row["first"] and row["last"]]
    span = phrasing.months(
        min((row["first"] for row in dated), default=None), max((row["last"] for row in dated), default=None)
    )
    draw(
        tag("p", "Overview", class_="fl-kicker"),
        tag(
            "h1",
            f"{phrasing.count(counts.articles, 'article')} from {phrasing.count(counts.sources, 'outlet')}",
            class_="fl-h1",
        ),
        tag("p", f"{span[0].upper()}{span[1:]}. {counted(counts, chosen)}", class_="fl-standfirst"),
        numbers(
            (counts.words, f"words counted, {phrasing.number(counts.furniture_words)} set aside as furniture"),
            # Where quotes are not among the voices chosen, none would be said to be there.
            *([(quoted, f"words in quotation marks{others}")] if "quote" in (chosen.voices or ("quote",)) else []),
            (counts.people, f"people named in {phrasing.count(counts.articles, 'article')}"),
            states_counted(data.rows(data.ask(queries.states, chosen))),
        ),
        tag("p", phrasing.FURNITURE, class_="fl-note") if counts.furniture_words else None,
    )


def states_counted(rows: list[dict[str, Any]]) -> tuple[int, str]:
    """How many of the fifty states are named; the capital and the territories are said beside them."""
    outlying = [row for row in rows if row["state"] in OUTLYING]
    capital = ["Washington, D.C."] if any(row["state"] == "DC" for row in outlying) else []
    territories = len(outlying) - len(capital)
    others = [*capital, *([phrasing.count(territories, "territory", "territories")] if territories else [])]
    many = len(rows) - len(outlying)
    return many, ("state named" if many == 1 else "states named") + (
        f", and {phrasing.listed(others)}" if others else ""
    )


def counted(counts: queries.Counts, chosen: Filter) -> str:
    """How much is quoted of what is counted; nothing is compared when the filter has chosen whose words count."""
    if chosen.voices:
        voices = phrasing.listed([phrasing.VOICE_NAMES[voice].lower() for voice in chosen.voices])
        return f"{phrasing.count(counts.words, 'word')} counted, those in {voices} alone."
    quoted, reported = (counts.words_by_voice.get(voice, 0) for voice in ("quote", "reported"))
    if not quoted + reported:
        return (
            f"Of {phrasing.count(counts.words, 'word')} counted, none stands in quotation marks and none reports what "
            "somebody said: all are the outlet’s own."
        )
    return (
        f"Of {phrasing.count(counts.words, 'word')} counted, {phrasing.number(quoted)} "
        f"{'stands' if quoted == 1 else 'stand'} in quotation marks and {phrasing.number(reported)} "
        f"{'reports' if reported == 1 else 'report'} what somebody said: "
        f"{phrasing.roughly(quoted + reported, counts.words)} reported or quoted, not the outlet’s own."
    )


def numbers(*pairs: tuple[int, str]) -> object:
    """A ruled row of numbers, each with what it counts."""
    return tag(
        "div",
        *(tag("div", tag("b", phrasing.number(value)), tag("span", what)) for value, what in pairs),
        class_="fl-figures",
    )


def section(title: str, about: str) -> None:
    """The head of a section."""
    draw(tag("h2", title, class_="fl-h2"), tag("p", about, class_="fl-sub"))


def legend(voices: list[str]) -> object:
    """Pattern and name of each voice that is drawn."""
    return tag(
        "div",
        *(tag("span", phrasing.VOICE_NAMES[voice], class_=f"fl-v {voice[0]}") for voice in voices),
        class_="fl-legend",
    )


def whose_words(articles: list[dict[str, Any]], outlets: list[dict[str, Any]], chosen: Filter, *, each: bool) -> None:
    """Words by voice: a bar an article, or a bar an outlet where articles are many."""
    rows = [by_article(row) for row in articles] if each else [by_outlet(row) for row in outlets]
    shown = rows[:MOST_ARTICLES]
    section(
        "Whose words",
        f"Words in each {'article' if each else 'outlet'} by voice{', whichever are chosen' if chosen.voices else ''}; "
        "at right, the share in quotation marks of all words counted",
    )
    draw(legend([voice for voice in VOICES if any(row[f"words_{voice}"] for row in shown)]))
    room = basic_charts.label_room([*(row["label"] for row in shown), *(row["sub"] for row in shown)], most=170)
    drawn = basic_charts.voice_bars(shown, room=room, hint="Click to read" if each else "Click for this outlet")

    def clicked(point: list[Any]) -> None:
        if not each:
            state.set_filter(chosen.but(sources=(point[0],)))
            return
        article = data.ask(queries.article, point[0])
        starts = (
            [] if article is None else article.passages.loc[article.passages["voice"] == point[1], "start"].tolist()
        )
        state.go("read", article=point[0], at=starts[0] if starts else None)

    alt = "; ".join(
        f"{row['label']}, {row['sub']}: {row['words_quote']:,} of {row['words']:,} words in quotation marks"
        for row in shown
    )
    basic_charts.show(drawn, key="whose_words", alt=f"Words by voice. {alt}.", on_point=clicked)
    longest = max(row["words"] + row["words_furniture"] for row in shown)
    note = f"Bar length is words; the longest has {phrasing.number(longest)}. "
    if len(rows) > len(shown):
        note += f"The {len(shown)} outlets with most words of {len(rows):,}. "
    draw(
        tag(
            "p", note, f"Click a bar to {'read those passages' if each else 'see that outlet alone'}.", class_="fl-note"
        )
    )


def by_article(row: dict[str, Any]) -> dict[str, Any]:
    """An article as a row of the chart."""
    return {**row, "label": row["source"], "sub": phrasing.when(row["published"]), "key": row["article_id"]}


def by_outlet(row: dict[str, Any]) -> dict[str, Any]:
    """An outlet's totals as a row of the chart."""
    return {**row, "label": row["group"], "sub": phrasing.count(row["articles"], "article"), "key": row["group"]}


def who_speaks(chosen: Filter, counts: queries.Counts) -> None:
    """Speakers by words inside quotation marks; those without a name are lumped and said to be."""
    # One more than are drawn: a single other is drawn too.
    spoken = data.ask(queries.speaking, chosen, MOST_SPEAKERS + 1)
    total, reported, lost = spoken.words, spoken.reported, spoken.lost
    besides = f"; {phrasing.number(reported)} more are reported, without marks" if reported else ""
    whichever = ", whichever voices are chosen" if chosen.voices else ""
    section("Who speaks", f"Words in quotation marks, of {phrasing.number(total)}{besides}{whichever}")
    if not total:
        draw(tag("p", "none: no words in quotation marks", class_="fl-none"))
        return
    first = data.rows(spoken.first)
    top = first[:MOST_SPEAKERS] if spoken.named > MOST_SPEAKERS + 1 else first
    others = spoken.named_words - sum(row["words"] for row in top)
    bars = [
        {
            "label": row["speaker"],
            "value": int(row["words"]),
            "said": phrasing.number(row["words"]),
            "hover": f"{phrasing.share(row['words'], total)} of {phrasing.number(total)}, in "
            f"{phrasing.count(row['articles'], 'article')} of {phrasing.number(counts.articles)}"
            + ("<br>Click for the quotes" if row["speaker_id"] else ""),
            "key": row["speaker_id"],
            "hue": speaker_key(row),
        }
        for row in top
    ]
    rest = f"{spoken.named - len(top):,} others"
    # Lumped together, the others of a large corpus would dwarf every bar: then the note says their number.
    lump = others if top and others <= top[0]["words"] else 0
    for label, value in (
        (rest, lump),
        ("Speaker not found", lost),
        (f"{phrasing.TERMS[:1].upper()}{phrasing.TERMS[1:]}", spoken.terms),
    ):
        if value:
            lumped = {"label": label, "value": int(value), "said": phrasing.number(value)}
            bars.append(lumped | {"hover": "", "key": "", "hue": ""})
    hues = hues_of(data.ask(queries.loudest, chosen, HUES))
    colours = [theme.colour(hues.get(bar["hue"], "s0")) for bar in bars]

    def clicked(point: list[Any]) -> None:
        if point[0]:
            state.go("quotes", chosen.but(people=(point[0],)))

    drawn = basic_charts.bars(bars, room=216, unit="words", colours=colours, swatch=True)
    alt = "; ".join(f"{bar['label']} {bar['said']}" for bar in bars)
    basic_charts.show(drawn, key="who_speaks", alt=f"Words in quotation marks by speaker. {alt}.", on_point=clicked)
    note = speaking(data.rows(spoken.widest), lost, counts)
    if others and not lump:
        note = f"{rest} are quoted with {phrasing.count(others, 'word')}. {note}"
    draw(tag("p", note, class_="fl-note"))


def speaking(widest_first: list[dict[str, Any]], lost: int, counts: queries.Counts) -> str:
    """In how many articles the first of two at most is quoted, and how many words have no speaker."""
    sentences = []
    if widest_first and counts.articles > 1:
        widest = widest_first[0]
        rest = max((row["articles"] for row in widest_first[1:]), default=0)
        of = phrasing.count(counts.articles, "article")
        quoted = f"{widest['speaker']} is quoted in {phrasing.number(widest['articles'])} of {of}"
        if rest == widest["articles"]:  # nobody stands out
            quoted = f"Nobody is quoted in more than {phrasing.number(rest)} of {of}"
        elif len(widest_first) > 1:
            quoted += f", everyone else in {'1' if rest == 1 else f'{phrasing.number(rest)} or fewer'}"
        sentences.append(f"{quoted}.")
    if lost:
        sentences.append(
            f"{phrasing.count(lost, 'quoted word')} {'has' if lost == 1 else 'have'} no speaker that we could find."
        )
    return " ".join(sentences)


def when(articles: list[dict[str, Any]] | None, chosen: Filter, counts: queries.Counts) -> None:
    """Articles by date, under the administration in office: dots for the articles given, else bars."""
    section("When", "Articles by date, under the administration in office that day")
    months = data.rows(data.ask(totals, chosen, "month"))
    dated = sum(row["articles"] for row in months if row["group"])
    if not dated:
        draw(tag("p", "none: no article has a date", class_="fl-none"))
        return
    terms = data.rows(data.ask(totals, chosen, "administration"))
    entities = tuple(row["group"] for row in terms if row["group"])
    bands = timeline.bands(terms, data.ask(queries.names, entities))
    drawn, note = timeline.bars(months, bands) if articles is None else timeline.dots(articles, bands)

    def clicked(point: list[Any]) -> None:
        first, slash, last = str(point[0]).partition("/")
        if slash:
            state.set_filter(chosen.but(date_from=date.fromisoformat(first), date_to=date.fromisoformat(last)))
        else:
            state.go("read", article=point[0])

    by_term = phrasing.listed([f"{band.articles:,} under {band.name}" for band in bands])
    basic_charts.show(
        drawn, key="when", alt=f"{phrasing.count(dated, 'article')} by date. {by_term}.", on_point=clicked
    )
    missing = counts.articles - dated
    lacking = f"{phrasing.count(missing, 'article')} without a date not shown." if missing else ""
    draw(tag("p", " ".join(part for part in (note, lacking) if part), class_="fl-note fl-tight"))


def states_named(chosen: Filter, counts: queries.Counts) -> None:
    """States by the articles that name them or a place in them."""
    rows = data.rows(data.ask(queries.states, chosen))
    draw(
        tag(
            "h3",
            "States named ",
            tag(
                "span",
                f"articles, of {phrasing.number(counts.articles)}; cities, counties and bodies such as a city’s police "
                "count toward their state",
                class_="fl-none",
            ),
            class_="fl-h3 fl-gap",
        )
    )
    if not rows:
        draw(tag("p", "none", class_="fl-none"))
        return
    top = rows[:MOST_STATES] if len(rows) > MOST_STATES + 1 else rows
    bars = [
        {
            "label": row["name"],
            "value": int(row["articles"]),
            "said": phrasing.number(row["articles"]),
            "hover": f"of {phrasing.number(counts.articles)}<br>Click to see only these",
            "key": row["entity_id"],
        }
        for row in top
    ]

    def clicked(point: list[Any]) -> None:
        state.set_filter(chosen.but(jurisdictions=(point[0],)))

    alt = "; ".join(f"{bar['label']} {bar['said']}" for bar in bars)
    drawn = basic_charts.bars(bars, room=170, unit="articles", pitch=24)
    basic_charts.show(drawn, key="states_named", alt=f"Articles naming each state. {alt}.", on_point=clicked)
    if len(rows) > len(top):
        most = rows[len(top)]["articles"]
        how_many = "1 article each" if most == 1 else f"{most:,} articles or fewer"
        note = f"{phrasing.number(len(rows) - len(top))} more are named in {how_many}."
        draw(tag("p", note, class_="fl-note fl-tight"))


def people_named(chosen: Filter, counts: queries.Counts) -> None:
    """The people most articles name, and in whose words."""
    section(
        "People named",
        "Times named, outside furniture: in the outlet’s own words, in what it reports others to say, and in quotes",
    )
    rows = data.rows(data.ask(queries.entities, chosen, "PERSON", limit=MOST_PEOPLE))
    if not rows:
        draw(tag("p", "none", class_="fl-none"))
        return
    columns = [
        tables.Column(
            "Person", lambda row: link("people", row["name"], query(state.query(), entity=row["entity_id"])), "lead"
        ),
        tables.Column("Narration", lambda row: phrasing.number(row["narration"]), "fl-num"),
        tables.Column("Reported", lambda row: phrasing.number(row["reported"]), "fl-num"),
        tables.Column("Quote", lambda row: phrasing.number(row["quote"]), "fl-num"),
        tables.Column("Articles", lambda row: f"{row['articles']:,} of {counts.articles:,}", "fl-num"),
    ]
    draw(tables.table(rows, columns, about="People named, with times in narration, reported and quotes"))
    if counts.people > len(rows):
        more = f"{phrasing.number(counts.people - len(rows))} more"
        draw(tag("p", link("people", f"{more} under People and places", state.query()), class_="fl-note"))


def the_articles(articles: list[dict[str, Any]], chosen: Filter, counts: queries.Counts) -> None:
    """The articles, newest first, and the table as a file."""
    shown = articles[:MOST_ARTICLES]
    section("The articles", f"{phrasing.number(len(shown))} of {phrasing.number(counts.articles)} shown, newest first")
    draw(tables.table(shown, tables.article_columns(chosen.to_query()), about="Articles, newest first"))
    if counts.articles > len(shown):
        draw(tag("p", link("articles", f"All {phrasing.number(counts.articles)} articles", state.query())))
    downloads.offer("articles", chosen, counts.articles)


page()
