"""What was recognised in a reader's files, and what became of them, as HTML. Values in, HTML out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from dashboard.markup.html import Html, join, link, tag, with_code
from dashboard.markup.phrasing import count, listed, number, when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.readers.article import Article, Problem
    from pipeline.readers.recognised import Recognised

# Files of one reason that are named before the rest are counted.
_NAMED: Final = 3
_FIRST_CHARACTERS: Final = 110


def title(recognised: Recognised) -> str:
    """The title of the page, from counts."""
    if not recognised.articles:
        return "No article was found in these files"
    more = "" if recognised.complete else "at least "
    of = count(len(recognised.outlets), "outlet")
    return f"{more}{count(recognised.articles, 'article')} from {of}, ready to build".capitalize()


def recognised(recognised: Recognised) -> Html:
    """Kinds of files with how many there are of each, then what the articles lack."""
    kinds = [
        tag("li", tag("span", tag("b", kind), tag("span", f" · {count(files, 'file')}")))
        for kind, files in sorted(
            recognised.kinds.items(), key=lambda kind_and_files: (-kind_and_files[1], kind_and_files[0])
        )
        if kind != "not read"
    ]
    gaps = [
        count(recognised.undated, "without a date", "without a date") if recognised.undated else "all dated",
        count(recognised.without_outlet, "without an outlet", "without an outlet") if recognised.without_outlet else "",
        count(recognised.untitled, "without a headline", "without a headline") if recognised.untitled else "",
    ]
    others = {language: many for language, many in recognised.languages.items() if language != "en"}
    not_analysed = (
        tag(
            "p",
            tag("b", "Kept, not analysed: "),
            f"{count(sum(others.values()), 'article')} not in English ({listed(sorted(others))}) "
            "are read, searched and counted; no quotes, people or tone.",
            class_="fl-note",
        )
        if others
        else None
    )
    return join(
        tag("h2", "What was recognised", class_="fl-h2"),
        tag("ul", *kinds, class_="fl-found"),
        tag(
            "p",
            f"Of {count(recognised.articles, 'article')}: {', '.join(gap for gap in gaps if gap)}.",
            class_="fl-note",
        ),
        not_analysed,
    )


def first_rows(articles: Sequence[Article]) -> Html:
    """The first articles as they are understood, with the columns that are kept beside ours."""
    own_columns = sorted({name for article in articles for name, _ in article.own})[:3]
    heads = ["Outlet", "Date", "Headline", "Text", *own_columns]
    return tag(
        "div",
        tag(
            "table",
            tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
            tag("tbody", *(_row(article, own_columns) for article in articles)),
            class_="fl-table",
        ),
        class_="fl-scroll",
        tabindex="0",
        role="region",
        aria_label="First rows, as we understand them",
    )


def _row(article: Article, own_columns: Sequence[str]) -> Html:
    start = " ".join(article.text.split())[:_FIRST_CHARACTERS]
    own_values = dict(article.own)
    return tag(
        "tr",
        tag("td", article.source or gap("no outlet found")),
        tag("td", when(article.published) if article.published else gap("no date found")),
        tag("td", article.title or gap("no headline"), class_="fl-serif"),
        tag(
            "td",
            f"{start}…",
            tag("div", count(len(article.text.split()), "word"), class_="fl-sub"),
            class_="fl-serif",
        ),
        *(tag("td", own_values.get(name) or tag("span", "empty", class_="fl-none")) for name in own_columns),
    )


def gap(words: str) -> Html:
    """Something that is not there and should be."""
    return tag("span", words, class_="fl-warn")


def columns(recognised: Recognised) -> Html | None:
    """What becomes of each column of the tables."""
    if not recognised.columns:
        return None
    kept_columns = [name for name, use in recognised.columns.items() if use.startswith("kept")]
    unused = [name for name, use in recognised.columns.items() if use.startswith("not used")]
    return tag(
        "p",
        join(tag("b", "Own columns, kept in every download: "), f"{listed(kept_columns)}. ") if kept_columns else None,
        join(tag("b", "Not used: "), f"{listed(unused)}.") if unused else None,
        class_="fl-note",
    )


def left_out(problems: Sequence[Problem], folder: Path | None = None) -> Html:
    """What will not be built, by reason, with the files it stands in, named as they lie in ``folder``."""
    above = f"{folder}/" if folder else ""
    if not problems:
        return tag("p", "Nothing: every file and every row was understood.", class_="fl-none")
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    rows = []
    for code, problems_of_code in sorted(
        by_code.items(), key=lambda code_and_problems: (-len(code_and_problems[1]), code_and_problems[0])
    ):
        where = list(Counter(problem.origin.removeprefix(above) for problem in problems_of_code))
        named = ", ".join(where[:_NAMED]) + (f" and {number(len(where) - _NAMED)} more" if len(where) > _NAMED else "")
        rows.append(
            tag(
                "tr",
                tag("td", number(len(problems_of_code)), class_="fl-num fl-many"),
                tag(
                    "td",
                    tag("b", code.replace("-", " ")),
                    tag("div", f"{named}. ", with_code(problems_of_code[0].reason), class_="fl-sub"),
                ),
            )
        )
    return tag("table", tag("tbody", *rows), class_="fl-table")


def doubted(problems: Sequence[Problem], folder: Path | None = None) -> Html | None:
    """What will be built and is in doubt, such as columns taken by their cells, under a heading; None for nothing."""
    if not problems:
        return None
    return join(tag("h2", "Read, with a doubt", class_="fl-h2 fl-part"), left_out(problems, folder))


def became(files: Sequence[dict[str, Any]]) -> Html:
    """Every file that was met and what became of it; the sum last."""
    heads = ("File", "Found", "Articles", "Undated", "No outlet", "Left out")
    rows = [
        tag(
            "tr",
            tag("td", file["origin"], class_="fl-file"),
            *(
                tag("td", number(file[key]), class_="fl-num")
                for key in ("rows", "articles", "undated", "without_outlet")
            ),
            tag("td", _reasons(file["left_out"]) or tag("span", "none", class_="fl-none"), class_="fl-after"),
        )
        for file in files
    ]
    sums = [sum(file[key] for file in files) for key in ("rows", "articles", "undated", "without_outlet")]
    lost: Counter[str] = Counter()
    for file in files:
        lost.update(file["left_out"])
    total = tag(
        "tr",
        tag("th", count(len(files), "file"), scope="row"),
        *(tag("td", tag("b", number(value)), class_="fl-num") for value in sums),
        tag("td", tag("b", _reasons(lost) or "none"), class_="fl-after"),
    )
    numbers = heads[1:-1]
    head = tag(
        "thead",
        tag("tr", *(tag("th", name, scope="col", class_="fl-num" if name in numbers else "") for name in heads)),
    )
    return tag(
        "div",
        tag("table", head, tag("tbody", *rows, total), class_="fl-table"),
        class_="fl-scroll",
        tabindex="0",
        role="region",
        aria_label="Every file met, with what became of it",
    )


def _reasons(lost: dict[str, int]) -> str:
    return ", ".join(f"{number(many)} {code.replace('-', ' ')}" for code, many in sorted(lost.items()))


def next_steps() -> Html:
    """Where to go once a corpus is built."""
    return tag(
        "p",
        link("compare", "Compare outlets"),
        " · ",
        link("", "Overview"),
        " · ",
        link("problems", "What was left out, and why"),
    )


def time_left(seconds: float | None) -> str:
    """How long a build will go on, roughly."""
    if seconds is None:
        return ""
    if seconds < 60:
        return "less than a minute left"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min left"
    return f"about {round(seconds / 3600)} hours left"
