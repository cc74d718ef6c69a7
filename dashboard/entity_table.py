"""A table of people, organisations or places whose rows open on the sentences they were counted from.

Pure: rows in, escaped HTML out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.portrayal_grid import VOICES, swatch
from dashboard.markup.html import Html, join, tag, text
from dashboard.markup.phrasing import VOICE_NAMES, count, number, when

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Row = dict[str, Any]
SENTENCES: Final = 4
_ALIASES: Final = 4
_TITLES: Final = 6


def highlighted(sentence: str, start: int, end: int) -> Html:
    """A sentence with the words from ``start`` to ``end`` set off."""
    one_line = text(" ".join(sentence[:start].split()) + (" " if sentence[:start][-1:].isspace() else ""))
    after = sentence[end:]
    return join(
        one_line,
        tag("mark", " ".join(sentence[start:end].split())),
        " " if after[:1].isspace() else "",
        " ".join(after.split()),
    )


def sentences(rows: Sequence[Row], place: Callable[[Row], Html]) -> Html:
    """Sentences that name somebody, each with its outlet and a link to where it stands."""
    items = []
    for row in rows:
        at = int(row["at_start"]) - int(row["start"]), int(row["at_end"]) - int(row["start"])
        source = tag("small", join(row["source"], when(str(row["published"] or "")), by=" · "))
        items.append(tag("li", tag("span", highlighted(str(row["text"]), *at), source, class_="x"), place(row)))
    return tag("ul", *items, class_="fl-ev fl-untoned")


def called(titles: Sequence[Row]) -> Html | None:
    """Titles and roles set beside a name, with how many articles do and from when to when."""
    if not titles:
        return None
    items = []
    for row in titles[:_TITLES]:
        days = [str(day)[:10] for day in (row["first"], row["last"]) if day is not None and str(day) != "NaT"]
        dates = when("/".join(dict.fromkeys(days)))
        items.append(tag("li", row["word"], " ", tag("small", join(count(row["articles"], "article"), dates, by=", "))))
    return tag("div", tag("h3", "Titles and roles beside the name"), tag("ul", *items), class_="fl-called")


def opened(
    row: Row,
    rows_by_voice: Mapping[str, Sequence[Row]],
    links: Sequence[Html],
    place: Callable[[Row], Html],
    whole_voice: str,
    titles: Sequence[Row] = (),
) -> Html:
    """What a row opens on: titles, sentences by voice, and links onward. ``whole_voice`` is one shown to its end."""
    parts: list[Html | None] = [called(titles)]
    for voice in VOICES:
        if not (rows := rows_by_voice.get(voice)):
            continue
        shown = rows if whole_voice == voice else rows[:SENTENCES]
        more = ""
        if len(shown) < len(rows):
            more = tag("span", "Show all", class_="fl-link", role="button", tabindex="0", data_choose=f"{voice}|")
        shown_of_all = f"{number(len(shown))} of {count(len(rows), 'sentence')}"
        parts += [tag("h3", swatch(voice), "  ", shown_of_all, "  ", more), sentences(shown, place)]
    if not any(rows_by_voice.values()):
        parts.append(tag("p", "Named only by pronouns, or quoted without being named in a sentence.", class_="fl-none"))
    head = tag(
        "div",
        tag("span", "Evidence: sentences that name ", tag("b", row["name"])),
        tag("span", *links, class_="links"),
        class_="fl-evhead",
    )
    return tag("section", head, *parts, class_="fl-evidence", aria_label=f"Sentences that name {row['name']}")


def _counted(value: object, head: str) -> Html:
    shown = int(str(value or 0))
    return tag("td", number(shown), class_="fl-num" if shown else "fl-num zero", data_head=head)


def _aliases(row: Row) -> Html | None:
    aliases: Iterable[object] | None = row.get("aliases")
    also = [str(name) for name in (() if aliases is None else aliases) if name != row["name"]]
    if not also:
        return None
    more = f" and {len(also) - _ALIASES} more" if len(also) > _ALIASES else ""
    return tag("small", "also: ", ", ".join(also[:_ALIASES]), more)


def _kind(row: Row) -> Html | None:
    kind, state, fips = str(row.get("kind") or ""), str(row.get("state") or ""), str(row.get("fips") or "")
    if not kind:
        return None
    cited = int(str(row.get("cited") or 0))
    return tag(
        "small",
        join(
            kind,
            state if state and kind != "state" else None,
            f"Census {fips}" if fips else None,
            f"cited as a source {count(cited, 'time')}" if cited else None,
            by=" · ",
        ),
    )


def table(rows: Sequence[Row], chosen: str, under: Html | None, *, quoted: bool, about: str) -> Html:
    """The table; ``under`` stands beneath the row of ``chosen``, ``quoted`` adds the words somebody is quoted with."""
    voices = [VOICE_NAMES[voice] for voice in VOICES]
    heads = [
        tag("th", "Name", scope="col"),
        *(tag("th", head, scope="col", class_="fl-num") for head in ("Articles", "Mentions", *voices)),
    ]
    if quoted:
        heads.append(tag("th", "Quoted words", scope="col", class_="fl-num"))
    body = []
    for row in rows:
        is_open = row["entity_id"] == chosen
        name = tag(
            "span",
            row["name"],
            class_="name",
            role="button",
            tabindex="0",
            aria_expanded="true" if is_open else "false",
            data_choose=f"={row['entity_id']}",
        )
        cells = [tag("th", name, _kind(row), _aliases(row), scope="row")]
        cells += [_counted(row["articles"], "Articles"), _counted(row["mentions"], "Mentions")]
        cells += [_counted(row[voice], VOICE_NAMES[voice]) for voice in VOICES]
        if quoted:
            cells.append(_counted(row["quoted_words"], "Quoted words"))
        body.append(tag("tr", *cells, class_="open" if is_open else None))
        if is_open and under:
            body.append(tag("tr", tag("td", under, colspan=str(len(cells))), class_="under"))
    return tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *body), class_="fl-names", aria_label=about)
