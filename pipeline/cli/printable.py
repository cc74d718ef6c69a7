"""Text that a terminal can be given."""

from __future__ import annotations

import re
from typing import Final

# What a terminal obeys, or shows in another order than it stands: names of files may hold it.
_OBEYED: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    r"""``text`` with what a terminal would obey written out, such as ``\x1b``; bytes that are no UTF-8 as ``\xff``."""

    def written_out(match: re.Match[str]) -> str:
        code = ord(match.group())
        if 0xDC80 <= code <= 0xDCFF:  # how Python holds a byte of a file's name that is not UTF-8
            code -= 0xDC00
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"

    return _OBEYED.sub(written_out, text)
