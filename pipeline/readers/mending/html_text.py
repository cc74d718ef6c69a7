"""HTML left in a text: tags and entities become the characters and line breaks that a reader would see."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.readers.mending.traced import Traced

_BLOCKS: Final = (
    "address|article|aside|blockquote|br|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|"
    "li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE: Final = (
    "a|abbr|acronym|b|big|body|button|cite|code|del|em|embed|font|head|html|i|iframe|img|input|ins|kbd|label|link|mark|"
    "meta|noscript|object|param|picture|q|s|samp|small|source|span|strike|strong|sub|sup|svg|time|tt|u|var|video|wbr"
)
_HTML: Final = frozenset(f"{_BLOCKS}|{_INLINE}".replace("h[1-6]", "h1|h2|h3|h4|h5|h6").split("|"))
_HIDDEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[|\]\]>|<(script|style|template|svg)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_DOCTYPE = re.compile(r"<!doctype[^>]*>|<\?xml[^>]*\?>", re.IGNORECASE)
# A cell that is an XML document: all of its tags go, and what stands outside its body.
_XML = re.compile(r"\s*(?:<\?xml\b.*</[\w:.-]+\s*>|<(?P<top>[\w:.-]+)\b.*</(?P=top)\s*>)\s*\Z", re.DOTALL)
_XML_BODY = re.compile(
    r"<(?:\w+:)?(?P<name>bodytext|body\.content|articlebody|body|text)\b[^<>]*>(?P<inner>.*)</(?:\w+:)?(?P=name)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_ANY_TAG = re.compile(r"\s*</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>\s*")
# A "<" that opens no known tag stays: "a < b", "<laughs>".
_BLOCK_TAG = re.compile(rf"\s*</?(?:{_BLOCKS})(?:\s[^<>]*)?/?>\s*", re.IGNORECASE)
_BREAK = re.compile(r"(?:<br\s*/?>\s*)", re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SURE = re.compile(
    rf"</(?:{_BLOCKS}|{_INLINE})\s*>|<(?:p|br|div|li|h[1-6]|img|a|span|strong|em|figure|blockquote)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|a|em|strong|span|li|h\d)\b", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def has_tags(text: str) -> bool:
    """Whether ``text`` holds HTML tags."""
    return bool(_SURE.search(text))


def tags_to_text(traced: Traced) -> bool:
    """Take HTML tags out, with what they hide; blocks end a line. Whether there were any."""
    if _ESCAPED_TAG.search(traced.text) and not has_tags(traced.text):
        traced.substitute(_ENTITY, lambda match: _character(match[0]))
    document = _XML.match(traced.text)
    is_xml = document is not None and (document["top"] or "").lower() not in _HTML
    if not is_xml and not has_tags(traced.text):
        return False
    traced.substitute(_HIDDEN, "")
    traced.substitute(_DOCTYPE, "")
    if is_xml and (body := _XML_BODY.search(traced.text)):
        traced.edit([(0, body.start("inner"), ""), (body.end("inner"), len(traced.text), "")])
    # Line breaks of the source are spaces where tags part the paragraphs, unless whole paragraphs stand apart.
    if re.search(r"<(?:p|div|br|li)\b", traced.text, re.IGNORECASE) and "\n\n" not in traced.text:
        traced.substitute(re.compile(r"[ \t]*[\r\n][ \t\r\n]*"), " ")
    traced.substitute(re.compile(r"(?:\s*<br(?:\s[^<>]*)?/?>\s*)+", re.IGNORECASE), "\n")
    traced.substitute(re.compile(rf"(?:{_BLOCK_TAG.pattern})+", re.IGNORECASE), "\n")
    traced.substitute(_INLINE_TAG, "")
    if is_xml:
        traced.substitute(_ANY_TAG, "\n")
    _strip(traced)
    return True


def entities_to_text(traced: Traced) -> bool:
    """Write out HTML entities; whether there were any."""
    changed = traced.substitute(_ENTITY, lambda match: _character(match[0]))
    # "&amp;quot;" was escaped twice.
    if changed:
        traced.substitute(_ENTITY, lambda match: _character(match[0]))
    return bool(changed)


def _character(entity: str) -> str:
    character = html.unescape(entity)
    return entity if character == entity or "\ud800" <= character <= "\udfff" else character


def _strip(traced: Traced) -> None:
    traced.substitute(re.compile(r"\A\s+|\s+\Z"), "")
