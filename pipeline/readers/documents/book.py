"""E-books (``.epub``), as magazines and newspapers are sold: an article a chapter."""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from lxml import etree

from pipeline.readers.article import Problem
from pipeline.readers.decoding import UNREADABLE, unreadable
from pipeline.readers.documents.web import page_of_bytes
from pipeline.readers.reading import read_article
from pipeline.readers.safety import archive_fault
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.vendors.lines import DamagedError, html_lines, html_tree, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.readers.tables.records import Item

_CONTAINER: Final = "META-INF/container.xml"
# A cover, a list of contents or a notice of copyright has fewer words than an article.
_LEAST_WORDS: Final = 60


class BookReader:
    """Reads the chapters of an ``.epub`` file; the book's publisher and day stand for those of its articles."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the book in its order."""
        yield Seen("e-book, an article a chapter")
        if fault := archive_fault(file.path):
            yield Problem(file.origin, 0, "unsafe-archive", fault, used=False)
            return
        short = number = 0
        try:
            with zipfile.ZipFile(file.path) as archive:
                facts, chapters = _contents(archive)
                for number, chapter in enumerate(chapters, 1):
                    values = _article(page_of_bytes(archive.read(chapter)))
                    if len(values["text"].split()) < _LEAST_WORDS:
                        short += 1
                        continue
                    yield from read_article(
                        file.with_manifest_values(facts | values),
                        file.origin,
                        number,
                        own=file.own,
                        choices=file.choices,
                        place=file.folder_outlet(),
                        joined=False,
                    )
        except (
            zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, DamagedError, NotImplementedError, RuntimeError,
            ValueError, *UNREADABLE,
        ) as error:  # fmt: skip
            yield unreadable(file.origin, error)
            return
        if short == number:
            reason = "No chapter of the e-book holds an article; check that it is whole and not locked."
            yield Problem(file.origin, 0, "no-article", reason, used=False)
        elif short:
            reason = (
                f"{short:,} of {number:,} chapters have fewer than {_LEAST_WORDS} words, as covers and lists of "
                "contents have, and were not read. If one is an article, add its text by itself."
            )
            yield Problem(file.origin, 0, "chapters-not-read", reason, used=True)


def _contents(archive: zipfile.ZipFile) -> tuple[dict[str, str], list[str]]:
    """What the book says of itself, and its chapters in order."""
    container = _tree(archive.read(_CONTAINER))
    package_path = str(container.xpath("string(//*[local-name()='rootfile']/@full-path)"))
    package = _tree(archive.read(package_path))

    def said(name: str) -> str:
        return " ".join(str(package.xpath(f"string(//*[local-name()='{name}'])")).split())

    below = posixpath.dirname(package_path)
    hrefs = {
        str(item.get("id")): posixpath.normpath(posixpath.join(below, unquote(str(item.get("href", "")))))
        for item in package.xpath("//*[local-name()='manifest']/*[contains(@media-type, 'html')]")
        if "nav" not in str(item.get("properties", "")).split()
    }
    order = [hrefs.get(str(item.get("idref"))) for item in package.xpath("//*[local-name()='itemref']")]
    members = set(archive.namelist())
    facts = {"source": said("publisher"), "published": said("date")}
    return {name: value for name, value in facts.items() if value}, [path for path in order if path in members]


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _article(page: str) -> dict[str, str]:
    """Title and text of a chapter, and its author where it has a line for one."""
    tree = html_tree(page)
    lines = [line.text for line in html_lines(page).lines if line.text]
    headings = (" ".join(str(element.text_content()).split()) for element in tree.xpath("//h1 | //h2 | //h3"))
    title = next(filter(None, headings), "") or " ".join((tree.findtext(".//title") or "").split())
    while title in lines[:3]:  # in the head of the page, and above its text
        lines = lines[lines.index(title) + 1 :]
    values = {"title": title}
    if lines and lines[0].lower().startswith("by ") and len(lines[0]) < 80:
        values["authors"] = lines.pop(0)
    return values | {"text": text_of(lines, paragraphs=True)}
