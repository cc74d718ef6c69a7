"""Organisations of an article: those of the table by any of their names, and others the model found."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.core.acronyms import DEFINED, letters_for, spells
from pipeline.core.annotations import Entity, Mention
from pipeline.core.gazetteer import Gazetteer
from pipeline.core.resource_tables import any_of, lists, toml
from pipeline.core.spans import Cover
from pipeline.core.word_lists import common_words, known_first_name, known_surname, never_names, slug
from pipeline.entities.organisations.by_pattern import armed_groups, told_by_pattern
from pipeline.entities.organisations.full_names import (
    defined_names,
    long_names,
    small_committees,
    small_departments,
    state_parties,
)
from pipeline.entities.organisations.ordinary_names import named_alone
from pipeline.entities.organisations.same_names import disambiguated
from pipeline.entities.organisations.shape import (
    JUNK,
    is_organisation,
    is_two,
    named_by_last_word,
    rare_names,
    surnames_of_nobody,
    trimmed,
    with_second_half,
    without_nouns,
    words_telling,
)
from pipeline.entities.organisations.support import (
    bodies_of_speakers,
    employers,
    is_of_staff,
    names_explained_outright,
    stations,
    supported,
)
from pipeline.entities.organisations.table import Organisation, credited, is_paper, table
from pipeline.places.gazetteer import forms, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.core.spans import Span
    from pipeline.core.text_index import TextIndex
    from pipeline.entities.organisations.full_names import Found
    from store.schema import EntityKind, MentionResolution


_WORDS: Final = "entities/organisation_names.toml"
# What a name of the table can have besides: "US Postal Service", "Facebook Inc.".
_UNMARKED: Final = re.compile(rf"^{any_of(_WORDS, 'before_name')} | {any_of(_WORDS, 'legal_form')}$")
_LEFT_OUT: Final = re.compile(rf",? {any_of(_WORDS, 'left_out')}\.?$")
_CAMPUS: Final = re.compile(r"(?:, | at |-)((?:[A-Z][a-z]+ )?[A-Z][a-z]+)\b")
_BODIES: Final = frozenset(lists(_WORDS)["papers"])
# What goes on after the head of another body's name: "the Court of Appeals", "the Board Room".
_MORE_OF_NAME: Final = re.compile(r" (?:of|for|on) (?:the )?[A-Z]| (?:[A-Z]|\d)")
# What a body is called again by its last word: "the Court", "the Department".
_HEADS: Final = frozenset(toml("entities/organisation_words.toml")["heads"])
_MEMBERS: Final[dict[str, str]] = toml(_WORDS)["members"]
# Of another country's parties, where one of them is named besides.
_MEMBERS_ABROAD: Final[dict[str, str]] = toml(_WORDS)["members_abroad"]
_PARTIES_ABROAD: Final = frozenset(lists(_WORDS)["parties_abroad"])


class Organisations:
    """Finds the organisations of one article."""

    def __init__(self, reading: TextIndex, matches: list[tuple[int, int, str]], people: list[Span]) -> None:
        self._reading = reading
        self._matches = matches
        self._people = Cover(people)
        self._names = {word for start, end in people for word in reading.text[start:end].split(" ")}
        self._entities: dict[str, Entity] = {}
        self._mentions: list[Mention] = []
        self._cover = Cover()

    def find(self) -> tuple[list[Mention], list[Entity]]:
        """Mentions and the organisations they are of."""
        reading = self._reading
        matches = [
            *self._of_model(),
            *long_names(reading, self._matches),
            *state_parties(reading),
            *small_committees(reading),
            *small_departments(reading),
            *self._supported(),
            *self._by_kind(),
            *self._by_last_word(),
            *defined_names(reading),
        ]
        for start, end, name in self._matches:
            organisation, resolution = self._organisation_called(name)
            article = 4 if name[:4].lower() == "the " and not organisation.name.startswith("The ") else 0
            matches.append((start + article, end, organisation, resolution, 1.0))
        matches.sort(key=lambda match: (match[0] - match[1], -match[4], match[0]))
        for start, end, organisation, resolution, confidence in matches:
            self._add(start, end, organisation, resolution, confidence)
        self._acronyms()
        self._initials()
        self._mentions = disambiguated(reading, self._mentions, self._entities, table().keys())
        self._shortened()
        self._without_article()
        self._first_words()
        self._without_company()
        self._first_and_last_words()
        self._heads()
        self._members()
        return self._mentions, list(self._entities.values())

    def _organisation_called(self, name: str) -> tuple[Organisation, MentionResolution]:
        organisation, resolution, _ = table()[name]
        return organisation, resolution

    def _add(
        self, start: int, end: int, organisation: Organisation, resolution: MentionResolution, confidence: float
    ) -> None:
        if self._people.holds(start, end) or not self._cover.add(start, end):
            return
        key = organisation.entity_id
        self._entities.setdefault(key, Entity(key, "ORG", organisation.name, kind=organisation.kind))
        self._mentions.append(Mention(start, end, "ORG", key, resolution, confidence))

    def _rename(self, wholes: dict[str, str], resolution: MentionResolution) -> None:
        """Give mentions of bodies that are other bodies' short forms to these; ``wholes`` by the short form's id."""
        self._mentions = [
            replace(m, entity_id=wholes[m.entity_id], resolution=resolution) if m.entity_id in wholes else m
            for m in self._mentions
        ]

    def _of_model(self) -> Iterator[Found]:
        """The model's organisations, trimmed, but for those that are something else."""
        reading, named = self._reading, {name for _, _, name in self._matches}
        for first, last in reading.organisations:
            if reading.credit(first) or reading.heading(first):
                continue
            start, end = trimmed(reading.text, first, last)
            name = reading.text[start:end]
            row = table().get(name) or table().get(_UNMARKED.sub("", name))
            if is_two(name) or (name in table() and name not in named and known_surname(name)):
                continue
            if row is not None:
                if not row[2] and not is_paper(reading.text, end, name) and not credited(reading, start, end, row[0]):
                    yield start, end, row[0], row[1], 1.0
            elif is_organisation(name) or is_organisation(name := without_nouns(name)):
                end = with_second_half(reading.text, start + len(name), name)
                end, name = self._campus(end, reading.text[start:end])
                yield start, end, Organisation(f"org:{slug(name)}", name, ""), "named", 0.7

    def _supported(self) -> Iterator[Found]:
        """Names that the model sees and the article bears out."""
        reading, seen = self._reading, []
        for first, last in reading.organisations:
            if reading.credit(first) or reading.heading(first):
                continue
            start, end = trimmed(reading.text, first, last)
            name = reading.text[start:end]
            if table().get(name) is None and not is_two(name) and not JUNK.search(name) and not is_organisation(name):
                seen.append(((start, end), name))
        explained = [found for found in names_explained_outright(reading) if found[1] not in table()]
        seen += [(span, name) for span, name, _ in explained if (span, name) not in seen]
        said_what = {name for _, name, is_said in explained if is_said}
        for start, end, name in supported(reading, seen, self._names, said_what):
            yield start, end, Organisation(f"org:{slug(name)}", name, ""), "named", 0.6

    def _by_kind(self) -> Iterator[Found]:
        """Armed groups, stations and firms: what tells one tells its kind as well."""
        kinds: tuple[tuple[EntityKind, float, Iterable[tuple[int, int, str]]], ...] = (
            ("group", 0.9, armed_groups(self._reading)),
            ("outlet", 0.9, stations(self._reading)),
            ("company", 0.8, employers(self._reading)),
            ("", 0.6, bodies_of_speakers(self._reading, self._people)),
        )
        for start, end, name, told_kind in told_by_pattern(self._reading):
            if name not in table():
                yield start, end, Organisation(f"org:{slug(name)}", name, told_kind), "named", 0.7
        for kind, confidence, found in kinds:
            for start, end, name in found:
                if name not in table() and not self._reading.credit(start):
                    yield start, end, Organisation(f"org:{slug(name)}", name, kind), "named", confidence

    def _by_last_word(self) -> Iterator[Found]:
        """Names whose last word leaves no doubt, though the model overlooks them: "the Fordham University campus"."""
        for start, end, kind, confidence in named_by_last_word(self._reading):
            name = self._reading.text[start:end]
            yield start, end, Organisation(f"org:{slug(name)}", name, kind), "named", confidence

    def _initials(self) -> None:
        """Initials of a body that the article names in full, though no brackets say that they are its own."""
        names = [(entity.name, key) for key, entity in self._entities.items()]
        letters = letters_for(self._reading, names, table())
        renamed = {f"org:{slug(initials)}": key for initials, key in letters.items()}
        self._rename(renamed, "acronym")
        for start, end, initials in Gazetteer(letters).find(self._reading) if letters else ():
            entity = self._entities[letters[initials]]
            self._add(start, end, Organisation(entity.entity_id, entity.name, entity.kind), "acronym", 0.8)

    def _first_words(self) -> None:
        """Take "Fox" after "Fox News" for it, where the model sees an organisation in the one word, or it is rare."""
        full: dict[str, set[str]] = {}
        for mention in self._mentions:
            name = self._entities[mention.entity_id].name
            word, _, rest = name.partition(" ")
            ordinary = word in never_names() or word in forms() or word in words_telling()["general"]
            if rest and len(word) > 2 and not ordinary:
                full.setdefault(word, set()).add(mention.entity_id)
        alone = {f"org:{slug(word)}": next(iter(keys)) for word, keys in full.items() if len(keys) == 1}
        alone = {key: whole for key, whole in alone.items() if key in self._entities and whole != key}
        alone = {key: whole for key, whole in alone.items() if self._entities[key].name not in table()}
        self._rename(alone, "short form")
        seen = [trimmed(self._reading.text, first, last) for first, last in self._reading.organisations]
        # What nobody bears and nothing else is called needs no model.
        rare = rare_names(self._reading) | surnames_of_nobody(self._reading, full)
        seen += [(start, start + len(word)) for word in full for start in rare.get(word, ())]
        seen += self._ordinary_words(full)
        for start, end in seen:
            word = self._reading.text[start:end]
            if len(full.get(word, ())) == 1 and word not in table() and not self._reading.heading(start):
                entity = self._entities[next(iter(full[word]))]
                self._add(start, end, Organisation(entity.entity_id, entity.name, entity.kind), "short form", 0.7)

    def _ordinary_words(self, full: dict[str, set[str]]) -> list[Span]:
        """Where the first word of a firm's or an unknown body's name is a name by itself; ``full`` gains it."""
        wholes: dict[str, set[str]] = {}
        for mention in self._mentions:
            entity = self._entities[mention.entity_id]
            word, _, rest = entity.name.partition(" ")
            if entity.kind in {"company", "outlet", ""} and rest.isalpha() and word.lower() in common_words():
                wholes.setdefault(word, set()).add(mention.entity_id)
        wholes = {word: keys for word, keys in wholes.items() if word not in forms()}
        alone = named_alone(self._reading, wholes) if wholes else {}
        full.update({word: full.get(word, set()) | wholes[word] for word in alone})
        return [(start, start + len(word)) for word, starts in alone.items() for start in starts]

    def _without_company(self) -> None:
        """Take "Harlow Brewing" after "Harlow Brewing Company" for it."""
        full = ((_LEFT_OUT.sub("", entity.name), entity) for entity in self._entities.values())
        short = {name: entity for name, entity in full if name != entity.name and " " in name and name not in table()}
        self._rename({f"org:{slug(name)}": entity.entity_id for name, entity in short.items()}, "short form")
        for start, end, name in Gazetteer(short).find(self._reading) if short else ():
            entity = short[name]
            self._add(start, end, Organisation(entity.entity_id, entity.name, entity.kind), "short form", 0.7)

    def _without_article(self) -> None:
        """Take "a New Yorker reporter" after "The New Yorker" for its own."""
        names = {
            entity.name.removeprefix("The "): entity
            for entity in self._entities.values()
            if entity.kind == "outlet" and entity.name.startswith("The ")
        }
        for start, end, name in Gazetteer(names).find(self._reading) if names else ():
            text = self._reading.text
            in_congress = text.endswith("on the ", 0, start)  # "the mood on the Hill"
            if (text.endswith(("the ", "The "), 0, start) and not in_congress) or is_of_staff(text, end):
                entity = names[name]
                self._add(start, end, Organisation(entity.entity_id, entity.name, entity.kind), "short form", 0.85)

    def _first_and_last_words(self) -> None:
        """Take "NorCal Patriots" after "NorCal Tea Party Patriots" for them."""
        full: dict[str, set[str]] = {}
        for mention in self._mentions:
            words = self._reading.text[mention.start : mention.end].split(" ")
            name = f"{words[0]} {words[-1]}"
            rare = not (words[0].lower() in common_words() or known_first_name(words[0]) or words[0] in forms())
            if len(words) > 2 and words[-1][:1].isupper() and rare and name not in table():
                full.setdefault(name, set()).add(mention.entity_id)
        shortened = {name: entities for name, entities in full.items() if len(entities) == 1}
        for start, end, name in Gazetteer(shortened).find(self._reading) if shortened else ():
            entity = self._entities[next(iter(shortened[name]))]
            self._add(start, end, Organisation(entity.entity_id, entity.name, entity.kind), "short form", 0.7)

    def _heads(self) -> None:
        """Take "the Court" after "the Supreme Court" for the last body before that is called so."""
        reading = self._reading
        bodies = sorted((m.start, self._entities[m.entity_id]) for m in self._mentions)
        last: dict[str, Entity] = {}
        number = 0
        for start, word in reading.words:
            while number < len(bodies) and bodies[number][0] < start:
                entity = bodies[number][1]
                for head in {entity.name.rsplit(" ", 1)[-1], entity.name.split(" of ")[0].rsplit(" ", 1)[-1]} & _HEADS:
                    last[head] = entity
                number += 1
            if word not in last or reading.heading(start) or not reading.text.endswith(("the ", "The "), 0, start):
                continue
            if _MORE_OF_NAME.match(reading.text, start + len(word)) is None and reading.tag(start) in {"NNP", "NNPS"}:
                entity = last[word]
                organisation = Organisation(entity.entity_id, entity.name, entity.kind)
                self._add(start, start + len(word), organisation, "short form", 0.7)

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
        for match in DEFINED.finditer(reading.text):
            mention = by_end.get(match.start())
            letters = match[1].replace(".", "")
            if mention is None or not spells(letters, reading.text[mention.start : mention.end]):
                continue
            entity = self._entities[mention.entity_id]
            if letters in table() and not _is_another(entity, table()[letters][0]):
                continue
            meaning[match[1]] = entity
        if not meaning:
            return
        renamed = {f"org:{slug(letters)}": entity.entity_id for letters, entity in meaning.items()}
        self._rename(renamed, "acronym")
        for number, mention in enumerate(self._mentions):
            # The article's own meaning of letters by which another body is known.
            own = meaning.get(reading.text[mention.start : mention.end])
            if own is not None:
                self._mentions[number] = replace(mention, entity_id=own.entity_id, resolution="acronym")
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
            article = reading.text[max(0, start - 4) : start].lower() == "the "
            if word in _BODIES and word in last and (article or is_of_staff(reading.text, start + len(word))):
                self._add(start, start + len(word), *self._organisation_called(last[word])[:1], "short form", 0.85)

    def _members(self) -> None:
        """Democrats and Republicans: the party in its members."""
        reading = self._reading
        abroad = any(entity.name in _PARTIES_ABROAD for entity in self._entities.values())
        # Of whom "the Democrat Party of Thailand" is, all that the article calls Democrats are.
        elsewhere: dict[str, Entity] = {}
        for entity in self._entities.values():
            for members, name in _MEMBERS.items() if entity.kind == "party" else ():
                if entity.name.startswith((f"{name} of ", f"{members.removesuffix('s')} Party of ")):
                    elsewhere[members] = entity
        for start, word in reading.words:
            if word in elsewhere and not reading.furniture(start):
                entity = elsewhere[word]
                organisation = Organisation(entity.entity_id, entity.name, entity.kind)
                self._add(start, start + len(word), organisation, "members", 0.7)
                continue
            party = _MEMBERS.get(word)
            if party is None and abroad and reading.text[max(0, start - 4) : start].lower() == "the ":
                party = _MEMBERS_ABROAD.get(word)
            if party and not reading.furniture(start):
                self._add(start, start + len(word), *self._organisation_called(party)[:1], "members", 0.9)


def _is_another(entity: Entity, known: Organisation) -> bool:
    """Whether a body that an article gives letters is another than is ``known`` by them: most words tell it."""
    given, usual = ({word for word in name.split(" ") if word[:1].isupper()} for name in (entity.name, known.name))
    return entity.entity_id != known.entity_id and len(given & usual) * 2 < len(given)


def find_organisations(
    reading: TextIndex, matches: list[tuple[int, int, str]], people: list[Span]
) -> tuple[list[Mention], list[Entity]]:
    """Organisations of an article; ``matches`` are those of the table, ``people`` the spans of names of people."""
    return Organisations(reading, matches, people).find()
