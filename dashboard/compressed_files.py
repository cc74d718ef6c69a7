"""Files of the page sent compressed: scripts and styles that are the same for everybody, and never change.

Streamlit leaves that to a proxy, and few who open the page on their own machine have one. Only answers that call
themselves public and immutable are touched: no text of an article, no cookie and no token can be guessed from how
well they compress (as BREACH does), and each is compressed once and kept.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Final

import pyarrow as pa

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Fonts and pictures are compressed already.
TEXTS: Final = ("text/", "application/javascript", "application/json", "image/svg+xml")
# What a browser may take, the smaller first, at levels that cost about as much: above them a script takes three times
# as long for a twentieth of its size.
CODINGS: Final = {b"br": ("brotli", 5), b"gzip": ("gzip", 6)}
_WHOLE_FILES_SENT_BY_THE_SERVER: Final = "http.response.pathsend"


class CompressedFiles:
    """ASGI middleware: public, immutable texts go out by brotli or gzip to whoever takes it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # By what a file holds, so that no spelling of its address adds another: at most as many as there are files.
        self._kept: dict[tuple[bytes, bytes], bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; send its answer compressed if it may be."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        whole = scope["method"] == "GET" and b"range" not in headers
        coding = taken(headers.get(b"accept-encoding", b"")) if whole else None
        start: Message | None = None
        parts: list[bytes] = []

        async def send_on(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and may_be_compressed(message):
                message = {**message, "headers": [*message["headers"], (b"vary", b"Accept-Encoding")]}
                if coding and message["status"] == 200:
                    start = message
                    return
            if start is None or coding is None:
                await send(message)
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._send_compressed(start, b"".join(parts), coding, send)

        extensions = dict(scope.get("extensions") or {})
        extensions.pop(_WHOLE_FILES_SENT_BY_THE_SERVER, None)
        await self._app({**scope, "extensions": extensions}, receive, send_on)

    async def _send_compressed(self, start: Message, body: bytes, coding: bytes, send: Send) -> None:
        packed = await asyncio.to_thread(self._compressed, body, coding)
        if len(packed) < len(body):
            start, body = {**start, "headers": _headers_of_compressed(start["headers"], coding, len(packed))}, packed
        await send(start)
        await send({"type": "http.response.body", "body": body})

    def _compressed(self, body: bytes, coding: bytes) -> bytes:
        key = coding, hashlib.sha256(body).digest()
        if key not in self._kept:
            name, level = CODINGS[coding]
            self._kept[key] = pa.Codec(name, compression_level=level).compress(body, asbytes=True)
        return self._kept[key]


def taken(accepted: bytes) -> bytes | None:
    """The first of :data:`CODINGS` that an Accept-Encoding header names and does not refuse (RFC 9110, 12.5.3)."""
    named = (coding_named.partition(b";") for coding_named in accepted.lower().replace(b" ", b"").split(b","))
    takes = {name for name, _, quality in named if not quality or quality.removeprefix(b"q=").strip(b"0.")}
    return next((coding for coding in CODINGS if coding in takes), None)


def may_be_compressed(start: Message) -> bool:
    """Whether an answer is a text that everybody gets alike, today and later, and is not compressed yet."""
    headers = {name.lower(): value.decode("latin-1").lower() for name, value in start.get("headers", ())}
    lasting = {directive.strip() for directive in headers.get(b"cache-control", "").split(",")}
    return (
        {"public", "immutable"} <= lasting
        and b"content-encoding" not in headers
        and b"set-cookie" not in headers
        and headers.get(b"content-type", "").startswith(TEXTS)
    )


def _headers_of_compressed(headers: list[tuple[bytes, bytes]], coding: bytes, length: int) -> list[tuple[bytes, bytes]]:
    """Headers of the compressed answer, whose bytes are others: a weak ETag (RFC 9110, 8.8.1), and no ranges."""
    others = (b"content-length", b"accept-ranges", b"etag")
    etags = [value if value.startswith(b"W/") else b"W/" + value for name, value in headers if name.lower() == b"etag"]
    return [
        *((name, value) for name, value in headers if name.lower() not in others),
        *((b"etag", value) for value in etags),
        (b"content-encoding", coding),
        (b"content-length", str(length).encode()),
    ]
