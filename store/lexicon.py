"""Lists of words and phrases to look for: names for the same thing, cues of frames, and how to find them in a text.

A name is counted as it is written: a row of a list says what is looked for, and each wording it finds is a name of its
own (:func:`as_written`) in the group of its concept.

A list is a CSV file with the columns concept, variant, forms and note; ``concepts.csv`` and ``frames.csv`` come with
Framelens, and a user's own names stand in ``concepts.csv`` of the data folder, one row added after the other.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS: Final = ("concept", "variant", "forms", "note")
OWN: Final = "concepts.csv"
_ROOM: Final = Path(__file__).parent
_WORD: Final = re.compile(r"\w+")
_LONGEST: Final = 200


class Variant(NamedTuple):
    """One name of a concept: the forms looked for, in lower case, and a note on the name."""

    concept: str
    variant: str
    forms: tuple[str, ...]
    note: str = ""


class Hit(NamedTuple):
    """A place where a variant stands: offsets into the text."""

    start: int
    end: int
    concept: str
    variant: str


@cache
def shipped(name: str) -> tuple[Variant, ...]:
    """A list that comes with Framelens: ``concepts`` or ``frames``."""
    file = _ROOM / f"{name}.csv"
    return parse(file.read_text(encoding="utf-8"), str(file))


def user_names(folder: Path) -> tuple[Variant, ...]:
    """The user's own names in a data folder; none when there is no file.

    Raises:
        StoreError: the file is not in the form of a list; it says which line, and what to do.
    """
    file = folder / OWN
    try:
        return parse(file.read_text(encoding="utf-8-sig"), str(file))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read ({error}). Save it as UTF-8 text, or remove it."
        raise StoreError(message) from error


def all_names(folder: Path) -> tuple[Variant, ...]:
    """The names that come with Framelens and the user's own in a data folder, forms of one name joined.

    Raises:
        StoreError: as :func:`own`.
    """
    joined = {variant[:2]: variant for variant in shipped("concepts")}
    for variant in user_names(folder):
        before = joined.get(variant[:2])
        forms = (*before.forms, *variant.forms) if before else variant.forms
        joined[variant[:2]] = variant._replace(forms=tuple(dict.fromkeys(forms)))
    return tuple(joined.values())


def as_written(words: str) -> str:
    """A name as it is counted: its very words in lower case, white space of one kind."""
    return " ".join(words.lower().split())


def add(folder: Path, new: Variant) -> None:
    """Append a name to the user's own file. A StoreError, and no change, when it could not be read back."""
    file = folder / OWN
    user_names(folder)
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([new.concept, new.variant, "|".join(new.forms), new.note])
    parse(",".join(COLUMNS) + "\n" + line.getvalue(), "The new name")
    try:
        began = not file.exists() or not file.stat().st_size
        ended = began or file.read_bytes().endswith(b"\n")
        with file.open("a", encoding="utf-8", newline="") as out:
            out.write((",".join(COLUMNS) + "\n" if began else "") + ("" if ended else "\n") + line.getvalue())
    except OSError as error:
        message = f"{file} cannot be written ({error}). Make the data folder writable."
        raise StoreError(message) from error


@lru_cache(maxsize=16)
def parse(text: str, name: str) -> tuple[Variant, ...]:
    """The rows of a list, those of one concept and variant joined; ``name`` is said where something is wrong.

    Raises:
        StoreError: a row is not as it must be; the message names the line and what to write.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    variants: dict[tuple[str, str], Variant] = {}
    for place, (number, line) in enumerate(lines):
        cells = [cell.strip() for cell in next(csv.reader([line]))]
        if place == 0:
            if tuple(cells) != COLUMNS:
                message = f"{name}, line {number}: the first row must be {','.join(COLUMNS)}. Write it so."
                raise StoreError(message)
            continue
        variant = _variant(cells, f"{name}, line {number}")
        before = variants.get(variant[:2])
        if before:
            forms = tuple(dict.fromkeys((*before.forms, *variant.forms)))
            variant = before._replace(forms=forms, note=before.note or variant.note)
        variants[variant[:2]] = variant
    return tuple(variants.values())


def _variant(cells: Sequence[str], where: str) -> Variant:
    if len(cells) not in {3, 4} or not all(cells[:3]):
        message = f"{where}: a row needs concept, variant, forms and a note that may be empty. Complete the row."
        raise StoreError(message)
    forms = tuple(dict.fromkeys(_normal(form) for form in cells[2].split("|") if form.strip()))
    for form in forms:
        if not form or len(form) > _LONGEST or not all(_WORD.match(word) for word in re.split(r"[\s-]+", form)):
            message = (
                f"{where}: “{form}” is not words with * at the end of one at most. Write it as it stands in a text."
            )
            raise StoreError(message)
    if not forms:
        message = f"{where}: no form to look for. Write at least one."
        raise StoreError(message)
    return Variant(cells[0], cells[1], forms, cells[3] if len(cells) == 4 else "")


def _normal(form: str) -> str:
    return " ".join(form.lower().replace("’", "'").replace("‑", "-").split())


_SPECIAL: Final = {" ": r"[^\S\n]+", "-": r"(?:[^\S\n]|[-‑])", "*": r"\w*", "'": "['’]"}


def _parts(form: str) -> tuple[str, ...]:
    """The regular expression of a form, letter by letter, for text in lower case."""
    return (*(_SPECIAL.get(letter) or re.escape(letter) for letter in form), r"(?!\w)")


def pattern(form: str) -> str:
    """The regular expression of a form, for text in lower case."""
    return "".join(_parts(form))


def _any_of(forms: Sequence[tuple[str, ...]]) -> str:
    """The regular expression of several in parts; what begins alike is written once, so that few letters are tried."""
    rest: dict[str, list[tuple[str, ...]]] = {}
    for form in forms:
        if form:
            rest.setdefault(form[0], []).append(form[1:])
    parts = [part + _any_of(endings) for part, endings in rest.items()]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""


class Finder:
    """Finds the variants of a list in texts: one walk over the words, however long the list."""

    def __init__(self, variants: Sequence[Variant]) -> None:
        self._by_head: dict[str, list[tuple[int, re.Pattern[str], Variant]]] = {}
        self._open: list[tuple[str, tuple[int, re.Pattern[str], Variant]]] = []
        for variant in variants:
            for form in variant.forms:
                entry = (len(form), re.compile(pattern(form)), variant)
                first = re.split(r"[^\w*]", form)[0]
                if first.endswith("*"):
                    self._open.append((first.rstrip("*"), entry))
                else:
                    self._by_head.setdefault(first, []).append(entry)
        self._heads: dict[str, list[tuple[int, re.Pattern[str], Variant]]] = {}
        forms = [_parts(form) for variant in variants for form in variant.forms]
        self._begins = re.compile(rf"\b(?=\w)(?={_any_of(forms)})")

    def _entries(self, word: str) -> list[tuple[int, re.Pattern[str], Variant]]:
        if word not in self._heads:
            entries = self._by_head.get(word, []) + [entry for head, entry in self._open if word.startswith(head)]
            self._heads[word] = sorted(entries, key=lambda entry: -entry[0])
        return self._heads[word]

    def find(self, text: str) -> Iterator[Hit]:
        """The places in order of the text. Variants of one concept never overlap: the longest form counts."""
        ends: dict[str, int] = {}
        for hit in self._every(text):
            if hit.start >= ends.get(hit.concept, 0):
                ends[hit.concept] = hit.end
                yield hit

    def longest(self, text: str) -> list[Hit]:
        """The places in order of the text, no two over each other whatever their concepts: the longest counts.

        So "immigrant" is not found in "illegal immigrant" where both are looked for. Of equals the first counts, and of
        two rows that find the same words the first of the list.
        """
        taken: list[Hit] = []
        for hit in sorted(self._every(text), key=lambda hit: (hit.start - hit.end, hit.start)):
            place = bisect_left(taken, hit.start, key=lambda placed: placed.start)
            after = taken[place].start if place < len(taken) else len(text)
            if (not place or taken[place - 1].end <= hit.start) and hit.end <= after:
                taken.insert(place, hit)
        return taken

    def _every(self, text: str) -> Iterator[Hit]:
        """Every match, in order of where it starts, the longest form first."""
        plain = text.lower()
        if len(plain) != len(text):
            # A capital whose small letter takes two characters would shift every offset.
            plain = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
        for begun in self._begins.finditer(plain):
            start = begun.start()
            word = _WORD.match(plain, start)
            for _, expression, variant in self._entries(word[0]) if word else ():
                if match := expression.match(plain, start):
                    yield Hit(start, match.end(), variant.concept, variant.variant)
