"""HTML that cannot be broken by what an article says: every string is escaped unless it was built here.

``tag("p", "<b>", class_="x")`` is ``<p class="x">&lt;b&gt;</p>``. Pages never paste strings into markup.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final, Literal
from urllib.parse import urlencode, urlsplit

import streamlit as st

VOID: Final = frozenset({"br", "hr", "col", "wbr"})
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$~:&])")


class Html(str):
    """Text that is already markup. Only :func:`tag`, :func:`join` and :func:`raw` make it."""

    __slots__ = ()


def raw(markup: str) -> Html:
    """Trust ``markup``: for literals of ours, never for words of an article."""
    return Html(markup)


def text(value: object) -> Html:
    """``value`` as it reads, harmless wherever HTML or an attribute is expected; None is nothing."""
    if isinstance(value, Html):
        return value
    return Html("" if value is None else escape(str(value), quote=True))


def join(*parts: object, by: str = "") -> Html:
    """The parts one after another, each escaped unless it is markup."""
    return Html(text(by).join(text(part) for part in parts if part is not None))


def tag(name: str, *children: object, **attributes: object) -> Html:
    """An element; attributes in Python spelling (``class_``, ``aria_label``). None and False leave one out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    return Html(f"<{name}{written}>" if name in VOID else f"<{name}{written}>{join(*children)}</{name}>")


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{text(value)}"'


def link(page: str, label: object, query: str = "", **attributes: object) -> Html:
    """A link to a page of the dashboard; ``query`` is already encoded, ``page`` is its path ("" is the first)."""
    return tag("a", label, href=f"{page or './'}{'?' if query else ''}{query}", target="_self", **attributes)


def with_code(words: str) -> Html:
    """Words in which what stands between grave accents, such as a command, is set as code."""
    parts = words.split("`")
    if len(parts) % 2 == 0:  # one accent more than pairs: they set nothing off
        return text(words)
    return join(*(tag("code", part) if number % 2 else part for number, part in enumerate(parts)))


def outside(url: str, label: object) -> Html:
    """A link that leaves the machine when followed; anything but http and https stays plain text."""
    try:
        scheme = urlsplit(url.strip()).scheme.lower()
    except ValueError:
        scheme = ""
    if scheme not in {"http", "https"}:
        return text(label)
    return tag("a", label, href=url.strip(), target="_blank", rel="noopener noreferrer nofollow")


def query(base: str, **more: object) -> str:
    """``base`` (an encoded filter) with further keys of a page; None leaves one out."""
    extra = urlencode({key: value for key, value in more.items() if value is not None})
    return "&".join(part for part in (base, extra) if part)


def markdown(value: object) -> str:
    """``value`` as it reads where Streamlit expects Markdown: labels, captions, notices."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(value).split()))


def draw(*parts: object, class_: str = "fl", width: Literal["stretch", "content"] = "stretch") -> None:
    """Put the parts on the page as one block in the look."""
    st.html(tag("div", *parts, class_=class_), width=width)
