"""A page that holds many articles: a table with an article a row, or one below the other as clippings are printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.readers.columns import columns_of_role, has_article_columns
from pipeline.readers.dates import parse_date
from pipeline.readers.vendors.clippings import outlet_and_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# A teaser of another article, as news sites put below their own, has fewer words than an article.
_LEAST_WORDS: Final = 40
_LEAST_LETTERS: Final = 150
_MOST_OF_ONE: Final = 0.8
_HEAD_LINES: Final = 8
_TITLE: Final = (
    ".//*[contains(translate(@class, 'TILEHADN', 'tilehadn'), 'title') or contains(@class, 'titre') or "
    "contains(translate(@class, 'HEADLIN', 'headlin'), 'headline')] | .//h1 | .//h2 | .//h3 | .//h4"
)
_OUTLET: Final = (
    ".//*[contains(@class, 'ublicationName') or contains(@class, 'publication') or contains(@class, 'source')]"
)
_AUTHOR: Final = ".//*[contains(@class, 'author') or contains(@class, 'byline') or contains(@class, 'auteur')]"
_DAYS = re.compile(
    r"\b(?:\d{1,2}(?:er|st|nd|rd|th)?\.? [^\W\d_]{3,10}\.? \d{4}|[^\W\d_]{3,10}\.? \d{1,2},? \d{4}|\d{4}-\d{2}-\d{2})\b"
)


def rows_of_table(tree: HtmlElement) -> list[dict[str, str]]:
    """The rows of the page's largest table whose first row names columns of articles, by its names."""
    best: list[dict[str, str]] = []
    for table in tree.xpath("//table[not(ancestor::table)]"):
        rows = [row for row in table.xpath(".//tr") if next(row.iterancestors("table")) is table]
        cells = [[_cell(cell) for cell in row.xpath("./td | ./th")] for row in rows]
        if len(cells) < 2 or len(cells[0]) < 2 or not has_article_columns(cells[0]):
            continue
        records = [dict(zip(cells[0], row, strict=False)) for row in cells[1:] if any(row)]
        texts = [len(row.get(name, "")) for row in records for name in cells[0] if columns_of_role("text", name)]
        if sum(texts) >= _LEAST_LETTERS * len(records):  # a table within an article holds no articles
            best = max(best, records, key=len)
    return best


def _cell(element: HtmlElement) -> str:
    """The text of a cell, a line for each of its paragraphs."""
    parts: list[str] = [element.text or ""]
    for inner in element.iterdescendants():
        if inner.tag in {"br", "p", "div", "li"}:
            parts.append("\n")
        parts += (inner.text or "", "\n" if inner.tag in {"p", "div", "li"} else "", inner.tail or "")
    parts_of_line = "".join(part for part in parts if isinstance(part, str)).split("\n")
    return "\n".join(line for part in parts_of_line if (line := " ".join(part.split())))


def articles_of_page(tree: HtmlElement) -> list[dict[str, str]]:
    """What each article says of itself where a page holds several whole ones; none where it holds one.

    Several are told by elements ``article`` that do not hold each other, each with a title and a text.
    """
    articles = [
        values
        for element in tree.xpath("//article[not(ancestor::article)]")
        if len((values := _values(element)).get("text", "").split()) >= _LEAST_WORDS and values["title"]
    ]
    words = [len(values["text"].split()) for values in articles]
    dated = sum("published" in values for values in articles)
    return (
        articles if len(articles) > 1 and max(words) <= _MOST_OF_ONE * sum(words) and dated * 2 >= len(articles) else []
    )


def _values(element: HtmlElement) -> dict[str, str]:
    values: dict[str, str] = {"title": _first(element, _TITLE)}
    for name, path in (("source", _OUTLET), ("authors", _AUTHOR)):
        if words := _first(element, path):
            values[name] = words
    paragraphs = [(part, " ".join(str(part.text_content()).split())) for part in element.xpath(".//p")]
    text: list[str] = []
    for part, line in paragraphs:
        is_head = part.xpath("ancestor::header | ancestor::footer") or line == values["title"] or not line
        outlet, day = outlet_and_day(line) if len(text) == 0 else ("", "")
        if outlet:
            values.setdefault("source", outlet)
            values.setdefault("published", day)
        elif not is_head:
            text.append(line)
    values["text"] = "\n".join(text)
    if day := _day(element, text):
        values.setdefault("published", day)
    return values


def _first(element: HtmlElement, path: str) -> str:
    lines = (" ".join(str(part.text_content()).split()) for part in element.xpath(path))
    return next((line for line in lines if 1 < len(line) <= 300), "")


def _day(element: HtmlElement, text: list[str]) -> str:
    """The day that an article's head says: of its element ``time``, or within the lines above its text."""
    for stamp in element.xpath(".//time/@datetime"):
        if parse_date(str(stamp)).edtf:
            return str(stamp)
    head = (line for line in _lines(element) if line not in text)
    for line, _ in zip(head, range(_HEAD_LINES), strict=False):
        for match in _DAYS.finditer(line):
            if len(parse_date(match[0]).edtf) == 10:
                return match[0]
    return ""


def _lines(element: HtmlElement) -> Iterator[str]:
    for part in element.iter("div", "p", "span", "h1", "h2", "h3", "h4", "time", "td"):
        if not part.xpath(".//div | .//p") and (line := " ".join(str(part.text_content()).split())):
            yield line
