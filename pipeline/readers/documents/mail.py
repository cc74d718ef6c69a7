"""Mails (``.eml``, ``.mbox``) and pages that a browser saved in one file (``.mhtml``): both are mail messages."""

from __future__ import annotations

import email
import email.policy
import email.utils
import mailbox
import re
from contextlib import closing
from typing import TYPE_CHECKING, Final

from pipeline.readers.article import Problem
from pipeline.readers.decoding import UNREADABLE, TooLargeError, open_bytes, unreadable
from pipeline.readers.documents.web import page_of_bytes, read_page_or_download
from pipeline.readers.reading import read_article
from pipeline.readers.source_file import Seen, SourceFile
from pipeline.readers.vendors.clippings import clippings, may_be_several
from pipeline.readers.vendors.lines import DamagedError, html_lines, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, Message

    from pipeline.readers.tables.records import Item

_MOST_BYTES: Final = 200 << 20
_SHARE_OF_PAGE: Final = 0.6


def _message(file: SourceFile) -> EmailMessage:
    with open_bytes(file.path) as opened:
        data = opened.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        message = f"it is larger than {_MOST_BYTES >> 20} MB"
        raise TooLargeError(message)
    return email.message_from_bytes(data, policy=email.policy.default)


def _pages(message: Message) -> list[str]:
    return [_content(part) for part in message.walk() if part.get_content_type() == "text/html"]


def _content(part: Message) -> str:
    data = part.get_payload(decode=True)
    return page_of_bytes(data, part.get_content_charset() or "") if isinstance(data, bytes) else ""


class SavedPageReader:
    """Reads ``.mhtml`` and ``.mht`` files: the first page in them, with its address."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """The article of the page."""
        try:
            message = _message(file)
            pages = [page for page in _pages(message) if page.strip()]
            # The page says where it is from in the message's head; what it embeds is no page of its own.
            address = _header(message, "Snapshot-Content-Location") or next(
                (
                    _header(part, "Content-Location")
                    for part in message.walk()
                    if part.get_content_type() == "text/html"
                ),
                "",
            )
        except (*UNREADABLE, LookupError, ValueError) as error:
            yield unreadable(file.origin, error)
            return
        if not pages:
            yield Problem(file.origin, 0, "no-article", "The file holds no page; save the page again.", used=False)
            return
        if address.startswith("http"):
            mark = f"<!-- saved from url=({len(address):04d}){address} -->"
            pages[0] = mark + pages[0]
        yield from read_page_or_download(pages[0], file)


class MailReader:
    """Reads ``.eml`` files: a newsletter or an alert, its sender as the outlet."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """The article of the mail."""
        yield Seen("mail")
        try:
            message = _message(file)
        except (*UNREADABLE, LookupError, ValueError) as error:
            yield unreadable(file.origin, error)
            return
        yield from _read_mail(message, file, 1)


class MailboxReader:
    """Reads ``.mbox`` files: mails one after another."""

    def read(self, file: SourceFile) -> Iterator[Item]:
        """The articles of the mails in order."""
        yield Seen("mailbox")
        number = 0
        try:
            with closing(mailbox.mbox(file.path, create=False)) as box:
                for number, key in enumerate(box.iterkeys(), 1):
                    data = box.get_bytes(key)
                    if len(data) > _MOST_BYTES:
                        reason = f"The mail is larger than {_MOST_BYTES >> 20} MB; save what matters of it by itself."
                        yield Problem(file.origin, number, "too-large", reason, used=False)
                        continue
                    message = email.message_from_bytes(data, policy=email.policy.default)
                    yield from _read_mail(message, file, number)
        except (*UNREADABLE, LookupError, ValueError, mailbox.Error) as error:
            yield unreadable(file.origin, error)
            return
        if not number:
            yield Problem(file.origin, 0, "no-rows", "The mailbox holds no mail; export it again.", used=False)


def _read_mail(message: Message, file: SourceFile, row: int) -> Iterator[Item]:
    """The article of one mail."""
    try:
        plain = [
            _content(part)
            for part in message.walk()
            if part.get_content_type() == "text/plain" and not part.get_filename()
        ]
        pages = _pages(message)
        text = "\n\n".join(part for part in plain if part.strip())
        if pages:
            lines = html_lines(pages[0])
            page = text_of([line.text for line in lines.lines], paragraphs=True)
            # What is sent beside a page may say no more than where to see it.
            text = page if len(text.split()) < _SHARE_OF_PAGE * len(page.split()) else text
        name, address = email.utils.parseaddr(_header(message, "From"))
    except (*UNREADABLE, LookupError, ValueError, DamagedError) as error:
        yield unreadable(file.origin, error)
        return
    values = {
        "text": text,
        "title": _header(message, "Subject"),
        "published": re.sub(r"\s*\([^)]*\)$", "", _header(message, "Date")),
        "source": name or address.rpartition("@")[2],
    }
    text_lines = text.splitlines()
    several = clippings(text_lines)
    for clipping in several:
        said = {**values, "title": "", **clipping.values, "text": text_of(clipping.lines, paragraphs=False)}
        doubts: tuple[str, ...] = ("several-articles",)
        yield from read_article(said, file.origin, row, choices=file.choices, place=file.folder_outlet(), doubts=doubts)
    if not several:
        doubts = ("perhaps-several",) if may_be_several(text_lines) else ()
        yield from read_article(
            values, file.origin, row, choices=file.choices, place=file.folder_outlet(), doubts=doubts
        )


def _header(message: Message, name: str) -> str:
    try:
        return str(message.get(name) or "").strip()
    except (LookupError, ValueError, IndexError, AttributeError):  # what the parser raises on broken headers
        return ""
