"""The gate before the server: what a page of another site asks of it is refused before Streamlit hears of it.

A browser lets any page it shows ask this machine for things. Told apart are three: a name that is not this server's
(DNS rebinding), a page of another origin, and a frame around ours. Streamlit alone would look up the machine's outside
address when a page of another origin knocks; behind the gate nobody of another origin does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from streamlit import config

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    Scope = MutableMapping[str, Any]
    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]

# What a browser may do with a page of ours: load from here alone, and show it in no frame of others.
HEADERS: Final = (
    (
        b"content-security-policy",
        (
            b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
            b"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
            b"media-src 'self' blob:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
            b"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
        ),
    ),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_REFUSED: Final = b"Refused: this server answers only its own pages. Open it at the address that `make app` printed.\n"


class Gate:
    """ASGI middleware around the dashboard."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, its answer with :data:`HEADERS`, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not (known_host(headers.get("host", "")) and same_origin(headers)):
            await _refuse(scope, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
            await send(message)

        await self._app(scope, receive, send_on)


def known_host(host: str) -> bool:
    """Whether a Host header is a name of this server: one of ``server.allowedHosts``, whatever the port."""
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    if not name or "@" in host:
        return False
    names = [str(allowed).lower() for allowed in config.get_option("server.allowedHosts")]
    return any(
        allowed_name in {name, "*"} or (allowed_name.startswith("*.") and name.endswith(allowed_name[1:]))
        for allowed_name in names
    )


def same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from a page of this server, from the address bar, or from no browser.

    A link on another page may lead here; its scripts, pictures, frames and forms may not.
    """
    origin = headers.get("origin")
    if origin is not None:
        allowed = {str(allowed_origin).strip() for allowed_origin in config.get_option("server.corsAllowedOrigins")}
        if urlsplit(origin).netloc.lower() != headers.get("host", "").lower() and origin not in allowed:
            return False
    if headers.get("sec-fetch-site", "none") in {"none", "same-origin"} or origin is not None:
        return True
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": "another origin"})
        return
    await send(
        {
            "type": "http.response.start",
            "status": 403,
            "headers": [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS],
        }
    )
    await send({"type": "http.response.body", "body": _REFUSED})
