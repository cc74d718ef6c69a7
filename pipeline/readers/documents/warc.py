"""Web archives (``.warc``, ``.warc.gz``), such as those of Common Crawl News: one article a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipeline.readers.article import Problem
from pipeline.readers.decoding import unreadable
from pipeline.readers.documents.web import page_of_bytes, read_page
from pipeline.readers.source_file import Seen, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.readers.tables.records import Item

_MOST_BYTES: Final = 30_000_000


class WebArchiveReader:
    """Reads the pages of a web archive; images, scripts and the rest are counted, not read."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """Articles of the archive's pages in order."""
        others = pages = 0
        yield Seen("web archive")
        try:
            wanted = WarcRecordType.response | WarcRecordType.resource
            for number, record in enumerate(
                ArchiveIterator(str(file.path), record_types=wanted, parse_http=True, fsspec_args=False), 1
            ):
                kind = record.http_content_type or record.headers.get("Content-Type") or ""
                if "html" not in kind:
                    others += 1
                    continue
                data = record.reader.read(_MOST_BYTES)
                pages += 1
                address = record.headers.get("WARC-Target-URI") or ""
                yield from read_page(page_of_bytes(data, record.http_charset or ""), file, number, address.strip("<>"))
        except Exception as error:  # noqa: BLE001  the archive's own reader raises what its C code raises
            yield unreadable(file.origin, error)
            return
        if not pages:
            reason = "The archive holds no web page; check that it is whole."
            yield Problem(file.origin, 0, "no-rows", reason, used=False)
        if others:
            reason = f"{others:,} records of the archive are no pages (images, scripts and the like) and were not read."
            yield Problem(file.origin, 0, "records-not-read", reason, used=True)
