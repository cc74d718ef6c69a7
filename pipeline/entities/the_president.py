"""Where an article says "the president", and who that is by its day, or by whom it calls so."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import children
from pipeline.core.resource_tables import toml
from pipeline.entities import offices
from pipeline.entities.incumbents import written_under

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from datetime import date

    from pipeline.core.annotations import Mention
    from pipeline.core.text_index import TextIndex
    from pipeline.core.token_table import Token
    from pipeline.entities.bearers import Person
    from pipeline.entities.offices import TermOfOffice

_PRESIDENT: Final = re.compile(
    r"\b(?:[Tt]he|[Oo]ur) (?:(?P<former>former |previous |then-)?(?:(?:US|U\.S\.|American) )?"
    r"(?P<vice>[Vv]ice[ -])?[Pp]resident)"
    r"(?P<us> of the United States)?(?P<other>(?:-elect)?(?: of\b|ial| for\b)|-)?\b"
)
# "The president and co-founder of the club".
_BESIDE: Final[dict[str, list[str]]] = toml("entities/office_words.toml")["beside"]
_BODY_OFFICES: Final = "|".join(_BESIDE["of_a_body"])
_OF_A_BODY: Final = re.compile(rf"(?:,? (?:and|&)|,(?=[^,.;]{{1,40}} of\b)) (?:{_BODY_OFFICES})\b")

_LAW: Final = re.compile(rf"\b(?:{'|'.join(_BESIDE['law'])})\b")
# "A president can veto a bill" tells of whoever is one.
_ANY_PRESIDENT: Final = re.compile(rf"\b[Aa] (?:vice )?president (?:{'|'.join(_BESIDE['ruling'])})\b")
# "President Ann Lee", "the French president, Ann Lee".
_CALLED: Final = re.compile(r"(?:\b[Pp]resident|\b[A-Z][a-z]+ president,) $")
_LONGEST_TITLE: Final = 40
_RULING: Final = frozenset(_BESIDE["ruling"])
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_OBJECTS: Final = frozenset({"dobj", "nsubjpass"})


def find_by_office(
    reading: TextIndex, day: date | None, mentions: Iterable[Mention], people: Mapping[str, Person]
) -> Iterator[tuple[int, int, TermOfOffice]]:
    """Where the president or vice president of the United States is named by the office alone, and in which term.

    ``mentions`` are those of ``people`` by name: after another country's president "the president" is that one.
    """
    foreign = _presidents(reading, mentions, people)
    named_until = {mention.end: mention.entity_id for mention in mentions}
    former = _former_presidents(mentions, day)
    if day is None and (administration := written_under(reading.text, None)) is not None:
        day = administration.since
    for match in _PRESIDENT.finditer(reading.text):
        if (
            _is_another_office(reading, match)
            or (match["former"] or "").startswith("then")
            or reading.furniture(match.start())
        ):
            continue
        if _OF_A_BODY.match(reading.text, match.end()):
            continue
        term = offices.in_charge("vice president" if match["vice"] else "president", day) or (
            None if day or match["vice"] or match["former"] else _only_president(people)
        )
        if term is not None and not match["former"] and _in_general(reading, match.end() - 1):
            continue
        if term is not None and match["former"]:
            named = [past_term for at, past_term in former if at < match.start()]
            term = named[-1] if named and not match["vice"] else offices.before(term)
        start, end = match.start() + 4, match.start("other") if match["other"] else match.end()
        if term is None or _of_somebody_else(reading, match.start(), end, named_until, term):
            continue
        # Named in this line or the one above.
        number = bisect_right(foreign, (start, False)) - 1
        if number >= 0 and foreign[number][1] and reading.line(foreign[number][0]) >= reading.line(start) - 1:
            continue
        yield start, end, term


def _is_another_office(reading: TextIndex, match: re.Match[str]) -> bool:
    """Whether what follows makes another office of it: "of the club", but not "accused the president of lying"."""
    if (match["other"] or "").strip() != "of":
        return bool(match["other"])
    of = reading.token(match.end() - len("of"))
    office = reading.token(match.end() - len(" of") - 1)
    if of is None or office is None or office.dep_ not in _OBJECTS:
        return True
    return of.head.pos_ != "VERB" and not any(child.tag_ == "VBG" for child in children(of))


def _of_somebody_else(
    reading: TextIndex, start: int, end: int, named_until: Mapping[int, str], term: TermOfOffice
) -> bool:
    """Whether the words say who somebody else is whose name stands before a comma: "Ann Lee, the president, said"."""
    named = named_until.get(start - len(", ")) if reading.text.startswith(", ", start - len(", ")) else None
    token = reading.token(end - 1)
    if token is not None and _is_what_one_would_be(token):
        return True
    if named in {None, term.entity_id} or reading.text.startswith(" and ", end):
        return False  # "Lee, the president and others" is a list
    return token is not None and token.dep_ == "appos"


def _is_what_one_would_be(token: Token) -> bool:
    """Whether an office is what somebody would be or is taken for: "with Lee as our president", "he would be"."""
    if token.dep_ == "pobj":
        return token.head.lower_ == "as"
    return token.dep_ == "attr" and any(child.tag_ == "MD" for child in children(token.head))


def _in_general(reading: TextIndex, position: int) -> bool:
    """Whether what the office may do by law is told at ``position``, whoever holds it: "the president may pardon"."""
    token = reading.token(position)
    if token is None or token.dep_ not in _SUBJECTS:
        return False
    verb = token.head
    helpers = {child.lower_ for child in children(verb) if child.dep_ in {"aux", "auxpass"}}
    if not (verb.tag_ == "VBZ" and not helpers) and not (helpers and helpers <= _RULING):
        return False
    start, end = reading.sentence_span(position)
    if _LAW.search(reading.text, start, end) or _ANY_PRESIDENT.search(reading.text, start, end):
        return True
    # What is told of the office in general goes on so.
    before = reading.sentence_span(max(0, start - 2))
    return (
        bool(helpers)
        and before[0] < start
        and "\n" not in reading.text[before[0] : start].strip()
        and bool(_LAW.search(reading.text, *before))
    )


def _only_president(named: Container[str]) -> TermOfOffice | None:
    """The president an undated article names, if it is one alone."""
    terms = [term for key, term in offices.president_ids().items() if key in named]
    return terms[0] if len(terms) == 1 else None


def _former_presidents(mentions: Iterable[Mention], day: date | None) -> list[tuple[int, TermOfOffice]]:
    """Where past presidents are named, by the day of the article."""
    terms = offices.president_ids()
    terms_named = ((mention.start, terms.get(mention.entity_id)) for mention in mentions)
    return sorted(
        ((at, term) for at, term in terms_named if term is not None and day is not None and term.until <= day),
        key=lambda named: named[0],
    )


def _presidents(
    reading: TextIndex, mentions: Iterable[Mention], people: Mapping[str, Person]
) -> list[tuple[int, bool]]:
    """Where somebody is called president by name, and whether it is of another country."""
    places = []
    for mention in mentions:
        if _CALLED.search(reading.text, max(0, mention.start - _LONGEST_TITLE), mention.start):
            surname = people[mention.entity_id].name.rsplit(" ", 1)[-1]
            ours = any("president" in term.office for term in offices.holders(surname))
            places.append((mention.start, not ours))
    return sorted(places)
