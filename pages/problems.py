"""Problems: what of the sources could not be used, or was used with a doubt, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.app import data, downloads
from dashboard.markup import phrasing, tables
from dashboard.markup.html import Html, draw, join, link, tag, with_code
from store import Filter, queries
from store.corrections.log import NAME
from store.corrections.review import in_words, review

if TYPE_CHECKING:
    from store import Store
    from store.corrections.effect import Contradiction
    from store.corrections.review import Review

# Most reasons listed, and most places of each; the file has them all.
MOST, PLACES = 100, 3


def page() -> None:
    """Draw the page: it is about the whole corpus, whatever the filter."""
    rows = data.rows(data.ask(queries.problems))
    unused = sum(not row["used"] for row in rows)
    draw(
        tag("p", "Problems", class_="fl-kicker"),
        tag("h1", title(len(rows), unused), class_="fl-h1"),
        tag(
            "p",
            "Each line names the file, what was wrong with it and what to do. Nothing else was left out. "
            if rows
            else None,
            "This page is about the whole corpus, whatever the filter.",
            class_="fl-standfirst",
        ),
    )
    contradictions(data.store())
    met = data.rows(data.ask(queries.files))
    if not rows:
        files(met)
        return
    for used, name, about in (
        (False, "Not used", "These are in no figure of any page"),
        (True, "Used all the same", "These count; the doubt is worth knowing"),
    ):
        rows_of_group = [row for row in rows if bool(row["used"]) is used]
        if rows_of_group:
            group(name, about, rows_of_group)
    downloads.offer("problems", Filter(), len(rows))
    files(met)


def files(met: list[tables.Row]) -> None:
    """Every file met, what it was taken for, and what came of it."""
    if not met:
        return
    draw(
        tag("h2", "Files", class_="fl-h2"),
        tag("p", f"{phrasing.count(len(met), 'file')} met by the build, with what came of each.", class_="fl-sub"),
        tables.table(
            met[:MOST],
            [
                tables.Column("File", lambda row: row["origin"], "fl-where"),
                tables.Column("Taken for", lambda row: row["kind"] or "not read"),
                tables.Column("Articles", lambda row: phrasing.number(row["articles"]), "fl-num"),
                tables.Column("Undated", lambda row: phrasing.number(row["undated"]), "fl-num"),
                tables.Column("No outlet", lambda row: phrasing.number(row["without_outlet"]), "fl-num"),
                tables.Column("Left out", lambda row: phrasing.number(row["left_out"]), "fl-num"),
            ],
            about="Files",
        ),
        tag("p", f"{phrasing.number(len(met) - MOST)} more are in the file.", class_="fl-note")
        if len(met) > MOST
        else None,
    )
    downloads.offer("files", Filter(), len(met))


def contradictions(store: Store) -> None:
    """Corrections that cannot all hold, and lines of their file that cannot be read, with the page to mend them."""
    all_corrections = review(store)
    if not (all_corrections.contradictions or all_corrections.faults):
        return
    draw(
        tag("h2", "Corrections", class_="fl-h2"),
        tag("p", link("corrections", "All corrections, to undo what is wrong"), class_="fl-sub"),
        *(
            tag("p", contradiction_in_words(contradiction, all_corrections), class_="fl-notice")
            for contradiction in all_corrections.contradictions
        ),
        *(
            tag("p", f"{NAME}, line {fault.line:,}: not used: {fault.reason}.", class_="fl-notice")
            for fault in all_corrections.faults
        ),
    )


def contradiction_in_words(contradiction: Contradiction, all_corrections: Review) -> str:
    """A contradiction with its corrections in words."""
    return " ".join(
        [
            contradiction.reason,
            *(f"{in_words(correction, all_corrections)}." for correction in contradiction.corrections),
        ]
    )


def title(problems: int, unused: int) -> str:
    """The title, from counts."""
    if not problems:
        return "Every source was read without a problem"
    if not unused:
        return f"{phrasing.count(problems, 'doubt')}, nothing left out"
    return f"{phrasing.count(unused, 'file or entry', 'files or entries')} left out"


def group(name: str, about: str, rows: list[tables.Row]) -> None:
    """One table, cases with the same reason in one row."""
    alike: dict[tuple[str, str], list[tables.Row]] = {}
    for row in rows:
        alike.setdefault((row["code"], row["reason"]), []).append(row)
    kinds = sorted(
        alike.values(), key=lambda alike_rows: (-len(alike_rows), alike_rows[0]["code"], alike_rows[0]["reason"])
    )
    draw(
        tag("h2", name, class_="fl-h2"),
        tag("p", f"{about}. {phrasing.count(len(rows), 'case')}, alike ones together.", class_="fl-sub"),
        tables.table(
            [
                {"held": alike_rows, "code": alike_rows[0]["code"], "reason": alike_rows[0]["reason"]}
                for alike_rows in kinds[:MOST]
            ],
            [
                tables.Column("What", lambda row: plain(row["code"]), "fl-where"),
                tables.Column("Why, and what to do", lambda row: with_code(row["reason"])),
                tables.Column("Where", lambda row: where(row["held"]), "fl-speaker"),
                tables.Column("Cases", lambda row: phrasing.number(len(row["held"])), "fl-num"),
            ],
            about=name,
        ),
        tag("p", f"{phrasing.number(len(kinds) - MOST)} more are in the file.", class_="fl-note")
        if len(kinds) > MOST
        else None,
    )


def plain(code: str) -> str:
    """A problem's code as words."""
    return code.replace("-", " ")


def where(alike_rows: list[tables.Row]) -> Html:
    """The first of the places: file and line, and how many others there are."""
    shown = [
        tag(
            "div",
            row["origin"],
            tag("span", f", line {row['origin_row']:,}" if row["origin_row"] else ""),
            class_="fl-file",
        )
        for row in alike_rows[:PLACES]
    ]
    more = len(alike_rows) - len(shown)
    return join(*shown, tag("span", f"and {phrasing.number(more)} more", class_="fl-none") if more else None)


page()
