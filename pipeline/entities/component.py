"""The component ``entities``: people and organisations, and where the article names them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.core.acronyms import DEFINED, spells
from pipeline.core.text_index import add_mentions, index_text
from pipeline.core.word_lists import known_first_name
from pipeline.entities.organisations.by_pattern import armed_groups, told_by_pattern
from pipeline.entities.organisations.finder import find_organisations
from pipeline.entities.organisations.shape import (
    is_organisation,
    named_by_last_word,
    rare_names,
    surnames_of_nobody,
    trimmed,
    words_telling,
)
from pipeline.entities.organisations.support import employers
from pipeline.entities.organisations.table import table_spans
from pipeline.entities.people import find_people
from pipeline.places import gazetteer
from pipeline.places.county_names import county_names

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.core.spans import Span
    from pipeline.core.text_index import TextIndex


class Entities:
    """Fills ``doc._.mentions`` and ``doc._.entities`` with people and organisations.

    Reads the model's entities and tags, ``doc._.blocks`` (bylines and credits name nobody of the story) and
    ``doc._.context.day`` (who held an office that day). Full names, surnames after them, titles with a surname
    and "the president" become mentions of one person; an organisation and its acronym become one organisation.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc``."""
        reading = index_text(doc)
        located = gazetteer.gazetteer().find(reading)
        place_spans = [(start, end) for start, end, name in located if " " in name or gazetteer.surely_a_place(name)]
        place_spans += [(start, end) for start, end, _ in county_names(reading)]
        bodies = outside(table_spans(reading), located)
        organised = [(start, end) for start, end, _ in bodies]
        organised += [(start, end) for start, end, _ in armed_groups(reading)]
        shaped = bodies_by_shape(reading)
        organised += bodies_named_for_people(reading, shaped)
        organised += [(start, end) for start, end, _ in employers(reading)]
        organised += [(start, end) for start, end, _, _ in named_by_last_word(reading)]
        organised += [(start, end) for start, end, _, _ in told_by_pattern(reading)]
        organised += short_forms(reading, [*organised, *shaped]) + letters_of(reading, [*organised, *shaped])
        people, persons = find_people(reading, organised + place_spans, doc._.context.day)
        groups, organisations = find_organisations(reading, bodies, [(m.start, m.end) for m in people])
        add_mentions(doc, [*people, *groups], [*persons, *organisations])
        return doc


def bodies_by_shape(reading: TextIndex) -> list[Span]:
    """What the model takes for an organisation, and whose words tell one."""
    spans = (trimmed(reading.text, first, last) for first, last in reading.organisations)
    return [(start, end) for start, end in spans if is_organisation(reading.text[start:end])]


def bodies_named_for_people(reading: TextIndex, bodies: list[Span]) -> list[Span]:
    """Those of ``bodies`` that begin like a person's name: "Ann Lee Relief Association"."""
    named = []
    for start, end in bodies:
        first, *others = reading.text[start:end].split(" ")
        if len(others) > 1 and others[-1] in words_telling()["telling"] and known_first_name(first):
            named.append((start, end))
    return named


def short_forms(reading: TextIndex, bodies: list[Span]) -> list[Span]:
    """The first words of names of ``bodies`` that nobody bears, wherever they stand: of the "Quellen Group"."""
    nobodys = rare_names(reading)
    names = [reading.text[start:end].partition(" ") for start, end in bodies]
    first = {word for word, _, rest in names if rest}
    nobodys = nobodys | surnames_of_nobody(reading, first - nobodys.keys())
    return [(start, start + len(word)) for word in sorted(first & nobodys.keys()) for start in nobodys[word]]


def letters_of(reading: TextIndex, bodies: list[Span]) -> list[Span]:
    """The letters that names of ``bodies`` are said to be shortened to, wherever they stand: "(NIK)", "NIK said"."""
    found = ((DEFINED.match(reading.text, end), reading.text[start:end]) for start, end in bodies)
    letters = {match[1] for match, name in found if match is not None and spells(match[1], name)}
    return [(start, start + len(word)) for start, word in reading.words if word in letters]


def outside(named: list[tuple[int, int, str]], located: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Those of ``named`` that are no part of a longer name in ``located``: "Columbia" in "the District of Columbia"."""
    starts = [start for start, _, _ in located]
    names = []
    for start, end, name in named:
        number = bisect_right(starts, start) - 1
        first, last = located[number][:2] if number >= 0 else (0, 0)
        if not (end <= last and end - start < last - first):
            names.append((start, end, name))
    return names


@Language.factory("entities", assigns=["doc._.mentions", "doc._.entities"], requires=["doc.ents", "token.tag"])
def make_entities(nlp: Language, name: str) -> Entities:  # noqa: ARG001  the signature of a factory
    """Make the component."""
    return Entities()
