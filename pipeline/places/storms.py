"""Names of storms: people's names and towns' that mean neither in an article on weather."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.text_index import TextIndex

_NAME: Final = re.compile(r"[A-Z][a-zé]+")
_NAMED: Final = re.compile(
    rf"\b{any_of('places/around_places.toml', 'storm_before')}s? "
    rf"({_NAME.pattern}(?:(?:, {_NAME.pattern})*,? and {_NAME.pattern})?)\b(?! [A-Z])"
)


def storms(reading: TextIndex) -> frozenset[str]:
    """What the storms of an article are called: both of "hurricanes Harvey and Irma"."""
    return reading.cached(storms, lambda: frozenset(_names(reading.text)))


def _names(text: str) -> Iterator[str]:
    for found in _NAMED.finditer(text):
        # "In a hurricane Trump ignored" names none: one storm is named behind a capital, several behind "hurricanes".
        if found[0][0].isupper() or found[0].split(" ", 1)[0].endswith("s"):
            yield from _NAME.findall(found[1])
