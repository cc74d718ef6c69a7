"""Where names of people may stand: runs of capitals, cut at titles, places, organisations and ordinary words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import rows
from pipeline.core.word_lists import (
    common_words,
    function_words,
    is_initial,
    known_first_name,
    known_surname,
    never_names,
    plain_case,
)
from pipeline.entities.offices import president_names
from pipeline.entities.person_names import PARTICLES
from pipeline.places.gazetteer import FAMOUS_CITY, forms, surely_a_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.spans import Cover
    from pipeline.core.text_index import Reading

_UPPER: Final = "A-ZÀ-ÖØ-Þ"
_DOTTED: Final = "Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Lt|Gen|Col|Capt|Sgt|Cpl|Adm|Maj|Prof|Rev|Jr|Sr|St|Sec|Atty|Del|Dept"
# What a hyphen adds to a name to make an adjective of it.
_COMPOUND: Final = (
    "appointed|authored|backed|based|bashing|controlled|endorsed|era|esque|friendly|inspired|led|like|loving|loyal|owned"
    "|related|sponsored|style|supported|supporting|type|voting|wing"
)
# A word that starts with a capital, an initial, or an abbreviated title. A possessive is no part of it.
_CAPITAL: Final = (
    rf"(?:\b(?:{_DOTTED})\.|\b[{_UPPER}]\.(?:[{_UPPER}]\.)*"
    rf"|\b[{_UPPER}](?:(?!'(?:[sSdmt]|ve|re|ll)\b|-(?:{_COMPOUND})\b)[\w'-])*(?<!['-]))"
)
_LINK: Final = "(?: (?:" + "|".join(sorted(PARTICLES)) + r")){1,3}(?= )"
_RUN: Final = re.compile(rf"{_CAPITAL}(?:(?:{_LINK})? {_CAPITAL}|, (?:Jr|Sr)\b\.?)*")
_PIECE: Final = re.compile(r"[^\s,]+")
_INNER_CAPITAL: Final = re.compile(r"[a-zà-ÿ][A-Z]")
_JOINED: Final = re.compile(r"^(Mc|Mac|De|Di|Du|La|Le|Lo|Van|Von|Fitz|Des|Del|St|San|Mac|O')[A-Z][a-zà-ÿ']*$")
_BEFORE: Final = re.compile(r"([\w.-]+)\s*$")
_CREDIT: Final = re.compile(r"(?i)\b(?:photo|photograph|photos|image|picture|illustration)(?: by|:|/) ?$")
_LONGEST_NAME: Final = 5
_LONGEST_RUN: Final = 30


@dataclass(frozen=True, slots=True)
class Title:
    """A word that stands before names."""

    gender: str
    names: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may name a person.

    ``title`` is what stands before them, in lower case; ``strong``: it makes one word a name; ``model``: the parser
    sees a person; ``heading``: capitals say nothing; ``beside_state``: a state follows, as after a town.
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

    @property
    def full(self) -> bool:
        """Whether there are two words besides initials and particles, of which "Ben" in front is none."""
        first, *others = self.words
        begins = not is_initial(first) and (first.lower() not in PARTICLES or known_first_name(first))
        return begins + sum(not is_initial(word) and word.lower() not in PARTICLES for word in others) >= 2 or (
            len(self.words) >= 2 and is_initial(first) and not is_initial(self.words[-1])
        )


@lru_cache(maxsize=1)
def titles() -> dict[str, Title]:
    """Titles by the word, in lower case without its full stop."""
    return {row["title"].lower(): Title(row["gender"], row["names"] == "yes") for row in rows("entities/titles.csv")}


@lru_cache(maxsize=1)
def _beside_state() -> re.Pattern[str]:
    """A comma and a state, as after a town; a legislator's state is followed by the party."""
    names = sorted(
        re.escape(name)
        for name, told in forms().items()
        if any(form.place.kind == "state" and form.sense != "demonym" for form in told)
    )
    return re.compile(rf", (?:{'|'.join(names)})(?=[,.;)\s]|$)(?! (?:Republican|Democrat))")


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    word: str


@lru_cache(maxsize=65_536)
def is_ordinary(word: str) -> bool:
    """Whether a capitalised word is no name: listed as such, or an English word that nobody bears as a name."""
    if (
        word in function_words()
        or word in never_names()
        or not any(map(str.isalpha, word))
        or any(map(str.isdigit, word))
    ):
        return True
    if _INNER_CAPITAL.search(word.replace("'", "").replace("-", "")) and not all(
        _JOINED.match(part) or not _INNER_CAPITAL.search(part) for part in re.split(r"[-']", word) if part
    ):
        return True
    if len(word) > 1 and word.isupper() and not is_initial(word) and len(word) <= 4 and not known_first_name(word):
        return not known_surname(word)
    lower = word.lower()
    return lower in common_words() and not known_first_name(word) and not known_surname(word)


@lru_cache(maxsize=65_536)
def _doubtful(word: str) -> bool:
    """Whether a word that can be a name is an ordinary word as well."""
    return word.lower() in common_words() or plain_case(word) in never_names()


def candidates(reading: Reading, taken: Cover) -> Iterator[Candidate]:
    """Candidates in order of the text. ``taken`` are names of places and organisations."""
    for run in _RUN.finditer(reading.text):
        if reading.credit(run.start()):
            continue
        pieces = [
            _Piece(run.start() + found.start(), run.start() + found.end(), found.group())
            for found in _PIECE.finditer(run.group())
        ]
        # No name is this long: what is, is a list or a wall of capitals, and is read in parts.
        for first in range(0, len(pieces), _LONGEST_RUN):
            yield from _in_run(reading, taken, pieces[first : first + _LONGEST_RUN])


def _in_run(reading: Reading, taken: Cover, pieces: list[_Piece]) -> Iterator[Candidate]:
    caps = reading.style(pieces[0].start) == "caps"
    people = [(s, e) for s, e, label in reading.model_entities(pieces[0].start, pieces[-1].end) if label == "PERSON"]
    said: list[str] = _title_before(reading, pieces[0].start)
    segment: list[_Piece] = []
    for number, piece in enumerate(pieces):
        word = plain_case(piece.word) if caps else piece.word
        bare = word.rstrip(".").lower()
        if bare in titles() and not (segment and _one_person(people, segment, piece)):
            yield from _candidate(reading, segment, said, people)
            said = [*([] if segment else said), bare]
            segment = []
            continue
        stop = (
            not _joins(word)
            and is_ordinary(word)
            and not (number + 1 < len(pieces) and _given(pieces[number : number + 2], people, said))
        )
        if not stop and taken.holds(piece.start, piece.end):
            stop = not segment and not _starts_name(piece, people)
            stop = stop or (bool(segment) and not _one_person(people, segment, piece))
        # "Theresa May" is no month, whatever the model sees.
        if stop and word == "May" and len(segment) == 1 and known_first_name(segment[0].word) and not caps:
            stop = False
        if stop and not (segment and _one_person(people, segment, piece) and _surname_here(reading, segment, word)):
            yield from _candidate(reading, segment, said, people)
            segment, said = [], []
            continue
        segment.append(piece)
    yield from _candidate(reading, segment, said, people)


def _surname_here(reading: Reading, segment: list[_Piece], word: str) -> bool:
    """Whether an ordinary word is a surname where the model sees a person: known, or after a first name in text."""
    if known_surname(word):
        return True
    if word in function_words() or word in never_names() or not word.isalpha() or reading.heading(segment[0].start):
        return False
    return len(segment) == 1 and known_first_name(segment[0].word) and word.istitle()


def _joins(word: str) -> bool:
    return word.lower() in PARTICLES or (is_initial(word) and word != "A") or word.rstrip(".") in {"Jr", "Sr"}


def _given(pieces: list[_Piece], people: list[tuple[int, int]], said: list[str]) -> bool:
    """Whether an ordinary word is a first name here: "Bill" after a title, or what begins the model's person."""
    word = pieces[0].word
    if word in function_words() or (word.isupper() and not is_initial(word)):
        return False
    if (
        (word in never_names() and not known_first_name(word))
        or pieces[1].word.rstrip(".").lower() in titles()
        or is_ordinary(pieces[1].word)
    ):
        return False
    return (bool(said) and known_first_name(word)) or any(
        pieces[0].start == start and pieces[1].end <= end for start, end in people
    )


def _title_before(reading: Reading, start: int) -> list[str]:
    """Titles in small letters right before a run: "former president", "spokeswoman"."""
    found: list[str] = []
    end = start
    for _ in range(3):
        before = _BEFORE.search(reading.text, max(0, end - 30), end)
        if not before or "\n" in reading.text[before.end(1) : end]:
            break
        word = before[1].rstrip(".").lower()
        if word not in titles():
            break
        found.insert(0, word)
        end = before.start()
    return found


def _one_person(people: list[tuple[int, int]], segment: list[_Piece], piece: _Piece) -> bool:
    return any(start <= segment[0].start and piece.end <= end for start, end in people)


def _starts_name(piece: _Piece, people: list[tuple[int, int]]) -> bool:
    """Whether a word that is a place too begins a person's name all the same ("Paris Hilton")."""
    return known_first_name(piece.word) and any(s <= piece.start and piece.end < e for s, e in people)


def _candidate(
    reading: Reading, segment: list[_Piece], said: list[str], people: list[tuple[int, int]]
) -> Iterator[Candidate]:
    while segment and (segment[-1].word.lower() in PARTICLES and segment[-1].word.islower()):
        segment = segment[:-1]
    while segment and segment[0].word.islower():
        segment = segment[1:]
    if not segment:
        return
    heading = reading.heading(segment[0].start)
    segment = _narrowed(segment, people, heading=heading)
    if not segment or len(segment) > _LONGEST_NAME + 2:
        return
    start, end = segment[0].start, segment[-1].end
    if segment[-1].word.endswith(".") and segment[-1].word.rstrip(".") not in {"Jr", "Sr"} and len(segment) > 1:
        end -= 1
    text = reading.text
    # Agencies join the photographer's name to theirs by a stroke.
    if (
        text[start - 1 : start] in {"/", "@", "#"}
        or text[end : end + 1] in {"/", "@"}
        or _CREDIT.search(text, max(0, start - 16), start)
    ):
        return
    known = [titles()[word] for word in said]
    yield Candidate(
        start,
        end,
        tuple(piece.word for piece in segment),
        " ".join(said),
        next((title.gender for title in known if title.gender), ""),
        any(title.names for title in known) or said[-2:] in (["attorney", "general"], ["chief", "justice"]),
        any(s < end and e > start for s, e in people),
        heading,
        _beside_state().match(text, end) is not None,
    )


def _narrowed(segment: list[_Piece], people: list[tuple[int, int]], *, heading: bool) -> list[_Piece]:
    """Words before the first name cut off; in headings, words after the model's person too."""
    inside = [piece for piece in segment if any(s <= piece.start and piece.end <= e for s, e in people)]
    if heading and len(inside) >= 2:
        return inside
    first = next((n for n, piece in enumerate(segment) if known_first_name(piece.word)), 0)
    if 0 < first < len(segment) - 1 and segment[0] not in inside and not is_initial(segment[0].word):
        segment = segment[first:]
    if heading and len(segment) > 2 and known_first_name(segment[0].word):
        stop = 1
        while stop < len(segment) - 1 and (is_initial(segment[stop].word) or segment[stop].word.lower() in PARTICLES):
            stop += 1
        segment = segment[: stop + 1]
    # "Trump Ukraine call": a president goes by the surname alone, which nobody bears as a first name.
    if len(segment) > 1 and not known_first_name(segment[0].word) and segment[0].word in president_names():
        return _narrowed(segment[1:], people, heading=heading)
    while len(segment) > 1 and segment[-1] not in inside and _doubtful(segment[-1].word):
        segment = segment[:-1]
    return segment


def plausible(candidate: Candidate) -> float:  # noqa: PLR0911  one return a kind of evidence
    """How sure a full name is one, from 0 to 1; 0 is no name."""
    words = [word for word in candidate.words if not is_initial(word) and word.lower() not in PARTICLES]
    if surely_a_place(" ".join(candidate.words)) or len(words) > _LONGEST_NAME:
        return 0.0
    first, last = known_first_name(candidate.words[0]), words[-1].rstrip(".")
    if not candidate.title and candidate.beside_state and not (first and candidate.model and known_surname(last)):
        return 0.0
    if candidate.heading and not (first and (known_surname(last) or candidate.model)):
        return 0.0
    if _doubtful(last) and not (candidate.model and (first or candidate.strong)) and not (first and candidate.title):
        return 0.0
    if first and candidate.model:
        return 0.95
    if first and (candidate.title or known_surname(last)):
        return 0.9 if candidate.title else 0.75
    if candidate.model:
        return 0.85 if candidate.title or candidate.strong else 0.7
    if candidate.strong:
        return 0.8
    return 0.6 if first and not _doubtful(candidate.words[0]) else 0.0


def plausible_alone(candidate: Candidate, *, often: bool) -> float:
    """The same for a single word that no full name in the article explains; ``often`` if the model sees it again."""
    word = plain_case(candidate.words[-1])
    places = [form.place.population for form in forms().get(word, ()) if form.sense == "named"]
    if places and not candidate.strong and (max(places) >= FAMOUS_CITY or not known_surname(word)):
        return 0.0
    if candidate.heading or surely_a_place(word) or len(word) < 2 or is_initial(word):
        return 0.0
    if candidate.strong and (candidate.model or known_surname(word) or not _doubtful(word)):
        return 0.6
    if candidate.model and _doubtful(word) and often and known_first_name(word) and word not in never_names():
        return 0.45
    if candidate.model and not _doubtful(word):
        return 0.5 if often else 0.4 if known_surname(word) or known_first_name(word) else 0.0
    return 0.0
