"""The component ``administrations``: mentions of US administrations, and which one is in office on a day."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from spacy.language import Language

import store.terms
from pipeline.core.annotations import Entity, Mention
from pipeline.core.resource_tables import any_of, lists
from pipeline.core.text_index import add_mentions, index_text, opening_words
from pipeline.core.word_lists import function_words, known_first_name
from pipeline.entities.incumbents import (
    first_names_of_presidents,
    given_names_pattern,
    names_a_president,
    surnames,
    written_under,
)

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Doc

    from pipeline.core.text_index import TextIndex
    from store.schema import MentionResolution
    from store.terms import Term

_WORDS: Final = "entities/administration_words.toml"
_AGENCIES: Final = any_of(_WORDS, "agencies")
# Those who serve one, and what is named after somebody, are not an administration.
_ITS_PEOPLE: Final = rf"(?! {any_of(_WORDS, 'its_people')}\b)"
_ITS_PAPERS: Final = rf"(?! {any_of(_WORDS, 'its_papers')}\b)"
_ABROAD: Final = rf"(?! of\b| in (?!{any_of(_WORDS, 'home')})[A-Z])"

_OFFICE: Final = re.compile(rf"(?<= )[Aa]dministration\b(?!{any_of(_WORDS, 'not_after')}){_ABROAD}")
_BEFORE_OFFICE: Final = re.compile(
    rf"(?:\b(?:(?P<his>[Hh]is)(?: own)?|[Tt]his|[Tt]he|[Oo]ur)(?: {any_of(_WORDS, 'present')})?|[Pp]resident's) "
    rf"(?P<kind>(?P<new>[Nn]ew )?(?:{any_of(_WORDS, 'kinds')} )?)$"
)
_LONGEST_BEFORE: Final = 40
# Whose administration it is instead, where another kind of it is named.
_BODIES: Final = frozenset(lists(_WORDS)["bodies"])
_SOMEBODYS: Final = re.compile(r"\b([A-Za-z][\w-]*)(?:'s?)? $")
_NOBODY: Final = frozenset(lists(_WORDS)["nobody"])
_PAST: Final = frozenset(lists(_WORDS)["past"])
_COMING: Final = frozenset(lists(_WORDS)["coming"])
_ORDER_BEFORE: Final = re.compile(
    rf"\b({any_of(_WORDS, 'orders')}|{any_of(_WORDS, 'past')}|{any_of(_WORDS, 'coming')})(?: term of(?: the)?)? $"
)
# "In his first term, the … administration"
_HIS_TERM: Final = (
    rf"(?:in|during) (?:his|its|(?:{surnames()})'s|{any_of(_WORDS, 'his')}) ({any_of(_WORDS, 'orders')}) "
    rf"{any_of(_WORDS, 'spans')}\b"
)
_TERM_BEFORE: Final = re.compile(rf"(?i:\b{_HIS_TERM})[^.\n]{{0,30}}$")
_TERM_AFTER: Final = re.compile(rf" {_HIS_TERM}")
_FIRST: Final = frozenset(lists(_WORDS)["first"])
_SECOND: Final = frozenset(lists(_WORDS)["second"])
_TO_COME: Final = re.compile(rf" {any_of(_WORDS, 'to_come')}\b")
# Days between an election and the inauguration: who will govern is spoken of as if he did.
_TRANSITION: Final = 80
_YEAR_BEFORE: Final = re.compile(
    rf"\W*(?:In|During|Since|By) (?:(?:[A-Z][a-z]+|{any_of(_WORDS, 'part_of_year')}) )?"
    rf"((?:19|20)\d\d),? (?:[\w']+ ){{0,6}}$"
)
_YEAR_AFTER: Final = re.compile(r"(?:'s)? (?:in|during|of) (?:[A-Z][a-z]+ )?((?:19|20)\d\d)\b")
# "A Clinton administration would …": somebody of the name who stands for election.
_SUPPOSED: Final = re.compile(rf"\b[Aa] (?:{any_of(_WORDS, 'supposed')} )?$")
_WOULD: Final = re.compile(rf"(?:'s)? {any_of(_WORDS, 'would')}\b")
_WORD_BEFORE: Final = re.compile(r"(\w+) $")
_LONG_AGO: Final = 4
# Between an election and the inauguration "the outgoing administration" is the one in office.
_OUTGOING: Final = re.compile(rf"\b{any_of(_WORDS, 'leaving')}\b")
# Before the name of one who has an administration and is no president of the United States.
_LEADS: Final = re.compile(rf"\b{any_of(_WORDS, 'leads')}\.?,? $")


class _Way(NamedTuple):
    """One way to speak of an administration; the whole match of ``pattern`` is the mention."""

    resolution: MentionResolution
    confidence: float
    pattern: re.Pattern[str]
    # The words one of which it opens with, if any of a few.
    opening: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _ways() -> tuple[_Way, ...]:
    either = f"{surnames()}|{surnames().upper()}"
    name = f"{given_names_pattern()}(?P<name>{either})"
    another = f"{given_names_pattern().replace('?P<initials>', '?:')}(?:{either})"
    # With these words, or the letters for the names before one, a president is named.
    names = opening_words([*surnames().split("|"), *first_names_of_presidents(), "H", "W"])
    body = rf"(?i:{any_of(_WORDS, 'called')})"
    orders = any_of(_WORDS, "orders")
    named = rf"\b{name}(?:'s?)?(?: (?P<order>{orders}|{any_of(_WORDS, 'orders_within')}))? {body}\b"
    of_him = rf"\b(?:[Aa]dministration|[Pp]residency) of (?:[Ff]ormer )?(?:[Pp]resident )?{name}\b"
    listed = rf"\b{name}(?=(?:'s?)?(?:(?:, |,? and |,? or |/)(?:the )?{another})+(?:'s?)? (?i:administrations)\b)"
    term = (
        rf"\b{name}'s? (?:(?P<order>{orders}|{any_of(_WORDS, 'orders_of_terms')}) )?{any_of(_WORDS, 'terms')}\b"
        rf"(?! {any_of(_WORDS, 'rules_of_terms')}\b)"
    )
    under = (
        rf"\b[Uu]nder (?:then-)?(?:{any_of(_WORDS, 'titles')} )?{name}\b"
        rf"(?!'| [A-Z]| administration|-){_ITS_PAPERS}"
    )
    previous = (
        rf"\b{any_of(_WORDS, 'before_this')} "
        rf"(?:US |U\.S\. )?(?:presidential )?administration\b{_ITS_PEOPLE}{_ABROAD}"
    )
    era = rf"\b(?P<name>{either})[- ](?i:{any_of(_WORDS, 'times')})\b"
    possessive = rf"\b{name}'s?(?= {_AGENCIES}\b(?! [Rr]oom))"
    # "López's incoming administration" is that of somebody else.
    following = rf"(?<!'s )(?<!s' )\b{any_of(_WORDS, 'after_this')} administration\b{_ABROAD}"
    return (
        _Way("named", 1.0, re.compile(named), names),
        _Way("named", 1.0, re.compile(of_him)),
        _Way("named", 0.95, re.compile(listed), names),
        _Way("era", 0.95, re.compile(era), names),
        _Way("term", 0.9, re.compile(term), names),
        _Way("possessive", 0.85, re.compile(possessive), names),
        _Way("under", 0.85, re.compile(under), opening_words(["under"])),
        _Way("previous", 0.75, re.compile(previous), opening_words(map(_plain, lists(_WORDS)["before_this"]))),
        _Way("next", 0.7, re.compile(following), opening_words(map(_plain, lists(_WORDS)["after_this"]))),
    )


def _plain(pattern: str) -> str:
    """A word whose first letter a pattern takes in both cases, in small letters: "[Pp]revious"."""
    return re.sub(r"\[\w(\w)\]", r"\1", pattern)


def _entity(term: Term) -> Entity:
    return Entity(term.entity_id, "ADMINISTRATION", term.name)


def in_office(day: date | None, last: date | None = None) -> Entity | None:
    """The administration in office on ``day``, or through all days to ``last``: see :func:`store.terms.in_office`."""
    term = store.terms.in_office(day, last)
    return _entity(term) if term else None


class _AdministrationFinder:
    """Finds the administrations of one article."""

    def __init__(self, reading: TextIndex, day: date | None) -> None:
        self._reading = reading
        self._text = reading.text
        self._day = day
        self._now = written_under(reading.text, day)
        self._people = [mention for mention in reading.doc._.mentions if mention.label == "PERSON"]
        self.mentions: list[Mention] = []
        self.entities: dict[str, Entity] = {}

    def find(self) -> None:
        named = names_a_president(self._text)
        for way in _ways():
            if not named and "name" in way.pattern.groupindex:
                continue
            for match in self._reading.matches(way.pattern, way.opening):
                self._add(way, *match.span(), self._term_of(way, match))
        if self._now is None and self._day is None:
            # Where an undated article names one alone, "the administration" is that one.
            by_name = {mention.entity_id for mention in self.mentions if mention.resolution == "named"}
            self._now = next((term for term in store.terms.terms() if {term.entity_id} == by_name), None)
        if self._now is not None:
            self._in_office()

    def _add(self, way: _Way, start: int, end: int, term: Term | None) -> None:
        if term is not None:
            self.mentions.append(Mention(start, end, "ADMINISTRATION", term.entity_id, way.resolution, way.confidence))
            self.entities[term.entity_id] = _entity(term)

    def _term_of(self, way: _Way, match: re.Match[str]) -> Term | None:
        """The term that a match of ``way`` speaks of."""
        groups = match.groupdict()
        if groups.get("name"):
            return self._term_called(groups["name"].title(), way, match)
        if self._now is None or self._reading.furniture(match.start()):
            return None
        table = store.terms.terms()
        leaving = self._day is not None and (self._now.until - self._day).days <= _TRANSITION
        if leaving and _OUTGOING.search(match.group()):
            return self._now
        number = table.index(self._now) + (-1 if way.resolution == "previous" else 1)
        return table[number] if 0 <= number < len(table) else None

    def _term_called(self, surname: str, way: _Way, match: re.Match[str]) -> Term | None:
        """The term of a president named; None where somebody else of the name is meant, or was never elected."""
        before = self._text[max(0, match.start() - 30) : match.start()]
        first = _WORD_BEFORE.search(before)
        somebody_else = first is not None and first[1][0].isupper() and known_first_name(first[1])
        if somebody_else and way.resolution != "under":
            return None
        named = [term for term in store.terms.terms() if term.surname == surname]
        day = self._day
        if (
            day is not None
            and day.year - named[-1].until.year > _LONG_AGO
            and _SUPPOSED.search(before)
            and _WOULD.match(self._text, match.end())
        ):
            return None
        initials = match.groupdict().get("initials") or ""
        if initials or len(named) == 1:
            return named[0] if initials.startswith("H") else named[-1]
        return self._of_two(named, way, match, before)

    def _of_two(self, named: list[Term], way: _Way, match: re.Match[str], before: str) -> Term:
        """Which of two terms under one name: by the words beside it, a year beside it, the day of the article."""
        stated = _ORDER_BEFORE.search(before)
        stated = stated or _TERM_BEFORE.search(self._text, max(0, match.start() - 70), match.start())
        stated = stated or _TERM_AFTER.match(self._text, match.end())
        order = match.groupdict().get("order") or (stated[1] if stated else "")
        if order in _FIRST or (order in _SECOND and (self._day is None or self._day >= named[0].until)):
            return named[0] if order in _FIRST else named[-1]
        year = self._year_beside(match)
        then = [term for term in named if term.since.year <= year <= term.until.year]
        if len(then) == 1:
            return then[0]
        if self._day is not None:
            return self._by_day(named, self._day, order, way, match)
        if self._now in named:
            return self._now
        # Of father and son the son, of one man's two terms the first are most written about.
        return named[-1] if named[-1].president != named[0].president else named[0]

    def _year_beside(self, match: re.Match[str]) -> int:
        """The year that begins the sentence, or stands right after: "In 2018, the … administration"; 0 without one."""
        line = self._text.rfind("\n", 0, match.start()) + 1
        stop = self._text.rfind(". ", line, match.start())
        year = _YEAR_BEFORE.match(self._text, stop + 1 if stop > 0 else line, match.start()) or _YEAR_AFTER.match(
            self._text, match.end()
        )
        return int(year[1]) if year else 0

    def _by_day(self, named: list[Term], day: date, order: str, way: _Way, match: re.Match[str]) -> Term:
        begun = [term for term in named if term.since <= day]
        coming = next((term for term in named if term.since > day), None)
        if coming is not None:
            soon = (coming.since - day).days <= _TRANSITION
            if not begun or (soon and (order in _COMING or _TO_COME.match(self._text, match.end()))):
                return coming
        # What is called past, or an era, while a second term lasts is the first.
        if len(begun) > 1 and day < begun[-1].until and (order in _PAST or way.resolution == "era"):
            return begun[-2]
        return begun[-1]

    def _in_office(self) -> None:
        """Find "the administration", "this administration", "his administration"."""
        way = _Way("in office", 0.8, _OFFICE)
        offices = list(_OFFICE.finditer(self._text))
        owners = self._owners(offices)
        for office in offices:
            before = _BEFORE_OFFICE.search(self._text, max(0, office.start() - _LONGEST_BEFORE), office.start())
            if before is None or self._reading.furniture(office.start()):
                continue
            start, end = before.start("kind"), office.end()
            number = bisect_left(owners, (start, False)) - 1
            # After somebody else's administration, named in this line or the one above, "the administration" is that.
            if number >= 0 and not owners[number][1] and self._near(owners[number][0], start):
                continue
            term = self._his(start) if before["his"] else self._then(office) or self._soon(new=bool(before["new"]))
            self._add(way, start, end, term)

    def _then(self, office: re.Match[str]) -> Term | None:
        """Who was in office in the past year that is set beside "the administration": "In 2011, the administration"."""
        year = self._year_beside(office)
        if self._now is None or not year or year >= self._now.since.year:
            return None
        then = [term for term in store.terms.terms() if term.since.year <= year <= term.until.year]
        return then[-1] if then else None

    def _near(self, start: int, end: int) -> bool:
        return self._reading.line(end) - self._reading.line(start) <= 1

    def _owners(self, offices: list[re.Match[str]]) -> list[tuple[int, bool]]:
        """Where an administration is said to be somebody's, and whether a president's of the United States."""
        owners = [(mention.start, True) for mention in self.mentions]
        for office in offices:
            owner = _SOMEBODYS.search(self._text, max(0, office.start() - _LONGEST_BEFORE), office.start())
            word = owner[1] if owner else ""
            named = word[:1].isupper() and not word.isupper() and word not in _NOBODY | function_words()
            if word in _BODIES or (named and word not in surnames().split("|")):
                owners.append((office.start(), False))
        return sorted(owners)

    def _soon(self, *, new: bool) -> Term | None:
        """Who is in office, or who will be where a new administration is spoken of before it begins."""
        if not new or self._now is None or self._day is None or (self._now.until - self._day).days > _TRANSITION:
            return self._now
        number = store.terms.terms().index(self._now) + 1
        return store.terms.terms()[number] if number < len(store.terms.terms()) else self._now

    def _his(self, position: int) -> Term | None:
        """The term of the last man named before "his administration" in its line; None if he was no president."""
        line = self._text.rfind("\n", 0, position) + 1
        numbers = range(bisect_left(self._people, position, key=lambda mention: mention.start) - 1, -1, -1)
        for mention in (self._people[number] for number in numbers):
            if mention.start < line:
                break
            terms = [term for term in store.terms.terms() if term.president == mention.entity_id]
            if not terms:
                # "Mexico's president, Ann Lee, said her administration", "Gov. Kim and his administration".
                leads = _LEADS.search(self._text, max(line, mention.start - _LONGEST_BEFORE), mention.start)
                if leads is not None or self._text[mention.end : position] == " and his ":
                    return None
                continue
            # "An Obama appointee", "Trump-era": he is named only to say what something is.
            if self._text[mention.end : mention.end + 1] == "-":
                continue
            if self._now in terms:
                return self._now
            begun = [term for term in terms if self._now is None or term.since <= self._now.since]
            return begun[-1] if begun else self._now
        return self._now


class Administrations:
    """Adds administrations to ``doc._.mentions`` and ``doc._.entities``.

    "The Trump administration" by name; "this administration" and "the previous administration" by
    ``doc._.context.day`` or, in an article without a date, by whom it calls president.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc``."""
        finder = _AdministrationFinder(index_text(doc), doc._.context.day)
        finder.find()
        add_mentions(doc, finder.mentions, finder.entities.values())
        return doc


@Language.factory("administrations", assigns=["doc._.mentions", "doc._.entities"])
def make_administrations(nlp: Language, name: str) -> Administrations:  # noqa: ARG001  the signature of a factory
    """Make the component."""
    return Administrations()
