"""Downloads of Factiva: pages with ``div.article``, and text with the same parts a line each, or with codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.readers.dates import parse_date
from pipeline.readers.vendors.labels import ACCESSION, code_of, labels
from pipeline.readers.vendors.lines import TextLine, clean, html_tree, text_of
from pipeline.readers.vendors.nexis import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

_CODES: Final = {"HD": "title", "BY": "authors", "PD": "published", "SN": "source"}
_OWN_COLUMNS: Final = {"SE": "section", "ED": "edition", "LA": "language", "RE": "region", "NS": "subject"}
_TIME = re.compile(r"^\d{1,2}:\d{2}(?: ?[AP]M)?(?: \w+)?$", re.IGNORECASE)
_COPYRIGHT = re.compile(r"^(?:\(c\)|©|copyright|all rights reserved)", re.IGNORECASE)
_CODE = re.compile(r"^[A-Z0-9]{2,8}$")
_HEADER_LINES: Final = 14


def page_entries(text: str) -> Iterator[Entry]:
    """Articles of a page."""
    tree = html_tree(text)
    articles = tree.xpath("//div[contains(concat(' ', normalize-space(@class), ' '), ' article ')]") or tree.xpath(
        "//div[contains(@class, 'article') and (.//p[contains(@class, 'articleParagraph')] or .//td[@class='index'])]"
    )
    for article in articles:
        if article.xpath("ancestor::div[contains(concat(' ', normalize-space(@class), ' '), ' article ')]"):
            continue
        rows = article.xpath(".//tr[td]")
        coded = [(clean(_text(row[0])).strip(), row) for row in rows if len(row) >= 2]
        if sum(bool(code_of(code)[0]) for code, _ in coded) >= 4:
            yield _of_codes([(code, _paragraphs(row)) for code, row in coded], article.sourceline or 1)
        else:
            yield _of_parts(article)


def _text(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _paragraphs(row: HtmlElement) -> list[str]:
    cell = row[1]
    paragraphs = [clean(_text(part)) for part in cell.xpath(".//p")] or [clean(_text(cell))]
    return [part for part in paragraphs if part]


def _of_parts(article: HtmlElement) -> Entry:
    headline = article.xpath(".//*[contains(@class, 'Headline')] | .//*[@id='hd']")
    authors = article.xpath(".//div[contains(concat(' ', normalize-space(@class), ' '), ' author ')]")
    paragraphs = article.xpath(".//p[contains(@class, 'articleParagraph')]")
    entry = Entry(article.sourceline or 1)
    head = [
        clean(_text(part))
        for part in article.xpath(".//div[not(.//div) and not(.//p)]")
        if not part.xpath("ancestor-or-self::*[@id='hd' or contains(@class, 'Headline') or contains(@class, 'author')]")
    ]
    _header([part for part in head if part], entry)
    if headline:
        entry.values["title"] = clean(_text(headline[0]))
    if authors:
        entry.values["authors"] = clean(_text(authors[0]))
    if not paragraphs:
        paragraphs = article.xpath(".//p[not(.//div)]")
    texts = [clean(_text(part)) for part in paragraphs]
    entry.values["text"] = "\n".join(part for part in texts if part and not ACCESSION.match(part))
    return entry


def _header(parts: Sequence[str], entry: Entry) -> int:
    """Parts without labels: words, date, time, outlet, code, edition, page, language, copyright; where they end."""
    words = next((n for n, part in enumerate(parts) if _is_length(part)), None)
    day = next(
        (
            n
            for n, part in enumerate(parts)
            if n > (words if words is not None else -1)
            and len(part) < 40
            and re.search(r"\d{4}", part)
            and parse_date(part).edtf
        ),
        None,
    )
    if day is None:
        return (words or 0) + 1
    at = day + 1
    entry.values["published"] = parts[day]
    if at < len(parts) and _TIME.match(parts[at]):
        entry.values["published"] += f" {parts[at]}"
        at += 1
    if at < len(parts):
        entry.values["source"] = parts[at]
        at += 1
    end = at
    for number in range(at, min(len(parts), at + 8)):
        part = parts[number]
        small = part.lower()
        if small in labels("factiva")["languages"]:
            end = number + 1
        elif _COPYRIGHT.match(part):
            return number + 1
        elif _CODE.match(part) and number == at:
            end = number + 1
        elif part and len(part) > 60:
            break
    return end


def _is_length(part: str) -> bool:
    match = re.match(r"^[\d.,'  ]+ ?(\w+)$", part.strip())
    return bool(match) and match[1].lower() in labels("factiva")["words"]  # type: ignore[index]


def _of_codes(rows: Sequence[tuple[str, list[str]]], row: int) -> Entry:
    entry = Entry(row)
    text: list[str] = []
    for code, parts in rows:
        value = " ".join(parts)
        if code in _CODES:
            entry.values.setdefault(_CODES[code], value)
        elif code == "ET" and "published" in entry.values:
            entry.values["published"] += f" {value}"
        elif code in {"LP", "TD"}:
            text += parts
        elif code in _OWN_COLUMNS and value:
            entry.own[_OWN_COLUMNS[code]] = value
    entry.values["text"] = "\n".join(text)
    return entry


def entries(lines: Sequence[TextLine], *, paragraphs: bool) -> Iterator[Entry]:
    """Articles that each end with a line such as ``Document DEX0000020200215eg2f0001``."""
    start = 0
    coded = sum(code_of(line.text)[0] == "HD" for line in lines)
    for number, line in enumerate(lines):
        if ACCESSION.match(line.text) or code_of(line.text)[0] == "AN":
            if any(above.text.strip() for above in lines[start:number]):
                yield _of_lines(lines, start, number, paragraphs=paragraphs, coded=bool(coded))
            start = number + 1
    rest = [line.text.strip() for line in lines[start:] if line.text.strip()]
    if any(map(_is_length, rest)) or any(code_of(line)[0] == "HD" for line in rest):
        yield _of_lines(lines, start, len(lines), paragraphs=paragraphs, coded=bool(coded))


def _of_lines(lines: Sequence[TextLine], start: int, end: int, *, paragraphs: bool, coded: bool) -> Entry:
    while start < end and not lines[start].text.strip():
        start += 1
    if coded:
        # What follows an article's number before the next headline is indexing of the one before.
        start = next((n for n in range(start, end) if code_of(lines[n].text)[0] in {"SE", "HD"}), start)
        return _of_codes(_code_rows(lines, start, end, paragraphs=paragraphs), start + 1)
    filled = [n for n in range(start, end) if lines[n].text.strip()]
    entry = Entry(start + 1)
    words = next((k for k, n in enumerate(filled[:_HEADER_LINES]) if _is_length(lines[n].text)), None)
    if words is None:
        entry.fault = "no count of its words tells where its head ends"
        return entry
    above = [lines[n].text.strip() for n in filled[:words]]
    if len(above) > 1 and _is_author(above[-1]):
        entry.values["authors"] = above.pop()
    if len(above) > 1 and len(above[0]) <= 25 and not re.search(r"[.:,!?]", above[0]):
        entry.own["section"] = above.pop(0)
    entry.values["title"] = " ".join(above)
    below = [lines[n].text.strip() for n in filled[words:][:_HEADER_LINES]]
    used = _header(below, entry)
    first = filled[words + used] if words + used < len(filled) else end
    entry.values["text"] = text_of([line.text for line in lines[first:end]], paragraphs=paragraphs)
    return entry


def _is_author(line: str) -> bool:
    if re.match(r"^(?:by|von|par|por|di|door)\b", line, re.IGNORECASE):
        return True
    words = [word for word in re.split(r"[\s,;|/]+", line) if word and word not in {"and", "und", "et", "y"}]
    return 2 <= len(words) <= 8 and len(line) <= 60 and all(word[:1].isupper() for word in words)


def _code_rows(lines: Sequence[TextLine], start: int, end: int, *, paragraphs: bool) -> list[tuple[str, list[str]]]:
    rows: list[tuple[str, list[str]]] = []
    for line in lines[start:end]:
        code, value = code_of(line.text)
        if code:
            rows.append((code, [value] if value else []))
        elif rows:
            rows[-1][1].append(line.text.strip())
    if paragraphs:
        return [(code, [part for part in parts if part]) for code, parts in rows]
    joined_rows = []
    for code, parts in rows:
        joined = re.split(r"\n\s*\n", "\n".join(parts))
        joined_rows.append((code, [" ".join(part.split()) for part in joined if part.strip()]))
    return joined_rows
