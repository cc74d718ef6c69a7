"""Finds any of many fixed names in a text."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from pipeline.core.text_index import ALIKE, WORD, TextIndex

if TYPE_CHECKING:
    from collections.abc import Iterable


_numbers: Final = count()


class Gazetteer:
    """Finds any of many fixed names in a text, the longest at each place, in time linear in the text."""

    def __init__(self, names: Iterable[str]) -> None:
        self._plain: dict[str, list[str]] = {}
        self._upper: dict[str, list[str]] = {}
        self._name_of_form: dict[str, str] = {}
        self._number = next(_numbers)
        for name in names:
            plain = name.translate(ALIKE)
            for index, form in ((self._plain, plain), (self._upper, plain.upper())):
                first = WORD.match(form)
                if first:
                    index.setdefault(first.group(), []).append(form)
                    # In capitals two names can look alike: the first given stands.
                    self._name_of_form.setdefault(form, name)
        for index in (self._plain, self._upper):
            several = [(head, alike) for head, alike in index.items() if len(alike) > 1]
            for head, alike in several:
                index[head] = sorted(set(alike), key=lambda form: (-len(form), form))

    def find(self, reading: TextIndex) -> list[tuple[int, int, str]]:
        """Matches as (start, end, name as given), in order, none overlapping. Case counts but in lines of capitals."""
        return reading.cached(self._number, lambda: self._find(reading))

    def _find(self, reading: TextIndex) -> list[tuple[int, int, str]]:
        text, matches, free = reading.text, [], 0
        for start, word in reading.words:
            if start < free:
                continue
            forms = self._plain.get(word)
            upper = self._upper.get(word) if word.isupper() else None
            if upper and (forms is None or upper != forms):
                upper = [form for form in upper if reading.capitals(start, form)]
                forms = sorted({*(forms or ()), *upper}, key=lambda form: (-len(form), form))
            for form in forms or ():
                end = start + len(form)
                if text.startswith(form, start) and not text[end : end + 1].isalnum():
                    matches.append((start, end, self._name_of_form[form]))
                    free = end
                    break
        return matches
