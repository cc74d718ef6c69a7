"""Word, RTF, HTML and text files as lines, with the marks that tell where an article begins."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import lxml.html
from lxml import etree
from striprtf.striprtf import rtf_to_text

from pipeline.readers.decoding import read_text
from pipeline.readers.safety import archive_fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODT_ASIDE: Final = frozenset(f"{_ODT}{name}" for name in ("note", "tracked-changes"))
# Characters that neither XML nor a text may hold, and references to characters by number.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"&#([xX][0-9a-fA-F]{1,8}|[0-9]{1,9});?")
_LAST: Final = 0x10FFFF
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
        "br",
    ]
)
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


class DamagedError(ValueError):
    """A file that is not what its name says."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line or paragraph. ``begins`` marks the title that a Word file keeps a bookmark at."""

    text: str
    begins: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file; ``paragraphs`` says that each is a whole paragraph.

    ``title`` is of the file itself, ``raw`` a text file's text as it stands; ``wrapped`` says that its lines are those
    of a printed column.
    """

    lines: tuple[TextLine, ...]
    paragraphs: bool
    title: str = ""
    raw: str = ""
    wrapped: bool = False


def clean(text: str) -> str:
    """A line with plain spaces and nothing invisible."""
    return _ODD_SPACE.sub(" ", _INVISIBLE.sub("", text)).rstrip()


def text_lines(path: Path) -> Lines:
    """Lines of a plain text file.

    Raises:
        OSError, EOFError, zlib.error: it cannot be read.
    """
    text, _ = read_text(path)
    plain = text.replace("\r\n", "\n").replace("\f", "\n")
    return Lines(tuple(TextLine(clean(line)) for line in plain.splitlines()), paragraphs=False, raw=text)


def rtf_lines(path: Path) -> Lines:
    """Paragraphs of an RTF file.

    Raises:
        DamagedError: it is not RTF.
    """
    data = path.read_bytes()
    try:
        text = str(rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    except Exception as error:
        # striprtf raises what its regular expressions and look-ups raise.
        raise DamagedError(str(error)[:100] or type(error).__name__) from error
    return Lines(tuple(TextLine(clean(line)) for line in text.splitlines()), paragraphs=True)


def _xml_in(path: Path, name: str) -> etree._ElementTree:
    """The XML of one file of a document that is an archive.

    Raises:
        DamagedError: it is not one, or is not safe to open.
    """
    if fault := archive_fault(path):
        raise DamagedError(fault.rstrip("."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as file:
            return etree.parse(file, parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, NotImplementedError, RuntimeError) as error:
        raise DamagedError(str(error)[:100]) from error


def docx_lines(path: Path) -> Lines:
    """Paragraphs of a Word file, those in tables too.

    Raises:
        DamagedError: it is not one, or is not safe to open.
    """
    tree = _xml_in(path, "word/document.xml")
    return Lines(tuple(_paragraphs(tree)), paragraphs=True)


def odt_lines(path: Path) -> Lines:
    """Paragraphs and headings of an OpenDocument text, those in tables too.

    Raises:
        DamagedError: it is not one, or is not safe to open.
    """
    tree = _xml_in(path, "content.xml")
    paragraphs = [
        element
        for element in tree.getroot().iter(f"{_ODT}p", f"{_ODT}h")
        # A note and a deleted passage stand within a paragraph and are none of its own.
        if not any(parent.tag in _ODT_ASIDE for parent in element.iterancestors())
    ]
    return Lines(
        tuple(
            TextLine(clean(line), heading=element.tag == f"{_ODT}h")
            for element in paragraphs
            for line in "".join(_odt_text(element)).split("\n")
        ),
        paragraphs=True,
    )


def _odt_text(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        if inner.tag in {f"{_ODT}s", f"{_ODT}tab"}:
            yield " "
        elif inner.tag == f"{_ODT}line-break":
            yield "\n"
        elif isinstance(inner.tag, str) and inner.tag not in _ODT_ASIDE:
            yield from _odt_text(inner)
        yield inner.tail or ""


def _paragraphs(tree: etree._ElementTree) -> Iterator[TextLine]:
    waiting = False
    for element in tree.getroot().iter(f"{_W}p", f"{_W}bookmarkStart"):
        if element.tag == f"{_W}bookmarkStart":
            inside = any(parent.tag == f"{_W}p" for parent in element.iterancestors())
            waiting = waiting or (not inside and _is_article_mark(element))
            continue
        marked = waiting or any(map(_is_article_mark, element.iter(f"{_W}bookmarkStart")))
        style = element.find(f"{_W}pPr/{_W}pStyle")
        heading = style is not None and str(style.get(f"{_W}val", "")).lower().startswith(("heading", "title"))
        for number, part in enumerate(_run_text(element).split("\n")):
            text = clean(part)
            yield TextLine(text, begins=marked and bool(text), heading=heading)
            if text and marked:
                marked = waiting = False
            elif number and not text:
                continue


def _is_article_mark(element: etree._Element) -> bool:
    return bool(re.fullmatch(r"Bookmark_\d+", str(element.get(f"{_W}name", ""))))


def _run_text(paragraph: etree._Element) -> str:
    parts = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        # Text of a box within a paragraph is met as a paragraph of its own.
        if next(element.iterancestors(f"{_W}p")) is not paragraph:
            continue
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        else:
            parts.append(" " if element.tag == f"{_W}tab" else "\n")
    return "".join(parts)


def _plain_reference(reference: re.Match[str]) -> str:
    """A character reference as it is, or a blank for one that stands for a character no text may hold."""
    digits = reference[1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    written = reference.group()
    return " " if number > _LAST or _CONTROLS.match(chr(number)) else written


def html_tree(text: str) -> lxml.html.HtmlElement:
    """A page's tree.

    Raises:
        DamagedError: there is nothing in it.
    """
    try:
        # An encoding that a page declares is of its bytes; these are characters by now.
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
        return lxml.html.document_fromstring(_CONTROLS.sub(" ", _REFERENCE.sub(_plain_reference, text)))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError(str(error)[:100]) from error


def html_lines(text: str) -> Lines:
    """Blocks of a page's text, a line of underscores for each rule across the page."""
    tree = html_tree(text)
    for element in tree.xpath("//script | //style | //noscript | //template | //comment()"):
        if element.getparent() is not None:
            element.drop_tree()
    lines: list[str] = []
    line: list[str] = []

    def end() -> None:
        lines.append(clean(" ".join("".join(line).split())))
        line.clear()

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        block = name in _BLOCKS
        if event == "start":
            if block:
                end()
            if name == "hr":
                lines.append("_" * 60)
            line.append(element.text or "")
        else:
            if block:
                end()
                if name in {"p", "div", "h1", "h2", "h3", "table", "br"}:
                    lines.append("")
            line.append(element.tail or "")
    end()
    title = tree.findtext(".//title") or ""
    return Lines(tuple(map(TextLine, lines)), paragraphs=True, title=clean(" ".join(title.split())))


def text_of(lines: list[str], *, paragraphs: bool) -> str:
    """Lines as a text: a paragraph a line, or as they were broken, with one blank line where there were several."""
    if paragraphs:
        return "\n".join(line.strip() for line in lines if line.strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")
