"""A story side by side: the facts down, its articles across, and what is not found said as such. Rows in, HTML out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dashboard.html import Html, join, link, query, tag
from dashboard.words import VOICE_NAMES, count, number, share, when

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row = dict[str, Any]
# Rows shown before the reader asks for all.
FIRST: Final = 12
LONGEST: Final = 230
KINDS: Final = {
    "quote": "Quote",
    "number": "Number",
    "person": "Person",
    "place": "Place",
    "organisation": "Organisation",
    "words": "Words",
}
_LABELS: Final = {"PERSON": "Person", "ORG": "Organisation", "JURISDICTION": "Place"}
_SWATCH: Final = {"narration": "n", "quote": "q", "headline": "h", "caption": "c"}
_SHOWN: Final = {True: "Headline and first sentence", False: "First sentence; no headline in the file"}
# What makes a passage of one article alone worth a place near the top.
_WORTH: Final = {"quote": 3, "number": 2, "person": 2, "place": 1, "organisation": 1, "words": 0}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix: its head, a note under it, and passages or namings by article."""

    head: str
    note: str
    cells: Mapping[str, Sequence[Row]]

    @property
    def tellers(self) -> int:
        """Articles that tell it."""
        return len(self.cells)


def lines(facts: Sequence[Row]) -> list[Line]:
    """The facts, those most articles tell first, and of those one tells the weightiest first."""
    held: dict[int, list[Row]] = {}
    for row in facts:
        held.setdefault(row["fact"], []).append(row)
    ranked = []
    for rows in held.values():
        cells: dict[str, list[Row]] = {}
        for row in sorted(rows, key=lambda row: (-row["likeness"], row["start"])):
            cells.setdefault(row["article_id"], []).append(row)
        first = rows[0]
        weight = _WORTH[first["kind"]] + (first["voice"] == "headline")
        line = Line(first["shared"].replace("; ", ", ") or "In other words", KINDS[first["kind"]], cells)
        ranked.append((-len(cells), -weight if len(cells) == 1 else 0, first["fact"], line))
    return [line for *_, line in sorted(ranked, key=lambda one: one[:3])]


def naming_lines(named: Sequence[Row]) -> list[Line]:
    """Who and what is named, those most articles name first."""
    held: dict[str, list[Row]] = {}
    for row in named:
        held.setdefault(row["entity_id"], []).append(row)
    return [
        Line(rows[0]["name"], _LABELS[rows[0]["label"]], {row["article_id"]: [row] for row in rows})
        for rows in held.values()
    ]


def heads(articles: Sequence[Row], base: str) -> Html:
    """Outlet, date, length, headline and lead of each article, in columns."""
    columns = []
    for article in articles:
        title = article["title"] or article["lead"] or article["opening"]
        copy = next((other for other in articles if other["article_id"] == article["duplicate_of"]), None)
        columns.append(
            tag(
                "div",
                tag("p", article["source"], class_="ob"),
                tag(
                    "p",
                    f"{when(article['published'])} · {count(article['words'], 'word')}, "
                    f"{share(article['words_quote'], article['words'])} quoted",
                    class_="fl-note fl-tight",
                ),
                tag("p", link("read", title, query(base, article=article["article_id"])), class_="ld"),
                tag("p", article["lead"], class_="lead") if article["title"] else None,
                tag("p", _SHOWN[bool(article["title"])],
                    class_="fl-none"),
                tag("p", f"Same or nearly the same text as {copy['source']}", class_="fl-few") if copy else None,
                class_="hd",
            )
        )  # fmt: skip
    return tag("div", *columns, class_="fl-heads", style=f"--n:{len(articles)}")


def matrix(found: Sequence[Line], articles: Sequence[Row], base: str, *, about: str, every: bool, more: Html) -> Html:
    """Lines in three groups: all tell, some tell, one tells. ``more`` is shown where lines are held back."""
    total = len(articles)
    groups = [
        (f"All {total} tell", [line for line in found if line.tellers == total > 1]),
        ("Some tell", [line for line in found if 1 < line.tellers < total]),
        ("One tells", [line for line in found if line.tellers == 1]),
    ]
    body, held_back = [], 0
    for name, members in groups:
        if not members:
            continue
        said = f"{number(len(members))} of {number(len(found))}"
        body.append(tag("tr", tag("th", name, " ", tag("span", said), colspan=total + 1, scope="rowgroup"), class_="g"))
        shown = members if every or name != "One tells" else members[:FIRST]
        held_back += len(members) - len(shown)
        body += [_line(line, articles, base) for line in shown]
    names = [
        tag("th", article["source"], tag("small", when(article["published"])), scope="col") for article in articles
    ]
    return join(
        tag(
            "table",
            tag("caption", about, class_="fl-unseen"),
            tag("thead", tag("tr", tag("th", "What", scope="col"), *names)),
            tag("tbody", *body),
            class_="fl-matrix",
        ),
        tag("p", f"{number(held_back)} more that one tells are not shown. ", more, class_="fl-note")
        if held_back
        else None,
    )


def _line(line: Line, articles: Sequence[Row], base: str) -> Html:
    cells = [_cell(line.cells.get(article["article_id"], ()), article["source"], base) for article in articles]
    return tag("tr", tag("th", line.head, tag("small", line.note, class_="fl-under fl-none"), scope="row", class_="f"),
               *(tag("td", cell) for cell in cells))  # fmt: skip


def _cell(rows: Sequence[Row], outlet: str, base: str) -> Html:
    on = tag("span", outlet, class_="on")
    if not rows:
        return tag("div", tag("div", on, "not found"), class_="fl-cell no")
    first = rows[0]
    at = query(base, article=first["article_id"], at=f"{first['start']}-{first['end']}")
    if "times" in first:
        return tag("div", tag("div", on, link("read", count(first["times"], "time"), at)), class_="fl-cell")
    part = first["told"] == "part"
    voice = VOICE_NAMES[first["voice"]] + (f", {first['speaker']}" if first["speaker"] else "")
    return tag(
        "div",
        tag(
            "div",
            on,
            link("read", shortened(first["text"]), at, class_="p"),
            tag("small", tag("span", voice, class_=f"fl-v {_SWATCH[first['voice']]}", style="white-space:normal")),
            tag("small", "in part: another quotes these words and more") if part else None,
            tag("small", f"and {count(len(rows) - 1, 'other passage')}") if len(rows) > 1 else None,
        ),
        class_="fl-cell part" if part else "fl-cell",
    )


def shortened(text: str) -> str:
    """A passage on one line, cut at a word where it is long."""
    said = " ".join(text.split())
    return said if len(said) <= LONGEST else said[:LONGEST].rsplit(" ", 1)[0] + " …"


def speakers(quoted: Sequence[Row], articles: Sequence[Row]) -> Html:
    """Whom each article quotes, with how many of its quoted words; the same speaker has the same hue in each column."""
    whole: dict[str, int] = {}
    for row in quoted:
        whole[row["speaker"]] = whole.get(row["speaker"], 0) + row["words"]
    rank = {speaker: place + 1 for place, speaker in enumerate(sorted(whole, key=lambda one: (-whole[one], one))[:5])}
    columns = []
    for article in articles:
        own = [row for row in quoted if row["article_id"] == article["article_id"]]
        total = sum(row["words"] for row in own)
        columns.append(
            tag(
                "div",
                tag("p", article["source"], class_="ob"),
                *(
                    tag(
                        "p",
                        tag("span", row["speaker"] or "nobody named", class_=f"fl-who s{rank.get(row['speaker'], 0)}",
                            style="white-space:normal"),
                        " ",
                        tag("span", f"{count(row['words'], 'word')}, {share(row['words'], total)}", class_="fl-none"),
                        class_="fl-spoke",
                    )
                    for row in own
                ),
                None if own else tag("p", "none: nobody is quoted", class_="fl-none"),
                class_="hd",
            )
        )  # fmt: skip
    return tag("div", *columns, class_="fl-heads", style=f"--n:{len(articles)}")
