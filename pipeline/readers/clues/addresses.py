"""Addresses of pages: their site, and the page that an archive of the web kept."""

from __future__ import annotations

import re

# The Wayback Machine's and other archives': a stamp of time, then the whole address of the page.
_ARCHIVED = re.compile(
    r"^https?://[^/\s]*archive[^/\s]*/(?:[\w-]+/)*\d{4,14}[a-z_*]{0,4}/(?P<url>https?:/.+)", re.IGNORECASE
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|mp[34]|webm|mov|avi|m4a)(?:[?#]|$)", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:https?:)?//(?P<host>[^/\s:?#]+)", re.IGNORECASE)


def original(address: str) -> str:
    """The address of a page that an archive of the web kept, where the archive's address holds it; else as it is."""
    match = _ARCHIVED.match(address)
    return match["url"] if match else address


def is_picture(address: str) -> bool:
    """Whether an address is of a picture, a film or a sound, which often lie with somebody else than their page."""
    return bool(_PICTURE.search(address))


def site(address: str) -> str:
    """The site that an address begins with, that of the page where an archive kept it; empty when it is none."""
    match = _ADDRESS.match(original(address))
    return site_of(match["host"]) if match else ""


def site_of(host: str) -> str:
    """The site of a host's name, without ``www``."""
    return re.sub(r"^(?:www\d?|m|amp|mobile|edition)\.(?=[^.]+\.)", "", host.lower().rstrip("."))


def outlet_of(address: str) -> str:
    """The site of an article's address; empty when it is none."""
    found = site(address.strip())
    return found if "." in found else ""
