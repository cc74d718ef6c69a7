"""What stands beside an article: whose words it holds, who speaks, the card, and how to read the page.

Pure: rows in, escaped HTML out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.markup.html import Html, raw, tag
from dashboard.markup.phrasing import TERMS, VOICE_CLASS, VOICE_NAMES, count, number
from dashboard.markup.reader import spelt
from dashboard.reading.article_text import speaker_key, speaker_name
from dashboard.reading.card import RATED_FROM, ArticleRows, tone_toward

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TERM: Final = "term"
_MOST_NAMES: Final = 6
_MOST_SPEAKERS: Final = 8


def shares(parts: Sequence[tuple[str, float]], label: str) -> Html:
    """A bar cut into parts: class of each and its size."""
    whole = sum(size for _, size in parts) or 1
    pieces = (tag("i", class_=name, style=f"width:{100 * size / whole:.1f}%") for name, size in parts if size)
    return tag("div", *pieces, class_="fl-shares", role="img", aria_label=label)


def whose_words(article: Mapping[str, object]) -> Html:
    """Words by voice as a bar and a table."""
    counted = {voice: int(str(article[f"words_{voice}"] or 0)) for voice in VOICE_NAMES}
    alt = ", ".join(f"{VOICE_NAMES[voice].lower()} {number(words)}" for voice, words in counted.items() if words)
    lines = [
        tag(
            "tr",
            tag("td", tag("span", VOICE_NAMES[voice], class_=f"fl-v {VOICE_CLASS[voice]}")),
            tag("td", number(words), class_="fl-num"),
        )
        for voice, words in counted.items()
    ]
    total = sum(words for voice, words in counted.items() if voice != "furniture")
    return tag(
        "section",
        tag("h2", "Whose words ", tag("small", f"{count(total, 'word')} counted")),
        shares([(VOICE_CLASS[voice], words) for voice, words in counted.items()], alt),
        tag("table", tag("tbody", *lines), class_="fl-counts", aria_label="Words by voice"),
    )


def who_speaks(article: ArticleRows, hues: Mapping[str, str]) -> Html:
    """The speakers of the article by words in quotation marks; choosing one shows the card of the first quote.

    The words add up to those of the voice *Quote*: those set in marks as a term, which nobody says, stand last.
    """
    spoken: dict[str, tuple[str, int, str]] = {}
    for quote in article.quotes:
        if not quote["quoted_words"]:
            continue
        is_said = quote["kind"] != "term" and quote.get("status") in {None, "", "said"}
        key = speaker_key(quote) if is_said else _TERM
        name, words, first = spoken.get(key, ("", 0, ""))
        name = name or (TERMS if key == _TERM else speaker_name(quote))
        spoken[key] = (name, words + int(quote["quoted_words"]), first or f"{quote['start']}-{quote['end']}")
    ranked = sorted(spoken.items(), key=lambda item: (item[0] == _TERM, -item[1][1], item[1][0]))
    total = sum(words for _, words, _ in spoken.values())
    lines = [
        tag(
            "tr",
            tag(
                "td",
                tag(
                    "span", name, class_=f"fl-who {hues.get(key, 's0')}", role="button", tabindex="0", data_choose=first
                ),
            ),
            tag("td", number(words), class_="fl-num"),
        )
        for key, (name, words, first) in ranked[:_MOST_SPEAKERS]
    ]
    if rest := ranked[_MOST_SPEAKERS:]:
        rest_words = sum(words for _, (_, words, _) in rest)
        lines.append(tag("tr", tag("td", f"{len(rest)} more"), tag("td", number(rest_words), class_="fl-num")))
    if not lines:
        return tag("section", tag("h2", "Who speaks"), tag("p", "Nobody is quoted.", class_="fl-note"))
    return tag(
        "section",
        tag("h2", "Who speaks ", tag("small", f"{count(total, 'word')} in quotation marks")),
        tag("table", tag("tbody", *lines), class_="fl-counts", aria_label="Quoted words by speaker"),
    )


def tone_toward_people(article: ArticleRows) -> Html:
    """Tone of the article's sentences about each person it rates, what the person says left out."""
    people: dict[str, tuple[str, int]] = {}
    names = {m["entity_id"]: str(m.get("name") or "") for m in article.mentions}
    for row in article.portrayals:
        entity_id = str(row["entity_id"])
        if row["label"] == "PERSON" and row.get("speaker_id") != entity_id:
            name, times = people.get(entity_id, (names.get(entity_id, ""), 0))
            people[entity_id] = (name, times + 1)
    if not people:
        return raw("")
    ranked = sorted(people.items(), key=lambda item: (-item[1][1], item[1][0]))[:_MOST_NAMES]
    lines = [tag("p", name, ": ", tone_toward(article, entity_id), class_="fl-note") for entity_id, (name, _) in ranked]
    foot = tag("p", f"Tone is rated from {RATED_FROM} sentences up.", class_="fl-note")
    return tag("section", tag("h2", "Tone toward people"), *lines, foot)


def how_to_read() -> Html:
    """The legend of the text."""
    key = (
        tag("span", "narration: plain"),
        tag("span", tag("span", "quoted words", class_="fl-q s1")),
        tag("span", "reported, in the outlet’s words", class_="fl-r s1"),
        tag("span", "person", class_="fl-person"),
        tag("span", "place", class_="fl-place"),
        tag("span", spelt("organisation"), class_="fl-org"),
        tag("span", "words set apart", class_="fl-term"),
        tag("span", "caption", class_="cap"),
        tag("span", "furniture", class_="furn"),
    )
    return tag(
        "section",
        tag("h2", "How to read this page"),
        tag("div", *key, class_="fl-key"),
        tag(
            "p",
            "The margin says whose words stand beside it; a colour is a speaker. Furniture is links, credits and "
            "repeated lines: shown, never counted. Choose a name or a quote to see how we know.",
            class_="fl-note",
        ),
    )


def rail(article: Mapping[str, object], article_rows: ArticleRows, hues: Mapping[str, str]) -> Html:
    """All of it, in the order in which it is read."""
    return tag(
        "div",
        whose_words(article),
        who_speaks(article_rows, hues),
        tone_toward_people(article_rows),
        how_to_read(),
        class_="fl-rail",
    )
