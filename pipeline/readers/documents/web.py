"""Saved web pages: the article of a page, with what the page says of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pipeline.readers.article import MAX_CHARACTERS, Problem
from pipeline.readers.clues.addresses import original, site_of
from pipeline.readers.dates import parse_date
from pipeline.readers.decoding import UNREADABLE, TooLargeError, decode, empty_file, encoding_of, open_bytes, unreadable
from pipeline.readers.documents.several import articles_of_page, rows_of_table
from pipeline.readers.reading import read_article
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.tables.blocks import Record
from pipeline.readers.tables.records import read_records
from pipeline.readers.vendors import factiva
from pipeline.readers.vendors.labels import FACTIVA, vendor_of
from pipeline.readers.vendors.lines import DamagedError, html_lines, html_tree
from pipeline.readers.vendors.reader import entries_of, read_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipeline.readers.tables.records import Item

_MOST_BYTES: Final = 30 * MAX_CHARACTERS
# What browsers and SingleFile write above a page that they save.
_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url: *)(https?://\S+)")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_FACTIVA_PAGE = re.compile(
    r"class=[\"'][^\"']*\b(?:articleParagraph|enHeadline|enArticle|enarticleParagraph)\b|<td[^>]+class=[\"']index[\"']"
)
_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|WebPage)$")
# Pages are told from lists of links by their running text.
_LEAST_LETTERS: Final = 40


class PageReader:
    """Reads ``.html`` and ``.htm`` files: a saved page, or the download of a news database."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """The article of the page, or those of the download."""
        try:
            text = page_text(file)
        except UNREADABLE as error:
            yield unreadable(file.origin, error)
            return
        if not text.strip():
            yield empty_file(file.origin)
            return
        yield from read_page_or_download(text, file)


def page_text(file: SourceFile) -> str:
    """The characters of a page: in the encoding that it declares, where its bytes fit that.

    Raises:
        TooLargeError: it has more bytes than are read of a page.
    """
    with open_bytes(file.path) as opened:
        data = opened.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        message = f"the page is larger than {_MOST_BYTES >> 20} MB"
        raise TooLargeError(message)
    encoding = encoding_of(file.path)
    return page_of_bytes(data) if not encoding.sure else decode(data[encoding.bom :], encoding)


def page_of_bytes(data: bytes, charset: str = "") -> str:
    """The characters of a page's bytes: UTF-8, or what the page or its sender says, or Windows-1252."""
    declared = _CHARSET.search(data[:4_000])
    for codec in ("utf-8", charset, declared[1].decode("ascii") if declared else ""):
        if codec:
            try:
                return data.decode("cp1252" if codec.lower() in {"iso-8859-1", "latin-1", "latin1"} else codec)
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode("cp1252", "cp1252_or_latin1")


def read_page_or_download(text: str, file: SourceFile) -> Iterator[Item]:
    """Articles of a page that was saved, or downloaded from a news database."""
    try:
        if _FACTIVA_PAGE.search(text):
            entries = list(factiva.page_entries(text))
            if entries:
                yield from read_entries(iter(entries), file, "Factiva, HTML")
                return
        lines = html_lines(text)
        vendor = vendor_of([line.text for line in lines.lines])
    except DamagedError as error:
        yield unreadable(file.origin, error)
        return
    if vendor and (vendor != FACTIVA or "Factiva" in text):
        yield from read_entries(entries_of(vendor, lines), file, f"{_vendor_name(vendor)}, HTML")
        return
    tree = html_tree(text)
    rows = [Record(number, row) for number, row in enumerate(rows_of_table(tree), 1)]
    if rows:
        yield from read_records(lambda: iter(rows), file, "table in a page")
        return
    several = [] if file.manifest_values else articles_of_page(tree)
    yield Seen("web page, several articles" if several else "web page")
    for number, values in enumerate(several, 1):
        doubts = ("several-articles",)
        yield from read_article(
            values, file.origin, number, choices=file.choices, place=file.folder_outlet(), joined=False, doubts=doubts
        )
    if not several:
        yield from read_page(text, file)


def _vendor_name(vendor: str) -> str:
    return {"nexis": "Nexis Uni", "nexis-old": "LexisNexis", "factiva": "Factiva", "proquest": "ProQuest"}[vendor]


def read_page(text: str, file: SourceFile, row: int = 1, url: str = "") -> Iterator[Item]:
    """The article of one page.

    Args:
        text: the page's HTML.
        file: the file it is of.
        row: its number in the file.
        url: its address, where the file tells.
    """
    try:
        values = article_of(text, url)
    except DamagedError as error:
        yield unreadable(file.origin, error)
        return
    if sum(map(str.isalpha, values.get("text", ""))) < _LEAST_LETTERS:
        reason = (
            "No article was found on this page: it may be a list of links, or need a sign-in. Save the article itself."
        )
        yield Problem(file.origin, row, "no-article", reason, used=False)
        return
    yield from read_article(
        file.with_manifest_values(values),
        file.origin,
        row,
        own=file.own,
        choices=file.choices,
        place=file.folder_outlet(),
        joined=False,
    )


def article_of(text: str, url: str = "") -> dict[str, str]:
    """What a page says: text, title, outlet, date, authors, address."""
    import trafilatura  # noqa: PLC0415  takes a second, which a build without web pages need not wait for

    tree = html_tree(text)
    metadata = _metadata(tree)
    if not url and (match := _SAVED_FROM.search(text[:5_000])):
        url = match[1]
    url = original(url or metadata.get("url", ""))
    extracted = trafilatura.bare_extraction(
        text, url=url or None, with_metadata=True, include_comments=False, include_tables=False, deduplicate=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip
    page: dict[str, Any] = extracted.as_dict() if extracted is not None and hasattr(extracted, "as_dict") else {}
    body = str(page.get("text") or "")
    plain = _paragraphs(tree)
    # Short articles are passed over by a tool made for crawls; their paragraphs stand in the page all the same.
    if len(body) < 0.5 * len(plain) and len(plain) < 4_000:
        body = plain
    title = metadata.get("title") or str(page.get("title") or "")
    if title and body.startswith(title + "\n"):
        body = body[len(title) + 1 :]
    found = str(page.get("url") or "")
    # A page that an archive kept names the archive as its site.
    site = metadata.get("source") or ("" if original(found) != found else str(page.get("sitename") or ""))
    return {
        "text": body,
        "title": title,
        "authors": metadata.get("authors") or str(page.get("author") or ""),
        "published": metadata.get("published") or str(page.get("date") or ""),
        "url": url or original(found),
        "source": site or (site_of(urlsplit(url).hostname or "") if url else ""),
    }


def _metadata(tree: HtmlElement) -> dict[str, str]:  # noqa: C901, PLR0912  one rule a line
    """What the page's head says, surest first: its JSON-LD, then its ``meta`` elements."""
    facts: dict[str, str] = {}

    def take(name: str, value: object) -> None:
        words = " ".join(value.split()) if isinstance(value, str) else ""
        if words:
            facts.setdefault(name, words)

    meta: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        name = str(element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        meta.setdefault(name, str(element.get("content")))
    take("source", meta.get("og:site_name"))
    for item in _linked_data(tree):
        if not _ARTICLE_TYPES.search(_first_text(item.get("@type"))):
            continue
        take("title", item.get("headline"))
        if parse_date(_first_text(item.get("datePublished"))).edtf:
            take("published", _first_text(item.get("datePublished")))
        publisher = item.get("publisher")
        take("source", _first_text(publisher.get("name")) if isinstance(publisher, dict) else publisher)
        take("authors", _people(item.get("author")))
    for name in ("citation_title", "og:title", "twitter:title", "dc.title"):
        take("title", meta.get(name))
    for name in (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "date",
        "pubdate",
        "dc.date.issued",
        "dc.date",
        "parsely-pub-date",
        "sailthru.date",
        "citation_publication_date",
        "publish-date",
        "publication_date",
    ):
        if parse_date(meta.get(name, "")).edtf:
            take("published", meta.get(name))
    for name in ("application-name", "dc.publisher", "publisher", "citation_journal_title", "cre", "twitter:site"):
        take("source", (meta.get(name) or "").lstrip("@"))
    for name in ("author", "parsely-author", "dc.creator", "article:author", "byl", "sailthru.author"):
        value = meta.get(name, "")
        if not value.startswith("http"):
            take("authors", value)
    for element in tree.xpath("//link[@rel='canonical'][@href]"):
        if str(element.get("href")).startswith("http"):
            take("url", str(element.get("href")))
    take("url", meta.get("og:url") if str(meta.get("og:url", "")).startswith("http") else "")
    for element in tree.xpath("//time[@datetime]"):
        if parse_date(str(element.get("datetime"))).edtf:
            take("published", str(element.get("datetime")))
            break
    return facts


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for element in tree.xpath("//script[@type='application/ld+json']"):
        text = element.text or ""
        if len(text) > 500_000 or text.count("{") + text.count("[") > 20_000:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        items = value if isinstance(value, list) else [value]
        for item in items:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                yield from (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else ()


def _first_text(value: object) -> str:
    if isinstance(value, list) and value:
        return _first_text(value[0])
    return value if isinstance(value, str) else ""


def _people(value: object) -> str:
    items = value if isinstance(value, list) else [value]
    names = [_first_text(item.get("name")) if isinstance(item, dict) else _first_text(item) for item in items]
    return "; ".join(name for name in names if name and not name.startswith("http"))


def _paragraphs(tree: HtmlElement) -> str:
    """The paragraphs of the page's article, or of all of it but what stands around an article."""
    for path in ("//article//p", "//main//p", "//*[@itemprop='articleBody']//p", "//body//p"):
        paragraphs = [
            " ".join(str(element.text_content()).split())
            for element in tree.xpath(path)
            if not element.xpath(
                "ancestor::nav | ancestor::footer | ancestor::aside | ancestor::form | "
                "ancestor::header[not(ancestor::article)]"
            )
        ]
        if text := "\n".join(part for part in paragraphs if part):
            return text
    body = tree.find("body")
    if body is None or body.xpath(".//p | .//div | .//a"):
        return ""
    return "\n".join(line.strip() for line in str(body.text_content()).splitlines() if line.strip())
