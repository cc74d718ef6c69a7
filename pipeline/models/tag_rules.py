"""The rules by which spaCy tells part of speech and form from a word and its tag, looked up and not tried in turn.

spaCy's matcher tries each of the rules of a model (179 in the small English one) on every token, a sixth of a parse.
Nearly all ask for a tag, a word, a relation, or two or three of these of a single token: those are looked up. The
others are left to the matcher. What is found, and so what is set, is the same.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final

from spacy.attrs import DEP, IS_SPACE, LOWER, TAG
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens._retokenize import set_token_attrs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    # Values by the name of a property of tokens.
    Values = dict[str, set[int]]
    # Number of a rule, its name as spaCy has it, and the tokens it is found at.
    Found = tuple[int, int, int, int]

_TOLD: Final = {"TAG": TAG, "LOWER": LOWER, "DEP": DEP, "IS_SPACE": IS_SPACE}


class TagRules:
    """The rules of an attribute ruler, as they stand."""

    def __init__(self, ruler: AttributeRuler) -> None:
        """Sort the rules of ``ruler`` by what they ask for."""
        self._ruler, self._strings = ruler, ruler.vocab.strings
        # For each set of properties that some rules ask for, the rules by the values of these, each with the values of
        # other properties that it forbids.
        self._rules: dict[tuple[str, ...], dict[tuple[int, ...], list[tuple[int, Values]]]] = {}
        # What the matcher is asked about, and the values of properties without which it finds nothing.
        self._rest: list[tuple[list[tuple[str, set[int]]], Matcher]] = []
        for number in range(len(ruler.attrs)):
            for pattern in ruler.matcher.get(str(number))[1]:
                self._add(number, pattern)

    def _add(self, number: int, pattern: list[dict[str, Any]]) -> None:
        wanted, forbidden = [self._values(asked, "IN") for asked in pattern], self._values(pattern[0], "NOT_IN")
        if len(pattern) == 1 and wanted[0] and len(wanted[0]) + len(forbidden) == len(pattern[0]):
            names = tuple(sorted(wanted[0]))
            for values in product(*(wanted[0][name] for name in names)):
                self._rules.setdefault(names, {}).setdefault(values, []).append((number, forbidden))
            return
        matcher = Matcher(self._ruler.vocab)
        matcher.add(str(number), [pattern])
        at_all = [] if any("OP" in asked for asked in pattern) else wanted
        self._rest.append(([(name, each[name]) for each in at_all for name in each], matcher))

    def _values(self, asked: Mapping[str, Any], how: str) -> Values:
        """The values that a token must have, ``IN``, or must not, by the properties for which a rule says so."""
        values: Values = {}
        for name, value in asked.items():
            several = value.get(how) if isinstance(value, dict) and len(value) == 1 else None
            if how == "IN" and isinstance(value, str | bool):
                several = [value]
            if name == "IS_SPACE" and several in ([True], [False]):
                values[name] = {int(several[0])}
            elif name in _TOLD and several and all(isinstance(each, str) for each in several):
                values[name] = {self._strings.add(each) if each else 0 for each in several}
        return values

    def match(self, doc: Doc) -> list[Found]:
        """Where the rules are found in ``doc``, in their order: a later one takes precedence."""
        columns = doc.to_array(list(_TOLD.values())).reshape(len(doc), len(_TOLD)).T.tolist()
        column_of = dict(zip(_TOLD, columns, strict=True))
        there = {name: set(column) for name, column in column_of.items()}
        found: list[Found] = []
        for wanted, matcher in self._rest:
            if all(not values.isdisjoint(there[name]) for name, values in wanted):
                matches = matcher(doc, allow_missing=True)
                found += [(int(self._strings[name]), name, start, end) for name, start, end in matches]
        for names, rules in self._rules.items():
            for place, values in enumerate(zip(*(column_of[name] for name in names), strict=True)):
                for number, forbidden in rules.get(values, ()):
                    if not any(column_of[name][place] in forbidden[name] for name in forbidden):
                        found.append((number, 0, place, place + 1))
        return sorted(found)

    def set_annotations(self, doc: Doc, found: Sequence[Found]) -> None:
        """Set what the rules say, each at the token of its match that it is about.

        Raises:
            ValueError: a rule is about a token outside of its match.
        """
        indices, attributes = self._ruler.indices, self._ruler.attrs
        for number, _, start, end in found:
            index = indices[number]
            place = (start if index >= 0 else end) + index
            if not start <= place < end:
                message = f"Rule {number} is about token {index} of a match that has {end - start}."
                raise ValueError(message)
            set_token_attrs(doc[place], attributes[number])


def look_up_tag_rules(nlp: Language) -> None:
    """Let the attribute rulers of ``nlp`` look their rules up from now on; rules added later are not seen."""
    for _, component in nlp.pipeline:
        if type(component) is AttributeRuler:
            rules = TagRules(component)
            component.match = rules.match  # type: ignore[method-assign]  # what it calls for each text
            component.set_annotations = rules.set_annotations  # type: ignore[method-assign]
