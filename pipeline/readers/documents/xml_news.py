"""XML: feeds, the formats of agencies and journals, and files that hold a record an article."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from lxml import etree

from pipeline.core.resource_tables import RESOURCES
from pipeline.readers.article import MAX_CHARACTERS, Problem
from pipeline.readers.columns import has_article_columns
from pipeline.readers.decoding import UNREADABLE, TooLargeError, open_bytes, unreadable
from pipeline.readers.reading import read_article
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.tables.blocks import Record
from pipeline.readers.tables.records import Item, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_BYTES: Final = 300 << 20
# Elements that end a paragraph of what holds a text.
_BLOCKS: Final = frozenset(
    {"p", "ab", "l", "head", "title", "hl2", "li", "item", "list-item", "div", "sec", "br", "lb"}
)
_ROLES: Final = ("title", "source", "authors", "published", "url")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the path to its articles, and in each the paths to what is known of it, by role."""

    name: str
    record: str
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def formats() -> tuple[Format, ...]:
    """Read the table of formats once."""
    rows = tomllib.loads((RESOURCES / "readers" / "xml_formats.toml").read_text("utf-8"))["format"]
    return tuple(
        Format(
            row["name"], row["record"], {role: tuple(value) for role, value in row.items() if isinstance(value, list)}
        )
        for row in rows
    )


class XmlReader:
    """Reads ``.xml`` files and those of feeds: a known format, or elements that are named like an article's columns."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the file in order."""
        try:
            root, fault = _tree(file)
        except (etree.XMLSyntaxError, ValueError, *UNREADABLE) as error:
            yield unreadable(file.origin, error)
            return
        if fault:
            reason = (
                f"The file is not whole XML ({fault}); what could be made out was read. Check its last article, or "
                "export it again."
            )
            yield Problem(file.origin, 0, "damaged-xml", reason, used=True)
        for known in formats():
            if records := root.xpath(known.record):
                yield Seen(known.name)
                for record in records:
                    yield from _read(record, known, file)
                return
        rows = _rows(root)
        if rows:
            yield from read_records(lambda: iter(rows), file, "XML")
            return
        yield Seen("XML of a kind that is not read")
        reason = (
            f"This file was not read: it is XML of a kind that is not read (its first element is {root.tag[:60]}); "
            "feeds, NewsML-G2, NITF, JATS, TEI are, and files with an element for each article that holds elements "
            "named title, date, text and the like. Export the articles so, or as JSON, CSV or HTML."
        )
        yield Problem(file.origin, 0, "unsupported", reason, used=False)


def _tree(file: SourceFile) -> tuple[etree._Element, str]:
    """The root of a file's tree, names without their namespaces, and what was wrong with the file if anything was."""
    with open_bytes(file.path) as opened:
        data = opened.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        message = f"it is larger than {_MOST_BYTES >> 20} MB; split it"
        raise TooLargeError(message)
    fault = ""
    try:
        root = _parsed(data.strip(), recover=False)
    except etree.XMLSyntaxError as error:
        fault = str(error)[:120]
        root = _parsed(data.strip(), recover=True)
    if root is None:
        message = "it holds no element"
        raise ValueError(message)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
        for name in [name for name in element.attrib if "}" in name]:
            value = element.attrib.pop(name)
            if (plain := etree.QName(name).localname) not in element.attrib:
                element.attrib[plain] = value
    return root, fault


def _parsed(data: bytes, *, recover: bool) -> etree._Element | None:
    # No entity is looked up and nothing is fetched, whatever the file asks for.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, recover=recover
    )
    return etree.fromstring(data, parser)


def _read(record: etree._Element, known: Format, file: SourceFile) -> Iterator[Item]:
    values = {role: _first(record, known.paths.get(role, ())) for role in _ROLES}
    values["authors"] = "; ".join(_all(record, known.paths.get("authors", ())))
    doubts: tuple[str, ...] = ()
    text = _text(record, known.paths["text"])
    if not text and (partial := _text(record, known.paths.get("partial", ()))):
        text, doubts = partial, ("partial-text",)
    yield from read_article(
        file.with_manifest_values(values | {"text": text}),
        file.origin,
        record.sourceline or 1,
        own=file.own,
        choices=file.choices,
        place=file.place_outlet(),
        doubts=doubts,
    )


def _all(record: etree._Element, paths: tuple[str, ...]) -> list[str]:
    """What the first path that says anything leads to, each on one line."""
    for path in paths:
        found = [_line(value) for value in record.xpath(path)]
        if said := [value for value in dict.fromkeys(found) if value]:
            return said
    return []


def _first(record: etree._Element, paths: tuple[str, ...]) -> str:
    return next(iter(_all(record, paths)), "")


def _line(value: etree._Element | str) -> str:
    """A value on one line; of a name or a day in parts, in the order in which they are said."""
    if isinstance(value, str):
        return " ".join(value.split())
    parts = {str(inner.tag): " ".join("".join(inner.itertext()).split()) for inner in value}
    for order, between in ((("given-names", "surname"), " "), (("year", "month", "day"), "-")):
        if order[0] in parts and parts.keys() & set(order[1:]):
            said = [parts[name].zfill(2) if between == "-" else parts[name] for name in order if parts.get(name)]
            return between.join(said)
    return " ".join("".join(value.itertext()).split())


def _text(record: etree._Element, paths: tuple[str, ...]) -> str:
    """The paragraphs of the first element that has any; of one that holds HTML written as text, that."""
    for path in paths:
        parts = [_paragraphs(element) for element in record.xpath(path)]
        if text := "\n\n".join(part for part in parts if part):
            return text
    return ""


def _paragraphs(element: etree._Element) -> str:
    if not len(element):
        return (element.text or "").strip()
    lines: list[str] = []
    line: list[str] = []

    def end() -> None:
        if said := " ".join("".join(line).split()):
            lines.append(said)
        line.clear()

    for event, inner in etree.iterwalk(element, events=("start", "end")):
        is_block = inner.tag in _BLOCKS
        if is_block:
            end()
        if event == "start":
            line.append(inner.text or "")
        elif inner is not element:
            line.append(inner.tail or "")
    end()
    return "\n\n".join(lines)


def _rows(root: etree._Element) -> list[Record]:
    """Elements that hold elements named like an article's columns, as rows: those of the name that most have."""
    by_name: dict[str, list[etree._Element]] = {}
    for element in root.iter(etree.Element):
        if len(element) > 1 and has_article_columns({str(inner.tag) for inner in element}):
            by_name.setdefault(str(element.tag), []).append(element)
    elements = max(by_name.values(), key=len, default=[])
    return [Record(element.sourceline or 1, _row(element)) for element in elements]


def _row(element: etree._Element) -> dict[str, str]:
    row = {str(name): str(value) for name, value in element.attrib.items()}
    often = Counter(str(inner.tag) for inner in element)
    for inner in element:
        name, said = str(inner.tag), _paragraphs(inner)[: 4 * MAX_CHARACTERS]
        row[name] = f"{row[name]}; {said}" if often[name] > 1 and row.get(name) else said
    return row
