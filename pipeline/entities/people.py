"""People of an article: full names, what they are shortened to, and office-holders named by their title."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import Entity, Mention
from pipeline.core.resource_tables import any_of, lists
from pipeline.core.spans import Cover
from pipeline.core.word_lists import is_initial, known_first_name, known_surname, plain_case, slug
from pipeline.entities import incumbents, office_holders, offices, the_president
from pipeline.entities.bearers import GENDERS, Bearers, Person, modifies
from pipeline.entities.organisations.shape import begins_body, is_part_of_body, is_trade_next
from pipeline.entities.organisations.table import table
from pipeline.entities.person_candidates import PersonCandidate, candidates
from pipeline.entities.person_context import are_several, titled_words
from pipeline.entities.person_names import Name, gender_of, gender_of_person, parse_name, without_accents
from pipeline.entities.person_plausibility import (
    MONTHS,
    acts_as_somebody,
    acts_by_surname,
    is_first_name_there,
    is_land,
    is_month_there,
    is_never_where,
    plausible,
    plausible_alone,
)
from pipeline.entities.person_words import NAMED_AFTER, THING_AFTER, WORDS, is_ordinary, title_of
from pipeline.entities.unusual_names import kin_named, named_in_title, named_like_fathers, reigning, unusual_names
from pipeline.places.gazetteer import surely_a_place

if TYPE_CHECKING:
    from datetime import date

    from pipeline.core.spans import Span
    from pipeline.core.text_index import TextIndex
    from store.schema import MentionResolution

_NOUN_TAGS: Final = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "FW", ""})
_CROWNED: Final = frozenset(lists(WORDS)["crowned"])
# Who is named only to say whose kin somebody is, is not the one spoken of next.
_OF_KIN: Final = re.compile(
    rf"\b{any_of(WORDS, 'kin_of')} of (?:[\w.]+,? ){{0,4}}$"
    rf"|(?:'s|\b[Hh]is|\b[Hh]er|\b[Tt]heir) (?:[\w-]+ )?{any_of(WORDS, 'kin')},? $"
)
_SURNAME_AFTER: Final = re.compile(r" ([A-Z][a-z]{2,}(?:[A-Z][a-z]+)?)\b(?!')")
_CAPITAL_AFTER: Final = re.compile(r" [A-Z]")
_LOCATED: Final = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside) $")
_OFTEN: Final = 1 / 3


class People:
    """Finds the people of one article."""

    def __init__(self, reading: TextIndex, taken: Cover, day: date | None) -> None:
        self._reading = reading
        self._taken = taken
        self._day = day
        self._people: dict[str, Person] = {}
        self._by_first: dict[str, list[Person]] = {}
        self._cover = Cover()
        self._alone: Counter[str] = Counter()
        self._borne: frozenset[str] = frozenset()
        self._mentions: list[Mention] = []
        self._digest = sha256(reading.text.encode()).hexdigest()[:8]
        self._sons = named_like_fathers(reading)
        self._bearers = Bearers(reading, day)
        self._by_title: set[str] = set()
        self._lower = frozenset(word for _, word in reading.words if word.islower())

    def find(self) -> tuple[list[Mention], list[Entity]]:
        """Mentions, disjoint though not in order, and the people they are of."""
        seen = unusual_names(self._reading, list(candidates(self._reading, self._taken)), self._taken)
        full = [candidate.words for candidate in seen if candidate.full]
        self._borne = frozenset(plain_case(words[-1]) for words in full if known_first_name(plain_case(words[0])))
        # The longest first: "Peña Nieto" is a full name only where no "Enrique Peña Nieto" has it for a surname.
        short = [candidate for candidate in sorted(seen, key=_by_length) if not self._full(candidate)]
        short.sort(key=lambda candidate: candidate.start)
        for person in self._people.values():
            person.at.sort()
        self._presidents()
        self._alone.update(candidate.words[0] for candidate in short if candidate.model and len(candidate.words) == 1)
        for candidate in short:
            self._short(candidate)
        self._surnames()
        self._drop_places()
        self._by_office()
        return self._mentions, [person.entity() for person in self._people.values()]

    def _presidents(self) -> None:
        """Take in a president whom the article names by title alone, where others it names in full bear the surname."""
        if not any(map(self._bearers.of, incumbents.surnames().split("|"))):
            return
        for surname, start in incumbents.presidents_called(self._reading.text):
            term = offices.president_called(surname, self._day)
            if term is not None and self._bearers.of(surname):
                if term.entity_id not in self._people:
                    self._by_title.add(term.entity_id)
                insort(self._office_holder(term, surname).at, start)

    def _drop_places(self) -> None:
        """Leave out who is spoken of as a place: "protesters at Bello Park", "near Bello Park"."""
        named = Counter(mention.entity_id for mention in self._mentions)
        located = Counter(
            mention.entity_id
            for mention in self._mentions
            if _LOCATED.search(self._reading.text, max(0, mention.start - 10), mention.start)
            and self._reading.text[mention.end : mention.end + 1] != "'"
        )
        places = {
            key
            for key, times in located.items()
            if times > 1 and times >= _OFTEN * named[key] and key not in offices.usual_names()
        }
        self._mentions = [mention for mention in self._mentions if mention.entity_id not in places]

    def _add(self, start: int, end: int, person: Person, resolution: MentionResolution, confidence: float) -> None:
        if self._cover.add(start, end):
            self._mentions.append(Mention(start, end, "PERSON", person.entity_id, resolution, round(confidence, 2)))

    def _full(self, candidate: PersonCandidate) -> bool:
        """Take a full name; whether it was one, or is none of a person's at all."""
        if (reigns := reigning(self._reading.text, candidate)) is not None:
            person = self._people.setdefault(
                f"person:{slug(reigns[0])}", Person(f"person:{slug(reigns[0])}", reigns[0])
            )
            person.gender, tail = candidate.gender or person.gender, " ".join(candidate.words)
            if tail not in person.tails:
                person.tails.add(tail)
                self._bearers.note(tail, person)
            self._add(candidate.start, reigns[1], person, "named", 0.9)
            return True
        if not candidate.full:
            return False
        words = " ".join(candidate.words)
        name = parse_name(words)
        sure = 0.0 if is_land(self._reading, candidate.words) else plausible(candidate)
        if name is None or not sure or self._bearers.of(self._form(words)) or self._word_before(candidate):
            return False
        if self._reading.furniture(candidate.start) and self._reading.style(candidate.start) == "caps":
            return False
        product = candidate.words[0] in table() and self._reading.text.endswith(" a ", 0, candidate.start)
        if product or NAMED_AFTER.match(self._reading.text, candidate.end):
            return False  # "a Ford Pinto"
        person = self._person(name, self._form(words), candidate.gender)
        kin = _OF_KIN.search(self._reading.text, max(0, candidate.start - 60), candidate.start)
        if kin is None or offices.serves_yet(person.entity_id, self._day):
            person.at.append(candidate.start)
        if candidate.title:
            person.titles.add(candidate.title.rsplit(" ", 1)[-1])
        self._add(candidate.start, candidate.end, person, self._why(name, self._form(words), person), sure)
        return True

    def _word_before(self, candidate: PersonCandidate) -> bool:
        """Whether a name begins with a word that is none: "Impeach Obama", "Designate Nancy Pelosi"."""
        first, *others = map(plain_case, candidate.words)
        if known_first_name(first) or not is_ordinary(first) or title_of(first) or candidate.title:
            return False
        token = self._reading.token(candidate.start)
        named = candidate.model and len(others) == 1 and token is not None and token.tag_ == "NNP"
        # A capital that opens a sentence or a quotation, as on a sign, tells nothing.
        opens = token is not None and (token.is_sent_start or self._reading.text[candidate.start - 1] in '"“‘«„')
        if named and not opens and not candidate.heading:
            return False  # "Piers Keller", with another Keller in the article
        if len(others) > 1 and known_first_name(others[0]):
            return True
        return len(others) == 1 and (
            others[0] in self._borne or offices.president_called(others[0], self._day) is not None
        )

    def _why(self, name: Name, form: str, person: Person) -> MentionResolution:
        """Why a full name is one with those of other articles: it is the same, a known other one, or a short form."""
        if offices.known_person(form) is not None:
            return "known form"
        if name.entity_id.removesuffix("-jr") != person.entity_id.removesuffix("-jr"):
            return "misspelt"
        return "named" if name.entity_id.startswith(f"person:{slug(name.first)}-") else "short form"

    def _form(self, words: str) -> str:
        return " ".join(map(plain_case, words.split()))

    def _person(self, name: Name, form: str, gender: str) -> Person:
        usual = offices.known_person(form)
        if usual is None and (term := offices.misspelt(name.first, name.surname)) is not None:
            usual = term.entity_id, term.name
            name = parse_name(term.name) or name
        elif usual is None and (near := self._bearers.misspelt(name.surname, name.first)) is not None:
            return near
        entity_id = usual[0] if usual else name.entity_id
        if name.suffix == "Jr" and not usual and (entity_id in self._sons or entity_id in offices.usual_names()):
            entity_id = f"{entity_id}-jr"  # the son of somebody of the article, or of an office-holder
        person = self._people.get(entity_id)
        if person is None:
            person = Person(entity_id, offices.usual_names().get(entity_id, form), first=name.first)
            self._people[entity_id] = person
            self._by_first.setdefault(name.first, []).append(person)
        if len(form) > len(person.name) and entity_id not in offices.usual_names():
            person.name = form
        person.gender = person.gender or gender or gender_of_person(name)
        # "Mr. Xi" is Xi Jinping: what nobody has for a first name may be a surname that stands first.
        first_alone = not (is_initial(name.first) or known_first_name(name.first) or name.first in table()) and (
            not is_ordinary(name.first) or name.first in titled_words(self._reading)
        )
        suffixed = [f"{name.surname} {name.suffix}{stop}" for stop in ("", ".")] if name.suffix else []
        for tail in [*name.tails, *suffixed, *[name.first] * first_alone]:
            if tail not in person.tails:
                person.tails.add(tail)
                self._bearers.note(tail, person)
        return person

    def _short(self, candidate: PersonCandidate) -> None:  # noqa: PLR0911  one return a kind of evidence
        """A surname, or a first name, alone or after a title."""
        words = " ".join(map(plain_case, candidate.words))
        name = parse_name(words)
        if name is not None and name.entity_id in self._people and not surely_a_place(words):
            # Too little spoke for it where it stands, as in a headline, but the article names the person elsewhere.
            self._add(candidate.start, candidate.end, self._people[name.entity_id], "named", 0.85)
            return
        if self._goes_on(words, candidate.end):
            return
        person, resolution, sure = self._resolve(words, candidate)
        if person is not None:
            self._add(candidate.start, candidate.end, person, resolution, sure)
            return
        # "Rubio Schumer": a list without commas, or a word before the name; the last word may be known.
        if len(candidate.words) > 1 and not candidate.heading:
            return
        modifier = modifies(self._reading, candidate.start) or self._reading.text.startswith("-", candidate.end)
        if not candidate.strong and modifier:  # "the Koch brothers", "Koch-funded"
            return
        sure = plausible_alone(candidate, often=self._alone[words] > 2) if len(candidate.words) == 1 else 0.0
        bare = not (candidate.title or candidate.says)
        if not sure or self._reading.furniture(candidate.start) or (bare and begins_body(self._reading, words)):
            return
        if len(candidate.words) == 1 and (near := self._bearers.misspelt(words)) is not None:
            self._add(candidate.start, candidate.end, near, "misspelt", 0.6)
            return
        crowned = candidate.title.rsplit(" ", 1)[-1]
        # A surname alone is no reason to take people of two articles for one: the id is this article's own.
        key_of_article = f"{slug(words)}~{self._digest}"
        key = f"person:{crowned}-{slug(words)}" if crowned in _CROWNED else f"person:{key_of_article}"
        if key in self._people and {self._people[key].gender, candidate.gender} == {"m", "f"}:
            key = f"{key}-{candidate.gender}"
        # A surname that is a first name too tells nothing: "Omar".
        gender = candidate.gender or ("" if candidate.title or known_surname(words) else gender_of(words))
        full = f"{crowned.capitalize()} {words}" if crowned in _CROWNED else words
        person = self._people.setdefault(key, Person(key, full, gender))
        person.gender = person.gender or candidate.gender
        if sure > 0.4 and words not in person.tails:
            person.tails.add(words)
            self._bearers.note(words, person)
        self._add(candidate.start, candidate.end, person, "alone", sure)

    def _in_headline(self, surname: str, gender: str) -> Person | None:
        """Whom the headline names in full, where the text has the surname alone: Kim Jong-un for "Mr. Kim"."""
        found = named_in_title(self._reading.doc._.context.title, surname)
        name = parse_name(found) if found else None
        return None if name is None else self._person(name, found, gender)

    def _resolve(  # noqa: PLR0911  one return a kind of evidence
        self, words: str, candidate: PersonCandidate
    ) -> tuple[Person | None, MentionResolution, float]:
        # "Mrs. Lee" is not whom the article has called "Mr. Lee".
        people = [p for p in self._bearers.of(words) if p.first or {p.gender, candidate.gender} != {"m", "f"}]
        if people and candidate.title:
            # "President Lee", where the article has named another Lee alone.
            term = offices.titled(candidate.title, words, self._day)
            others = [person for person in people if person.entity_id not in self._by_title]
            if term is not None and all(person.entity_id != term.entity_id for person in others):
                return self._office_holder(term, words), "title", 0.85
        if people:
            person = self._bearers.meant(people, candidate.start, candidate.title, candidate.gender)
            by_first = not person.first and not candidate.title and known_first_name(words)
            return person, "first name" if by_first or words == person.first else "surname", 0.9
        surname = words.rsplit(" ", 1)[-1] if candidate.strong else words
        term = offices.titled(candidate.title, surname, self._day)
        if term is not None:
            return self._office_holder(term, words), "title", 0.9
        term = offices.president_called(words, self._day) or offices.leader_called(words, self._day)
        other_sex = term is not None and {candidate.gender, term.gender} == {"m", "f"}
        if (
            term is not None
            and not other_sex
            and (not (candidate.title and candidate.strong) or candidate.title in GENDERS)
        ):
            return self._office_holder(term, words), "surname", 0.8
        firsts = self._by_first.get(words, ())
        if len(firsts) == 1 and is_first_name_there(self._reading, candidate, words):
            return firsts[0], "first name", 0.7
        if candidate.heading:
            return None, "surname", 0.7
        named = {mention.start: self._people[mention.entity_id] for mention in self._mentions}
        whole = kin_named(self._reading, words, candidate.start, named)
        if (kin := parse_name(whole)) is not None:
            return self._person(kin, whole, candidate.gender), "first name", 0.6
        return self._in_headline(words, candidate.gender), "surname", 0.7

    def _office_holder(self, term: offices.TermOfOffice, tail: str) -> Person:
        person = self._people.get(term.entity_id)
        if person is None:
            person = Person(term.entity_id, term.name, term.gender, first=term.name.split(" ")[0])
            self._people[term.entity_id] = person
        if tail not in person.tails:
            person.tails.add(tail)
            self._bearers.note(tail, person)
        return person

    def _surnames(self) -> None:
        """Surnames of people known by now, wherever no longer name stands."""
        reading = self._reading
        heads: dict[str, list[str]] = {}
        for tail in self._bearers.tails():
            heads.setdefault(re.split(r"\W", tail, maxsplit=1)[0], []).append(tail)
        upper = {head.upper(): tails for head, tails in heads.items()}
        text = without_accents(reading.text)
        for start, accented in reading.words:
            word = text[start : start + len(accented)]
            caps = word.isupper() and len(word) > 2
            tails = heads.get(word) or (upper.get(word) if caps else None)
            if not tails or reading.credit(start):
                continue
            for tail in sorted(tails, key=len, reverse=True):
                form = tail.upper() if caps and not tail.isupper() else tail
                end = start + len(form)
                if text.startswith(form, start) and not text[end : end + 1].isalnum():
                    self._surname_at(start, end, tail)
                    break

    def _surname_at(self, start: int, end: int, tail: str) -> None:
        reading = self._reading
        token = reading.token(start + tail.rfind(" ") + 1)
        says = acts_as_somebody(reading, start)
        acts = says or acts_by_surname(reading, token)
        longer = self._taken.holds(start, start + 1) and self._taken.holds(end, end + 1)  # "Washington, D.C., closed"
        taken = longer or (
            self._taken.holds(start, end) and not says and not (acts and is_never_where(reading.text, tail))
        )
        if taken or self._cover.holds(start, end) or self._goes_on(tail, end) or are_several(token):
            return
        if is_month_there(reading.text, start, tail) or (tail in MONTHS and not acts and modifies(reading, start)):
            return
        person_here = "PERSON" in reading.labels(start, end)
        if (
            not (person_here or acts)
            and token is not None
            and token.tag_ not in {"NNP", "NNPS", ""}
            and not reading.heading(start)
        ):
            return
        ordinary = tail.lower() in self._lower
        if ordinary and not (person_here or acts) and (reading.heading(start) or token is None or token.is_sent_start):
            return
        if known_first_name(tail) and self._first_of_another(end):
            return
        before = reading.text[max(0, start - 20) : start].rstrip(" ").rsplit(" ", 1)[-1]
        title = title_of(before)
        if not title and before[:1].isupper() and known_first_name(before) and reading.text[start - 1 : start] == " ":
            return  # a first name right before that is not his: somebody else, whom no full name explains
        person = self._bearers.meant(self._bearers.of(tail), start, title, GENDERS.get(title, ""))
        self._add(start, end, person, "first name" if tail == person.first else "surname", 0.85)

    def _goes_on(self, surname: str, end: int) -> bool:
        """Whether a surname is part of a longer name: "the Lee Media Group", "Judge Ann Lee" where a Mr. Judge is."""
        text = self._reading.text
        title = title_of(surname) and _CAPITAL_AFTER.match(text, end) is not None
        # In a headline what follows is as often a verb: "Lee Says Valley Museum Will Open".
        body = not self._reading.heading(end - 1) and is_part_of_body(text, end)
        trade = not self._reading.heading(end - 1) and is_trade_next(text, end)
        return bool(title) or body or trade or THING_AFTER.match(text, end) is not None

    def _first_of_another(self, end: int) -> bool:
        """Whether a surname follows what ends here: "J. Scott Applewhite" is no Scott."""
        surname = _SURNAME_AFTER.match(self._reading.text, end)
        return surname is not None and not is_ordinary(surname[1]) and not surely_a_place(surname[1])

    def _by_office(self) -> None:
        """Who is named by the office alone, by the day of the article: the president, a governor, a head of agency."""
        holders = [
            *the_president.find_by_office(self._reading, self._day, self._mentions, self._people),
            *office_holders.find_holders(self._reading, self._day),
        ]
        for start, end, term in holders:
            if not self._cover.holds(start, end):
                named = self._people.get(term.entity_id)
                person = named or self._office_holder(term, term.surname)
                self._add(start, end, person, "office", 0.9 if named else 0.75)


def _by_length(candidate: PersonCandidate) -> tuple[int, int]:
    return -len(candidate.words), candidate.start


def find_people(reading: TextIndex, taken: list[Span], day: date | None) -> tuple[list[Mention], list[Entity]]:
    """People of an article published on ``day``; ``taken`` are names of places and organisations."""
    return People(reading, Cover(taken), day).find()
