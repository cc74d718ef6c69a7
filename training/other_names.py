"""A target under another name: what a sentence says of somebody does not depend on what they are called."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from pipeline.core.resource_tables import parts, rows, words
from pipeline.core.word_lists import common_words, first_names, never_names, slug, surnames

if TYPE_CHECKING:
    import numpy as np

    Row = dict[str, Any]
    Name = tuple[str, ...]

# Of what stands for the names of a sentence, this share is drawn from targets of the same data, as often as they are
# named there; the rest is made of first names and surnames of the census, none likelier than another.
KNOWN: Final = 0.5
WORDS_AT_MOST: Final = 3

_CAPITALISED: Final = re.compile(r"[A-Z][\w.’'-]*[a-z]\b(?:’s|'s)?")
_OF: Final = re.compile(r"(?:’s|'s)$")


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    places = {row["name"] for row in rows("places/places.csv.gz") if row["kind"] in {"country", "state"}}
    forms = {form for row in rows("places/place_forms.csv") for form in parts(row["names"]) + parts(row["demonyms"])}
    titles = {row["title"] for row in rows("entities/titles.csv")}
    plain = {word.rstrip("?") for name in places | forms for word in name.split()}
    return never_names() | words("core/function_words.txt") | titles | plain


@cache
def _may_be_named(word: str) -> bool:
    if word in _no_names():
        return False
    plain = slug(word).capitalize()
    return plain in surnames() or plain in first_names() or word.lower() not in common_words()


def name_in(row: Row) -> tuple[int, int, Name] | None:
    """Where a person's name stands in the target of ``row`` (offsets into the sentence), and its words.

    None where the target seems to hold none, as "she", "Congress" or "the mayor". Words in capitals throughout are
    taken for short forms of organisations.
    """
    start, target = row["target_start"], row["target_text"]
    found: list[re.Match[str]] = []
    for word in _CAPITALISED.finditer(target):
        if not _may_be_named(_OF.sub("", word[0])):
            found = []
        elif found and target[found[-1].end() : word.start()] != " ":
            break
        else:
            found.append(word)
    if not found or len(found) > WORDS_AT_MOST:
        return None
    name = [word[0] for word in found]
    name[-1] = _OF.sub("", name[-1])
    return start + found[0].start(), start + found[-1].start() + len(name[-1]), tuple(name)


class OtherNames:
    """Draws other names for targets."""

    def __init__(self, known: list[Row]) -> None:
        """``known`` are rows whose targets lend their names."""
        names = [found[2] for row in known if (found := name_in(row))]
        self._known = {some: [name for name in names if (len(name) > 1) == some] for some in (False, True)}
        self._first, self._last = sorted(first_names()), sorted(surnames())

    def draw(self, *, full: bool, chance: np.random.Generator) -> Name:
        """Another name: a full one, or a surname alone."""
        if chance.random() < KNOWN:
            return self._known[full][chance.integers(len(self._known[full]))]
        last = self._last[chance.integers(len(self._last))]
        return (self._first[chance.integers(len(self._first))], last) if full else (last,)


def renamed(row: Row, start: int, end: int, old: Name, new: Name) -> Row:
    """``row`` with ``new`` for the name ``old`` that stands at ``start`` to ``end``, and its last word elsewhere."""
    elsewhere = re.compile(rf"\b{re.escape(old[-1])}\b")
    sentence = row["sentence"]
    before = elsewhere.sub(new[-1], sentence[: row["target_start"]])
    inside = sentence[row["target_start"] : start] + " ".join(new) + sentence[end : row["target_end"]]
    after = elsewhere.sub(new[-1], sentence[row["target_end"] :])
    return row | {
        "sentence": before + inside + after, "target_text": inside,
        "target_start": len(before), "target_end": len(before) + len(inside),
    }  # fmt: skip
