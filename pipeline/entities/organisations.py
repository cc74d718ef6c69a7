"""Organisations of an article: those of the table by any of their names, and others the model found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.acronyms import DEFINED, spells
from pipeline.core.annotations import Entity, Mention
from pipeline.core.gazetteer import Gazetteer
from pipeline.core.resource_tables import parts, rows, toml
from pipeline.core.spans import Cover
from pipeline.core.word_lists import common_words, function_words, known_first_name, slug
from pipeline.entities.person_candidates import titles
from pipeline.entities.same_name_bodies import told_apart
from pipeline.places.gazetteer import place_of, surely_a_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.spans import Span
    from pipeline.core.text_index import Reading

_ARTICLE: Final = re.compile(r"^(?:the|The|THE|a|an|A|An) ")
_POSSESSIVE: Final = re.compile(r"'[sS]?$")
_ACRONYM: Final = re.compile(r"[A-Z][A-Za-z&-]*[A-Z]s?$")
_LOCAL: Final = re.compile(r"\b(?:Jail|Sheriff|Sheriff's|Police|Prison|Courthouse|Correctional|Detention Center)\b")
# What a name of the table can have besides: "US Postal Service", "Facebook Inc.".
_UNMARKED: Final = re.compile(r"^(?:U\.S\.|US|United States) | Inc$")
_JUNK: Final = re.compile(r", the |[@#/\\\n()\d|<>:;!?\"“”…=%$]|\bhttp|--")
# Picture credits join the agency to a name: "Ann Lee/Getty Images", "AFP via Getty Images".
_CREDITED: Final = re.compile(r"(?:/(?:[Tt]he )?|\bvia (?:The )?|\| ?|(?:©|\bCopyright)[ \d,-]*(?:[Tt]he )?)$")
_CREDITING: Final = re.compile(r" ?/|(?:'s)? (?:[Pp]hotos?|Images|Pool|via)\b| [Ff]ile\b|\]")
_CAPITAL: Final = r"(?:U\.S\.|[A-Z](?:[\w&-]|'(?=[A-Z]))*)"
_HEAD: Final = (
    "Association|Institute|Center|Centre|Council|Committee|Commission|Coalition|Foundation|Partnership|Network|Alliance"
    "|Federation|Task Force|Society|Project|League|Bureau|University|College|Academy|Conference|Shelter|Clinic|Union"
    "|Working Group"
)
# A name around the word that says it is an organisation's, longer than the model sees it: "Ruiz Institute on Law and
# Social Policy", "National Association of Former Border Patrol Officers".
_BEFORE_HEAD: Final = re.compile(rf"(?<![\w.'])(?:{_CAPITAL},? (?:(?:and|of|for|on|the|&) )?){{1,6}}$")
_LONG: Final = re.compile(rf"(?<= )(?:{_HEAD})\b(?!,? (?:of|for|on) the\b(?! [A-Z]))")
_AFTER_HEAD: Final = re.compile(
    r"(?: (?!on (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun))"
    rf"(?:of|for|on|to)(?: the| a)?(?: {_CAPITAL})+(?:,? (?:and|&)(?: (?:of|for|on))?(?: {_CAPITAL})+)?){{0,2}}"
)
_LONGEST_BEFORE: Final = 90
_HEADED: Final = re.compile(r" (?:of|for|on|to) ")
_STATE_PARTY: Final = re.compile(r"(?<= )(Democratic|Republican|Libertarian|Green) [Pp]arty\b")
_STATE_BEFORE: Final = re.compile(r"((?:(?:New|North|South|West|Rhode) )?[A-Z][a-z]+) $")
_CAMPUS: Final = re.compile(r"(?:, | at |-)((?:[A-Z][a-z]+ )?[A-Z][a-z]+)\b")
# "Ruiz of Brown", "a professor at Princeton", "a degree in nursing from Georgetown".
_AT: Final = re.compile(
    r"(?:\b[A-Z][\w'-]+,? (?:of|at)|\b(?:professors?|students?|researchers?|scholars?|historian|sociologist)"
    r"(?: \w+)? (?:at|of|from)|\b(?:degree|diploma|doctorate|graduated?)(?: \w+){0,2} (?:from|at)) $"
)
_BODIES: Final = frozenset(
    {"Times", "Post", "Journal", "Examiner", "Globe", "Tribune", "Herald", "Chronicle", "Republic"}
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A row of the table. ``kind`` is agency, party, outlet, court, legislature, office, group, facility or company."""

    entity_id: str
    name: str
    kind: str


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Organisation, str, bool]]:
    """Organisation, resolution and weakness by each of its names."""
    found: dict[str, tuple[Organisation, str, bool]] = {}
    for row in rows("entities/organisations.csv"):
        name = row["name"]
        organisation = Organisation(f"org:{slug(name)}", name, row["kind"])
        found.setdefault(name, (organisation, "named", False))
        for alias in parts(row["aliases"]):
            word = alias.removesuffix("?")
            resolution = "acronym" if _ACRONYM.match(word.replace(".", "")) and " " not in word else "named"
            found.setdefault(word, (organisation, resolution, alias.endswith("?")))
            # Some outlets set "Cbp" and "Uscis" in headlines.
            if resolution == "acronym" and word.isalpha() and len(word) > 2 and word.lower() not in common_words():
                found.setdefault(word.capitalize(), (organisation, resolution, False))
    return found


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Finds every name of the table."""
    return Gazetteer(_table())


def table_spans(reading: Reading) -> list[tuple[int, int, str]]:
    """Names of the table in the text, as (start, end, name), those that are ordinary words there left out."""
    return [match for match in gazetteer().find(reading) if _meant(reading, *match)]


def _meant(reading: Reading, start: int, end: int, name: str) -> bool:
    text = reading.text
    if text[start - 1 : start] in {"@", "#"} or text[end : end + 4].lower().startswith((".com", ".org", ".gov")):
        return False
    organisation, resolution, weak = _table()[name]
    if _credited(reading, start, end, organisation):
        return False
    if weak:
        if organisation.kind == "university":
            # "Brown" is most often a name or a colour: somebody is of it, or the model sees it alone.
            at = _AT.search(text, max(0, start - 40), start) is not None and text[end : end + 2] != ", "
            alone = {(start, end, "ORG"), (start, end + 2 * text.startswith("'s", end), "ORG")}
            return at or not alone.isdisjoint(reading.model_entities(start, end))
        before = text[max(0, start - 5) : start].lower()
        return not reading.heading(start) and (
            "ORG" in reading.labels(start, end) or before.endswith((" the ", "\nthe "))
        )
    # "Border protection" at the start of a sentence or in a headline is a subject, not the agency.
    if resolution == "acronym" and not name.isupper() and not reading.heading(start) and name not in {"DoJ", "DoD"}:
        return False
    return resolution == "acronym" or " " in name or not reading.heading(start) or reading.style(start) != "text"


def _credited(reading: Reading, start: int, end: int, organisation: Organisation) -> bool:
    """Whether an outlet is named for a picture of its own, not as one that says or does something."""
    if organisation.kind != "outlet":
        return False
    text = reading.text
    return (
        _CREDITED.search(text, max(0, start - 24), start) is not None
        or _CREDITING.match(text, end) is not None
        or (organisation.name == "Getty Images" and text[end : end + 1] in {"", "\n", ")", " "})
    )


class Organisations:
    """Finds the organisations of one article."""

    def __init__(self, reading: Reading, matches: list[tuple[int, int, str]], people: list[Span]) -> None:
        self._reading = reading
        self._matches = matches
        self._people = Cover(people)
        self._entities: dict[str, Entity] = {}
        self._mentions: list[Mention] = []
        self._cover = Cover()

    def find(self) -> tuple[list[Mention], list[Entity]]:
        """Mentions and the organisations they are of."""
        found = [*self._of_model(), *self._long_names(), *self._state_parties()]
        for start, end, name in self._matches:
            organisation, resolution = self._known(name)
            article = 4 if name.startswith("The ") and not organisation.name.startswith("The ") else 0
            found.append((start + article, end, organisation, resolution, 1.0))
        found.sort(key=lambda match: (match[0] - match[1], -match[4], match[0]))
        for start, end, organisation, resolution, confidence in found:
            self._add(start, end, organisation, resolution, confidence)
        self._acronyms()
        self._mentions = told_apart(self._reading, self._mentions, self._entities, _table().keys())
        self._shortened()
        self._members()
        return self._mentions, list(self._entities.values())

    def _known(self, name: str) -> tuple[Organisation, str]:
        organisation, resolution, _ = _table()[name]
        return organisation, resolution

    def _add(self, start: int, end: int, organisation: Organisation, resolution: str, confidence: float) -> None:
        if self._people.holds(start, end) or not self._cover.add(start, end):
            return
        key = organisation.entity_id
        self._entities.setdefault(key, Entity(key, "ORG", organisation.name, kind=organisation.kind))
        self._mentions.append(Mention(start, end, "ORG", key, resolution, confidence))

    def _of_model(self) -> Iterator[tuple[int, int, Organisation, str, float]]:
        """The model's organisations, trimmed, but for those that are something else."""
        reading = self._reading
        for first, last in reading.organisations:
            if reading.credit(first) or reading.heading(first):
                continue
            start, end = _trimmed(reading.text, first, last)
            name = reading.text[start:end]
            known = _table().get(name) or _table().get(_UNMARKED.sub("", name))
            if _two(name):
                continue
            if known is not None:
                if not known[2] and not _credited(reading, start, end, known[0]):
                    yield start, end, known[0], known[1], 1.0
            elif _is_organisation(name):
                end, name = self._campus(end, name)
                yield start, end, Organisation(f"org:{slug(name)}", name, ""), "named", 0.7

    def _long_names(self) -> Iterator[tuple[int, int, Organisation, str, float]]:
        """Names the model cuts short, where it sees some organisation in them."""
        reading = self._reading
        known = {start: end for start, end, _ in self._matches}
        for found in _LONG.finditer(reading.text):
            before = _BEFORE_HEAD.search(reading.text, max(0, found.start() - _LONGEST_BEFORE), found.start())
            after = _AFTER_HEAD.match(reading.text, found.end())
            if before is None or after is None:
                continue
            start, end = before.start(), after.end()
            words = reading.text[start:end].split(" ")
            while words and (words[0] in function_words() or words[0].endswith(",") or words[0].lower() in titles()):
                start += len(words.pop(0)) + 1
            if len(words) > 1 and words[0] in {"and", "of", "for", "on", "the", "&"}:
                start += len(words.pop(0)) + 1
            name = " ".join(words)
            if (
                len(words) < 3
                or (start in known and not reading.text.startswith((" Task Force", " Working Group"), known[start]))
                or any(word.lower() in titles() and word != "Former" for word in words)
                or any(word in {"On", "In", "At", "For", "The", "Of"} for word in words[1:])
                or not reading.labels(start, end) & {"ORG", "PERSON", "FAC"}
                or reading.heading(start)
                or reading.credit(start)
                or _two(name)
                or name in _table()
                or not _is_organisation(_HEADED.split(name)[0])
            ):
                continue
            yield start, end, Organisation(f"org:{slug(name)}", name, ""), "named", 0.65

    def _state_parties(self) -> Iterator[tuple[int, int, Organisation, str, float]]:
        for found in _STATE_PARTY.finditer(self._reading.text):
            before = _STATE_BEFORE.search(self._reading.text, max(0, found.start() - 25), found.start())
            place = place_of(before[1]) if before else None
            if before is not None and place is not None and place.kind == "state":
                name = f"{place.name} {found[1]} Party"
                party = Organisation(f"org:{slug(name)}", name, "party")
                yield before.start(), found.end(), party, "named", 0.95

    def _campus(self, end: int, name: str) -> tuple[int, str]:
        """A university of a state with the city of its campus, where that stands beside it."""
        state = place_of(name.removeprefix("University of ")) if name.startswith("University of ") else None
        beside = _CAMPUS.match(self._reading.text, end) if state is not None and state.kind == "state" else None
        if state is None or beside is None or place_of(beside[1], state.state) is None:
            return end, name
        return beside.end(), f"{name}, {beside[1]}"

    def _acronyms(self) -> None:
        """Letters in brackets after a long name mean it, here and in the rest of the article."""
        reading, meaning = self._reading, {}
        by_end = {mention.end: mention for mention in self._mentions}
        for found in DEFINED.finditer(reading.text):
            mention = by_end.get(found.start())
            letters = found[1].replace(".", "")
            if mention is None or letters in _table() or not spells(letters, reading.text[mention.start : mention.end]):
                continue
            meaning[found[1]] = self._entities[mention.entity_id]
        if not meaning:
            return
        renamed = {f"org:{slug(letters)}": entity.entity_id for letters, entity in meaning.items()}
        self._mentions = [
            Mention(m.start, m.end, m.label, renamed[m.entity_id], "acronym", 0.9) if m.entity_id in renamed else m
            for m in self._mentions
        ]
        for start, end, letters in Gazetteer(meaning).find(reading):
            entity = meaning[letters]
            self._add(start, end, Organisation(entity.entity_id, entity.name, entity.kind), "acronym", 0.9)

    def _shortened(self) -> None:
        """Take "the Times" after "the New York Times" for the nearest outlet before whose name ends so."""
        reading = self._reading
        outlets = sorted(
            (mention.start, entity.name)
            for mention in self._mentions
            if (entity := self._entities[mention.entity_id]).kind == "outlet"
        )
        last: dict[str, str] = {}
        number = 0
        for start, word in reading.words:
            while number < len(outlets) and outlets[number][0] < start:
                last[outlets[number][1].rsplit(" ", 1)[-1]] = outlets[number][1]
                number += 1
            if word in _BODIES and word in last and reading.text[max(0, start - 4) : start].lower() == "the ":
                self._add(start, start + len(word), *self._known(last[word])[:1], "short form", 0.85)

    def _members(self) -> None:
        """Democrats and Republicans: the party in its members."""
        reading = self._reading
        for start, word in reading.words:
            party = {"Democrats": "Democratic Party", "Republicans": "Republican Party"}.get(word)
            if party and not reading.furniture(start):
                self._add(start, start + len(word), *self._known(party)[:1], "members", 0.9)


def _trimmed(text: str, start: int, end: int) -> Span:
    """A span cut at a line break, without article, possessive and outer marks."""
    said = text[start:end]
    cut = said.find("\n")
    if cut > 0:
        said = said[:cut]
    elif cut == 0:
        start += len(said) - len(said.lstrip())
        said = said.strip()
    article = _ARTICLE.match(said)
    if article:
        start += article.end()
        said = said[article.end() :]
    # "Health and Human Services' Office of Refugee Resettlement": the second is meant.
    owner = said.rfind("' ") + 2 if "' " in said else said.rfind("'s ") + 3 if "'s " in said else 0
    start, said = start + owner, said[owner:]
    bracket = said.find("(")
    said = said[:bracket] if bracket > 0 else said
    said = _POSSESSIVE.sub("", said.rstrip())
    while True:
        said = said.rstrip(" ,.-&]")
        head, _, last = said.rpartition(" ")
        if last not in _words()["small"]:
            break
        said = head
    stripped = said.lstrip(" '-")
    return start + len(said) - len(stripped), start + len(said)


def _two(name: str) -> bool:
    """Whether a name is two of the table's, or one and something else: "Border Patrol and ICE"."""
    return any(side in _table() for side in re.split(r" (?:and|or|&) ", name)) and name not in _table()


def _is_organisation(name: str) -> bool:
    words = name.split(" ")
    if len(name) < 3 or _JUNK.search(name) or not name[0].isupper() or surely_a_place(name):
        return False
    last = words[-1]
    lists = _words()
    if last in lists["never_last"] or (_LOCAL.search(name) and words[0] not in {"National", "Federal"}):
        return False
    if len(words) == 1:
        # One word, even in capitals, is as often a programme or a form: the table or the article must explain it.
        return False
    if any(word.islower() and word not in lists["small"] for word in words) or name.isupper():
        return False
    if name == "State of the Union" or words[0] == "We":
        return False
    telling = any(word.rstrip(".,") in lists["telling"] for word in words)
    return telling and not (len(words) == 2 and known_first_name(words[0]) and last not in lists["telling"])


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """Lists of words by what they tell of an organisation's name."""
    lists = toml("entities/organisation_words.toml")
    return {name: frozenset(" ".join(lines).split()) for name, lines in lists.items()}


def find_organisations(
    reading: Reading, matches: list[tuple[int, int, str]], people: list[Span]
) -> tuple[list[Mention], list[Entity]]:
    """Organisations of an article; ``matches`` are those of the table, ``people`` the spans of names of people."""
    return Organisations(reading, matches, people).find()
