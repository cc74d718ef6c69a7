"""Counties named without the word: those of a list ("Charles and Howard counties"), and "Prince George's" after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.places.gazetteer import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.text_index import TextIndex

_NAME: Final = r"(?:[A-Z][\w.'-]*\w|St\.)(?: [A-Z][\w'-]*\w)*"
_LIST: Final = re.compile(rf"\b(?P<names>{_NAME}(?:, {_NAME})*,? (?:and|or) {_NAME}) [Cc]ounties\b")
_ONE: Final = re.compile(_NAME)
# A possessive that is the name of a county, with the word behind it or without.
_OWNER: Final = re.compile(r"\b(?:[A-Z][a-z]+ )?[A-Z][a-z]+'s(?! Count(?:y|ies)\b)")


def county_names(reading: TextIndex) -> Iterator[tuple[int, int, str]]:
    """Where a county is named without "County" behind it, as (start, end, name without the word), in no order."""
    text, owners = reading.text, set()
    names_known = forms()
    listed = list(_LIST.finditer(text)) if "ounties" in text else []
    for match in listed:
        for name in _ONE.finditer(text, *match.span("names")):
            if _is_county(name.group()):
                owners.add(name.group())
                yield *name.span(), name.group()
    owners.update(name.removesuffix(" County") for name in _said_in_full(text) if name in names_known)
    owners = {name for name in owners if name.endswith("'s")}
    if not owners:
        return
    taken = [match.span() for match in listed]
    for match in _OWNER.finditer(text):
        if match.group() in owners and not any(start <= match.start() < end for start, end in taken):
            yield *match.span(), match.group()


def _said_in_full(text: str) -> set[str]:
    return set(re.findall(r"\b(?:[A-Z][a-z]+ )?[A-Z][a-z]+'s County\b", text)) if "'s County" in text else set()


def _is_county(name: str) -> bool:
    return any(form.place.kind == "county" for form in forms().get(f"{name} County", ()))
