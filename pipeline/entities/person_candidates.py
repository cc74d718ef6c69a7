"""Where names of people may stand: runs of capitals, cut at titles, places, organisations and ordinary words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import any_of, lists
from pipeline.core.word_lists import (
    dotted_words,
    function_words,
    is_initial,
    known_first_name,
    known_surname,
    never_names,
    plain_case,
)
from pipeline.entities.offices import president_names, well_known
from pipeline.entities.person_context import (
    Piece,
    amid_people,
    are_several,
    called_somebody,
    listed,
    listed_by_line,
    parsed_as_name,
    speaks_by_name,
    titled_elsewhere,
    told_as_somebody,
)
from pipeline.entities.person_names import ARABIC_ARTICLES, PARTICLES
from pipeline.entities.person_words import (
    WORDS,
    doubtful,
    is_ordinary,
    title_of,
    titles,
    titles_before,
    titles_of_lists,
    titles_over_places,
)
from pipeline.entities.words_of_names import (
    has_title_for_surname,
    is_first_name,
    is_first_name_of,
    joins,
    one_person,
    opens_with_calling,
    starts_name,
    surname_behind_particle,
    surname_here,
)
from pipeline.places.gazetteer import forms
from pipeline.places.storms import storms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.spans import Cover
    from pipeline.core.text_index import TextIndex

_UPPER: Final = "A-ZÀ-ÖØ-Þ"
_DOTTED: Final = f"(?:{'|'.join(sorted(dotted_words()))})"
# What a hyphen adds to a name to make an adjective of it.
_COMPOUND: Final = any_of(WORDS, "compound")
# A word that starts with a capital, an initial, or an abbreviated title. A possessive is no part of it.
_CAPITAL: Final = (
    rf"(?:\b{_DOTTED}\.|\b[{_UPPER}]\.(?:[{_UPPER}]\.)*"
    rf"|\b(?:{ARABIC_ARTICLES})-[{_UPPER}][\w-]+|\b[dl]'[{_UPPER}][\w-]+"
    rf"|\b[{_UPPER}](?:(?!'(?:[sSdmt]|ve|re|ll)\b|-{_COMPOUND}\b)[\w'-])*(?<!['-])(?!\w|'t\b))"
)
_LINK: Final = "(?: (?:" + "|".join(sorted(PARTICLES)) + r")){1,3}(?= )"
_RUN: Final = re.compile(rf"{_CAPITAL}(?:(?:{_LINK})? {_CAPITAL}|, (?:Jr|Sr)\b\.?)*")
_PIECE: Final = re.compile(r"[^\s,]+")
_READ_MORE: Final = re.compile(any_of(WORDS, "read_more"))
_CREDIT: Final = re.compile(rf"(?i)\b{any_of(WORDS, 'pictures')}(?: by|:|/) ?$")
# "The ferry Prince Albert".
_VESSEL: Final = re.compile(rf"\b{any_of(WORDS, 'vessels')} (?:[A-Z][a-z]+ )?$")
# "Lee v. Ruiz" is a case, whoever they were.
_VERSUS_AFTER: Final = re.compile(rf" {any_of(WORDS, 'versus')}\.? [A-Z]")
_VERSUS_BEFORE: Final = re.compile(rf" {any_of(WORDS, 'versus')}\.? $")
_BY_FIRST_NAME: Final = frozenset(lists(WORDS)["by_first_name"])
# "His daughter, Nila, stood": by a first name alone, whoever the family is.
KIN_BEFORE: Final = re.compile(rf"(?:\b[Hh]is|\b[Hh]er|'s?) (?:[a-z-]+ ){{0,2}}{any_of(WORDS, 'kin')},? $")
LONGEST_KIN: Final = 40
LONGEST_NAME: Final = 5
_LONGEST_RUN: Final = 30


# What tells that two words are somebody's name, whatever the model sees.
_EVIDENCE: Final = (
    has_title_for_surname,
    parsed_as_name,
    titled_elsewhere,
    amid_people,
    called_somebody,
    speaks_by_name,
    listed_by_line,
)


@dataclass(frozen=True, slots=True)
class PersonCandidate:
    """Words that may name a person.

    ``title`` is what stands before them, in lower case; ``strong``: it makes one word a name; ``model``: the parser
    sees a person; ``heading``: capitals say nothing; ``beside_state``: a state follows, as after a town; ``parsed``:
    the sentence is built as around a name, or a name the model sees is joined to it by "and"; ``says``: it is the
    subject of a verb of saying; ``told``: what is said of it tells somebody; ``acts``: it does something, or has it.
    """

    start: int
    end: int
    words: tuple[str, ...]
    title: str
    gender: str
    strong: bool
    model: bool
    heading: bool
    beside_state: bool
    parsed: bool = False
    says: bool = False
    told: bool = False
    acts: bool = False

    @property
    def full(self) -> bool:
        """Whether there are two words besides initials and particles, of which "Ben" in front is none."""
        first, *others = self.words
        begins = not is_initial(first) and (first.lower() not in PARTICLES or known_first_name(first))
        return begins + sum(not is_initial(word) and word.lower() not in PARTICLES for word in others) >= 2 or (
            len(self.words) >= 2 and is_initial(first) and not is_initial(self.words[-1])
        )


@lru_cache(maxsize=1)
def _beside_state() -> re.Pattern[str]:
    """A comma and a state, as after a town; a legislator's state is followed by the party, an outlet's by its name."""
    names = sorted(
        re.escape(name)
        for name, senses in forms().items()
        if any(form.place.kind == "state" and form.sense != "demonym" for form in senses)
    )
    # "Ann Lee, New York Magazine": of a longer name.
    return re.compile(rf", (?:{'|'.join(names)})(?=[,.;)\s]|$)(?! [A-Z])")


def stands_beside_state(text: str, word: str) -> bool:
    """Whether a name is somewhere in the text that of a town with its state: "Madison, Wisconsin"."""
    return word in forms() and any(
        _beside_state().match(text, match.end()) for match in re.finditer(rf"\b{re.escape(word)}\b", text)
    )


def candidates(reading: TextIndex, taken: Cover) -> Iterator[PersonCandidate]:
    """Candidates in order of the text. ``taken`` are names of places and organisations."""
    for run in _RUN.finditer(reading.text):
        pieces = list(_pieces(run.start(), run.group()))
        # Where a link is set into a sentence, the article's name ends and that of another page begins.
        for (_, credit), same in groupby(
            pieces, key=lambda piece: (reading.furniture(piece.start), reading.credit(piece.start))
        ):
            part = [] if credit else list(same)
            # No name is this long: what is, is a list or a wall of capitals, and is read in parts.
            for first in range(0, len(part), _LONGEST_RUN):
                yield from _in_run(reading, taken, part[first : first + _LONGEST_RUN])


def _pieces(start: int, run: str) -> Iterator[Piece]:
    """The words of a run of capitals, two people joined by a hyphen apart: "the Ann Lee-Bo Ray debate"."""
    words = list(_PIECE.finditer(run))
    for number, word in enumerate(words):
        surname, hyphen, first = word.group().partition("-")
        at = start + word.start()
        between = hyphen and 0 < number < len(words) - 1 and known_first_name(words[number - 1].group())
        if between and known_surname(surname) and known_first_name(first) and not known_surname(first):
            yield Piece(at, at + len(surname), surname)
            yield Piece(at + len(surname) + 1, start + word.end(), first)
        else:
            yield Piece(at, start + word.end(), word.group())


def _in_run(reading: TextIndex, taken: Cover, pieces: list[Piece]) -> Iterator[PersonCandidate]:
    caps = reading.style(pieces[0].start) == "caps"
    people = [(s, e) for s, e, label in reading.model_entities(pieces[0].start, pieces[-1].end) if label == "PERSON"]
    ranks: list[str] = titles_before(reading.text, pieces[0].start)
    over_place = titles_over_places(reading.text, pieces[0].start)
    segment: list[Piece] = []
    for number, piece in enumerate(pieces):
        word = plain_case(piece.word) if caps else piece.word
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        title = "" if is_first_name_of(word, following) else title_of(word)
        ends_name = (
            bool(title and segment) and following is None and has_title_for_surname(reading, [segment[-1], piece])
        )
        # "Aurora Mayor Steve Hogan": of a town, though somebody may be called so.
        of_town = len(segment) == 1 and segment[0].word in forms() and following and known_first_name(following.word)
        if title and not (ends_name or (segment and not of_town and one_person(people, segment, piece))):
            yield from _candidate(reading, [] if of_town else segment, ranks, people)
            ranks = [*([] if segment else ranks), title]
            segment = []
            continue
        if not segment and opens_with_calling(reading, pieces[number:]):
            continue
        # "The Ann Lee-Bo Ray debate"; "Ann Lee Ann Lee", once under a picture and once for whose it is.
        again = len(segment) > 1 and word == segment[0].word and known_first_name(word)
        if again or (segment and reading.text[segment[-1].end : piece.start] == "-"):
            yield from _candidate(reading, segment, ranks, people)
            segment, ranks = [], []
        # "Rudy Giuliani Read more".
        if segment and _READ_MORE.match(reading.text, piece.start):
            yield from _candidate(reading, segment, ranks, people)
            segment, ranks = [], []
            continue
        # "Will Lee resign?" asks of Lee; "Rep. Will Lee" is one.
        asks = reading.tag(piece.start) == "MD" and not (ranks and not segment and known_first_name(word))
        named = asks and _acts_itself(reading, following) and known_first_name(word)
        stop = asks or (
            not joins(word)
            and is_ordinary(word)
            and not (number + 1 < len(pieces) and is_first_name(reading, pieces[number : number + 2], people, ranks))
        )
        # "Will Lee will resign."
        asks, stop = asks and not named, stop and not named
        # "The U.S." has no initials.
        stop = stop or (
            not segment and word[1:2] == "." and word in forms() and reading.text.endswith("the ", 0, piece.start)
        )
        # "Dame Honor said": by a first name that is a word as well.
        if stop and not asks and not segment and ranks[-1:] and ranks[-1] in _BY_FIRST_NAME and word.istitle():
            stop = word in function_words() or word in never_names() or not reading.tag(piece.start).startswith("NNP")
        if not stop and taken.holds(piece.start, piece.end):
            within = taken.holds(piece.start - 1, piece.start)  # the end of a longer name: "Prince George's"
            stop = not segment and (within or not starts_name(reading, taken, piece, following, people))
            stop = stop or (bool(segment) and not one_person(people, segment, piece))
        # "Theresa May" is no month, whatever the model sees.
        if stop and word == "May" and len(segment) == 1 and known_first_name(segment[0].word) and not caps:
            stop = False
        surname = segment and (
            ends_name
            or (one_person(people, segment, piece) and surname_here(reading, segment, word))
            or titled_elsewhere(reading, [*segment, piece])
            or called_somebody(reading, [*segment, piece])
            or listed_by_line(reading, [*segment, piece])
            or surname_behind_particle(reading, segment, piece)
            or " ".join([*(part.word for part in segment), word]) in well_known()
        )
        if stop and not surname:
            yield from _candidate(reading, segment, ranks, people)
            over_place = over_place if not segment and (word in forms() or taken.holds(piece.start, piece.end)) else []
            segment, ranks = [], over_place
            continue
        segment.append(piece)
    yield from _candidate(reading, segment, ranks, people)


def _candidate(
    reading: TextIndex, segment: list[Piece], ranks: list[str], people: list[tuple[int, int]]
) -> Iterator[PersonCandidate]:
    while segment and (segment[-1].word.lower() in PARTICLES and segment[-1].word.islower()):
        segment = segment[:-1]
    while segment and segment[0].word.islower():
        segment = segment[1:]
    if not segment:
        return
    heading = reading.heading(segment[0].start)
    known = " ".join(piece.word for piece in segment) in well_known()
    parsed = known or any(speaks_for_it(reading, segment) for speaks_for_it in _EVIDENCE)
    if not parsed:
        segment = _narrowed(segment, people, heading=heading)
    if not segment or len(segment) > LONGEST_NAME + 2:
        return
    start, end = segment[0].start, segment[-1].end
    if len(segment) == 1 and are_several(reading.token(start)):
        return
    first_names = any(known_first_name(piece.word) for piece in segment[:-1])
    if segment[-1].word in storms(reading) and not ranks and not first_names:
        return
    of_list = reading.cached(titles_of_lists, lambda: titles_of_lists(reading.text))
    ranks = ranks or [of_list[start]] if start in of_list else ranks
    if segment[-1].word.endswith(".") and segment[-1].word.rstrip(".") not in {"Jr", "Sr"} and len(segment) > 1:
        end -= 1
    text = reading.text
    # Agencies join the photographer's name to theirs by a stroke.
    joined = text[start - 1 : start] in {"/", "@", "#"} or text[end : end + 1] in {"/", "@"}
    vessel = _VESSEL.search(text, max(0, start - 30), start)
    in_case = _VERSUS_AFTER.match(text, end) or _VERSUS_BEFORE.search(text, max(0, start - 5), start)
    if joined or vessel or in_case or _CREDIT.search(text, max(0, start - 16), start):
        return
    titles_before = [titles()[word] for word in ranks]
    # "The Yazidis", whatever the model sees.
    many = len(segment) == 1 and reading.tag(start) == "NNPS" and not known_surname(segment[0].word)
    yield PersonCandidate(
        start,
        end,
        tuple(piece.word for piece in segment),
        " ".join(ranks),
        next((title.gender for title in titles_before if title.gender), ""),
        any(title.names for title in titles_before)
        or ranks[-2:] in (["attorney", "general"], ["chief", "justice"])
        or KIN_BEFORE.search(text, max(0, start - LONGEST_KIN), start) is not None,
        not many and any(s < end and e > start for s, e in people),
        heading,
        _before_state(reading, start, end, people),
        parsed or listed(reading, start, end),
        speaks_by_name(reading, segment) or titled_elsewhere(reading, segment),
        told_as_somebody(reading, segment)
        or has_title_for_surname(reading, segment)
        or called_somebody(reading, segment)
        or listed_by_line(reading, segment),
        _acts(reading, segment[-1].start),
    )


def _acts_itself(reading: TextIndex, surname: Piece | None) -> bool:
    """Whether a verb that needs no other follows a name: "Will Lee will row", where "Will Lee row?" asks."""
    token = reading.token(surname.start) if surname is not None else None
    return token is not None and token.i + 1 < len(token.doc) and token.nbor().tag_ in {"MD", "VBD", "VBZ"}


def _acts(reading: TextIndex, start: int) -> bool:
    """Whether a name is that of whoever does something, or has something; "the Aztecs" are many."""
    token = reading.token(start)
    if token is None or reading.text[max(0, start - len("the ")) : start].lower() == "the ":
        return False
    # "McConnell-themed" is no name.
    joined = token.i + 1 < len(token.doc) and token.nbor().tag_ == "HYPH"
    return token.tag_ == "NNP" and token.dep_ in {"nsubj", "poss"} and not joined


def _before_state(reading: TextIndex, start: int, end: int, people: list[tuple[int, int]]) -> bool:
    """Whether a state follows as after a town; two letters after what the model sees as a person are a degree."""
    state = _beside_state().match(reading.text, end)
    if state is None:
        return False
    degree = state.end() - state.start() == len(", MD") and state.group().isupper()
    return not (degree and (start, end) in people and reading.text[start:end] not in forms())


def _narrowed(segment: list[Piece], people: list[tuple[int, int]], *, heading: bool) -> list[Piece]:
    """Words before the first name cut off; in headings, words after the model's person too."""
    inside = [piece for piece in segment if any(s <= piece.start and piece.end <= e for s, e in people)]
    if heading and len(inside) >= 2:
        return inside
    first = next((n for n, piece in enumerate(segment) if known_first_name(piece.word)), 0)
    before = segment[0].word
    if 0 < first < len(segment) - 1 and (segment[0] not in inside or is_ordinary(before)) and not is_initial(before):
        segment = segment[first:]
    if heading and len(segment) > 2 and known_first_name(segment[0].word):
        stop = 1
        while stop < len(segment) - 1 and (is_initial(segment[stop].word) or segment[stop].word.lower() in PARTICLES):
            stop += 1
        segment = segment[: stop + 1]
    # "Trump Ukraine call": a president goes by the surname alone, which nobody bears as a first name.
    if len(segment) > 1 and not known_first_name(segment[0].word) and segment[0].word in president_names():
        return _narrowed(segment[1:], people, heading=heading)
    while len(segment) > 1 and segment[-1] not in inside and doubtful(segment[-1].word):
        segment = segment[:-1]
    return segment
